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

// leftMsg says that the person wants this desk closed for another one.
type leftMsg struct{ where words.Elsewhere }

// leaveFor ends this desk, for another one to be looked at. Who has her own open is asked.
func (m *Model) leaveFor(where words.Elsewhere) tea.Cmd {
	w := m.cfg.Words
	if why := m.noVisit(); why != "" {
		m.note = why
		return nil
	}
	if m.store == nil {
		return m.left(leftMsg{where})
	}
	return m.push(m.question(words.AskMsg{
		Title: w.T("practice.leave_title"), Lines: []string{w.T("practice.leave")},
		Choices: []words.Choice{{Label: w.T("practice.leave_yes"), Msg: leftMsg{where}}, {Label: w.T("practice.leave_no")}},
	}))
}

func (m *Model) left(msg leftMsg) tea.Cmd {
	m.visit = msg.where
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
