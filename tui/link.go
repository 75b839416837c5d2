package tui

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
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

// calm is how often at most the desk is told while an exchange is under way: a screen
// that is drawn with every page cannot be read.
const calm = 500 * time.Millisecond

// listen waits for the next change of the store.
func (m *Model) listen() tea.Cmd {
	session, watch, st := m.session, m.watch, m.store
	busy := words.Moving(m.link)
	return kit.Listen(func() tea.Msg {
		if busy {
			time.Sleep(calm)
		}
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
	m.stand(msg.link, msg.unsent)
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

// stand takes over how the desk stands with the county.
func (m *Model) stand(l store.Link, unsent int) {
	m.link, m.unsent = l, unsent
	if l.State != store.LinkBusy {
		m.last = l
	}
	m.off = 0
	if m.store != nil {
		m.off, _ = m.store.Skew()
	}
}

// linkLine says how the desk stands with the county: nothing that ticks. While a field
// has the focus it changes with a key only, for a screen that is drawn anew makes the
// input method's window jump.
func (m *Model) linkLine(typing bool) string {
	if m.store == nil {
		m.corner = ""
		return ""
	}
	if m.cfg.Practice {
		return m.cfg.Words.T("practice.corner")
	}
	if !typing || m.keyed || m.corner == "" {
		m.corner, m.keyed = m.desk().Corner(m.link, m.last, m.unsent, m.off), false
	}
	return m.corner
}
