//go:build unix

package term_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casedesk/cmd/internal/term"
)

// office is a county that serves, and a home in which programs work with it.
type office struct {
	t         *testing.T
	dir, temp string
}

func newOffice(t *testing.T) *office { return newOfficeAt(t, "--listen", "127.0.0.1:0") }

// newOfficeAt is an office whose county serves as the arguments have it.
func newOfficeAt(t *testing.T, args ...string) *office {
	o := &office{t: t, dir: t.TempDir(), temp: t.TempDir()}
	o.run("countyd", "init", "--sample", "--dir", o.path("county"), "--recovery-out", o.path("key"))
	serve := o.command("countyd", append([]string{"serve", "--dir", o.path("county")}, args...)...)
	out, err := serve.StdoutPipe()
	if err == nil {
		err = serve.Start()
	}
	if err == nil {
		_, err = bufio.NewReader(out).ReadString('\n')
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Kill()
		_ = serve.Wait()
	})
	return o
}

func (o *office) path(name string) string { return filepath.Join(o.dir, name) }

func (o *office) command(program string, args ...string) *exec.Cmd {
	cmd := command(o.t, o.temp, program, args...)
	cmd.Env = append(cmd.Env, "HOME="+o.dir)
	return cmd
}

func (o *office) run(program string, args ...string) string {
	o.t.Helper()
	cmd := o.command(program, args...)
	out, err := cmd.Output()
	if err != nil {
		o.t.Fatalf("%s %s: %v, %s", program, strings.Join(args, " "), err, err.(*exec.ExitError).Stderr)
	}
	return string(out)
}

func (o *office) slip(user string) string {
	o.t.Helper()
	var s struct{ Slip string }
	if err := json.Unmarshal([]byte(o.run("countyd", "slip", user, "--dir", o.path("county"), "--json")), &s); err != nil {
		o.t.Fatal(err)
	}
	return s.Slip
}

// secret is a file with a passphrase.
func (o *office) secret(passphrase string) string {
	o.t.Helper()
	file := o.path("secret-" + passphrase)
	if err := os.WriteFile(file, []byte(passphrase+"\n"), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return file
}

// Ensure that a laptop goes from one worker to the next and to a third: on the
// command line, which asks for a new passphrase twice and for nothing else, also
// after a try that was broken off; and on the desk, where she reads whose work it
// is before she signs, also after the machine stopped meanwhile.
func TestTakeOver(t *testing.T) {
	o := newOffice(t)
	desk := o.path("desk")
	first := []string{"--dir", desk, "--passphrase-file", o.secret("grid1grid1")}
	o.run("casedesk", append([]string{"enrol", o.slip("grid1")}, first...)...)
	if err := os.WriteFile(o.path("case"), []byte(`{"category":"0201","title":"水沟","facts":"两家争排水沟","place":{"division":"441621102901"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	o.run("casedesk", append([]string{"new", o.path("case")}, first...)...)
	o.run("casedesk", append([]string{"sync"}, first...)...)
	o.run("casedesk", append([]string{"handover", "offer", "--to", "mediator1"}, first...)...)

	slip := o.slip("mediator1")
	take := func() *term.Term {
		return term.Start(t, 120, 40, o.command("casedesk", "handover", "take", slip, "--dir", desk))
	}
	s := take()
	s.Wait("新口令：")
	s.Type("mediator1\r")
	s.Wait("再输入一次：")
	s.Type("mediator1\r")
	s.Wait("移交的人：陈示一", "案件 1 件，其中未结 1 件")
	if code := s.WaitExit(); code != 0 || !strings.Contains(s.Screen(), "已接手这台电脑") {
		t.Fatalf("exit code %d:\n%s", code, s.Screen())
	}
	if n := strings.Count(s.Screen(), "口令："); n != 1 {
		t.Errorf("asked %d times for a passphrase:\n%s", n, s.Screen())
	}

	second := []string{"--dir", desk, "--passphrase-file", o.secret("mediator1")}
	o.run("casedesk", append([]string{"handover", "offer", "--to", "mediator2"}, second...)...)
	slip = o.slip("mediator2")
	s = term.Start(t, 80, 24, o.command("casedesk", "--dir", desk))
	s.Wait("这台电脑已移交")
	s.Press("f8")
	s.Wait("设一个自己的口令")
	s.Paste(slip)
	s.Press("tab")
	s.Type("mediator2")
	s.Press("tab")
	s.Type("mediator2")
	s.Press("f2")
	s.Wait("抄下恢复码")
	var groups []string
	for _, line := range strings.Split(s.Screen(), "\n") {
		if parts := strings.Split(strings.TrimSpace(line), " - "); len(parts) == 7 {
			groups = parts
		}
	}
	if groups == nil {
		t.Fatal(s.Screen())
	}
	s.Type(groups[1])
	s.Press("tab")
	s.Type(groups[4])
	s.Press("f2")
	s.Wait("接手的人：", "县的指纹", "案件 1 件，其中未结 1 件")
	s.Kill() // the battery is empty

	s = term.Start(t, 80, 24, o.command("casedesk", "--dir", desk))
	s.Wait("有人正在接手这台电脑")
	s.Press("f8")
	s.Wait("上一次接手没有完成")
	s.Type("mediator2")
	s.Press("f2")
	s.Wait("接手的人：")
	s.Press("f2")
	s.Wait("待办")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	third := []string{"--dir", desk, "--passphrase-file", o.secret("mediator2")}
	if said := o.run("casedesk", append([]string{"check"}, third...)...); !strings.Contains(said, "数据完好") {
		t.Error(said)
	}

	// The machine stopped between the last steps: the desk finishes them unasked.
	if err := os.Mkdir(filepath.Join(desk, "next"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(desk, "desk.db"), filepath.Join(desk, "next", "desk.db")); err != nil {
		t.Fatal(err)
	}
	s = term.Start(t, 80, 24, o.command("casedesk", "--dir", desk))
	s.Wait("请输入口令")
	s.Type("mediator2\r")
	s.Wait("待办")
	s.Press("f10")
	s.WaitExit()
}
