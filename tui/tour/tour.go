// Package tour is three short screens that teach how the desk is worked: logging a case,
// finding and handling one, what the signs mean and who helps.
package tour

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// line is a line of a page: a key, or the word "tour.lead.<lead>", before the sentence
// "tour.<page>.<line>".
type line struct{ key, lead string }

// pages are the screens, each with the title "tour.<page>.title".
var pages = [][]line{
	{{key: "f2"}, {lead: "category"}, {lead: "rest"}, {lead: "fields"}, {key: "f2"}},
	{{key: "f3"}, {lead: "enter"}, {key: "f2"}, {key: "esc"}, {key: "ctrl+p"}},
	{{lead: "sync"}, {lead: "signs"}, {lead: "lights"}, {key: "f1"}, {lead: "practice"}},
}

// leadWidth is how many cells the leads take.
const leadWidth = 12

// Screen is the tour, on one of its pages.
type Screen struct {
	desk words.Desk
	at   int // from 0
}

// New makes the screen.
func New(d words.Desk) *Screen { return &Screen{desk: d} }

// Keys are the screen's keys.
func (s *Screen) Keys() kit.Table {
	next := "key.tour_next"
	if s.at == len(pages)-1 {
		next = "key.tour_done"
	}
	return kit.Table{
		{ID: "next", Keys: []string{"enter", "right"}, Help: next},
		{ID: "back", Keys: []string{"left"}, Help: "key.tour_back", Off: s.first},
		{ID: "skip", Keys: []string{"esc"}, Help: "key.tour_skip"},
	}
}

func (s *Screen) first() string {
	if s.at == 0 {
		return s.desk.T("tour.off_back")
	}
	return ""
}

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update turns the pages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	id, off := words.Pressed(s.Keys(), k)
	switch {
	case id == "":
		return off
	case id == "next" && s.at < len(pages)-1:
		s.at++
	case id == "back":
		s.at--
	default: // read to the end, or skipped
		return words.Tell(words.BackMsg{Note: s.desk.T("tour.again")})
	}
	return nil
}

// Page shows a page. The terminal's cursor stands on its first line.
func (s *Screen) Page(w, h int) kit.Page {
	d, page := s.desk, s.at+1
	body := kit.NewSheet(w, h)
	body.Line(kit.Mark + kit.Strong.On(d.T(fmt.Sprintf("tour.%d.title", page))))
	body.Gap()
	var said [][]string
	lines := body.Len()
	for i, l := range pages[s.at] {
		lead := d.Seat().Caption(l.key)
		if l.lead != "" {
			lead = d.T("tour.lead." + l.lead)
		}
		item := kit.Fact(kit.Strong.On(lead), d.T(fmt.Sprintf("tour.%d.%d", page, i+1)), leadWidth, body.Width(), kit.Plain)
		said = append(said, item)
		lines += len(item)
	}
	airy := lines+len(said) <= h
	for _, item := range said {
		if body.Line(item...); airy {
			body.Gap()
		}
	}
	return kit.Page{Title: d.T("tour.title", page, len(pages)), Body: body.Lines()}
}
