//go:build unix

package term_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/cmd/internal/programs"
	"casedesk/cmd/internal/term"
)

func TestMain(m *testing.M) { os.Exit(programs.Main(m)) }

func start(t *testing.T, w, h int, args ...string) *term.Term {
	return term.Start(t, w, h, command(t, t.TempDir(), "casedesk", args...))
}

// command is a program with a home of its own, which makes its temporary files in
// a folder.
func command(t *testing.T, temp, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(programs.Dir(t), program), args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "CASEDESK_LANG=zh", "CASEDESK_KEYRING=off",
		"HOME="+t.TempDir(), "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "TMPDIR="+temp)
	return cmd
}

// row returns the first row of the screen that holds a text.
func row(t *testing.T, s *term.Term, text string) int {
	t.Helper()
	for y, line := range strings.Split(s.Screen(), "\n") {
		if strings.Contains(line, text) {
			return y
		}
	}
	t.Fatalf("no row shows %q:\n%s", text, s.Screen())
	return 0
}

// Ensure that the main job is done in a real terminal: a case is logged in
// Chinese with the network cut, arrives without another key, and is accepted;
// the terminal's real cursor stands on the caret all the while, and a desk that
// is left alone writes nothing.
func TestDemo_MainJob(t *testing.T) {
	s := start(t, 80, 24, "demo")
	s.Wait("待办", "网络：通")
	s.Type("\x0e") // Ctrl+N cuts the network
	s.Wait("网络：断")

	s.Press("f2")
	s.Wait("登记矛盾纠纷")
	s.Type("ll")
	s.Wait("> 邻里纠纷")
	s.Press("enter")
	s.Wait("[邻里纠纷")
	y := row(t, s, "标题")
	s.WaitCursor(12, y) // the next field, at its first cell
	s.Type("欧阳明远家的水沟")
	s.Wait("[欧阳明远家的水沟")
	s.WaitCursor(12+16, y) // eight signs of two cells
	s.Press("left", "left")
	s.WaitCursor(12+12, y)
	s.Type("㛃")
	s.Wait("欧阳明远家的㛃水沟")
	s.WaitCursor(12+14, y)
	s.Press("tab", "tab")
	s.Paste("雨水流进下户院子，\n下户堵了水沟。")
	s.Wait("下户堵了水沟。")
	s.WaitCursor(12+14, row(t, s, "下户堵了水沟。"))
	s.Press("f2")
	s.Wait("已登记", "存 已存在本机")

	s.Press("esc")
	s.Wait("[我登记的", "存 5-")
	s.Type("\x0e")
	s.Wait("网络：通", "达 5-") // no other key

	s.Type("\x14") // Ctrl+T: the mediator's seat
	s.Wait("龙窝镇综治中心", "欧阳明远家的㛃水沟")
	s.Press("f3")
	s.Type("oymy")
	s.Wait("查找")
	s.Press("enter", "enter")
	s.Wait("案件 4416", "欧阳明远家的㛃水沟")
	s.Press("f2")
	s.Wait("可以做什么", "* 1 受理")
	s.Press("enter")
	s.Wait("说明 |")
	s.Press("f2")
	s.Wait("已受理")

	s.Type("\x14\x14") // past the county back to the grid worker
	s.Wait("示例溪头村村委会", "已受理")

	settle(t, s)
	s.Resize(120, 40)
	s.Wait("已受理")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// settle waits until the terminal is at rest, and fails if it never is: a
// redraw makes an input method's candidate window jump.
func settle(t *testing.T, s *term.Term) {
	t.Helper()
	const quiet = 3 * time.Second
	for range 10 {
		before := s.Written()
		time.Sleep(quiet)
		if s.Written() == before {
			return
		}
	}
	t.Errorf("an idle desk goes on writing:\n%s", s.Screen())
}
