package kit_test

import (
	"testing"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// proposing opens a form with a category that is proposed once the facts are told, and a
// title that is proposed by the category.
func proposing(t *testing.T) (*tuitest.Driver, *desk) {
	x := &desk{}
	specs := []kit.FieldSpec{
		{Name: "category", Label: "类别", Type: kit.Select, Required: true, Options: categories(), Propose: func() kit.Proposal {
			if x.form.Value("facts").IsEmpty() {
				return kit.Proposal{}
			}
			return kit.Proposal{Value: "0201", Said: "邻里纠纷（写到：沟）"}
		}},
		{Name: "title", Label: "标题", Required: true, Max: 60, Propose: func() kit.Proposal {
			if x.form.Value("category").IsEmpty() {
				return kit.Proposal{}
			}
			return kit.Proposal{Value: "水沟纠纷", Said: "水沟纠纷"}
		}},
		{Name: "facts", Label: "经过", Type: kit.Long, Required: true},
		{Name: "day", Label: "日期", Type: kit.Date, Propose: func() kit.Proposal { return kit.Proposal{Value: "2026-11-24", Said: "今天"} }},
	}
	x.form = kit.NewForm(seat, "intake", specs)
	return tuitest.New(t, x, 80, 24), x
}

// Ensure that a proposal is shown where it belongs and moves no line, is no value until it
// is taken, is taken by one key from anywhere, and can be undone.
func TestPropose(t *testing.T) {
	d, x := proposing(t)
	d.Refuse("建议")
	x.form.Focus("facts")
	before := len(x.form.Lines(80, 20))
	d.Type("堵沟")
	d.Expect("[Ctrl+T 采用建议：邻里纠纷（写到：沟）")
	if after := len(x.form.Lines(80, 20)); after != before {
		t.Errorf("the form has %d lines, had %d", after, before)
	}
	d.Refuse("今天") // what need not be filled in is proposed where it is
	if v := x.form.Value("category"); !v.IsEmpty() {
		t.Errorf("taken without a key: %q", v.Text)
	}
	d.Press("ctrl+t")
	if c, title := x.form.Value("category").Text, x.form.Value("title").Text; c != "0201" || title != "水沟纠纷" {
		t.Errorf("took %q and %q", c, title)
	}
	if x.form.Focused() != "facts" || !x.form.Value("day").IsEmpty() {
		t.Errorf("focus at %s, day %q", x.form.Focused(), x.form.Value("day").Text)
	}
	d.Press("ctrl+z", "ctrl+z")
	if c, title := x.form.Value("category").Text, x.form.Value("title").Text; c != "" || title != "" {
		t.Errorf("undone to %q and %q", c, title)
	}
	x.form.Focus("day")
	d.Expect("右方向键采用建议：今天")
	d.Press("right")
	if x.form.Value("day").Text != "2026-11-24" {
		t.Errorf("day %q", x.form.Value("day").Text)
	}
	// A title stays in reach, to be changed; what was typed is never overwritten.
	x.form.Focus("category")
	d.Press("right")
	if x.form.Focused() != "title" {
		t.Errorf("focus at %s after taking the category", x.form.Focused())
	}
	d.Press("right")
	d.Type("二")
	d.Press("ctrl+t", "right")
	if v := x.form.Value("title").Text; v != "水沟纠纷二" {
		t.Errorf("title %q", v)
	}
	d.Press("f2")
	d.Expect("已保存")
}

// Ensure that a field that was passed over is not called wrong while something is proposed
// for it, but is when saving was tried.
func TestPropose_Faults(t *testing.T) {
	d, x := proposing(t)
	x.form.Focus("facts")
	d.Type("堵沟")
	x.form.Focus("category")
	d.Press("down", "down")
	d.Expect("采用建议：邻里纠纷")
	if f := x.form.Faults(); len(f) != 2 {
		t.Errorf("%d faults, want those of category and title", len(f))
	}
	d.Press("f2")
	d.Expect("右方向键采用建议：邻里纠纷")
	if x.form.Focused() != "category" {
		t.Errorf("focus at %s", x.form.Focused())
	}
}

// Ensure that the option which begins with what was typed stands before those that only
// have it inside, that of those far away only the whole name comes first, and that nothing
// typed leaves the order as it is.
func TestPicker_BestFirst(t *testing.T) {
	options := []kit.Option{option("1", "江东龙窝村", ""), option("2", "龙窝镇", ""), option("3", "龙窝镇司法所", ""), option("4", "龙窝镇", "外县"), option("5", "龙西村", "")}
	options[3].Far, options[4].Far = true, true
	for typed, want := range map[string]string{"": "1", "lw": "2", "lwzsfs": "3", "龙窝": "2", "窝": "1", "4": "4", "lxc": "5", "lx": "5"} {
		p := kit.NewPicker(seat, options, "")
		for _, r := range typed {
			p.Update(tuitest.Key(string(r)))
		}
		if o, _ := p.Option(); o.Code != want {
			t.Errorf("%q finds %s first, want %s", typed, o.Code, want)
		}
	}
}
