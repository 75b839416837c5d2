package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

var small = [][2]int{{80, 24}, {60, 16}}

// Ensure that the first screen of a new laptop has the ways in, in plain words, and that
// each leads where it says; back from the set-up nothing is left.
func TestWelcome(t *testing.T) {
	for _, size := range small {
		l := newLaptop(t)
		cfg := l.config(true)
		cfg.Visits = true
		m := tui.New(cfg)
		d := tuitest.New(t, m, size[0], size[1])
		d.Golden(sized("welcome", size))
		d.Press("esc")
		d.Expect("要退出请按 F10")
		d.Press("down", "enter")
		d.Expect("就可以单独使用")
		d.Refuse("入网单 ")
		d.Golden(sized("setup_alone", size))
		d.Type("陈示一")
		d.Press("esc")
		d.Expect("什么都没有留下")
		d.Press("1")
		d.Expect("*入网单")
		d.Press("esc", "?")
		d.Expect("按键")
		d.Press("esc", "f2")
		d.Expect("入门 1/3")
		d.Press("esc", "4")
		if !d.Quit() || m.Visit() != words.Practice {
			t.Errorf("quit %v, for %q", d.Quit(), m.Visit())
		}
		m = tui.New(cfg)
		d = tuitest.New(t, m, size[0], size[1])
		d.Press("ctrl+p")
		d.Type("yanshi")
		d.Press("enter")
		if !d.Quit() || m.Visit() != words.Demo {
			t.Errorf("quit %v, for %q", d.Quit(), m.Visit())
		}
	}
	clk := newClock()
	mine := config(alone(t, clk), clk)
	mine.Visits = true
	m := tui.New(mine)
	d := tuitest.New(t, m, 80, 24)
	d.Press("f2", "tab")
	d.Type("王家堵沟")
	d.Press("ctrl+p")
	d.Type("lianxi")
	d.Press("enter")
	d.Golden("visit_80x24")
	d.Press("2")
	d.ExpectCursor("[王家堵沟")
	d.Press("ctrl+p", "enter", "enter") // used last
	if !d.Quit() || m.Visit() != words.Practice {
		t.Errorf("quit %v, for %q", d.Quit(), m.Visit())
	}
	if drafts := must[[]store.DraftWork](t)(mine.Store.Drafts()); len(drafts) != 1 {
		t.Errorf("%d drafts are kept", len(drafts))
	}
	cfg := newLaptop(t).config(true) // nobody to go on with
	cfg.Words = i18n.New(i18n.EN)
	m = tui.New(cfg)
	d = tuitest.New(t, m, 80, 24)
	d.Golden("welcome_english")
	d.Press("3")
	d.Expect("not possible here")
	d.Press("f10")
	if m.Visit() != "" {
		t.Error("visits though it cannot")
	}
}

// Ensure that the three screens that teach can be read on and back, skipped and found
// again: on the help page, and in the palette.
func TestTour(t *testing.T) {
	for _, size := range small {
		clk := newClock()
		d := sit(t, alone(t, clk), clk, size[0], size[1])
		d.Press("f1", "f2")
		for i, name := range []string{"tour1", "tour2", "tour3"} {
			if i > 0 {
				d.Press("enter")
			}
			d.Golden(sized(name, size))
		}
		d.Press("left", "left", "left")
		d.Expect("这是第一屏")
		d.Expect("入门 1/3")
		d.Press("enter", "right", "enter")
		d.Expect("按键") // back where it was opened
		d.Press("esc", "ctrl+p")
		d.Type("rm")
		d.Press("enter")
		d.Expect("入门 1/3")
		d.Press("esc")
		d.Expect("以后想再看")
	}
	clk := newClock()
	cfg := config(alone(t, clk), clk)
	cfg.Words = i18n.New(i18n.EN)
	d := tuitest.New(t, tui.New(cfg), 60, 16)
	d.Press("f1", "f2")
	for _, name := range []string{"tour1_english", "tour2_english", "tour3_english"} {
		d.Golden(name)
		d.Press("enter")
	}
}

// Ensure that practice says so on every screen, and can neither sync nor join nor be locked.
func TestPractice(t *testing.T) {
	clk := newClock()
	cfg := config(alone(t, clk), clk)
	cfg.Practice, cfg.Visits = true, true
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Expect("[练习] 解纷台")
	d.Expect("样例数据，退出即删")
	for _, key := range []string{"f5", "ctrl+l", "f12"} {
		d.Press(key)
		d.Expect("不能")
	}
	register(t, cfg.Store, "排水沟纠纷")
	d.Await("排水沟纠纷")
	for _, keys := range [][]string{{"enter"}, {"f2"}, {"enter"}, {"f1"}, {"esc", "esc", "esc"}, {"f2"}, {"ctrl+p"}} {
		d.Press(keys...)
		d.Expect("[练习] ")
	}
	d.Type("lianxi")
	d.Expect("已经在练习中")
}
