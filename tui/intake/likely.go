package intake

import (
	"reflect"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// alike is what the desk knows of cases that may tell what the form tells. It looks
// when the draft is kept, in the background, once at a time.
type alike struct {
	of      casework.Summary // what was looked for last
	looking bool
	found   []store.LikelyMatch
}

type alikeMsg struct {
	found []store.LikelyMatch
	err   error
}

// lookout lets the screen take a message, and looks for likely duplicates when what
// was typed is kept.
func (s *Screen) lookout(msg tea.Msg, update func(tea.Msg) tea.Cmd) tea.Cmd {
	switch msg := msg.(type) {
	case alikeMsg:
		s.alike.looking = false
		if msg.err == nil { // what cannot be looked for now is looked for with the next words
			s.alike.found = msg.found
		}
		return s.look()
	case tea.KeyPressMsg:
		if b, ok := (kit.Table{s.alikeKey()}).Find(msg, true); ok && s.done == nil && s.sheet != nil {
			if why := b.Why(); why != "" {
				return words.Tell(words.NoteMsg{Note: why})
			}
			return words.Tell(words.OpenMsg{Case: s.alike.found[0].ID})
		}
	}
	at := s.focus()
	cmd := update(msg)
	if _, due := msg.(kit.DraftDueMsg); due || s.focus() != at {
		return tea.Batch(cmd, s.look())
	}
	return cmd
}

func (s *Screen) focus() string {
	if s.sheet == nil {
		return ""
	}
	return s.sheet.Form.Focused()
}

// look looks for cases like the form, if it tells anything new.
func (s *Screen) look() tea.Cmd {
	if s.sheet == nil || s.done != nil || s.saving || s.alike.looking {
		return nil
	}
	of := casework.SummaryOf(s.registration(), s.desk.Now())
	if of.Day = of.Day.Truncate(24 * 60 * 60 * 1e9); reflect.DeepEqual(of, s.alike.of) {
		return nil
	}
	s.alike.of, s.alike.looking = of, true
	st := s.desk.Store
	return func() tea.Msg {
		found, err := st.Likely(of)
		return alikeMsg{found, err}
	}
}

// alikeKey opens the likeliest; the form stays as it is below.
func (s *Screen) alikeKey() kit.Binding {
	return kit.Binding{ID: "likely", Keys: []string{"f6"}, Help: "key.likely", Off: func() string {
		if len(s.alike.found) == 0 {
			return s.desk.T("likely.off")
		}
		return ""
	}}
}

// alikeStatus names the likeliest, and in what it agrees, in w cells. It stands in the
// status line, so that the form does not move under somebody who types; the title gives
// way, for it can be looked at.
func (s *Screen) alikeStatus(w int) string {
	if len(s.alike.found) == 0 {
		return ""
	}
	m := s.alike.found[0]
	more := ""
	if n := len(s.alike.found); n > 1 {
		more = " " + s.desk.T("likely.more", i18n.Arg("n", n))
	}
	status := func(title string) string {
		said := s.desk.T("likely.found", words.Tail(m.Number)+title) + s.desk.T("likely.because", s.desk.Reasons(m.Likeness[:1])) + more
		return "  " + kit.Warning.On(said) + "  " + s.desk.T("likely.look")
	}
	const most, fewest = 16, 6
	if room := min(most, w-kit.Width(status(" "))); room >= fewest {
		return status(" " + words.Short(m.Title, room))
	}
	return status("")
}
