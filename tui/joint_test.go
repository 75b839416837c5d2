package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that the tab of the next days shows appointments with their time, that a
// limit which was extended shows the day on which it was due at first, and that the
// case says why it should go up.
func TestDesk_Joint(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "mediator1", "441621102")
	saved := register(t, s, "李家与王家因排水沟争吵")
	do := func(ev casework.Event) {
		t.Helper()
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
	}
	do(&casework.Accepted{})
	do(&casework.Mediated{Method: "03", Result: "再谈"})
	do(&casework.Extended{Limit: casework.LimitHandle, Until: "2021-08-20", Reason: "等待鉴定"})
	do(&casework.Appointed{When: "2021-07-09 14:30", Place: "村委会", Purpose: "调解"})
	do(&casework.Failed{Reason: "谈不成", Remedies: "可以起诉"})
	do(&casework.Tasked{Unit: "441621102-sfs", What: "核对", Due: "2021-07-20"})
	d := sit(t, s, clk, 80, 24)
	d.Press("shift+tab")
	d.Expect("[近日 1]")
	d.Expect("07-09 14:30")
	d.Golden("list_today_80x24")
	d.Press("enter")
	d.Expect("建议上报")
	d.Expect("本级调解不成")
	d.Resize(80, 40)
	d.Expect("原定 2021-08-07")
}

// Ensure that a form for an extension offers the limits that may become longer, and
// an emergency the units above.
func TestDesk_JointForms(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "mediator1", "441621102")
	saved := register(t, s, "李家与王家因排水沟争吵")
	for _, ev := range []casework.Event{&casework.Accepted{}, &casework.Mediated{Method: "03", Result: "再谈"}} {
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
	}
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "批准延期")
	d.Press("enter")
	d.Expect("调处办理")
	d.Expect("最多延至 2021-09-06")
	d.Press("esc", "esc")
	do(d, "紧急上报")
	d.Press("enter")
	d.Expect("紫金县平安办")
	d.Refuse("龙川县")
}
