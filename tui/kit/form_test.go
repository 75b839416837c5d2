package kit_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// fill logs a case with the keyboard alone.
func fill(d *tuitest.Driver) {
	d.Type("ll")
	d.Press("tab")
	d.Type("李家与王家因排水沟争吵")
	d.Press("enter")
	d.Type("昨天")
	d.Press("enter")
	d.Type("３")
	d.Press("enter")
	d.Type("两家共用一条排水沟，")
	d.Press("enter")
	d.Type("王家堵沟，李家院内积水。")
	d.Press("tab", "2", "enter", "right", "down")
	d.Type("ht")
	d.Press("space", "enter", "enter")
	d.Press("1", "enter")
	d.Type("李四")
	d.Press("enter")
	d.Type("13800138000")
	d.Press("f2")
}

// Ensure that a form can be filled in without a mouse, and what it looks like.
func TestForm_Fill(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"form_80x24", 80, 24}, {"form_120x40", 120, 40}} {
		d, desk := open(t, size.w, size.h)
		fill(d)
		d.Golden(size.name)
		want := map[string]kit.Value{
			"category":     {Text: "0201"},
			"title":        {Text: "李家与王家因排水沟争吵"},
			"happened_on":  {Text: "2026-11-23"},
			"people":       {Text: "3"},
			"facts":        {Text: "两家共用一条排水沟，\n王家堵沟，李家院内积水。"},
			"confidential": {Text: "false"},
			"agreement":    {Text: "oral"},
			"units":        {Text: "0205"},
			"parties":      {Rows: []map[string]string{{"role": "applicant", "name": "李四", "phone": "13800138000"}}},
		}
		if got := desk.form.Values(); !reflect.DeepEqual(got, want) {
			t.Errorf("values are %v, want %v", got, want)
		}
		d.Press("f2")
		d.Expect("已保存")
	}
}

// Ensure that Esc first closes what is open, and that what was typed for is
// taken by Tab.
func TestForm_Select(t *testing.T) {
	d, desk := open(t, 80, 24)
	d.Type("fwzjd")
	d.Golden("form_select")
	d.Press("esc")
	d.Refuse("已离开")
	if v := desk.form.Value("category"); v.Text != "" {
		t.Errorf("Esc took %q", v.Text)
	}
	d.Type("0301")
	d.Press("tab")
	if v := desk.form.Value("category"); v.Text != "0301" || desk.form.Focused() != "title" {
		t.Errorf("Tab took %q and went to %s", v.Text, desk.form.Focused())
	}
	d.Press("shift+tab", "delete", "enter", "down", "down", "enter")
	if v := desk.form.Value("category"); v.Text != "0203" {
		t.Errorf("arrows and Enter took %q", v.Text)
	}
	d.Press("esc")
	d.Expect("已离开")
}

// Ensure that no fault holds the focus, that saving goes to the first fault and
// names them all, and that F8 goes on to the next.
func TestForm_Faults(t *testing.T) {
	d, desk := open(t, 80, 24)
	d.Press("tab", "tab")
	d.Type("2月30日")
	d.Press("tab")
	d.Type("many")
	d.Press("up", "up", "down", "down", "tab")
	if at := desk.form.Focused(); at != "facts" {
		t.Fatalf("focus is at %s, want facts", at)
	}
	d.Press("ctrl+s")
	d.Refuse("已保存")
	d.Golden("form_faults")
	if at := desk.form.Focused(); at != "category" {
		t.Errorf("focus is at %s, want the first fault", at)
	}
	d.Press("f8", "f8")
	if at := desk.form.Focused(); at != "happened_on" {
		t.Errorf("focus is at %s, want happened_on", at)
	}
	rest := desk.form.Refuse([]kit.Fault{{Name: "detail", Sentence: "地址太短"}, {Name: "zone"}, {Name: "parties[1].phone", Sentence: "电话太长"}})
	d.Expect("电话太长")
	if len(rest) != 1 || rest[0].Name != "zone" || desk.form.Focused() != "parties" {
		t.Errorf("left over %v, focus at %s", rest, desk.form.Focused())
	}
}

// Ensure that the jump list finds a field by number, pinyin and initials.
func TestForm_Jump(t *testing.T) {
	d, desk := open(t, 80, 24)
	d.Press("f4")
	d.Golden("form_jump")
	for typed, want := range map[string]string{"5": "facts", "xxdz": "detail", "dangshiren": "parties", "发生": "happened_on"} {
		d.Press("esc", "ctrl+g")
		d.Type(typed)
		d.Press("enter")
		if at := desk.form.Focused(); at != want {
			t.Errorf("%s: focus is at %s, want %s", typed, at, want)
		}
		d.Press("ctrl+g")
	}
}

// Ensure that a draft is asked for two seconds after a change and when a field
// is left, and that a form at rest waits for nothing.
func TestForm_Draft(t *testing.T) {
	d, desk := open(t, 80, 24)
	if d.Waiting() != 0 {
		t.Fatal("an untouched form waits for something")
	}
	d.Press("tab")
	d.Type("排水")
	d.Advance(time.Second)
	if desk.drafts != 0 || d.Waiting() != 1 || !desk.form.Dirty() {
		t.Fatalf("after a second: %d drafts, %d waits", desk.drafts, d.Waiting())
	}
	d.Advance(time.Second)
	if desk.drafts != 1 || d.Waiting() != 0 || desk.form.Dirty() {
		t.Fatalf("after two seconds: %d drafts, %d waits", desk.drafts, d.Waiting())
	}
	d.Type("沟")
	d.Press("tab")
	if desk.drafts != 2 {
		t.Fatalf("leaving a field: %d drafts, want 2", desk.drafts)
	}
	d.Advance(time.Minute)
	if desk.drafts != 2 || d.Waiting() != 0 {
		t.Fatalf("at rest: %d drafts, %d waits", desk.drafts, d.Waiting())
	}
	again := kit.NewForm(seat, "intake", intake())
	again.SetValues(desk.form.Values())
	if !reflect.DeepEqual(again.Values(), desk.form.Values()) || again.Dirty() {
		t.Errorf("a restored draft is %v, want %v", again.Values(), desk.form.Values())
	}
}

// Ensure that members are added, changed and removed, and that Esc in the
// middle of one loses nothing.
func TestForm_Rows(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("parties")
	d.Press("enter", "tab")
	d.Type("王五")
	d.Golden("form_party")
	d.Press("esc")
	d.Expect("王五")
	d.Press("tab", "shift+tab")
	d.Expect("第1行身份：必填")
	d.Press("enter", "1", "f2")
	d.Refuse("第1行")
	d.Press("enter", "esc")
	if n := len(desk.form.Value("parties").Rows); n != 1 {
		t.Errorf("a row that was left empty stays: %d rows", n)
	}
	d.Press("up", "delete")
	d.Expect("再按一次删除")
	d.Press("delete")
	if v := desk.form.Value("parties"); !v.IsEmpty() {
		t.Errorf("removed row stays: %v", v)
	}
}

// Ensure that the first member is opened with what is likely, which counts as nothing
// written until something is, and that the next ones are opened empty.
func TestForm_FirstRow(t *testing.T) {
	spec := kit.FieldSpec{Name: "parties", Label: "当事人", Type: kit.Rows, Row: partySpecs(), First: func(before []map[string]string) map[string]string {
		if len(before) > 0 {
			return nil
		}
		return map[string]string{"role": "applicant"}
	}}
	form := kit.NewForm(seat, "first", []kit.FieldSpec{spec})
	press := func(keys ...tea.KeyPressMsg) {
		for _, k := range keys {
			form.Update(k)
		}
	}
	enter, tab, esc := tea.KeyPressMsg{Code: tea.KeyEnter}, tea.KeyPressMsg{Code: tea.KeyTab}, tea.KeyPressMsg{Code: tea.KeyEscape}
	letter, back := tea.KeyPressMsg{Code: 'w', Text: "w"}, tea.KeyPressMsg{Code: tea.KeyBackspace}
	press(enter, esc)
	press(enter, letter, back, esc)
	if rows := form.Value("parties").Rows; len(rows) != 0 {
		t.Errorf("nothing was written: %v", rows)
	}
	press(enter, letter, esc)
	press(tea.KeyPressMsg{Code: tea.KeyDown}, enter, tab, letter, esc)
	want := []map[string]string{{"role": "applicant", "name": "w"}, {"name": "w"}}
	if rows := form.Value("parties").Rows; !reflect.DeepEqual(rows, want) {
		t.Errorf("rows %v, want %v", rows, want)
	}
}

// Ensure that the caret is on the screen, within the focused field, wherever
// the focus goes, at every size down to the smallest.
func TestForm_CursorInSight(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 60}} {
		d, desk := open(t, size[0], size[1])
		fill(d)
		for range 12 {
			d.Press("tab")
			x, y, visible := d.Cursor()
			if !visible || y == size[1]-1 || x >= size[0] || len(d.Screen()) > size[1] {
				t.Fatalf("%v at %s: cursor %d,%d, visible %v", size, desk.form.Focused(), x, y, visible)
			}
		}
		if odd := d.Ambiguous(); len(odd) > 0 {
			t.Errorf("%v: signs of ambiguous width: %q", size, odd)
		}
	}
}

// Ensure that the caret follows Chinese text in the fields where people write.
func TestForm_CursorOnCaret(t *testing.T) {
	d, _ := open(t, 80, 24)
	d.Press("tab")
	d.Type("欧阳明远")
	d.ExpectCursor("[欧阳明远")
	d.Press("left", "left")
	d.ExpectCursor("[欧阳")
	d.Press("f4", "5", "enter")
	d.Type("两家—“沟”ab")
	d.ExpectCursor("|两家—“沟”ab")
	d.Press("enter")
	d.Type("三")
	d.ExpectCursor("|三")
	d.Press("ctrl+a")
	d.ExpectCursor("|")
}

// Ensure that the screen is safe before a size is known and when it is tiny.
func TestSeat_View_TooSmall(t *testing.T) {
	d, _ := open(t, 59, 15)
	d.Expect("窗口太小")
	for _, size := range [][2]int{{0, 0}, {1, 1}, {59, 24}, {80, 3}, {2, 40}} {
		d.Resize(size[0], size[1])
	}
	d.Resize(60, 16)
	d.Refuse("窗口太小")
}

// Ensure that text that comes to a choice by mistake chooses nothing, whatever
// digits it has and however it comes, and that this is said; a digit by itself
// chooses.
func TestForm_TextOnChoice(t *testing.T) {
	for _, come := range []func(*tuitest.Driver){
		func(d *tuitest.Driver) { d.Paste("溪头村2组") },
		func(d *tuitest.Driver) { d.PasteKeys("溪头村2组") },
		func(d *tuitest.Driver) { d.PasteKeys("2组") },
		func(d *tuitest.Driver) { d.Send(tea.KeyPressMsg{Text: "溪头村2组"}) },
	} {
		d, desk := open(t, 80, 24)
		d.Press("f4", "7", "enter", "1")
		come(d)
		d.Advance(time.Second)
		d.Expect("这里只能选")
		if v := desk.form.Value("agreement"); v.Text != "oral" {
			t.Errorf("text chose %q", v.Text)
		}
		d.Press("2")
		d.Refuse("这里只能选")
		if v := desk.form.Value("agreement"); v.Text != "written" {
			t.Errorf("2 chose %q", v.Text)
		}
	}
}

// Ensure that a long text shows its beginning once it is left and says how much
// of it is out of sight, and all of it where there is room.
func TestForm_LongText(t *testing.T) {
	d, _ := open(t, 80, 18)
	d.Press("f4", "5", "enter")
	for i := range 9 {
		d.Type(string(rune('一')))
		d.Type(string(rune('A' + i)))
		if i < 8 {
			d.Press("enter")
		}
	}
	d.Expect("一I")
	d.Refuse("一A")
	d.Press("tab")
	d.Expect("一A")
	d.Refuse("一I")
	d.Expect("还有5行")
	d.Resize(120, 40)
	d.Expect("一A")
	d.Expect("一I")
	d.Refuse("还有")
	d.Press("shift+tab")
	d.Expect("一A")
	d.ExpectCursor("|一I")
	d.Resize(80, 18)
	d.ExpectCursor("|一I")
	d.Refuse("一A")
}

// Ensure that the keys of a list of members are shown with it.
func TestForm_RowKeys(t *testing.T) {
	d, _ := open(t, 80, 18)
	d.Press("f4", "9", "enter")
	d.Expect("Enter 填写")
	d.Refuse("Delete")
	d.Press("enter", "1", "enter")
	d.Type("李四")
	d.Press("f2", "up")
	d.Expect("Delete 移除")
	d.Press("delete", "delete")
	d.Refuse("李四")
}

// Ensure that a code that no option has is drawn as text: it may be anybody's.
func TestSelectField_HostileCode(t *testing.T) {
	f := kit.NewSelectField(seat, nil)
	f.SetValue(kit.Value{Text: "\x1b]52;c;QQ==\a"})
	if lines := strings.Join(f.Lines(40, false), "\n") + f.Shown(); strings.ContainsAny(lines, "\x1b\a") {
		t.Errorf("drawn as %q", lines)
	}
}

// Ensure that no hint, warning or fault below a field is cut, however narrow the form.
func TestForm_NotesWhole(t *testing.T) {
	hint := "从保存时起只给负责、主办、协办和登记的单位看，涉及单位看不到；以后取消保密，全部经过都会给有关单位看到"
	form := kit.NewForm(seat, "f", []kit.FieldSpec{
		{Name: "a", Label: "保密", Type: kit.Line, Hint: hint},
		{Name: "b", Label: "电话", Type: kit.Line, Warn: func(string) string { return hint }},
	})
	form.SetValues(map[string]kit.Value{"b": {Text: "x"}})
	form.Refuse([]kit.Fault{{Name: "a", Sentence: hint}})
	for _, w := range []int{30, 57, 80} {
		said := ""
		for _, line := range form.Lines(w, 60) {
			if kit.Width(line) > w {
				t.Errorf("a line of %d cells in %d: %q", kit.Width(line), w, line)
			}
			said += strings.TrimSpace(kit.Bare(line))
		}
		if n := strings.Count(said, hint); n != 3 {
			t.Errorf("%d cells: the sentence stands there whole %d times of 3:\n%s", w, n, said)
		}
	}
}

// Ensure that words that no option of a list has stay in it on Enter, and are told below
// the field once it is left, until it is worked again.
func TestForm_UnmetWords(t *testing.T) {
	for name, leave := range map[string][]string{"tab": {"tab"}, "enter, tab": {"enter", "tab"}, "save": {"f2"}} {
		d, desk := open(t, 80, 24)
		d.Paste("鸭子吃菜")
		if name != "tab" {
			d.Press("enter")
			d.Expect("没有相符的")
			if at := desk.form.Focused(); at != "category" {
				t.Fatalf("%s: Enter went on to %s", name, at)
			}
		}
		d.Press(leave...)
		d.Expect("没有「鸭子吃菜」")
		d.Press("f4", "1", "enter")
		d.Type("linli")
		d.Press("enter")
		d.Refuse("没有「")
		if v := desk.form.Value("category").Text; v != "0201" {
			t.Errorf("%s: chose %q", name, v)
		}
	}
}

// Ensure that a number of a member that looks wrong is told with the members, though the
// member was done from that very field, and until it is mended.
func TestForm_RowDoubts(t *testing.T) {
	d, _ := open(t, 80, 24)
	d.Press("f4", "9", "enter", "enter", "1", "enter")
	d.Type("李四")
	d.Press("tab")
	d.Type("1380013800")
	d.Press("f2")
	d.Expect("? 第1行电话：")
	d.Press("tab")
	d.Expect("? 第1行电话：")
	d.Press("shift+tab", "up", "enter", "tab", "tab")
	d.Type("0")
	d.Press("f2")
	d.Refuse("第1行电话")
}
