package tui

import (
	tea "charm.land/bubbletea/v2"
)

// What the system asks of a desk. Neither asks the person anything: she may be gone.
type (
	// LeaveMsg says that the program is to end: its window was closed, the machine is
	// going down. What was typed is kept, and the desk quits.
	LeaveMsg struct{}
	// SuspendMsg says that the program is to be stopped and gone on with later. What was
	// typed is kept before, because a stopped program may never go on.
	SuspendMsg struct{}
)

// asked begins what the system asks for. Another desk that was to be looked at, and was not
// gone to, is not.
func (m *Model) asked(what ending) tea.Cmd {
	m.visit = ""
	return m.end(endMsg{what: what})
}

// blank is a screen with nothing on it. A terminal that has no second screen goes on showing
// the last one when the program has ended or is stopped.
func (m *Model) blank() tea.View {
	v := tea.NewView(" ")
	v.AltScreen = true
	return v
}

// held lets go of typing that is still being gathered where what comes next must not
// overtake it.
func (m *Model) held(msg tea.Msg) []tea.Msg {
	switch msg.(type) {
	case LeaveMsg, SuspendMsg:
		return m.burst.Flush()
	}
	return nil
}
