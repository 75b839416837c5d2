// Package drafts is the list of all that is half-written on this laptop, new cases and
// actions on cases: what, when, and how far. What is dropped here goes without a question,
// for it stays in reach: Ctrl+Z gets it back at once, and for some days the list has it below.
package drafts

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the list.
type Screen struct {
	desk  words.Desk
	read  bool
	lines []line
	kept  int // how many of the lines are drafts; the others were dropped
	list  kit.List
	err   error
	asked int // generation of the last reading asked for
}

// line is a draft as it is shown.
type line struct {
	draft store.DraftWork
	name  string // of the case; of a new one, its title
}

// New makes the screen.
func New(d words.Desk) *Screen { return &Screen{desk: d} }

type readMsg struct {
	generation    int
	kept, dropped []line
	err           error
}

// doneMsg is what became of dropping or restoring one.
type doneMsg struct {
	note string
	err  error
}

// Init reads the drafts.
func (s *Screen) Init() tea.Cmd {
	s.asked++
	generation, st, d := s.asked, s.desk.Store, s.desk
	return func() tea.Msg {
		kept, err := st.Drafts()
		if err != nil {
			return readMsg{generation: generation, err: err}
		}
		dropped, err := st.DroppedDrafts()
		return readMsg{generation, named(st, d, kept), named(st, d, dropped), err}
	}
}

// named gives drafts the names of their cases.
func named(st *store.Store, d words.Desk, drafts []store.DraftWork) []line {
	lines := make([]line, len(drafts))
	for i, draft := range drafts {
		lines[i] = line{draft: draft, name: words.DraftName(draft)}
		if draft.Case.IsZero() {
			continue
		}
		if view, err := st.Case(draft.Case); err == nil {
			lines[i].name = words.CaseName(view.Row)
		}
	}
	return lines
}

// Keys are those of a list.
func (s *Screen) Keys() kit.Table {
	return kit.Table{
		{ID: "open", Keys: []string{"enter"}, Help: s.opens(), Off: s.nothing},
		{ID: "drop", Keys: []string{"delete"}, Help: "key.drop_draft", Off: s.noDrop},
		{ID: "undo", Keys: []string{"ctrl+z"}, Help: "key.restore_draft", Off: s.noRestore},
		{ID: "new", Keys: []string{"f2"}, Help: "key.new", Off: s.desk.NoNew},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
		{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
		{ID: "ends", Keys: []string{"home", "end"}, Help: "key.ends", Rare: true},
	}
}

func (s *Screen) at() (line, bool) {
	if i := s.list.Cursor(); i >= 0 && i < len(s.lines) {
		return s.lines[i], true
	}
	return line{}, false
}

// opens is what Enter does: a draft that was dropped comes back.
func (s *Screen) opens() string {
	if l, ok := s.at(); ok && !l.draft.Dropped.IsZero() {
		return "key.restore_draft"
	}
	return "key.open"
}

func (s *Screen) nothing() string {
	if _, ok := s.at(); !ok {
		return s.desk.T("drafts.none")
	}
	return ""
}

func (s *Screen) noDrop() string {
	if l, ok := s.at(); !ok || !l.draft.Dropped.IsZero() {
		return s.desk.T("list.off_draft")
	}
	return ""
}

func (s *Screen) noRestore() string {
	if s.kept == len(s.lines) {
		return s.desk.T("drafts.none_dropped")
	}
	return ""
}

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Update takes keys, and reads anew when drafts changed.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		if msg.generation != s.asked {
			return nil
		}
		s.read, s.err, s.kept = true, msg.err, len(msg.kept)
		s.lines = append(msg.kept, msg.dropped...)
		s.list.SetLen(len(s.lines))
	case doneMsg:
		note := msg.note
		if msg.err != nil {
			note = s.desk.Advise(msg.err).String()
		}
		return tea.Batch(s.Init(), words.Tell(words.NoteMsg{Note: note}))
	case words.ShownMsg:
		return s.Init()
	case words.ChangedMsg:
		if msg.All || msg.Drafts || len(msg.Cases) > 0 {
			return s.Init()
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	}
	return nil
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	if s.list.Update(k) {
		return nil
	}
	id, off := words.Pressed(s.Keys(), k)
	if id == "" {
		return off
	}
	l, _ := s.at()
	switch id {
	case "back":
		return words.Tell(words.BackMsg{})
	case "new":
		return words.Tell(words.NewMsg{})
	case "undo":
		return s.restore(s.lines[s.kept].draft)
	case "drop":
		st, id, note := s.desk.Store, l.draft.ID, s.desk.T("drafts.dropped")
		return func() tea.Msg { return doneMsg{note, st.DropDraft(id)} }
	case "open":
		switch {
		case !l.draft.Dropped.IsZero():
			return s.restore(l.draft)
		case l.draft.Case.IsZero():
			return words.Tell(words.NewMsg{Draft: l.draft.ID})
		default:
			return words.Tell(words.ActMsg{Case: casework.Case{ID: l.draft.Case}, Action: l.draft.Action, Draft: l.draft.ID})
		}
	}
	return nil
}

func (s *Screen) restore(d store.DraftWork) tea.Cmd {
	st, note := s.desk.Store, s.desk.T("drafts.restored")
	return func() tea.Msg { return doneMsg{note, st.RestoreDraft(d.ID)} }
}

// Page shows the drafts, then those that were dropped.
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	page := kit.Page{Title: d.T("drafts.title")}
	body := kit.NewSheet(w, h)
	if len(s.lines) > 0 {
		body.Say(kit.Plain, d.T("drafts.about", i18n.Arg("n", s.kept)))
		body.Gap()
	}
	switch {
	case !s.read:
	case s.err != nil:
		body.Part(d.Advice(s.err, w)...)
	case len(s.lines) == 0:
		body.Say(kit.Plain, d.T("drafts.none"))
	default:
		s.list.SetHeight(max(1, h-body.Len()-1))
		rows := s.list.Lines(w, true, s.row)
		if at := s.kept - s.list.Top(); at >= 0 && at < len(rows) && s.kept < len(s.lines) {
			body.Part(rows[:at]...)
			body.Line(kit.Section(d.T("drafts.dropped_head", i18n.Arg("n", len(s.lines)-s.kept))))
			rows = rows[at:]
		}
		body.Part(rows...)
	}
	page.Body = body.Lines()
	return page
}

// Cells of a row beside the name.
const (
	whenCells = 16
	farCells  = 22
	whatCells = 14
	roomy     = 70 // cells of a row below which the name gets more of them
)

func (s *Screen) row(i, w int) string {
	d, l := s.desk, s.lines[i]
	what := d.Action(string(l.draft.Action))
	if l.draft.Case.IsZero() && l.draft.Matter != "" {
		what = d.Matter(l.draft.Matter)
	}
	name := l.name
	if name == "" {
		name = d.T("list.untitled")
	}
	pad := func(s string, w int) string { return text.Line(s).Pad(w).String() }
	whatCells, farCells := whatCells, farCells
	if w < roomy {
		whatCells, farCells = 8, 14
	}
	rest := max(10, w-whatCells-whenCells-farCells-3)
	return pad(what, whatCells) + " " + pad(name, rest) + " " + pad(d.When(l.draft.Saved), whenCells) + " " + pad(s.far(l.draft), farCells)
}

// far says how far a draft is: what a new case still lacks, or the field that was being
// written.
func (s *Screen) far(draft store.DraftWork) string {
	d := s.desk
	if draft.Case.IsZero() {
		var lacks []string
		for _, spec := range casework.FieldsOfMatter(draft.Matter) {
			if spec.Required && strings.TrimSpace(draft.Values[spec.Name]) == "" {
				lacks = append(lacks, d.FieldOf(casework.ActRegister, spec.Name))
			}
		}
		if len(lacks) == 0 {
			return d.T("drafts.whole")
		}
		return d.T("drafts.lacks", strings.Join(lacks, d.T("kit.comma")))
	}
	if name, _, _ := strings.Cut(draft.Focus, "["); name != "" {
		return d.T("drafts.at", d.FieldOf(draft.Action, name))
	}
	return ""
}
