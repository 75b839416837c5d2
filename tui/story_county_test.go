package tui_test

import (
	"slices"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that the county's office supervises a case from its board, that the unit finds the
// order first on its own and answers it, that the office reads the answer, and that its
// figures lead back to cases and the cases to the figures.
func TestStory_CountySupervises(t *testing.T) {
	w := newTown(t)
	d := w.sit(t, "county1", 80, 24)
	goTo(d, "红灯，已超期")
	d.Press("enter")
	d.Expect("围墙占了邻居的巷道")
	act(d, "下达督办", [2]string{"督办等级", "2"}, [2]string{"督办事由", "超期十天，请今天签收并说明。"})
	w.county.exchange(w.desks["county1"])
	w.county.exchange(w.desks["bureau1"])

	b := w.sit(t, "bureau1", 80, 24)
	b.Expect("督办待回复")
	goTo(b, "督办待回复")
	b.Press("enter")
	for _, reply := range []string{"已派人到现场。", "今天签收。"} { // two orders wait
		b.Press("f2")
		b.Expect("下一步    *   回复督办")
		b.Press("enter")
		if b.Shows("哪一件督办 [键入") {
			b.Press("enter", "enter")
		}
		fill(b, [2]string{"办理情况", reply})
		b.Expect("回复督办：已保存")
	}
	w.county.exchange(w.desks["bureau1"])
	w.county.exchange(w.desks["county1"])
	hears(d, "今天签收。")

	// The figures and back.
	d.Press("esc", "ctrl+r")
	d.Type("dbtb")
	d.Press("enter")
	d.Expect("督办通报表  2021年7月")
	d.Press("home")
	d.Expect("龙窝镇综治中心  受理：2")
	cell := strings.Join(d.Screen(), "\n")
	d.Press("enter")
	d.Expect("Enter 打开")
	d.Press("enter")
	d.Expect("案件 ")
	d.Press("esc", "esc")
	if again := strings.Join(d.Screen(), "\n"); again != cell {
		t.Errorf("not the cell that was left:\n%s\n%s", cell, again)
	}
	d.Press("esc", "esc")
	d.Expect("[首页]")
	orders := 0
	for _, a := range viewOf(t, w.desks["county1"], w.late).Case.Acts {
		if a.Action == casework.ActReplyOrder {
			orders++
		}
	}
	if orders != 2 {
		t.Errorf("%d replies reached the county", orders)
	}
}

// Ensure that a leader reads what is red, why and with whom, and the figures, and writes
// nothing by any key that is shown.
func TestStory_LeaderReads(t *testing.T) {
	w := newTown(t)
	s := w.desks["leader1"]
	before := must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20)).Items
	d := w.sit(t, "leader1", 80, 24)
	goTo(d, "红灯，已超期")
	d.Press("enter")
	d.Expect("围墙占了邻居的巷道")
	d.Expect("紫金县住房和城乡建设局")
	for _, key := range []string{"f2", "f7", "f8", "f9"} {
		d.Press(key)
		d.Expect("领导账号只能查看")
	}
	d.Press("enter")
	d.Refuse("F2 保存")
	d.Press("esc", "ctrl+r")
	d.Expect("统计报表")
	d.Press("enter")
	d.Expect("2021年7月")
	d.Press("esc", "esc")
	d.Expect("[首页]")
	if after := must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20)).Items; !slices.EqualFunc(before, after, func(a, b store.Item) bool { return a.Name == b.Name }) {
		t.Errorf("%d records wait, %d did before", len(after), len(before))
	}
}
