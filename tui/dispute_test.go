package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that a dispute tells in plain words how it stands: first contact, steps,
// refusal, instalments, breach, confirmation, the court's request, replies.
func TestDesk_Standing(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	id := register(t, s, "排水沟纠纷").Case
	li := viewOf(t, s, id).Case.Parties[1].Element
	act := func(events ...casework.Event) {
		for _, ev := range events {
			must[store.Saved](t)(s.Append(store.Work{Case: id, Events: []casework.Event{ev}}))
		}
	}
	act(&casework.Contacted{Way: "phone", At: "2021-07-07 18:30"}, &casework.Accepted{},
		&casework.Entrusted{Court: "441621102-ft", Number: "诉前调1号", Stage: "before", ReceivedOn: "2021-07-01"},
		&casework.Declined{Element: li, Reason: "要判决"})
	d := sit(t, s, clk, 80, 40)
	d.Press("enter")
	for _, said := range []string{"首次联系        2021-07-07 18:30", "拒绝调解        李四：要判决", "法院委派        龙窝镇人民法庭（示例）  诉前调1号  诉前  待反馈"} {
		d.Expect(said)
	}
	act(&casework.Consented{Element: li}, &casework.Stepped{Step: "focus", Text: "争的是排水沟"}, &casework.Mediated{Method: "03", Result: "谈成"},
		&casework.Agreed{Form: "written", Agreement: "分两期赔", EffectiveOn: "2021-07-08", VillageRules: "第五条", Instalments: "2021-08-01 500\n2021-09-01 500"},
		&casework.Performed{Extent: "partial", Instalment: 1}, &casework.Breached{What: "第二期没付", Follow: "urge"},
		&casework.Replied{Way: "visit", Reply: "已督促"}, &casework.ReportedBack{Result: "success"})
	d = sit(t, s, clk, 80, 60)
	d.Press("enter")
	for _, said := range []string{"三步法          庭前摸底 已做  庭审释法 未做  庭后疏导 未做", "调解次数        1 次", "乡规民约        第五条",
		"第 1 期         2021-08-01  500 元  已付", "第 2 期         2021-09-01  500 元  未付", "违约            督促履行  第二期没付",
		"诉前  调解成功", "上门  已督促", "申请司法确认"} {
		d.Expect(said)
	}
	d.Refuse("拒绝调解        李四")
	d.Golden("standing")
	act(&casework.ConfirmationApplied{Court: "441621102-ft", Jointly: "yes", Voluntary: "yes", Lawful: "yes", Clear: "yes"},
		&casework.Confirmed{Result: "valid", Ruling: "民特1号"})
	d = sit(t, s, clk, 80, 60)
	d.Press("enter")
	d.Expect("司法确认        民特1号 有效，可以申请执行")
}

// Ensure that the days of instalments can be typed as in other fields of dates, and
// stand there in full before they are saved.
func TestDesk_Instalments(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	id := register(t, s, "排水沟纠纷").Case
	for _, ev := range []casework.Event{&casework.Accepted{}, &casework.Mediated{Method: "03", Result: "谈成"}} {
		must[store.Saved](t)(s.Append(store.Work{Case: id, Events: []casework.Event{ev}}))
	}
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "达成协议")
	d.Press("1", "tab")
	d.Type("分两期赔一千元")
	d.Press("tab", "tab", "tab", "tab", "tab")
	d.Type("8.1 500")
	d.Press("enter")
	d.Type("下下月 500")
	d.Press("ctrl+s")
	d.Expect("第 2 期应写成")
	d.Expect("2021-08-01 500")
	d.Press("backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
	d.Type("9月1日 500")
	d.Golden("instalments")
	d.Press("ctrl+s")
	d.Expect("达成协议：已保存")
	if plan := viewOf(t, s, id).Case.Agreement.Instalments; len(plan) != 2 || plan[1].On != "2021-09-01" {
		t.Errorf("instalments %+v", plan)
	}
	do(d, "履行") // a payment is open after it: it is the next one, and a part
	d.Expect("(*) 2 已部分履行")
	d.Press("ctrl+s")
	d.Expect("履行：已保存")
	if a := viewOf(t, s, id).Case.Agreement; !a.Instalments[0].Paid || a.Instalments[1].Paid {
		t.Errorf("paid %+v", a.Instalments)
	}
	do(d, "履行") // the last one may be all that was owed, or not
	d.Expect("( ) 2 已部分履行")
}
