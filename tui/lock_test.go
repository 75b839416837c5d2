package tui_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
	"casedesk/tui"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// paper is a recovery code that is the same in every run.
const paper = "A133-XFCC-3WTB-XMVX-5W27-MBEA-F2AM"

// laptop is a folder with what cmd hands to a desk on it.
type laptop struct {
	t     testing.TB
	dir   string
	clk   *clock
	code  seal.RecoveryCode
	open  *store.Store
	slips []string
	fail  error // what asking a county answers
	syncs int
}

func newLaptop(t testing.TB) *laptop {
	l := &laptop{t: t, dir: filepath.Join(t.TempDir(), "desk"), clk: newClock()}
	t.Cleanup(func() {
		if l.open != nil {
			l.open.Close()
		}
	})
	return l
}

func (l *laptop) config(fresh bool) tui.Config {
	keep := func(s *store.Store, err error) (*store.Store, error) {
		l.open = s
		return s, err
	}
	return tui.Config{Words: chinese, Now: l.clk.Now, New: fresh, First: store.TabTodo, Opener: tui.Opener{
		Open: func(p string) (*store.Store, error) { return keep(store.Open(l.dir, p, options(l.clk, "x"))) },
		Recover: func(code seal.RecoveryCode, p string) (*store.Store, error) {
			return keep(store.OpenWithRecovery(l.dir, code, p, options(l.clk, "y")))
		},
		Create: func(name, p string) (*store.Store, seal.RecoveryCode, error) {
			o := options(l.clk, "陈示一")
			o.Name = name
			s, code, err := store.Create(l.dir, p, o)
			l.open, l.code = s, code
			return s, code, err
		},
		Ask: func(slip string) (*words.Invitation, error) {
			if l.slips = append(l.slips, slip); l.fail != nil {
				return nil, l.fail
			}
			cat := sample.Catalogue()
			cat.Categories = slices.DeleteFunc(cat.Categories, func(c catalogue.Code) bool { return c.Code == "0201" })
			unmapped, err := l.open.Unmapped(cat)
			return &words.Invitation{Unmapped: unmapped, Enrolment: store.Enrolment{User: "grid2", Units: []catalogue.UnitID{"441621109901"}, Catalogue: cat,
				Epoch: casework.Epoch{UUID: uuid.MustParse("01920001-0000-7000-8000-000000000000")}, Now: l.clk.Now(),
				County: store.County{Name: "紫金县", Fingerprint: "3A7F-9C21", Address: "https://127.0.0.1:1"}}}, err
		},
		Join:    func(e store.Enrolment) error { return l.open.Enrol(e) },
		SyncNow: func() { l.syncs++ },
	}}
}

// made is a laptop with a profile, and its desk, locked.
func made(t testing.TB, w, h int) (*laptop, *tuitest.Driver) {
	t.Helper()
	l := newLaptop(t)
	create(t, l.dir, "陈示一", l.clk).Close()
	return l, tuitest.New(t, tui.New(l.config(false)), w, h)
}

func (l *laptop) unlock(d *tuitest.Driver) {
	d.Type(passphrase)
	d.Press("enter")
	d.Refuse("请输入口令")
}

// Ensure that a wrong passphrase says what it is and can be tried again, and
// that locking clears the screen and lets go of the file.
func TestDesk_Lock(t *testing.T) {
	for _, size := range sizes {
		l, d := made(t, size[0], size[1])
		d.Type("不是")
		d.ExpectCursor("[**")
		d.Golden(sized("unlock", size))
		d.Press("enter")
		d.Expect("口令不对")
		d.Golden(sized("unlock_wrong", size))
		l.unlock(d)
		register(t, l.open, "排水沟纠纷")
		d.Await("排水沟纠纷")
		d.Press("ctrl+l")
		d.Refuse("排水沟")
		d.Expect("请输入口令")
		if _, err := l.open.Drafts(); err == nil {
			t.Error("the store of a locked desk can be read")
		}
		l.unlock(d)
		d.Expect("排水沟纠纷")
		if d.Waiting() != 0 {
			t.Errorf("%d waits at rest", d.Waiting())
		}
	}
}

// Ensure that a desk nobody touches locks itself, with one timer however much
// was typed, and keeps what was being written.
func TestDesk_IdleLock(t *testing.T) {
	l := newLaptop(t)
	create(t, l.dir, "陈示一", l.clk).Close()
	cfg := l.config(false)
	cfg.Idle = 10 * time.Minute
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	l.unlock(d)
	pass := func(by time.Duration) { l.clk.now = l.clk.now.Add(by); d.Advance(by) }
	d.Press("f2", "tab")
	pass(9 * time.Minute)
	d.Type("王家")
	pass(9 * time.Minute)
	d.Expect("王家")
	if d.Waiting() != 1 {
		t.Errorf("%d timers run, want the lock's alone", d.Waiting())
	}
	d.Type("堵沟")
	pass(11 * time.Minute)
	d.Refuse("王家")
	d.Expect("请输入口令")
	l.unlock(d)
	d.Expect("已恢复")
	d.ExpectCursor("[王家堵沟")
	d.Press("esc")
	d.Expect("待办")
}

// Ensure that the desk is gone on with where it was left: in the form of an
// action, with the case below it.
func TestDesk_LockInAForm(t *testing.T) {
	l, d := made(t, 80, 24)
	l.unlock(d)
	register(t, l.open, "排水沟纠纷")
	d.Await("排水沟纠纷")
	d.Press("enter")
	do(d, "首次联系")
	d.Type("打过电话")
	d.Press("ctrl+l")
	d.Refuse("打过电话")
	l.unlock(d)
	d.Expect("首次联系  1-")
	d.Expect("打过电话")
	d.Press("f2")
	d.Expect("首次联系：已保存")
	d.Press("esc")
	d.Expect("[待办 1]")
	// What was left empty is not asked for again.
	d.Press("f2", "ctrl+l")
	l.unlock(d)
	d.Expect("[待办 1]")
}

// Ensure that the code on paper opens the desk and sets a new passphrase, and
// that a mistyped one is told apart from a wrong one.
func TestDesk_Recover(t *testing.T) {
	l, d := newLaptop(t), (*tuitest.Driver)(nil)
	s, code, err := store.Create(l.dir, passphrase, options(l.clk, "陈示一"))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	d = tuitest.New(t, tui.New(l.config(false)), 80, 24)
	d.Press("f6")
	d.Type("ABCD")
	d.Press("tab")
	d.Type("short")
	d.Press("tab")
	d.Type("short")
	d.Press("f2")
	d.Expect("恢复码抄错了")
	d.Expect("口令太短")
	d.Golden("recover_80x24")
	d.Press("f4", "1", "enter", "ctrl+u")
	d.Type(code.String())
	d.Press("tab", "ctrl+u")
	d.Type("柳暗花明又一村")
	d.Type("啊")
	d.Press("tab", "ctrl+u")
	d.Type("柳暗花明又一村啊")
	d.Press("f2")
	d.Expect("待办")
	l.open.Close()
	if _, err := store.Open(l.dir, "柳暗花明又一村啊", options(l.clk, "z")); err != nil {
		t.Error(err)
	}
}

// Ensure that what keeps a file from opening is told with what to do next.
func TestDesk_Trouble(t *testing.T) {
	l := newLaptop(t)
	for _, tt := range []struct {
		code casework.Code
		want string
	}{
		{casework.CodeBusy, "请关闭另一个窗口"},
		{casework.CodeDamaged, "请先复制整个文件夹"},
		{casework.CodeNewerFormat, "请升级程序"},
	} {
		cfg := l.config(false)
		cfg.Opener.Open = func(string) (*store.Store, error) { return nil, casework.Refuse(tt.code, "") }
		d := tuitest.New(t, tui.New(cfg), 80, 24)
		d.Type("x")
		d.Press("enter")
		d.Expect(tt.want)
		d.Golden("trouble_" + string(tt.code))
	}
}

// Ensure that a desk whose laptop is revoked says so on a page of its own, with a
// form open too, and that it can only be left; and so when it is opened again.
func TestDesk_Revoked(t *testing.T) {
	for _, size := range sizes {
		clk, c := newClock(), newCounty(t)
		s := c.laptop(clk, "grid1", "441621102901")
		register(t, s, "排水沟纠纷")
		cfg := config(s, clk)
		cfg.Opener.Open = func(string) (*store.Store, error) { return s, nil }
		d := tuitest.New(t, tui.New(cfg), size[0], size[1])
		d.Press("f2", "tab")
		d.Type("王家堵沟")
		c.exchange(s)
		s.SetLink(store.Link{State: store.LinkFailed, Sent: 2, Problem: casework.Refuse(casework.CodeRevoked, store.WhyForgotten)})
		if err := s.Forget(); err != nil {
			t.Fatal(err)
		}
		d.Await("没有送出的 2 条")
		d.Expect("县里已停用这台电脑")
		d.Expect("没写完的没有交")
		d.Golden(sized("revoked", size))
		d.Press("ctrl+l")
		d.Expect("县里已停用这台电脑")
		d.Refuse("口令")
		d.Refuse("草稿")
		d.Press("esc", "f5", "f2")
		d.Advance(time.Minute)
		d.Expect("没写完的没有交")
		if d.Waiting() != 0 {
			t.Errorf("%d waits at rest", d.Waiting())
		}
		d.Press("f10")
		if !d.Quit() {
			t.Error("the desk did not quit")
		}
		if _, gone := store.Revoked(s.Dir()); !gone {
			t.Error("the folder does not say so")
		}
	}
	cfg := newLaptop(t).config(true)
	cfg.Revoked = true
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Expect("县里已停用这台电脑")
	d.Refuse("第一次使用")
}

// Ensure that a recovery code that nobody showed to be on paper is spoken of
// until a new one is made and checked, however the set-up ended.
func TestDesk_NewRecoveryCode(t *testing.T) {
	for _, size := range sizes {
		l := newLaptop(t)
		d := tuitest.New(t, tui.New(l.config(true)), size[0], size[1])
		d.Press("2") // without a slip
		d.Type("陈示一")
		d.Press("enter")
		d.Type("12345678")
		d.Press("enter")
		d.Type("12345678")
		d.Press("f2")
		d.Expect("抄下恢复码")
		if !must[bool](t)(l.open.Unproved()) { // the power may go now
			t.Error("the code counts as written down")
		}
		d.Press("esc", "2")
		d.Expect("入门 1/3")
		d.Press("esc")
		d.Expect("恢复码还没有核对")
		d.Press("down")
		d.Golden(sized("list_unproved", size))
		d.Press("f9")
		d.Golden(sized("recovery", size))
		d.Press("esc")
		d.Expect("恢复码还没有核对")
		d.Press("f9", "enter")
		d.Expect("抄下恢复码")
		shown := ""
		for _, line := range d.Screen() {
			if groups := strings.Split(strings.TrimSpace(line), " - "); len(groups) == 7 {
				shown = strings.Join(groups, "-")
			}
		}
		d.Press("esc", "2")
		d.Expect("恢复码还没有核对")
		if shown == l.code.String() {
			t.Error("the new code is the old one")
		}
		d.Press("f9", "enter")
		for _, line := range d.Screen() {
			if groups := strings.Split(strings.TrimSpace(line), " - "); len(groups) == 7 {
				shown = strings.Join(groups, "-")
			}
		}
		groups := strings.Split(shown, "-")
		d.Type(groups[1])
		d.Press("tab")
		d.Type(groups[4])
		d.Press("f2")
		d.Expect("新的恢复码已核对")
		d.Refuse("还没有核对")
		l.open.Close()
		code := must[seal.RecoveryCode](t)(seal.ParseRecoveryCode(shown))
		must[*store.Store](t)(store.OpenWithRecovery(l.dir, code, "87654321", options(l.clk, "z"))).Close()
		if _, err := store.OpenWithRecovery(l.dir, l.code, "87654321", options(l.clk, "z")); err == nil {
			t.Error("the old code still opens")
		}
	}
}

// Ensure the first run: name, passphrase, recovery code typed back; then the
// desk, and with a slip the county.
func TestDesk_SetUp(t *testing.T) {
	for _, size := range sizes {
		l := newLaptop(t)
		cfg := l.config(true)
		create := cfg.Opener.Create
		cfg.Opener.Create = func(name, p string) (*store.Store, seal.RecoveryCode, error) {
			s, _, err := create(name, p)
			code := must[seal.RecoveryCode](t)(seal.ParseRecoveryCode(paper))
			return s, code, err
		}
		d := tuitest.New(t, tui.New(cfg), size[0], size[1])
		d.Press("1") // with a slip
		d.Golden(sized("setup", size))
		d.Type("陈示一")
		d.Press("enter")
		d.Type("short")
		d.Press("enter")
		d.Type("other")
		d.Press("enter")
		d.Type("CDS1-ABC")
		d.Press("f2")
		d.Expect("口令太短")
		d.Expect("两次输入不一样")
		d.Golden(sized("setup_faults", size))
		d.Press("ctrl+u")
		d.Type("12345678")
		d.Press("enter", "ctrl+u")
		d.Type("12345678")
		d.Press("f2")
		d.Expect("抄下恢复码")
		d.Golden(sized("setup_code", size))
		d.Type("xxxx")
		d.Press("tab")
		d.Type("yyyy")
		d.Press("f2")
		d.Expect("和恢复码对不上")
		d.Press("esc")
		d.Expect("谁也打不开")
		d.Golden(sized("confirm", size))
		d.Press("enter")
		groups := strings.Split(paper, "-")
		d.Press("ctrl+u")
		d.Type(groups[1])
		d.Press("tab", "ctrl+u")
		d.Type(groups[4])
		l.fail = casework.Refuse(casework.CodeOffline, "")
		d.Press("f2")
		d.Expect("连不上县里")
		d.Expect("入网没有完成")
		d.Refuse("自动送到县里")
		d.Golden(sized("enrol", size))
		d.Press("esc")
		d.Expect("以后在列表里按 F12 再加入")
		if len(l.slips) != 1 || l.slips[0] != "CDS1-ABC" {
			t.Errorf("enrolled with %q", l.slips)
		}
		d.Expect("入门 1/3") // shown once the county was asked
		d.Press("esc")
		d.Expect("以后想再看")
		l.fail = nil
		saved := register(t, l.open, "先前的案件")
		d.Press("f12")
		d.Type("CDS1-DEF")
		d.Press("f2")
		d.Expect("李示二")
		d.Expect("3A7F-9C21")
		d.Golden(sized("enrol_asked", size))
		if l.open.Profile().County != nil {
			t.Error("joined unasked")
		}
		d.Press("esc")
		d.Expect("CDS1-DEF")
		d.Press("f2", "f2")
		d.Expect("必须填写")
		d.Type("ll")
		d.Press("enter", "f2")
		d.Expect("已加入县里")
		if v := viewOf(t, l.open, saved.Case); v.Category == "0201" || v.Category == "" {
			t.Errorf("the category is %q", v.Category)
		}
		if name := l.open.Profile().Name; name != "陈示一" {
			t.Errorf("the profile is called %q", name)
		}
		l.open.Close()
	}
}
