// Package exchange is the screen on how the laptop stands with its county, in plain
// words: what waits and how much it is, what the county has, what is held and why, what
// came in, and where there is trouble, what to do. It shows what the agent last reported
// (store.Link) and never waits for it.
package exchange

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Line is what the screen can ask of the line to the county. What is nil is not offered.
type Line struct {
	// Weigh returns how many bytes the next exchange would send, about, without
	// connecting.
	Weigh func() (int64, error)
	// Stop ends the exchange under way with what is on its way.
	Stop func()
}

// tab is a list of the screen.
type tab int

const (
	tabUnsent tab = iota
	tabOwn
	tabHeld
	tabCame
	tabs
)

// Screen is the screen.
type Screen struct {
	desk words.Desk
	line Line

	link store.Link // as last reported
	last store.Link // the last one that was no exchange under way
	off  time.Duration
	low  bool

	facts   facts
	reading bool
	again   bool // something changed while it was read

	tab  tab
	rows []row
	list kit.List
}

// facts are what the store told when it was asked.
type facts struct {
	read        bool
	out         store.Outgoing
	bytes       int64 // of what waits, packed; 0: not weighed
	unsent, own []store.OwnRecord
	held        []store.HeldRecord
	came        []store.Arrival
	err         error
}

// readMsg are the facts; brief: only those that change during an exchange.
type readMsg struct {
	facts
	brief bool
}

// How many of a kind are listed.
const (
	mostOwn  = 200
	mostHeld = 100
)

// New makes the screen.
func New(d words.Desk, l Line) *Screen {
	s := &Screen{desk: d, line: l}
	s.hear()
	return s
}

// Init reads what the store knows.
func (s *Screen) Init() tea.Cmd { return s.read() }

// Again opens the screen anew.
func (s *Screen) Again() tea.Msg { return words.ExchangeMsg{} }

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// hear takes over what the agent last reported.
func (s *Screen) hear() {
	st := s.desk.Store
	s.link, s.low = st.Link(), st.Low()
	s.off, _ = st.Skew()
	if s.link.State != store.LinkBusy {
		s.last = s.link
	}
}

// moving reports whether an exchange is under way that has something to carry.
func (s *Screen) moving() bool { return words.Moving(s.link) }

// read reads the facts beside the desk; one reading at a time. During an exchange what
// waits is told by the link, and is not weighed.
func (s *Screen) read() tea.Cmd {
	if s.reading {
		s.again = true
		return nil
	}
	s.reading, s.again = true, false
	st, weigh, brief := s.desk.Store, s.line.Weigh, s.moving() && s.facts.read
	return func() tea.Msg {
		m := readMsg{brief: brief}
		m.read = true
		var errs [5]error
		m.unsent, errs[0] = st.OwnRecords(true, mostOwn)
		m.own, errs[1] = st.OwnRecords(false, mostOwn)
		m.came, errs[2] = st.Arrivals(time.Time{})
		if !brief {
			m.out, errs[3] = st.Outgoing()
			m.held, errs[4] = st.HeldRecords(mostHeld)
			if weigh != nil && m.out.Entries > 0 {
				m.bytes, _ = weigh() // a size that is not known is not told
			}
		}
		for _, err := range errs {
			if err != nil && m.err == nil {
				m.err = err
			}
		}
		return m
	}
}

func (s *Screen) took(m readMsg) tea.Cmd {
	s.reading = false
	if m.brief {
		m.out, m.bytes, m.held = s.facts.out, s.facts.bytes, s.facts.held
	}
	s.facts = m.facts
	s.fill()
	if s.again {
		return s.read()
	}
	return nil
}

// Keys are the screen's keys as they work now.
func (s *Screen) Keys() kit.Table {
	return kit.Table{
		{ID: "open", Keys: []string{"enter"}, Help: "key.open", Off: s.noCase},
		{ID: "next", Keys: []string{"tab", "right"}, Help: "key.next_tab"},
		{ID: "prev", Keys: []string{"shift+tab", "left"}, Help: "key.prev_tab", Rare: true},
		{ID: "stop", Keys: []string{"f6"}, Help: "key.stop_sync", Off: s.noStop},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
		{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
		{ID: "ends", Keys: []string{"home", "end"}, Help: "key.ends", Rare: true},
	}
}

func (s *Screen) noCase() string {
	if r, ok := s.row(); !ok || r.id.IsZero() {
		return s.desk.T("exchange.off_open")
	}
	return ""
}

func (s *Screen) noStop() string {
	if s.line.Stop == nil || s.link.State != store.LinkBusy || !s.moving() {
		return s.desk.T("exchange.off_stop")
	}
	return ""
}

// row is the row under the cursor.
func (s *Screen) row() (row, bool) {
	i := s.list.Cursor()
	if i < 0 || i >= len(s.rows) {
		return row{}, false
	}
	return s.rows[i], true
}

// Update takes keys and news.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		return s.took(msg)
	case words.ShownMsg:
		s.hear()
		return s.read()
	case words.ChangedMsg:
		before := s.link
		s.hear()
		if quiet(before, s.link) && len(msg.Cases) == 0 && !msg.All && !msg.Drafts {
			return nil
		}
		return s.read()
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return nil
}

// quiet reports whether between two reports nothing was carried.
func quiet(a, b store.Link) bool {
	return a.Sent+a.Received == b.Sent+b.Received && a.LeftUp == b.LeftUp && (a.Problem == nil) == (b.Problem == nil)
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	if s.list.Update(k) {
		return nil
	}
	id, off := words.Pressed(s.Keys(), k)
	if id == "" {
		return off
	}
	switch id {
	case "open":
		r, _ := s.row()
		return words.Tell(words.OpenMsg{Case: r.id, Entry: r.entry})
	case "next":
		s.turn(1)
	case "prev":
		s.turn(-1)
	case "stop":
		stop := s.line.Stop
		return tea.Batch(words.Tell(words.NoteMsg{Note: s.desk.T("exchange.stopping")}), func() tea.Msg { stop(); return nil })
	case "back":
		return words.Tell(words.BackMsg{})
	}
	return nil
}

// turn goes to another list.
func (s *Screen) turn(by int) {
	s.tab = tab((int(s.tab) + by + int(tabs)) % int(tabs))
	s.list = kit.List{}
	s.fill()
}

// row is a line of a list: what it shows, what is said of it while the cursor is on it,
// and the case behind it.
type row struct {
	cells []string // as wide as columns has it; the last takes what is left
	said  []string
	id    casework.CaseID
	entry casework.EntryID
}
