package tui

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/act"
	"casedesk/tui/confirm"
	"casedesk/tui/detail"
	"casedesk/tui/display"
	"casedesk/tui/drafts"
	"casedesk/tui/enrol"
	"casedesk/tui/exchange"
	"casedesk/tui/figures"
	"casedesk/tui/glass"
	"casedesk/tui/handover"
	"casedesk/tui/help"
	"casedesk/tui/intake"
	"casedesk/tui/kit"
	"casedesk/tui/list"
	"casedesk/tui/many"
	"casedesk/tui/palette"
	"casedesk/tui/papers"
	"casedesk/tui/party"
	"casedesk/tui/recovery"
	"casedesk/tui/revoked"
	"casedesk/tui/setup"
	"casedesk/tui/take"
	"casedesk/tui/tools"
	"casedesk/tui/tour"
	"casedesk/tui/unlock"
	"casedesk/tui/words"
)

// screen is what every screen is.
type screen interface {
	// Init is the command that the screen starts with.
	Init() tea.Cmd
	// Update takes a message and does no I/O.
	Update(tea.Msg) tea.Cmd
	// Page draws the screen on w cells and h lines of body.
	Page(w, h int) kit.Page
	// Keys are the keys as they work now.
	Keys() kit.Table
	// Typing reports whether a text field has the focus.
	Typing() bool
}

// keeper is a screen on which something can be typed that must not be lost.
type keeper interface {
	// Unkept reports whether something is not in the store yet.
	Unkept() bool
	// Keep is the command that puts it there; nil where that is under way.
	Keep() tea.Cmd
}

// coverer is a screen that somebody looks at who has no business at the desk. While it
// covers it, nothing of the desk is drawn around it and none of the desk's keys works.
type coverer interface{ Covers() bool }

// covered reports whether the screen on top covers the desk.
func (m *Model) covered() bool {
	p, ok := m.top()
	c, covers := p.screen.(coverer)
	return ok && covers && c.Covers()
}

// helper is a screen of which the help page tells more than its keys.
type helper interface{ Helps() []kit.HelpGroup }

// returner is a screen that can be opened anew after the desk was locked.
type returner interface {
	// Again is the wish that opens it; nil: there is nothing to go on with.
	Again() tea.Msg
}

// wish does what a screen asks for; false: the message is the screen's own.
func (m *Model) wish(from place, msg tea.Msg) (tea.Cmd, bool) {
	d := m.desk()
	switch msg := msg.(type) {
	case words.OpenedMsg:
		return m.opened(msg), true
	case words.UnkeptMsg:
		return m.unkept(msg.Err), true
	case endMsg:
		return m.end(msg), true
	case words.NoteMsg:
		m.note = msg.Note
		return nil, true
	case words.BackMsg:
		m.note = msg.Note
		return m.leave(from, msg), true
	case words.AskMsg:
		return m.push(m.question(msg)), true
	case words.OpenMsg:
		if msg.Act {
			return m.push(detail.NewActing(d, msg.Case)), true
		}
		return m.push(detail.New(d, msg.Case).At(msg.Entry)), true
	case words.ManyMsg:
		return m.push(many.New(d, msg.Cases)), true
	case words.NewMsg:
		return m.push(intake.New(d, msg.Draft, msg.Matter)), true
	case words.ActMsg:
		return m.push(act.New(d, msg)), true
	case words.PartyMsg:
		return m.push(party.New(d, msg.Case, m.noLock() == "")), true
	case words.PapersMsg:
		return m.push(papers.New(d, msg.Case, m.cfg.Opener.SavePaper)), true
	case words.LockMsg:
		if m.noLock() == "" {
			return m.end(endMsg{what: endLock}), true
		}
		return m.pop(words.BackMsg{}), true
	case words.RecoveryMsg:
		return m.push(recovery.New(d)), true
	case words.HandoverMsg:
		return m.push(handover.New(d)), true
	case words.TakeMsg:
		return m.push(take.New(d, m.cfg.Opener.Take)), true
	case words.FiguresMsg:
		return m.push(figures.New(d, m.kept, m.cfg.Opener.WriteFigures, msg.Report)), true
	case words.OpenCasesMsg:
		return m.push(list.NewOf(d, msg.Title, msg.Cases)), true
	case words.ToolsMsg:
		return m.push(tools.New(d)), true
	case words.SetDisplayMsg:
		return m.push(display.New(d, m.cfg.Terminal)), true
	case words.DisplayMsg:
		return m.draws(msg), true
	case words.DraftsMsg:
		return m.push(drafts.New(d)), true
	case words.GlassMsg:
		return m.push(glass.New(d, msg.Case)), true
	case words.ExchangeMsg:
		return m.push(m.exchange()), true
	case words.EnrolMsg:
		return m.push(m.enrol("")), true
	case words.DoMsg:
		return m.do(msg), true
	case palette.ChosenMsg:
		return m.chosen(msg), true
	case words.TourMsg:
		return m.push(tour.New(d)), true
	case words.SetupMsg:
		return m.push(m.setup(msg.Slip)), true
	case words.VisitMsg:
		return m.leaveFor(msg.Where), true
	case leftMsg:
		return m.left(msg), true
	}
	return nil, false
}

func (m *Model) unlock() screen {
	return unlock.New(m.desk(), unlock.Doors{Open: m.cfg.Opener.Open, Recover: m.cfg.Opener.Recover, Handed: m.cfg.Opener.Take.Look})
}

func (m *Model) setup(slip bool) screen {
	return setup.New(m.desk(), setup.Create(m.cfg.Opener.Create), slip)
}

func (m *Model) gone(sent int) screen { return revoked.New(m.desk(), sent) }

func (m *Model) exchange() screen {
	return exchange.New(m.desk(), exchange.Line{Weigh: m.cfg.Opener.Weigh, Stop: m.cfg.Opener.StopSync})
}

func (m *Model) list() screen {
	return list.New(m.desk(), m.cfg.First, m.cfg.Opener.Ask != nil, m.kept.Facts)
}

func (m *Model) enrol(slip string) screen {
	return enrol.New(m.desk(), enrol.County{Ask: m.cfg.Opener.Ask, Join: m.cfg.Opener.Join}, slip)
}

func (m *Model) question(ask words.AskMsg) screen { return confirm.New(m.desk(), ask) }

func (m *Model) help() screen {
	top, _ := m.top()
	here, rest := top.Keys().ByWeight()
	var more []kit.HelpGroup
	if h, ok := top.screen.(helper); ok {
		more = h.Helps()
	}
	groups := []kit.HelpGroup{
		{Title: m.cfg.Words.T("help.here"), Table: here},
		{Title: m.cfg.Words.T("help.everywhere"), Table: m.globals()},
		{Title: m.cfg.Words.T("help.rest"), Table: rest},
	}
	if top.Typing() { // what can be typed comes before all else
		groups = append(more, groups...)
	} else {
		groups = append(groups, more...)
	}
	return help.New(m.desk(), append(groups, kit.HelpGroup{Title: m.cfg.Words.T("help.around"), Table: m.cfg.Around.Keys}))
}

// opened begins the work on a store.
func (m *Model) opened(msg words.OpenedMsg) tea.Cmd {
	if m.store != nil {
		return nil
	}
	m.store, m.watch, m.kept = msg.Store, msg.Store.Watch(), figures.NewKept(msg.Store)
	m.session++
	if who := msg.Store.Profile().ID; who != m.who {
		m.who, m.again, m.used = who, nil, nil // another worker does not go on with the screens of the one before
	}
	m.stand(msg.Store.Link(), msg.Store.Unsent())
	m.stack, m.note, m.touched = nil, "", m.cfg.Now()
	cmds := []tea.Cmd{m.push(m.list()), m.listen(), m.armIdle()}
	for _, wish := range m.again {
		top, _ := m.top()
		cmd, _ := m.wish(top, wish)
		cmds = append(cmds, cmd)
	}
	m.again = nil
	if msg.First {
		cmds = append(cmds, m.push(tour.New(m.desk())))
	}
	if msg.Slip != "" && m.cfg.Opener.Ask != nil {
		cmds = append(cmds, m.push(m.enrol(msg.Slip)))
	}
	return tea.Batch(cmds...)
}
