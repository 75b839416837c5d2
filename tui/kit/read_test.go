package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that a line is read without what is only to be seen, and that nothing that was
// written goes.
func TestHear(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"a gap is a pause", "来源      网格巡查", "来源，网格巡查"},
		{"words that pause by themselves", "来源：   网格巡查", "来源： 网格巡查"},
		{"inks", kit.Danger.On("红") + "  超期", "红，超期"},
		{"a heading", "  -- 当事人 --", "当事人"},
		{"a frame", "| 甲 |", "| 甲 |"},
		{"bars", "村  ######....  12", "村，12"},
		{"blocks", "村  ████░░  12", "村，12"},
		{"masked", "138****0001", "138****0001"},
		{"the cursor's sign", "> 一", "一"},
		{"nothing", "   ", ""},
	} {
		if got := kit.Hear(c.line, "，").Text; got != c.want {
			t.Errorf("%s: %q is read as %q, want %q", c.name, c.line, got, c.want)
		}
	}
}

// Ensure that a line that is typed into is read with its label and what it holds, but for a
// secret.
func TestHear_Caret(t *testing.T) {
	f := kit.LineField{}
	f.SetValue("张三")
	h := kit.Hear(" 查找 ["+f.Line(20, true)+"]  找到 3 件", "，")
	if !h.Caret || h.Secret || h.Label != "查找" || h.Text != "查找，张三，找到 3 件" {
		t.Errorf("%+v", h)
	}
	f = kit.LineField{Secret: true}
	f.SetValue("correct horse")
	h = kit.Hear("口令 ["+f.Line(20, true)+"]", "，")
	if !h.Caret || !h.Secret || h.Text != "口令" {
		t.Errorf("%+v", h)
	}
	if screen, _ := kit.PlaceCursor(f.Line(20, true)); strings.Contains(screen, "\x1b") {
		t.Errorf("a sign is left on the screen: %q", screen)
	}
}

// Ensure that a list is read from its cursor on, with numbers that tell where each row is,
// and that one which is a text is read whole.
func TestList_Read(t *testing.T) {
	var l kit.List
	row := func(i, w int) string { return fmt.Sprintf("第%d件", i+1) }
	l.SetLen(25)
	l.SetHeight(5)
	l.Update(tuitest.Key("pgdown"))
	for range 3 {
		lines := l.Lines(kit.ReadWidth-4, true, row)
		first, last := kit.Hear(lines[0], "，"), kit.Hear(lines[len(lines)-1], "，")
		if first.Row != l.Cursor()+1 || !first.At || last.At != (len(lines) == 1) || first.Of != 25 || first.Text != fmt.Sprintf("第%d件", first.Row) ||
			last.Row != min(25, first.Row+kit.ReadRows-1) {
			t.Errorf("cursor %d: from %+v to %+v", l.Cursor(), first, last)
		}
		l.Update(tuitest.Key("pgdown"))
	}
	if l.Below() != 0 {
		t.Error("rows that are read are said to be out of sight")
	}
	l.SetHeight(5)
	l.Lines(40, true, row)
	l.Select(0)
	if lines := l.Lines(40, true, row); len(lines) != 5 || strings.Contains(strings.Join(lines, ""), "\x1b_t") || l.Below() != 20 {
		t.Errorf("drawn after it was read: %q, %d below", lines, l.Below())
	}
	l.Prose = func(i int) bool { return i == 3 }
	lines := l.Lines(kit.ReadWidth, true, row)
	if h := kit.Hear(lines[3], "，"); len(lines) != 25 || !h.Prose || !h.Opens || kit.Hear(lines[4], "，").Opens {
		t.Errorf("a text of %d lines, %+v", len(lines), h)
	}
}

// Ensure that every type of field is asked for with its label, whether it is required, what
// it holds, and what there is to choose from.
func TestForm_Read(t *testing.T) {
	options := []kit.Option{option("1", "甲", ""), option("2", "乙", "上")}
	var many []kit.Option
	for i := range 40 {
		many = append(many, option(fmt.Sprint(i), fmt.Sprint("单位", i), ""))
	}
	f := kit.NewForm(seat, "f", []kit.FieldSpec{
		{Name: "line", Label: "标题", Required: true, Hint: "一句话"},
		{Name: "secret", Label: "口令", Type: kit.Secret},
		{Name: "date", Label: "日期", Type: kit.Date},
		{Name: "choice", Label: "身份", Type: kit.Choice, Options: options},
		{Name: "select", Label: "单位", Type: kit.Select, Options: many},
		{Name: "multi", Label: "几个", Type: kit.Multi, Options: options},
		{Name: "long", Label: "情况", Type: kit.Long},
		{Name: "rows", Label: "当事人", Type: kit.Rows, Row: []kit.FieldSpec{{Name: "name", Label: "姓名"}}},
	})
	f.SetValues(map[string]kit.Value{"secret": {Text: "correct horse"}, "date": {Text: "2026-11-23"}, "choice": {Text: "2"}, "multi": {Text: "1"},
		"rows": {Rows: []map[string]string{{"name": "张三"}}}})
	f.Focus("line")
	for _, want := range [][]string{
		{"标题，必填，第1项，共8项", "一句话"},
		{"口令，第2项，共8项", "已填"},
		{"日期，第3项，共8项", "现在是：2026-11-23 星期一 1天前"},
		{"身份，第4项，共8项", "甲", "上 / 乙，已选"},
		{"单位，第5项，共8项", "有40个可选"},
		{"几个，第6项，共8项", "甲，已选", "上 / 乙", "可以选几个"},
		{"情况，第7项，共8项", "可以写几行"},
		{"当事人，第8项，共8项", "张三", "添加"},
	} {
		var got []string
		asks := 0
		for _, line := range f.Lines(kit.ReadWidth-4, 100) {
			h := kit.Hear(line, "，")
			got = append(got, h.Text)
			if h.Ask != nil {
				asks++
			}
		}
		if asks != 1 || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%d questions:\n%s\nwant\n%s", asks, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		f.Update(tuitest.Key("tab"))
	}
}

// Ensure that KeyOf is the inverse of the names that tables have for keys.
func TestKeyOf(t *testing.T) {
	for _, name := range []string{"enter", "shift+tab", "ctrl+s", "f12", "space", "a", "?", "ctrl+up", "pgdown", "delete"} {
		k, ok := kit.KeyOf(name)
		if got := kit.KeyName(k); !ok || got != name {
			t.Errorf("%q is %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "nosuchkey", "f99", "meta+x"} {
		if k, ok := kit.KeyOf(name); ok {
			t.Errorf("%q is %v", name, k)
		}
	}
}

// Ensure that a table is read with each number behind its heading.
func TestGrid_Read(t *testing.T) {
	var g kit.Grid
	g.Set(kit.NewGridData("乡镇", []kit.GridColumn{{Head: "受理"}, {Head: "化解"}}, []kit.GridRow{
		{Label: "龙窝镇", Cells: []string{"3", "2"}}, {Label: "合计", Cells: []string{"3", ""}, Sum: true}}))
	var got []string
	for _, line := range seat.Grid(&g, kit.ReadWidth, 40, true) {
		h := kit.Hear(line, "，")
		got = append(got, fmt.Sprint(h.Row, h.Of, h.Cell, " ", h.Text))
	}
	if want := "1 2 1 龙窝镇：受理 3、化解 2|2 2 1 合计：受理 3"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", strings.Join(got, "|"), want)
	}
}
