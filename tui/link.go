package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// heardMsg is what a store's watch told, with how it then stood with the county.
type heardMsg struct {
	session int
	change  store.Change
	all     bool
	link    store.Link
	unsent  int
	gone    bool // the county let the profile forget
}

// listen waits for the next change of the store.
func (m *Model) listen() tea.Cmd {
	session, watch, st := m.session, m.watch, m.store
	return kit.Listen(func() tea.Msg {
		_, open := <-watch.C
		gone := forgotten(st)
		if !open && !gone {
			return nil
		}
		change, all := watch.Take()
		return heardMsg{session, change, all, st.Link(), st.Unsent(), gone}
	})
}

func (m *Model) heard(msg heardMsg) tea.Cmd {
	if msg.session != m.session {
		return nil
	}
	if msg.gone {
		return m.forgotten(msg.link)
	}
	m.link, m.unsent = msg.link, msg.unsent
	changed := words.ChangedMsg{Change: msg.change, All: msg.all}
	m.kept.Note(changed)
	return tea.Batch(m.listen(), m.leaveWord(), m.tellAll(changed))
}

// forgotten reports whether the county revoked this laptop and the profile is
// gone: what the agent says is true once the store is closed.
func forgotten(st *store.Store) bool {
	p := st.Link().Problem
	if p == nil || p.Code != casework.CodeRevoked || p.Why != store.WhyForgotten {
		return false
	}
	_, err := st.Slots()
	return errors.Is(err, store.ErrClosed)
}

// linkLine says how the desk stands with the county: nothing that ticks.
func (m *Model) linkLine() string {
	if m.store == nil {
		return ""
	}
	w, l := m.cfg.Words, m.link
	if m.cfg.Practice {
		return w.T("practice.corner")
	}
	line := ""
	switch l.State {
	case store.LinkAlone:
		return w.T("link.alone")
	case store.LinkBusy:
		line = w.T("link.busy", l.Sent+l.Received, l.Sent+l.Received+l.LeftUp+l.LeftDown)
	case store.LinkFailed:
		line = w.T("link.failed")
		if l.Problem != nil {
			line = w.Advise(l.Problem).Message
		}
	case store.LinkIdle:
		line = w.T("link.synced", m.desk().When(l.LastOK))
	default:
		line = w.T("link.offline")
	}
	if m.unsent > 0 {
		line += "  " + w.T("link.unsent", i18n.Arg("n", m.unsent))
	}
	return line
}
