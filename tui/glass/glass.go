// Package glass is the form of 应急查阅: it asks for a confidential case that the
// unit is not shown, by its id, with a reason that everybody concerned sees.
package glass

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the form.
type Screen struct {
	desk   words.Desk
	form   *kit.Form
	saving bool
	err    error
}

// New makes the form; of a case that a stub is here of, the id is known.
func New(d words.Desk, id casework.CaseID) *Screen {
	s := &Screen{desk: d}
	s.form = kit.NewForm(d.Seat(), "glass", []kit.FieldSpec{
		{Name: "case", Label: d.T("glass.case"), Type: kit.Line, Required: true, Max: 60, Hint: d.T("glass.hint")},
		{Name: "reason", Label: d.Field("reason"), Type: kit.Long, Required: true, Max: 2000},
	})
	if !id.IsZero() {
		s.form.Set("case", kit.Value{Text: id.String()})
		s.form.Focus("reason")
	}
	return s
}

type savedMsg struct{ err error }

// Keys are the form's.
func (s *Screen) Keys() kit.Table { return s.form.Keys() }

// Typing is true: a form is always being typed into.
func (s *Screen) Typing() bool { return true }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes keys and what became of saving.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case savedMsg:
		if s.saving, s.err = false, msg.err; msg.err == nil {
			return words.Tell(words.BackMsg{Note: s.desk.T("glass.saved")})
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.saving {
			return nil
		}
		switch act, _ := s.form.Update(msg); act {
		case kit.ActLeave:
			return words.Tell(words.BackMsg{})
		case kit.ActSave:
			return s.save()
		}
	}
	return nil
}

func (s *Screen) save() tea.Cmd {
	id, err := casework.ParseCaseID(text.Line(s.form.Value("case").Text).String())
	if err != nil {
		s.form.Refuse([]kit.Fault{{Name: "case", Sentence: s.desk.T("glass.no_id")}})
		return nil
	}
	s.saving, s.err = true, nil
	st, reason := s.desk.Store, s.form.Value("reason").Text
	return func() tea.Msg {
		_, err := st.BreakGlass(id, "", text.Clean(reason).String())
		return savedMsg{err}
	}
}

// Page shows what it means, and the form.
func (s *Screen) Page(w, h int) kit.Page {
	body := kit.NewSheet(w, h)
	body.Say(kit.Plain, s.desk.T("glass.intro"))
	body.Gap()
	if s.err != nil {
		body.Part(s.desk.Advice(s.err, w)...)
	}
	body.Part(s.form.Lines(w, h-body.Len())...)
	return kit.Page{Title: s.desk.T("action.break_glass"), Body: body.Lines()}
}
