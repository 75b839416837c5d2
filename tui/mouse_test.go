package tui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// withMouse is a desk that the mouse works on.
func withMouse(t *testing.T, titles ...string) *tuitest.Driver {
	t.Helper()
	clk := newClock()
	s := alone(t, clk)
	for _, title := range titles {
		register(t, s, title)
	}
	cfg := config(s, clk)
	cfg.Display.Mouse = true
	t.Cleanup(func() { kit.Use(kit.Display{}, false) })
	return tuitest.New(t, tui.New(cfg), 80, 24)
}

// click clicks on a text.
func click(t *testing.T, d *tuitest.Driver, text string) {
	t.Helper()
	for y, line := range d.Screen() {
		if before, _, found := strings.Cut(line, text); found {
			d.Send(tea.MouseClickMsg{X: kit.Width(before), Y: y, Button: tea.MouseLeft})
			return
		}
	}
	t.Fatalf("nowhere to click on %q:\n%s", text, strings.Join(d.Screen(), "\n"))
}

func wheel(d *tuitest.Driver, b tea.MouseButton) { d.Send(tea.MouseWheelMsg{X: 5, Y: 8, Button: b}) }

// under is the line that the cursor stands in.
func under(t *testing.T, d *tuitest.Driver) string {
	t.Helper()
	_, y, visible := d.Cursor()
	if !visible {
		t.Fatal("no cursor")
	}
	return d.Screen()[y]
}

// Ensure that a click chooses a row and another opens it, the wheel goes through rows, and a
// click on a hint presses its key; and in a form a click goes to a field.
func TestDesk_Mouse(t *testing.T) {
	d := withMouse(t, "甲案", "乙案", "丙案", "丁案", "戊案")
	if mode := d.Model().View().MouseMode; mode != tea.MouseModeCellMotion {
		t.Errorf("mouse mode %v", mode)
	}
	for _, title := range []string{"甲案", "丁案", "丙案"} {
		click(t, d, title)
		if !strings.Contains(under(t, d), title) {
			t.Fatalf("clicked on %s, chose %q", title, under(t, d))
		}
	}
	d.Press("home")
	first := under(t, d)
	wheel(d, tea.MouseWheelDown)
	if under(t, d) == first {
		t.Error("the wheel moves nothing")
	}
	wheel(d, tea.MouseWheelUp)
	if under(t, d) != first {
		t.Error("the wheel does not go back")
	}
	click(t, d, "丙案")
	click(t, d, "丙案")
	d.Expect("案件 ")
	d.Expect("丙案")
	click(t, d, "返回")
	d.Expect("[待办")
	click(t, d, "登记新案件")
	d.Expect("登记矛盾纠纷")
	for _, label := range []string{"详细地址", "标题", "简要情况", "保密"} {
		click(t, d, label)
		if line := under(t, d); !strings.Contains(line, label) {
			t.Errorf("clicked on the field %s, came to %q", label, line)
		}
	}
	click(t, d, "标题")
	d.Type("水沟")
	d.ExpectCursor("[水沟")
	click(t, d, "离开")
	d.Expect("[待办")
	said := chinese.T("app.no_copy")
	d.Press("ctrl+c")
	d.Expect(said)
	d.Send(tea.MouseReleaseMsg{X: 5, Y: 5, Button: tea.MouseLeft})
	d.Expect(said)
	d.Send(tea.MouseClickMsg{X: 500, Y: 500, Button: tea.MouseLeft})
	d.Send(tea.MouseClickMsg{X: -1, Y: -1, Button: tea.MouseRight})
}

// Ensure that the mouse is the terminal's own until it is asked for, and so again when it is
// not wanted any more.
func TestDesk_MouseOff(t *testing.T) {
	d := withMouse(t, "甲案", "乙案")
	d.Press("f4")
	d.Press("f9")
	d.Expect("显示设置")
	d.Press("down", "down", "down", "enter")
	d.Expect("[不用]")
	if mode := d.Model().View().MouseMode; mode != tea.MouseModeNone {
		t.Errorf("mouse mode %v", mode)
	}
	d.Press("esc", "esc")
	was := under(t, d)
	other := "甲案"
	if strings.Contains(was, other) {
		other = "乙案"
	}
	click(t, d, other)
	if under(t, d) != was {
		t.Error("the mouse is off and works")
	}
}
