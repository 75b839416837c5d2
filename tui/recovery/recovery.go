// Package recovery is the screen that gives an open profile a new recovery code:
// for a paper that was lost, seen by others, or never written. The code is shown
// once and typed back in part; until then the list reminds of it.
package recovery

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store/seal"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen asks first, for the old paper opens nothing once there is a new code.
type Screen struct {
	desk  words.Desk
	paper *words.Paper // nil before there is a new code
	busy  bool
	err   error
}

// New makes the screen.
func New(d words.Desk) *Screen { return &Screen{desk: d} }

type (
	madeMsg struct {
		code seal.RecoveryCode
		err  error
	}
	provedMsg struct{ err error }
	leaveMsg  struct{} // go on without the check of the paper
)

// Keys are those of the question, or of the paper.
func (s *Screen) Keys() kit.Table {
	if s.paper != nil {
		return s.paper.Keys()
	}
	return kit.Table{
		{ID: "make", Keys: []string{"enter"}, Help: "key.make_code"},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
	}
}

// Typing reports whether the code is being typed back.
func (s *Screen) Typing() bool { return s.paper != nil }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes keys and what came of making the code.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case madeMsg:
		if s.busy, s.err = false, msg.err; msg.err == nil {
			s.paper = words.NewPaper(s.desk, msg.code)
		}
	case provedMsg:
		if s.busy, s.err = false, msg.err; msg.err == nil {
			return words.Tell(words.BackMsg{Note: s.desk.T("recovery.done")})
		}
	case leaveMsg:
		return words.Tell(words.BackMsg{})
	case tea.KeyPressMsg, tea.PasteMsg:
		switch {
		case s.busy:
		case s.paper == nil:
			return s.asked(msg)
		default:
			return s.typed(msg)
		}
	}
	return nil
}

// asked takes the answer to whether there is to be a new code.
func (s *Screen) asked(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch b, _ := s.Keys().Find(k, false); b.ID {
	case "make":
		s.busy, s.err = true, nil
		st := s.desk.Store
		return func() tea.Msg {
			code, err := st.NewRecoveryCode()
			return madeMsg{code, err}
		}
	case "back":
		return words.Tell(words.BackMsg{})
	}
	return nil
}

func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	switch proved, left := s.paper.Update(msg); {
	case proved:
		s.busy, s.err = true, nil
		st := s.desk.Store
		return func() tea.Msg { return provedMsg{st.Prove(true)} }
	case left:
		return s.paper.AskToLeave(s.desk.T("recovery.leave"), leaveMsg{})
	}
	return nil
}

// Page shows the question, or the new code.
func (s *Screen) Page(w, h int) kit.Page {
	page := kit.Page{Title: s.desk.T("recovery.title")}
	body := kit.NewSheet(w, h)
	switch {
	case s.paper != nil:
		page.Title = s.desk.T("setup.code_title")
		s.paper.Draw(body, w, h-4)
	default:
		body.Say(kit.Plain, s.desk.T("recovery.question"))
	}
	if s.err != nil {
		body.Gap()
		body.Part(s.desk.Advice(s.err, w)...)
	}
	page.Body = body.Lines()
	return page
}
