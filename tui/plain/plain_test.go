package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/seal"
	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

const passphrase = "山重水复疑无路"

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// goOn moves the clock, perhaps while a desk reads it.
func (c *clock) goOn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clock) Mono() (string, time.Duration) {
	return "boot", time.Duration(c.Now().Unix()) * time.Second
}
func (c *clock) Offset() time.Duration { return 0 }

func newClock() *clock {
	return &clock{now: time.Date(2021, 7, 8, 9, 0, 0, 0, time.FixedZone("", 8*3600))}
}

func options(c *clock, name string) store.Options {
	return store.Options{Name: name, Catalogue: sample.Catalogue(), Clock: c, Rand: rand.NewChaCha8([32]byte{1}),
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

func open(t *testing.T, c *clock) *store.Store {
	t.Helper()
	s, _, err := store.Create(t.TempDir(), passphrase, options(c, "陈示一"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func enrol(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.Enrol(store.Enrolment{User: "county1", Units: []catalogue.UnitID{"441621", "jiangdong"}, Epoch: casework.Epoch{UUID: uuid.MustParse("01920001-0000-7000-8000-000000000000")},
		Catalogue: sample.Catalogue(), County: store.County{Name: "紫金县", Fingerprint: "f", Address: "https://127.0.0.1:1"}})
	if err != nil {
		t.Fatal(err)
	}
}

func register(t *testing.T, s *store.Store, title string) {
	t.Helper()
	_, err := s.Append(store.Work{Events: []casework.Event{&casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: "两家共用一条排水沟。",
		casework.FieldDivision: "441621102901", casework.FieldChannel: "03"},
		Parties: []casework.Party{{Role: "applicant", Name: "张伟华", Phone: "13800138000"}, {Role: "respondent", Name: "李四"}}}}})
	if err != nil {
		t.Fatal(err)
	}
}

func config(s *store.Store, c *clock) tui.Config {
	return tui.Config{Words: i18n.New(i18n.ZH), Now: c.Now, Store: s, First: store.TabTodo, Opener: tui.Opener{
		Open:    func(string) (*store.Store, error) { return nil, errors.New("no") },
		Recover: func(seal.RecoveryCode, string) (*store.Store, error) { return nil, errors.New("no") },
		Create: func(string, string) (*store.Store, seal.RecoveryCode, error) {
			return nil, seal.RecoveryCode{}, errors.New("no")
		},
		Ask:       func(string) (*words.Invitation, error) { return nil, errors.New("no") },
		Join:      func(store.Enrolment) error { return errors.New("no") },
		SavePaper: func(string, []byte) (string, error) { return "", errors.New("no") },
		Close:     func(*store.Store) error { return nil },
	}}
}

// person talks with a desk, a line at a time, in the test's own goroutine.
type person struct {
	*talk
	t   *testing.T
	out *strings.Builder
}

func sit(t *testing.T, cfg tui.Config) *person {
	t.Helper()
	p := &person{t: t, out: &strings.Builder{}}
	p.talk = newTalk(t.Context(), tui.New(cfg), Config{Words: cfg.Words, Out: p.out})
	t.Cleanup(func() { close(p.done) })
	p.begin()
	p.settle(patience)
	p.tell()
	return p
}

// say types lines and returns what was said to the last.
func (p *person) say(lines ...string) string {
	said := ""
	for _, line := range lines {
		at := p.out.Len()
		p.take(line)
		p.settle(patience)
		p.tell()
		said = p.out.String()[at:]
	}
	return said
}

func (p *person) expect(said string, want ...string) {
	p.t.Helper()
	for _, w := range want {
		i := strings.Index(said, w)
		if i < 0 {
			p.t.Fatalf("%q was not said, or not there, but:\n%s", w, p.out.String())
		}
		said = said[i+len(w):]
	}
}

// drawn is what is never printed: escapes, frames, a line padded to a width, a missing
// sentence, a placeholder.
var drawn = regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f-\x{9f}\x{2500}-\x{259f}]|   |(?m:[^：] $)|\[[a-z]+\.[a-z_.]+\]|\{[0-9]\}`)

func (p *person) clean() {
	p.t.Helper()
	if bad := drawn.FindString(p.out.String()); bad != "" {
		p.t.Errorf("%q was said in\n%s", bad, p.out.String())
	}
}

// screens are ways to every screen of an open desk, with the words of its title.
var screens = []struct {
	title string
	lines []string
}{
	{"解纷台", nil},
	{"解纷台", []string{".查找"}},
	{"解纷台", []string{".查找", "psg"}},
	{"解纷台", []string{".上一页签"}},
	{"登记", []string{".登记新案件"}},
	{"登记", []string{".登记新案件", "邻里"}},
	{"登记", []string{".登记新案件", ".跳到某项"}},
	{"登记", []string{".登记新案件", ".跳到某项", "当事人", "1"}},
	{"案件", []string{"1"}},
	{"案件", []string{"1", ".办理"}},
	{"受理", []string{"1", ".办理", "受理", "1"}},
	{"首次联系", []string{"1", ".办理", "首次联系", "1"}},
	{"", []string{"1", ".papers"}},
	{"", []string{"1", ".papers", "2"}},
	{"", []string{"1", ".papers", "1"}},
	{"统计", []string{".figures"}},
	{"统计", []string{".figures", "1"}},
	{"统计", []string{".figures", "1", ".rules"}},
	{"统计", []string{".figures", "1", ".set"}},
	{"统计", []string{".figures", "1", ".type"}},
	{"", []string{".tools"}},
	{"", []string{".tools", ".copy"}},
	{"恢复码", []string{".recovery"}},
	{"恢复码", []string{".recovery", ""}},
	{"加入", []string{".enrol"}},
	{"", []string{".帮助"}},
	{"", []string{".帮助", ".tour"}},
	{"", []string{".palette"}},
	{"", []string{".palette", "tongji"}},
	{"登记", []string{".palette", "登记矛盾", "1"}},
	{"口令", []string{".上锁"}},
	{"口令", []string{".上锁", ".recover"}},
}

// joined are those of a laptop that joined a county.
var joined = []struct {
	title string
	lines []string
}{
	{"解纷台", nil},
	{"移交", []string{".handover"}},
	{"应急查阅", []string{".glass"}},
	{"督办", []string{".换页签", "1", ".办理", "督办", "1"}},
	{"案件", []string{".换页签", "1", ".办理", ".all"}},
}

// Ensure that every action of every screen's table is said with its words, and the reason
// where it is off, and is found by its number, its name and its words.
func TestActions(t *testing.T) {
	c := newClock()
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		for i, screen := range slices.Concat(screens, joined) {
			t.Run(fmt.Sprint(lang, i, screen.title), func(t *testing.T) {
				s := open(t, c)
				if i >= len(screens) {
					enrol(t, s)
				}
				register(t, s, "两家的排水沟")
				p := sit(t, config(s, c))
				p.say(screen.lines...)
				if !strings.Contains(p.title, screen.title) {
					t.Fatalf("%q came to\n%s", screen.lines, p.out.String())
				}
				p.Words = i18n.New(lang)
				now := p.desk.Read()
				table := append(append(kit.Table{}, now.Keys...), now.Globals...)
				if len(table) < 4 {
					t.Fatalf("only %d actions", len(table))
				}
				said := strings.Split(p.say("."), "\n")
				for i, b := range table {
					name := p.Words.T(b.Help)
					lead := p.Words.T("plain.row", i+1, name)
					at := -1
					for n, line := range said {
						if strings.HasPrefix(line, lead) {
							at = n
						}
					}
					if at < 0 {
						t.Fatalf("%q is not said in\n%s", lead, strings.Join(said, "\n"))
					}
					if why := b.Why(); why != "" && !strings.Contains(said[at], why) {
						t.Errorf("%q does not say why: %s", said[at], why)
					}
					for _, by := range []string{fmt.Sprint(i + 1), b.ID, name} {
						found := false
						for _, f := range p.find(by) {
							found = found || f.ID == b.ID && f.Help == b.Help
						}
						if !found {
							t.Errorf("%q finds no %q", by, b.ID)
						}
					}
				}
				p.clean()
			})
		}
	}
}

// Ensure that a case can be logged, found and worked on by questions and answers.
func TestCase(t *testing.T) {
	c := newClock()
	s := open(t, c)
	p := sit(t, config(s, c))
	p.expect(p.say(".登记新案件"), "【登记矛盾纠纷】", "事项种类，已经是：矛盾纠纷", "类别，必填")
	p.expect(p.say("nosuchthing"), "没有和 nosuchthing 相符的")
	p.expect(p.say("邻里纠纷"), "标题，必填")
	p.expect(p.say("两家的排水沟"), "当事人", "1. 添加一行")
	p.expect(p.say("1"), "当事人，第 1 行", "身份，已经是：申请人", "姓名，必填")
	p.expect(p.say(".上"), "身份，必填", "1. 申请人，已选")
	p.expect(p.say("被申请"), "姓名，必填")
	p.expect(p.say("..甲"), "电话")
	p.expect(p.say("123"), "? 不像电话号码", "证件种类")
	p.expect(p.say(".填好"), "1. 被申请人，.甲，123", "2. 添加一行")
	p.expect(p.say(""), "简要情况，必填", "一个句号结束")
	p.expect(p.say("第一行", "..第二行", "。"), "所在地区，必填")
	p.expect(p.say(".保存"), "有 1 处需要改：所在地区", "必须填写")
	p.expect(p.say("溪头"), "1. ")
	p.expect(p.say("1"), "第 7 项")
	p.expect(p.say(".上"), "所在地区", "现在是：")
	p.expect(p.say(".保存"), "已登记。", "案号", "2. 打开这个案件")
	p.expect(p.say("2"), "【案件", "两家的排水沟", "被申请人，.甲", "第一行", ".第二行")
	p.expect(p.say(".办理"), "可以做什么")
	p.expect(p.say("首次联系"), "共 1 项")
	p.expect(p.say("1"), "【首次联系")
	p.expect(p.say("已电话联系", "."), "联系方式")
	p.expect(p.say("5"), "3 项")
	p.expect(p.say(".上", ".清空"), "1. 电话")
	p.expect(p.say("dh"), "3 项")
	p.expect(p.say(""), "问完了")
	said := p.say(".保存")
	p.expect(said, "【案件", "首次联系", "注意：首次联系：已保存")
	if strings.Contains(said, "所在地区") {
		t.Errorf("what had been told was told again:\n%s", said)
	}
	p.expect(p.say(".听"), "所在地区", "点号 .")
	p.clean()
	v, err := s.Rows(store.Query{})
	if err != nil || len(v.Rows) != 1 || v.Rows[0].Title != "两家的排水沟" {
		t.Errorf("%+v, %v", v.Rows, err)
	}
}

// Ensure that a list is read ten rows at a time, and any row can be gone to.
func TestList(t *testing.T) {
	c := newClock()
	s := open(t, c)
	for i := range 25 {
		register(t, s, fmt.Sprintf("第%02d件", i+1))
	}
	p := sit(t, config(s, c))
	first := p.out.String()
	p.expect(first, "共 25 项，第 1 到 10 项", "1. ", "10. ")
	if strings.Contains(first, "11. ") {
		t.Error("too many rows")
	}
	p.expect(p.say("p"), "前面没有了")
	p.expect(p.say("n"), "第 11 到 20 项", "11. ", "20. ")
	p.expect(p.say("下"), "第 21 到 25 项", "25. ")
	p.expect(p.say("n"), "后面没有了")
	p.expect(p.say("99"), "没有第 99 项，共 25 项")
	row := regexp.MustCompile(`(?m)^23\. .*(第\d\d件)`).FindStringSubmatch(p.out.String())
	p.expect(p.say("23"), "【案件", row[1])
	p.expect(p.say(".返回"), "【解纷台", "第 23 到 25 项")
	p.expect(p.say("4 .打开"), "【案件")
	p.expect(p.say(".返回"), "第 4 到 13 项")
	p.expect(p.say("上"), "第 1 到 10 项")
	p.clean()
}

// Ensure that a table of figures is read a row at a time, each number behind its heading,
// and that a cell is opened by row and column.
func TestFigures(t *testing.T) {
	c := newClock()
	s := open(t, c)
	register(t, s, "两家的排水沟")
	p := sit(t, config(s, c))
	p.expect(p.say(".figures"), "【统计报表】", "1. 主要指标")
	p.expect(p.say("1"), "1. 受理数：本期 1、", "2. 化解数：")
	p.expect(p.say("1 1"), "受理数 本期 1", "两家的排水沟")
	p.expect(p.say(".返回"), "【统计报表】", "1. 受理数")
	p.expect(p.say(".draw"), "受理数，1") // bars are for eyes
	p.clean()
}

// Ensure that what was typed is kept when the lines end, in the middle of a long text too,
// and that a draft is gone on with.
func TestEnd(t *testing.T) {
	c := newClock()
	s := open(t, c)
	lines := strings.NewReader(".登记新案件\n.上\n.上\n.跳到某项\n标题\n1\n排水沟\n.跳到某项\n简要情况\n1\n写到一半\n还没有完\n")
	var out strings.Builder
	run(t, s, c, lines, &out)
	drafts, err := s.Drafts()
	if err != nil || len(drafts) != 1 || !strings.Contains(fmt.Sprint(drafts[0].Values), "写到一半\n还没有完") {
		t.Errorf("kept %+v, %v\n%s", drafts, err, out.String())
	}
}

func run(t *testing.T, s *store.Store, c *clock, in io.Reader, out io.Writer) {
	t.Helper()
	cfg := config(s, c)
	err := Run(t.Context(), tui.New(cfg), Config{Words: cfg.Words, Out: out, Line: func(bool) (string, error) {
		var line []byte
		for b := make([]byte, 1); ; line = append(line, b[0]) {
			if _, err := in.Read(b); err != nil || b[0] == '\n' {
				return string(line), err
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
}

// Ensure that a line typed for a screen that is not there any more goes nowhere: the desk
// locks while an answer is being typed, says so at once, and does not take the answer for
// a passphrase.
func TestLocked(t *testing.T) {
	c := newClock()
	s := open(t, c)
	cfg := config(s, c)
	cfg.Idle = 300 * time.Millisecond
	var mu sync.Mutex
	var asked []string
	cfg.Opener.Open = func(p string) (*store.Store, error) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, p)
		return nil, errors.New("no")
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	locked := make(chan struct{})
	var out saying
	out.seen = func(all string) {
		if strings.Contains(all, "【请输入口令】") {
			select {
			case <-locked:
			default:
				close(locked)
			}
		}
	}
	n := 0
	var secrets []bool
	err := Run(ctx, tui.New(cfg), Config{Words: cfg.Words, Out: &out, Line: func(secret bool) (string, error) {
		n++
		secrets = append(secrets, secret)
		switch n {
		case 1:
			c.goOn(time.Hour)
			<-locked
			return "不是口令", nil
		case 2:
			return "the word", nil
		}
		return "", io.EOF
	}})
	mu.Lock()
	defer mu.Unlock()
	if err != nil || len(asked) != 1 || asked[0] != "the word" {
		t.Errorf("tried %q: %v\n%s", asked, err, out.String())
	}
	if len(secrets) != 3 || secrets[0] || !secrets[1] {
		t.Errorf("secret lines: %v", secrets)
	}
	if all := out.String(); !strings.Contains(all, "刚才那一行没有用") || strings.Contains(all, "the word") {
		t.Errorf("said\n%s", all)
	}
}

// saying is what was said, with who looks at it.
type saying struct {
	b    strings.Builder
	seen func(string)
}

func (s *saying) String() string { return s.b.String() }

func (s *saying) Write(p []byte) (int, error) {
	n, err := s.b.Write(p)
	s.seen(s.String())
	return n, err
}

// Ensure that what others did is said behind the next line, and nothing where nothing
// changed.
func TestNews(t *testing.T) {
	c := newClock()
	s := open(t, c)
	register(t, s, "两家的排水沟")
	p := sit(t, config(s, c))
	p.expect(p.say(".查找", "psg"), "1. ") // what is found is said, also where it stood there before
	p.expect(p.say(".清除查找"))
	if said := p.say(".nosuchthing"); strings.TrimSpace(said) != "这里没有 nosuchthing。点号 . 列出能做的事。" {
		t.Errorf("said %q", said)
	}
	register(t, s, "新来的一件")
	p.handle(<-p.msgs)
	p.settle(patience)
	p.expect(p.say(".nosuchthing"), "共 2 项", "新来的一件")
	p.clean()
}

// Ensure that a desk that is read holds the same as one that is drawn: reading changes
// nothing of it.
func TestReadsOnly(t *testing.T) {
	c := newClock()
	s := open(t, c)
	for i := range 30 {
		register(t, s, fmt.Sprintf("第%02d件", i+1))
	}
	cfg := config(s, c)
	m := tui.New(cfg)
	d := tuitest.New(t, m, 80, 24)
	d.Press("down", "down", "enter")
	before := strings.Join(d.Screen(), "\n")
	m.Read()
	d.Resize(80, 24)
	if after := strings.Join(d.Screen(), "\n"); after != before {
		t.Errorf("drawn\n%s\nthen\n%s", before, after)
	}
}

// Ensure that who serves several units says for which she acts.
func TestUnits(t *testing.T) {
	c := newClock()
	s := open(t, c)
	enrol(t, s)
	p := sit(t, config(s, c))
	p.expect(p.say(".unit"), "江东新区", "注意：")
	p.clean()
}
