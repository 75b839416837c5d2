// Package revoked is the page of a laptop that its county has revoked: what was
// not sent is at the county, nothing is left here, and there is nothing to do but
// to quit. How the desk comes to know of it is the root's matter.
package revoked

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the page.
type Screen struct {
	desk words.Desk
	sent int
}

// New makes the page; sent is how many entries were handed to the county at
// last, 0 where that is not known.
func New(d words.Desk, sent int) *Screen { return &Screen{desk: d, sent: sent} }

// Keys are none but those that work everywhere.
func (s *Screen) Keys() kit.Table { return nil }

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes nothing.
func (s *Screen) Update(tea.Msg) tea.Cmd { return nil }

// Page says what became of the laptop's data and how work can go on.
func (s *Screen) Page(w, h int) kit.Page {
	body := kit.NewSheet(w, h)
	a := s.desk.Advise(casework.Refuse(casework.CodeRevoked, store.WhyForgotten))
	body.Say(kit.Strong, a.Message)
	body.Gap()
	if s.sent > 0 {
		body.Say(kit.Plain, s.desk.T("revoked.sent", i18n.Arg("n", s.sent)))
	}
	for _, line := range []string{a.Data, a.Next, s.desk.T("revoked.quit")} {
		body.Say(kit.Plain, line)
		body.Gap()
	}
	return kit.Page{Title: s.desk.T("revoked.title"), Body: body.Lines()}
}
