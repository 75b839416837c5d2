package tui_test

import (
	"errors"
	"testing"

	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that the screen on how the desk is drawn shows what is chosen, draws with it at once,
// and keeps it; and that a choice that could not be kept is said to hold for this run only.
func TestDesk_Display(t *testing.T) {
	t.Cleanup(func() { kit.Use(kit.Display{}, false) })
	for _, size := range sizes {
		var kept []kit.Display
		var fail error
		clk := newClock()
		cfg := config(alone(t, clk), clk)
		cfg.Terminal, cfg.Display.Measured = "console-936", 1
		cfg.Opener.KeepDisplay = func(d kit.Display) error {
			kept = append(kept, d)
			return fail
		}
		d := tuitest.New(t, tui.New(cfg), size[0], size[1])
		d.Press("f4", "f9")
		d.Golden(sized("display", size))
		any := kit.Danger.On("红")
		d.Press("right", "right")
		d.Expect("[浅色]")
		if kit.Danger.On("红") == any {
			t.Error("the colours are not drawn with at once")
		}
		d.Press("left", "left", "down", "enter", "enter")
		d.Expect("[普通字符]")
		d.Expect("###")
		d.Press("down", "enter", "enter")
		d.Expect("[占两格]")
		d.Expect("重新打开工作台")
		d.Golden(sized("display_restart", size))
		fail = errors.New("read-only")
		d.Press("f6")
		d.Expect("没能存下来")
		want := kit.Display{Signs: kit.ASCII, Cells: kit.TwoCells}
		if last := kept[len(kept)-1]; last != want || kit.InUse() != want {
			t.Errorf("kept %+v, in use %+v, want %+v", last, kit.InUse(), want)
		}
		d.Press("f6")
		d.Expect("会重新量")
		d.Press("esc")
		d.Expect("备份")
	}
	// Before the desk is open too.
	_, locked := made(t, 80, 24)
	locked.Press("ctrl+p")
	locked.Type("显示设置")
	locked.Press("enter")
	locked.Expect("[自动]")
	locked.Press("esc")
	locked.Expect("请输入口令")

	clk := newClock()
	cfg := config(alone(t, clk), clk)
	cfg.Words, cfg.Terminal, cfg.Note = i18n.New(i18n.EN), "xterm-256color", "The file cannot be read."
	d := tuitest.New(t, tui.New(cfg), 60, 16)
	d.Press("f4", "f9")
	d.Expect("[auto]")
	d.Golden("display_english_60x16")
}
