package tui_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/tui/kit"
)

// wideProcess runs the rest of a test in a process that counts two cells for signs of ambiguous
// width, which is settled when a process starts; true: this is it.
func wideProcess(t *testing.T) bool {
	t.Helper()
	if kit.Wide() {
		return true
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	again.Env = append(os.Environ(), "RUNEWIDTH_EASTASIAN=1")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("where signs are wide: %v\n%s", err, out)
	}
	return false
}

// Ensure that columns are straight where signs of ambiguous width are two cells wide, that the
// caret stands after them, in a long text too, and that the desk's own signs have none.
func TestWide_Columns(t *testing.T) {
	if !wideProcess(t) {
		return
	}
	clk := newClock()
	s := alone(t, clk)
	titles := []string{"排水沟纠纷", "“㛃”家与——①·…", "①②③④⑤⑥⑦⑧⑨⑩①②③④⑤⑥", "plain words", strings.Repeat("·", 40)}
	for _, title := range titles {
		register(t, s, title)
	}
	for _, w := range []int{60, 80, 120} {
		d := sit(t, s, clk, w, 24)
		columns := map[int]int{}
		for _, line := range d.Screen() {
			if before, _, found := strings.Cut(line, "已登记"); found && strings.Contains(line, "绿") {
				columns[kit.Width(before)]++
			}
		}
		if len(columns) != 1 {
			t.Errorf("%d cells: the state stands in columns %v:\n%s", w, columns, strings.Join(d.Screen(), "\n"))
		}
	}
	d := sit(t, s, clk, 80, 24)
	d.Press("f2", "tab")
	d.Type("“①”—")
	d.ExpectCursor("[“①”—")
	d.Press("left")
	d.ExpectCursor("[“①”")
	d.Press("tab", "tab")
	d.Type("“①”—…·")
	d.ExpectCursor("|“①”—…·")
	d.Press("left", "left")
	d.ExpectCursor("|“①”—")

	clk = newClock()
	s = alone(t, clk)
	register(t, s, "排水沟纠纷")
	d = sit(t, s, clk, 80, 24)
	d.Press("ctrl+r", "enter", "f2")
	if found := d.Ambiguous(); len(found) > 0 {
		t.Errorf("charts have wide signs: %q", found)
	}
}

// Ensure that every screen is whole at every size there too.
func TestWide_Size(t *testing.T) {
	if wideProcess(t) {
		TestEvery_Size(t)
	}
}

// Ensure that a case full of such signs stays within the screen.
func TestWide_Case(t *testing.T) {
	if !wideProcess(t) {
		return
	}
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "“”…—·①")
	if _, err := s.Append(store.Work{Case: saved.Case, Events: note(strings.Repeat("“①”——", 200))}); err != nil {
		t.Fatal(err)
	}
	for _, w := range []int{60, 80, 120} {
		d := sit(t, s, clk, w, 24)
		whole(t, d.Model().View(), w, 24)
		for _, key := range []string{"enter", "end", "pgup", "f2"} {
			d.Press(key)
			whole(t, d.Model().View(), w, 24)
		}
	}
}
