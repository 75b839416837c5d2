//go:build unix

package term_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"casedesk/cmd/internal/term"
)

// empty fails unless a folder is.
func empty(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Ensure that the demo leaves nothing behind when its terminal is closed.
func TestDemo_Hangup(t *testing.T) {
	temp := t.TempDir()
	s := term.Start(t, 80, 24, command(t, temp, "casedesk", "demo"))
	s.Wait("待办")
	s.Hangup()
	empty(t, temp)
}

// Ensure that the demo's story ends without a word and leaves nothing behind when
// nobody reads on, or when it is told to end.
func TestDemo_NobodyReadsOn(t *testing.T) {
	for name, end := range map[string]func(*os.Process, *os.File){
		"closed":  func(_ *os.Process, out *os.File) { out.Close() },
		"hangup":  func(p *os.Process, _ *os.File) { p.Signal(syscall.SIGHUP) },
		"ordered": func(p *os.Process, _ *os.File) { p.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			temp := t.TempDir()
			cmd := command(t, temp, "casedesk", "demo", "--script")
			var said bytes.Buffer
			cmd.Stderr = &said
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatalf("%q, %v, %s", line, err, said.String())
			}
			end(cmd.Process, out.(*os.File))
			if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("a story that was cut short ends with %v", err)
			}
			if name == "closed" && said.Len() > 0 {
				t.Errorf("said: %s", said.String())
			}
			empty(t, temp)
		})
	}
}

// Ensure that a county's server tells the person at its terminal what to do next,
// and ends when that terminal is closed.
func TestServe_Terminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "county")
	temp := t.TempDir()
	if out, err := command(t, temp, "countyd", "init", "--sample", "--dir", dir, "--recovery-out", filepath.Join(t.TempDir(), "key")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s := term.Start(t, 120, 24, command(t, temp, "countyd", "serve", "--dir", dir, "--listen", "127.0.0.1:0"))
	s.Wait("下一步", "countyd slip")
	s.Hangup()
	if out, err := command(t, temp, "countyd", "verify", "--dir", dir).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// Ensure that the desk opened on the folder of a revoked laptop says so, offers no
// set-up, and can be left.
func TestDesk_Revoked(t *testing.T) {
	dir := t.TempDir()
	note := `{"county":"紫金县","at":"2026-11-24T04:00:00Z"}`
	if err := os.WriteFile(filepath.Join(dir, "revoked"), []byte(note), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, 80, 24, "--dir", dir)
	s.Wait("这台电脑已被停用", "新的入网单")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
