// Package setup is the first run: who works here, a passphrase, and the
// recovery code on paper. Whether the desk works alone or joins a county is
// asked here too; joining itself is package enrol's.
package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/seal"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Create makes the profile. It blocks, and its errors are casework.Refusals.
type Create func(name, passphrase string) (*store.Store, seal.RecoveryCode, error)

// Screen is the set-up; first the form, then the code.
type Screen struct {
	desk   words.Desk
	create Create
	form   *kit.Form
	paper  *words.Paper // the recovery code; nil before the profile is made
	made   *store.Store
	joins  bool // a slip is asked for
	slip   string
	busy   bool
	err    error
}

// New makes the screen: with a slip it asks for that as well.
func New(d words.Desk, create Create, slip bool) *Screen {
	s := &Screen{desk: d, create: create, joins: slip}
	fields := []kit.FieldSpec{
		{Name: "name", Label: d.T("setup.name"), Required: true, Max: 40, Hint: d.T("setup.name_hint")},
		{Name: "passphrase", Label: d.T("setup.passphrase"), Type: kit.Secret, Required: true, Max: 200, Hint: d.T("setup.passphrase_hint", words.MinPassphrase)},
		{Name: "again", Label: d.T("setup.again"), Type: kit.Secret, Required: true, Max: 200},
	}
	if slip {
		fields = append(fields, kit.FieldSpec{Name: "slip", Label: d.T("setup.slip"), Type: kit.Long, Required: true, Max: 600, Height: 2, Hint: d.T("setup.slip_hint")})
	}
	s.form = kit.NewForm(d.Seat(), "setup", fields)
	return s
}

type (
	madeMsg struct {
		store *store.Store
		code  seal.RecoveryCode
		err   error
	}
	leaveMsg  struct{} // go on without the check of the paper
	provedMsg struct{ err error }
)

// Keys are those of the form, or of the paper.
func (s *Screen) Keys() kit.Table {
	if s.paper != nil {
		return s.paper.Keys()
	}
	return s.form.Keys()
}

// Typing is true: a form is always being typed into.
func (s *Screen) Typing() bool { return true }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes keys and what came of making the profile.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case madeMsg:
		s.took(msg)
		return nil
	case leaveMsg:
		return s.finish()
	case provedMsg:
		return s.finish() // if it could not be kept, the desk offers a new code
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.busy {
			return nil
		}
		return s.typed(msg)
	}
	return nil
}

func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	if s.paper == nil {
		switch act, _ := s.form.Update(msg); act {
		case kit.ActSave:
			return s.make()
		case kit.ActLeave:
			return words.Tell(words.BackMsg{Note: s.desk.T("setup.nothing")})
		}
		return nil // nothing of this is kept as a draft: it holds a secret
	}
	switch proved, left := s.paper.Update(msg); {
	case proved:
		made := s.made
		return func() tea.Msg { return provedMsg{made.Prove(true)} }
	case left:
		return s.paper.AskToLeave(s.desk.T("setup.leave_yes"), leaveMsg{})
	}
	return nil
}

func (s *Screen) make() tea.Cmd {
	value := func(name string) string { return s.form.Value(name).Text }
	if faults := s.desk.PassphraseFaults(value("passphrase"), value("again")); len(faults) > 0 {
		s.form.Refuse(faults)
		return nil
	}
	name, passphrase, create := strings.TrimSpace(value("name")), value("passphrase"), s.create
	s.busy, s.err, s.slip = true, nil, words.Slip(value("slip"))
	return func() tea.Msg {
		made, code, err := create(name, passphrase)
		if err == nil {
			// The power may go while the code is shown; the desk then offers a new one.
			_ = made.Prove(false)
		}
		return madeMsg{made, code, err}
	}
}

// took shows the code, which nobody will see again.
func (s *Screen) took(msg madeMsg) {
	s.busy, s.err = false, msg.err
	if msg.err != nil {
		return
	}
	s.made, s.paper = msg.store, words.NewPaper(s.desk, msg.code)
	s.form = nil // the passphrase is not needed any more
}

func (s *Screen) finish() tea.Cmd {
	return words.Tell(words.OpenedMsg{Store: s.made, Slip: s.slip, First: true})
}

// Page shows the form, or the code to write down.
func (s *Screen) Page(w, h int) kit.Page {
	body := kit.NewSheet(w, h)
	if s.paper != nil {
		s.paper.Draw(body, w, h)
		return kit.Page{Title: s.desk.T("setup.code_title"), Body: body.Lines()}
	}
	welcome := "setup.welcome"
	if s.joins {
		welcome = "setup.welcome_slip"
	}
	body.Say(kit.Plain, s.desk.T(welcome))
	body.Gap()
	if s.busy {
		body.Say(kit.Plain, s.desk.T("setup.making"))
	} else {
		body.Part(s.form.Lines(w, h-body.Len()-5)...)
	}
	if s.err != nil {
		body.Gap()
		body.Part(s.desk.Advice(s.err, w)...)
	}
	return kit.Page{Title: s.desk.T("setup.title"), Body: body.Lines()}
}
