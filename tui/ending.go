package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// ending is a way for the work on a store to end.
type ending uint8

const (
	endNone ending = iota
	endLock
	endQuit
	endLeave   // quit without asking
	endSuspend // not an end, if all goes well
)

type (
	// endMsg asks for an ending; with force what cannot be kept is given up.
	endMsg struct {
		what  ending
		force bool
	}
	closedMsg struct{ err error }
	idleMsg   struct{}
)

// end clears the screen at once, lets every screen keep what was typed, and
// ends when all of it is kept.
func (m *Model) end(msg endMsg) tea.Cmd {
	if msg.force {
		return m.finish(msg.what)
	}
	m.ending = msg.what
	var cmds []tea.Cmd
	for _, p := range m.stack {
		if k, ok := p.screen.(keeper); ok && k.Unkept() {
			cmds = append(cmds, p.route(k.Keep()))
		}
	}
	return tea.Batch(append(cmds, m.ended())...)
}

// ended ends where an ending was asked for and everything is kept.
func (m *Model) ended() tea.Cmd {
	if m.ending == endNone {
		return nil
	}
	for _, p := range m.stack {
		if k, ok := p.screen.(keeper); ok && k.Unkept() {
			return nil
		}
	}
	return m.finish(m.ending)
}

// unkept asks before an ending would lose words. The question hides the screen,
// so the desk is as good as locked meanwhile.
func (m *Model) unkept(err error) tea.Cmd {
	switch m.ending {
	case endNone:
		return nil
	case endLeave, endSuspend: // nobody can be asked
		return m.finish(m.ending)
	}
	what, w := m.ending, m.cfg.Words
	m.ending = endNone
	if top, ok := m.top(); ok && isQuestion(top) {
		m.stack = m.stack[:len(m.stack)-1] // one question is enough
	}
	anyway := "draft.quit_anyway"
	if what == endLock {
		anyway = "draft.lock_anyway"
	}
	return m.push(m.question(words.AskMsg{
		Title: w.T("draft.lost_title"),
		Lines: []string{w.Advise(err).Message, w.T("draft.lost_question"), w.Advise(err).Next},
		Choices: []words.Choice{
			{Label: w.T("draft.try_again"), Msg: endMsg{what: what}},
			{Label: w.T("draft.stay")},
			{Label: w.T(anyway), Msg: endMsg{what: what, force: true}},
		},
	}))
}

func (m *Model) finish(what ending) tea.Cmd {
	m.ending = endNone
	switch what {
	case endQuit, endLeave:
		m.away = true
		return tea.Quit
	case endSuspend:
		m.away = true
		return tea.Suspend
	}
	return m.lock()
}

// lock forgets everything that was shown and lets go of the store. Of the screens
// it keeps names of cases and drafts, so that the desk can be gone on with where
// it was left.
func (m *Model) lock() tea.Cmd {
	if m.store == nil {
		return nil
	}
	st := m.store
	m.watch.Stop()
	m.store, m.watch, m.kept, m.note = nil, nil, nil, ""
	m.session++
	m.link, m.last, m.unsent = store.Link{}, store.Link{}, 0
	m.again = nil
	for _, p := range m.stack {
		if r, ok := p.screen.(returner); ok {
			if wish := r.Again(); wish != nil {
				m.again = append(m.again, wish)
			}
		}
	}
	m.stack = nil
	return tea.Batch(m.push(m.unlock()), m.shut(st))
}

// forgotten ends the work on a store whose profile the county let forget. What
// was not sent is at the county, so there is nothing to keep and nothing to ask.
func (m *Model) forgotten(l store.Link) tea.Cmd {
	m.watch.Stop()
	m.store, m.watch, m.kept, m.note, m.ending = nil, nil, nil, "", endNone
	m.session++
	m.link, m.last, m.unsent, m.stack, m.again, m.revoked = store.Link{}, store.Link{}, 0, nil, nil, true
	return m.push(m.gone(l.Sent))
}

// shut closes a store beside the desk.
func (m *Model) shut(st *store.Store) tea.Cmd {
	closer := m.cfg.Opener.Close
	return func() tea.Msg { return closedMsg{closer(st)} }
}

func (m *Model) closed(msg closedMsg) tea.Cmd {
	if msg.err != nil {
		m.note = m.cfg.Words.Advise(msg.err).String()
	}
	return nil
}

// armIdle starts the one timer of the idle lock. Keys don't touch it: when it
// comes due it is set anew for what is left, so that typing costs nothing.
func (m *Model) armIdle() tea.Cmd {
	if m.cfg.Idle <= 0 || m.noLock() != "" || m.idling {
		return nil
	}
	m.idling = true
	return kit.Wait(m.cfg.Idle, idleMsg{})
}

func (m *Model) idle() tea.Cmd {
	m.idling = false
	if m.store == nil {
		return nil
	}
	left := m.cfg.Idle - m.cfg.Now().Sub(m.touched)
	if left > 0 {
		m.idling = true
		return kit.Wait(min(left, m.cfg.Idle)+time.Millisecond, idleMsg{})
	}
	if m.ending != endNone {
		return m.armIdle()
	}
	return tea.Batch(m.end(endMsg{what: endLock}), m.armIdle())
}
