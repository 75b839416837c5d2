package tui

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/welcome"
	"casedesk/tui/words"
)

func (m *Model) welcome() screen { return welcome.New(m.desk(), m.noVisit) }

// noVisit says why no other desk can be looked at.
func (m *Model) noVisit() string {
	switch {
	case m.cfg.Practice:
		return m.cfg.Words.T("practice.here")
	case !m.cfg.Visits:
		return m.cfg.Words.T("practice.off_visit")
	}
	return ""
}

// leaveFor ends this desk, for another one to be looked at.
func (m *Model) leaveFor(where words.Elsewhere) tea.Cmd {
	if why := m.noVisit(); why != "" {
		m.note = why
		return nil
	}
	m.visit = where
	return m.end(endMsg{what: endQuit})
}

// Visit is the desk to look at now that this one has ended; empty: none, it was left.
func (m *Model) Visit() words.Elsewhere { return m.visit }

// signed puts the sign of practice before a title, where nobody misses it.
func (m *Model) signed(title string) string {
	if !m.cfg.Practice {
		return title
	}
	return kit.Bare(m.cfg.Words.T("practice.sign", title))
}
