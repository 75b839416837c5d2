package kit_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that typing is undone in words and phrases, done again, and that a new change
// forgets what was undone.
func TestUndo_Words(t *testing.T) {
	d, desk := open(t, 80, 24)
	for _, field := range []string{"title", "facts"} {
		desk.form.Focus(field)
		value := func() string { return desk.form.Value(field).Text }
		d.Type("李家堵沟，王家积水。")
		d.Press("ctrl+z")
		if got := value(); got != "李家堵沟，" {
			t.Errorf("%s: after one undo %q", field, got)
		}
		d.Press("ctrl+z")
		if got := value(); got != "" {
			t.Errorf("%s: after undoing all %q", field, got)
		}
		d.Press("ctrl+y", "ctrl+y")
		if got := value(); got != "李家堵沟，王家积水。" {
			t.Errorf("%s: done again %q", field, got)
		}
		// The caret stands where the change was, not at the end.
		d.Press("home", "right", "right")
		d.Type("人多")
		d.Press("ctrl+z")
		if got := value(); got != "李家堵沟，王家积水。" {
			t.Errorf("%s: in the middle %q", field, got)
		}
		d.Type("人")
		if got := value(); got != "李家人堵沟，王家积水。" {
			t.Errorf("%s: typed after undoing %q", field, got)
		}
		d.Press("ctrl+y")
		if got := value(); got != "李家人堵沟，王家积水。" {
			t.Errorf("%s: redo after a change %q", field, got)
		}
		// A line that is cleared by mistake.
		d.Press("end", "ctrl+u", "ctrl+z")
		if got := value(); got != "李家人堵沟，王家积水。" {
			t.Errorf("%s: cleared and undone %q", field, got)
		}
		// What was removed sign by sign comes back in one.
		d.Press("end", "backspace", "backspace", "backspace", "ctrl+z")
		if got := value(); got != "李家人堵沟，王家积水。" {
			t.Errorf("%s: erased and undone %q", field, got)
		}
		// A paste is one step, the sign of it that is shown at once too.
		d.Press("end")
		d.Type("后来")
		d.PasteKeys("第二天两家又因同一件事争吵")
		d.Press("ctrl+z")
		if got := value(); got != "李家人堵沟，王家积水。后来" {
			t.Errorf("%s: pasted behind typing and undone %q", field, got)
		}
		d.Press("ctrl+z")
		d.PasteKeys("第二天两家又因同一件事争吵")
		d.Press("ctrl+z")
		if got := value(); got != "李家人堵沟，王家积水。" {
			t.Errorf("%s: pasted and undone %q", field, got)
		}
	}
}

// Ensure that undo works in every kind of field, after the field was left, and goes
// back to the field that it changes.
func TestUndo_Everywhere(t *testing.T) {
	d, desk := open(t, 80, 24)
	for _, tt := range []struct {
		field string
		type_ func()
		value string
	}{
		{"category", func() { d.Type("ll"); d.Press("enter") }, "0201"},
		{"happened_on", func() { d.Type("昨天") }, "2026-11-23"},
		{"people", func() { d.Type("１２") }, "12"},
		{"confidential", func() { d.Press("1") }, "true"},
		{"agreement", func() { d.Press("right", "right") }, "written"},
		{"units", func() { d.Type("ht"); d.Press("space", "enter") }, "0205"},
	} {
		desk.form.Focus(tt.field)
		tt.type_()
		desk.form.Focus("detail")
		d.Press("up", "down")
		if got := desk.form.Value(tt.field).Text; got != tt.value {
			t.Fatalf("%s is %q, want %q", tt.field, got, tt.value)
		}
		steps := 0
		for desk.form.Value(tt.field).Text != "" && steps < 4 {
			d.Press("ctrl+z")
			steps++
		}
		if got := desk.form.Value(tt.field).Text; got != "" || desk.form.Focused() != tt.field || steps > 2 {
			t.Errorf("%s is %q after %d undos, focus at %s", tt.field, got, steps, desk.form.Focused())
		}
		for range steps {
			d.Press("ctrl+y")
		}
		if got := desk.form.Value(tt.field).Text; got != tt.value {
			t.Errorf("%s is %q when done again", tt.field, got)
		}
		if !desk.form.Dirty() && tt.field == "category" {
			t.Error("what was undone is not kept as a draft")
		}
	}
}

// Ensure that a party that was removed comes back, that a row is undone as a whole from
// outside and in words while it is written.
func TestUndo_Rows(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("parties")
	d.Press("enter", "1", "enter")
	d.Type("张三，李四")
	d.Press("ctrl+z")
	d.Expect("张三，")
	d.Refuse("李四")
	d.Press("f2")
	rows := func() int { return len(desk.form.Value("parties").Rows) }
	d.Press("up", "delete", "delete")
	if rows() != 0 {
		t.Fatalf("%d rows after removing", rows())
	}
	d.Press("ctrl+z")
	if got := desk.form.Value("parties").Rows; len(got) != 1 || got[0]["name"] != "张三，" {
		t.Errorf("the row came back as %v", got)
	}
	d.Press("ctrl+z")
	if rows() != 0 {
		t.Errorf("%d rows after undoing the row", rows())
	}
	d.Press("ctrl+y", "ctrl+y")
	if rows() != 0 {
		t.Errorf("%d rows after doing again adding and removing", rows())
	}
	d.Press("ctrl+z")
	if rows() != 1 {
		t.Errorf("%d rows at the end", rows())
	}
}

// Ensure that whatever is pressed, undoing all gives back what was there, and doing all
// again what was reached; and that what is remembered is bounded.
func TestUndo_Random(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	keys := []string{"left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "tab", "enter", "up", "down", "space", "esc", "1", "f2"}
	texts := []string{"李", "，", " ", "a", "㛃", "𬭚", "e\u0301", "\u0301", "👨\u200d👩\u200d👧", "排水沟", "3.5", "昨天", strings.Repeat("很长的一段话。", 20)}
	for range 30 {
		form := kit.NewForm(seat, "intake", intake())
		form.SetValues(map[string]kit.Value{"title": {Text: "原来的标题"}, "parties": {Rows: []map[string]string{{"name": "甲"}}}})
		before := form.Values()
		for range 120 {
			if r.IntN(3) > 0 {
				form.Update(tuitest.Key(keys[r.IntN(len(keys))]))
			} else if s := texts[r.IntN(len(texts))]; r.IntN(2) == 0 {
				form.Update(tea.PasteMsg{Content: s})
			} else {
				form.Update(tea.KeyPressMsg{Text: s, Code: []rune(s)[0]})
			}
		}
		for form.Covered() { // out of the row
			form.Update(tuitest.Key("esc"))
		}
		form.Update(tuitest.Key("tab")) // closes what is open
		after := form.Values()
		for range 300 {
			form.Update(tuitest.Key("ctrl+z"))
		}
		if got := form.Values(); !reflect.DeepEqual(got, before) {
			t.Fatalf("undone to %v, want %v", got, before)
		}
		for range 300 {
			form.Update(tuitest.Key("ctrl+y"))
		}
		if got := form.Values(); !reflect.DeepEqual(got, after) {
			t.Fatalf("done again to %v, want %v", got, after)
		}
	}
}

// Ensure that a line outside a form, such as that of a search, can be undone by itself,
// and that a secret never is: it would be kept.
func TestUndo_Line(t *testing.T) {
	var f kit.LineField
	for _, s := range []string{"龙", "窝", " ", "李"} {
		f.Update(tea.KeyPressMsg{Text: s, Code: []rune(s)[0]})
	}
	f.Update(tuitest.Key("ctrl+z"))
	if got := f.Value(); got != "龙窝 " {
		t.Errorf("undone to %q", got)
	}
	f.Update(tuitest.Key("ctrl+z"))
	if used, changed := f.Update(tuitest.Key("ctrl+y")); !used || !changed || f.Value() != "龙窝 " {
		t.Errorf("done again to %q", f.Value())
	}
	secret := kit.LineField{Secret: true}
	secret.Update(tea.PasteMsg{Content: "口令"})
	secret.Update(tuitest.Key("ctrl+u"))
	if used, _ := secret.Update(tuitest.Key("ctrl+z")); used || secret.Value() != "" {
		t.Errorf("a secret came back: %q", secret.Value())
	}
	form := kit.NewForm(seat, "unlock", []kit.FieldSpec{{Name: "passphrase", Type: kit.Secret}})
	form.Update(tea.PasteMsg{Content: "口令"})
	form.Update(tuitest.Key("ctrl+u"))
	form.Update(tuitest.Key("ctrl+z"))
	if v := form.Value("passphrase").Text; v != "" {
		t.Errorf("a secret came back in a form: %q", v)
	}
}

// Ensure that a long text takes as many Chinese characters as its limit says, not as many
// cells, however it is typed, and that nothing of it is lost when it is undone or grows.
func TestTextField_Limit(t *testing.T) {
	f := kit.NewTextField(3, 2000)
	for range 150 {
		f.Update(tea.PasteMsg{Content: "两家共用一条排水沟，"})
	}
	f.Update(tuitest.Key("enter"))
	if n := len([]rune(f.Value().Text)); n != 1501 || f.Left() != 499 {
		t.Fatalf("%d signs, %d left", n, f.Left())
	}
	f.Lines(80, true)
	f.Grow(5)
	if n := len([]rune(f.Value().Text)); n != 1501 {
		t.Errorf("%d signs after growing", n)
	}
	f.Update(tea.PasteMsg{Content: strings.Repeat("水", 600)})
	f.Update(tea.KeyPressMsg{Text: "多", Code: '多'})
	f.Update(tuitest.Key("enter"))
	if n := len([]rune(f.Value().Text)); n != 2103 || f.Left() != -103 {
		t.Errorf("%d signs beyond the limit, %d left", n, f.Left())
	}
	form := kit.NewForm(seat, "intake", []kit.FieldSpec{{Name: "facts", Type: kit.Long, Max: 2000}})
	form.Update(tea.PasteMsg{Content: strings.Repeat("水", 1900)})
	form.Update(tuitest.Key("home"))
	form.Update(tea.PasteMsg{Content: "开头"})
	form.Update(tuitest.Key("ctrl+z"))
	if n := len([]rune(form.Value("facts").Text)); n != 1900 {
		t.Errorf("%d signs after undoing", n)
	}
}

// Ensure that a paste longer than can be saved stays in the field, long or of one line, and
// is told by how much it is too long, at once and when it is saved; and that what no field
// holds is counted.
func TestForm_TooLong(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("title")
	d.Paste(strings.Repeat("沟", 90))
	d.Expect("最多 60 个字，多了 30 个")
	if act, _ := desk.form.Update(tuitest.Key("f2")); act == kit.ActSave {
		t.Error("a title of 90 signs is saved")
	}
	form := kit.NewForm(seat, "intake", []kit.FieldSpec{{Name: "facts", Label: "情况", Type: kit.Long, Max: 2000}})
	form.Update(tea.PasteMsg{Content: strings.Repeat("水", 3000)})
	if n := len([]rune(form.Value("facts").Text)); n != 3000 {
		t.Errorf("%d signs of 3000 are in the field", n)
	}
	if shown := strings.Join(form.Lines(80, 20), "\n"); !strings.Contains(shown, "最多 2000 个字，多了 1000 个") {
		t.Error(shown)
	}
	if act, _ := form.Update(tuitest.Key("f2")); act == kit.ActSave {
		t.Error("3000 signs are saved where 2000 can be")
	}
	f := kit.NewTextField(3, 0)
	f.Update(tea.PasteMsg{Content: strings.Repeat("水", kit.LongLimit+7)})
	if n := len([]rune(f.Value().Text)); n != kit.LongLimit {
		t.Errorf("%d signs", n)
	}
}
