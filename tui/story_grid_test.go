package tui_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// Ensure that a grid worker logs a case in a village without a net, goes on with it after the
// desk was locked, settles it on the spot and lets both parties rate, finds it again by what
// she knows of it, and that all of it goes to the county once there is a net.
func TestStory_GridWorkerInTheVillage(t *testing.T) {
	l, c := newLaptop(t), newCounty(t)
	s := c.laptop(l.clk, "grid1", "441621102901")
	c.exchange(s)
	l.dir, l.open = s.Dir(), s
	cfg := l.config(false)
	cfg.Store = s
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Expect("已同步 09:00")

	// Who, and half of what.
	d.Press("f2", "tab", "tab", "enter")
	d.Type("张伟华")
	d.ExpectCursor("[张伟华")
	d.Press("f2", "enter")
	d.Type("李四")
	d.Press("f2", "down")
	d.Type("两家共用一条排水沟，")
	d.ExpectCursor("两家共用一条排水沟，")

	// She is called away; nothing of it stands on the screen, all of it is there again.
	d.Press("ctrl+l")
	d.Expect("请输入口令")
	d.Refuse("排水沟")
	d.ExpectCursor("[")
	l.unlock(d)
	d.Expect("已恢复 09:00 的草稿")
	d.Expect("张伟华")
	d.Press("f4")
	d.Type("简要情况")
	d.Press("enter")
	d.ExpectCursor("两家共用一条排水沟，")
	d.Type("雨天积水，发生争吵。")
	d.Press("ctrl+t", "f2")
	d.Expect("已登记")
	d.Press("2")
	d.Expect("张伟华与李四")
	id := firstCase(t, l.open).ID

	// Settled at the door, and both say how it was.
	act(d, "当场化解", [2]string{"协议内容", "各清各的半边，雨前都清一遍。"}, [2]string{"履行程度", "1"})
	d.Expect("已化解")
	for _, answers := range [][]string{{"1", "1", "1"}, {"1", "2", "1"}} {
		do(d, "当事人评价")
		d.Press("enter")
		d.Expect("您对处理结果满意吗")
		d.Refuse("排水沟")
		d.Press(answers...)
		d.Press("enter")
		d.Expect("谢谢您，评价已经保存")
		l.clk.now = l.clk.now.Add(time.Minute)
		d.Press("enter")
		l.unlock(d)
		d.Expect("张伟华与李四")
	}

	// Found again by a name's initials; nothing has gone out.
	d.Press("esc", "f3")
	d.Type("人:zwh ")
	d.Expect("共 1 件")
	d.ExpectCursor("人:zwh ")
	d.Expect("张伟华与李四")
	v := viewOf(t, l.open, id)
	if v.Receipt != store.SavedHere || v.State != casework.StateResolved || len(v.Case.Ratings) != 2 || v.Case.Ratings[0].Party == v.Case.Ratings[1].Party {
		t.Errorf("kept as %s, %s, ratings %v", v.Receipt, v.State, v.Case.Ratings)
	}
	if n := l.open.Unsent(); n < 4 {
		t.Errorf("%d records wait, want the log of at least four", n)
	}

	// Back where there is a net.
	d.Press("esc", "f5")
	if l.syncs != 1 {
		t.Errorf("F5 asked for %d exchanges", l.syncs)
	}
	c.exchange(l.open)
	d.Await("已同步 09:02")
	if v := viewOf(t, l.open, id); v.Receipt != store.Delivered {
		t.Errorf("after the exchange the case is %s", v.Receipt)
	}
	d.Press("ctrl+o")
	d.Expect("写下的都送到县里了")
}

// Ensure that what the county holds of a grid worker's is marked in her list, that the case
// says what, why and what now, and that it is no less hers.
func TestStory_GridWorkerHeld(t *testing.T) {
	o := newOffice(t, "grid1", "county1")
	id := o.write("grid1", casework.CaseID{}, dispute("排水沟纠纷"))
	d := o.sit("grid1")
	lookUp(d, "水沟")
	o.c.hold = casework.WhyLeft
	act(d, "记录", [2]string{"说明", "补充一句话"})
	o.c.exchange(o.desks["grid1"])
	o.c.hold = ""
	o.c.exchange(o.desks["county1"])
	d.Await("该人员已离岗")
	d.Expect("补充一句话")
	d.Press("f9")
	d.Expect("您的岗位不能做这一步")
	d.Press("esc", "esc")
	d.Press("ctrl+o", "tab", "tab")
	d.Expect("押下的原因：")

	b := o.sit("county1")
	lookUp(b, "水沟")
	b.Expect("下一步  看押下的一条：F9 放行")
	b.Press("f9")
	b.Expect("已放行")
	o.share()
	d.Press("esc")
	lookUp(d, "水沟")
	d.Refuse("该人员已离岗")
	if v := viewOf(t, o.desks["grid1"], id); v.Held != 0 || len(v.Case.Notes) != 1 {
		t.Errorf("%d held, notes %v", v.Held, v.Case.Notes)
	}
}
