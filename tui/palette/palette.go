// Package palette is the screen on which everything that can be done is found by its
// words: by pinyin, initials, Chinese or English. What there is, and what comes of it, the
// root says; here it is searched, ranked and shown with the key that does the same.
package palette

import (
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Entry is something that can be done.
type Entry struct {
	ID    string   // names it among those that were used
	Names []string // the first is shown, all are searched
	Group string   // where it belongs
	Key   string   // what the key is called that does the same here; empty: there is none
	Why   string   // why it is off; empty: it is not
	Msg   tea.Msg  // for the root, once it was chosen
}

// ChosenMsg tells the root which entry was chosen.
type ChosenMsg struct {
	ID  string
	Msg tea.Msg
}

// Screen is the line that is typed into, and what was found below it.
type Screen struct {
	desk    words.Desk
	entries []Entry
	here    int            // how many of the entries are of the screen below
	used    []string       // the ids of what was used, the last first
	read    func() []Entry // reads what can be done on a case; nil: there is none
	find    kit.LineField
	found   []int
	list    kit.List
}

// New makes the palette of the entries of the screen below it, of those that read returns,
// and of the rest of the desk.
func New(d words.Desk, here []Entry, read func() []Entry, rest []Entry, used []string) *Screen {
	s := &Screen{desk: d, entries: slices.Concat(here, rest), here: len(here), used: used, read: read, find: kit.LineField{Limit: 40}}
	s.search()
	return s
}

type readMsg struct{ entries []Entry }

// Init reads what can be done on the case.
func (s *Screen) Init() tea.Cmd {
	read := s.read
	if read == nil {
		return nil
	}
	return func() tea.Msg { return readMsg{read()} }
}

// Keys are the screen's keys.
func (s *Screen) Keys() kit.Table {
	return kit.Table{
		{ID: "choose", Keys: []string{"enter"}, Help: "key.choose", Off: s.nothing},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move"},
	}
}

func (s *Screen) nothing() string {
	if s.list.Len() == 0 {
		return s.desk.T("kit.none_match")
	}
	return ""
}

// Typing is true: the line has the focus.
func (s *Screen) Typing() bool { return true }

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		s.add(msg.entries)
	case tea.KeyPressMsg:
		if b, bound := s.Keys().Find(msg, true); bound && b.ID != "move" {
			return s.act(b)
		}
		if !s.list.Update(msg) {
			s.typed(msg)
		}
	case tea.PasteMsg:
		s.typed(msg)
	}
	return nil
}

// add adds what can be done on the case; who has chosen already stays where she is.
func (s *Screen) add(entries []Entry) {
	at := -1
	if i := s.list.Cursor(); i > 0 {
		if at = s.found[i]; at >= s.here {
			at += len(entries)
		}
	}
	s.entries = slices.Insert(s.entries, s.here, entries...)
	s.search()
	if at >= 0 {
		s.list.Select(slices.Index(s.found, at))
	}
}

func (s *Screen) typed(msg tea.Msg) {
	if _, changed := s.find.Update(msg); changed {
		s.search()
	}
}

func (s *Screen) act(b kit.Binding) tea.Cmd {
	switch why := b.Why(); {
	case why != "":
		return words.Tell(words.NoteMsg{Note: why})
	case b.ID == "back":
		return words.Tell(words.BackMsg{})
	}
	e := s.entries[s.found[s.list.Cursor()]]
	if e.Why != "" {
		return words.Tell(words.NoteMsg{Note: e.Why})
	}
	return words.Tell(words.BackMsg{Then: ChosenMsg{e.ID, e.Msg}})
}

// edge stands at both ends of a name that is compared whole: a letter that no name has.
const edge = "\u03bb"

// sought is what was typed, in the ways in which a name can have it, the best first: the
// name is just that, begins with it, has it somewhere.
type sought []text.Query

func newSought(typed string) sought {
	return sought{text.NewQuery(edge + typed + edge), text.NewQuery(edge + typed), text.NewQuery(typed)}
}

// in ranks the best of an entry's names; ok is false where none has it.
func (q sought) in(names []string) (rank int, ok bool) {
	rank = len(q)
	for _, name := range names {
		key := edge + text.Keys(name) + edge
		for i := range rank {
			if q[i].Match(key) {
				rank = i
				break
			}
		}
	}
	return rank, rank < len(q)
}

// search finds the entries for what was typed, the best first; while nothing is typed, all
// of them, what was used last first. Of two alike that which is on comes first, then the
// shorter name.
func (s *Screen) search() {
	typed := strings.TrimSpace(s.find.Value())
	query := newSought(typed)
	places := map[int]int{}
	s.found = s.found[:0]
	for i, e := range s.entries {
		place := 0
		if used := slices.Index(s.used, e.ID); typed == "" && used >= 0 && e.Why == "" {
			place = used - len(s.used)
		}
		if typed != "" {
			rank, ok := query.in(e.Names)
			if !ok {
				continue
			}
			place = 2 * rank
		}
		if e.Why != "" {
			place++
		}
		places[i] = place
		s.found = append(s.found, i)
	}
	slices.SortStableFunc(s.found, func(a, b int) int {
		if typed == "" || places[a] != places[b] {
			return places[a] - places[b]
		}
		return utf8.RuneCountInString(s.entries[a].Names[0]) - utf8.RuneCountInString(s.entries[b].Names[0])
	})
	s.list.SetLen(len(s.found))
	s.list.Select(0)
}

// Page shows the line and what was found.
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	label := "  " + d.T("kit.filter") + " "
	body := []string{
		kit.Fit("  "+d.T("palette.hint"), w),
		kit.Box(label, &s.find, 40, w, true),
		"",
	}
	s.list.SetHeight(h - len(body) - 1)
	if len(s.found) == 0 {
		body = append(body, words.Wrap("  "+d.T("palette.none"), w, kit.Plain)...)
	} else {
		body = append(body, s.list.Lines(w, false, s.row)...)
	}
	page := kit.Page{Title: d.T("palette.title"), Body: body}
	if n := s.list.Below(); n > 0 {
		page.Status = "  " + d.T("kit.below", n)
	}
	if i := s.list.Cursor(); i >= 0 && s.entries[s.found[i]].Why != "" {
		page.Status = "  " + s.entries[s.found[i]].Why // the row may have cut it
	}
	return page
}

// row draws an entry: "*" is what can be done now, "-" what cannot, with the reason.
func (s *Screen) row(i, w int) string {
	e := s.entries[s.found[i]]
	name, key := max(24, w*2/5), 12
	sign, said := "* ", e.Group
	if e.Why != "" {
		sign, said = "- ", e.Why
	}
	left := w - name - key - 2
	return kit.Fit(sign+words.Short(e.Names[0], name-1), name+2) + kit.Fit(e.Key, key) + words.Short(said, max(0, left))
}
