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
	d.Press("shift+tab", "shift+tab", "shift+tab")
	d.Expect("[近日 1]")
	d.Expect("07-09 14:30")
	d.Expect("村委会  ")
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

// Ensure that the day list shows any day, by keys and by a date as people type it, each
// line with its time and place, to a mediator and to the grid worker who registered.
func TestDesk_Days(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	town := c.laptop(clk, "mediator1", "441621102")
	saved := register(t, grid, "李家与王家因排水沟争吵")
	c.exchange(grid)
	c.exchange(town)
	for _, ev := range []casework.Event{&casework.Accepted{}, &casework.Mediated{Method: "03", Result: "再谈"},
		&casework.Appointed{When: "2021-07-09 14:30", Place: "村委会二楼", Purpose: "调解"},
		&casework.Appointed{When: "2021-07-09 09:00", Place: "李家门口", Purpose: "看现场"},
		&casework.Appointed{When: "2021-12-05 10:00", Place: "镇综治中心"}} {
		must[store.Saved](t)(town.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
	}
	c.exchange(town)
	c.exchange(grid)
	for name, s := range map[string]*store.Store{"mediator": town, "grid": grid} {
		d := sit(t, s, clk, 80, 24)
		d.Press("shift+tab", "shift+tab", "shift+tab")
		d.Expect("今天和以后 3 天")
		d.Expect("李家门口         07-09 09:00") // the next one
		d.Press("right")
		d.Expect("2021-07-09 星期五")
		d.Expect("绿 09:00 达 1-WDC1     李家与王家因排水沟.. 李家门口         看现场")
		d.Expect("村委会二楼       调解")
		if name == "mediator" {
			d.Golden("list_day_80x24")
		}
		d.Press("down", "left")
		d.Expect("2021-07-08 星期四")
		d.Expect("这一天没有安排")
		if name == "mediator" {
			d.Press("g")
			d.Type("8.7")
			d.Press("enter")
			d.Expect("到期：调处办理")
		}
		d.Press("ctrl+g")
		d.Type("12月5日")
		d.Expect("2021-12-05 星期日")
		d.Press("enter")
		d.Expect("镇综治中心       预约")
		d.Press("g")
		d.Type("3.5")
		d.Press("enter")
		d.Expect("2022-03-05") // the next one, as in every field of a day to come
		d.Press("g")
		d.Type("明日复明日")
		d.Press("enter")
		d.Expect("这不是日期")
		d.Press("esc")
		d.Expect("2022-03-05")
		d.Press("g")
		d.Type("明天")
		d.Press("enter", "down", "enter")
		d.Expect("案件 ")
		d.Press("esc", "esc")
		d.Expect("今天和以后 3 天")
		d.Press("right", "tab", "shift+tab")
		d.Expect("今天和以后 3 天")
		d.Press("tab", "right", "ctrl+g") // of days in the day list alone
		d.Refuse("看哪一天")
	}
}

// Ensure that a court that was named by mistake can be taken out again, that the form
// offers only units that can be, and that one which wrote something stays.
func TestDesk_TakeOut(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "mediator1", "441621102")
	saved := register(t, s, "李家与王家因排水沟争吵")
	for _, ev := range []casework.Event{&casework.Accepted{},
		&casework.Entrusted{Court: "441621-fy", Number: "诉前调1号", Stage: "before", ReceivedOn: "2021-07-08"}} {
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
	}
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "取消参与单位")
	d.Expect("[紫金县平安办 / 紫金县人民法院") // the only one that can be
	d.Type("选错了法院")
	d.Golden("take_out")
	d.Press("ctrl+s")
	d.Expect("取消参与单位：已保存")
	do(d, "法院委派调解") // as if it had not been
	d.Press("esc")
	if v := viewOf(t, s, saved.Case); len(v.Case.Joined) != 0 || v.Case.Entrustment.Open() {
		t.Errorf("it takes part: %v", v.Case.Joined)
	}
	d.Press("f2")
	d.Type("取消参与单位")
	d.Expect("没有可以取消的参与单位")
}
