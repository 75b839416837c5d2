package tui_test

import (
	"testing"

	"casedesk/store/casework"
)

// Ensure that a mediator checks her list by light, passes a case on with a co-handler, that
// the two work on it, and that she visits the parties and closes it.
func TestStory_MediatorAndCoHandler(t *testing.T) {
	o := newOffice(t, "grid1", "mediator1", "sfs1", "committee1")
	late := o.write("grid1", casework.CaseID{}, dispute("围墙占了邻居的巷道"))
	o.clk.now = o.clk.now.AddDate(0, 0, 6)
	o.write("grid1", casework.CaseID{}, dispute("排水沟纠纷"))
	m := o.sit("mediator1")
	m.Expect("[首页")
	m.Press("f3")
	m.Type("灯:")
	m.ExpectCursor("[灯:")
	m.Type("红 ")
	m.Expect("共 1 件")
	m.Expect("围墙占了邻居的巷道")
	m.Refuse("排水沟")
	m.Press("enter")
	m.Expect("案件 ")

	act(m, "受理")
	act(m, "交办", [2]string{"主办单位", "lwzsfs"}, [2]string{"协办单位", "lwzzhzl "})
	m.Expect("交办待签收")
	o.share()

	s := o.sit("sfs1")
	lookUp(s, "围墙")
	s.Expect("下一步  签收，回车就办")
	s.Press("enter", "f2")
	s.Expect("签收：已保存")
	act(s, "首次联系", [2]string{"说明", "已约双方明天到现场。"})
	o.share()

	k := o.sit("committee1")
	lookUp(k, "围墙")
	act(k, "调解", [2]string{"化解方式", "rmtj"}, [2]string{"化解情况", "到现场量了巷道，双方都在。"})
	o.share()

	hears(s, "到现场量了巷道")
	act(s, "达成协议", [2]string{"协议形式", "2"}, [2]string{"协议内容", "围墙退回三十厘米。"}, [2]string{"履行期限", "明天"})
	act(s, "履行", [2]string{"履行程度", "1"})
	o.share()

	m.Await("已化解")
	act(m, "回访", [2]string{"回访形式", "1"}, [2]string{"协议履行情况", "1"})
	act(m, "结案", [2]string{"办理结果", "围墙已退回。"}, [2]string{"答复群众的内容", "已当面告知双方。"})
	o.share()
	hears(s, "已结案")
	c := o.says("grid1", late, casework.StateClosed)
	if c.Lead != "441621102-sfs" || len(c.Co) != 1 || c.Co[0] != "441621102-zzw" || c.Agreement.Done != "full" {
		t.Errorf("led by %s, helped by %v, agreement %+v", c.Lead, c.Co, c.Agreement)
	}
}

// Ensure that the town's centre gives a task with a day, that whom it was given to finds it
// on her board and answers it, and that the centre reads the answer.
func TestStory_CenterGivesATask(t *testing.T) {
	o := newOffice(t, "grid1", "center1", "sfs1")
	id := o.write("grid1", casework.CaseID{}, dispute("排水沟纠纷"))
	d := o.sit("center1")
	goTo(d, "待受理、待分流")
	d.Press("enter")
	act(d, "受理")
	act(d, "交协办任务", [2]string{"协办单位", "lwzsfs"}, [2]string{"任务内容", "核对两家的宅基地证。"}, [2]string{"完成期限", "7.20"})
	o.share()

	s := o.sit("sfs1")
	s.Expect("任务")
	lookUp(s, "水沟")
	s.Expect("下一步  回复任务")
	s.Expect("所请    龙窝镇综治中心：核对两家的宅基地证。")
	s.Press("f2")
	s.Expect("*   回复任务") // what was asked comes first
	s.Press("enter")
	s.Expect("核对两家的宅基地证。")
	fill(s, [2]string{"办理情况", "两家的证都核对过，界址清楚。"}, [2]string{"是否完成", "1"})
	s.Expect("回复任务：已保存")
	o.share()
	hears(d, "两家的证都核对过")
	c := o.says("center1", id, casework.StateAccepted)
	if len(c.Acts) < 2 {
		t.Errorf("acts %v", c.Acts)
	}
}

// Ensure that a bureau signs for what it is given, may send back what is not its own with a
// reason, and that the town reads the reason and gives it to another.
func TestStory_BureauSendsBack(t *testing.T) {
	o := newOffice(t, "grid1", "mediator1", "bureau1", "sfs1")
	id := o.write("grid1", casework.CaseID{}, dispute("排水沟纠纷"))
	o.write("mediator1", id, &casework.Accepted{}, &casework.Assigned{Lead: "441621-zjj"})
	b := o.sit("bureau1")
	goTo(b, "待签收")
	b.Press("enter")
	b.Expect("下一步  签收，回车就办")
	act(b, "退回", [2]string{"理由", "不是房屋质量问题，属于邻里纠纷。"})
	o.share()
	b.Await("已受理")
	m := o.sit("mediator1")
	lookUp(m, "水沟")
	m.Expect("下一步  交办")
	m.Expect("退回：不是房屋质量问题，属于邻里纠纷。")
	act(m, "交办", [2]string{"主办单位", "lwzsfs"})
	o.share()
	if c := o.says("sfs1", id, casework.StateAssigned); c.Lead != "441621102-sfs" {
		t.Errorf("led by %s", c.Lead)
	}
}
