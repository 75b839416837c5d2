package tui_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/palette"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// chosen is the row under the cursor.
func chosen(d *tuitest.Driver) string {
	for _, line := range d.Screen() {
		if strings.HasPrefix(line, "> ") {
			return line
		}
	}
	return ""
}

// Ensure that everything is found by Chinese, pinyin, initials and English, on the Chinese
// desk and on the English one, the best first, and shown with its key.
func TestPalette_Finds(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	visits := config(s, clk)
	visits.Visits = true
	d := tuitest.New(t, tui.New(visits), 80, 24)
	for _, tt := range []struct{ typed, name, key string }{
		{"登记新案件", "登记新案件", "F2"},
		{"djxaj", "登记新案件", "F2"},
		{"dengji", "登记新案件", "F2"},
		{"new case", "登记新案件", "F2"},
		{"tjbb", "统计报表", "Ctrl+R"},
		{"figures", "统计报表", "Ctrl+R"},
		{"zc", "自查", ""},
		{"quit", "退出", "F10"},
		{"tc", "退出", "F10"},
		{"tiaojie", "调解", ""},
		{"调解", "调解", ""},
		{"mediate", "调解", ""},
		{"shouli", "受理", ""},
		{"djxf", "登记信访诉求", ""},
		{"cq", "超期", ""},
		{"overdue", "超期", ""},
		{"rumen", "入门三屏", ""},
		{"tour", "入门三屏", ""},
		{"lianxi", "练习（样例数据）", ""},
		{"practise", "练习（样例数据）", ""},
		{"dbtb", "督办通报表", ""},
		{"yjdn", "移交电脑", "F8"},
		{"hand over", "移交电脑", "F8"},
	} {
		d.Press("ctrl+p")
		d.Type(tt.typed)
		row := chosen(d)
		if !strings.Contains(row, " "+tt.name) || !strings.Contains(row, tt.key) {
			t.Errorf("%s: %s", tt.typed, row)
		}
		d.Press("esc")
	}
	cfg := config(s, clk)
	cfg.Words = i18n.New(i18n.EN)
	e := tuitest.New(t, tui.New(cfg), 80, 24)
	e.Press("ctrl+p")
	e.Type("tjbb")
	if row := chosen(e); !strings.Contains(row, "figures") {
		t.Errorf("in English: %s", row)
	}
	e.Press("ctrl+u")
	e.Golden("palette_english")
}

// Ensure that the palette looks as it should, its cursor in its field.
func TestPalette_Looks(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {60, 16}} {
		clk := newClock()
		s := alone(t, clk)
		register(t, s, "排水沟纠纷")
		d := sit(t, s, clk, size[0], size[1])
		d.Press("ctrl+p")
		d.Golden(sized("palette", size))
		d.Type("jl")
		d.ExpectCursor("[jl")
		d.Golden(sized("palette_found", size))
		d.Type("qqqq")
		d.Expect("没有符合的")
		d.Press("enter")
		d.Expect("找动作")
	}
}

// Ensure that what is chosen does what its key does: of the screen below, of the desk, a
// place, an action of the case under the cursor; and that what was used last comes first.
func TestPalette_Chooses(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	find := func(typed string) {
		d.Press("ctrl+p")
		d.Type(typed)
		d.Press("enter")
	}
	find("djxaj")
	d.Expect("登记矛盾纠纷")
	d.Press("esc")
	find("djxf")
	d.Expect("登记信访诉求")
	d.Press("esc")
	find("zicha")
	d.Expect("数据完好")
	d.Press("esc")
	find("shouli")
	d.Expect("受理  1-")
	d.Press("f2")
	d.Expect("案件现在是：已受理")
	find("tiaojie")
	d.Expect("调解  1-")
	d.Press("esc")
	d.Expect("案件 L-")
	find("受理") // it is accepted already
	d.Expect("找动作")
	d.Press("esc", "ctrl+p")
	if row := chosen(d); !strings.Contains(row, "调解") {
		t.Errorf("used last: %s", row)
	}
	d.Press("ctrl+p")
	d.Expect("案件 L-")
	find("jljf") // nothing of this name
	d.Press("esc")
	find("help")
	d.Expect("按键")
	d.Press("esc", "esc")
	find("chaoqi")
	d.Expect("[超期")
	find("quit")
	if !d.Quit() {
		t.Error("did not quit")
	}
}

// Ensure that the palette opens above a form and loses nothing of what was typed in it, and
// that the keys of the form can be chosen there.
func TestPalette_Form(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	d := sit(t, s, clk, 80, 24)
	d.Press("f2", "tab")
	d.Type("王家堵了水沟")
	d.Press("ctrl+p")
	d.Type("受理") // no case is open
	d.Expect("先在列表里选中一个案件")
	d.Press("esc")
	d.ExpectCursor("[王家堵了水沟")
	d.Press("ctrl+p")
	d.Type("tjbb")
	d.Press("enter")
	d.Expect("统计报表")
	d.Press("esc")
	d.ExpectCursor("[王家堵了水沟")
	d.Press("ctrl+p")
	d.Type("gengduo")
	d.Press("enter")
	d.Expect("王家堵了水沟")
	d.Press("ctrl+p")
	d.Type("baocun")
	d.Press("enter")
	d.Expect("需要改") // saving is refused as F2 would be
	d.Press("esc")
	d.Expect("刚才写的已存为草稿")
}

// Ensure that every action of the tables of casework is offered for a case of its kind,
// with the reason where it cannot be done now, by its Chinese and its English name; that the
// actions are named where no case is chosen; and that every key of a screen is offered as
// its table has it.
func TestPalette_Offers(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	en := i18n.New(i18n.EN)
	for _, matter := range casework.Matters {
		reg := dispute("甲案")
		reg.Matter = matter
		maps.Copy(reg.Fields, map[casework.Matter]casework.Fields{
			casework.Petition: {"petition_form": "letter"}, casework.Delegated: {casework.FieldItem: "ZF-004"},
		}[matter])
		saved := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{reg}}))
		c := viewOf(t, s, saved.Case).Case
		m := tui.New(config(s, clk))
		d := tuitest.New(t, m, 80, 24)
		d.Send(m.For(words.OpenMsg{Case: saved.Case}))
		offered := map[casework.Action]palette.Entry{}
		for _, e := range tui.Offered(m) {
			if do, ok := e.Msg.(words.DoMsg); ok {
				offered[do.Action] = e
			}
		}
		for _, b := range slices.Concat(tui.TopKeys(m), tui.Globals(m)) {
			i := slices.IndexFunc(tui.Offered(m), func(e palette.Entry) bool { return e.Names[0] == chinese.T(b.Help) })
			if b.ID != "palette" && !b.Moves() && (i < 0 || tui.Offered(m)[i].Why != b.Why()) {
				t.Errorf("%s: the key %s is not offered as it is", matter, b.ID)
			}
		}
		table, _ := casework.TableOf(matter)
		for _, a := range table.Actions() {
			rule, _ := table.AnyRule(a)
			e, ok := offered[a]
			switch {
			case rule.Apart || rule.Unseen: // no form of the case's own
			case !ok:
				t.Errorf("%s: %s is not offered", matter, a)
			case !slices.Contains(e.Names, en.T("action."+string(a))) || e.Names[0] != chinese.T("action."+string(a)):
				t.Errorf("%s: %s is called %v", matter, a, e.Names)
			case (casework.Allowed(&c, s.Person(""), a, s.Catalogue()) == "") != (e.Why == ""):
				t.Errorf("%s: %s is off because of %q", matter, a, e.Why)
			}
		}
	}
}
