// Package unlock is the screen before the desk: a passphrase opens the file, a
// recovery code opens it when the passphrase is forgotten. Where the laptop was
// handed over, the next worker goes on from here. It holds no rule of keys; what
// opens the file is handed to it.
package unlock

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/seal"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Doors open the file. They block, and their errors are casework.Refusals.
type Doors struct {
	Open    func(passphrase string) (*store.Store, error)
	Recover func(code seal.RecoveryCode, passphrase string) (*store.Store, error)
	// Handed tells whether the laptop waits for the next worker; nil: it cannot be
	// taken over here.
	Handed func() words.Handed
}

// Screen asks for the passphrase.
type Screen struct {
	desk   words.Desk
	doors  Doors
	secret kit.LineField
	handed words.Handed
	form   *kit.Form // of the recovery code; nil while the passphrase is asked for
	busy   bool
	err    error
}

// New makes the screen.
func New(d words.Desk, doors Doors) *Screen {
	return &Screen{desk: d, doors: doors, secret: kit.LineField{Secret: true, Limit: 200}}
}

type (
	openedMsg struct {
		store *store.Store
		err   error
	}
	lookedMsg struct{ handed words.Handed }
)

// Keys are the screen's keys; those of the form while a code is asked for.
func (s *Screen) Keys() kit.Table {
	if s.form != nil {
		return s.form.Keys()
	}
	keys := kit.Table{
		{ID: "open", Keys: []string{"enter"}, Help: "key.unlock"},
		{ID: "recover", Keys: []string{"f6"}, Help: "key.recover", Off: s.noRecovery},
	}
	if s.handed.There {
		keys = append(keys, kit.Binding{ID: "take", Keys: []string{"f8"}, Help: "key.take_laptop"})
	}
	return keys
}

func (s *Screen) noRecovery() string {
	if s.doors.Recover == nil {
		return s.desk.T("unlock.no_recovery")
	}
	return ""
}

// Typing is true: a secret is always being typed.
func (s *Screen) Typing() bool { return true }

// Init looks whether the laptop waits for the next worker.
func (s *Screen) Init() tea.Cmd {
	look := s.doors.Handed
	if look == nil {
		return nil
	}
	return func() tea.Msg { return lookedMsg{look()} }
}

// Update takes keys and the answers of the doors.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case lookedMsg:
		s.handed = msg.handed
	case words.ShownMsg:
		return s.Init()
	case openedMsg:
		return s.opened(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		switch {
		case s.busy:
			return nil
		case s.form != nil:
			return s.recovering(msg)
		}
		return s.typed(msg)
	}
	return nil
}

func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		b, _ := s.Keys().Find(k, true)
		switch {
		case b.ID == "open":
			return s.open()
		case b.ID == "recover" && b.Why() == "":
			s.form, s.err = kit.NewForm(s.desk.Seat(), "recover", s.fields()), nil
			return nil
		case b.ID == "take":
			s.secret.SetValue("")
			s.err = nil
			return words.Tell(words.TakeMsg{})
		}
	}
	s.secret.Update(msg)
	return nil
}

func (s *Screen) open() tea.Cmd {
	passphrase, open := s.secret.Value(), s.doors.Open
	if passphrase == "" {
		return words.Tell(words.NoteMsg{Note: s.desk.T("unlock.empty")})
	}
	s.busy, s.err = true, nil
	return func() tea.Msg {
		opened, err := open(passphrase)
		return openedMsg{opened, err}
	}
}

// opened hands the store over, or shows what went wrong. The secret goes
// either way: what was mistyped once is typed again sooner than mended.
func (s *Screen) opened(msg openedMsg) tea.Cmd {
	s.busy = false
	s.secret.SetValue("")
	if msg.err != nil {
		s.err = msg.err
		return nil
	}
	return words.Tell(words.OpenedMsg{Store: msg.store})
}

func (s *Screen) fields() []kit.FieldSpec {
	return []kit.FieldSpec{
		{Name: "code", Label: s.desk.T("setup.code"), Required: true, Max: 60, Hint: s.desk.T("unlock.code_hint")},
		{Name: "passphrase", Label: s.desk.T("setup.new_passphrase"), Type: kit.Secret, Required: true, Max: 200, Hint: s.desk.T("setup.passphrase_hint", words.MinPassphrase)},
		{Name: "again", Label: s.desk.T("setup.again"), Type: kit.Secret, Required: true, Max: 200},
	}
}

func (s *Screen) recovering(msg tea.Msg) tea.Cmd {
	act, cmd := s.form.Update(msg)
	switch act {
	case kit.ActLeave:
		s.form, s.err = nil, nil
		return nil
	case kit.ActSave:
		return s.recover()
	}
	return cmd
}

func (s *Screen) recover() tea.Cmd {
	value := func(name string) string { return s.form.Value(name).Text }
	code, err := seal.ParseRecoveryCode(value("code"))
	var faults []kit.Fault
	if err != nil {
		faults = append(faults, kit.Fault{Name: "code", Sentence: s.desk.T("unlock.bad_code")})
	}
	faults = append(faults, s.desk.PassphraseFaults(value("passphrase"), value("again"))...)
	if len(faults) > 0 {
		s.form.Refuse(faults)
		return nil
	}
	passphrase, recover := value("passphrase"), s.doors.Recover
	s.busy, s.err = true, nil
	return func() tea.Msg {
		opened, err := recover(code, passphrase)
		return openedMsg{opened, err}
	}
}

// Page shows the field, or the form of the recovery code.
func (s *Screen) Page(w, h int) kit.Page {
	page := kit.Page{Title: s.desk.T("unlock.title")}
	body := kit.NewSheet(w, h)
	body.Say(kit.Strong, s.desk.T("app.name"))
	body.Gap()
	switch {
	case s.busy:
		body.Say(kit.Plain, s.desk.T("unlock.opening"))
	case s.form != nil:
		body.Say(kit.Plain, s.desk.T("unlock.recover"))
		body.Gap()
		body.Part(s.form.Lines(w, h-body.Len()-5)...)
	default:
		label := s.desk.T("setup.passphrase") + " "
		body.Line(kit.Box(label, &s.secret, 40, body.Width(), true))
		if key := s.handedKey(); key != "" {
			body.Gap()
			body.Say(kit.Strong, s.desk.T(key))
		}
	}
	if s.err != nil {
		body.Gap()
		body.Part(s.desk.Advice(s.err, w)...)
	}
	page.Body = body.Lines()
	return page
}

func (s *Screen) handedKey() string {
	switch {
	case s.handed.There && s.handed.Begun:
		return "unlock.take_begun"
	case s.handed.There:
		return "unlock.handed"
	}
	return ""
}
