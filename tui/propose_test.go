package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that the form of an assignment opens with who is proposed and says why, so
// that one key saves it, and that a person may choose another.
func TestDesk_Proposal(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	town := c.laptop(clk, "mediator1", "441621102")
	saved := register(t, town, "排水沟纠纷")
	d := sit(t, town, clk, 80, 24)
	d.Press("enter")
	do(d, "受理")
	d.Press("f2")
	d.Expect("已受理")
	do(d, "交办")
	d.Expect("建议交办给龙窝镇司法所")
	d.Expect("龙窝镇司法所是当地负责这一类别的单位")
	d.Press("f2")
	d.Expect("交办待签收")
	if v := viewOf(t, town, saved.Case); v.Case.Lead != "441621102-sfs" {
		t.Errorf("led by %q", v.Case.Lead)
	}
}

// Ensure that a delegated matter which the town never claimed opens to be handed up,
// that the reason of the catalogue is shown, and that the detail shows the item.
func TestDesk_HandUp(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	town := c.laptop(clk, "mediator1", "441621102")
	reg := &casework.Registered{Matter: casework.Delegated, Fields: casework.Fields{casework.FieldItem: "ZF-004",
		casework.FieldCategory: "1301", casework.FieldTitle: "焚烧秸秆", casework.FieldFacts: "田里烧秸秆", casework.FieldDivision: "441621102901"}}
	saved := must[store.Saved](t)(town.Append(store.Work{Events: []casework.Event{reg}}))
	d := sit(t, town, clk, 80, 24)
	d.Press("enter")
	d.Expect("首问：龙窝镇综治中心")
	d.Expect("对露天焚烧秸秆的处罚")
	d.Expect("大气污染防治法第一百一十九条（目录第 1 版）")
	do(d, "上交")
	d.Expect("龙窝镇综治中心没有认领这个事项")
	d.Expect("建议上交给河源市生态环境局紫金分局")
	fill(d, [2]string{"理由", "本镇没有认领"})
	d.Expect("已上交待签收")
	if v := viewOf(t, town, saved.Case); v.Case.Lead != "441621-sthjj" || v.Case.Holder != "441621102" {
		t.Errorf("led by %q, held by %q", v.Case.Lead, v.Case.Holder)
	}
}
