package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
	"casedesk/tui"
	"casedesk/tui/take"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// passed is a laptop that goes from one worker to the next, with what cmd hands
// to its desk.
type passed struct {
	t      testing.TB
	c      *county
	clk    *clock
	dir    string
	open   *store.Store
	next   catalogue.UserID
	fail   error // what the county answers
	proved bool
}

const nextPassphrase = "柳暗花明又一村啊"

func newPassed(t testing.TB) *passed {
	p := &passed{t: t, c: newCounty(t), clk: newClock(), next: "grid4"}
	p.open = p.c.laptop(p.clk, "grid1", "441621102901")
	p.dir = p.open.Dir()
	t.Cleanup(func() { p.open.Close() })
	return p
}

func (p *passed) keep(s *store.Store, err error) (*store.Store, error) {
	if err == nil {
		p.open = s
	}
	return s, err
}

func (p *passed) desk(w, h int) *tuitest.Driver {
	cfg := config(p.open, p.clk)
	cfg.Opener = tui.Opener{
		Open: func(secret string) (*store.Store, error) {
			return p.keep(store.Open(p.dir, secret, options(p.clk, "x")))
		},
		SyncNow: func() {},
		Take:    take.Steps{Look: p.look, Prepare: p.prepare, Sign: p.sign, Drop: func() error { return store.DropBeside(p.dir) }},
	}
	return tuitest.New(p.t, tui.New(cfg), w, h)
}

func (p *passed) look() words.Handed {
	word, there := store.WordIn(p.dir)
	_, err := os.Stat(filepath.Join(store.Beside(p.dir), "desk.db"))
	return words.Handed{Word: word, There: there, Begun: err == nil}
}

func (p *passed) prepare(slip, secret string) (*words.Taking, error) {
	told := &words.Taking{Word: p.look().Word, Me: "郑示四", Units: []string{"示例溪头村村委会"}, County: "紫金县", Fingerprint: "3A7F-9C21"}
	var s *store.Store
	var err error
	if p.look().Begun {
		s, err = store.Open(store.Beside(p.dir), secret, options(p.clk, "y"))
	} else {
		s, _, err = store.Create(store.Beside(p.dir), secret, options(p.clk, "y"))
		code := must[seal.RecoveryCode](p.t)(seal.ParseRecoveryCode(paper))
		told.Code = &code
	}
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if p.fail != nil {
		return told, p.fail
	}
	if s.Profile().County == nil {
		if !strings.HasPrefix(slip, "CDS1-") {
			return told, &casework.Refusal{Code: casework.CodeInvalid, Field: "slip"}
		}
		err := s.Enrol(store.Enrolment{User: p.next, Units: []catalogue.UnitID{"441621102901"}, Epoch: p.c.epoch, Catalogue: sample.Catalogue(),
			County: store.County{Name: "紫金县", Fingerprint: "f", Address: "https://127.0.0.1:1"}})
		if err != nil {
			return told, err
		}
	}
	p.c.exchange(s)
	before, err := s.WorkBefore(told.Word)
	if before.User != "" {
		told.Before = s.Catalogue().PersonName(before.User)
	}
	told.Cases = before.Cases
	return told, err
}

func (p *passed) sign(secret string, proved bool) (*store.Store, error) {
	if p.proved = proved; p.fail != nil {
		return nil, p.fail
	}
	word, _ := store.WordIn(p.dir)
	s := must[*store.Store](p.t)(store.Open(store.Beside(p.dir), secret, options(p.clk, "y")))
	if err := s.TakeOver(word); err != nil {
		p.t.Fatal(err)
	}
	p.c.exchange(s)
	err := s.TookOver(word)
	s.Close()
	if err != nil {
		_ = store.DropBeside(p.dir)
		return nil, err
	}
	if err := store.ForgetHanded(p.dir, options(p.clk, "z")); err != nil {
		return nil, err
	}
	must[bool](p.t)(store.FinishTaking(p.dir, options(p.clk, "z")))
	return p.keep(store.Open(p.dir, secret, options(p.clk, "z")))
}

// handed is a desk on which grid1 has a case, signed the laptop over and locked
// it with the case open.
func (p *passed) handed(w, h int) *tuitest.Driver {
	register(p.t, p.open, "排水沟纠纷")
	p.c.exchange(p.open)
	d := p.desk(w, h)
	if err := p.open.HandOver("grid4", "轮岗"); err != nil {
		p.t.Fatal(err)
	}
	p.c.exchange(p.open)
	d.Await("已移交给郑示四")
	d.Press("f8")
	d.Await("郑示四可以接手了")
	d.Golden(sized("handover_ready", [2]int{w, h}))
	d.Press("esc", "tab", "tab", "enter")
	d.Expect("排水沟纠纷")
	d.Press("ctrl+l")
	d.Expect("这台电脑已移交，等下一位同事接手")
	return d
}

func typeSlip(d *tuitest.Driver, slip string) {
	d.Type(slip)
	d.Press("tab")
	d.Type(nextPassphrase)
	d.Press("tab")
	d.Type(nextPassphrase)
	d.Press("f2")
}

// Ensure that the next worker takes the laptop over on the desk: she reads what is
// handed over before she signs, lands on her own desk without the screens of the
// one before, and nothing of the one before is left.
func TestDesk_TakeOver(t *testing.T) {
	for _, size := range sizes {
		p := newPassed(t)
		before := p.open.Profile().ID
		d := p.handed(size[0], size[1])
		d.Golden(sized("unlock_handed", size))
		d.Press("f8")
		d.Expect("接手电脑")
		d.Golden(sized("take", size))
		d.Type("CDS1-ABC")
		d.Press("f2")
		d.Expect("必须填写")
		d.Press("ctrl+u")
		d.Type("short")
		d.Press("f2")
		d.Press("esc", "f8")
		typeSlip(d, "CDS1-ABC")
		d.Expect("抄下恢复码")
		groups := strings.Split(paper, "-")
		d.Type(groups[1])
		d.Press("tab")
		d.Type(groups[4])
		d.Press("f2")
		d.Expect("接手的人：郑示四")
		d.Expect("移交的人：陈示一")
		d.Expect("其中未结 1 件")
		d.Expect("排水沟纠纷")
		d.Golden(sized("take_review", size))
		d.Resize(60, 16)
		d.Golden("take_review_60x16")
		d.Resize(size[0], size[1])
		if _, err := os.Stat(filepath.Join(p.dir, "handover")); err != nil || p.look().Word.Profile != before {
			t.Error("something changed before she signed")
		}
		d.Press("esc")
		d.Expect("还没有接手")
		d.Expect("有人正在接手这台电脑")
		d.Golden(sized("unlock_begun", size))
		d.Press("f8")
		d.Golden(sized("take_begun", size))
		d.Type("不是")
		d.Press("f2")
		d.Expect("口令不对")
		d.Press("ctrl+u")
		d.Type(nextPassphrase)
		d.Press("f2")
		d.Refuse("抄下恢复码")
		p.fail = casework.Refuse(casework.CodeOffline, "")
		d.Press("f2")
		d.Expect("请在有网络时再按 F2")
		d.Golden(sized("take_offline", size))
		p.fail = nil
		d.Press("f2")
		d.Expect("郑示四")
		d.Expect("待办")
		d.Refuse("案件 4416")
		if got := p.open.Profile(); got.User != "grid4" || got.ID == before {
			t.Errorf("the desk of %s", got.User)
		}
		for _, left := range []string{"handover", "gone.db", "next"} {
			if _, err := os.Stat(filepath.Join(p.dir, left)); err == nil {
				t.Errorf("%s is left", left)
			}
		}
		if d.Press("ctrl+l"); p.look().There {
			t.Error("it waits for a next worker")
		}
		d.Refuse("接手")
		p.unlockNext(d)
	}
}

func (p *passed) unlockNext(d *tuitest.Driver) {
	d.Type(nextPassphrase)
	d.Press("enter")
	d.Expect("待办")
}

// Ensure that a desk which is started where a laptop was handed over says so.
func TestDesk_TakeOverFromTheStart(t *testing.T) {
	p := newPassed(t)
	p.handed(80, 24)
	p.open.Close()
	cfg := tui.Config{Words: chinese, Now: p.clk.Now, First: store.TabTodo, Opener: tui.Opener{Open: func(string) (*store.Store, error) { return nil, casework.Refuse(casework.CodeLocked, "") },
		Take: take.Steps{Look: p.look}}}
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Expect("按 F8")
	d.Press("f8")
	d.Expect("设一个自己的口令")
}

// Ensure that each refusal on the way says what is the matter and what can be
// done, that the worker before still has her desk meanwhile, and that a code which
// a failed try made is shown by the next.
func TestDesk_TakeOverRefused(t *testing.T) {
	p := newPassed(t)
	d := p.handed(80, 24)
	d.Press("f8")
	p.fail = casework.Refuse(casework.CodeOffline, "")
	typeSlip(d, "CDS1-ABC")
	d.Expect("请在有网络时再按 F2")
	d.Expect("上一次接手没有完成")
	p.fail = casework.Refuse(casework.CodeExpired, "")
	d.Press("f2")
	d.Expect("入网单")
	p.fail = nil
	d.Press("f2")
	d.Expect("抄下恢复码")
	d.Press("esc")
	d.Expect("谁也打不开")
	d.Press("2")
	d.Expect("接手的人：郑示四")

	p.c.hold = casework.WhyNoHandover
	d.Press("f2")
	d.Expect("没有移交给您")
	d.Expect("请原来的使用人重新移交")
	d.Expect("设一个自己的口令")
	if p.proved || p.look().Begun || !p.look().There {
		t.Error("what the county refused is there, or the word is not")
	}
	d.Golden("take_refused")
	d.Resize(60, 16) // what went wrong leaves room to type
	d.Expect("*入网单")
	d.Golden("take_refused_60x16")
	d.Resize(80, 24)
	d.Press("esc")
	d.Type(passphrase)
	d.Press("enter")
	d.Expect("排水沟纠纷") // she goes on where she locked it
	d.Press("ctrl+l")

	// Begun, and nobody knows the passphrase any more.
	p.c.hold = ""
	d.Press("f8")
	p.fail = casework.Refuse(casework.CodeOffline, "")
	typeSlip(d, "CDS1-ABC")
	d.Press("f6")
	d.Expect("原来的数据不受影响")
	d.Golden("take_anew")
	d.Press("enter")
	if !p.look().Begun {
		t.Error("dropped unasked")
	}
	d.Press("f6", "2")
	d.Expect("设一个自己的口令")
	if p.look().Begun || !p.look().There {
		t.Error("what was begun is there, or the word is not")
	}

	// Taken back meanwhile: the lock says nothing of it any more.
	d.Press("esc")
	d.Type(passphrase)
	d.Press("enter")
	d.Press("esc", "f8", "delete")
	d.Press("ctrl+l")
	d.Refuse("接手")
	d.Press("f8")
	d.Expect("请输入口令")
}
