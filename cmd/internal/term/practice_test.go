//go:build linux

package term_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"casedesk/cmd/internal/programs"
	"casedesk/cmd/internal/term"
)

// files are the files below a folder, with what is in them and when they were written.
func files(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		found[path] = fmt.Sprintf("%x %v %v", sha256.Sum256(b), info.Mode(), info.ModTime())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// watch tells of every file in a folder that is opened, made, changed or removed from now on.
func watch(t *testing.T, dir string) (touched func() string) {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	const all = unix.IN_OPEN | unix.IN_ACCESS | unix.IN_MODIFY | unix.IN_ATTRIB | unix.IN_CREATE | unix.IN_DELETE | unix.IN_MOVE
	if _, err := unix.InotifyAddWatch(fd, dir, all); err != nil {
		t.Fatal(err)
	}
	return func() string {
		b := make([]byte, 64<<10)
		n, err := unix.Read(fd, b)
		if err != nil { // nothing happened
			return ""
		}
		return fmt.Sprintf("%q", b[:n])
	}
}

// Ensure that practice neither opens nor changes a file of the real profile, says on every
// screen what it is, and leaves nothing behind, however it ends.
func TestPractice(t *testing.T) {
	home, temp := t.TempDir(), t.TempDir()
	pass := filepath.Join(temp, "pass")
	if err := os.WriteFile(pass, []byte("12345678\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(programs.Dir(t), "casedesk"), args...)
		cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "CASEDESK_LANG=zh", "CASEDESK_KEYRING=off",
			"HOME="+home, "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "TMPDIR="+temp, "CASEDESK_DIR=", "CASEDESK_PASSPHRASE_FILE="+pass)
		return cmd
	}
	if out, err := run("init", "--name", "张三", "--json").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Remove(pass); err != nil {
		t.Fatal(err)
	}
	before, real := files(t, home), filepath.Join(home, ".config", "casedesk")
	if len(before) < 2 {
		t.Fatalf("the profile is %v", before)
	}
	touched := watch(t, real)
	if _, err := os.ReadFile(filepath.Join(real, "desk.db")); err != nil || touched() == "" {
		t.Fatalf("the watch is blind: %v", err)
	}

	for _, end := range []func(*term.Term){
		func(s *term.Term) {
			s.Press("f10")
			if code := s.WaitExit(); code != 0 {
				t.Errorf("exit code %d", code)
			}
		},
		func(s *term.Term) { s.Hangup() },
	} {
		s := term.Start(t, 80, 24, run("practice"))
		s.Wait("[练习] 解纷台", "样例数据，退出即删", "修路工程拖欠工资")
		kept, err := filepath.Glob(filepath.Join(temp, "casedesk-practice-*"))
		if err != nil || len(kept) != 1 {
			t.Fatalf("practice is in %v, %v", kept, err)
		}
		if info, err := os.Stat(kept[0]); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("others may read %v, %v", info, err)
		}
		s.Press("f2")
		s.Wait("[练习] 登记矛盾纠纷")
		s.Type("ll")
		s.Wait("> 邻里纠纷")
		s.Press("enter")
		s.Type("练习一件")
		s.Press("tab", "tab")
		s.Type("试试看")
		s.Press("f2")
		s.Wait("已登记")
		s.Press("esc")
		s.Wait("[我登记的")
		s.Press("f5")
		s.Wait("练习中不能")
		s.Press("f4")
		s.Wait("[练习] 本机")
		s.Press("ctrl+l")
		s.Wait("练习中不能")
		s.Press("f6")
		s.Wait("数据完好")
		end(s)
		empty(t, temp)
	}
	if what := touched(); what != "" {
		t.Errorf("the real folder was touched: %s", what)
	}
	if after := files(t, home); !maps.Equal(before, after) {
		t.Errorf("the real folder changed:\n%v\n%v", before, after)
	}
}

// Ensure that a new laptop looks at the demo and at practice without a profile being made,
// and comes back to the choice; and that an open desk comes back locked.
func TestDesk_Visits(t *testing.T) {
	temp := t.TempDir()
	cmd := command(t, temp, "casedesk", "--dir", filepath.Join(t.TempDir(), "desk"))
	dir := cmd.Args[2]
	s := term.Start(t, 80, 24, cmd)
	s.Wait("我有县里给的入网单")
	s.Type("3")
	s.Wait("网络：通", "[首页")
	s.Press("f10")
	s.Wait("我有县里给的入网单")
	s.Type("4")
	s.Wait("[练习] 解纷台")
	s.Press("f10")
	s.Wait("我有县里给的入网单")
	empty(t, temp)
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("a profile was made: %v", err)
	}
	s.Type("2")
	s.Wait("再输一次")
	for i, text := range []string{"张三", "12345678", "12345678"} {
		if i > 0 {
			s.Press("tab")
		}
		s.Type(text)
	}
	s.Press("f2")
	s.Wait("抄下恢复码")
	s.Press("esc")
	s.Wait("不核对，直接开始")
	s.Type("2")
	s.Wait("入门 1/3")
	s.Press("esc")
	s.Wait("[首页")
	s.Press("ctrl+p")
	s.Wait("找动作")
	s.Type("lianxi")
	s.Wait("> * 练习")
	s.WaitCursor(8+len("lianxi"), 2)
	s.Press("enter")
	s.Wait("先关上您的工作台")
	s.Press("enter")
	s.Wait("[练习] 解纷台")
	s.Press("f10")
	s.Wait("请输入口令")
	empty(t, temp)
	s.Type("12345678")
	s.Press("enter")
	s.Wait("张三", "[首页")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
