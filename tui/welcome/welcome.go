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
	list    kit.Choices
}

// New makes the screen.
func New(d words.Desk, noVisit func() string) *Screen {
	s := &Screen{desk: d, noVisit: noVisit}
	labels := make([]string, len(ways))
	for i, w := range ways {
		labels[i] = d.T("welcome." + w.key)
	}
	s.list.Offer(labels...)
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
	chosen, used := s.list.Update(msg)
	if chosen >= 0 {
		return s.take(chosen)
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || used {
		return nil
	}
	switch b, _ := s.Keys().Find(k, false); {
	case b.ID == "tour":
		return words.Tell(words.TourMsg{})
	case kit.KeyName(k) == "esc":
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
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	body := kit.NewSheet(w, h)
	body.Say(kit.Plain, d.T("welcome.hello"))
	body.Gap()
	body.Part(s.list.Lines(w, true)...)
	body.Gap()
	body.Say(kit.Plain, d.T("welcome."+ways[s.list.Cursor()].key+"_why"))
	body.Gap()
	body.Say(kit.Strong, d.T("welcome.keys"))
	return kit.Page{Title: d.T("welcome.title"), Body: body.Lines()}
}
