package tui_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/tuitest"
)

// do opens the menu of the case that is shown and chooses an action by its name.
func do(d *tuitest.Driver, action string) {
	d.Press("f2")
	d.Expect("可以做什么")
	d.Type(action)
	d.Expect("*   " + action)
	d.Press("enter")
}

// fill types into the fields of a form by their labels, in the order given, and
// saves it.
func fill(d *tuitest.Driver, fields ...[2]string) {
	for _, f := range fields {
		d.Press("f4")
		d.Type(f[0])
		d.Press("enter")
		d.Type(f[1])
	}
	d.Press("f2")
}

// seedStrokes is how many keys and signs it takes to log that case, of which 53 are its
// facts and names themselves. It was 98 while the category, the title and the day had to be
// typed and the form asked for more than what, who, where and when.
const seedStrokes = 67

// Ensure that the case of 8 July 2021 can be logged and brought to its rating
// through the screens: the deposit for a flat in 江东新区, given back.
func TestDesk_DepositForAFlat(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid2", "441621109901")
	town := c.laptop(clk, "mediator2", "441621109")

	// The 网格员 logs it where it happened: who, what it is about, today; the category and
	// the title are proposed from that, the place is that of the unit.
	d := sit(t, grid, clk, 80, 24)
	d.Press("f2", "tab", "tab")
	d.Press("enter")
	d.Type("黄某")
	d.Press("enter")
	d.Type("13800000001")
	d.Press("f2", "enter")
	d.Type("江东新区某房地产公司")
	d.Press("f2", "down")
	d.Type("群众因银行征信问题不能贷款购房，要求房地产公司退还购房订金。")
	d.Press("tab", "tab", "right")
	d.Golden("seed_proposed")
	d.Press("ctrl+t")
	d.Golden("seed_intake")
	d.Press("f2")
	if n := d.Pressed(); n > seedStrokes {
		t.Errorf("logging took %d keys, want at most %d", n, seedStrokes)
	}
	d.Golden("seed_saved")
	d.Press("2")
	d.Expect("黄某与江东新区某房地产公司房产买卖租赁纠纷")
	do(d, "首次联系")
	fill(d, [2]string{"说明", "已与来访群众电话联系，约定到镇综治中心协商。"})
	d.Golden("seed_contacted")
	v := firstCase(t, grid)
	if v.Category != "0602" || v.Division != "441621109901" || v.Receipt != store.SavedHere || len(v.Case.Parties) != 2 || v.Case.Contacted.IsZero() {
		t.Fatalf("logged as %+v", v.Row)
	}

	// The town's mediator takes it to the agreement and its performance.
	c.exchange(grid)
	c.exchange(town)
	m := sit(t, town, clk, 80, 24)
	m.Expect("黄某与江东新区")
	m.Golden("seed_todo")
	m.Press("enter")
	do(m, "受理")
	fill(m, [2]string{"说明", "属于本镇，予以受理。"})
	m.Expect("已受理")
	do(m, "调解")
	fill(m, [2]string{"化解方式", "rmtj"}, [2]string{"化解情况", "会同住建、市场监管部门与销售经理协商，依法释明。"})
	m.Expect("办理中")
	clk.now = clk.now.Add(4 * time.Hour)
	do(m, "达成协议")
	fill(m, [2]string{"协议形式", "2"}, [2]string{"协议内容", "公司同意退回购房订金。"}, [2]string{"履行期限", "2021-07-15"},
		[2]string{"依据", "《消费者权益保护法》《商品房销售管理办法》"})
	m.Golden("seed_agreed")
	do(m, "履行")
	fill(m, [2]string{"履行程度", "1"})
	m.Expect("已化解")

	// Back in the village the person says how it was.
	c.exchange(town)
	c.exchange(grid)
	d.Await("已化解")
	do(d, "评价")
	fill(d, [2]string{"满意度", "1"}, [2]string{"调解效率", "1"}, [2]string{"责任领导", "1"})
	d.Press("end")
	d.Expect("满意")
	d.Golden("seed_rated")
	c.exchange(grid)
	d.Await("达 评价")
	v = firstCase(t, grid)
	if v.State != casework.StateResolved || len(v.Case.Ratings) != 1 || v.Case.Ratings[0].Satisfaction != "satisfied" || v.Receipt != store.Delivered {
		t.Errorf("ended as %+v, ratings %v", v.Row, v.Case.Ratings)
	}
	if v.Case.Agreement.Laws == "" || v.Case.Agreement.Done != "full" || v.Contested != 0 {
		t.Errorf("agreement %+v, %d contested", v.Case.Agreement, v.Contested)
	}
	d.Advance(time.Minute)
	m.Advance(time.Minute)
	if d.Waiting() != 0 || m.Waiting() != 0 {
		t.Errorf("at rest %d and %d waits", d.Waiting(), m.Waiting())
	}
}
