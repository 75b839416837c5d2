package tui

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
)

// Route lets everything that a command answers with go through tag, so that a
// model which holds several others knows whose answer it is. Waits and
// listeners stay what they are, with their messages tagged; quitting stays
// quitting, and suspending suspending.
func Route(cmd tea.Cmd, tag func(tea.Msg) tea.Msg) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg { return routed(cmd(), tag) }
}

func routed(msg tea.Msg, tag func(tea.Msg) tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		cmds := make(tea.BatchMsg, len(msg))
		for i, cmd := range msg {
			cmds[i] = Route(cmd, tag)
		}
		return cmds
	case kit.WaitMsg:
		return kit.WaitMsg{For: msg.For, Msg: routed(msg.Msg, tag)}
	case kit.ListenMsg:
		next := msg.Next
		return kit.ListenMsg{Next: func() tea.Msg { return routed(next(), tag) }}
	case tea.QuitMsg, tea.SuspendMsg:
		return msg
	default:
		return tag(msg)
	}
}
