//go:build linux && (amd64 || arm64)

// Package ruin_test ruins what the programs stand on: it kills them, fills their
// disk, flips bits in the county's file, and hunts for words that they must not
// leave anywhere.
package ruin_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/cmd/internal/disk"
	"casedesk/cmd/internal/programs"
)

func TestMain(m *testing.M) {
	disk.Launch()
	if dir := os.Getenv("CASEDESK_RUIN_WRITER"); dir != "" {
		write(dir)
		return
	}
	os.Exit(programs.Main(m))
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ram returns a folder in memory where there is one: killing a program says nothing
// about the disk, and costs less there.
func ram(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "casedesk-ruin-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// soak returns how long the long version goes on, 0 for the short one.
func soak() time.Duration {
	d, _ := time.ParseDuration(os.Getenv("CASEDESK_SOAK"))
	return d
}

const passphrase = "correct horse battery"

// lab is a folder with a laptop, a county and a home of their own.
type lab struct {
	t      *testing.T
	dir    string
	server *exec.Cmd
	port   string
	// record is told of everything that the laptop's programs write; nil: nobody is.
	record func(disk.Call)
}

func newLab(t *testing.T, dir string) *lab {
	l := &lab{t: t, dir: dir}
	for _, d := range []string{"home", "tmp"} {
		ok(t, os.MkdirAll(l.path(d), 0o700))
	}
	ok(t, os.WriteFile(l.path("pass"), []byte(passphrase+"\n"), 0o600))
	t.Cleanup(l.halt)
	return l
}

func (l *lab) path(name string) string { return filepath.Join(l.dir, name) }

func (l *lab) env() []string {
	return append(os.Environ(), "HOME="+l.path("home"), "TMPDIR="+l.path("tmp"), "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "CASEDESK_KEYRING=off",
		"CASEDESK_LANG=zh", "LC_ALL=C.UTF-8", "TERM=xterm-256color", "CASEDESK_DIR="+l.path("desk"), "COUNTYD_DIR="+l.path("county"))
}

func (l *lab) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(programs.Dir(l.t), program), args...)
	cmd.Env = append(l.env(), "CASEDESK_PASSPHRASE_FILE="+l.path("pass"))
	cmd.Dir = l.dir
	return cmd
}

// refusal is what a program says on stderr when it refuses.
type refusal struct {
	Error, Message, Next string
	Safe                 bool
}

// run runs a program with --json and returns its lines and refusal. A program
// that ends otherwise fails the test.
func (l *lab) run(in string, program string, args ...string) (out []map[string]any, refused refusal) {
	l.t.Helper()
	cmd := l.command(program, append(args, "--json")...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &stdout, &stderr
	start, wait := l.runner(cmd)
	err := start()
	if err == nil {
		err = wait()
	}
	if err != nil && (json.Unmarshal(bytes.TrimSpace(stderr.Bytes()), &refused) != nil || refused.Error == "") {
		l.t.Fatalf("%s %v: %v\n%s", program, args, err, stderr.String())
	}
	return lines(stdout.Bytes()), refused
}

// runner returns how a program is started and waited for.
func (l *lab) runner(cmd *exec.Cmd) (start, wait func() error) {
	if l.record == nil {
		return cmd.Start, cmd.Wait
	}
	r := &disk.Run{Cmd: cmd, Watch: []string{"/dev/shm"}, Record: l.record}
	for _, top := range must[[]os.DirEntry](l.t)(os.ReadDir("/")) {
		switch name := top.Name(); name {
		case "dev", "proc", "sys": // no disks
		default:
			r.Watch = append(r.Watch, "/"+name)
		}
	}
	return r.Start, r.Wait
}

// must runs a program that must not refuse.
func (l *lab) must(in string, program string, args ...string) []map[string]any {
	l.t.Helper()
	out, refused := l.run(in, program, args...)
	if refused.Error != "" {
		l.t.Fatalf("%s %v: %+v", program, args, refused)
	}
	return out
}

func lines(b []byte) (out []map[string]any) {
	for line := range bytes.Lines(b) {
		var m map[string]any
		if bytes.HasSuffix(line, []byte("\n")) && json.Unmarshal(line, &m) == nil {
			out = append(out, m)
		}
	}
	return out
}

// serve starts the county; it reports whether it came up.
func (l *lab) serve() (up bool) {
	l.t.Helper()
	if l.port == "" {
		l.port = "127.0.0.1:0"
	}
	cmd := l.command("countyd", "serve", "--listen", l.port)
	out := must[io.ReadCloser](l.t)(cmd.StdoutPipe())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	ok(l.t, cmd.Start())
	line, _ := bufio.NewReader(out).ReadBytes('\n')
	var first struct{ Listening string }
	if json.Unmarshal(line, &first) != nil || first.Listening == "" {
		cmd.Wait()
		l.t.Logf("serve: %s", stderr.String())
		return false
	}
	l.server, l.port = cmd, first.Listening
	return true
}

func (l *lab) halt() {
	if l.server != nil {
		l.server.Process.Kill()
		l.server.Wait()
		l.server = nil
	}
}

// found makes a county and enrols the laptop in it.
func (l *lab) found() {
	l.t.Helper()
	l.must("", "countyd", "init", "--sample", "--recovery-out", l.path("key"))
	if !l.serve() {
		l.t.Fatal("the county does not come up")
	}
	slip := l.must("", "countyd", "slip", "grid1")[0]["slip"].(string)
	l.must("", "casedesk", "enrol", slip)
}

// dispute is a line for casedesk new.
func dispute(title string) string {
	return fmt.Sprintf(`{"category":"0201","title":%q,"facts":"两家争排水沟","place":{"division":"441621102901"},"source":{"system":"台账","id":%q}}`+"\n", title, title)
}

// titles returns how often each title is listed, and how often with a receipt.
func (l *lab) titles(receipt string) map[string]int {
	l.t.Helper()
	n := map[string]int{}
	for _, row := range l.must("", "casedesk", "list") {
		if receipt == "" || row["receipt"] == receipt {
			n[row["title"].(string)]++
		}
	}
	return n
}

// clean fails unless both files are whole.
func (l *lab) clean() {
	l.t.Helper()
	if faults := l.must("", "casedesk", "check")[0]["faults"].([]any); len(faults) > 0 {
		l.t.Errorf("the laptop: %v", faults)
	}
	if faults := l.must("", "countyd", "verify")[0]["faults"].([]any); len(faults) > 0 {
		l.t.Errorf("the county: %v", faults)
	}
}

// sync exchanges until nothing is left.
func (l *lab) sync() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		if _, refused := l.run("", "casedesk", "sync"); refused.Error == "" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	l.t.Fatal("no exchange succeeds")
}
