package tui_test

import (
	"slices"
	"strings"
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

// Ensure that F1 explains the keys on every screen, in forms, open lists, menus, questions
// and at the lock, that the palette opens there too, and that both lead back to where they
// were opened; and that "?" is text where something is typed.
func TestDesk_HelpEverywhere(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "mediator1", "441621102")
	register(t, s, "排水沟纠纷")
	cfg := config(s, clk)
	cfg.Opener.Open = func(string) (*store.Store, error) { return s, nil }
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	help := func(name, shows string) {
		t.Helper()
		d.Expect(shows)
		before := d.Screen()
		for _, key := range []string{"f1", "ctrl+p"} {
			d.Press(key)
			if !d.Shows("处处可用") && !d.Shows("记不住按键") && !d.Shows("找动作") {
				t.Errorf("%s: %s does nothing", name, key)
			}
			d.Press("esc")
			if after := d.Screen(); !slices.Equal(before, after) {
				t.Errorf("%s: %s does not lead back:\n%s", name, key, strings.Join(after, "\n"))
			}
		}
	}
	for _, tt := range []struct {
		name  string
		keys  []string
		shows string
	}{
		{"list", nil, "[待办"},
		{"search", []string{"f3"}, "查找 ["},
		{"case", []string{"esc", "enter"}, "案件 "},
		{"menu", []string{"f2"}, "可以做什么"},
		{"papers", []string{"esc", "f3"}, "文书"},
		{"intake", []string{"esc", "esc", "f2"}, "登记矛盾纠纷"},
		{"open list", []string{"enter"}, "查找 ["},
		{"jump", []string{"esc", "f4"}, "跳到哪一项"},
		{"figures", []string{"esc", "esc", "ctrl+r"}, "统计报表"},
		{"tools", []string{"esc", "f4"}, "本机"},
		{"backup", []string{"f7"}, "casedesk-"},
		{"handover", []string{"esc", "esc", "f8"}, "移交"},
		{"recovery", []string{"esc", "f9"}, "恢复码"},
		{"tour", []string{"esc", "f1", "f2"}, "入门"},
		{"lock", []string{"esc", "esc", "ctrl+l"}, "请输入口令"},
	} {
		d.Press(tt.keys...)
		help(tt.name, tt.shows)
	}
	d.Type("?")
	d.ExpectCursor("[*")
	fresh := tuitest.New(t, tui.New(newLaptop(t).config(true)), 80, 24)
	fresh.Press("1", "?")
	fresh.ExpectCursor("[?")
	d = fresh
	d.Press("backspace")
	help("set-up", "再输一次")
}
