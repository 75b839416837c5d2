package detail

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/tui/words"
)

// OnCase is the case that is shown.
func (s *Screen) OnCase() casework.CaseID { return s.id }

// do goes on to an action as the menu does; until the case is read it waits.
func (s *Screen) do(a casework.Action) tea.Cmd {
	if !s.loaded {
		s.todo = a
		return nil
	}
	if why := s.noMenu(); why != "" {
		return words.Tell(words.NoteMsg{Note: why})
	}
	offer, ok := s.desk.OfferOf(&s.view.Case, a)
	switch {
	case !ok:
		return nil
	case !offer.Allowed:
		return words.Tell(words.NoteMsg{Note: s.desk.Refused(&s.view.Case, offer.Offer)})
	}
	s.menu = nil
	return s.take(offer)
}

// waited does what was asked for before the case was read.
func (s *Screen) waited() tea.Cmd {
	a := s.todo
	if s.todo = ""; a == "" {
		return nil
	}
	return s.do(a)
}

// Numbers are the digits that take an action in the menu, by the offers in the order of their
// table.
func Numbers(offers []words.Offer) map[casework.Action]string {
	numbers := map[casework.Action]string{casework.ActNote: "0"}
	for _, o := range offers {
		if n := len(numbers); o.Group == casework.GroupProceed && n <= 9 {
			numbers[o.Action] = string(rune('0' + n))
		}
	}
	return numbers
}
