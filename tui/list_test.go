package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// Ensure that the list shows tabs, lights and receipts, that every tab can be
// reached, and that a wide screen has a preview.
func TestDesk_List(t *testing.T) {
	for _, size := range sizes {
		clk, c := newClock(), newCounty(t)
		s := c.laptop(clk, "grid1", "441621102901")
		old := register(t, s, "邻居家的鸡进了菜地")
		clk.now = clk.now.AddDate(0, 0, 20)
		sent := register(t, s, "婚姻家庭纠纷一件")
		c.exchange(s)
		register(t, s, "李家与王家因排水沟争吵")
		if _, err := s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "写到一半的案件"}}); err != nil {
			t.Fatal(err)
		}
		d := sit(t, s, clk, size[0], size[1])
		d.Press("tab")
		d.Expect("[我登记的 3 稿 1]")
		d.Expect("写到一半的案件")
		d.Press("down", "down")
		d.Golden(sized("list", size))
		d.Press("tab", "tab")
		d.Expect("[超期 1]")
		d.Expect("超 ")
		d.Golden(sized("list_overdue", size))
		d.Press("tab")
		d.Expect("还没有办结的案件")
		d.Press("tab")
		d.Expect("没有未了结的积案")
		d.Press("tab")
		d.Expect("今天和这几天没有预约")
		d.Press("tab")
		d.Expect("没有正在督办的案件")
		d.Press("tab", "tab")
		d.Expect("[待办")
		if odd := d.Ambiguous(); len(odd) > 0 {
			t.Errorf("signs of ambiguous width: %q", odd)
		}
		if v := viewOf(t, s, old.Case); v.Light != casework.Red {
			t.Errorf("light %s", v.Light)
		}
		if v := viewOf(t, s, sent.Case); v.Receipt != store.Delivered {
			t.Errorf("receipt %s", v.Receipt)
		}
	}
}

// Ensure that search finds as one types, by characters, pinyin, initials, the
// end of the number and a telephone, and that its line keeps the caret.
func TestDesk_Search(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "李家与王家因排水沟争吵")
	other := dispute("征地补偿款分配")
	other.Fields[casework.FieldFacts] = "村民对分配方案有意见。"
	other.Parties = []casework.Party{{Role: "applicant", Name: "欧阳明远", Phone: "07628888888"}}
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{other}}))
	d := sit(t, s, clk, 80, 24)
	for _, typed := range []string{"排水沟", "paishuigou", "psg", "zwh", saved.Number[len(saved.Number)-4:], "13800138000"} {
		d.Press("f3")
		d.Type(typed)
		d.Expect("共 1 件")
		d.Expect("李家与王家")
		d.Refuse("征地补偿")
		d.ExpectCursor("[" + typed)
		d.Press("esc")
		d.Expect("征地补偿")
	}
	d.Press("/")
	d.Type("oymy")
	d.Golden("search_80x24")
	d.Press("enter")
	d.Expect("案件 L-2021")
	d.Expect("欧阳明远")
	d.Press("esc")
	d.Expect("共 1 件")
	d.Press("/")
	d.Type("n没有")
	d.Expect("没有符合的")
}

// Ensure that a search is for all cases, whichever tab it was begun in, and that
// its end goes back there.
func TestDesk_SearchesAll(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "grid1", "441621102901")
	register(t, s, "李家与王家因排水沟争吵")
	register(t, s, "征地补偿款分配")
	d := sit(t, s, clk, 80, 24)
	d.Expect("[待办 0]")
	d.Press("f3")
	d.Type("zdbc")
	d.Expect("[全部 2]")
	d.Expect("征地补偿款分配")
	d.Expect("共 1 件")
	d.Press("tab")
	d.Expect("按 Tab 换到「全部」看看")
	d.Press("backspace", "backspace", "backspace", "backspace")
	d.Expect("[待办 0]")
	d.Type("psg")
	d.Expect("李家与王家")
	d.Press("esc")
	d.Expect("[待办 0]")
}

// Ensure that a case changed elsewhere shows without a key, and that the cursor
// stays on its case.
func TestDesk_Watch(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	town := c.laptop(clk, "mediator1", "441621102")
	register(t, grid, "排水沟纠纷")
	d := sit(t, grid, clk, 80, 24)
	d.Press("tab")
	d.Expect("存 1-")
	c.exchange(grid)
	d.Await("达 1-")
	d.Await("已同步 09:00") // told after the rows
	c.exchange(town)
	m := sit(t, town, clk, 80, 24)
	m.Press("enter")
	do(m, "受理")
	m.Press("f2")
	m.Expect("已受理")
	for i := range 5 {
		clk.now = clk.now.Add(time.Minute)
		register(t, grid, fmt.Sprintf("第%d件", i))
	}
	c.exchange(town)
	c.exchange(grid)
	d.Await("已受理")
	d.Expect("> 绿")
	if x, y, visible := d.Cursor(); !visible || x != 0 || y < 4 {
		t.Errorf("the cursor is at %d,%d, visible %v", x, y, visible)
	}
	d.Press("enter")
	d.Expect("排水沟纠纷")
}

// Ensure that the smallest screen still shows titles.
func TestDesk_SmallList(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "李家与王家因排水沟争吵")
	d := sit(t, s, clk, 60, 16)
	d.Expect("李家与王家因排")
	d.Expect("已登记")
	d.Golden("list_60x16")
}

// Ensure that a long list is read on as the cursor goes down, to its very end.
func TestDesk_LongList(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	var works []store.Work
	for i := range 700 {
		works = append(works, store.Work{Events: []casework.Event{dispute(fmt.Sprintf("案件%03d", i))}})
	}
	if _, err := s.Import(works, nil); err != nil {
		t.Fatal(err)
	}
	d := sit(t, s, clk, 80, 24)
	d.Press("tab")
	d.Expect("[我登记的 700]")
	seen := map[string]bool{}
	for range 45 {
		for _, line := range d.Screen()[4:22] {
			seen[line] = true
		}
		d.Press("pgdown")
	}
	if len(seen) < 700 {
		t.Errorf("%d rows were seen", len(seen))
	}
	d.Press("home", "end")
	if _, y, visible := d.Cursor(); !visible || y != 21 {
		t.Errorf("the end is at %d, visible %v", y, visible)
	}
}

// Ensure that nothing that says what to do is cut on the narrowest screen: the footer
// says that there is more, sentences of the list, of fields and of the status line go on
// in the next line.
func TestDesk_NothingCut(t *testing.T) {
	clk := newClock()
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		s := alone(t, clk)
		saved := register(t, s, "排水沟纠纷")
		li := viewOf(t, s, saved.Case).Case.Parties[1].Element
		for _, ev := range []casework.Event{&casework.Accepted{}, &casework.Declined{Element: li, Reason: "要判决"}} {
			must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
		}
		cfg := config(s, clk)
		cfg.Words = i18n.New(lang)
		d := tuitest.New(t, tui.New(cfg), 60, 16)
		whole := func(key i18n.Key) {
			t.Helper()
			shown := ""
			for _, line := range d.Screen() {
				shown += strings.Join(strings.Fields(strings.TrimPrefix(line, "v ")), "") // v: there is more
			}
			if said := strings.Join(strings.Fields(cfg.Words.T(key)), ""); !strings.Contains(shown, said) {
				t.Errorf("%s: the screen does not show %q whole:\n%s", lang, said, strings.Join(d.Screen(), "\n"))
			}
		}
		d.Expect("F1 " + cfg.Words.T("kit.more_keys"))
		d.Press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
		whole("list.empty.backlog")
		d.Press("tab", "f2")
		d.Press("f9", "f4")
		d.Type(cfg.Words.Field("confidential"))
		d.Press("enter")
		whole("hint.confidential")
		d.Press("esc", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "enter", "f2")
		d.Type(cfg.Words.T("action.mediate"))
		d.Press("enter")
		whole("why.declined")
	}
}
