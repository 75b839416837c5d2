package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/tui/kit"
)

// Reading is the desk as it is read line by line; see package plain. The lines are as wide
// as kit.ReadWidth, with what kit.Hear takes out of them.
type Reading struct {
	Screen  int // another number is another screen
	Title   string
	Link    string // how the desk stands with the county; "" while they talk
	Note    string // what came of the last key; "" where nothing is to be said
	Status  string
	Body    []string
	Keys    kit.Table // the screen's own
	Globals kit.Table // those that work everywhere
	Typing  bool
	Locked  bool // no store is open
	Covered bool // somebody else looks at it, who has no business at the desk
}

// Read is the screen on top.
func (m *Model) Read() Reading {
	p, ok := m.top()
	if !ok || m.ending != endNone {
		return Reading{Title: m.signed(m.cfg.Words.T("app.name")), Status: m.cfg.Words.T("app.keeping")}
	}
	page := p.Page(kit.ReadWidth, kit.ReadWidth)
	r := Reading{Screen: p.serial, Title: m.signed(page.Title), Status: page.Status, Body: page.Body, Typing: p.Typing(), Locked: m.store == nil, Covered: m.covered()}
	if r.Covered {
		r.Status = ""
		return r
	}
	r.Title, r.Note = m.signed(m.withUnit(page.Title)), m.note
	if m.link.State != store.LinkBusy { // that it counts up is for eyes
		r.Link = m.linkLine(false)
	}
	r.Keys, r.Globals = p.Keys(), slices.Concat(m.globals(), m.cfg.Around.Keys)
	return r
}

// Leave lets every screen keep what was typed and ends when all of it is kept.
func (m *Model) Leave() tea.Cmd { return m.act("quit") }
