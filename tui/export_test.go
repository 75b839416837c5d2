package tui

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
)

// Globals are the keys that work everywhere on a desk.
func Globals(m *Model) kit.Table { return m.globals() }

// For is a message as if the screen on top had answered with it.
func (m *Model) For(msg tea.Msg) tea.Msg {
	p, _ := m.top()
	return to{p.serial, msg}
}
