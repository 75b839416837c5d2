// Package confirm is the screen that asks before something could be lost. It
// stands in place of the screen that asked, so nothing of that is to be seen
// meanwhile. What the answers mean is the asker's.
package confirm

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is one question.
type Screen struct {
	desk    words.Desk
	ask     words.AskMsg
	choices kit.Choices
}

// New asks a question; the cursor stands on its first choice.
func New(d words.Desk, ask words.AskMsg) *Screen {
	s := &Screen{desk: d, ask: ask}
	labels := make([]string, len(ask.Choices))
	for i, c := range ask.Choices {
		labels[i] = c.Label
	}
	s.choices.Offer(labels...)
	return s
}

// Table is the keys of every question.
func Table() kit.Table {
	return kit.Table{
		{ID: "take", Keys: []string{"enter"}, Help: "key.take"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move"},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
	}
}

// Keys are the keys as they work now.
func (s *Screen) Keys() kit.Table { return Table() }

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes a key. Digits choose as well.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	chosen, used := s.choices.Update(msg)
	if chosen >= 0 {
		return words.Tell(words.BackMsg{Then: s.ask.Choices[chosen].Msg})
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && !used && kit.KeyName(k) == "esc" {
		return words.Tell(words.BackMsg{})
	}
	return nil
}

// Page shows the question and its choices.
func (s *Screen) Page(w, h int) kit.Page {
	return kit.Page{Title: s.ask.Title, Body: kit.Dialog(s.ask.Lines, &s.choices, w, h)}
}
