package tui_test

import (
	"testing"

	"casedesk/store/casework"
)

// Ensure that a court whose confirmation was asked for finds the case, takes it up and says
// what became of it, and that the mediator reads it.
func TestStory_CourtConfirms(t *testing.T) {
	o := newOffice(t, "grid1", "mediator1", "court1")
	id := o.write("grid1", casework.CaseID{}, dispute("排水沟纠纷"))
	o.write("mediator1", id, &casework.Accepted{}, &casework.Mediated{Method: "03", Result: "谈妥了"},
		&casework.Agreed{Form: "written", Agreement: "各清各的半边。", Due: "2021-07-15"})
	m := o.sit("mediator1")
	lookUp(m, "水沟")
	act(m, "申请司法确认", [2]string{"法院", "lwzrmft"}, [2]string{"双方共同申请", "1"}, [2]string{"双方自愿", "1"}, [2]string{"内容合法", "1"}, [2]string{"内容明确", "1"})
	o.share()

	d := o.sit("court1")
	lookUp(d, "水沟")
	act(d, "法院受理确认申请", [2]string{"法院案号", "（2021）粤1621民特1号"})
	act(d, "司法确认结果", [2]string{"确认结果", "1"}, [2]string{"裁定书号", "（2021）粤1621民特1号"})
	d.Press("f2")
	d.Type("达成协议")
	d.Refuse("*   达成协议") // that is the mediator's
	d.Press("esc")
	o.share()
	hears(m, "裁定有效")
	if c := viewOf(t, o.desks["mediator1"], id).Case; c.Agreement.Confirmation.Result != "valid" {
		t.Errorf("confirmation %+v", c.Agreement.Confirmation)
	}
}

// Ensure that the procuratorate logs a lead, weighs it, proposes, and that the bureau finds
// the proposal and answers it, with a visit and the end by the procuratorate.
func TestStory_ProcuratorProposes(t *testing.T) {
	o := newOffice(t, "procurator1", "bureau4")
	d := o.sit("procurator1")
	d.Press("f2")
	d.Expect("登记公益诉讼线索")
	d.Press("f4")
	d.Type("类别")
	d.Press("enter")
	d.Type("wr")
	d.Press("enter")
	d.Press("f4")
	d.Type("标题")
	d.Press("enter")
	d.Type("河边堆放垃圾")
	d.ExpectCursor("[河边堆放垃圾")
	fillRequired(d, casework.PublicInterest)
	d.Press("f2")
	logged(d)
	id := firstCase(t, o.desks["procurator1"]).ID
	act(d, "接收线索")
	act(d, "研判并反馈", [2]string{"研判结果", "1"}, [2]string{"理由", "侵害公共利益，予以立案。"})
	act(d, "检察建议", [2]string{"单位", "hysst"}, [2]string{"建议内容", "请依法清理并报告。"}, [2]string{"是否紧急", "1"})
	o.share()

	b := o.sit("bureau4")
	lookUp(b, "垃圾")
	hears(b, "请依法清理并报告。")
	b.Expect("下一步  回复检察建议")
	b.Press("enter")
	fill(b, [2]string{"回复内容", "已全部清理，附照片。"})
	b.Expect("回复检察建议：已保存")
	o.share()
	hears(d, "已全部清理")
	act(d, "回头看", [2]string{"回头看方式", "1"}, [2]string{"回头看结果", "1"}, [2]string{"具体情况", "到现场看过。"})
	act(d, "结案", [2]string{"办理结果", "已清理。"}, [2]string{"答复群众的内容", "已告知举报人。"})
	o.says("procurator1", id, casework.StateClosed)
}

// Ensure that the clerk of the town's delegated matters logs one, signs for it, notes the
// inspection and decides.
func TestStory_EnforcerDecides(t *testing.T) {
	o := newOffice(t, "enforcer1", "center1")
	d := o.sit("enforcer1")
	d.Press("f2")
	d.Expect("登记下放事项")
	fillRequired(d, casework.Delegated)
	d.Press("f4")
	d.Type("标题")
	d.Press("enter")
	d.Type("未批先建")
	d.ExpectCursor("[未批先建")
	d.Press("f4")
	d.Type("类别")
	d.Press("enter")
	d.Type("td")
	d.Press("enter")
	d.Press("f2")
	logged(d)
	id := firstCase(t, o.desks["enforcer1"]).ID
	o.share()
	k := o.sit("center1")
	lookUp(k, "未批")
	act(k, "交办", [2]string{"主办单位", "lwzzhxzzf"})
	o.share()
	d.Await("交办待签收")
	act(d, "签收")
	act(d, "检查", [2]string{"检查情况", "1"})
	act(d, "处理决定", [2]string{"处理结果", "1"}, [2]string{"文号", "紫龙执罚〔2021〕1号"})
	o.share()
	hears(k, "处理决定")
	o.says("center1", id, casework.StateResolved)
}

// Ensure that the petition desk logs a petition, tells the petitioner that it was taken in,
// passes it on, and that the bureau's opinion comes back to it.
func TestStory_PetitionDesk(t *testing.T) {
	o := newOffice(t, "petition1", "bureau1")
	d := o.sit("petition1")
	d.Press("f2")
	d.Expect("登记信访诉求")
	fillRequired(d, casework.Petition)
	d.Press("f4")
	d.Type("标题")
	d.Press("enter")
	d.Type("反映交房迟延")
	d.ExpectCursor("[反映交房迟延")
	d.Press("f4")
	d.Type("类别")
	d.Press("enter")
	d.Type("fc")
	d.Press("enter")
	d.Press("f2")
	logged(d)
	id := firstCase(t, o.desks["petition1"]).ID
	act(d, "受理")
	act(d, "书面告知", [2]string{"告知方式", "1"})
	act(d, "交办", [2]string{"主办单位", "zjxzf"})
	o.share()
	b := o.sit("bureau1")
	goTo(b, "待签收")
	b.Press("enter")
	act(b, "签收")
	act(b, "出具处理意见", [2]string{"意见结论", "1"}, [2]string{"意见内容", "已督促开发商交房。"}, [2]string{"依据", "《商品房销售管理办法》"})
	o.share()
	hears(d, "已督促开发商交房。")
	act(d, "息诉息访", [2]string{"情形", "1"})
	o.says("petition1", id, casework.StateResolved)
}
