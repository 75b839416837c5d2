package list

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// given is a list of cases that somebody asked for, in place of the tabs.
type given struct {
	title   string
	ids     []casework.CaseID
	missing int // of those that were read, how many are not on this laptop
}

// NewOf makes a screen that lists cases in the order in which they are named, below a
// title. Esc leaves it.
func NewOf(d words.Desk, title string, ids []casework.CaseID) *Screen {
	s := New(d, store.TabAll, false, nil)
	s.given = &given{title: title, ids: ids}
	return s
}

func (s *Screen) givenKeys() kit.Table {
	return kit.Table{
		{ID: "open", Keys: []string{"enter"}, Help: "key.open", Off: s.nothing},
		{ID: "leave", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
		{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
		{ID: "ends", Keys: []string{"home", "end"}, Help: "key.ends", Rare: true},
	}
}

// readGiven reads as many rows as the cursor needs.
func (s *Screen) readGiven() tea.Cmd {
	s.asked++
	generation, st := s.asked, s.desk.Store
	ids := s.given.ids
	if n := max(0, s.list.Cursor()) + page; !s.all && n < len(ids) {
		ids = ids[:n]
	}
	total := len(s.given.ids)
	return func() tea.Msg {
		rows, missing, err := st.RowsOf(ids)
		return readMsg{generation: generation, list: store.List{Rows: rows, Total: total - missing}, missing: missing, err: err}
	}
}

// givenLines stand above the columns.
func (s *Screen) givenLines(w int) []string {
	lines := []string{kit.Strong.On(kit.Fit(" "+words.Clean(s.given.title), w)), ""}
	if s.given.missing > 0 {
		lines[1] = kit.Fit(" "+kit.Warning.On("! "+s.desk.T("list.missing", s.given.missing)), w)
	}
	return lines
}
