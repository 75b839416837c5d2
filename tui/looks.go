package tui

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// keptDisplayMsg tells whether the display was kept.
type keptDisplayMsg struct{ err error }

// draws draws the desk as the person chose, and keeps it.
func (m *Model) draws(msg words.DisplayMsg) tea.Cmd {
	kit.Use(msg.Display, m.cfg.Plain)
	keep := m.cfg.Opener.KeepDisplay
	if keep == nil {
		return nil
	}
	return func() tea.Msg { return keptDisplayMsg{keep(msg.Display)} }
}

func (m *Model) keptDisplay(msg keptDisplayMsg) {
	if msg.err != nil {
		m.note = m.cfg.Words.T("display.not_kept", words.Clean(msg.err.Error()))
	}
}
