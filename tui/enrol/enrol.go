// Package enrol is the screen on which a profile joins a county by a slip: the
// county is asked what the slip says, the person reads it, and says what codes
// mean there that the county does not know; then the profile joins. What speaks
// to the county is handed to the screen.
package enrol

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// County is what speaks to a county. Both block, and their errors are
// casework.Refusals.
type County struct {
	// Ask asks the county of a slip what joining it would mean.
	Ask func(slip string) (*words.Invitation, error)
	// Join joins the open profile.
	Join func(store.Enrolment) error
}

// Screen asks for the slip, then whether what it says is right.
type Screen struct {
	desk    words.Desk
	county  County
	form    *kit.Form
	slip    string // to go on with at once; empty: ask
	invited *words.Invitation
	codes   *kit.Form // what unknown codes mean at the county; set with invited
	busy    bool
	err     error
}

// New makes the screen; with a slip it asks the county at once.
func New(d words.Desk, county County, slip string) *Screen {
	s := &Screen{desk: d, county: county, slip: slip}
	s.form = kit.NewForm(d.Seat(), "enrol", []kit.FieldSpec{
		{Name: "slip", Label: d.T("setup.slip"), Type: kit.Long, Required: true, Max: 600, Height: 3, Hint: d.T("enrol.hint")},
	})
	s.form.Set("slip", kit.Value{Text: slip})
	return s
}

type (
	askedMsg struct {
		invitation *words.Invitation
		err        error
	}
	joinedMsg struct{ err error }
)

// Keys are the form's; saving it is named for what it does.
func (s *Screen) Keys() kit.Table {
	if s.invited != nil {
		return s.codes.KeysWith("key.join")
	}
	return s.form.KeysWith("key.ask_county")
}

// Typing is true: a form is always being typed into.
func (s *Screen) Typing() bool { return true }

// Init asks the county where there is a slip already.
func (s *Screen) Init() tea.Cmd {
	if s.slip == "" {
		return nil
	}
	return s.ask()
}

// Update takes keys and the county's answers.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case askedMsg:
		if s.busy, s.err = false, msg.err; msg.err == nil {
			s.invited, s.codes = msg.invitation, s.codesForm(msg.invitation)
		}
	case joinedMsg:
		if s.busy, s.err = false, msg.err; msg.err == nil {
			return words.Tell(words.BackMsg{Note: s.desk.T("enrol.done")})
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		switch {
		case s.busy:
		case s.invited != nil:
			return s.decide(msg)
		default:
			return s.typed(msg)
		}
	}
	return nil
}

func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	switch act, _ := s.form.Update(msg); act {
	case kit.ActSave:
		s.slip = words.Slip(s.form.Value("slip").Text)
		return s.ask()
	case kit.ActLeave:
		return words.Tell(words.BackMsg{Note: s.desk.T("enrol.later")})
	}
	return nil
}

func (s *Screen) ask() tea.Cmd {
	s.busy, s.err = true, nil
	slip, ask := s.slip, s.county.Ask
	return func() tea.Msg {
		in, err := ask(slip)
		return askedMsg{in, err}
	}
}

// codesForm asks for each code that the county does not know what it is there.
func (s *Screen) codesForm(in *words.Invitation) *kit.Form {
	theirs := catalogue.NewIndex(in.Enrolment.Catalogue)
	specs := make([]kit.FieldSpec, len(in.Unmapped))
	for i, u := range in.Unmapped {
		specs[i] = kit.FieldSpec{Name: codeName(u), Label: words.Clean(u.Name), Type: kit.Select, Required: true,
			Options: words.Options(theirs, u.Table), Hint: s.desk.T("enrol.code_hint", u.Name)}
	}
	return kit.NewForm(s.desk.Seat(), "codes", specs)
}

func codeName(u store.UnmappedCode) string { return string(u.Table) + " " + u.Code }

// decide joins as invited, or goes back to the slip.
func (s *Screen) decide(msg tea.Msg) tea.Cmd {
	switch act, _ := s.codes.Update(msg); act {
	case kit.ActLeave:
		s.invited, s.codes, s.err = nil, nil, nil
	case kit.ActSave:
		e := s.invited.Enrolment
		e.Codes = map[catalogue.Table]map[string]string{}
		for _, u := range s.invited.Unmapped {
			if e.Codes[u.Table] == nil {
				e.Codes[u.Table] = map[string]string{}
			}
			e.Codes[u.Table][u.Code] = s.codes.Value(codeName(u)).Text
		}
		s.busy, s.err = true, nil
		join := s.county.Join
		return func() tea.Msg { return joinedMsg{join(e)} }
	}
	return nil
}

// Page shows the field, or what the county said.
func (s *Screen) Page(w, h int) kit.Page {
	body := kit.NewSheet(w, h)
	form := s.form
	if s.invited != nil {
		form = s.codes
		s.invitation(body)
	} else {
		body.Say(kit.Plain, s.desk.T("enrol.intro"))
	}
	body.Gap()
	if s.busy {
		body.Say(kit.Plain, s.desk.T("enrol.joining"))
	} else {
		body.Part(form.Lines(w, h-body.Len()-5)...)
	}
	if s.err != nil {
		body.Gap()
		body.Part(s.advice(w)...)
	}
	return kit.Page{Title: s.desk.T("enrol.title"), Body: body.Lines()}
}

// invitation says who the person would be at which county.
func (s *Screen) invitation(body *kit.Sheet) {
	e := &s.invited.Enrolment
	theirs := catalogue.NewIndex(e.Catalogue)
	units := make([]string, len(e.Units))
	for i, u := range e.Units {
		units[i] = theirs.UnitName(u)
	}
	body.Say(kit.Strong, s.desk.T("enrol.question"))
	body.Gap()
	for _, row := range [][2]string{
		{"enrol.county", e.County.Name}, {"enrol.person", theirs.PersonName(e.User)},
		{"enrol.units", strings.Join(units, s.desk.T("list.separator"))}, {"enrol.fingerprint", e.County.Fingerprint},
	} {
		body.Line(kit.Fact(s.desk.T(row[0]), row[1], 14, body.Width(), kit.Strong)...)
	}
	body.Gap()
	key := "enrol.confirm"
	if len(s.invited.Unmapped) > 0 {
		key = "enrol.map"
	}
	body.Say(kit.Plain, s.desk.T(key, s.desk.Store.Profile().Name))
}

// advice tells of an error. Until the profile has joined, nothing is sent by
// itself: where there is no network the person has to try again.
func (s *Screen) advice(w int) []string {
	var r *casework.Refusal
	if !errors.As(s.err, &r) || r.Code != casework.CodeOffline {
		return s.desk.Advice(s.err, w)
	}
	lines := kit.Signed(kit.Danger, "! ", s.desk.Advise(s.err).Message, w)
	return append(lines, kit.Signed(kit.Plain, "  ", s.desk.T("enrol.not_done"), w)...)
}
