package words

import (
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
)

// Sheet is a form whose words are kept as a draft while they are typed. At most
// one keeping is under way, so that an older one never overwrites a newer, and
// saving waits for it, so that the draft goes with the save. A form that holds nothing but
// what it proposed itself is no draft: who opened it by mistake leaves nothing behind.
type Sheet struct {
	Form *kit.Form

	desk     Desk
	draft    store.DraftWork   // as it was last kept
	found    bool              // it was there when the sheet was opened
	proposed map[string]string // what the form was opened with; nil where it goes on with a draft
	keeping  bool
	again    bool // more was typed during a keeping
	leaving  bool
	finished bool                            // the work is saved, or being saved: nothing more is kept
	save     func(d store.DraftWork) tea.Cmd // waits for the keeping under way
	lost     error                           // why the last keeping failed
}

type (
	keptMsg struct {
		generation uint64
		draft      store.DraftWork
		err        error
	}
	leaveMsg struct{}
)

// NewSheet makes a sheet for a form. The draft says what it is about (case,
// action, parents); one that was kept before brings its values.
func NewSheet(d Desk, form *kit.Form, draft store.DraftWork) *Sheet {
	s := &Sheet{Form: form, desk: d, draft: draft}
	if !draft.ID.IsZero() {
		s.found = true
		form.SetValues(Deep(draft.Values))
		form.Focus(draft.Focus)
	} else {
		s.proposed = Flat(form.Kept())
	}
	return s
}

// Propose fills a field with what nobody typed.
func (s *Sheet) Propose(name, value string) {
	s.Form.Set(name, kit.Value{Text: value})
	if s.proposed != nil {
		s.proposed[name] = value
	}
}

// untouched reports whether the form holds nothing but what it proposed.
func (s *Sheet) untouched() bool {
	if s.proposed == nil {
		return false
	}
	values := Flat(s.Form.Kept())
	maps.DeleteFunc(values, func(_, v string) bool { return strings.TrimSpace(v) == "" })
	return maps.Equal(values, s.proposed)
}

// Draft is what the sheet is about, as it was last kept.
func (s *Sheet) Draft() store.DraftWork { return s.draft }

// Kind says of what kind of matter the new case is that the sheet is for.
func (s *Sheet) Kind(m casework.Matter) { s.draft.Matter = m }

// Found reports whether the sheet goes on with an earlier draft.
func (s *Sheet) Found() bool { return s.found }

// Update takes any message. ActSave is for the screen; drafts and leaving the
// sheet sees to itself.
func (s *Sheet) Update(msg tea.Msg) (kit.Act, tea.Cmd) {
	switch msg := msg.(type) {
	case keptMsg:
		return kit.ActNone, s.kept(msg)
	case leaveMsg:
		return kit.ActNone, Tell(BackMsg{})
	}
	act, cmd := s.Form.Update(msg)
	switch act {
	case kit.ActDraft:
		return kit.ActNone, tea.Batch(cmd, s.Keep())
	case kit.ActLeave:
		s.leaving = true
		if s.Unkept() {
			return kit.ActNone, tea.Batch(cmd, s.Keep())
		}
		return kit.ActNone, s.leave()
	}
	return act, cmd
}

// Unkept reports whether something typed is not in the draft yet.
func (s *Sheet) Unkept() bool {
	nothing := s.draft.ID.IsZero() && !s.keeping
	return !s.finished && s.Form.Dirty() && !(nothing && s.untouched())
}

// Keep is the command that keeps the draft, or drops it where what was typed is gone again.
func (s *Sheet) Keep() tea.Cmd {
	if s.finished {
		return nil
	}
	if s.keeping {
		s.again = true
		return nil
	}
	draft, generation, st := s.draft, s.Form.Generation(), s.desk.Store
	drop := s.untouched()
	if drop && draft.ID.IsZero() {
		s.Form.DraftKept(generation)
		return nil
	}
	s.keeping, s.again = true, false
	draft.Values, draft.Focus = Flat(s.Form.Kept()), s.Form.Focused()
	return func() tea.Msg {
		if drop {
			err := st.DeleteDraft(draft.ID)
			if err == nil {
				draft.ID = store.DraftID{}
			}
			return keptMsg{generation, draft, err}
		}
		kept, err := st.SaveDraft(draft)
		return keptMsg{generation, kept, err}
	}
}

func (s *Sheet) kept(msg keptMsg) tea.Cmd {
	s.keeping, s.lost = false, msg.err
	if msg.err == nil {
		msg.draft.Matter = s.draft.Matter // it may be another one by now
		s.draft = msg.draft
		s.Form.DraftKept(msg.generation)
	}
	switch {
	case s.save != nil:
		save := s.save
		s.save = nil
		return save(s.draft)
	case msg.err != nil:
		return s.unkept(msg.err)
	case (s.again || s.leaving) && s.Unkept():
		return s.Keep()
	case s.leaving:
		return s.leave()
	}
	return nil
}

// unkept asks before words are lost, and tries again meanwhile.
func (s *Sheet) unkept(err error) tea.Cmd {
	cmds := []tea.Cmd{s.Form.DraftLost(), Tell(UnkeptMsg{err})}
	if s.leaving {
		s.leaving = false
		cmds = append(cmds, Tell(AskMsg{
			Title: s.desk.T("draft.lost_title"),
			Lines: []string{s.desk.Advise(err).Message, s.desk.T("draft.lost_question")},
			Choices: []Choice{
				{Label: s.desk.T("draft.stay")},
				{Label: s.desk.T("draft.leave_anyway"), Msg: leaveMsg{}},
			},
		}))
	}
	return tea.Batch(cmds...)
}

func (s *Sheet) leave() tea.Cmd {
	note := ""
	if !s.draft.ID.IsZero() {
		note = s.desk.T("draft.kept")
	}
	return Tell(BackMsg{Note: note})
}

// Save runs save with the draft as it is kept, once no keeping is under way.
// Nothing is kept after that until Resume.
func (s *Sheet) Save(save func(store.DraftWork) tea.Cmd) tea.Cmd {
	s.finished = true
	if s.keeping {
		s.save = save
		return nil
	}
	return save(s.draft)
}

// Resume goes on with the sheet after the save was refused.
func (s *Sheet) Resume() { s.finished = false }

// Status says how the draft stands, for the status line.
func (s *Sheet) Status() string {
	switch {
	case s.lost != nil:
		return kit.Danger.On("! " + s.desk.T("draft.not_kept", s.desk.Advise(s.lost).Message))
	case s.draft.ID.IsZero():
		return ""
	default:
		return s.desk.T("draft.at", s.desk.When(s.draft.Saved))
	}
}

// Text are the form's values that are one text, by name.
func (s *Sheet) Text() map[string]string {
	out := map[string]string{}
	for name, v := range s.Form.Values() {
		if v.Text != "" {
			out[name] = v.Text
		}
	}
	return out
}
