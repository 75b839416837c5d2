// Package enrol is the screen on which a profile joins a county by a slip. What
// speaks to the county is handed to it.
package enrol

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Join enrols the open profile. It blocks, and its errors are
// casework.Refusals.
type Join func(slip string) error

// Screen asks for the slip.
type Screen struct {
	desk words.Desk
	join Join
	form *kit.Form
	slip string // to go on with at once; empty: ask
	busy bool
	err  error
}

// New makes the screen; with a slip it joins at once.
func New(d words.Desk, join Join, slip string) *Screen {
	s := &Screen{desk: d, join: join, slip: slip}
	s.form = kit.NewForm(d.Seat(), "enrol", []kit.FieldSpec{
		{Name: "slip", Label: d.T("setup.slip"), Required: true, Max: 600, Hint: d.T("enrol.hint")},
	})
	s.form.Set("slip", kit.Value{Text: slip})
	return s
}

type joinedMsg struct{ err error }

// Keys are the form's.
func (s *Screen) Keys() kit.Table { return s.form.Keys() }

// Typing is true: a form is always being typed into.
func (s *Screen) Typing() bool { return true }

// Init joins where there is a slip already.
func (s *Screen) Init() tea.Cmd {
	if s.slip == "" {
		return nil
	}
	return s.start(s.slip)
}

// Update takes keys and the county's answer.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case joinedMsg:
		s.busy, s.err = false, msg.err
		if msg.err == nil {
			return words.Tell(words.BackMsg{Note: s.desk.T("enrol.done")})
		}
		return nil
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.busy {
			return nil
		}
		switch act, _ := s.form.Update(msg); act {
		case kit.ActSave:
			return s.start(strings.TrimSpace(s.form.Value("slip").Text))
		case kit.ActLeave:
			return words.Tell(words.BackMsg{Note: s.desk.T("enrol.later")})
		}
	}
	return nil
}

func (s *Screen) start(slip string) tea.Cmd {
	s.busy, s.err = true, nil
	join := s.join
	return func() tea.Msg { return joinedMsg{join(slip)} }
}

// Page shows the field and what the county said.
func (s *Screen) Page(w, h int) kit.Page {
	inner := w - 4
	body := words.Wrap(s.desk.T("enrol.intro"), inner, kit.Plain)
	body = append(body, "")
	if s.busy {
		body = append(body, s.desk.T("enrol.joining"))
	} else {
		body = append(body, s.form.Lines(inner, h-len(body)-5)...)
	}
	if s.err != nil {
		body = append(body, "")
		body = append(body, s.desk.Advice(s.err, inner)...)
	}
	for i := range body {
		body[i] = "  " + body[i]
	}
	return kit.Page{Title: s.desk.T("enrol.title"), Body: body}
}
