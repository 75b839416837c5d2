package list

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// special is a list that stands in a tab's place until Esc: what is to be done on a
// day, the cases that may tell the same as one, or those behind a line of the board. The
// zero value is none.
type special struct {
	day  time.Time       // midnight of the day at the county
	like casework.CaseID // the case that the others are like
	name string          // what the list or that case is called
	pick store.Pick
}

// ofBoard reports whether the list is the cases behind a line of the board.
func (sp special) ofBoard() bool { return sp.pick != "" }

// besides is what a row shows in place of the time that is left, its place and its
// state; empty: those.
type besides struct{ left, place, state string }

// daily reports whether the list is about days.
func (s *Screen) daily() bool { return s.tabNow() == store.TabToday && s.find.Value() == "" }

// dayKeys go through the days and back to the coming ones.
func (s *Screen) dayKeys() kit.Table {
	if !s.daily() || s.finding || !s.special.like.IsZero() {
		return nil
	}
	return kit.Table{
		{ID: "day_next", Keys: []string{"right"}, Help: "key.day_next"},
		{ID: "day_prev", Keys: []string{"left"}, Help: "key.day_prev"},
		{ID: "day", Keys: []string{"ctrl+g", "g"}, Help: "key.pick_day"},
	}
}

// backKeys leave a special list.
func (s *Screen) backKeys() kit.Table {
	if s.special == (special{}) || s.finding {
		return nil
	}
	return kit.Table{{ID: "back", Keys: []string{"esc"}, Help: "key.back"}}
}

// goKeys are those of the line that a day is typed into.
func goKeys() kit.Table {
	return kit.Table{
		{ID: "go", Keys: []string{"enter"}, Help: "key.day_go"},
		{ID: "stay", Keys: []string{"esc"}, Help: "key.back"},
	}
}

// midnight is the beginning of a day at the county.
func (s *Screen) midnight(t time.Time) time.Time { return s.desk.Index().Calendar().Midnight(t) }

// step goes so many days on or back; from the coming days it begins today.
func (s *Screen) step(days int) tea.Cmd {
	day := s.special.day
	if day.IsZero() {
		day = s.midnight(s.desk.Now())
	}
	return s.instead(special{day: day.AddDate(0, 0, days)})
}

// instead shows another special list from its top.
func (s *Screen) instead(sp special) tea.Cmd {
	s.special = sp
	return s.restart()
}

// typeDay works the line that a day is typed into.
func (s *Screen) typeDay(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch b, _ := goKeys().Find(k, true); b.ID {
		case "stay":
			s.goal = nil
			return nil
		case "go":
			return s.goTo(s.goal.Value().Text)
		}
	}
	s.goal.Update(msg)
	return nil
}

func (s *Screen) goTo(typed string) tea.Cmd {
	day, err := time.ParseInLocation(time.DateOnly, typed, s.desk.Index().Calendar().Location())
	if err != nil {
		return words.Tell(words.NoteMsg{Note: s.desk.T("list.bad_day")})
	}
	s.goal = nil
	return s.instead(special{day: day})
}

// likely lists the cases that may tell the same as the one under the cursor.
func (s *Screen) likely() tea.Cmd {
	row, _ := s.row()
	st, none := s.desk.Store, s.desk.T("likely.none_to", words.Tail(row.Number))
	return func() tea.Msg {
		found, err := likelyTo(st, row.ID)
		switch {
		case err != nil:
			return words.NoteMsg{Note: s.desk.Advise(err).String()}
		case len(found) == 0:
			return words.NoteMsg{Note: none}
		}
		return alikeMsg{special{like: row.ID, name: words.Tail(row.Number)}}
	}
}

// alikeMsg tells that there are cases like the one that was asked about.
type alikeMsg struct{ special special }

func likelyTo(st *store.Store, id casework.CaseID) ([]store.LikelyMatch, error) {
	view, err := st.Case(id)
	if err != nil {
		return nil, err
	}
	return st.LikelyTo(&view.Case)
}

func (s *Screen) noLikely() string {
	if row, ok := s.row(); !ok || row.Gone != nil || asked(row) {
		return s.desk.T("list.off_case")
	}
	return ""
}

// readSpecial reads the rows of a special list, with what they show besides.
func readSpecial(st *store.Store, d words.Desk, sp special) (list store.List, also []besides, err error) {
	if !sp.like.IsZero() {
		found, err := likelyTo(st, sp.like)
		for _, m := range found {
			list.Rows = append(list.Rows, m.Row)
			also = append(also, besides{place: d.Reasons(m.Likeness)})
		}
		list.Total = len(list.Rows)
		return list, also, err
	}
	if sp.ofBoard() {
		list.Rows, err = st.Picked(sp.pick)
		list.Total = len(list.Rows)
		return list, nil, err
	}
	doings, err := st.Day(sp.day)
	for _, do := range doings {
		list.Rows = append(list.Rows, do.Row)
		also = append(also, besides{left: do.At.Format("15:04"), place: do.Place, state: purpose(d, do)})
	}
	list.Total = len(list.Rows)
	return list, also, err
}

// purpose says what is to be done.
func purpose(d words.Desk, do store.Doing) string {
	switch {
	case do.Limit != "":
		return d.T("day.due", d.T("limit."+string(do.Limit)))
	case do.What == "":
		return d.T("action.appoint")
	}
	return words.Clean(do.What)
}

// coming is what rows of the coming days show besides: where and when they meet next.
func coming(st *store.Store, rows []store.Row) ([]besides, error) {
	doings, err := st.Next(rows)
	also := make([]besides, len(doings))
	for i, do := range doings {
		if do.Limit == "" && !do.At.IsZero() {
			also[i] = besides{place: do.Place, state: do.At.Format("01-02 15:04")}
		}
	}
	return also, err
}

// specialLine says in the search line's place what the list is; "" where it is a tab.
func (s *Screen) specialLine() string {
	d := s.desk
	switch {
	case s.special.ofBoard():
		return d.T("list.of_board", s.special.name)
	case !s.special.like.IsZero():
		return d.T("list.likely", s.special.name)
	case s.special.day.IsZero() && s.daily():
		return d.T("list.coming", i18n.Arg("n", store.AheadDays))
	case s.special.day.IsZero():
		return ""
	}
	return d.T("list.day", d.Seat().DayEcho(s.special.day, s.midnight(d.Now())))
}
