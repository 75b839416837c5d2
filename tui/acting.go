package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// A person who serves several units acts for one at a time. Which one stands in
// the head line of every screen; one key goes to the next, and the profile
// remembers it.

// actedMsg tells that another unit is acted for.
type actedMsg struct {
	session int
	err     error
}

// several returns the units that the person serves where she serves more than one.
func (m *Model) several() (units []catalogue.UnitID, acting catalogue.UnitID) {
	if m.store == nil {
		return nil, ""
	}
	if p := m.store.Profile(); len(p.Units) > 1 {
		return p.Units, p.Acting
	}
	return nil, ""
}

// actingKeys is the key that goes to the next unit, where there is one.
func (m *Model) actingKeys() kit.Table {
	if units, _ := m.several(); units == nil {
		return nil
	}
	return kit.Table{{ID: "unit", Keys: []string{"f12"}, Help: "key.unit"}}
}

// actNext lets the person act for the next of her units.
func (m *Model) actNext() tea.Cmd {
	units, acting := m.several()
	if units == nil {
		return nil
	}
	next := units[(slices.Index(units, acting)+1)%len(units)]
	st, session := m.store, m.session
	return func() tea.Msg { return actedMsg{session, st.ActFor(next)} }
}

// acted tells every screen: what may be done is another thing now.
func (m *Model) acted(msg actedMsg) tea.Cmd {
	if msg.session != m.session || m.store == nil {
		return nil
	}
	if msg.err != nil {
		m.note = m.cfg.Words.Advise(msg.err).String()
		return nil
	}
	_, acting := m.several()
	m.note = m.cfg.Words.T("acting.now", m.desk().Unit(acting))
	return m.tellAll(words.ChangedMsg{Change: store.Change{Link: true}, All: true})
}

// leaveWord lets the next worker take a laptop over that was handed to her, once
// the county has everything. It runs after each exchange and does no harm again.
func (m *Model) leaveWord() tea.Cmd {
	st := m.store
	if st == nil || st.Profile().Handed == "" || m.link.State != store.LinkIdle || m.unsent > 0 {
		return nil
	}
	return func() tea.Msg { _ = st.LeaveWord(); return nil } // what is wanting, the screen says
}

// withUnit adds the unit to a screen's title.
func (m *Model) withUnit(title string) string {
	units, acting := m.several()
	if units != nil && !strings.Contains(title, m.desk().Unit(acting)) { // the list's has it
		return m.cfg.Words.T("acting.title", title, m.desk().Unit(acting))
	}
	return title
}
