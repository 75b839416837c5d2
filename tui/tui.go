package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/tui/figures"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Model is the desk. New makes it.
type Model struct {
	cfg    Config
	w, h   int
	stack  []place
	serial int // of the last screen
	burst  kit.Burst
	drawn  tea.View
	stale  bool // something happened since it was drawn
	note   string

	store   *store.Store // nil while the desk is locked
	kept    *figures.Kept
	watch   *store.Watch
	again   []tea.Msg // what opens the screens anew that the lock took away
	session int       // counts the stores that were opened
	who     string    // the profile that was opened last
	link    store.Link
	last    store.Link // the last one that was no exchange under way
	unsent  int
	off     time.Duration // by how much the laptop's clock is ahead of the county's
	corner  string        // how the desk stands with the county, as it is drawn
	keyed   bool          // a key was pressed since that was made

	revoked bool            // the county revoked this laptop: nothing is left to work on
	ending  ending          // what is to happen once everything is kept
	used    []string        // what was chosen in the palette, the last first
	visit   words.Elsewhere // the desk to look at once this one has ended
	touched time.Time
	idling  bool // the one timer of the idle lock is running
	away    bool // the desk quits or is suspended: nothing is drawn any more
}

// place is a screen in the stack. Its serial number is the address of what its
// commands answer.
type place struct {
	serial int
	screen
}

// New makes a desk: the list where a store is open already, else the set-up, the
// lock, or what is left of a revoked laptop.
func New(cfg Config) *Model {
	cfg.Opener = cfg.Opener.inTurn()
	kit.Use(cfg.Display, cfg.Plain)
	m := &Model{cfg: cfg, touched: cfg.Now(), note: cfg.Note, stale: true}
	switch {
	case cfg.Store != nil:
	case cfg.Revoked:
		m.revoked = true
		m.stack = []place{{0, m.gone(0)}}
	case cfg.New:
		m.stack = []place{{0, m.welcome()}}
	default:
		m.stack = []place{{0, m.unlock()}}
	}
	return m
}

// desk is what screens are given.
func (m *Model) desk() words.Desk {
	return words.Desk{Words: m.cfg.Words, Now: m.cfg.Now, Store: m.store}
}

func (m *Model) seat() kit.Seat {
	seat := m.desk().Seat()
	seat.Outside = m.cfg.Around.Lines
	return seat
}

// Init begins with the store that is open, where there is one, else with the
// first screen.
func (m *Model) Init() tea.Cmd {
	if m.cfg.Store != nil {
		return m.opened(words.OpenedMsg{Store: m.cfg.Store})
	}
	p, _ := m.top()
	return p.route(p.Init())
}

// Update takes any message. What is typed faster than a hand can is gathered
// first.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	held := m.held(msg)
	now, cmd := m.burst.Take(msg, m.typing())
	m.stale = m.stale || len(now) > 0
	cmds := []tea.Cmd{cmd}
	for _, msg := range append(held, now...) {
		cmds = append(cmds, m.take(msg))
	}
	return m, tea.Batch(cmds...)
}

func (m *Model) typing() bool {
	p, ok := m.top()
	return ok && m.ending == endNone && p.Typing()
}

// to is an answer with the number of the screen that it is for.
type to struct {
	serial int
	msg    tea.Msg
}

func (m *Model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(msg)
	case kit.WaitMsg:
		return msg.Tick()
	case kit.ListenMsg:
		return msg.Next
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		return m.tellTop(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	case to:
		return m.answer(msg)
	case heardMsg:
		return m.heard(msg)
	case idleMsg:
		return m.idle()
	case closedMsg:
		return m.closed(msg)
	case actedMsg:
		return m.acted(msg)
	case LeaveMsg:
		return m.asked(endLeave)
	case SuspendMsg:
		return m.asked(endSuspend)
	case keptDisplayMsg:
		m.keptDisplay(msg)
	case tea.BackgroundColorMsg:
		kit.Background(msg.IsDark())
	case tea.ResumeMsg:
		m.away = false
	}
	return nil
}

func (m *Model) resize(msg tea.WindowSizeMsg) tea.Cmd {
	m.w, m.h = msg.Width, msg.Height
	return m.tellAll(msg)
}

func (m *Model) top() (place, bool) {
	if len(m.stack) == 0 {
		return place{}, false
	}
	return m.stack[len(m.stack)-1], true
}

// tell gives a screen a message; what its command answers comes back to it.
func (m *Model) tell(p place, msg tea.Msg) tea.Cmd { return p.route(p.Update(msg)) }

func (p place) route(cmd tea.Cmd) tea.Cmd {
	return Route(cmd, func(msg tea.Msg) tea.Msg { return to{p.serial, msg} })
}

func (m *Model) tellTop(msg tea.Msg) tea.Cmd {
	p, ok := m.top()
	if !ok || m.ending != endNone {
		return nil
	}
	return m.tell(p, msg)
}

func (m *Model) tellAll(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, p := range m.stack {
		cmds = append(cmds, m.tell(p, msg))
	}
	return tea.Batch(cmds...)
}

// answer takes what a screen's command answered: a wish for the root, or news
// for the screen itself. Who was left is not asked any more.
func (m *Model) answer(msg to) tea.Cmd {
	for _, p := range m.stack {
		if p.serial == msg.serial {
			return tea.Batch(m.hand(p, msg.msg), m.ended())
		}
	}
	if opened, ok := msg.msg.(words.OpenedMsg); ok && opened.Store != nil {
		return m.shut(opened.Store) // nobody waits for it any more
	}
	return nil
}

// push puts a screen on the stack and starts it.
func (m *Model) push(s screen) tea.Cmd {
	m.serial++
	p := place{m.serial, s}
	m.stack = append(m.stack, p)
	return tea.Batch(m.tell(p, tea.WindowSizeMsg{Width: m.w, Height: m.h}), p.route(s.Init()))
}

// leave leaves a screen that is done. Where another one was opened on it meanwhile, the help
// page or the palette, that stays: what was saved must not stand there to be saved again.
func (m *Model) leave(from place, back words.BackMsg) tea.Cmd {
	i := slices.IndexFunc(m.stack, func(p place) bool { return p.serial == from.serial })
	switch {
	case i == len(m.stack)-1:
		return m.pop(back)
	case i < 1:
		return nil
	}
	m.stack = slices.Delete(m.stack, i, i+1)
	return m.hand(m.stack[i-1], back.Then)
}

// pop leaves the screen on top and wakes the one below, which is given what is
// to come then.
func (m *Model) pop(back words.BackMsg) tea.Cmd {
	if len(m.stack) < 2 {
		return nil
	}
	m.stack = m.stack[:len(m.stack)-1]
	p, _ := m.top()
	return tea.Batch(m.tell(p, words.ShownMsg{Case: back.Case}), m.hand(p, back.Then))
}

// hand does what a screen asks for, or else gives the message to the screen itself.
func (m *Model) hand(p place, msg tea.Msg) tea.Cmd {
	if msg == nil {
		return nil
	}
	cmd, ours := m.wish(p, msg)
	if !ours {
		cmd = m.tell(p, msg)
	}
	return cmd
}

// View draws the screen on top. The last drawing stands while typing is being
// gathered, and where nothing happened since.
func (m *Model) View() tea.View {
	switch {
	case m.away:
		m.drawn = m.blank()
	case m.stale && !m.burst.Pending():
		m.drawn, m.stale = m.draw(), false
	}
	v := m.drawn
	if v.Cursor != nil {
		at := *v.Cursor // a model around this one may move it
		v.Cursor = &at
	}
	return v
}

func (m *Model) draw() tea.View {
	seat := m.seat()
	p, ok := m.top()
	if !ok || m.ending != endNone {
		return seat.View(kit.Page{Title: m.signed(m.cfg.Words.T("app.name")), Status: m.cfg.Words.T("app.keeping")}, m.w, m.h)
	}
	if m.w < kit.MinWidth || m.h < kit.MinHeight { // no screen needs to know how to draw itself there
		return seat.View(kit.Page{}, m.w, m.h)
	}
	page := p.Page(m.w, kit.BodyHeight(m.h))
	if m.covered() {
		return seat.View(kit.Page{Title: m.signed(page.Title), Body: page.Body}, m.w, m.h)
	}
	page.Title = m.signed(m.withUnit(page.Title))
	page.Corner = m.linkLine(p.Typing())
	if m.note != "" {
		page.Status = m.note
	}
	page.Footer = seat.Footer(append(p.Keys(), m.globals()...), m.w)
	return seat.View(page, m.w, m.h)
}
