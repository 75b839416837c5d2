//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/creack/pty"
)

// paint starts the real desk in a pseudo-terminal, types the passphrase and waits
// for the first row of the list, with few cases and with many.
func (b *bench) paint() error {
	tmp, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	program, err := buildDesk(tmp)
	if err != nil {
		return err
	}
	var dirs []string
	for _, n := range []int{small, b.cases} {
		dir, err := b.profile(n)
		if err != nil {
			return err
		}
		if _, err := paintOnce(program, dir, tmp); err != nil { // lays the ballast
			return err
		}
		dirs = append(dirs, dir)
	}
	took := make([]times, len(dirs))
	for range b.runs {
		for i, dir := range dirs {
			d, err := paintOnce(program, dir, tmp)
			if err != nil {
				return err
			}
			took[i] = append(took[i], d)
		}
	}
	few, many := took[0].median(), took[1].median()
	fmt.Printf("paint   process start to the first row: %d cases %s, %d cases %s, ratio %.2f\n", small, ms(few), b.cases, ms(many), ratio(many, few))
	return nil
}

func buildDesk(dir string) (program string, err error) {
	program = filepath.Join(dir, "casedesk")
	build := exec.Command("go", "build", "-o", program, "casedesk/cmd/casedesk")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the desk: %w\n%s", err, out)
	}
	return program, nil
}

func paintOnce(program, dir, home string) (time.Duration, error) {
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "CASEDESK_LANG=zh", "CASEDESK_KEYRING=off", "RUNEWIDTH_EASTASIAN=0", // the first start asks the terminal
		"HOME="+home, "XDG_CACHE_HOME=", "XDG_CONFIG_HOME=", "CASEDESK_DIR="+dir)
	begin := time.Now()
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		return 0, err
	}
	defer file.Close()
	defer cmd.Process.Kill()
	guard := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer guard.Stop()
	screen := &screen{file: file}
	if err := screen.until("请输入口令"); err != nil {
		return 0, err
	}
	fmt.Fprint(file, passphrase)
	fmt.Fprint(file, "\r")
	if err := screen.until(commonTitle + "："); err != nil {
		return 0, err
	}
	took := time.Since(begin)
	time.Sleep(time.Second) // it reads all
	// It ends as a desk does that somebody leaves, and keeps its first pages.
	fmt.Fprint(file, "\x1b[21~") // F10
	go io.Copy(io.Discard, file)
	return took, cmd.Wait()
}

// screen is what a program has drawn.
type screen struct {
	file *os.File
	seen []byte
}

// until reads until the program has written a text.
func (s *screen) until(text string) error {
	buf := make([]byte, 32<<10)
	for !bytes.Contains(s.seen, []byte(text)) {
		n, err := s.file.Read(buf)
		s.seen = append(s.seen, buf[:n]...)
		if err != nil {
			return fmt.Errorf("the desk ended before it showed %q: %w\n%q", text, err, s.seen)
		}
	}
	return nil
}
