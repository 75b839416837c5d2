// Package gallery shows every part of the kit in every state: what a change of a part
// does to its looks is seen here first, in both languages, at any size and in any
// terminal. Its golden pictures are looked at like those of the screens.
//
// The parts are the real ones and take keys; what stands in them is invented.
package gallery

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/i18n"
	"casedesk/tui/kit"
)

// Picture is a page of the gallery.
type Picture struct {
	Name   string
	Page   func(w, h int) kit.Page
	Update func(tea.Msg) tea.Cmd // nil: it takes no keys
}

// Gallery is the model that shows the pictures one at a time.
type Gallery struct {
	words    *i18n.Words
	seat     kit.Seat
	pictures []Picture
	at       int
	w, h     int
}

// New makes the gallery. plain is for terminals that draw charts in ASCII.
func New(words *i18n.Words, plain bool) *Gallery {
	now := func() time.Time { return time.Date(2026, 10, 12, 10, 32, 0, 0, time.UTC) }
	g := &Gallery{words: words, seat: kit.Seat{Say: words.T, Now: now, Plain: plain}}
	g.pictures = pictures(g.seat)
	return g
}

// Len is how many pictures there are, and Name what one is called.
func (g *Gallery) Len() int          { return len(g.pictures) }
func (g *Gallery) Name(i int) string { return g.pictures[i].Name }

// Keys turn the pages and leave; everything else goes to the part that is shown.
func Keys() kit.Table {
	return kit.Table{
		{ID: "next", Keys: []string{"f6"}, Help: "key.gallery"},
		{ID: "back", Keys: []string{"f5"}, Help: "key.back"},
		{ID: "quit", Keys: []string{"f10", "ctrl+q", "ctrl+c"}, Help: "key.quit"},
	}
}

// Init does nothing.
func (g *Gallery) Init() tea.Cmd { return nil }

// Update turns the pages.
func (g *Gallery) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		g.w, g.h = msg.Width, msg.Height
		return g, nil
	case kit.WaitMsg:
		return g, msg.Tick()
	case tea.KeyPressMsg:
		switch b, _ := Keys().Find(msg, true); b.ID {
		case "next":
			g.at = (g.at + 1) % len(g.pictures)
			return g, nil
		case "back":
			g.at = (g.at + len(g.pictures) - 1) % len(g.pictures)
			return g, nil
		case "quit":
			return g, tea.Quit
		}
	}
	if update := g.pictures[g.at].Update; update != nil {
		return g, update(msg)
	}
	return g, nil
}

// View is the picture that is shown.
func (g *Gallery) View() tea.View { return g.Draw(g.at, g.w, g.h) }

// Draw is a picture at a size.
func (g *Gallery) Draw(i, w, h int) tea.View {
	p := g.pictures[i]
	page := p.Page(w, kit.BodyHeight(h))
	page.Title = g.words.T("gallery.title", g.words.T("gallery."+p.Name))
	page.Corner = g.words.T("gallery.where", i+1, len(g.pictures))
	page.Footer = g.seat.Footer(Keys(), w)
	return g.seat.View(page, w, h)
}

// Print is all pictures one below the other, for where there is no terminal.
func (g *Gallery) Print(w, h int) string {
	var b strings.Builder
	for i := range g.pictures {
		for line := range strings.SplitSeq(g.Draw(i, w, h).Content, "\n") {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return b.String()
}
