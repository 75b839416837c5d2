// Package help is the page of keys. Everything on it comes from the tables that
// the keys themselves work by, with the reason where one is off just now.
package help

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the page for the screen that it was opened from.
type Screen struct {
	desk   words.Desk
	groups []kit.HelpGroup
	list   kit.List
}

// New makes the page of groups of keys.
func New(d words.Desk, groups []kit.HelpGroup) *Screen {
	return &Screen{desk: d, groups: groups, list: kit.List{Prose: func(int) bool { return false }}}
}

// Table is the page's own keys.
func Table() kit.Table {
	return kit.Table{
		{ID: "back", Keys: []string{"esc", "enter"}, Help: "key.back"},
		{ID: "tour", Keys: []string{"f2"}, Help: "key.tour"},
		{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move"},
	}
}

// Keys are the page's own keys.
func (s *Screen) Keys() kit.Table { return Table() }

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update scrolls or leaves.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok && !s.list.Update(msg) {
		switch b, _ := Table().Find(k, false); b.ID {
		case "back":
			return words.Tell(words.BackMsg{})
		case "tour":
			return words.Tell(words.TourMsg{})
		}
	}
	return nil
}

// Page shows the groups.
func (s *Screen) Page(w, h int) kit.Page {
	lines := append(words.Wrap(s.desk.T("help.find"), w-4, kit.Plain), "")
	lines = append(lines, s.desk.Seat().HelpLines(s.groups, w-2)...)
	lines = append(lines, "", kit.Section(s.desk.T("help.signs")))
	lines = append(lines, words.Wrap(s.desk.T("help.receipts"), w-4, kit.Plain)...)
	lines = append(lines, words.Wrap(s.desk.T("help.lights"), w-4, kit.Plain)...)
	lines = append(lines, words.Wrap(s.desk.T("help.marks"), w-4, kit.Plain)...)
	s.list.SetLen(len(lines))
	s.list.SetHeight(h)
	body := s.list.Lines(w, true, func(i, _ int) string { return lines[i] })
	page := kit.Page{Title: s.desk.T("help.title"), Body: body}
	if n := s.list.Below(); n > 0 {
		page.Status = " " + s.desk.T("kit.below", n)
	}
	return page
}
