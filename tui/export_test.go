package tui

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/palette"
)

// Globals are the keys that work everywhere on a desk.
func Globals(m *Model) kit.Table { return m.globals() }

// For is a message as if the screen on top had answered with it.
func (m *Model) For(msg tea.Msg) tea.Msg {
	p, _ := m.top()
	return to{p.serial, msg}
}

// Offered is what the palette offers on the screen on top.
func Offered(m *Model) []palette.Entry {
	entries := append(m.hereEntries(), m.restEntries()...)
	if read := m.caseEntries(); read != nil {
		entries = append(entries, read()...)
	}
	return entries
}

// TopKeys are the keys of the screen on top.
func TopKeys(m *Model) kit.Table {
	p, _ := m.top()
	return p.Keys()
}

// Top is the screen on top.
func Top(m *Model) any {
	p, _ := m.top()
	return p.screen
}

// Typing reports whether what is typed goes to a field.
func Typing(m *Model) bool { return m.typing() }

// Covered reports whether none of the desk's own keys works now.
func Covered(m *Model) bool { return m.covered() }
