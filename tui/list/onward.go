package list

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
)

// Tabs are the list's tabs in their order, the board first.
func Tabs() []store.Tab { return slices.Clone(tabs) }

// OnCase is the case under the cursor; zero: there is none, or several stand for one line.
func (s *Screen) OnCase() casework.CaseID {
	if s.onBoard() {
		switch l, _ := s.under(); {
		case !l.one.IsZero():
			return l.one
		case len(l.ids) == 1:
			return l.ids[0]
		}
		return casework.CaseID{}
	}
	row, _ := s.row()
	return row.ID
}

// goTab goes to a tab; a search ends.
func (s *Screen) goTab(tab store.Tab) tea.Cmd {
	i := slices.Index(tabs, tab)
	if i < 0 || s.given != nil {
		return nil
	}
	noted := s.unfind()
	s.tab, s.special = i, special{}
	return tea.Batch(noted, s.restart())
}
