package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/list"
	"casedesk/tui/many"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// Ensure that a case is acted on from the list with two keys, and that who leaves the menu
// is back in the list.
func TestWorking_TwoKeysFromTheList(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("ctrl+e")
	d.Expect("> 下一步    * 1 受理")
	d.Press("esc")
	d.Expect("[待办 1]")
	for _, keys := range [][]string{{"ctrl+e", "enter"}, {"a", "1"}, {"enter", "enter"}} { // the next step
		d.Press(keys...)
		d.Expect("受理  1-")
		d.Expect("保存后：成为「已受理」；「受理审查」完成；起算「分流交办」")
		d.Press("esc", "esc")
		d.Expect("[待办 1]")
	}
	d.Press("a", "0")
	d.Expect("记录  1-")
	d.Expect("状态不变，仍是「已登记」")
	d.Press("esc", "esc", "a", "2")
	d.Expect("当场化解  1-")
	d.Press("esc", "esc", "a", "3")
	d.Expect("只能在「交办待签收」时做")
	d.Press("esc", "a", "1", "f2")
	d.Expect("受理：已保存")
	if v := viewOf(t, s, saved.Case); v.State != casework.StateAccepted {
		t.Errorf("the case is %s", v.State)
	}
}

// Ensure that where there is no case under the cursor the key says so.
func TestWorking_NothingToActOn(t *testing.T) {
	clk := newClock()
	d := sit(t, alone(t, clk), clk, 80, 24)
	for key, said := range map[string]string{"a": "选中的不是案件", "space": "这里没有可以标记的案件", "ctrl+a": "这里没有可以标记的案件"} {
		d.Press(key)
		d.Expect(said)
	}
}

// Ensure that the parts of a case are one key away, the same in every case, and that Tab
// goes through them all.
func TestWorking_Parts(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	for i := range 12 {
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note(fmt.Sprintf("第%d次", i+1))}))
	}
	d := sit(t, s, clk, 80, 24)
	d.Press("enter", "7")
	d.Expect("[7 经过]")
	d.Expect("经过（13）")
	d.Press("2")
	d.Expect("> -- 当事人（2） --")
	d.Press("4")
	d.Expect("这件案件还没有「协议」这一段")
	var seen []string
	d.Press("1")
	for range 5 {
		d.Press("tab")
		for _, name := range []string{"1 概要", "2 当事人", "3 情况", "5 期限", "7 经过"} {
			if d.Shows("[" + name + "]") {
				seen = append(seen, name)
			}
		}
	}
	if got := strings.Join(seen, " "); got != "2 当事人 3 情况 5 期限 7 经过 1 概要" {
		t.Errorf("Tab went through %s", got)
	}
	d.Press("7", "shift+tab")
	d.Expect("[5 期限]")
}

// Ensure that a long entry of the history is folded, with its receipt before it, until Enter
// unfolds it.
func TestWorking_LongEntry(t *testing.T) {
	for _, size := range sizes {
		clk, c := newClock(), newCounty(t)
		s := c.laptop(clk, "grid1", "441621102901")
		saved := register(t, s, "排水沟纠纷")
		c.exchange(s)
		long := strings.Repeat("双方都说自己先到，邻居作证说沟是共用的，", 12) + "说完了。"
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note(long)}))
		d := sit(t, s, clk, size[0], size[1])
		d.Press("tab", "enter", "7", "down", "down")
		d.Expect("> 存 记录  陈示一  09:00")
		d.Expect("达 登记  陈示一  09:00")
		d.Refuse("说完了")
		d.Golden(sized("timeline_folded", size))
		d.Press("enter", "end", "up")
		d.Expect("说完了。")
		d.Expect(">      - 回车收起")
		d.Press("enter")
		d.Refuse("说完了")
	}
}

// Ensure that an order stands at the top of the case until it is answered, and is the next
// thing to do.
func TestWorking_OrderFirst(t *testing.T) {
	w := newTown(t)
	for _, size := range sizes {
		d := w.sit(t, "bureau1", size[0], size[1])
		d.Press("shift+tab", "enter")
		d.Expect("下一步  回复督办，回车就办")
		d.Golden(sized("order_waits", size))
	}
	d := w.sit(t, "bureau1", 80, 24)
	d.Press("shift+tab", "enter", "enter")
	d.Expect("回复督办  1-")
	d.Type("已派人到现场，今天签收。")
	d.Press("f2")
	d.Expect("回复督办：已保存")
	d.Expect("下一步  签收，回车就办")
	d.Press("1")
	d.Refuse("还没有回复")
}

// Ensure that of several held entries one that builds on another says so.
func TestWorking_HeldBehind(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	office := c.laptop(clk, "county1", "441621")
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	for _, why := range []casework.Why{casework.WhyLeft, casework.WhyParentHeld} {
		c.hold = why
		heads := viewOf(t, grid, saved.Case).Case.Heads
		if why == casework.WhyParentHeld {
			heads = viewOf(t, grid, saved.Case).Case.HeldNow
		}
		must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Parents: heads, Events: note("补充一句话")}))
		c.exchange(grid)
	}
	c.hold = ""
	c.exchange(office)
	d := sit(t, office, clk, 80, 24)
	d.Press("tab", "tab", "enter")
	d.Expect("它所依据的记录还押着")
	d.Expect("押在它前面的：记录  陈示一  09:00。先放行前面的。")
	d.Golden("held_behind")
	d.Press("f9")
	d.Expect("光标已到第一条")
	d.Expect("> 押 记录")
	d.Press("f9")
	d.Expect("已放行")
	if v := viewOf(t, office, saved.Case); len(v.Case.Notes) != 1 || v.Held != 1 {
		t.Errorf("%d notes, %d held", len(v.Case.Notes), v.Held)
	}
}

// Ensure that long facts are folded, too: the parts below them stay within reach.
func TestWorking_LongFacts(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	reg := dispute("排水沟纠纷")
	reg.Fields[casework.FieldFacts] = strings.Repeat("两家共用一条排水沟，雨天积水，发生争吵。", 40) + "就是这样。"
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{reg}}))
	d := sit(t, s, clk, 80, 80)
	d.Press("enter")
	d.Refuse("就是这样。")
	d.Press("3", "down", "down", "down", "enter")
	d.Expect("就是这样。")
	d.Press("enter")
	d.Refuse("就是这样。")
	d.Expect("经过（1）")
}

// Ensure that the keys of the list stay whole while cases are marked: Esc drops the marks
// and does nothing else.
func TestWorking_KeysWithMarks(t *testing.T) {
	clk, _, s := manyCases(t)
	li := list.New(words.Desk{Words: chinese, Now: clk.Now, Store: s}, store.TabTodo, true, nil)
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		if batch, ok := cmd().(tea.BatchMsg); ok {
			for _, c := range batch {
				run(c)
			}
		} else if msg := cmd(); msg != nil {
			run(li.Update(msg))
		}
	}
	run(li.Init())
	run(li.Update(tuitest.Key("space")))
	esc := 0
	for _, b := range li.Keys() {
		if slices.Contains(b.Keys, "esc") {
			esc++
			if b.ID != "unmark" {
				t.Errorf("Esc is for %s", b.ID)
			}
		}
	}
	if problems := li.Keys().Problems(); esc != 1 || len(problems) > 0 {
		t.Errorf("%d keys for Esc, %v", esc, problems)
	}
}

// Ensure that what the person may not decide says whose it is.
func TestWorking_NotHersToDecide(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	saved := register(t, grid, "排水沟纠纷")
	heads := viewOf(t, grid, saved.Case).Case.Heads
	for _, place := range []string{"李家院后", "王家门前"} {
		must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Parents: heads, Events: amended(casework.FieldDetail, place)}))
	}
	d := sit(t, grid, clk, 80, 24)
	d.Press("enter")
	d.Expect("写这一条时还没有看到：修改  陈示一  09:00")
	d.Expect("您不能定夺：您的岗位不能做这一步。由负责单位（龙窝镇综治中心）")
	d.Expect("下一步  等龙窝镇综治中心受理")
	d.Press("enter")
	d.Expect("下一步不归您")
}

// manyCases are a mediator's desk with some cases to take in hand, and one that is another
// unit's.
func manyCases(t *testing.T) (*clock, *county, *store.Store) {
	clk, c := newClock(), newCounty(t)
	grid, town := c.laptop(clk, "grid1", "441621102901"), c.laptop(clk, "mediator1", "441621102")
	for i, title := range []string{"围墙占了邻居的巷道", "李家与王家因排水沟争吵", "征地补偿款分配", "宅基地边界"} {
		clk.now = clk.now.Add(time.Minute)
		saved := register(t, grid, title)
		c.exchange(grid)
		c.exchange(town)
		if i == 0 {
			must[store.Saved](t)(town.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Accepted{}}}))
			c.exchange(town)
		}
	}
	return clk, c, town
}

// Ensure that cases are marked, that what is harmless is offered for them, that every case
// is listed with what will happen before one is touched, and that each becomes an entry.
func TestWorking_Many(t *testing.T) {
	for _, size := range sizes {
		clk, _, s := manyCases(t)
		d := sit(t, s, clk, size[0], size[1])
		d.Press("space", "space")
		d.Expect("已标 2 件")
		d.Press("ctrl+a")
		d.Expect("已标 4 件：Ctrl+E 一起办，Esc 取消标记")
		d.Golden(sized("marks", size))
		before := len(must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20)).Items)
		d.Press("ctrl+e")
		d.Expect("受理                3 件可以，1 件不行")
		d.Refuse("作废")
		d.Refuse("结案")
		d.Golden(sized("many_choose", size))
		for !d.Shows("> 受理") {
			d.Press("down")
		}
		d.Press("enter")
		d.Expect("受理：下面 3 件会办，1 件不办")
		d.Expect("改为「已受理」；分流交办 07-13 前")
		d.Golden(sized("many_review", size))
		d.Type("请各家先不要动工")
		d.Press("f2")
		d.Expect("办了不能一起撤回")
		d.Golden(sized("many_ask", size))
		d.Press("enter") // not yet
		d.Expect("请各家先不要动工")
		if n := len(must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20)).Items); n != before {
			t.Fatalf("%d entries were written before she said yes", n-before)
		}
		d.Press("f2", "2")
		d.Expect("办完了：3 件已办，1 件没办")
		d.Golden(sized("many_done", size))
		if n := len(must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20)).Items); n != before+3 {
			t.Errorf("%d entries for three cases", n-before)
		}
		d.Press("esc")
		d.Expect("已标 1 件") // what was not done stays marked
		d.Press("esc")
		d.Refuse("已标")
		d.Press("esc")
		d.Expect("这里是案件列表")
	}
}

// Ensure that a remark for many needs its words, that marks outlive another reading and
// another tab, and that a case that changed after the list was shown is left out.
func TestWorking_ManyChanged(t *testing.T) {
	clk, c, s := manyCases(t)
	d := sit(t, s, clk, 80, 24)
	d.Press("space", "space", "tab", "tab")
	d.Expect("[全部 4]")
	d.Expect("已标 2 件")
	d.Press("ctrl+e")
	for !d.Shows("> 记录") {
		d.Press("down")
	}
	d.Press("enter", "f2")
	d.Expect("先写说明")
	d.Type("明天上门")
	var changed casework.CaseID
	for _, row := range must[store.List](t)(s.Rows(store.Query{Tab: store.TabTodo})).Rows {
		changed = row.ID
		break
	}
	c.exchange(s)
	must[store.Saved](t)(s.Append(store.Work{Case: changed, Events: note("别人先写了")}))
	d.Press("f2", "2")
	d.Expect("办完了：1 件已办，1 件没办")
	d.Expect("案件刚有变化，请打开看过再办")
	d.Press("up", "up", "enter")
	d.Expect("[1 概要]")
}

// Ensure that nothing changes hands by an act on many cases: whoever stands above takes no
// case over so, and is offered what she may.
func TestWorking_ManyOfTheCounty(t *testing.T) {
	clk, c, _ := manyCases(t)
	s := c.laptop(clk, "county1", "441621")
	c.exchange(s)
	d := sit(t, s, clk, 80, 24)
	d.Press("tab", "tab", "ctrl+a", "ctrl+e")
	d.Expect("记录                4 件可以，0 件不行")
	d.Refuse("受理 ")
	d.Press("esc")
	d.Expect("已标 4 件")
}

// Ensure that the new screens stay whole on small windows and in English.
func TestWorking_EnglishAndSmall(t *testing.T) {
	clk, _, s := manyCases(t)
	cfg := config(s, clk)
	cfg.Words = i18n.New(i18n.EN)
	d := tuitest.New(t, tui.New(cfg), 60, 16)
	d.Press("enter")
	d.Golden("case_english_60x16")
	d.Press("esc", "ctrl+a", "ctrl+e", "enter")
	d.Golden("many_english_60x16")
	if found := d.Ambiguous(); len(found) > 0 {
		t.Errorf("signs of no certain width: %q", found)
	}
}

// Ensure that a mediator's morning goes by the keys that the screens show: take in, pass on,
// settle what was done beside her, and leave word on the rest.
func TestWorking_MediatorsMorning(t *testing.T) {
	w := newTown(t)
	s := w.desks["mediator1"]
	d := w.sit(t, "mediator1", 80, 24)
	d.Press("tab") // from the board to what is to be done
	for !d.Shows("> 绿") || !d.Shows("征地补偿款") {
		d.Press("down")
	}
	for i := 0; i < 5 && s != nil && !strings.Contains(chosen(d), "征地"); i++ {
		d.Press("down")
	}
	if !strings.Contains(chosen(d), "征地") {
		d.Press("home")
	}
	d.Press("ctrl+e", "enter") // the next step
	d.Expect("受理  3-")
	d.Press("f2")
	d.Expect("受理：已保存")
	d.Expect("下一步  交办，回车就办")
	d.Press("enter")
	d.Expect("成为「交办待签收」；「分流交办」完成；起算「签收」2021-07-22 前")
	d.Press("f2")
	d.Expect("下一步  等龙窝镇司法所签收")
	d.Press("enter")
	d.Expect("下一步不归您：等龙窝镇司法所签收")
	d.Press("esc")
	w.county.exchange(s)
	sfs := w.desks["sfs1"]
	w.county.exchange(sfs)
	o := w.sit(t, "sfs1", 80, 24)
	o.Press("tab")
	for i := 0; i < 5 && !strings.Contains(chosen(o), "征地"); i++ {
		o.Press("down")
	}
	o.Press("enter", "enter")
	o.Expect("签收  3-")
	o.Press("f2")
	o.Expect("下一步  首次联系，回车就办")
}

// Ensure that the county's office sees who waits for whom, releases what is held and leaves
// word on many cases without taking one over.
func TestWorking_CountysMorning(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	office := c.laptop(clk, "county1", "441621")
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.hold = casework.WhyLeft
	must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Events: note("补充一句话")}))
	c.exchange(grid)
	c.hold = ""
	register(t, grid, "围墙占了巷道")
	c.exchange(grid)
	c.exchange(office)
	d := sit(t, office, clk, 80, 24)
	d.Expect("[待办 1]")
	d.Press("enter")
	d.Expect("下一步  看押下的一条：F9 放行")
	d.Press("f9")
	d.Expect("已放行")
	d.Expect("下一步  等龙窝镇综治中心受理")
	d.Press("esc", "tab", "tab", "ctrl+a", "ctrl+e")
	for !d.Shows("> 记录") {
		d.Press("down")
	}
	d.Press("enter")
	d.Type("请尽快受理")
	d.Press("f2", "2")
	d.Expect("办完了：2 件已办，0 件没办")
	if v := viewOf(t, office, saved.Case); v.Case.Holder != "441621102" || len(v.Case.Notes) != 2 {
		t.Errorf("held by %s, %d notes", v.Case.Holder, len(v.Case.Notes))
	}
}

// Ensure that acts on many can be stopped: what was done stays done and is told, the rest is
// left as it was, and the desk does not end in the midst of a case.
func TestWorking_ManyStopped(t *testing.T) {
	clk, _, s := manyCases(t)
	var ids []casework.CaseID
	for _, row := range must[store.List](t)(s.Rows(store.Query{Tab: store.TabTodo})).Rows {
		ids = append(ids, row.ID)
	}
	m := many.New(words.Desk{Words: chinese, Now: clk.Now, Store: s}, ids)
	m.Update(m.Init()())
	for !strings.Contains(strings.Join(m.Page(80, 21).Body, "\n"), "> 受理") {
		m.Update(tuitest.Key("down"))
	}
	m.Update(tuitest.Key("enter"))
	ask := m.Update(tuitest.Key("f2"))().(words.AskMsg)
	next := m.Update(ask.Choices[1].Msg)
	if !m.Unkept() {
		t.Error("nothing is under way")
	}
	m.Update(tuitest.Key("esc"))
	if next = m.Update(next()); next != nil || m.Unkept() {
		t.Error("it goes on")
	}
	page := strings.Join(m.Page(80, 21).Body, "\n")
	if !strings.Contains(page, "停下了：1 件已办，3 件没办。") || strings.Count(page, "停下时还没有办到") != 2 {
		t.Error(page)
	}
}
