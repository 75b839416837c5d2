package tui_test

import (
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
)

// Ensure that 3,000 signs from a terminal without bracketed paste go into the facts and into
// a line at once, that their line ends submit and choose nothing, and that what is too long
// is said.
func TestDesk_IntakePaste(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	d := sit(t, s, clk, 80, 24)
	line := "王家堵沟，李家院内积水；1、2、3，共３次。"
	long := strings.TrimSpace(strings.Repeat(line+"\n", 1+3000/len([]rune(line))))
	d.Press("f2", "tab")
	d.PasteKeys(long) // into the title, a line
	d.Expect("登记矛盾纠纷")
	d.Refuse("已登记")
	d.Press("tab", "tab")
	d.PasteKeys(long) // into the facts
	d.Advance(kit.DraftWait)
	drafts := must[[]store.DraftWork](t)(s.Drafts())
	if len(drafts) != 1 {
		t.Fatalf("%d drafts", len(drafts))
	}
	title, facts := drafts[0].Values["title"], drafts[0].Values["facts"]
	if title != strings.ReplaceAll(long, "\n", " ") {
		t.Errorf("title of %d signs: %.60q", len([]rune(title)), title)
	}
	if n := len([]rune(facts)); facts != long {
		t.Errorf("facts of %d signs: %.60q", n, facts)
	}
	if c := drafts[0].Values["category"]; c != "" {
		t.Errorf("the digits of a paste chose %q", c)
	}
	d.Expect("最多 80 个字，多了")
	d.Expect("最多 2000 个字，多了") // nothing of it is cut off, nor saved as it is
	d.Press("f2")
	d.Refuse("已登记")
	d.Expect("最多 2000 个字，多了")
	// One key takes all of it back.
	d.Press("ctrl+z")
	d.Advance(kit.DraftWait)
	if facts := must[[]store.DraftWork](t)(s.Drafts())[0].Values["facts"]; facts != "" {
		t.Errorf("left after undoing: %.60q", facts)
	}
}

// rare are names and signs that terminals count differently from what they look like.
var rare = []string{"张㛃", "李𬭚", "王e\u0301", "阿\u0301不都", "👨\u200d👩\u200d👧家", "❤️", "ﾃｽﾄ", "한글", "𠮷田", "a\u0300\u0301b"}

// Ensure that rare names, combining marks and emoji keep columns straight: in a line, with
// the caret after each sign, in the form, in the row of a party, in the list.
func TestDesk_RareNames(t *testing.T) {
	for _, name := range rare {
		clk, c := newClock(), newCounty(t)
		s := c.laptop(clk, "grid1", "441621102901")
		d := sit(t, s, clk, 80, 24)
		d.Press("f2")
		d.Type("ll")
		d.Press("enter")
		for _, r := range name {
			d.Type(string(r))
			title := strings.TrimSpace(inBrackets(d.Screen()[3]))
			x, y, seen := d.Cursor()
			if want := 12 + kit.Width(title); !seen || y != 3 || x != want {
				t.Errorf("%q: the cursor is at %d,%d, want %d,3 after %q", name, x, y, want, title)
			}
		}
		d.Press("tab", "enter")
		d.Type(name)
		d.Press("f2", "down")
		d.Type(name)
		for i, l := range d.Screen() {
			if i >= 2 && i <= 10 && (strings.HasSuffix(l, "]") || strings.HasSuffix(l, "|")) && kit.Width(l) != 80 && !strings.Contains(l, "发生日期") {
				t.Errorf("%q: line %d of the form is %d cells: %q", name, i, kit.Width(l), l)
			}
		}
		d.Press("f2")
		d.Expect("已登记")
		d.Press("esc")
		stands := func(word string) int {
			for _, l := range d.Screen() {
				if at := strings.LastIndex(l, word); at >= 0 && !strings.HasPrefix(l, " 解纷台") {
					return kit.Width(l[:at])
				}
			}
			return -1
		}
		for word, heading := range map[string]string{"已登记": "状态", "示例溪头村": "地点"} {
			if at, want := stands(word), stands(heading); at != want || at < 0 {
				t.Errorf("%q: %s stands at %d, its heading at %d:\n%s", name, word, at, want, strings.Join(d.Screen(), "\n"))
			}
		}
	}
}

// inBrackets is what stands between the brackets of a line.
func inBrackets(line string) string {
	_, in, _ := strings.Cut(line, "[")
	in, _, _ = strings.Cut(in, "]")
	return in
}

// Ensure that what was used last stands first where nothing is typed, that the place, the
// address and the way of the last case are proposed, and that a confidential case names
// nobody in its title.
func TestDesk_IntakeProposes(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{&casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0701", casework.FieldTitle: "欠薪", casework.FieldFacts: "老板欠薪", casework.FieldDivision: "441621102901",
		casework.FieldDetail: "砖厂", casework.FieldChannel: "04"}}}}))
	d := sit(t, s, clk, 80, 24)
	d.Press("f2", "enter")
	d.Expect("> 劳动合同、劳务派遣")
	d.Press("esc", "tab", "tab", "enter")
	d.Type("张三")
	d.Press("f2", "enter")
	d.Expect("(*) 2 被申请人")
	d.Type("李四")
	d.Press("f2", "down")
	d.Type("李家养鸡臭味大")
	d.Expect("采用建议：相邻污染损害防止（写到：养鸡、臭味）")
	d.Expect("采用建议：张三与李四相邻污染损害防止纠纷（示例溪头村）")
	d.Press("f9")
	d.Expect("采用建议：砖厂（同上一件）")
	d.Press("right", "down", "1")
	d.Refuse("张三与李四")
	d.Expect("采用建议：示例溪头村相邻污染损害防止纠纷")
	d.Press("down", "down")
	d.Expect("采用建议：2（当事人数）")
	d.Press("right")
	d.Expect("（同上一件）")
	d.Press("right", "ctrl+t", "f2")
	d.Expect("已登记")
	c := firstCase(t, s).Case
	for f, want := range map[casework.Field]string{casework.FieldCategory: "0203", casework.FieldTitle: "示例溪头村相邻污染损害防止纠纷",
		casework.FieldDetail: "砖厂", casework.FieldPeople: "2", casework.FieldChannel: "04", casework.FieldHappenedOn: ""} {
		if got := c.Value(f); got != want {
			t.Errorf("%s is %q, want %q", f, got, want)
		}
	}
}

// Ensure that the sentences offered for the facts are those first that fit the category.
func TestDesk_IntakePhrases(t *testing.T) {
	clk := newClock()
	d := sit(t, alone(t, clk), clk, 80, 24)
	d.Press("f2")
	d.Type("0804")
	d.Press("enter", "tab", "tab", "f7")
	d.Expect("> 1 双方对借款金额")
}

// Ensure that phones and numbers of papers are understood in full width, kept in ASCII,
// doubted softly, and hinder nothing.
func TestDesk_IntakeNumbers(t *testing.T) {
	clk, county := newClock(), newCounty(t)
	s := county.laptop(clk, "grid1", "441621102901")
	d := sit(t, s, clk, 80, 24)
	d.Press("f2")
	d.Type("ll")
	d.Press("enter")
	d.Type("围墙")
	d.Press("enter", "enter")
	d.Type("张三")
	d.Press("enter")
	d.Type("１３８００１３８００")
	d.Press("enter")
	d.Expect("[1380013800 ")
	d.Expect("? ")
	d.Press("tab")
	d.Type("１１０１０５１９４９１２３１００２１")
	d.Press("up")
	d.Expect("? ")
	d.Press("f2", "down")
	d.Type("争巷道")
	d.Press("f4")
	d.Type("涉及人数")
	d.Press("enter")
	d.Type("３人")
	d.Press("f2")
	d.Expect("已登记")
	c := firstCase(t, s).Case
	if p := c.Parties[0]; p.Phone != "1380013800" || p.IDNumber != "110105194912310021" || c.Value(casework.FieldPeople) != "3" {
		t.Errorf("kept as %+v, %s people", p, c.Value(casework.FieldPeople))
	}
}

// Ensure that an error inside a party is listed, and that one key leads to the row in which
// it stands; going back is never held up.
func TestDesk_IntakeNestedFault(t *testing.T) {
	clk, county := newClock(), newCounty(t)
	d := sit(t, county.laptop(clk, "grid1", "441621102901"), clk, 80, 24)
	d.Press("f2")
	d.Type("ll")
	d.Press("enter")
	d.Type("围墙")
	d.Press("enter", "enter", "enter")
	d.Type("13800138000")
	d.Press("esc", "down", "down") // leaves the row without its name
	d.Type("争巷道")
	d.Press("f2")
	d.Expect("有 1 处需要改：当事人")
	d.Expect("! 第 1 行姓名：必须填写")
	d.Press("enter") // opens the row where that is
	d.ExpectCursor("!姓名     [")
	d.Type("张三")
	d.Press("f2", "f2")
	d.Expect("已登记")
}
