//go:build unix

package term_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"casedesk/cmd/internal/term"
	"casedesk/tui/kit"
)

// signs are of ambiguous width, in the order in which people type them.
const signs = "\u201c\u6c34\u6c9f\u201d\u2014\u2014\u2460\u00b7\u2026"

// wideTerminal runs the rest of a test once more in a process whose emulator draws signs of
// ambiguous width two cells wide, as the console of a Chinese Windows does; true: this is it.
func wideTerminal(t *testing.T) bool {
	t.Helper()
	if kit.Wide() {
		return true
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	again.Env = append(os.Environ(), "RUNEWIDTH_EASTASIAN=1")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("on a terminal of wide signs: %v\n%s", err, out)
	}
	return false
}

// kept is what is kept of a kind of terminal.
func (s *seat) kept(kind string) kit.Display {
	s.t.Helper()
	var held struct{ Terminals map[string]kit.Display }
	raw, err := os.ReadFile(filepath.Join(s.home, ".config", "casedesk-display.json"))
	if err == nil {
		err = json.Unmarshal(raw, &held)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return held.Terminals[kind]
}

// Ensure that a terminal is asked at the first start how wide it draws signs of ambiguous
// width, that the answer is kept and gone by, and that columns are straight: the desk's count
// of cells is the terminal's own.
func TestDesk_MeasuresTheTerminal(t *testing.T) {
	want := 1
	if wideTerminal(t) {
		want = 2
	}
	s := newSeat(t)
	for range 2 { // as measured, and as kept
		desk := s.open()
		desk.Press("f2")
		desk.Wait("登记矛盾纠纷")
		desk.Press("tab")
		desk.Type(signs)
		desk.Wait("[" + signs)
		y := row(t, desk, "["+signs)
		desk.WaitCursor(12+ansi.StringWidth(signs), y)
		for _, line := range strings.Split(desk.Screen(), "\n") {
			for _, label := range []string{"类别", "标题", "所在地区"} { // in the terminal's own cells
				if strings.Contains(line, label+" ") && ansi.StringWidth(line) != 80 {
					t.Errorf("the field %s ends in column %d:\n%s", label, ansi.StringWidth(line), desk.Screen())
				}
			}
		}
		desk.Press("f10")
		desk.WaitExit()
		if got := s.kept("xterm-256color"); got.Measured != want {
			t.Errorf("kept %+v, want %d cells", got, want)
		}
	}
}

// Ensure that the flag, else the environment, goes before what was measured, for one run.
func TestDesk_DisplayFlag(t *testing.T) {
	s := newSeat(t)
	desk := term.Start(t, 80, 24, s.command("--dir", s.dir, "--display", "wide,ascii,mouse"))
	unlock(desk)
	desk.Press("f4")
	desk.Wait("备份")
	desk.Press("f9")
	desk.Wait("显示设置", "[占两格]", "[普通字符]", "[使用]")
	desk.Press("f10")
	desk.WaitExit()
	if _, err := os.Stat(filepath.Join(s.home, ".config", "casedesk-display.json")); err == nil {
		t.Errorf("kept %+v", s.kept("xterm-256color"))
	}
	for _, args := range [][]string{{"--dir", s.dir, "--display", "sepia"}, {"practice", "--display", "sepia"}, {"demo", "--display", "sepia"}} {
		desk = term.Start(t, 80, 24, s.command(args...))
		if code := desk.WaitExit(); code != 2 || !strings.Contains(desk.Screen(), "contrast") {
			t.Errorf("%v: exit code %d:\n%s", args, code, desk.Screen())
		}
	}
}

// Ensure that a desk that cannot start again to count cells the other way, because its file
// was replaced meanwhile, opens all the same and says what is crooked.
func TestDesk_NotStartedAgain(t *testing.T) {
	s := newSeat(t)
	cmd := s.command("--dir", s.dir, "--display", "wide")
	program, err := os.ReadFile(cmd.Path)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path = filepath.Join(s.home, "casedesk")
	if err := os.WriteFile(cmd.Path, program, 0o700); err != nil {
		t.Fatal(err)
	}
	desk := term.Start(t, 80, 24, cmd)
	if err := os.Remove(cmd.Path); err != nil {
		t.Fatal(err)
	}
	desk.Wait("列可能对不齐", "请输入口令")
	desk.Press("f10")
	desk.WaitExit()
}

// Ensure that settings that cannot be read are said so in a word, and are written anew by the
// next change, which is drawn with at once and kept.
func TestDesk_DisplayKept(t *testing.T) {
	s := newSeat(t)
	file := filepath.Join(s.home, ".config", "casedesk-display.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{\"terminals\": [not json"), 0o600); err != nil {
		t.Fatal(err)
	}
	desk := term.Start(t, 80, 24, s.command("--dir", s.dir))
	desk.Wait("读不出来", "请输入口令")
	unlock(desk)
	desk.Press("f4")
	desk.Wait("备份")
	desk.Press("f9")
	desk.Wait("[自动]")
	desk.Press("right")
	desk.Wait("[深色]")
	desk.Press("f10")
	desk.WaitExit()
	if got := s.kept("xterm-256color"); got.Colours != kit.Dark || got.Measured != 1 {
		t.Errorf("kept %+v", got)
	}
	desk = s.open()
	desk.Press("f4")
	desk.Wait("备份")
	desk.Press("f9")
	desk.Wait("[深色]")
	desk.Press("f10")
	desk.WaitExit()
}

// Ensure that a terminal that answers nothing does not hold the desk up.
func TestDesk_SilentTerminal(t *testing.T) {
	s := newSeat(t)
	desk := term.StartSilent(t, 80, 24, s.command("--dir", s.dir))
	unlock(desk)
	desk.Press("f10")
	desk.WaitExit()
	if got := s.kept("xterm-256color"); got.Measured != 1 {
		t.Errorf("kept %+v", got)
	}
}

// Ensure that a terminal that nothing can be drawn on is told so in plain words, with what can
// be done on it.
func TestDesk_NoTerminal(t *testing.T) {
	s := newSeat(t)
	dumb := s.command("--dir", s.dir)
	dumb.Env = append(dumb.Env, "TERM=dumb")
	desk := term.Start(t, 80, 24, dumb)
	if code := desk.WaitExit(); code != 2 || !strings.Contains(desk.Screen(), "casedesk --plain") {
		t.Errorf("exit code %d:\n%s", code, desk.Screen())
	}
	out, err := s.command("--dir", s.dir).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "casedesk --plain") || strings.Contains(string(out), "\x1b") {
		t.Errorf("%v: %q", err, out)
	}
}

// Ensure that any NO_COLOR that is not empty takes the colours away, and nothing else.
func TestDesk_NoColour(t *testing.T) {
	s := newSeat(t)
	for value, want := range map[string]bool{"yes": false, "0": false, "": true} {
		cmd := s.command("--dir", s.dir, "--display", "dark,narrow")
		cmd.Env = append(cmd.Env, "NO_COLOR="+value)
		desk := term.Start(t, 80, 24, cmd)
		desk.Wait("请输入口令")
		desk.Type("wrong\r")
		desk.Wait("口令不对")
		y := row(t, desk, "口令不对")
		before, _, _ := strings.Cut(strings.Split(desk.Screen(), "\n")[y], "口令不对")
		if _, coloured := desk.Style(ansi.StringWidth(before), y); coloured != want {
			t.Errorf("NO_COLOR=%q: coloured: %v", value, coloured)
		}
		if bold, _ := desk.Style(1, 23); !bold {
			t.Errorf("NO_COLOR=%q: the keys are not bold", value)
		}
		desk.Press("f10")
		desk.WaitExit()
	}
}
