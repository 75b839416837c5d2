package list

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// MostMarks is how many cases can be marked at once: more than anybody reads through before
// saying yes to all.
const MostMarks = 200

// marks are the cases that are marked, in the order in which they were. They stay however
// often the rows are read again, and whatever tab is shown.
type marks []casework.CaseID

func (m marks) has(id casework.CaseID) bool { return slices.Contains(m, id) }

// actKeys act on the case under the cursor, or on those that are marked.
func (s *Screen) actKeys() kit.Table {
	keys := kit.Table{{ID: "act", Keys: []string{"ctrl+e", "a"}, Help: "key.act_here", Off: s.noAct}}
	if s.finding {
		return keys // Space and Ctrl+A are the search line's
	}
	return append(keys,
		kit.Binding{ID: "mark", Keys: []string{"space", "insert"}, Help: "key.mark", Rare: len(s.marks) == 0, Off: s.noMark},
		kit.Binding{ID: "mark_all", Keys: []string{"ctrl+a"}, Help: "key.mark_all", Rare: true, Off: s.noMarkAll})
}

// withMarks are the screen's keys with those for acting. While something is marked, Esc
// drops the marks before it does anything else.
func (s *Screen) withMarks(keys kit.Table) kit.Table {
	keys = slices.Insert(keys, min(1, len(keys)), s.actKeys()...)
	if len(s.marks) == 0 || s.finding {
		return keys
	}
	keys = slices.DeleteFunc(keys, func(b kit.Binding) bool { return slices.Contains(b.Keys, "esc") })
	return slices.Insert(keys, 2, kit.Binding{ID: "unmark", Keys: []string{"esc"}, Help: "key.unmark"})
}

// markable is the case under the cursor, where there is one that can be acted on.
func (s *Screen) markable() (store.Row, bool) {
	if s.onBoard() {
		return store.Row{}, false
	}
	row, ok := s.row()
	return row, ok && row.Gone == nil && !asked(row)
}

func (s *Screen) noMark() string {
	if why := s.desk.ReadsOnly(); why != "" {
		return why
	}
	if _, ok := s.markable(); !ok {
		return s.desk.T("marks.off_none")
	}
	return ""
}

func (s *Screen) noMarkAll() string {
	if why := s.desk.ReadsOnly(); why != "" {
		return why
	}
	if s.onBoard() || len(s.rows) == 0 {
		return s.desk.T("marks.off_none")
	}
	return ""
}

func (s *Screen) noAct() string {
	if why := s.desk.ReadsOnly(); why != "" {
		return why
	}
	if len(s.marks) > 0 {
		return ""
	}
	if l, ok := s.under(); s.onBoard() && ok && !l.one.IsZero() {
		return ""
	}
	if _, ok := s.markable(); !ok {
		return s.desk.T("list.off_case")
	}
	return ""
}

// markAct does what the keys for acting and marking say.
func (s *Screen) markAct(id string) tea.Cmd {
	switch id {
	case "act":
		s.finding = false
		if len(s.marks) > 0 {
			return words.Tell(words.ManyMsg{Cases: slices.Clone(s.marks)})
		}
		if s.onBoard() {
			l, _ := s.under()
			return words.Tell(words.OpenMsg{Case: l.one, Act: true})
		}
		row, _ := s.row()
		return words.Tell(words.OpenMsg{Case: row.ID, Act: true})
	case "mark":
		row, _ := s.row()
		if i := slices.Index(s.marks, row.ID); i >= 0 {
			s.marks = slices.Delete(s.marks, i, i+1)
		} else if !s.markOne(row) {
			return words.Tell(words.NoteMsg{Note: s.desk.T("marks.most", i18n.Arg("n", MostMarks))})
		}
		s.list.Select(s.list.Cursor() + 1)
		return s.moved()
	case "mark_all":
		return s.markAll()
	case "unmark":
		s.marks = nil
	}
	return nil
}

// markOne marks a case; false: there are too many already.
func (s *Screen) markOne(row store.Row) bool {
	if row.Gone != nil || asked(row) || s.marks.has(row.ID) {
		return true
	}
	if len(s.marks) >= MostMarks {
		return false
	}
	s.marks = append(s.marks, row.ID)
	return true
}

// markAll marks every case that was read of the list.
func (s *Screen) markAll() tea.Cmd {
	for _, row := range s.rows {
		if !s.markOne(row) {
			return words.Tell(words.NoteMsg{Note: s.desk.T("marks.most", i18n.Arg("n", MostMarks))})
		}
	}
	if len(s.rows) < s.total {
		return words.Tell(words.NoteMsg{Note: s.desk.T("marks.some", i18n.Arg("n", len(s.rows)))})
	}
	return nil
}

// unmark drops the marks of cases that were done.
func (s *Screen) unmark(done []casework.CaseID) {
	s.marks = slices.DeleteFunc(s.marks, func(id casework.CaseID) bool { return slices.Contains(done, id) })
}

// signed draws a row with the sign of its mark before it, where anything is marked.
func (s *Screen) signed(i, w int) string {
	if len(s.marks) == 0 {
		return s.line(i, w)
	}
	sign := "  "
	if at := i - len(s.drafts); at >= 0 && s.marks.has(s.rows[at].ID) {
		if kit.Read(w) { // signs are not read
			return s.desk.T("marks.marked") + "  " + s.line(i, w)
		}
		sign = kit.Strong.On("* ")
	}
	return sign + s.line(i, w-2)
}

// signedHead is the line of the columns, moved by the room of the signs.
func (s *Screen) signedHead(w int) string {
	if len(s.marks) == 0 {
		return s.head(w)
	}
	return "  " + s.head(w-2)
}

// marksSaid says in the status line how many are marked.
func (s *Screen) marksSaid() string {
	if len(s.marks) == 0 {
		return ""
	}
	return " " + kit.Strong.On(s.desk.T("marks.status", s.desk.Seat().Caption("ctrl+e"), i18n.Arg("n", len(s.marks))))
}
