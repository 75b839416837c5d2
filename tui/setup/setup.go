// Package setup is the first run: who works here, a passphrase, and the
// recovery code on paper. Whether the desk works alone or joins a county is
// asked here too; joining itself is package enrol's.
package setup

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/seal"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Create makes the profile. It blocks, and its errors are casework.Refusals.
type Create func(name, passphrase string) (*store.Store, seal.RecoveryCode, error)

// The groups of the recovery code, from 0, that are typed back to show that the
// paper has it.
var askedGroups = [2]int{1, 4}

// Screen is the set-up; first the form, then the code.
type Screen struct {
	desk   words.Desk
	create Create
	form   *kit.Form
	check  *kit.Form // the groups typed back; nil before the profile is made
	groups []string  // of the recovery code
	made   *store.Store
	slip   string
	busy   bool
	err    error
}

// New makes the screen.
func New(d words.Desk, create Create) *Screen {
	s := &Screen{desk: d, create: create}
	s.form = kit.NewForm(d.Seat(), "setup", []kit.FieldSpec{
		{Name: "name", Label: d.T("setup.name"), Required: true, Max: 40, Hint: d.T("setup.name_hint")},
		{Name: "passphrase", Label: d.T("setup.passphrase"), Type: kit.Secret, Required: true, Max: 200, Hint: d.T("setup.passphrase_hint", words.MinPassphrase)},
		{Name: "again", Label: d.T("setup.again"), Type: kit.Secret, Required: true, Max: 200},
		{Name: "slip", Label: d.T("setup.slip"), Max: 600, Hint: d.T("setup.slip_hint")},
	})
	return s
}

type (
	madeMsg struct {
		store *store.Store
		code  seal.RecoveryCode
		err   error
	}
	leaveMsg struct{} // go on without the check of the paper
)

// Keys are the form's.
func (s *Screen) Keys() kit.Table { return s.now().Keys() }

func (s *Screen) now() *kit.Form {
	if s.check != nil {
		return s.check
	}
	return s.form
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
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.busy {
			return nil
		}
		return s.typed(msg)
	}
	return nil
}

func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	act, _ := s.now().Update(msg)
	switch {
	case act == kit.ActSave && s.check == nil:
		return s.make()
	case act == kit.ActSave:
		return s.compare()
	case act == kit.ActLeave && s.check != nil:
		return words.Tell(words.AskMsg{
			Title: s.desk.T("setup.code_title"),
			Lines: []string{s.desk.T("setup.leave_question")},
			Choices: []words.Choice{
				{Label: s.desk.T("setup.leave_no")},
				{Label: s.desk.T("setup.leave_yes"), Msg: leaveMsg{}},
			},
		})
	}
	return nil // nothing of this is kept as a draft: it holds a secret
}

func (s *Screen) make() tea.Cmd {
	value := func(name string) string { return s.form.Value(name).Text }
	if faults := s.desk.PassphraseFaults(value("passphrase"), value("again")); len(faults) > 0 {
		s.form.Refuse(faults)
		return nil
	}
	name, passphrase, create := strings.TrimSpace(value("name")), value("passphrase"), s.create
	s.busy, s.err, s.slip = true, nil, strings.TrimSpace(value("slip"))
	return func() tea.Msg {
		made, code, err := create(name, passphrase)
		return madeMsg{made, code, err}
	}
}

// took shows the code, which nobody will see again.
func (s *Screen) took(msg madeMsg) {
	s.busy, s.err = false, msg.err
	if msg.err != nil {
		return
	}
	s.made, s.groups = msg.store, strings.Split(msg.code.String(), "-")
	s.form = nil // the passphrase is not needed any more
	specs := make([]kit.FieldSpec, len(askedGroups))
	for i, g := range askedGroups {
		specs[i] = kit.FieldSpec{Name: groupName(g), Label: s.desk.T("setup.group", g+1), Required: true, Max: 4}
	}
	s.check = kit.NewForm(s.desk.Seat(), "code", specs)
}

func groupName(g int) string { return "group" + string(rune('0'+g)) }

func (s *Screen) compare() tea.Cmd {
	var faults []kit.Fault
	for _, g := range askedGroups {
		if readGroup(s.check.Value(groupName(g)).Text) != s.groups[g] {
			faults = append(faults, kit.Fault{Name: groupName(g), Sentence: s.desk.T("setup.group_wrong")})
		}
	}
	if len(faults) > 0 {
		s.check.Refuse(faults)
		return nil
	}
	return s.finish()
}

// readGroup takes what eyes and input methods do to a code for what it was.
func readGroup(typed string) string {
	typed = strings.ToUpper(strings.TrimSpace(text.Fold(typed)))
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(typed)
}

func (s *Screen) finish() tea.Cmd {
	return words.Tell(words.OpenedMsg{Store: s.made, Slip: s.slip})
}

// Page shows the form, or the code to write down.
func (s *Screen) Page(w, h int) kit.Page {
	if s.check != nil {
		return s.codePage(w, h)
	}
	inner := w - 4
	body := words.Wrap(s.desk.T("setup.welcome"), inner, kit.Plain)
	body = append(body, "")
	if s.busy {
		body = append(body, s.desk.T("setup.making"))
	} else {
		body = append(body, s.form.Lines(inner, h-len(body)-5)...)
	}
	if s.err != nil {
		body = append(body, "")
		body = append(body, s.desk.Advice(s.err, inner)...)
	}
	return kit.Page{Title: s.desk.T("setup.title"), Body: indent(body)}
}

func (s *Screen) codePage(w, h int) kit.Page {
	inner := w - 4
	body := words.Wrap(s.desk.T("setup.code_intro"), inner, kit.Plain)
	body = append(body, "", "    "+kit.Strong.On(strings.Join(s.shown(), " - ")), "")
	body = append(body, words.Wrap(s.desk.T("setup.code_keep"), inner, kit.Plain)...)
	body = append(body, "")
	body = append(body, s.check.Lines(inner, h-len(body))...)
	return kit.Page{Title: s.desk.T("setup.code_title"), Body: indent(body)}
}

// shown is the code; the groups that are asked for are covered once one of them
// is being typed, for it is the paper that is to be read.
func (s *Screen) shown() []string {
	if len(s.check.Values()) == 0 {
		return s.groups
	}
	shown := slices.Clone(s.groups)
	for _, g := range askedGroups {
		shown[g] = "****"
	}
	return shown
}

func indent(body []string) []string {
	for i := range body {
		body[i] = "  " + body[i]
	}
	return body
}
