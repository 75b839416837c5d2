// Package act is the form of one action on a case. Its fields are those that
// the action asks for; nothing here knows any action but for how an amendment
// is told from the others: it carries what was changed and nothing else.
//
// The heads of the case are those of the view on which the form was opened, and
// stay so however long it takes to fill in.
package act

import (
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the form.
type Screen struct {
	desk   words.Desk
	ask    words.ActMsg
	base   casework.Case // the case as it was when the form was first opened
	sheet  *words.Sheet  // nil until the draft is read
	saving bool
	moved  bool // the case changed since
	err    error
	rest   []kit.Fault // faults for which the form has no field

	specs  []casework.FieldSpec // what the action asks for
	chosen map[string]string    // what was in the form, but for texts, when leads was made
	leads  string               // what the action leads to; empty: it cannot be told yet
}

// New makes the screen for what was asked.
func New(d words.Desk, ask words.ActMsg) *Screen { return &Screen{desk: d, ask: ask} }

type (
	begunMsg struct {
		draft store.DraftWork
		now   casework.Case // as it is
		base  casework.Case
		err   error
	}
	savedMsg struct {
		saved     store.Saved
		contested bool
		err       error
	}
)

// Init looks for a draft of the same action on the same case, which it reads where
// only its id was given.
func (s *Screen) Init() tea.Cmd {
	st, ask := s.desk.Store, s.ask
	return func() tea.Msg {
		if len(ask.Case.Timeline) == 0 {
			view, err := st.Case(ask.Case.ID)
			if err != nil {
				return begunMsg{err: err}
			}
			ask.Case = view.Case
		}
		drafts, err := st.Drafts()
		for _, d := range drafts {
			if d.ID == ask.Draft || ask.Draft.IsZero() && d.Case == ask.Case.ID && d.Action == ask.Action {
				base, err := seen(st, &ask.Case, d.Parents)
				return begunMsg{d, ask.Case, base, err}
			}
		}
		fresh := store.DraftWork{Case: ask.Case.ID, Action: ask.Action, Parents: slices.Clone(ask.Case.Heads)}
		return begunMsg{fresh, ask.Case, ask.Case, err}
	}
}

// seen is the case as somebody knew it who saw the heads given. What a draft
// changes is told by that, not by what the case has become since.
func seen(st *store.Store, c *casework.Case, heads []casework.EntryID) (casework.Case, error) {
	if slices.Equal(heads, c.Heads) {
		return *c, nil
	}
	entries, err := st.Entries(c.ID)
	if err != nil {
		return casework.Case{}, err
	}
	known := c.SeenFrom(heads)
	return casework.Fold(c.ID, slices.DeleteFunc(entries, func(e casework.Entry) bool { return !known[e.UID] })), nil
}

func (s *Screen) begun(msg begunMsg) tea.Cmd {
	if msg.err != nil {
		return words.Tell(words.BackMsg{Note: s.desk.Advise(msg.err).String()})
	}
	s.ask.Case = msg.now
	s.base, s.moved = msg.base, !slices.Equal(msg.draft.Parents, s.ask.Case.Heads)
	offer, _ := s.desk.OfferOf(&s.ask.Case, s.ask.Action)
	s.specs = offer.Fields
	fields := s.desk.Fields(s.ask.Action, s.specs, &s.ask.Case)
	form := kit.NewForm(s.desk.Seat(), "act", fields)
	for name, value := range s.first(fields) {
		form.Set(name, kit.Value{Text: value})
	}
	if s.ask.Action != casework.ActAmend {
		form.FocusEmpty()
	}
	s.sheet = words.NewSheet(s.desk, form, msg.draft)
	s.foresee()
	if s.sheet.Found() {
		return tea.Batch(form.Lookup(), words.Tell(words.NoteMsg{Note: s.desk.T("draft.restored", s.desk.When(msg.draft.Saved))}))
	}
	return form.Lookup()
}

// first is what the form is opened with: what was asked for, the case's own
// values in an amendment, today or now where something happened, and what can only be
// one thing.
func (s *Screen) first(fields []kit.FieldSpec) map[string]string {
	values, _ := s.desk.Proposed(&s.ask.Case, s.ask.Action)
	if values == nil {
		values = map[string]string{}
	}
	for i, spec := range s.specs {
		switch {
		case s.ask.Action == casework.ActAmend:
			values[spec.Name] = s.ask.Case.Value(casework.Field(spec.Name))
		case spec.Type == casework.TypeDate && (spec.Name == "happened_on" || spec.Past && spec.Required):
			values[spec.Name] = s.desk.Now().Format(time.DateOnly)
		case spec.Past && spec.Type == casework.TypeTime && spec.Required:
			values[spec.Name] = s.desk.Now().Format(time.RFC3339)
		case spec.Required && (spec.Type == casework.TypeUnit || spec.Type == casework.TypeAct) && len(fields[i].Options) == 1:
			values[spec.Name] = fields[i].Options[0].Code
		}
	}
	for name, value := range s.ask.Set {
		values[name] = value
	}
	return values
}

// Keys are the form's.
func (s *Screen) Keys() kit.Table {
	if s.sheet == nil {
		return nil
	}
	return s.sheet.Form.Keys()
}

// Typing is true: a form is always being typed into.
func (s *Screen) Typing() bool { return true }

// Again goes on with the draft.
func (s *Screen) Again() tea.Msg {
	if s.sheet == nil || s.sheet.Draft().ID.IsZero() {
		return nil
	}
	return words.ActMsg{Case: casework.Case{ID: s.ask.Case.ID}, Action: s.ask.Action, Draft: s.sheet.Draft().ID}
}

// Unkept reports whether something typed is not in the draft yet.
func (s *Screen) Unkept() bool { return s.saving || s.sheet != nil && s.sheet.Unkept() }

// Keep is the command that keeps the draft.
func (s *Screen) Keep() tea.Cmd { return s.sheet.Keep() }

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case begunMsg:
		return s.begun(msg)
	case savedMsg:
		return s.took(msg)
	case words.ChangedMsg:
		s.moved = s.moved || msg.Touches(s.ask.Case.ID) && !s.saving
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.saving {
			return nil
		}
	}
	if s.sheet == nil {
		return nil
	}
	writing := s.inText()
	act, cmd := s.sheet.Update(msg)
	if !writing || !s.inText() { // a text changes nothing of what the action leads to
		s.foresee()
	}
	if act == kit.ActSave {
		return tea.Batch(cmd, s.save())
	}
	return cmd
}

// save makes the event out of the form and writes it.
func (s *Screen) save() tea.Cmd {
	event, faults := s.event()
	if a, amends := event.(*casework.Amended); amends && len(a.Fields) == 0 {
		return words.Tell(words.NoteMsg{Note: s.desk.T("act.unchanged")})
	}
	if len(faults) == 0 {
		faults = event.Check(s.desk.Index())
	}
	if len(faults) > 0 {
		s.rest = s.sheet.Form.Refuse(s.desk.Faults(s.ask.Action, faults))
		return nil
	}
	offer, _ := s.desk.OfferOf(&s.ask.Case, s.ask.Action)
	s.saving, s.err, s.rest = true, nil, nil
	st, id, unit := s.desk.Store, s.ask.Case.ID, offer.Unit
	return s.sheet.Save(func(draft store.DraftWork) tea.Cmd {
		work := store.Work{Case: id, Parents: draft.Parents, Unit: unit, Draft: draft.ID, Events: []casework.Event{event}}
		return func() tea.Msg {
			saved, err := st.Append(work)
			if err != nil {
				return savedMsg{err: err}
			}
			// The work is saved; that the case cannot be read again takes nothing back.
			view, _ := st.Case(id)
			return savedMsg{saved, slices.Contains(view.Case.Contested, saved.UID), nil}
		}
	})
}

// event fills the action's event from the form.
func (s *Screen) event() (casework.Event, []casework.Fault) {
	values := s.sheet.Text()
	if s.ask.Action == casework.ActAmend {
		return s.amendment(values), nil
	}
	event, ok := s.ask.Case.NewEvent(s.ask.Action)
	if !ok {
		return &casework.Unknown{}, []casework.Fault{{Field: "kind", Problem: casework.UnknownField}}
	}
	return event, casework.Fill(event, values)
}

// amendment carries the fields that differ from what the case was when the form
// was opened.
func (s *Screen) amendment(values map[string]string) *casework.Amended {
	amended := &casework.Amended{Fields: casework.Fields{}}
	for _, spec := range casework.FieldsOfMatter(s.base.Matter) {
		f := casework.Field(spec.Name)
		if v := values[spec.Name]; v != s.base.Value(f) {
			amended.Fields[f] = v
		}
	}
	return amended
}

func (s *Screen) took(msg savedMsg) tea.Cmd {
	s.saving = false
	if msg.err != nil {
		s.err = msg.err
		s.sheet.Resume()
		return tea.Batch(s.sheet.Keep(), words.Tell(words.UnkeptMsg{Err: msg.err}))
	}
	note := s.desk.T("act.saved", s.desk.Action(string(s.ask.Action)), i18n.Arg("state", s.desk.State(msg.saved.State)))
	if msg.contested {
		note = s.desk.T("act.contested")
	}
	return words.Tell(words.BackMsg{Note: note})
}

// roomy is the height from which on the head of the form says what the action leads to.
const roomy = 18

// foresee finds what the action leads to as the form stands.
func (s *Screen) foresee() {
	if s.ask.Action == casework.ActAmend {
		return
	}
	chosen := s.sheet.Text()
	for _, spec := range s.specs {
		if spec.Type == casework.TypeText || spec.Type == casework.TypeLong {
			delete(chosen, spec.Name)
		}
	}
	if s.chosen != nil && maps.Equal(chosen, s.chosen) {
		return
	}
	s.chosen, s.leads = chosen, ""
	if event, ok := s.ask.Case.NewEvent(s.ask.Action); ok {
		casework.Fill(event, s.sheet.Text())
		s.leads = s.desk.Leads(&s.ask.Case, event)
	}
}

// inText reports whether a text has the focus.
func (s *Screen) inText() bool {
	at := s.sheet.Form.Focused()
	return slices.ContainsFunc(s.specs, func(spec casework.FieldSpec) bool {
		return spec.Name == at && (spec.Type == casework.TypeText || spec.Type == casework.TypeLong)
	})
}

// Page shows the form below the case's title.
func (s *Screen) Page(w, h int) kit.Page {
	c := &s.ask.Case
	page := kit.Page{Title: s.desk.T("act.title", s.desk.Action(string(s.ask.Action)), words.Tail(c.Number))}
	if s.sheet == nil {
		return page
	}
	head := []string{kit.Fit("  "+words.Short(c.Value(casework.FieldTitle), w-16)+"  "+s.desk.State(c.State), w)}
	if s.leads != "" && h >= roomy {
		head = append(head, kit.Signed(kit.Cyan, "  ", s.leads, w)...)
	}
	if key := "act.intro." + string(s.ask.Action); s.desk.Has(key) {
		head = append(head, kit.Signed(kit.Plain, "  ", s.desk.T(key), w)...)
	}
	_, why := s.desk.Proposed(c, s.ask.Action)
	for _, said := range why {
		if lines := kit.Signed(kit.Plain, "  ", said, w); len(head)+len(lines) < h/2 { // the form comes first
			head = append(head, lines...)
		}
	}
	for _, warning := range casework.Warnings(c, s.ask.Action, s.desk.Index(), s.desk.Now()) {
		head = append(head, kit.Signed(kit.Warning, "! ", s.desk.T("warning."+string(warning)), w)...)
	}
	head = append(head, "")
	if s.err != nil {
		head = append(head, s.desk.Advice(s.err, w)...)
	}
	for _, f := range s.rest {
		head = append(head, kit.Signed(kit.Danger, "! ", f.Label+": "+f.Sentence, w)...)
	}
	page.Body = append(head, s.sheet.Form.Lines(w, h-len(head))...)
	if page.Status = s.sheet.Status(); s.moved {
		page.Status += "  " + kit.Warning.On(s.desk.T("act.moved"))
	}
	return page
}
