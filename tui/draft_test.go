package tui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that a half-written case survives the end of the machine, and that
// leaving a form keeps it and says so.
func TestDesk_DraftSurvives(t *testing.T) {
	l, d := made(t, 80, 24)
	l.unlock(d)
	d.Press("f2")
	d.Type("ll")
	d.Press("tab")
	d.Type("王家堵沟")
	d.Advance(kit.DraftWait)
	d.Expect("草稿已存")
	if d.Waiting() != 0 {
		t.Errorf("%d waits at rest", d.Waiting())
	}
	// The machine dies: the file is as it lies on the disk.
	other := newLaptop(t)
	if err := os.MkdirAll(other.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := must[[]byte](t)(os.ReadFile(filepath.Join(l.dir, "desk.db")))
	if err := os.WriteFile(filepath.Join(other.dir, "desk.db"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	e := tuitest.New(t, tui.New(other.config(false)), 80, 24)
	other.unlock(e)
	e.Expect("王家堵沟")
	e.Press("enter")
	e.Expect("已恢复 09:00 的草稿")
	e.ExpectCursor("[王家堵沟")
	e.Expect("邻里纠纷")
	e.Type("，积水")
	e.Press("esc")
	e.Expect("已存为草稿")
	e.Expect("王家堵沟，积水")
	if n := len(must[[]store.DraftWork](t)(other.open.Drafts())); n != 1 {
		t.Errorf("%d drafts, want the one", n)
	}
	e.Press("delete")
	e.Expect("要删除草稿「王家堵沟，积水」吗")
	e.Press("enter")
	e.Expect("王家堵沟")
	e.Press("delete", "down", "enter")
	e.Refuse("王家堵沟")
	if n := len(must[[]store.DraftWork](t)(other.open.Drafts())); n != 0 {
		t.Errorf("%d drafts after deleting", n)
	}
}

// Ensure that a form in which nothing was typed leaves no draft, whatever keys were pressed
// on the way and for whichever kind it is, nor one from which all was taken out again.
func TestDesk_NothingTypedNoDraft(t *testing.T) {
	for name, keys := range map[string][]string{
		"at once":          {"esc"},
		"through it":       {"enter", "tab", "enter", "tab", "enter", "esc"},
		"another kind":     {"f3", "f3", "esc"},
		"taken back":       {"tab", "a", "backspace", "esc"},
		"taken back later": {"tab", "a", "wait", "backspace", "wait", "esc"},
		"quit":             {"tab", "a", "wait", "backspace", "f10"},
	} {
		l, d := made(t, 80, 24)
		l.unlock(d)
		d.Press("f2")
		for _, k := range keys {
			if k == "wait" {
				d.Advance(kit.DraftWait)
			} else {
				d.Press(k)
			}
		}
		if drafts := must[[]store.DraftWork](t)(l.open.Drafts()); len(drafts) != 0 {
			t.Errorf("%s: drafts %+v", name, drafts)
		}
		if name != "quit" {
			d.Expect("没有待办")
		}
		l.open.Close()
	}
}

// Ensure that quitting keeps what was typed a moment ago, and asks before words
// are lost when that fails.
func TestDesk_QuitKeeps(t *testing.T) {
	l, d := made(t, 80, 24)
	l.unlock(d)
	d.Press("f2", "tab")
	d.Type("王家")
	d.Press("f10")
	if !d.Quit() {
		t.Fatal("the desk did not quit")
	}
	if drafts := must[[]store.DraftWork](t)(l.open.Drafts()); len(drafts) != 1 || drafts[0].Values["title"] != "王家" {
		t.Errorf("drafts %+v", drafts)
	}
	l.open.Close()

	d = tuitest.New(t, tui.New(l.config(false)), 80, 24)
	l.unlock(d)
	d.Press("f2", "tab")
	d.Type("李家")
	l.open.Close()
	d.Press("ctrl+q")
	d.Expect("会丢失")
	d.Golden("quit_lost")
	d.Press("2")
	d.Expect("李家")
	d.Press("f10", "1")
	d.Expect("会丢失")
	d.Press("3")
	if !d.Quit() {
		t.Error("the desk did not quit")
	}
}

// Ensure that the page after a save tells when the case reaches the county, and
// that leaving it shows the case.
func TestDesk_SavedArrives(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "grid1", "441621102901")
	register(t, s, "先前的案件")
	d := sit(t, s, clk, 80, 24)
	d.Press("f2")
	d.Type("ll")
	d.Press("enter")
	d.Type("李家与王家因排水沟争吵")
	d.Press("f4")
	d.Type("简要情况")
	d.Press("enter")
	d.Type("雨天积水。")
	d.Press("f2")
	d.Expect("存 已存在本机")
	c.exchange(s)
	d.Await("达 县里已收到")
	d.Refuse("尚未送达")
	clk.now = clk.now.Add(time.Minute)
	register(t, s, "后来的案件")
	d.Press("esc")
	d.Expect("[我登记的 3]")
	d.Expect("> 绿 剩 23 时 达 2-")
}

// Ensure that what looks wrong in a new case is said once its field is left, and
// to whom a confidential case goes.
func TestDesk_IntakeDoubts(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "grid1", "441621102901")
	d := sit(t, s, clk, 80, 24)
	d.Press("f2")
	for _, f := range [][3]string{
		{"发生日期", "2021-07-09", "比今天晚"}, {"涉及人数", "约10人", "只写数字，例如 10"}, {"保密", "1", "除它和您的单位"},
	} {
		d.Press("f4")
		d.Type(f[0])
		d.Press("enter")
		d.Type(f[1])
		d.Press("tab")
		d.Expect(f[2])
	}
	d.Press("f4")
	d.Type("发生日期")
	d.Press("enter", "ctrl+u")
	d.Type("3天前")
	d.Press("tab")
	d.Expect("2021-07-05")
	d.Refuse("比今天晚")
}

// Ensure that the form of a new case shows what it needs at both sizes, proposes
// the last place, and says all that hinders saving.
func TestDesk_Intake(t *testing.T) {
	for _, size := range sizes {
		clk, c := newClock(), newCounty(t)
		s := c.laptop(clk, "grid1", "441621102901")
		d := sit(t, s, clk, size[0], size[1])
		d.Press("f2")
		d.Expect("示例溪头村")
		d.Golden(sized("intake", size))
		d.Press("f2")
		d.Expect("有 3 处需要改")
		d.Golden(sized("intake_faults", size))
		d.Type("ll")
		d.Press("enter")
		d.Type("李家与王家因排水沟争吵")
		d.Press("enter", "enter")
		d.Expect("(*) 1 申请人") // whoever tells of a dispute mostly asks
		d.Type("张三")
		d.Press("enter")
		d.Type("12")
		d.Golden(sized("intake_party", size))
		d.Press("f2", "down")
		// An old console pastes as keys, lines and all.
		d.PasteKeys("两家共用一条排水沟，\n王家堵沟，李家院内积水。")
		d.Press("f4")
		d.Type("保密")
		d.Press("enter", "1", "enter")
		d.Type("ljzzzzx")
		d.Press("space", "enter")
		d.Press("f2")
		d.Expect("已登记")
		d.Expect("存 已存在本机")
		v := firstCase(t, s)
		if v.Category != "02" || !v.Case.Confidential || len(v.Case.About) != 1 || v.Case.About[0] != "441621109" || v.Case.Holder != "441621" {
			t.Errorf("registered as %+v", v.Case)
		}
		if facts := v.Case.Value("facts"); facts != "两家共用一条排水沟，\n王家堵沟，李家院内积水。" {
			t.Errorf("facts %q", facts)
		}
		d.Press("1")
		d.Expect("当场化解")
		d.Golden(sized("act", size))
		fill(d, [2]string{"协议内容", "王家当天疏通。"}, [2]string{"履行程度", "1"})
		d.Expect("当场化解：已保存")
		if v := firstCase(t, s); v.Case.Agreement.Done != "full" {
			t.Errorf("agreement %+v", v.Case.Agreement)
		}
		d.Advance(kit.DraftWait)
		if d.Waiting() != 0 {
			t.Errorf("%d waits at rest", d.Waiting())
		}
	}
}

// Ensure that what is pasted by mistake, as keys, where there is no text field answers no
// question and opens nothing, whatever digits and line ends it has.
func TestDesk_PasteNowhere(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("f2", "tab")
	d.Type("没写完的话")
	d.Press("esc", "up")
	const pasted = "2021年7月8日\n13800138000\n2\n"
	d.PasteKeys(pasted)
	d.Advance(time.Second)
	d.Expect("[待办 1")
	d.Press("delete")
	d.Expect("要删除草稿")
	d.PasteKeys(pasted)
	d.Advance(time.Second)
	d.Expect("要删除草稿")
	d.Press("esc", "down", "enter")
	d.Expect("案件 L-")
	d.PasteKeys(pasted)
	d.Advance(time.Second)
	d.Expect("[1 概要]")

	// One digit, pressed by hand, is the key that it was.
	d.Press("2")
	d.Expect("[2 当事人]")
}
