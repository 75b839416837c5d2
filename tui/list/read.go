package list

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
)

type (
	readMsg struct {
		generation int
		list       store.List
		board      *store.Board
		also       []besides
		drafts     []store.DraftWork
		cases      map[casework.CaseID]string // of the drafts that the board shows, by name
		unproved   bool
		saved      []store.SavedSearch
		recent     []string
		err        error
		missing    int // of the cases that were asked for
	}
	lookedMsg struct {
		generation int
		view       store.View
		err        error
	}
)

// readFirst reads the first page as it was kept at the last end.
func (s *Screen) readFirst() tea.Cmd {
	st, tab := s.desk.Store, s.tabNow()
	return func() tea.Msg {
		if tab == tabBoard {
			board, ok := st.FirstBoard()
			if !ok {
				return nil
			}
			return readMsg{board: &board}
		}
		list, ok := st.FirstPage(tab)
		if !ok {
			return nil
		}
		return readMsg{list: list}
	}
}

// read reads the rows of the tab, as many as the cursor needs, and the drafts.
func (s *Screen) read() tea.Cmd {
	if s.given != nil {
		return s.readGiven()
	}
	s.asked++
	generation, st := s.asked, s.desk.Store
	q := store.Query{Tab: s.tabNow(), Limit: max(0, s.list.Cursor()) + page}
	q.Find, q.Within = s.query()
	ctx := s.searching()
	if s.all {
		q.Limit = 0
	}
	onBoard := s.onBoard()
	if s.tabNow() == tabBoard {
		q.Tab, q.Limit = store.TabTodo, 1 // for the counts of the tabs
	}
	desk, sp, daily := s.desk, s.special, s.daily()
	return func() tea.Msg {
		list, err := st.Search(ctx, q)
		if ctx.Err() != nil {
			return nil // something else is asked for by now
		}
		var also []besides
		var board *store.Board
		switch {
		case err != nil:
		case onBoard:
			var b store.Board
			b, err = st.Board()
			board, list.Rows, list.Total = &b, nil, 0
		case sp != special{}:
			tabs := list.Tabs
			list, also, err = readSpecial(st, desk, sp)
			list.Tabs = tabs
		case daily:
			also, err = coming(st, list.Rows)
		}
		if err != nil {
			return readMsg{generation: generation, err: err}
		}
		drafts, err := st.Drafts()
		if err != nil {
			return readMsg{generation: generation, err: err}
		}
		msg := readMsg{generation: generation, list: list, board: board, also: also, drafts: drafts}
		if board != nil {
			msg.cases = casesOf(st, drafts)
		}
		if msg.unproved, err = st.Unproved(); err == nil {
			msg.saved, err = st.Saved()
		}
		if err == nil {
			msg.recent, err = st.Recent()
		}
		msg.err = err
		return msg
	}
}

// took shows what was read unless something newer is shown already, or it is of a list that
// is shown no more. The cursor stays on its case wherever that went.
func (s *Screen) took(msg readMsg) tea.Cmd {
	if msg.generation < max(s.got, s.since) {
		return nil
	}
	s.got, s.err = msg.generation, msg.err
	if msg.err != nil {
		return nil
	}
	if msg.generation == s.asked && msg.generation > 0 && s.given == nil { // an earlier one may not know what was saved since
		s.saved, s.recent = msg.saved, msg.recent
		s.tab = min(s.tab, s.tabCount()-1)
	}
	if msg.board != nil {
		return s.tookBoard(msg)
	}
	s.meant = msg.list.Asked
	row, onRow := s.row()
	draft, onDraft := s.draft()
	at := s.list.Cursor()
	s.rows, s.also, s.total, s.day = msg.list.Rows, msg.also, msg.list.Total, s.today()
	s.unproved = msg.unproved
	if s.given != nil {
		s.given.missing = msg.missing
	}
	if msg.list.Tabs != nil {
		s.tabs = msg.list.Tabs
	}
	s.drafts = s.fitting(msg.drafts)
	s.list.All = len(s.drafts) + s.total
	s.list.SetLen(len(s.drafts) + len(s.rows))
	i := -1
	switch {
	case onDraft:
		i = slices.IndexFunc(s.drafts, func(d store.DraftWork) bool { return d.ID == draft.ID })
	case onRow:
		if at < len(s.rows) && s.rows[at].ID == row.ID && len(s.drafts) == 0 {
			i = at // one of several rows of the case
		} else if i = slices.IndexFunc(s.rows, func(r store.Row) bool { return r.ID == row.ID }); i >= 0 {
			i += len(s.drafts)
		}
	}
	if !s.want.IsZero() && msg.generation == s.asked {
		if n := slices.IndexFunc(s.rows, func(r store.Row) bool { return r.ID == s.want }); n >= 0 {
			i = n + len(s.drafts)
		}
		s.want = casework.CaseID{}
	}
	switch {
	case s.toEnd:
		at, s.toEnd = s.list.Len()-1, false
	case i >= 0:
		at = i
	}
	s.list.Select(at)
	if msg.generation == 0 || s.given != nil {
		return s.look() // the rows are still being loaded
	}
	if s.finding {
		return tea.Batch(s.look(), s.prepare())
	}
	return tea.Batch(s.look(), s.prepare(), s.recount())
}

// prepare makes ready for searches, now that there is a list to look at.
func (s *Screen) prepare() tea.Cmd {
	st := s.desk.Store
	return func() tea.Msg {
		_ = st.PrepareSearch() // a search that cannot be made ready says so itself
		return nil
	}
}

// fitting are the drafts that the tab shows: those of new cases, where the list
// is not a search.
func (s *Screen) fitting(drafts []store.DraftWork) []store.DraftWork {
	tab := s.tabNow()
	if s.special != (special{}) || s.sought() || tab == store.TabOverdue || tab == store.TabClosed || tab == store.TabBacklog || tab == store.TabToday || tab == store.TabSupervised {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(drafts), func(d store.DraftWork) bool {
		return !d.Case.IsZero() || d.Action != casework.ActRegister
	})
}

// look reads the case under the cursor for the preview, where there is one.
func (s *Screen) look() tea.Cmd {
	row, ok := s.row()
	if s.w < Wide || !ok || row.Gone != nil {
		return nil
	}
	s.previewed++
	generation, st := s.previewed, s.desk.Store
	return func() tea.Msg {
		view, err := st.Case(row.ID)
		return lookedMsg{generation, view, err}
	}
}

func (s *Screen) looked(msg lookedMsg) {
	if msg.generation == s.previewed && msg.err == nil {
		s.preview, s.onward = msg.view, s.desk.Onward(&msg.view.Case)
	}
}

// drop drops a draft, which can be got back for a while; the store tells of it.
func (s *Screen) drop(id store.DraftID) tea.Cmd {
	s.asked++
	generation, st := s.asked, s.desk.Store
	reread := s.read()
	return func() tea.Msg {
		if err := st.DropDraft(id); err != nil {
			return readMsg{generation: generation, err: err}
		}
		return reread()
	}
}
