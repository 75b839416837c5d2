// Package welcome is the first screen of a laptop on which nobody works yet: the ways in.
package welcome

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// way is a way in, with its words "welcome.<key>" and "welcome.<key>_why".
type way struct {
	key string
	msg tea.Msg
}

var ways = []way{
	{"slip", words.SetupMsg{Slip: true}},
	{"alone", words.SetupMsg{}},
	{"demo", words.VisitMsg{Where: words.Demo}},
	{"practice", words.VisitMsg{Where: words.Practice}},
}

// Screen is the list of ways.
type Screen struct {
	desk    words.Desk
	noVisit func() string // why no other desk can be looked at
	list    kit.List
}

// New makes the screen.
func New(d words.Desk, noVisit func() string) *Screen {
	s := &Screen{desk: d, noVisit: noVisit}
	s.list.SetLen(len(ways))
	s.list.SetHeight(len(ways))
	return s
}

// Keys are the screen's keys.
func (s *Screen) Keys() kit.Table {
	return kit.Table{
		{ID: "choose", Keys: []string{"enter"}, Help: "key.choose"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move"},
		{ID: "tour", Keys: []string{"f2"}, Help: "key.tour"},
	}
}

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes a key. Digits choose as well.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.Update(msg) {
		return nil
	}
	name := kit.KeyName(k)
	switch b, _ := s.Keys().Find(k, false); {
	case b.ID == "choose":
		return s.take(s.list.Cursor())
	case b.ID == "tour":
		return words.Tell(words.TourMsg{})
	case len(name) == 1 && name[0] >= '1' && int(name[0]-'0') <= len(ways):
		return s.take(int(name[0] - '1'))
	case name == "esc":
		return words.Tell(words.NoteMsg{Note: s.desk.T("welcome.stay")})
	}
	return nil
}

func (s *Screen) take(i int) tea.Cmd {
	s.list.Select(i)
	if _, visits := ways[i].msg.(words.VisitMsg); visits {
		if why := s.noVisit(); why != "" {
			return words.Tell(words.NoteMsg{Note: why})
		}
	}
	return words.Tell(ways[i].msg)
}

// Page shows the ways, and what the one under the cursor means.
func (s *Screen) Page(w, _ int) kit.Page {
	d := s.desk
	body := append([]string{""}, words.Wrap(d.T("welcome.hello"), w-4, kit.Plain)...)
	body = append(body, "")
	body = append(body, s.list.Lines(w-4, true, func(i, _ int) string {
		return string(rune('1'+i)) + "  " + d.T("welcome."+ways[i].key)
	})...)
	body = append(body, "")
	body = append(body, words.Wrap(d.T("welcome."+ways[s.list.Cursor()].key+"_why"), w-4, kit.Plain)...)
	body = append(body, "")
	body = append(body, words.Wrap(d.T("welcome.keys"), w-4, kit.Strong)...)
	for i := range body {
		body[i] = "  " + body[i]
	}
	return kit.Page{Title: d.T("welcome.title"), Body: body}
}
