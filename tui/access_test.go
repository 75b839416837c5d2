package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that phones are masked until they are asked for, that each look is
// counted before anything is shown, and that leaving the case ends it.
func TestDesk_Reveal(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	ev := dispute("排水沟纠纷")
	ev.Parties[0].IDNumber = "44162119900101123X"
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{ev}}))
	must[store.Saved](t)(s.Append(store.Work{Case: firstCase(t, s).ID, Events: note("证人电话13900000002")}))
	d := sit(t, s, clk, 120, 40)
	d.Refuse("13800138000")
	d.Press("enter")
	d.Expect("138****8000")
	d.Expect("**************123X")
	d.Expect("139****0002")
	d.Refuse("13800138000")
	if looks := must[[]store.Look](t)(s.Looks()); len(looks) != 0 {
		t.Errorf("masked words were counted: %v", looks)
	}
	d.Press("f4")
	d.Expect("13800138000")
	d.Expect("44162119900101123X")
	d.Expect("13900000002")
	d.Expect("已记入查看记录")
	looks := must[[]store.Look](t)(s.Looks())
	if len(looks) != 1 || looks[0].Case != firstCase(t, s).ID || looks[0].What != store.LookDesk {
		t.Errorf("counted: %v", looks)
	}
	d.Press("esc", "enter")
	d.Expect("138****8000")
	d.Refuse("13800138000")
	s.Close()
	d = sit(t, alone(t, clk), clk, 80, 24)
	d.Refuse("F12")
}

// Ensure that a person of two units acts for the one in the head line, that one
// key goes to the other, and that the profile remembers it.
func TestDesk_ActingUnit(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	office := c.laptop(clk, "county1", "441621", "jiangdong")
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.exchange(office)
	d := sit(t, office, clk, 80, 24)
	d.Press("tab", "tab", "enter")
	d.Expect("[以紫金县平安办名义]")
	d.Press("f12")
	d.Expect("[以江东新区平安办名义]")
	d.Press("f2")
	d.Type("受理")
	d.Expect("以「紫金县平安办」的名义可以办")
	d.Press("enter", "esc", "f12", "f2")
	d.Type("受理")
	d.Press("enter")
	d.Press("ctrl+s")
	v := viewOf(t, office, saved.Case)
	if last := v.Case.Timeline[len(v.Case.Timeline)-1]; last.Unit != "441621" || v.Case.State != casework.StateAccepted {
		t.Errorf("accepted by %s: %s", last.Unit, v.Case.State)
	}
	d.Press("f12")
	if p := office.Profile(); p.Acting != "jiangdong" || office.Person("").Unit != "jiangdong" {
		t.Errorf("acts for %s", p.Acting)
	}
}

// Ensure that a leader's desk says that it only reads and offers no writing keys.
func TestDesk_Leader(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	mediator := c.laptop(clk, "mediator1", "441621102")
	leader := c.laptop(clk, "leader1", "441621")
	saved := register(t, mediator, "排水沟纠纷")
	for _, ev := range []casework.Event{&casework.Accepted{}, &casework.Assigned{Lead: "441621102-sfs"}} {
		must[store.Saved](t)(mediator.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
	}
	c.exchange(mediator)
	c.exchange(leader)
	d := sit(t, leader, clk, 80, 24)
	d.Expect("领导账号只能查看")
	d.Refuse("登记新案件")
	d.Press("f2")
	d.Expect("领导账号只能查看")
	d.Press("tab", "tab", "enter")
	d.Expect("排水沟纠纷")
	d.Refuse("F2 办理")
	d.Press("f2")
	d.Expect("领导账号只能查看")
	if _, err := leader.Append(store.Work{Case: saved.Case, Events: note("请抓紧")}); err == nil {
		t.Error("a leader's note was saved")
	}
}

// Ensure that the desk hands the laptop over only when nothing would be lost, says
// how far it has come, and writes nothing more until it is taken back.
func TestDesk_Handover(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	saved := register(t, grid, "排水沟纠纷")
	d := sit(t, grid, clk, 80, 24)
	d.Press("f8")
	d.Expect("没有送到县里，请先按 F5 同步")
	c.exchange(grid)
	d.Press("esc", "f8")
	d.Expect("移交给")
	d.Golden("handover_80x24")
	d.Type("zhengshisi")
	d.Press("enter")
	d.Press("ctrl+s")
	d.Expect("已签字移交给郑示四，还没有全部送到县里")
	if _, err := grid.Append(store.Work{Case: saved.Case, Events: note("还有话")}); err == nil {
		t.Error("something was written after the hand-over")
	}
	c.exchange(grid)
	d.Await("郑示四可以接手了")
	d.Press("esc")
	d.Expect("这台电脑已移交给郑示四，只能查看")
	d.Refuse("F2 登记新案件")
	d.Press("f8")
	if _, there := store.WordIn(grid.Dir()); !there {
		t.Error("no word was left for the next worker")
	}
	d.Press("delete")
	d.Expect("请先按 F5 同步")
	if _, there := store.WordIn(grid.Dir()); there {
		t.Error("the word lies there after it was taken back")
	}
	if _, err := grid.Append(store.Work{Case: saved.Case, Events: note("还有话")}); err != nil {
		t.Errorf("taken back, and nothing can be written: %v", err)
	}
}

// Ensure that a confidential case can be asked for from the desk by who may.
func TestDesk_Glass(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	center := c.laptop(clk, "center1", "441621102")
	d := sit(t, grid, clk, 80, 24)
	d.Press("f7")
	d.Expect("您的岗位不能做这一步")
	d = sit(t, center, clk, 80, 24)
	d.Press("f7")
	d.Expect("应急查阅")
	d.Type("123")
	d.Press("tab")
	d.Type("有人身危险")
	d.Press("ctrl+s")
	d.Expect("不是完整的案件编号")
	d.Golden("glass_80x24")
	id := must[store.Saved](t)(grid.Append(store.Work{Events: []casework.Event{dispute("保密的事")}})).Case
	d.Press("esc", "f7")
	d.Type(id.String())
	d.Press("tab")
	d.Type("有人身危险")
	d.Press("ctrl+s")
	d.Expect("已记下")
	d.Press("tab", "tab")
	d.Expect("（应急查阅）")
	d.Press("enter")
	d.Expect("等县里答复")
	d.Press("esc")
	if entries := must[[]casework.Entry](t)(center.Entries(id)); len(entries) != 1 || entries[0].Events[0].Kind() != "break_glass" {
		t.Errorf("written: %v", entries)
	}
}
