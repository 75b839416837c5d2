package tui_test

import (
	"crypto/ed25519"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/record"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// urge lets the county write its own entry about a limit of a case, as it does where one
// runs out.
func (c *county) urge(v store.View, grade casework.Grade, limit catalogue.LimitCode, to catalogue.UnitID, at time.Time) {
	c.t.Helper()
	pub, priv, err := ed25519.GenerateKey(rand.NewChaCha8([32]byte{9}))
	if err != nil {
		c.t.Fatal(err)
	}
	id := func(n byte) (u uuid.UUID) {
		copy(u[:], "county's urgings")
		u[15] = n
		return u
	}
	first := casework.Entry{Name: casework.Name{Log: casework.LogID{UUID: id(1)}, Seq: 1}, UID: casework.EntryID{UUID: id(2)},
		Actor: "county", Wall: at, Schema: casework.Schema, Events: []casework.Event{&casework.LogOpened{Reason: casework.LogCreated, Key: pub}}}
	raw := must[[]byte](c.t)(record.Seal(&first, casework.Hash{}, make([]byte, 16), priv))
	c.admit(store.Item{Name: first.Name, Raw: raw})
	start := casework.EntryID{}
	for _, k := range v.Case.Clocks {
		if k.Limit == limit {
			start = k.By
		}
	}
	second := first
	second.Seq, second.UID, second.Case, second.Parents = 2, casework.EntryID{UUID: id(3)}, v.Case.ID, v.Case.Heads
	second.Events = []casework.Event{&casework.Urged{Grade: grade, Limit: limit, Start: start, To: to, Due: "2021-07-09"}}
	raw = must[[]byte](c.t)(record.Seal(&second, must[*record.Record](c.t)(record.Open(raw)).Hash, make([]byte, 16), priv))
	c.admit(store.Item{Name: second.Name, Raw: raw})
}

// town is a town with its people, some weeks on: a case that a department lets lie, one
// that is being mediated today, one that is new.
type town struct {
	clk    *clock
	county *county
	desks  map[catalogue.UserID]*store.Store
	late   casework.CaseID
}

func newTown(t testing.TB) *town {
	t.Helper()
	w := &town{clk: newClock(), county: newCounty(t), desks: map[catalogue.UserID]*store.Store{}}
	for user, unit := range map[catalogue.UserID]catalogue.UnitID{"grid1": "441621102901", "mediator1": "441621102", "center1": "441621102",
		"county1": "441621", "bureau1": "441621-zjj", "sfs1": "441621102-sfs", "court1": "441621102-ft", "procurator1": "441621-jcy", "leader1": "441621"} {
		w.desks[user] = w.county.laptop(w.clk, user, unit)
	}
	write := func(user catalogue.UserID, id casework.CaseID, events ...casework.Event) store.Saved {
		t.Helper()
		saved := must[store.Saved](t)(w.desks[user].Append(store.Work{Case: id, Events: events}))
		w.county.exchange(w.desks[user])
		return saved
	}
	share := func(users ...catalogue.UserID) {
		for _, u := range users {
			w.county.exchange(w.desks[u])
		}
	}
	w.late = write("grid1", casework.CaseID{}, dispute("围墙占了邻居的巷道")).Case
	share("mediator1")
	write("mediator1", w.late, &casework.Accepted{})
	write("mediator1", w.late, &casework.Assigned{Lead: "441621-zjj"})
	w.clk.now = w.clk.now.AddDate(0, 0, 12)
	share("mediator1", "county1")
	w.county.urge(viewOf(t, w.desks["mediator1"], w.late), casework.GradeRed, casework.LimitSignFor, "441621-zjj", w.clk.now)
	share("county1")
	write("county1", w.late, &casework.Supervised{To: "441621-zjj", Grade: casework.GradeYellow, Reason: "超期未签收，请说明原因并签收。", Due: "2021-07-23"})
	talk := write("grid1", casework.CaseID{}, dispute("李家与王家因排水沟争吵")).Case
	share("mediator1")
	write("mediator1", talk, &casework.Accepted{})
	write("mediator1", talk, &casework.Mediated{Method: "03", Result: "约好下午再谈"})
	write("mediator1", talk, &casework.Appointed{When: "2021-07-20 15:00", Place: "村委会二楼", Purpose: "调解"})
	write("mediator1", talk, &casework.CalledOut{Unit: "441621102-sfs", Note: "请派人到村委会"})
	w.clk.now = w.clk.now.Add(30 * time.Minute)
	share("sfs1")
	write("grid1", casework.CaseID{}, dispute("征地补偿款分配"))
	for _, s := range w.desks {
		w.county.exchange(s)
	}
	return w
}

// sit puts somebody at her desk, which begins with the board.
func (w *town) sit(t testing.TB, user catalogue.UserID, width, height int) *tuitest.Driver {
	t.Helper()
	cfg := config(w.desks[user], w.clk)
	cfg.First = ""
	return tuitest.New(t, tui.New(cfg), width, height)
}

// Ensure that the board of each role starts with what to do now, and that what stands on
// it leads to the case by Enter alone.
func TestDesk_Board(t *testing.T) {
	w := newTown(t)
	for _, tt := range []struct {
		user  catalogue.UserID
		shows []string
		not   string
		line  string // the line that leads to
		title string // this case; empty: to a list of several
	}{
		{"grid1", []string{"没有要您办的事", "我登记的有进展", "同步"}, "预警", "我登记的有进展", ""},
		{"mediator1", []string{"15:00 调解", "期限内待办", "还没有响应"}, "预警", "联动龙窝镇司法所", "李家与王家因排水沟争吵"},
		{"center1", []string{"待受理、待分流", "15:00 调解", "期限将到"}, "需要关注", "待受理、待分流", "征地补偿款分配"},
		{"county1", []string{"没有要您办的事", "需要关注", "期限将到"}, "待签收", "督办未回复", "围墙占了邻居的巷道"},
		{"bureau1", []string{"督 督办待回复", "红 已超期", "待签收"}, "预警", "督办待回复", "围墙占了邻居的巷道"},
		{"sfs1", []string{"联 联动待响应", "1 件"}, "预警", "联动待响应", "李家与王家因排水沟争吵"},
		{"court1", []string{"没有要您办的事"}, "等别人办", "新来的", ""},
		{"procurator1", []string{"没有要您办的事"}, "预警", "新来的", ""},
		{"leader1", []string{"需要关注", "督办未回复", "期限将到"}, "现在要做", "红灯，已超期", "围墙占了邻居的巷道"},
	} {
		for _, size := range sizes {
			d := w.sit(t, tt.user, size[0], size[1])
			for _, want := range tt.shows {
				d.Expect(want)
			}
			d.Refuse(tt.not)
			d.Golden(sized("board_"+string(tt.user), size))
			if odd := d.Ambiguous(); len(odd) > 0 {
				t.Errorf("%s: signs of ambiguous width: %q", tt.user, odd)
			}
			goTo(d, tt.line)
			d.Press("enter")
			if tt.title != "" {
				d.Expect("案件 ")
				d.Expect(tt.title)
			} else {
				d.Expect(tt.line + "    Esc 回首页")
			}
			d.Press("esc")
			d.Expect("[首页]")
			if on := cursorLine(d); !strings.Contains(on, tt.line) {
				t.Errorf("%s: back on %q, not on %s", tt.user, on, tt.line)
			}
		}
	}
}

// cursorLine is the line that the cursor is on.
func cursorLine(d *tuitest.Driver) string {
	_, y, _ := d.Cursor()
	return d.Screen()[y]
}

// goTo moves down to the line that says something.
func goTo(d *tuitest.Driver, said string) {
	for range 30 {
		if strings.Contains(cursorLine(d), said) {
			return
		}
		d.Press("down")
	}
	d.Expect("a line that says " + said)
}

// Ensure that the desk begins with the board and the keys of the list work on it, that it
// follows what happens, and that what others did is marked until the case is opened.
func TestDesk_BoardFollows(t *testing.T) {
	w := newTown(t)
	d := w.sit(t, "grid1", 80, 24)
	d.Press("tab")
	d.Expect("[待办 0]")
	d.Press("shift+tab", "f3")
	d.Type("wq")
	d.Expect("[全部 3]")
	d.Expect("新 围墙占了邻居的巷道")
	d.Press("esc")
	d.Expect("[首页]")
	d.Press("f2")
	d.Type("fcmm")
	d.Press("enter")
	d.Type("写到一半的案件")
	d.Press("enter", "esc")
	d.Await("没写完")
	goTo(d, "没写完")
	d.Press("enter")
	d.Expect("写到一半的案件")
	d.Press("esc")
	goTo(d, "我登记的有进展")
	d.Press("enter")
	d.Expect("新 围墙占了邻居的巷道")
	d.Expect("新 李家与王家因排水沟")
	d.Press("enter")
	d.Expect("负责：龙窝镇综治中心")
	d.Press("esc")
	d.Await("达 1-WDC1     围墙占了邻居的巷道")
	d.Expect("新 李家与王家因排水沟")
	d.Press("esc")
	d.Expect("> 昨天以来")

	// The unit that was called answers; the caller's board says who did.
	m := w.sit(t, "mediator1", 80, 24)
	m.Expect("09:00 发出，还没有响应")
	a := w.sit(t, "sfs1", 80, 24)
	goTo(a, "联动待响应")
	a.Press("enter")
	a.Expect("-- 联动待响应 --")
	a.Expect("龙窝镇综治中心 09:00 联动龙窝镇司法所：请派人到村委会")
	a.Press("f2")
	a.Expect("*   响应联动") // what was asked comes first
	a.Press("enter")
	a.Expect("龙窝镇综治中心 09:00 联动龙窝镇司法所：请派人到村委会")
	a.Type("马上到")
	a.Press("f2")
	w.county.exchange(w.desks["sfs1"])
	w.county.exchange(w.desks["mediator1"])
	m.Await("蒋示所 09:30 响应：马上到")
	a.Press("esc")
	a.Await("没有要您办的事")
}

// Ensure that an order goes to units that may be ordered and to no others, stands first
// where it is to be answered, and that the case and the list of supervised ones tell of it.
func TestDesk_Orders(t *testing.T) {
	w := newTown(t)
	d := w.sit(t, "bureau1", 80, 24)
	d.Press("shift+tab")
	d.Expect("[督办 1]")
	d.Expect("红灯督办") // the county's own urging
	d.Golden("supervised_80x24")
	d.Press("enter", "end")
	d.Press("home")
	d.Press("f2")
	d.Expect("下一步    *   回复督办")
	d.Golden("menu_order")
	d.Press("enter")
	d.Expect("黄牌督办：超期未签收，请说明原因")
	d.Expect("要求 2021-07-23 前回复")
	d.Golden("reply_order")
	d.Type("已派人到现场，今天签收。")
	d.Press("f2")
	d.Expect("回复督办：已保存")
	for range 40 {
		if d.Shows("县里 7月20日红灯督办") && d.Shows("回复：已派人到现场") {
			break
		}
		d.Press("down")
	}
	d.Expect("县里 7月20日红灯督办：签收超期，通知 紫金县住房和城乡建设局")
	d.Golden("case_orders")
	w.county.exchange(w.desks["bureau1"])
	w.county.exchange(w.desks["county1"])

	o := w.sit(t, "county1", 80, 24)
	o.Refuse("督办未回复")
	goTo(o, "红灯，已超期")
	o.Press("enter", "f2")
	o.Type("下达督办")
	o.Press("enter")
	o.Expect("[紫金县平安办 / 紫金县住房和城乡建设局 ") // it has the case in hand
	o.Expect("[2021-07-21")
	o.Golden("order_80x24")
	o.Press("f4")
	o.Type("被督办单位")
	o.Press("enter")
	o.Type("zjxpab") // her own, which may not be ordered
	o.Refuse("> 紫金县平安办")
	o.Press("backspace", "backspace", "backspace")
	o.Type("zf")
	o.Expect("> 紫金县住房和城乡建设局")
}

// Ensure that the form of an order proposes the next work day, and nobody where the unit
// that has the case in hand is not below the person's.
func TestDesk_OrderProposed(t *testing.T) {
	w := newTown(t)
	w.clk.now = time.Date(2021, 7, 23, 2, 0, 0, 0, time.UTC) // a Friday
	d := w.sit(t, "center1", 80, 24)
	goTo(d, "待受理、待分流")
	d.Press("enter", "f2")
	d.Type("下达督办")
	d.Press("enter")
	d.Expect(">*被督办单位 [键入") // her own unit has it
	d.Expect("[2021-07-26")
}

// Ensure that the board can be read in English and on the smallest screen.
func TestDesk_BoardEnglishAndSmall(t *testing.T) {
	w := newTown(t)
	cfg := config(w.desks["bureau1"], w.clk)
	cfg.First, cfg.Words = "", i18n.New(i18n.EN)
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Expect("Orders to reply to")
	d.Golden("board_english_80x24")
	d.Resize(60, 16)
	d.Expect("Orders to reply to")
	s := w.sit(t, "center1", 60, 16)
	s.Golden("board_60x16")
	s.Press("end")
	s.Expect("上次同步 09:30")
}

// Ensure that the list of supervised cases names the day of a limit of hours, too.
func TestDesk_SupervisedByTheHour(t *testing.T) {
	w := &town{clk: newClock(), county: newCounty(t), desks: map[catalogue.UserID]*store.Store{}}
	s := w.county.laptop(w.clk, "mediator1", "441621102")
	w.desks["mediator1"] = s
	id := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{dispute("围墙占了邻居的巷道")}})).Case
	w.county.exchange(s)
	v := viewOf(t, s, id)
	w.county.urge(v, casework.GradeRed, casework.LimitTriage, "441621102", w.clk.now.AddDate(0, 0, 2))
	w.county.exchange(s)
	d := w.sit(t, "mediator1", 80, 24)
	d.Press("shift+tab")
	d.Expect("[督办 1]")
	d.Expect(" " + w.clk.now.AddDate(0, 0, 1).Format(time.DateOnly))
}

// Ensure that a name typed halfway reaches for the units nearest to the person's own, not
// for those of another county that stand before them in the catalogue.
func TestDesk_UnitsNearFirst(t *testing.T) {
	w := newTown(t)
	for user, name := range map[catalogue.UserID][2]string{"mediator1": {"xt", "示例溪头村村委会"}, "center1": {"lwz", "龙窝镇综治中心"}} {
		d := w.sit(t, user, 80, 24)
		d.Press("f3")
		d.Type("zdbc")
		d.Expect("共 1 件")
		d.Press("enter", "f2")
		d.Type("fcld")
		d.Press("enter")
		d.Expect("呼叫哪个单位")
		d.Type(name[0])
		d.Expect("> " + name[1])
	}
}

// Ensure that of the places that what is typed may mean those of the own county come first,
// however well one of another county matches, but for its whole name.
func TestDesk_PlacesNearFirst(t *testing.T) {
	w := newTown(t)
	for user, place := range map[catalogue.UserID]string{"grid1": "示例溪头村", "county1": "示例溪头村"} {
		d := w.sit(t, user, 80, 24)
		d.Press("f2", "f4")
		d.Type("szdq")
		d.Press("enter")
		d.Type("xt")
		d.Expect("> " + place)
		d.Press("ctrl+u")
		d.Type("新田镇")
		d.Expect("> 新田镇")
	}
}

// Ensure that what is no date is called that, and not one that is still to come.
func TestDesk_NoDateNoDoubt(t *testing.T) {
	w := newTown(t)
	d := w.sit(t, "grid1", 80, 24)
	d.Press("f2", "f4")
	d.Type("fsrq")
	d.Press("enter")
	d.Type("那一晚")
	d.Press("tab")
	d.Expect("不是日期")
	if d.Shows("比今天晚") {
		t.Errorf("what is no date is doubted as one:\n%s", d.Screen())
	}
}
