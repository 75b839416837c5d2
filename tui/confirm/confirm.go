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
	desk words.Desk
	ask  words.AskMsg
	list kit.List
}

// New asks a question; the cursor stands on its first choice.
func New(d words.Desk, ask words.AskMsg) *Screen {
	s := &Screen{desk: d, ask: ask}
	s.list.SetLen(len(ask.Choices))
	s.list.SetHeight(len(ask.Choices))
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
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.Update(msg) {
		return nil
	}
	switch name := kit.KeyName(k); {
	case name == "enter":
		return s.answer(s.list.Cursor())
	case name == "esc":
		return words.Tell(words.BackMsg{})
	case len(name) == 1 && name[0] >= '1' && int(name[0]-'0') <= len(s.ask.Choices):
		return s.answer(int(name[0] - '1'))
	}
	return nil
}

func (s *Screen) answer(i int) tea.Cmd {
	return words.Tell(words.BackMsg{Then: s.ask.Choices[i].Msg})
}

// Page shows the question and its choices.
func (s *Screen) Page(w, _ int) kit.Page {
	body := []string{""}
	for _, line := range s.ask.Lines {
		body = append(body, words.Wrap(line, w-4, kit.Plain)...)
	}
	body = append(body, "")
	body = append(body, s.list.Lines(w-4, true, func(i, _ int) string {
		return string(rune('1'+i)) + "  " + s.ask.Choices[i].Label
	})...)
	for i := range body {
		body[i] = "  " + body[i]
	}
	return kit.Page{Title: s.ask.Title, Body: body}
}
