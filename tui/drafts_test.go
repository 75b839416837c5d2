package tui_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/tui/kit"
)

// Ensure that all that is half-written is listed with what, when and how far, new cases and
// actions on cases; that it is gone on with from there; and that what is dropped comes back.
func TestDesk_Drafts(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		s := alone(t, clk)
		register(t, s, "排水沟纠纷")
		d := sit(t, s, clk, size[0], size[1])
		d.Press("f4")
		d.Refuse("没有写完")
		d.Press("f3")
		d.Expect("没有草稿")
		d.Press("delete")
		d.Expect("选中的不是草稿")
		d.Press("esc", "esc")

		// Two new cases and an action are left half-written.
		d.Press("f2")
		d.Type("ll")
		d.Press("tab")
		d.Type("围墙占了巷道")
		d.Press("esc")
		clk.now = clk.now.Add(25 * time.Hour)
		d.Press("f2", "f3", "tab", "tab", "tab")
		d.PasteKeys("村民反映路灯坏了半年，没有人修。")
		d.Press("esc")
		d.Await("村民反映路灯") // a draft without a title goes by its facts
		clk.now = clk.now.Add(time.Minute)
		d.Press("end", "enter")
		do(d, "记录")
		d.Type("已到现场看过")
		d.Press("esc", "esc")

		d.Press("f4")
		d.Expect("草稿：3 份没有写完")
		d.Press("f3")
		d.Expect("没有写完的 3 份")
		d.Expect("写到说明")
		d.Expect("缺类别、标题")
		d.Golden(sized("drafts", size))

		// Each is gone on with where it was left.
		d.Press("enter")
		d.Expect("已到现场看过")
		d.Press("esc", "end", "enter")
		d.Expect("围墙占了巷道")
		d.Press("esc")
		d.Expect("没有写完的 3 份")

		// One is dropped without a question and comes back, twice.
		d.Press("home", "down", "delete")
		d.Expect("按 Ctrl+Z 找回")
		d.Expect("没有写完的 2 份")
		d.Golden(sized("drafts_dropped", size))
		d.Press("ctrl+z")
		d.Expect("没有写完的 3 份")
		d.Press("home", "delete", "end", "enter")
		d.Expect("已找回")
		d.Expect("没有写完的 3 份")
		d.Press("ctrl+z")
		d.Expect("没有可以找回的草稿")
		if n := len(must[[]store.DraftWork](t)(s.Drafts())); n != 3 {
			t.Errorf("%d drafts", n)
		}
		d.Advance(kit.DraftWait)
		if d.Waiting() != 0 {
			t.Errorf("%d waits at rest", d.Waiting())
		}
	}
}

// Ensure that the board says of what case an action is half-written, and leads to the drafts
// that it has no line for.
func TestDesk_DraftsOnBoard(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	for range 3 {
		d.Press("f2", "tab")
		d.Type("围墙")
		d.Press("esc")
		clk.now = clk.now.Add(time.Minute)
	}
	d.Press("end", "enter")
	do(d, "记录")
	d.Type("已到现场看过")
	d.Press("esc", "esc", "shift+tab")
	d.Await("没写完：记录")
	d.Expect("排水沟纠纷  存于 ")
	goTo(d, "还有 1 份草稿")
	d.Press("enter")
	d.Expect("没有写完的 4 份")
}
