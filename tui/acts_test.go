package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
)

// Ensure that a sign of risk is noted and answered from the menu, that it stands
// beside the light and in the case with what must be done, and that what was done
// stands below what it answers.
func TestDesk_Risk(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		s := alone(t, clk)
		register(t, s, "排水沟纠纷")
		d := sit(t, s, clk, size[0], size[1])
		d.Press("enter")
		do(d, "记风险")
		fill(d, [2]string{"风险标志", "ztct"}, [2]string{"说明", "王家堵沟时推了人。"})
		d.Expect("待办：报告公安机关（人民调解法第二十五条）")
		do(d, "风险职责已办")
		d.Golden(sized("duty_done", size))
		d.Expect("针对       [发生过肢体冲突")
		fill(d, [2]string{"已办的职责", "1"}, [2]string{"办理情况", "已报派出所"}, [2]string{"办理时间", "9点"})
		d.Refuse("待办：报告公安机关")
		d.Golden(sized("risk", size))
		d.Press("end")
		d.Expect("风险职责已办")
		d.Press("esc")
		d.Expect("绿险")
		d.Golden(sized("risk_list", size))
	}
}

// Ensure that a long list of acts is folded until Enter unfolds it, and that the
// history does not say their words a second time.
func TestDesk_ActsFolded(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	for i := range 5 {
		risk := &casework.RiskSeen{Sign: "threat", Note: fmt.Sprintf("第%d次", i+1)}
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{risk}}))
	}
	d := sit(t, s, clk, 80, 60)
	d.Press("enter", "6")
	d.Expect("记风险（5）")
	d.Expect("说明         第3次")
	d.Refuse("说明         第2次")
	for range 60 {
		if d.Shows("> + 还有 2 项") {
			break
		}
		d.Press("down")
	}
	d.Expect("Enter 展开")
	d.Press("enter", "end")
	d.Expect("说明         第1次")
	d.Expect("回车收起")
}

// Ensure that a confidential case and one of risk carry their signs in the list
// however small the screen.
func TestDesk_Marks(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	reg := dispute("举报村干部")
	reg.Confidential = true
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{reg}}))
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 60, 16)
	d.Expect("密 举报村干部")
	d.Refuse("密 排水沟")
}

// Ensure that sentences of the catalogue are offered for a long text and put at the
// caret, and that the part of a form that is seldom needed opens by one key.
func TestDesk_PhrasesAndMore(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		s := alone(t, clk)
		saved := register(t, s, "排水沟纠纷")
		d := sit(t, s, clk, size[0], size[1])
		d.Press("enter")
		do(d, "不予受理")
		d.Press("f4")
		d.Type("理由")
		d.Press("enter")
		d.Type("经了解，")
		d.Press("f7")
		d.Golden(sized("phrases", size))
		d.Press("enter")
		d.Expect("经了解，一方当事人明确拒绝调解。")
		d.Press("esc")
		do(d, "修改")
		d.Press("f4")
		d.Type("案件来源")
		d.Press("enter")
		d.Type("zdtj")
		d.Press("tab")
		d.Type("1.2万")
		d.Expect("12,000 元")
		d.Golden(sized("more", size))
		d.Press("f2")
		d.Expect("修改：已保存")
		if v := viewOf(t, s, saved.Case); v.Case.Value(casework.FieldAmount) != "12000" {
			t.Errorf("the amount is %q", v.Case.Value(casework.FieldAmount))
		}
		do(d, "修改")
		d.Expect("-- 更多 --")
	}
}

// Ensure that of many limits that were stopped a few are shown, and every one that
// runs.
func TestDesk_LimitsFolded(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	for range 8 {
		risk := must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.RiskSeen{Sign: "threat"}}}))
		cleared := &casework.RiskCleared{Of: risk.UID, Reason: "已和好"}
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{cleared}}))
	}
	d := sit(t, s, clk, 80, 60)
	d.Press("enter")
	d.Expect("绿 受理审查      2021-07-09 09:00 到期  剩 24 时")
	d.Expect("+ 还有 2 项")
}

// Ensure that lists to choose from show names and no codes, but for the number of a
// delegated item, which people know, that helpers stand there with what they are, and
// that a code still finds its row.
func TestDesk_Names(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "mediator1", "441621102")
	id := register(t, s, "排水沟纠纷").Case
	must[store.Saved](t)(s.Append(store.Work{Case: id, Events: []casework.Event{&casework.Accepted{}}}))
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "记风险")
	d.Press("enter")
	d.Expect("威胁、扬言报复")
	d.Refuse("threat")
	d.Type("threat")
	d.Expect("> 威胁、扬言报复")
	d.Press("esc", "esc")
	do(d, "邀请调解力量")
	d.Press("enter")
	d.Expect("古样贤")
	d.Expect("“五老一贤”、紫金县龙窝镇")
	d.Refuse("r1")
	d.Golden("roster")
	c.exchange(s)
	d.Press("esc", "esc", "esc", "f8")
	d.Press("enter")
	d.Type("bureau1")
	d.Expect("孙样板")
	d.Expect("紫金县住房和城乡建设局")
	d.Refuse("孙样板  bureau1")
	d.Press("esc", "esc", "f2")
	for !d.Shows("登记下放事项") {
		d.Press("f3")
	}
	d.Press("enter")
	d.Expect("ZF-002 对农村村民未经批准占用土地建住宅的处罚")
	d.Refuse("处罚  ZF-002")
}

// Ensure that a reason that does not fit beside its action shows that it goes on.
func TestDesk_MenuReasonCut(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "mediator1", "441621102")
	register(t, s, "李家与王家因排水沟争吵")
	d := sit(t, s, clk, 60, 16)
	d.Press("enter", "f2")
	d.Type("签收")
	d.Expect("..")
	for _, line := range d.Screen() {
		if kit.Width(line) > 60 {
			t.Errorf("%q is wider than the screen", line)
		}
	}
	if !slices.ContainsFunc(d.Screen(), func(line string) bool {
		return strings.Contains(line, "签收") && strings.HasSuffix(strings.TrimRight(line, " "), "..")
	}) {
		t.Errorf("the reason is cut without a sign:\n%s", strings.Join(d.Screen(), "\n"))
	}
}
