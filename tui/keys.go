package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/tui/confirm"
	"casedesk/tui/exchange"
	"casedesk/tui/help"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// paletteID is the binding that opens the palette.
const paletteID = "palette"

// globals are the keys that work on every screen.
func (m *Model) globals() kit.Table {
	return slices.Concat(kit.Table{
		{ID: "sync", Keys: []string{"f5"}, Help: "key.sync", Off: m.noSync},
		{ID: "exchange", Keys: []string{"ctrl+o"}, Help: "key.exchange", Rare: true, Off: m.noExchange},
		{ID: "lock", Keys: []string{"ctrl+l"}, Help: "key.lock", Rare: true, Off: m.noLock},
		{ID: "quit", Keys: []string{"f10", "ctrl+q"}, Help: "key.quit"},
	}, m.actingKeys(), kit.Table{
		{ID: paletteID, Keys: []string{"ctrl+p"}, Help: "key.palette", Rare: true},
		{ID: kit.HelpID, Keys: []string{"f1", "?"}, Help: "key.help"},
	})
}

func (m *Model) noSync() string {
	switch {
	case m.revoked:
		return m.cfg.Words.T("app.off_revoked")
	case m.store == nil:
		return m.cfg.Words.T("app.off_locked")
	case m.cfg.Practice:
		return m.cfg.Words.T("practice.off")
	case m.link.State == store.LinkAlone || m.cfg.Opener.SyncNow == nil:
		return m.cfg.Words.T("app.off_alone")
	}
	return ""
}

func (m *Model) noExchange() string {
	top, _ := m.top()
	switch {
	case isQuestion(top):
		return m.cfg.Words.T("app.off_question")
	case m.revoked:
		return m.cfg.Words.T("app.off_revoked")
	case m.store == nil:
		return m.cfg.Words.T("exchange.off_locked")
	case m.cfg.Practice:
		return m.cfg.Words.T("practice.off")
	}
	return ""
}

func (m *Model) noLock() string {
	switch {
	case m.revoked:
		return m.cfg.Words.T("app.off_revoked")
	case m.store == nil:
		return m.cfg.Words.T("app.off_locked")
	case m.cfg.Practice:
		return m.cfg.Words.T("practice.off")
	case m.cfg.Opener.Open == nil:
		return m.cfg.Words.T("app.off_lock")
	}
	return ""
}

// key does what works everywhere, and gives the screen all else.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	m.touched, m.note, m.keyed = m.cfg.Now(), "", true
	p, ok := m.top()
	if !ok || m.ending != endNone {
		return nil
	}
	if m.covered() {
		return m.tell(p, k)
	}
	b, bound := m.globals().Find(k, p.Typing())
	switch {
	case !bound && kit.KeyName(k) == "ctrl+c":
		m.note = m.cfg.Words.T("app.no_copy")
		return nil
	case !bound:
		if m.note = p.offWhileTyping(k); m.note != "" {
			return nil
		}
		return m.tell(p, k)
	case b.Why() != "":
		m.note = b.Why()
		return nil
	}
	return m.act(b.ID)
}

// offWhileTyping is why a key of the screen is off while a field has the focus: neither field
// nor form has a place to say so. Other screens say it themselves, for a key that is faster
// than the eye lets them lay themselves out first.
func (p place) offWhileTyping(k tea.KeyPressMsg) string {
	if !p.Typing() {
		return ""
	}
	b, _ := p.Keys().Find(k, true)
	return b.Why()
}

func (m *Model) act(id string) tea.Cmd {
	switch id {
	case "unit":
		return m.actNext()
	case "sync":
		ask := m.cfg.Opener.SyncNow
		m.note = m.cfg.Words.T("link.asked")
		return func() tea.Msg { ask(); return nil }
	case "exchange":
		if p, _ := m.top(); !isExchange(p) {
			return m.push(m.exchange())
		}
		return m.pop(words.BackMsg{})
	case "lock":
		return m.end(endMsg{what: endLock})
	case "quit":
		m.visit = ""
		return m.end(endMsg{what: endQuit})
	case paletteID:
		if p, _ := m.top(); !isPalette(p) {
			return m.push(m.palette())
		}
		return m.pop(words.BackMsg{})
	case kit.HelpID:
		if p, _ := m.top(); !isHelp(p) {
			return m.push(m.help())
		}
		return m.pop(words.BackMsg{})
	}
	return nil
}

func isHelp(p place) bool {
	_, ok := p.screen.(*help.Screen)
	return ok
}

func isExchange(p place) bool {
	_, ok := p.screen.(*exchange.Screen)
	return ok
}

func isQuestion(p place) bool {
	_, ok := p.screen.(*confirm.Screen)
	return ok
}
