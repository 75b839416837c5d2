// Package papers is where a worker makes the papers that a party is handed: the slip of
// its case with a new code, and the sheet of its rights and of what comes next. A paper is
// looked at first, then saved to a file whose path is said.
package papers

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/paper"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Save writes a paper to a new file and returns its path; nil: it cannot be done here.
type Save func(name string, file []byte) (string, error)

// Screen is the choice of a paper, or the paper that was chosen.
type Screen struct {
	desk words.Desk
	save Save
	c    casework.Case
	unit catalogue.UnitID
	list kit.Choices

	paper *paper.Paper // nil: none is chosen
	name  string       // its file's
	once  bool         // it shows a code that is shown nowhere else
	saved string       // where it was saved
	busy  bool
	top   int
	err   error
}

// rights is the place of the paper on rights in the list; before it is the slip.
const rights = 1

// New makes the screen for a case.
func New(d words.Desk, c casework.Case, save Save) *Screen {
	s := &Screen{desk: d, save: save, c: c, unit: d.Store.Person("").Unit}
	s.offer()
	return s
}

// offer names the papers that can be made.
func (s *Screen) offer() {
	slip := "papers.new"
	if s.c.Receipt != "" {
		slip = "papers.again"
	}
	s.list.Offer(s.desk.T(slip), s.desk.T("papers.rights"))
}

type (
	givenMsg struct {
		code string
		err  error
	}
	savedMsg struct {
		path string
		err  error
	}
	giveMsg  struct{} // another slip is wanted, the one before may become void
	leaveMsg struct{} // the code was written down
)

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Unkept reports whether something is being saved.
func (s *Screen) Unkept() bool { return s.busy }

// Keep does nothing: what is being saved keeps itself.
func (s *Screen) Keep() tea.Cmd { return nil }

// Keys are the screen's keys as they work now.
func (s *Screen) Keys() kit.Table {
	if s.paper == nil {
		return kit.Table{
			{ID: "take", Keys: []string{"enter"}, Help: "key.choose", Off: s.noPaper},
			{ID: "move", Keys: []string{"down", "up"}, Help: "key.move"},
			{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		}
	}
	return kit.Table{
		{ID: "save", Keys: []string{"f2", "ctrl+s"}, Help: "key.save_file", Off: s.noSave},
		{ID: "page", Keys: []string{"pgdown", "pgup", "down", "up"}, Help: "key.page"},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
	}
}

// noPaper says why the paper under the cursor cannot be made.
func (s *Screen) noPaper() string {
	if s.list.Cursor() == rights {
		return ""
	}
	if why := s.desk.ReadsOnly(); why != "" {
		return why
	}
	return s.desk.Why(casework.Allowed(&s.c, s.desk.Store.Person(""), casework.ActReceipt, s.desk.Index()))
}

func (s *Screen) noSave() string {
	if s.save == nil {
		return s.desk.T("papers.no_save")
	}
	return ""
}

// Update takes keys and what became of saving.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case givenMsg:
		s.busy, s.err = false, msg.err
		if msg.err == nil {
			s.show(paper.Receipt(s.desk.Words, &s.c, s.desk.Index(), s.hand(), msg.code), "papers.file_slip")
			s.c.Receipt, _ = casework.ReceiptHash(msg.code)
			s.offer()
			s.once = true
		}
	case savedMsg:
		s.busy, s.err, s.saved = false, msg.err, msg.path
	case giveMsg:
		return s.give()
	case leaveMsg:
		s.leave()
	case tea.KeyPressMsg:
		if !s.busy {
			return s.key(msg)
		}
	}
	return nil
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	if s.paper == nil {
		chosen, used := s.list.Update(k)
		if chosen < 0 && used {
			return nil
		}
		if chosen >= 0 {
			s.list.Select(chosen)
			k = tea.KeyPressMsg{Code: tea.KeyEnter}
		}
	}
	switch b, ok := s.Keys().Find(k, false); {
	case !ok:
	case b.Why() != "":
		return words.Tell(words.NoteMsg{Note: b.Why()})
	case b.ID == "take":
		return s.take()
	case b.ID == "page":
		s.scroll(kit.KeyName(k))
	case b.ID == "save":
		return s.write()
	case s.paper == nil:
		return words.Tell(words.BackMsg{})
	case s.once && s.saved == "":
		return words.Tell(words.AskMsg{Title: s.desk.T("papers.leave_title"), Lines: []string{s.desk.T("papers.leave")},
			Choices: []words.Choice{{Label: s.desk.T("papers.stay")}, {Label: s.desk.T("papers.left"), Msg: leaveMsg{}}}})
	default:
		s.leave()
	}
	return nil
}

// take makes the paper under the cursor. Another slip makes the one before void, so that
// is asked first.
func (s *Screen) take() tea.Cmd {
	switch {
	case s.list.Cursor() == rights:
		s.show(paper.Rights(s.desk.Words, &s.c, s.desk.Index(), s.hand()), "papers.file_rights")
	case s.c.Receipt != "":
		return words.Tell(words.AskMsg{Title: s.desk.T("papers.title"), Lines: []string{s.desk.T("papers.void")},
			Choices: []words.Choice{{Label: s.desk.T("papers.stay")}, {Label: s.desk.T("papers.again"), Msg: giveMsg{}}}})
	default:
		return s.give()
	}
	return nil
}

// give saves that a slip was handed out, and shows it then.
func (s *Screen) give() tea.Cmd {
	s.busy, s.err = true, nil
	st, id, unit := s.desk.Store, s.c.ID, s.unit
	return func() tea.Msg {
		_, code, err := st.GiveReceipt(id, unit)
		return givenMsg{code, err}
	}
}

// hand is the desk as papers name it.
func (s *Screen) hand() paper.Desk {
	d := paper.Desk{Now: s.desk.Now()}
	if county := s.desk.Store.Profile().County; county != nil {
		d.County = county.Name
	}
	d.Unit, _ = s.desk.Index().Unit(s.unit)
	return d
}

func (s *Screen) show(p paper.Paper, name string) {
	s.paper, s.name, s.top, s.once, s.saved, s.err = &p, s.desk.T(name, text.Line(s.c.Number)), 0, false, "", nil
}

// leave forgets the paper, and the code that it showed.
func (s *Screen) leave() { s.paper, s.once, s.saved, s.err = nil, false, "", nil }

// write saves the paper to a file.
func (s *Screen) write() tea.Cmd {
	s.busy, s.err = true, nil
	save, name, file := s.save, s.name, s.paper.File()
	return func() tea.Msg {
		path, err := save(name, file)
		return savedMsg{path, err}
	}
}

func (s *Screen) scroll(name string) {
	by := map[string]int{"up": -1, "down": 1, "pgup": -10, "pgdown": 10}[name]
	s.top = max(0, min(s.top+by, len(s.paper.Lines())-1))
}

// Page shows the choice, or the paper.
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	page := kit.Page{Title: d.T("papers.title")}
	body := kit.NewSheet(w, h)
	if s.err != nil {
		body.Part(d.Advice(s.err, w)...)
	}
	switch {
	case s.busy:
		body.Say(kit.Plain, d.T("papers.saving"))
	case s.paper == nil:
		body.Say(kit.Plain, d.T("papers.intro"))
		body.Gap()
		body.Part(s.list.Lines(w, true)...)
	default:
		if s.once && s.saved == "" {
			body.Say(kit.Warning, d.T("papers.once"))
		}
		if s.saved != "" {
			body.Say(kit.Strong, d.T("papers.saved", s.saved))
		}
		lines := s.paper.Lines()
		s.top = max(0, min(s.top, len(lines)-(h-body.Len())))
		body.Line(lines[s.top:]...)
	}
	page.Body = body.Lines()
	return page
}
