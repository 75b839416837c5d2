// Package many is the screen on which one thing is done to many cases: what can be done, the
// cases with what will happen to each or why not, a question, and then one entry a case,
// with a list of what became of each.
//
// Only what the tables mark as harmless is offered (casework.Together). Each case is done by
// itself and on what was seen of it: one that changed meanwhile is left out.
package many

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// seen is what can be done to many cases besides the tables' actions: nothing is written.
const seen casework.Action = "seen"

// phase is how far the screen is.
type phase int

const (
	reading phase = iota
	choosing
	reviewing
	working
	finished
)

// item is one of the cases.
type item struct {
	id   casework.CaseID
	view store.View
	off  string // why it is left out, or was; empty: it will be done, or was
	what string // what will happen
	done bool
}

// option is something that can be done, and to how many of the cases.
type option struct {
	action casework.Action
	can    int
}

// Screen is the cases and what is done to them.
type Screen struct {
	desk    words.Desk
	ids     []casework.CaseID
	phase   phase
	items   []item
	options []option
	action  casework.Action
	unit    catalogue.UnitID
	note    *kit.LineField // nil: the action takes no words
	must    bool           // it cannot be done without them
	at      int            // of the items, while working
	stop    bool
	list    kit.List
	err     error
}

// New makes the screen for cases.
func New(d words.Desk, ids []casework.CaseID) *Screen {
	return &Screen{desk: d, ids: ids}
}

type (
	readMsg struct {
		items []item
		err   error
	}
	goMsg  struct{}
	didMsg struct {
		at  int
		off string
		err error
	}
)

// Init reads the cases.
func (s *Screen) Init() tea.Cmd {
	st, ids, gone := s.desk.Store, s.ids, s.desk.T("many.gone")
	return func() tea.Msg {
		items := make([]item, len(ids))
		for i, id := range ids {
			view, err := st.Case(id)
			if err != nil {
				return readMsg{err: err}
			}
			items[i] = item{id: id, view: view}
			if view.Gone != nil {
				items[i].off = gone
			}
		}
		return readMsg{items: items}
	}
}

// Typing reports whether the words for the cases are typed.
func (s *Screen) Typing() bool { return s.phase == reviewing && s.note != nil }

// Unkept reports whether cases are being done.
func (s *Screen) Unkept() bool { return s.phase == working }

// Keep stops after the case that is being done.
func (s *Screen) Keep() tea.Cmd {
	s.stop = true
	return nil
}

// Keys are the screen's keys as they work now.
func (s *Screen) Keys() kit.Table {
	move := kit.Binding{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move", Rare: true}
	back := kit.Binding{ID: "back", Keys: []string{"esc"}, Help: "key.back"}
	switch s.phase {
	case choosing:
		return kit.Table{{ID: "choose", Keys: []string{"enter"}, Help: "key.choose", Off: s.noChoice}, back, move}
	case reviewing:
		return kit.Table{{ID: "go", Keys: []string{"f2"}, Help: "key.many_go", Off: s.noGo}, back, move}
	case working:
		return kit.Table{{ID: "stop", Keys: []string{"esc"}, Help: "key.many_stop"}}
	case finished:
		return kit.Table{{ID: "open", Keys: []string{"enter"}, Help: "key.open"}, back, move}
	}
	return kit.Table{back}
}

func (s *Screen) noChoice() string {
	if len(s.options) == 0 {
		return s.desk.T("many.off_none")
	}
	return ""
}

func (s *Screen) noGo() string {
	if s.count() == 0 {
		return s.desk.T("many.off_none")
	}
	return ""
}

// count is how many of the cases will be done.
func (s *Screen) count() int {
	n := 0
	for _, it := range s.items {
		if it.off == "" {
			n++
		}
	}
	return n
}

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		if s.err = msg.err; s.err == nil {
			s.items = msg.items
			s.offer()
		}
	case goMsg:
		s.phase, s.at = working, -1
		return s.next()
	case didMsg:
		return s.did(msg)
	case tea.PasteMsg:
		if s.Typing() {
			s.note.Update(msg)
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return nil
}

// offer finds what can be done to some of the cases.
func (s *Screen) offer() {
	s.phase, s.options = choosing, nil
	for _, a := range append(casework.Harmless(), seen) {
		n := 0
		for i := range s.items {
			if s.why(&s.items[i], a) == "" {
				n++
			}
		}
		if n > 0 {
			s.options = append(s.options, option{a, n})
		}
	}
	slices.SortStableFunc(s.options, func(a, b option) int { return b.can - a.can })
	s.list = kit.List{}
	s.list.SetLen(len(s.options))
}

// why says why something is not done to a case; "" where it is.
func (s *Screen) why(it *item, a casework.Action) string {
	c := &it.view.Case
	switch {
	case it.view.Gone != nil:
		return s.desk.T("many.gone")
	case a == seen && it.view.New:
		return ""
	case a == seen:
		return s.desk.T("many.not_new")
	}
	if why := casework.Together(c, s.desk.Store.Person(""), a, s.desk.Index()); why != "" {
		return s.desk.RefusedBriefly(c, a, why)
	}
	return ""
}

// review shows what the action will do to each case.
func (s *Screen) review(a casework.Action) {
	s.phase, s.action, s.note, s.must = reviewing, a, nil, false
	s.unit = s.desk.Store.Person("").Unit
	for i := range s.items {
		it := &s.items[i]
		c := &it.view.Case
		it.what, it.off = s.desk.T("many.seen_what"), s.why(it, a)
		if a == seen || it.off != "" {
			continue
		}
		event, _ := c.NewEvent(a)
		for _, f := range casework.FieldsOn(c, event, s.desk.Index()) {
			if f.Name == "note" && s.note == nil {
				s.note, s.must = &kit.LineField{Limit: 500}, f.Required
			}
		}
		o := s.desk.Foresee(c, event)
		it.what = s.desk.LeadsBriefly(c, o)
		if o.Why != "" {
			it.off = s.desk.Why(o.Why)
		}
	}
	slices.SortStableFunc(s.items, func(a, b item) int { // what is done comes first
		if (a.off == "") == (b.off == "") {
			return 0
		} else if a.off == "" {
			return -1
		}
		return 1
	})
	s.list = kit.List{}
	s.list.SetLen(len(s.items))
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	if s.phase != working && s.list.Update(k) {
		return nil
	}
	b, ok := s.Keys().Find(k, s.Typing())
	switch {
	case !ok && s.Typing():
		s.note.Update(k)
		return nil
	case !ok:
		return nil
	case b.Why() != "":
		return words.Tell(words.NoteMsg{Note: b.Why()})
	}
	switch b.ID {
	case "choose":
		s.review(s.options[s.list.Cursor()].action)
	case "go":
		return s.ask()
	case "stop":
		s.stop = true
	case "open":
		return words.Tell(words.OpenMsg{Case: s.items[s.list.Cursor()].id})
	case "back":
		return s.back()
	}
	return nil
}

// back goes one step back, or out; who had the cases marked is told which were done.
func (s *Screen) back() tea.Cmd {
	if s.phase == reviewing {
		s.offer()
		return nil
	}
	var done []casework.CaseID
	for _, it := range s.items {
		if it.done {
			done = append(done, it.id)
		}
	}
	return words.Tell(words.BackMsg{Then: words.UnmarkMsg{Cases: done}})
}

// ask asks once more before anything is done.
func (s *Screen) ask() tea.Cmd {
	if s.must && strings.TrimSpace(s.note.Value()) == "" {
		return words.Tell(words.NoteMsg{Note: s.desk.T("many.note_required")})
	}
	n := s.count()
	return words.Tell(words.AskMsg{
		Title: s.desk.T("many.ask_title", s.name(s.action), i18n.Arg("n", n)),
		Lines: []string{s.desk.T("many.ask", s.name(s.action), i18n.Arg("n", n))},
		Choices: []words.Choice{
			{Label: s.desk.T("many.ask_no")},
			{Label: s.desk.T("many.ask_yes", i18n.Arg("n", n)), Msg: goMsg{}},
		},
	})
}

func (s *Screen) name(a casework.Action) string {
	if a == seen {
		return s.desk.T("many.seen")
	}
	return s.desk.Action(string(a))
}

// next does the next case, or ends where none is left or the person stopped it.
func (s *Screen) next() tea.Cmd {
	for s.at++; s.at < len(s.items) && (s.items[s.at].off != "" || s.stop); s.at++ {
		if it := &s.items[s.at]; it.off == "" {
			it.off = s.desk.T("many.not_reached")
		}
	}
	if s.at >= len(s.items) {
		s.phase = finished
		s.list.Select(0)
		return nil
	}
	it, at := s.items[s.at], s.at
	st, changed := s.desk.Store, s.desk.T("many.changed")
	if s.action == seen {
		return func() tea.Msg { return didMsg{at: at, err: st.NoteOpened(it.view.Row)} }
	}
	event, _ := it.view.Case.NewEvent(s.action)
	if s.note != nil {
		casework.Fill(event, map[string]string{"note": s.note.Value()})
	}
	work := store.Work{Case: it.id, Parents: slices.Clone(it.view.Case.Heads), Unit: s.unit, Events: []casework.Event{event}}
	return func() tea.Msg {
		now, err := st.Case(it.id)
		if err == nil && !slices.Equal(now.Case.Heads, it.view.Case.Heads) {
			return didMsg{at: at, off: changed}
		}
		if err == nil {
			_, err = st.Append(work)
		}
		return didMsg{at: at, err: err}
	}
}

// did notes what became of a case and goes on.
func (s *Screen) did(msg didMsg) tea.Cmd {
	it := &s.items[msg.at]
	it.off, it.done = msg.off, msg.off == "" && msg.err == nil
	if msg.err != nil {
		it.off = s.desk.Advise(msg.err).Message
	}
	return s.next()
}
