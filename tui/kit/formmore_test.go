package kit_test

import (
	"testing"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

func longer() []kit.FieldSpec {
	return []kit.FieldSpec{
		{Name: "title", Label: "标题", Required: true, Max: 60},
		{Name: "amount", Label: "涉案金额（元）", Type: kit.Money, More: true},
		{Name: "facts", Label: "经过", Type: kit.Long, Height: 3, Phrases: []string{"已告知可以起诉。", "双方自愿。"}},
		{Name: "when", Label: "约定时间", Type: kit.Time, More: true},
	}
}

func openForm(t *testing.T, specs []kit.FieldSpec) (*tuitest.Driver, *desk) {
	d := &desk{form: kit.NewForm(seat, "long", specs)}
	return tuitest.New(t, d, 80, 24), d
}

// Ensure that the second part of a form is closed until it is asked for, by its
// row or by F9, and that whatever has to do with a field in it opens it.
func TestForm_More(t *testing.T) {
	for name, keys := range map[string][]string{
		"the row": {"tab", "tab", "enter"}, "F9": {"f9"}, "going to a field": {"f4", "4", "enter"},
	} {
		d, desk := openForm(t, longer())
		d.Refuse("约定时间 [")
		d.Expect("+ 涉案金额（元）、约定时间")
		d.Press("shift+tab")
		d.Expect("> 更多")
		d.Press("tab")
		if at := desk.form.Focused(); at != "title" {
			t.Errorf("%s: Tab goes on to %q behind the last field in sight", name, at)
		}
		d.Press(keys...)
		d.Expect("-- 更多 --")
		d.Expect("约定时间")
	}
	for name, do := range map[string]func(*kit.Form){
		"a value":   func(f *kit.Form) { f.Set("amount", kit.Value{Text: "5"}) },
		"a draft":   func(f *kit.Form) { f.SetValues(map[string]kit.Value{"amount": {Text: "5"}}) },
		"the focus": func(f *kit.Form) { f.Focus("when") },
		"a fault":   func(f *kit.Form) { f.Refuse([]kit.Fault{{Name: "when", Sentence: "太早"}}) },
	} {
		d, desk := openForm(t, longer())
		do(desk.form)
		d.Send(nil)
		if !d.Shows("-- 更多 --") {
			t.Errorf("%s leaves the second part closed", name)
		}
	}
	d, desk := openForm(t, longer())
	desk.form.Set("title", kit.Value{Text: "标题"})
	desk.form.Set("when", kit.Value{Text: "明天"})
	d.Press("f2")
	d.Expect("写明哪天几点")
	d.Golden("form_more")
}

// Ensure that a sentence is put at the caret and that the key is the field's own.
func TestForm_Phrases(t *testing.T) {
	d, desk := openForm(t, longer())
	d.Press("f7")
	d.Refuse("选一句")
	d.Press("tab")
	d.Expect("F7 常用语")
	d.Type("前后")
	d.Press("left", "f7")
	d.Expect("已告知可以起诉。")
	d.Type("sfzy")
	d.Press("enter")
	if v := desk.form.Value("facts").Text; v != "前双方自愿。后" {
		t.Errorf("facts are %q", v)
	}
	if !desk.form.Dirty() {
		t.Error("what was taken over is not for the draft")
	}
	d.Press("f7", "esc")
	d.Type("。")
	if v := desk.form.Value("facts").Text; v != "前双方自愿。。后" {
		t.Errorf("facts are %q", v)
	}
}

// Ensure that moments and amounts are echoed and held in one form.
func TestForm_TimeAndMoney(t *testing.T) {
	d, desk := openForm(t, longer())
	d.Press("f9")
	d.Type("1.2万")
	d.Expect("12,000元")
	d.Press("enter")
	d.Type("明天下午３点半")
	d.Expect("2026-11-25 15:30 星期三 1天后")
	d.Press("ctrl+up", "tab")
	if a, w := desk.form.Value("amount").Text, desk.form.Value("when").Text; a != "12000" || w != "2026-11-26 15:30" {
		t.Errorf("holds %q and %q", a, w)
	}
	desk.form.Set("when", kit.Value{Text: "2026-11-25T01:00:00Z"})
	if w := desk.form.Value("when").Text; w != "2026-11-25 09:00" {
		t.Errorf("a moment of another zone is %q here", w)
	}
}

// Ensure that another shape keeps what was typed, and that it comes back with the
// fields that it was typed into.
func TestForm_Reshape(t *testing.T) {
	d, desk := openForm(t, longer())
	d.Type("排水沟")
	d.Press("tab")
	d.Type("经过如此")
	other := []kit.FieldSpec{{Name: "kind", Label: "种类"}, {Name: "title", Label: "名称", Max: 60}}
	desk.form.Reshape(other)
	if v := desk.form.Value("title").Text; v != "排水沟" {
		t.Errorf("title is %q", v)
	}
	if v := desk.form.Kept()["facts"].Text; v != "经过如此" || !desk.form.Dirty() {
		t.Errorf("a draft would have %q", v)
	}
	if v := desk.form.Values()["facts"].Text; v != "" {
		t.Errorf("what has no field here would be saved: %q", v)
	}
	desk.form.Reshape(longer())
	if v := desk.form.Value("facts").Text; v != "经过如此" {
		t.Errorf("facts are %q", v)
	}
}

// Ensure that options are looked up for what was typed, in a command, and that a
// code is shown by its name.
func TestForm_Find(t *testing.T) {
	asked := []string{}
	find := func(typed string) []kit.Option {
		asked = append(asked, typed)
		if typed == "沟" || typed == "c1" {
			return []kit.Option{option("c1", "排水沟纠纷", "")}
		}
		return nil
	}
	d, desk := openForm(t, []kit.FieldSpec{{Name: "case", Label: "案件", Type: kit.Select, Find: find}})
	d.Type("沟")
	d.Expect("排水沟纠纷")
	d.Press("enter")
	d.Expect("[排水沟纠纷")
	if v := desk.form.Value("case").Text; v != "c1" {
		t.Errorf("took %q", v)
	}
	again, draft := openForm(t, []kit.FieldSpec{{Name: "case", Label: "案件", Type: kit.Select, Find: find}})
	draft.form.SetValues(map[string]kit.Value{"case": {Text: "c1"}})
	again.Press("left")
	again.Expect("排水沟纠纷")
	if f := draft.form.Faults(); len(f) != 0 {
		t.Errorf("faults %v", f)
	}
	if len(asked) > 4 {
		t.Errorf("looked up %q", asked)
	}
}
