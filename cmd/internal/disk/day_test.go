//go:build linux && (amd64 || arm64)

package disk_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"casedesk/cmd/internal/disk"
	"casedesk/cmd/internal/programs"
)

// ballast is the size that the program gives its ballast.
const ballast = 16 << 20

// day is a folder in which the real programs work: desk, county, home, and what
// they are given.
type day struct {
	t    *testing.T
	bin  string
	root string
	port int

	server  *exec.Cmd
	ended   chan error
	wounded bool // the last fault lasted to the program's end
}

// newDay begins a day in memory, so that a sync costs nothing.
func newDay(t *testing.T) *day {
	d := &day{t: t, bin: programs.Dir(t), root: filepath.Join(memory(t), "day")}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d.port = l.Addr().(*net.TCPAddr).Port
	d.do(l.Close())
	d.do(os.MkdirAll(d.path("home"), 0o700))
	d.do(os.WriteFile(d.path("passphrase"), []byte(passphrase+"\n"), 0o600))
	t.Cleanup(d.halt)
	return d
}

func (d *day) do(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *day) path(name string) string { return filepath.Join(d.root, name) }

// command is one of the programs with its arguments.
func (d *day) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(d.bin, program), args...)
	cmd.Dir = d.root
	cmd.Env = []string{"HOME=" + d.path("home"), "XDG_CACHE_HOME=" + d.path("home"), "XDG_CONFIG_HOME=" + d.path("home"),
		"CASEDESK_KEYRING=off", "CASEDESK_PASSPHRASE_FILE=" + d.path("passphrase"),
		"CASEDESK_DIR=" + d.path("desk"), "COUNTYD_DIR=" + d.path("county"), "TMPDIR=" + d.root}
	return cmd
}

// result is how a program ended.
type result struct {
	exit     int
	out, err string
	fired    bool   // the fault happened
	at       string // the call that it happened to
}

// run runs a program to its end, on a disk with a fault if there is one.
func (d *day) run(w *wound, program string, args ...string) result {
	d.t.Helper()
	cmd := d.command(program, args...)
	var out, loud bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &loud
	var err error
	if w == nil {
		err = cmd.Run()
	} else {
		r := &disk.Run{Cmd: cmd, Watch: []string{d.root}, Decide: w.decide}
		d.do(r.Start())
		err = r.Wait()
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		d.t.Fatal(err)
	}
	res := result{exit: cmd.ProcessState.ExitCode(), out: out.String(), err: loud.String()}
	if w != nil {
		res.fired, res.at = w.at != "", w.at
	}
	return res
}

// must runs a program that has to succeed.
func (d *day) must(program string, args ...string) result {
	d.t.Helper()
	r := d.run(nil, program, args...)
	if r.exit != 0 {
		d.t.Fatalf("%s %v: exit %d\n%s%s", program, args, r.exit, r.out, r.err)
	}
	return r
}

// wound is the fault of one run: the n-th call fails, or all from it on.
type wound struct {
	n     int
	fault disk.Fault
	rest  bool

	calls int
	at    string
}

func (w *wound) String() string {
	what := "short write"
	if !w.fault.Short {
		what = w.fault.Errno.Error()
	}
	if w.rest {
		what += " from there on"
	}
	return fmt.Sprintf("call %d (%s): %s", w.n, w.at, what)
}

// decide counts the calls. Of the many like writes of the ballast the first counts.
func (w *wound) decide(c *disk.Call) *disk.Fault {
	if filepath.Base(c.Path) == "ballast" && c.Op == disk.Write && c.Off > 0 {
		if w.rest && w.at != "" {
			return &w.fault
		}
		return nil
	}
	if w.calls++; w.calls != w.n && (!w.rest || w.calls < w.n) {
		return nil
	}
	if w.at == "" {
		w.at = string(c.Op) + " " + filepath.Base(c.Path)
	}
	if w.fault.Short && c.Op != disk.Write {
		return &disk.Fault{Errno: syscall.EIO}
	}
	return &w.fault
}

// wounds are the kinds of faults for call n.
func wounds(n int) []*wound {
	var out []*wound
	for _, f := range []disk.Fault{{Errno: syscall.ENOSPC}, {Errno: syscall.EIO}, {Errno: syscall.EIO, Short: true}} {
		out = append(out, &wound{n: n, fault: f}, &wound{n: n, fault: f, rest: true})
	}
	return out
}

// serve starts the county; a wound makes its disk fail.
func (d *day) serve(w *wound) (err error) {
	d.t.Helper()
	cmd := d.command("countyd", "serve", "--json", "--listen", fmt.Sprintf("127.0.0.1:%d", d.port), "--address", fmt.Sprintf("https://127.0.0.1:%d", d.port))
	var loud bytes.Buffer
	cmd.Stderr = &loud
	out, err := cmd.StdoutPipe()
	d.do(err)
	wait := cmd.Wait
	if w == nil {
		d.do(cmd.Start())
	} else {
		r := &disk.Run{Cmd: cmd, Watch: []string{d.path("county")}, Decide: w.decide}
		d.do(r.Start())
		wait = r.Wait
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	d.server, d.ended = cmd, make(chan error, 1)
	go func() { d.ended <- wait() }()
	if err != nil || !bytes.Contains(line, []byte("fingerprint")) {
		err = <-d.ended
		d.server = nil
		return fmt.Errorf("the county does not serve: %w\n%s", err, loud.String())
	}
	return nil
}

// halt ends the county.
func (d *day) halt() {
	if d.server == nil {
		return
	}
	_ = d.server.Process.Signal(syscall.SIGTERM)
	select {
	case <-d.ended:
	case <-time.After(5 * time.Second):
		_ = d.server.Process.Kill()
		<-d.ended
	}
	d.server = nil
}

// keep copies the day's folder to another name; restore brings it back.
func (d *day) keep(name string) { d.do(copyTree(d.root, d.root+"-"+name)) }

func (d *day) restore(name string) {
	d.halt()
	d.do(os.RemoveAll(d.root))
	d.do(copyTree(d.root+"-"+name, d.root))
}

func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		at := filepath.Join(to, rel)
		switch {
		case e.IsDir():
			return os.MkdirAll(at, 0o700)
		case !e.Type().IsRegular():
			return nil
		case e.Name() == "ballast": // only its size matters
			f, err := os.Create(at)
			if err != nil {
				return err
			}
			return errors.Join(f.Truncate(ballast), f.Close())
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return sparse(at, b)
	})
}

// contract judges what a program that was refused said.
func (r result) contract() error {
	if r.exit == 0 {
		return nil
	}
	if r.exit != 1 {
		return fmt.Errorf("exit %d: %s", r.exit, r.err)
	}
	lines := strings.Split(strings.TrimSpace(r.err), "\n")
	var said struct {
		Error, Message, Next string
		Safe                 *bool
	}
	err := json.Unmarshal([]byte(lines[len(lines)-1]), &said)
	if err != nil || said.Error == "" || said.Message == "" || said.Next == "" || said.Safe == nil {
		return fmt.Errorf("no error by the contract: %q, %w", r.err, err)
	}
	return nil
}

// last decodes the last line of what a program wrote.
func (r result) last(t *testing.T, v any) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), v); err != nil {
		t.Fatalf("%q: %v", r.out, err)
	}
}
