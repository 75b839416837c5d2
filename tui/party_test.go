package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// settled is a laptop with a case whose parties can have their say.
func settled(t *testing.T) (*laptop, *store.Store, store.Saved) {
	l := newLaptop(t)
	s, _, err := store.Create(l.dir, passphrase, options(l.clk, "陈示一"))
	if err != nil {
		t.Fatal(err)
	}
	l.open = s
	saved := register(t, s, "排水沟纠纷")
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"}}}))
	return l, s, saved
}

// facts are what a party that looks at the screen must not see.
var facts = []string{"排水沟", "张伟华", "李四", "13800138000", "各让一尺", "紫金", "F10", "F1 ", "Esc 返回", "同步", "陈示一"}

func covers(t *testing.T, d *tuitest.Driver) {
	t.Helper()
	screen := strings.Join(d.Screen(), "\n")
	for _, fact := range facts {
		if strings.Contains(screen, fact) {
			t.Errorf("the party sees %q:\n%s", fact, screen)
		}
	}
}

// Ensure that a party has its say on a screen that shows it nothing but its question, that
// no key of the desk works there, that full-width digits count, and that only the lock
// leads back.
func TestDesk_PartySays(t *testing.T) {
	for _, size := range sizes {
		l, s, saved := settled(t)
		cfg := l.config(false)
		cfg.Store = s
		d := tuitest.New(t, tui.New(cfg), size[0], size[1])
		d.Press("tab", "enter")
		do(d, "当事人评价")
		d.Expect("由哪位当事人评价")
		d.Expect("张伟华")
		d.Golden(sized("party_choose", size))
		d.Press("down", "enter")
		d.Golden(sized("party_question", size))
		covers(t, d)
		for _, key := range []string{"f1", "f2", "f3", "f5", "f10", "f12", "ctrl+p", "ctrl+q", "ctrl+c", "ctrl+l", "?"} {
			d.Press(key)
			d.Expect("您对处理结果满意吗")
			covers(t, d)
			if d.Quit() {
				t.Fatalf("%s quits the desk", key)
			}
		}
		d.Press("enter") // nothing is marked yet, and nothing is taken
		d.Expect("第 1 题")
		d.Press("down", "enter")
		d.Expect("您对办理的快慢满意吗")
		covers(t, d)
		d.Type("２") // full-width
		d.Expect("您对负责办理的人满意吗")
		d.Press("left")
		d.Expect("您对办理的快慢满意吗")
		d.Press("enter") // the cursor stands on what was answered
		d.Press("down", "down", "down", "enter")
		d.Expect("您的评价是这样吗")
		d.Golden(sized("party_check", size))
		covers(t, d)
		if n := len(viewOf(t, s, saved.Case).Case.Ratings); n != 0 {
			t.Fatalf("%d ratings are saved before the party says so", n)
		}
		d.Press("enter")
		d.Expect("谢谢您，评价已经保存")
		d.Golden(sized("party_thanks", size))
		covers(t, d)
		c := viewOf(t, s, saved.Case).Case
		want := casework.Rating{By: c.Ratings[0].By, Satisfaction: "satisfied", Efficiency: "basic", Leader: "unsatisfied", Way: casework.WayFace, Party: c.Parties[1].Element}
		if len(c.Ratings) != 1 || c.Ratings[0] != want {
			t.Errorf("ratings %+v, want %+v", c.Ratings, want)
		}
		for _, key := range []string{"esc", "f10", "f1", "1", "left"} {
			d.Press(key)
			d.Expect("请把电脑交还工作人员")
			covers(t, d)
		}
		d.Press("enter")
		d.Expect("请输入口令")
		d.Refuse("排水沟")
		d.Type(passphrase)
		d.Press("enter")
		d.Press("4")
		d.Expect("协议内容") // the very case
		d.Press("end")
		d.Expect("当事人评价")
	}
}

// Ensure that leaving saves nothing, that no party has its say twice, and that the refusal
// comes before the question.
func TestDesk_PartyStops(t *testing.T) {
	l, s, saved := settled(t)
	cfg := l.config(false)
	cfg.Store = s
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Press("tab", "enter")
	do(d, "当事人评价")
	d.Press("enter", "1", "3", "esc")
	d.Expect("不评价了吗")
	covers(t, d)
	d.Press("esc")
	d.Expect("您对负责办理的人满意吗")
	d.Press("esc", "2")
	d.Expect("没有保存任何评价")
	covers(t, d)
	if n := len(viewOf(t, s, saved.Case).Case.Ratings); n != 0 {
		t.Fatalf("%d ratings are saved", n)
	}
	d.Press("enter")
	d.Type(passphrase)
	d.Press("enter")
	for range 2 {
		do(d, "当事人评价")
		d.Press("enter")
		d.Press("1", "1", "1", "enter")
		d.Expect("谢谢您")
		l.clk.now = l.clk.now.Add(time.Minute) // ids of a test's store are of the time
		d.Press("enter")
		d.Type(passphrase)
		d.Press("enter")
	}
	s = l.open
	parties := map[casework.ElementID]bool{}
	for _, r := range viewOf(t, s, saved.Case).Case.Ratings {
		parties[r.Party] = true
	}
	if len(parties) != 2 {
		t.Fatalf("%d parties had their say", len(parties))
	}
	do(d, "当事人评价")
	d.Expect("本轮已当面评价")
	d.Press("enter")
	d.Expect("这位当事人已经评价过")
	d.Refuse("您对处理结果满意吗")
}

// Ensure that where the desk cannot be locked (the demo), the worker comes back to the case,
// which says whose say it was and in which way.
func TestDesk_PartyNoLock(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"}}}))
	d := sit(t, s, clk, 120, 40)
	d.Press("tab", "enter")
	do(d, "当事人评价")
	d.Press("enter")
	d.Press("1", "1", "2", "enter")
	d.Expect("工作人员：按回车回到工作台")
	d.Press("enter")
	d.Expect("张伟华：满意度 满意")
	d.Expect("当面评价")
	clk.now = clk.now.Add(time.Hour)
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Reopened{Reason: "又起争执"}}}))
	d.Await("（重新办理前）")
}

// Ensure that a slip shows its code once, after it is saved, that it can be saved to a
// file, and that another slip is asked about first.
func TestDesk_Papers(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "grid1", "441621102901")
	saved := register(t, s, "排水沟纠纷")
	var files [][]byte
	cfg := config(s, clk)
	cfg.Opener.SavePaper = func(name string, b []byte) (string, error) {
		files = append(files, b)
		return "/home/x/" + name, nil
	}
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Press("tab", "enter", "f3")
	d.Expect("开回执")
	d.Golden("papers_80x24")
	d.Press("1")
	d.Expect("回执码：")
	d.Refuse("张伟华")
	d.Golden("papers_slip_80x24")
	hash := viewOf(t, s, saved.Case).Case.Receipt
	code := codeOn(t, d)
	if got, ok := casework.ReceiptHash(code); !ok || got != hash {
		t.Errorf("the slip shows %q, whose hash is %s; saved is %s", code, got, hash)
	}
	d.Press("esc")
	d.Expect("回执码还没有存成文件")
	d.Press("enter")
	d.Expect("回执码：")
	d.Press("f2")
	d.Expect("已存到 /home/x/回执-")
	if len(files) != 1 || !strings.Contains(string(files[0]), code) || !strings.HasPrefix(string(files[0]), "\ufeff") {
		t.Errorf("the file holds %q", files)
	}
	d.Press("esc", "1")
	d.Expect("当事人手里的那一张就作废")
	d.Press("enter")
	if got := viewOf(t, s, saved.Case).Case.Receipt; got != hash {
		t.Error("another slip was made unasked")
	}
	d.Press("1", "2")
	if other := codeOn(t, d); other == code {
		t.Error("the same code again")
	}
	d.Press("esc", "2")
	d.Press("2")
	d.Expect("人民调解法第二十三条")
	d.Refuse("张伟华")
	d.Golden("papers_rights_80x24")
	d.Press("esc", "esc")
	d.Expect("当事人（2）")
	d.Press("end")
	d.Expect("开具回执")
}

// codeOn reads the code from a slip on the screen.
func codeOn(t *testing.T, d *tuitest.Driver) string {
	t.Helper()
	i := slices.IndexFunc(d.Screen(), func(line string) bool { return strings.Contains(line, "回执码：") && strings.Contains(line, " - ") })
	if i < 0 {
		t.Fatalf("no code:\n%s", strings.Join(d.Screen(), "\n"))
	}
	_, code, _ := strings.Cut(d.Screen()[i], "：")
	return strings.TrimSpace(code)
}

// Ensure that a laptop without a county, where nobody could look a code up, says so.
func TestDesk_PapersAlone(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("enter", "f3", "1")
	d.Expect("没有加入县里")
	d.Press("2")
	d.Expect("权利")
	d.Press("f2")
	d.Expect("这里不能存文件")
}
