package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

func amended(f casework.Field, value string) []casework.Event {
	return []casework.Event{&casework.Amended{Fields: casework.Fields{f: value}}}
}

// Ensure that two writings of one field stand side by side and that one key
// decides between them.
func TestDesk_SettleFields(t *testing.T) {
	for _, tt := range []struct{ key, want string }{{"f7", "李家院后"}, {"f8", "王家门前"}} {
		clk := newClock()
		s := alone(t, clk)
		saved := register(t, s, "排水沟纠纷")
		heads := viewOf(t, s, saved.Case).Case.Heads
		for _, place := range []string{"李家院后", "王家门前"} {
			must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Parents: heads, Events: amended(casework.FieldDetail, place)}))
		}
		for _, size := range sizes {
			d := sit(t, s, clk, size[0], size[1])
			d.Expect("争")
			d.Press("enter")
			d.Expect("李家院后")
			d.Expect("王家门前")
			if tt.key == "f7" {
				d.Golden(sized("contested", size))
			}
		}
		d := sit(t, s, clk, 80, 24)
		d.Press("enter", tt.key)
		d.Expect("已定夺")
		d.Refuse("另一份")
		d.Press("end")
		d.Expect(map[string]string{"f7": "有过争议，未采用", "f8": "有过争议，已采用"}[tt.key])
		if v := viewOf(t, s, saved.Case); v.Contested != 0 || v.Case.Value(casework.FieldDetail) != tt.want {
			t.Errorf("%s: %d contested, %q", tt.key, v.Contested, v.Case.Value(casework.FieldDetail))
		}
		d.Press(tt.key)
		d.Expect("这一条没有争议")
	}
}

// Ensure that what was done without knowing of each other on two laptops is
// shown with its words, and that the mediator decides.
func TestDesk_SettleActions(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	town := c.laptop(clk, "mediator1", "441621102")
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.exchange(town)
	g, m := sit(t, grid, clk, 80, 24), sit(t, town, clk, 80, 24)
	g.Press("tab", "enter")
	do(g, "不予受理")
	fill(g, [2]string{"理由", "双方当事人不再需要帮助。"})
	g.Expect("不予受理：已保存")
	m.Press("enter")
	do(m, "受理")
	m.Press("f2")
	m.Expect("已受理")
	do(m, "交办")
	fill(m, [2]string{"主办单位", "lwzsfs"})
	m.Expect("交办待签收")
	c.exchange(town)
	c.exchange(grid)
	c.exchange(town)
	m.Await("有争议")
	m.Expect("案件刚才有了新的变化")
	m.Refuse("交办：已保存")
	m.Expect("双方当事人不再需要")
	m.Golden("contested_action")
	g.Await("有争议")
	g.Press("f7")
	g.Expect("您的岗位不能做这一步")
	m.Press("f8")
	m.Expect("已定夺：采用了这一条")
	if v := viewOf(t, town, saved.Case); v.State != casework.StateRefused || v.Contested != 0 {
		t.Errorf("state %s, %d contested", v.State, v.Contested)
	}
}

// Ensure that what the county holds shows its reason and its words to the
// author, and that who may releases it with a key.
func TestDesk_Held(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	office := c.laptop(clk, "county1", "441621", "jiangdong")
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.hold = casework.WhyLeft
	must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Noted{Note: "补充一句话"}}}))
	c.exchange(grid)
	c.hold = ""
	c.exchange(office)
	for _, size := range sizes {
		d := sit(t, grid, clk, size[0], size[1])
		d.Expect("押")
		d.Press("enter")
		d.Expect("该人员已离岗")
		d.Expect("补充一句话")
		d.Golden(sized("held", size))
		d.Press("f9")
		d.Expect("您的岗位不能做这一步")
	}
	o := sit(t, office, clk, 80, 24)
	o.Press("tab", "tab", "enter")
	o.Press("f9")
	o.Expect("已放行")
	if v := viewOf(t, office, saved.Case); v.Held != 0 || len(v.Case.Notes) != 1 {
		t.Errorf("%d held, notes %v", v.Held, v.Case.Notes)
	}
}

// Ensure that a registration that the county holds is no blank row to whoever may
// release it.
func TestDesk_HeldRegistration(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	office := c.laptop(clk, "county1", "441621", "jiangdong")
	c.hold = casework.WhyRevoked
	register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.hold = ""
	c.exchange(office)
	for _, size := range sizes {
		d := sit(t, office, clk, size[0], size[1])
		d.Expect("[待办 1]")
		d.Expect("排水沟纠纷")
		d.Expect("押下未生效")
		d.Golden(sized("held_registration_list", size))
		d.Press("enter")
		d.Expect("送到之前，这台电脑已被停用")
		d.Golden(sized("held_registration", size))
	}
	d := sit(t, office, clk, 80, 24)
	d.Press("enter", "f9")
	d.Expect("已放行")
	d.Expect("已登记")
}

// Ensure that the menu shows what can be done now under its headings, and on
// request every other action with the reason, which cannot be chosen.
func TestDesk_Menu(t *testing.T) {
	for _, size := range sizes {
		clk, c := newClock(), newCounty(t)
		grid := c.laptop(clk, "grid1", "441621102901")
		register(t, grid, "排水沟纠纷")
		d := sit(t, grid, clk, size[0], size[1])
		d.Press("tab", "enter")
		d.Golden(sized("case", size))
		d.Press("a")
		d.Golden(sized("menu", size))
		d.Refuse("受理 ")
		d.Press("end", "enter")
		d.Expect("> 现在不能  - 1 受理")
		d.Golden(sized("menu_all", size))
		d.Press("enter")
		d.Expect("您的岗位不能做这一步")
		d.Press("f3")
		d.Refuse("现在不能  -")
		d.Type("lx")
		d.Expect("只能在「达成协议、司法确认中」时做")
		d.Press("ctrl+u")
		d.Type("sclx")
		d.Expect("> 办理      *   首次联系")
		d.Refuse("受理")
		// A number is the action's own: it says why where it cannot be done.
		d.Press("ctrl+u", "1")
		d.Expect("您的岗位不能做这一步")
		d.Press("8")
		d.Expect("首次联系  1-")
		d.Press("esc", "esc")
		d.Expect("[我登记的 1]")
	}
}

// Ensure that the numbers of a kind's actions are the same in every state, and
// that a small screen says that more follows.
func TestDesk_MenuNumbers(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("enter", "f2", "0")
	d.Expect("记录  1-")
	d.Press("esc")
	do(d, "受理")
	fill(d)
	d.Press("f2")
	d.Expect("* 8 首次联系")
	d.Expect("* 5 调解")
	d.Press("0")
	d.Expect("记录  1-")
	d.Press("esc")
	d.Resize(60, 16)
	d.Press("f2")
	d.Expect("下面还有")
	d.Press("end")
	d.Refuse("下面还有")
}

// Ensure that records of a newer version are shown as such and leave only notes.
func TestDesk_Unknown(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	grid := c.laptop(clk, "grid1", "441621102901")
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.fromNewerVersion(viewOf(t, grid, saved.Case))
	c.exchange(grid)
	d := sit(t, grid, clk, 80, 24)
	d.Press("tab")
	d.Expect("未")
	d.Press("enter")
	d.Expect("升级前只能写记录")
	d.Press("end")
	d.Expect("未知记录")
	do(d, "记录")
	fill(d, [2]string{"说明", "照样可以记"})
	d.Expect("记录：已保存")
}

// Ensure that an amendment carries what was changed against what was seen and
// nothing else, though the draft of it is older than the case.
func TestDesk_Amend(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "修改")
	d.Golden("amend_80x24")
	d.Press("f4")
	d.Type("标题")
	d.Press("enter")
	d.Type("（第二次）")
	d.Press("esc")
	d.Expect("已存为草稿")
	d.Expect("修改，存于")
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: amended(casework.FieldDetail, "王家门前")}))
	d = sit(t, s, clk, 120, 40)
	d.Press("enter")
	do(d, "修改")
	d.Expect("已恢复 09:00 的草稿")
	d.Press("left")
	d.Expect("填写期间案件有变化")
	d.Press("f2")
	d.Expect("修改：已保存")
	v := viewOf(t, s, saved.Case)
	if v.Contested != 0 || v.Title != "排水沟纠纷（第二次）" || v.Case.Value(casework.FieldDetail) != "王家门前" {
		t.Errorf("%d contested, %q, %q", v.Contested, v.Title, v.Case.Value(casework.FieldDetail))
	}
	if drafts := must[[]store.DraftWork](t)(s.Drafts()); len(drafts) != 0 {
		t.Errorf("%d drafts are left", len(drafts))
	}
}

// Ensure that what the store refuses is told, with nothing lost.
func TestDesk_Refused(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "首次联系")
	d.Type("打过电话")
	d.Press("tab")
	s.Close()
	d.Press("shift+tab")
	d.Type("，约好了")
	d.Press("f2")
	d.Expect("工作台已上锁")
	d.Expect("打过电话，约好了")
	d.Golden("act_refused")
	d.Press("esc")
	d.Expect("会丢失")
	d.Press("1")
	d.Expect("打过电话")
}

// Ensure that a case is suspended and resumed from its menu, and says meanwhile
// that its limit stands still.
func TestDesk_Suspend(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("enter")
	do(d, "受理")
	fill(d)
	do(d, "中止")
	fill(d, [2]string{"理由", "等待房屋安全鉴定"})
	d.Expect("已中止")
	d.Expect("停 分流交办")
	d.Golden("suspended")
	do(d, "恢复办理")
	fill(d)
	d.Expect("已受理")
	d.Refuse("停 分流交办")
}
