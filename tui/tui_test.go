package tui_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/confirm"
	"casedesk/tui/detail"
	"casedesk/tui/drafts"
	"casedesk/tui/enrol"
	"casedesk/tui/exchange"
	"casedesk/tui/figures"
	"casedesk/tui/help"
	"casedesk/tui/intake"
	"casedesk/tui/kit"
	"casedesk/tui/list"
	"casedesk/tui/many"
	"casedesk/tui/palette"
	"casedesk/tui/recovery"
	"casedesk/tui/revoked"
	"casedesk/tui/setup"
	"casedesk/tui/take"
	"casedesk/tui/tour"
	"casedesk/tui/tuitest"
	"casedesk/tui/unlock"
	"casedesk/tui/welcome"
	"casedesk/tui/words"
)

// keyed is what the tables are asked of.
type keyed interface{ Keys() kit.Table }

// Ensure that no table binds a key twice, none that does not arrive, and no
// action that an input method keeps from its key, together with those that work
// everywhere.
func TestDesk_Keys(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	saved := register(t, s, "排水沟纠纷")
	d := words.Desk{Words: chinese, Now: clk.Now, Store: s}
	shown := detail.New(d, saved.Case)
	shown.Update(shown.Init()())
	handed := func() words.Handed { return words.Handed{There: true, Begun: true} }
	taking, locked := take.New(d, take.Steps{Look: handed}), unlock.New(d, unlock.Doors{Handed: handed})
	taking.Update(taking.Init()())
	locked.Update(locked.Init()())
	everywhere := tui.Globals(tui.New(config(s, clk)))
	for name, screen := range map[string]keyed{
		"figures":  figures.New(d, figures.NewKept(s), nil, "overview"),
		"cases":    list.NewOf(d, "", nil),
		"many":     many.New(d, nil),
		"list":     list.New(d, store.TabTodo, true, nil),
		"detail":   shown,
		"intake":   intake.New(d, store.DraftID{}, ""),
		"unlock":   locked,
		"take":     taking,
		"setup":    setup.New(d, nil, true),
		"enrol":    enrol.New(d, enrol.County{}, ""),
		"recovery": recovery.New(d),
		"revoked":  revoked.New(d, 0),
		"palette":  palette.New(d, nil, nil, nil, nil),
		"tour":     tour.New(d),
		"welcome":  welcome.New(d, nil),
		"exchange": exchange.New(d, exchange.Line{}),
		"help":     help.New(d, nil),
		"confirm":  confirm.New(d, words.AskMsg{}),
		"drafts":   drafts.New(d),
	} {
		table := append(screen.Keys(), everywhere...)
		for _, problem := range table.Problems() {
			t.Errorf("%s: %s", name, problem)
		}
		for _, b := range table {
			if !chinese.Has(b.Help) {
				t.Errorf("%s: no words for %s", name, b.Help)
			}
			if k, ok := kit.KeyOf(b.Key()); !ok || kit.KeyName(k) != b.Key() {
				t.Errorf("%s: %s cannot be pressed by name", name, b.Key())
			}
		}
	}
}

// Ensure that help is made from the tables, on every screen, with the reason
// where a key is off.
func TestDesk_Help(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		s := alone(t, clk)
		d := sit(t, s, clk, size[0], size[1])
		d.Press("?")
		d.Expect("F2 / n")
		d.Expect("没有加入县里")
		d.Golden(sized("help", size))
		d.Press("f1", "esc")
		d.Expect("[待办")
		d.Press("f2", "f1")
		d.Expect("F4 / Ctrl+G")
		d.Press("esc")
		d.Expect("登记矛盾纠纷")
		// While something is typed a question mark is one, the full-width one too.
		d.Press("tab")
		d.Type("？?")
		d.Expect("[？?")
	}
}

// Ensure that the line of the county says how it stands and that F5 asks for an
// exchange, and that nothing of it ticks.
func TestDesk_Link(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "grid1", "441621102901")
	register(t, s, "排水沟纠纷")
	asked := 0
	cfg := config(s, clk)
	cfg.Opener.SyncNow = func() { asked++ }
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Expect("未联网  存 2 条待送")
	d.Press("f5")
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	s.SetLink(store.Link{State: store.LinkBusy, Sent: 1, Received: 2, LeftUp: 3, LeftDown: 4})
	d.Await("正在同步")
	d.Refuse("待送")
	c.exchange(s)
	d.Await("已同步 09:00")
	d.Refuse("待送")
	if d.Waiting() != 0 {
		t.Errorf("%d waits at rest", d.Waiting())
	}
}

// Ensure that a desk can stand inside another model beside others: answers find
// their desk, and the screen is as high as the room it is given.
func TestRoute(t *testing.T) {
	clk := newClock()
	a, b := alone(t, clk), alone(t, clk)
	register(t, a, "甲案")
	register(t, b, "乙案")
	d := tuitest.New(t, &pair{desks: [2]tea.Model{tui.New(config(a, clk)), tui.New(config(b, clk))}}, 80, 25)
	d.Expect("甲案")
	d.Refuse("乙案")
	d.Press("f12")
	d.Expect("乙案")
	d.Press("enter")
	d.Expect("案件 L-2021")
	if _, y, _ := d.Cursor(); y != 3 { // below the other model's line, the title and the names of the parts
		t.Errorf("the cursor is in line %d", y)
	}
	register(t, a, "丙案")
	d.Press("f12")
	d.Await("丙案")
	d.Press("f10")
	if !d.Quit() {
		t.Error("quitting does not come through")
	}
}

// pair shows one of two desks below a line of its own.
type pair struct {
	desks [2]tea.Model
	at    int
}

type from struct {
	desk int
	msg  tea.Msg
}

func (p *pair) tell(i int, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	p.desks[i], cmd = p.desks[i].Update(msg)
	return p.route(i, cmd)
}

func (p *pair) route(i int, cmd tea.Cmd) tea.Cmd {
	return tui.Route(cmd, func(msg tea.Msg) tea.Msg { return from{i, msg} })
}

func (p *pair) Init() tea.Cmd {
	return tea.Batch(p.route(0, p.desks[0].Init()), p.route(1, p.desks[1].Init()))
}

func (p *pair) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		msg.Height--
		return p, tea.Batch(p.tell(0, msg), p.tell(1, msg))
	case from:
		return p, p.tell(msg.desk, msg.msg)
	case tea.KeyPressMsg:
		if kit.KeyName(msg) == "f12" {
			p.at = 1 - p.at
			return p, nil
		}
	}
	return p, p.tell(p.at, msg)
}

func (p *pair) View() tea.View {
	v := p.desks[p.at].View()
	v.Content = fmt.Sprintf("desk %d\n", p.at) + v.Content
	if v.Cursor != nil {
		v.Cursor.Y++
	}
	return v
}

// Ensure that a desk within another model tells of that model's keys and of its
// lines.
func TestDesk_Around(t *testing.T) {
	clk := newClock()
	cfg := config(alone(t, clk), clk)
	cfg.Around = tui.Around{Lines: 1, Keys: kit.Table{{ID: "seat", Keys: []string{"ctrl+t"}, Help: "key.demo_seat"}}}
	d := tuitest.New(t, tui.New(cfg), 80, 23)
	d.Press("f1")
	d.Expect("按键")
	d.Press("end")
	d.Expect("Ctrl+T")
	d.Resize(80, 15)
	d.Expect("至少要 60x17，现在是 80x16")
}

// Ensure that a key that has nothing to show at once is answered all the same.
func TestDesk_Answers(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	cfg := config(c.laptop(clk, "grid1", "441621102901"), clk)
	cfg.Opener.SyncNow = func() {}
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Press("f5")
	d.Expect("已开始联系县里")
	d.Press("ctrl+c")
	d.Expect("退出请按 F10")
	d.Press("f2", "ctrl+c")
	d.Expect("退出请按 F10")
}

// Ensure that the desk can be read in English, and that every screen is safe at
// every size.
func TestDesk_EnglishAndSizes(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	cfg := config(s, clk)
	cfg.Words = i18n.New(i18n.EN)
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Golden("english_80x24")
	for _, keys := range [][]string{{}, {"enter"}, {"f2"}, {"enter"}, {"f1"}} {
		d.Press(keys...)
		for _, size := range [][2]int{{0, 0}, {1, 1}, {40, 10}, {60, 16}, {109, 30}, {110, 30}, {200, 60}, {80, 24}} {
			d.Resize(size[0], size[1])
			for i, line := range d.Screen() {
				if kit.Width(line) > size[0] {
					t.Fatalf("%v: line %d is %d cells wide", size, i, kit.Width(line))
				}
			}
			if x, y, visible := d.Cursor(); visible && (x >= size[0] || y >= size[1]) {
				t.Errorf("%v: cursor at %d,%d", size, x, y)
			}
		}
	}
}

// Ensure that text from anybody cannot reach the terminal as anything but text.
func TestDesk_HostileText(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	bad := "\x1b[2J\x1b]0;owned\a\u202eabc\x07\r\n第二行"
	reg := dispute(bad)
	reg.Parties[0].Name = bad
	reg.Fields["facts"] = bad
	saved := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{reg}}))
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note(bad)}))
	d := sit(t, s, clk, 120, 40)
	for _, keys := range [][]string{{}, {"enter"}, {"end"}, {"f2", "enter"}} {
		d.Press(keys...)
		content := d.Model().View().Content
		for _, not := range []string{"\x1b[2J", "\x1b]", "\a", "\u202e", "\r"} {
			if strings.Contains(content, not) {
				t.Errorf("after %v the screen has %q", keys, not)
			}
		}
	}
}

// Ensure that a desk at rest writes nothing to the terminal, the timer of the
// idle lock running.
func TestDesk_Idle(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	s := c.laptop(clk, "grid1", "441621102901")
	register(t, s, "排水沟纠纷")
	cfg := config(s, clk)
	cfg.Idle, cfg.Opener.Open = 50*time.Millisecond, func(string) (*store.Store, error) { return s, nil }
	var m tuitest.Meter
	p := tea.NewProgram(tui.New(cfg), tea.WithInput(new(bytes.Buffer)), tea.WithOutput(&m), tea.WithoutSignals(),
		tea.WithWindowSize(80, 24), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.ANSI))
	done := make(chan error, 1)
	go func() {
		_, err := p.Run()
		done <- err
	}()
	p.Send(tuitest.Key("down"))
	settled := m.Settle(200 * time.Millisecond)
	time.Sleep(600 * time.Millisecond)
	if now := m.Count(); now != settled || settled == 0 {
		t.Errorf("wrote %d bytes at rest after %d", now-settled, settled)
	}
	p.Quit()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
