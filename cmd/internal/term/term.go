//go:build unix

// Package term runs a program in a pseudo-terminal and reads its screen through
// a terminal emulator, for tests that use the programs as a person does. No
// other code imports it.
package term

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// patience is how long a screen may take to show what is waited for. Machines
// under test are slow and shared; nothing is timed here.
const patience = 60 * time.Second

// Term is a running program and its terminal.
type Term struct {
	t    testing.TB
	cmd  *exec.Cmd
	file *os.File

	mu      sync.Mutex // the emulator and what follows
	screen  *vt.Emulator
	written int // bytes that the program wrote
	hidden  bool
	done    chan struct{}
}

// For makes another test answer for what happens from now on.
func (s *Term) For(t testing.TB) { s.t = t }

// Start runs a program in a terminal of the given size.
func Start(t testing.TB, w, h int, cmd *exec.Cmd) *Term {
	t.Helper()
	return StartBy(t, w, h, cmd, cmd.Start)
}

// StartSilent is Start in a terminal that answers no question.
func StartSilent(t testing.TB, w, h int, cmd *exec.Cmd) *Term {
	t.Helper()
	return start(t, w, h, cmd, cmd.Start, io.Discard)
}

// StartBy is Start for a program that start starts, in its own way.
func StartBy(t testing.TB, w, h int, cmd *exec.Cmd, begin func() error) *Term {
	t.Helper()
	return start(t, w, h, cmd, begin, nil)
}

// start starts a program. The emulator's answers to its questions go to answers; nil: to the
// program.
func start(t testing.TB, w, h int, cmd *exec.Cmd, begin func() error, answers io.Writer) *Term {
	t.Helper()
	term := &Term{t: t, cmd: cmd, screen: vt.NewEmulator(w, h), done: make(chan struct{})}
	term.screen.SetCallbacks(vt.Callbacks{CursorVisibility: func(shown bool) { term.hidden = !shown }})
	file, tty, err := pty.Open()
	if err == nil {
		defer tty.Close()
		err = pty.Setsize(file, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)})
	}
	if err == nil {
		cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
		err = begin()
	}
	if err != nil {
		t.Fatal(err)
	}
	term.file = file
	if answers == nil {
		answers = file
	}
	go io.Copy(answers, term.screen)
	go term.read()
	t.Cleanup(func() {
		cmd.Process.Kill()
		file.Close()
		<-term.done
		cmd.Wait()
	})
	return term
}

func (s *Term) read() {
	defer close(s.done)
	b := make([]byte, 32<<10)
	for {
		n, err := s.file.Read(b)
		s.mu.Lock()
		s.screen.Write(b[:n])
		s.written += n
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Keys of a terminal by name, as xterm sends them.
var keys = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
	"pgdown": "\x1b[6~", "delete": "\x1b[3~",
	"f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f12": "\x1b[24~",
	"ctrl+a": "\x01", "ctrl+c": "\x03", "ctrl+e": "\x05", "ctrl+g": "\x07", "ctrl+o": "\x0f", "ctrl+r": "\x12", "ctrl+u": "\x15", "ctrl+l": "\x0c", "ctrl+p": "\x10", "ctrl+q": "\x11", "ctrl+s": "\x13",
}

// Press sends keys by name, each in one write: a split escape sequence would be
// taken for the Esc key.
func (s *Term) Press(names ...string) {
	s.t.Helper()
	for _, n := range names {
		b, ok := keys[n]
		if !ok {
			s.t.Fatalf("no key %q", n)
		}
		s.send(b)
	}
}

// Type sends text as an input method commits it.
func (s *Term) Type(text string) { s.t.Helper(); s.send(text) }

// Paste sends text as a terminal with bracketed paste does.
func (s *Term) Paste(text string) { s.t.Helper(); s.send("\x1b[200~" + text + "\x1b[201~") }

func (s *Term) send(b string) {
	s.t.Helper()
	if _, err := io.WriteString(s.file, b); err != nil {
		s.t.Fatalf("send %q: %v\n%s", b, err, s.Screen())
	}
}

// Screen returns what the terminal shows.
func (s *Term) Screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()
}

// Cursor returns the column and row of the terminal's real cursor, from 0.
func (s *Term) Cursor() (x, y int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.screen.CursorPosition()
	return p.X, p.Y
}

// Around returns what stands in the cursor's row before it and from its cell on, cell by cell;
// false: the cursor is hidden.
func (s *Term) Around() (before, after string, shown bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var left, right strings.Builder
	at := s.screen.CursorPosition()
	for x := range s.screen.Width() {
		content := ""
		if cell := s.screen.CellAt(x, at.Y); cell != nil {
			content = cell.Content
		}
		if x < at.X {
			left.WriteString(content)
		} else {
			right.WriteString(content)
		}
	}
	return left.String(), right.String(), !s.hidden
}

// Row returns what stands in a row.
func (s *Term) Row(y int) string {
	lines := strings.Split(s.Screen(), "\n")
	if y >= len(lines) {
		return ""
	}
	return lines[y]
}

// Style tells how a cell is drawn.
func (s *Term) Style(x, y int) (bold, coloured bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	style := s.screen.CellAt(x, y).Style
	return style.Attrs&uv.AttrBold != 0, style.Fg != nil
}

// Written returns how many bytes the program has written.
func (s *Term) Written() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written
}

// Wait waits until the screen shows every one of the texts.
func (s *Term) Wait(texts ...string) {
	s.t.Helper()
	s.until(func() bool {
		screen := s.Screen()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}, "the screen never showed %q", texts)
}

// WaitCursor waits until the real cursor stands in a cell.
func (s *Term) WaitCursor(x, y int) {
	s.t.Helper()
	s.until(func() bool {
		gotX, gotY := s.Cursor()
		return gotX == x && gotY == y
	}, "the cursor never stood at column %d, row %d", x, y)
}

// Until waits until something is so; what says what, for when it never is.
func (s *Term) Until(what string, ok func() bool) {
	s.t.Helper()
	s.until(ok, "%s", what)
}

// WaitExit waits until the program has ended and returns its exit code.
func (s *Term) WaitExit() int {
	s.t.Helper()
	select {
	case <-s.done:
	case <-time.After(patience):
		s.t.Fatalf("the program does not end:\n%s", s.Screen())
	}
	s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode()
}

// Kill ends the program at once, as a power cut would.
func (s *Term) Kill() {
	s.t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	s.file.Close()
	_ = s.cmd.Wait() // killed
}

// Hangup tells the program that its terminal is closed, as the system does, and
// waits until it has ended.
func (s *Term) Hangup() {
	s.t.Helper()
	s.Signal(syscall.SIGHUP)
	s.CutOff()
}

// Signal sends the program a signal.
func (s *Term) Signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

// CutOff takes the terminal away without a signal, and waits until the program has ended.
func (s *Term) CutOff() {
	s.t.Helper()
	s.file.Close()
	ended := make(chan struct{})
	go func() { defer close(ended); s.cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(patience):
		s.t.Fatal("the program outlives its terminal")
	}
}

// Foreground is the process group that has the terminal now.
func (s *Term) Foreground() int {
	s.t.Helper()
	var group int
	conn, err := s.file.SyscallConn()
	if err == nil {
		var asked error
		err = conn.Control(func(fd uintptr) { group, asked = unix.IoctlGetInt(int(fd), unix.TIOCGPGRP) })
		err = errors.Join(err, asked)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return group
}

// History returns the lines that have left the screen at its top.
func (s *Term) History() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines strings.Builder
	if back := s.screen.Scrollback(); back != nil {
		for _, line := range back.Lines() {
			lines.WriteString(line.String() + "\n")
		}
	}
	return lines.String()
}

func (s *Term) until(ok func() bool, format string, args ...any) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			x, y := s.Cursor()
			s.t.Fatalf(format+"; cursor at %d, %d:\n%s", append(args, x, y, s.Screen())...)
		}
	}
}

// Resize changes the terminal's size.
func (s *Term) Resize(w, h int) {
	s.t.Helper()
	s.mu.Lock()
	s.screen.Resize(w, h)
	s.mu.Unlock()
	if err := pty.Setsize(s.file, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)}); err != nil {
		s.t.Fatal(err)
	}
}
