package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
)

// Ensure that who logs a case is told, without the form moving, that one which looks
// the same is there, can look at it and come back, and merges the two through the
// screens; and that what is written on the merged one is seen at the other.
func TestDesk_Merge(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	first := register(t, s, "排水沟占地纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("f2")
	d.Refuse("可能重复")
	d.Type("ll")
	d.Press("enter")
	d.Type("热线转来：排水沟占地")
	d.Press("enter", "enter")
	d.Type("张伟华")
	d.Press("f2", "down")
	d.Type("来电人称邻居修沟占用菜地。")
	d.Press("tab")
	d.Type("示例溪头村")
	d.Press("enter")
	d.Advance(kit.DraftWait)
	d.Expect("可能重复：")
	d.Expect("排水沟占地纠纷")
	d.Golden("likely_intake")
	d.Press("f6")
	d.Expect("两家共用一条排水沟")
	d.Press("esc")
	d.Expect("热线转来")
	d.Press("f2")
	dup := firstCase(t, s)
	if dup.ID == first.Case {
		t.Fatal("nothing was registered")
	}
	d.Press("1", "esc")

	d.Expect("热线转来")
	d.Press("enter")
	do(d, "并案")
	d.Press("enter")
	d.Expect("有当事人同名")
	d.Golden("merge_choose")
	d.Press("enter")
	d.Type("同一件事")
	d.Press("f2")
	d.Expect("已并入 " + first.Number)
	v := viewOf(t, s, first.Case)
	if len(v.Case.Sources) != 1 || v.Case.Sources[0].Case != dup.ID {
		t.Fatalf("%+v", v.Case.Sources)
	}
	do(d, "记录")
	d.Type("又来电话催问")
	d.Press("f2")
	d.Golden("merged")
	for range 30 {
		if d.Shows("> 已并入") {
			break
		}
		d.Press("down")
	}
	d.Press("enter", "3")
	d.Expect("并案后又有 1 条记录")
	d.Golden("merge_target")
}

// Ensure that a source which did not arrive is written down with one key.
func TestDesk_MergeCompleted(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	dup, into := register(t, s, "热线转来"), register(t, s, "排水沟纠纷")
	for _, w := range []store.Work{
		{Case: dup.Case, Events: []casework.Event{&casework.Merged{Into: into.Case, Reason: "同一件事"}}},
		{Case: into.Case, Events: []casework.Event{&casework.SourceDropped{Case: dup.Case, Reason: "失手"}}},
	} {
		must[store.Saved](t)(s.Append(w))
	}
	d := sit(t, s, clk, 120, 40)
	d.Press("enter")
	d.Expect("来源还没有记下")
	for range 30 {
		if d.Shows("> !") {
			break
		}
		d.Press("down")
	}
	d.Press("enter")
	d.Expect("来源已补记")
	if v := viewOf(t, s, into.Case); !v.Case.HasSource(dup.Case) {
		t.Error("nothing was written")
	}
	d.Refuse("来源还没有记下")
}

// Ensure that F6 on the list of cases lists those that may tell the same as the one under
// the cursor, with the reasons, and says so where there are none.
func TestDesk_LikelyInList(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "李家与王家因排水沟争吵")
	other := dispute("征地补偿款分配")
	other.Fields[casework.FieldFacts], other.Parties = "村民对分配方案有意见。", []casework.Party{{Role: "applicant", Name: "欧阳明远"}, {Role: "respondent", Name: "村委会"}}
	other.Fields[casework.FieldCategory] = "0301"
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{other}}))
	register(t, s, "李王两家为排水沟争吵")
	d := sit(t, s, clk, 80, 24)
	d.Press("tab", "end")
	d.Expect("> 绿 剩 24 时 存 2-")
	d.Press("f6")
	d.Expect("没有看到可能与 2-")
	d.Press("home", "f6")
	d.Expect("可能与 1-")
	d.Expect("理由")
	d.Refuse("征地补偿")
	d.Golden("likely_list")
	d.Press("enter")
	d.Expect("案件 L-2021-00003")
	d.Press("esc")
	d.Expect("可能与 1-")
	d.Press("esc")
	d.Expect("征地补偿")
	d.Expect("> 绿 剩 24 时 存 1-")
}
