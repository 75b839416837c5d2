//go:build unix

package term_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"casedesk/cmd/internal/programs"
	"casedesk/cmd/internal/term"
	"casedesk/store"
)

// seat is a profile with its passphrase, and a home for what the program keeps of terminals.
type seat struct {
	t         *testing.T
	home, dir string
}

func newSeat(t *testing.T) *seat {
	s := &seat{t: t, home: t.TempDir()}
	s.dir = filepath.Join(s.home, "desk")
	pass := filepath.Join(s.home, "pass")
	if err := os.WriteFile(pass, []byte("12345678\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := s.command("init", "--dir", s.dir, "--name", "陈示一", "--passphrase-file", pass, "--recovery-out", filepath.Join(s.home, "code")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return s
}

func (s *seat) command(args ...string) *exec.Cmd {
	cmd := command(s.t, s.t.TempDir(), "casedesk", args...)
	cmd.Env = append(cmd.Env, "HOME="+s.home, "RUNEWIDTH_EASTASIAN=")
	return cmd
}

// open opens the desk and unlocks it.
func (s *seat) open() *term.Term {
	s.t.Helper()
	desk := term.Start(s.t, 80, 24, s.command("--dir", s.dir))
	unlock(desk)
	return desk
}

func unlock(desk *term.Term) {
	desk.Wait("请输入口令")
	desk.Type("12345678\r")
	desk.Wait("待办")
}

// write types into a new case what nothing was kept of yet.
func write(desk *term.Term, text string) {
	desk.Press("f2")
	desk.Wait("登记矛盾纠纷")
	desk.Press("tab")
	desk.Type(text)
	desk.Wait("[" + text)
}

// Ensure that what was typed up to the moment is there again after the window was closed,
// after the program was told to end, and after its terminal was cut off without a word; and
// after it was killed, all but the last two seconds.
func TestDesk_EndedFromOutside(t *testing.T) {
	for name, end := range map[string]func(*term.Term){
		"hangup":  (*term.Term).Hangup,
		"ordered": func(s *term.Term) { s.Signal(syscall.SIGTERM); s.WaitExit() },
		"cut off": (*term.Term).CutOff,
		"killed": func(s *term.Term) {
			s.Wait("草稿已存")
			s.Kill()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSeat(t)
			desk := s.open()
			write(desk, "王家堵沟")
			end(desk)
			again := s.open()
			again.Wait("王家堵沟")
			again.Press("f10")
			again.WaitExit()
		})
	}
}

// Ensure that a desk that ended left nothing on the terminal, neither on its screen nor
// above it, and its file closed in order: nobody has to look at all of it at the next start.
func TestDesk_NothingLeft(t *testing.T) {
	s := newSeat(t)
	desk := s.open()
	write(desk, "王家堵沟")
	desk.Press("f10")
	if code := desk.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if left := strings.TrimSpace(desk.History() + desk.Screen()); left != "" {
		t.Errorf("left on the terminal:\n%s", left)
	}
	if store.Doubtful(s.dir) {
		t.Error("the file was left as by a crash")
	}
}

// Ensure that a desk that is suspended gives the shell its terminal back without a word of
// the case on it, and goes on where it was; and that what was typed is kept all the same.
func TestDesk_Suspended(t *testing.T) {
	s := newSeat(t)
	script := `"$0" --dir "$1"; echo back to the shell; read line; fg; echo the end`
	cmd := s.command()
	shell := exec.Command("sh", "-m", "-c", script, filepath.Join(programs.Dir(t), "casedesk"), s.dir)
	shell.Env = cmd.Env
	desk := term.Start(t, 80, 24, shell)
	unlock(desk)
	write(desk, "王家堵沟")
	pid := desk.Foreground()
	if err := syscall.Kill(pid, syscall.SIGTSTP); err != nil {
		t.Fatal(err)
	}
	desk.Wait("back to the shell")
	if strings.Contains(desk.Screen(), "王家") {
		t.Errorf("the case is on the shell's screen:\n%s", desk.Screen())
	}
	file, err := os.ReadFile(filepath.Join(s.dir, "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	desk.Type("x\r")
	desk.Wait("[王家堵沟")
	desk.Type("，积水")
	desk.Wait("[王家堵沟，积水")
	desk.Press("f10")
	desk.Wait("the end")

	// Had it never gone on, what was typed before would be there.
	if err := os.WriteFile(filepath.Join(s.dir, "desk.db"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	again := s.open()
	again.Wait("王家堵沟")
	again.Press("f10")
	again.WaitExit()
}

// Ensure that a desk that was stopped without being asked takes the terminal again when it goes
// on, whatever the shell did with it meanwhile.
func TestDesk_StoppedUnasked(t *testing.T) {
	s := newSeat(t)
	script := `"$0" --dir "$1"; stty sane; clear; echo back to the shell; read line; fg; echo the end`
	shell := exec.Command("sh", "-m", "-c", script, filepath.Join(programs.Dir(t), "casedesk"), s.dir)
	shell.Env = s.command().Env
	desk := term.Start(t, 80, 24, shell)
	unlock(desk)
	write(desk, "王家堵沟")
	if err := syscall.Kill(desk.Foreground(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	desk.Wait("back to the shell")
	desk.Type("x\r")
	desk.Wait("[王家堵沟")
	desk.Type("，积水")
	desk.Wait("[王家堵沟，积水")
	desk.Press("f10")
	desk.Wait("the end")
}

// Ensure that a desk that no shell started, so that nobody could let it go on, is not stopped.
func TestDesk_NotSuspended(t *testing.T) {
	s := newSeat(t)
	desk := s.open()
	desk.Signal(syscall.SIGTSTP)
	write(desk, "王家堵沟")
	desk.Press("f10")
	desk.WaitExit()
}
