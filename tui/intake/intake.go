// Package intake is the form that brings a case into being, of whichever kind the
// person may register. It opens on the one that is most of her work, which is a dispute
// for nearly all: nobody is asked anything before she can write. The kind is the row above; it
// can be changed at any time, and what was typed stays.
//
// What is typed is kept as a draft all the while; when the case is saved, its 案号
// and its mark are shown, and settling it on the spot is one key away.
package intake

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Names of the fields that a case has beside those of its matter.
const (
	fieldKind         = "kind"
	fieldParties      = "parties"
	fieldConfidential = "confidential"
	fieldAbout        = "about_units"
)

// Screen is the form, and after the save what came of it.
type Screen struct {
	desk   words.Desk
	draft  store.DraftID // to go on with; zero: a new form
	matter casework.Matter
	sheet  *words.Sheet // nil until the draft and the last place are read
	saving bool
	err    error
	rest   []kit.Fault // faults for which the form has no field
	done   *done
	alike  alike

	earlier   earlier
	suggested suggested
	offered   string // the category that the sentences offered fit
}

// New makes the screen; a draft, where one is named, is gone on with. A new form
// is for the kind given, or for that of most of her work where that is empty.
func New(d words.Desk, draft store.DraftID, matter casework.Matter) *Screen {
	return &Screen{desk: d, draft: draft, matter: matter}
}

type (
	begunMsg struct {
		draft   store.DraftWork
		earlier earlier
		err     error
	}
	savedMsg struct {
		saved store.Saved
		view  store.View
		err   error
	}
)

// Init reads the draft, and the last cases, which say what a new form proposes.
func (s *Screen) Init() tea.Cmd {
	st, id, matter := s.desk.Store, s.draft, s.matter
	return func() tea.Msg {
		last, err := readEarlier(st)
		if !id.IsZero() {
			draft, err := st.LoadDraft(id)
			return begunMsg{draft, last, err}
		}
		return begunMsg{store.DraftWork{Action: casework.ActRegister, Matter: matter}, last, err}
	}
}

func (s *Screen) begun(msg begunMsg) tea.Cmd {
	if msg.err != nil {
		return words.Tell(words.BackMsg{Note: s.desk.Advise(msg.err).String()})
	}
	s.matter, s.earlier = s.firstMatter(msg.draft.Matter), msg.earlier
	form := kit.NewForm(s.desk.Seat(), "intake", s.fields())
	form.Set(fieldKind, kit.Value{Text: string(s.matter)})
	form.FocusEmpty()
	if place := s.firstPlace(msg.earlier.place()); place != "" {
		form.Set(string(casework.FieldDivision), kit.Value{Text: string(place)})
	}
	msg.draft.Matter = s.matter
	s.sheet = words.NewSheet(s.desk, form, msg.draft)
	if s.sheet.Found() {
		return tea.Batch(form.Lookup(), words.Tell(words.NoteMsg{Note: s.desk.T("draft.restored", s.desk.When(msg.draft.Saved))}))
	}
	return nil
}

// firstMatter is the kind that the form opens on: that of the draft, which may be
// older than kinds are, or the one that is most of the person's work.
func (s *Screen) firstMatter(of casework.Matter) casework.Matter {
	if _, known := casework.TableOf(of); known {
		return of
	}
	return s.desk.MainMatter()
}

// next is the kind after the one that the form is for.
func (s *Screen) next() casework.Matter {
	matters := s.desk.Matters()
	if len(matters) == 0 {
		return s.matter
	}
	return matters[(slices.Index(matters, s.matter)+1)%len(matters)]
}

// turn makes the form one for another kind; what was typed stays.
func (s *Screen) turn(m casework.Matter) tea.Cmd {
	if m == s.matter {
		return nil
	}
	s.matter, s.rest = m, nil
	s.sheet.Kind(m)
	at := s.sheet.Form.Focused()
	cmd := s.sheet.Form.Reshape(s.fields())
	s.sheet.Propose(fieldKind, string(m))
	if form := s.sheet.Form; form.Generation() == 0 && at != fieldKind {
		form.FocusEmpty()
	}
	return cmd
}

// firstPlace is the place that a new form proposes: that of the last case, or
// the one that the person's own unit governs.
func (s *Screen) firstPlace(last catalogue.DivisionCode) catalogue.DivisionCode {
	if last != "" {
		return last
	}
	for _, p := range s.desk.Persons() {
		if unit, ok := s.desk.Index().Unit(p.Unit); ok && len(unit.Covers) == 1 {
			return unit.Covers[0]
		}
	}
	return ""
}

// fields are those of a case with its parties and its confidentiality, in the
// order in which people tell it.
func (s *Screen) fields() []kit.FieldSpec {
	d := s.desk
	specs := d.Fields(casework.ActRegister, casework.FieldsOfMatter(s.matter), nil)
	parties := kit.FieldSpec{Name: fieldParties, Label: d.T("intake.parties"), Type: kit.Rows, Row: d.Fields(casework.ActAddParty, casework.PartyFields(), nil)}
	if s.matter == casework.Dispute { // who tells of it is mostly who asks
		parties.First = firstParty
	}
	about := kit.FieldSpec{Name: fieldAbout, Label: d.Field(fieldAbout), Type: kit.Multi, Options: d.Units(), Hint: d.T("hint.about_units"), Warn: s.aboutSelf, More: true}
	at := slices.IndexFunc(specs, func(f kit.FieldSpec) bool { return f.Name == string(casework.FieldTitle) })
	specs = slices.Insert(specs, at+1, parties)
	if kinds := d.Matters(); len(kinds) > 1 || !slices.Contains(kinds, s.matter) {
		specs = slices.Insert(specs, 0, kit.FieldSpec{Name: fieldKind, Label: d.Field(fieldKind), Type: kit.Choice, Required: true, Options: s.kinds(kinds), Hint: d.T("intake.kind_hint")})
	}
	confidential := kit.FieldSpec{Name: fieldConfidential, Label: d.Field(fieldConfidential), Type: kit.Bool, Hint: d.T("hint.confidential"), Warn: s.onlyFor, More: true}
	s.propose(specs)
	at = slices.IndexFunc(specs, func(f kit.FieldSpec) bool { return f.Name == string(casework.FieldDetail) })
	return slices.Insert(specs, at+1, confidential, about)
}

// kinds are the kinds of matter to choose from.
func (s *Screen) kinds(matters []casework.Matter) []kit.Option {
	options := make([]kit.Option, len(matters))
	for i, m := range matters {
		options[i] = kit.NewOption(string(m), text.Line(s.desk.Matter(m)), text.Text{})
	}
	return options
}

// onlyFor says which unit a confidential case would go to.
func (s *Screen) onlyFor(confidential string) string {
	if confidential != "true" || s.desk.Store.Profile().County == nil || s.sheet == nil {
		return ""
	}
	place := catalogue.DivisionCode(s.sheet.Form.Value(string(casework.FieldDivision)).Text)
	holder := casework.FirstHolder(place, true, splitUnits(s.sheet.Form.Value(fieldAbout).Text), s.desk.Index())
	switch {
	case place == "":
		return ""
	case holder == "":
		return s.desk.T("intake.nobody")
	}
	return s.desk.T("intake.only_for", s.desk.Unit(holder))
}

// aboutSelf warns who marks a case as being about her own unit or one that it
// answers to: then nobody there but herself sees it.
func (s *Screen) aboutSelf(units string) string {
	for _, p := range s.desk.Persons() {
		if p.Unit != "" && casework.Accused(splitUnits(units), p.Unit, s.desk.Index()) {
			return s.desk.T("intake.about_self")
		}
	}
	return ""
}

// Keys are the form's, or those of the choice after the save.
func (s *Screen) Keys() kit.Table {
	switch {
	case s.done != nil:
		return doneTable()
	case s.sheet == nil:
		return nil
	}
	keys := append(s.sheet.Form.Keys(), s.alikeKey())
	if len(s.desk.Matters()) > 1 && !s.sheet.Form.Covered() {
		keys = append(keys, kit.Binding{ID: "kind", Keys: []string{"f3"}, Help: "key.kind", Rare: true})
	}
	return keys
}

// Typing reports whether the form is shown.
func (s *Screen) Typing() bool { return s.done == nil }

// Again goes on with the draft; what was registered is in the list.
func (s *Screen) Again() tea.Msg {
	if s.done != nil || s.sheet == nil || s.sheet.Draft().ID.IsZero() {
		return nil
	}
	return words.NewMsg{Draft: s.sheet.Draft().ID}
}

// Unkept reports whether something typed is not in the draft yet.
func (s *Screen) Unkept() bool { return s.saving || s.sheet != nil && s.sheet.Unkept() }

// Keep is the command that keeps the draft.
func (s *Screen) Keep() tea.Cmd { return s.sheet.Keep() }

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd { return s.lookout(msg, s.update) }

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	defer s.phrases()
	switch msg := msg.(type) {
	case begunMsg:
		return s.begun(msg)
	case savedMsg:
		return s.took(msg)
	case receiptMsg:
		if msg.err == nil {
			s.done.receipt = msg.receipt
		}
		return nil
	case words.ChangedMsg:
		if s.done != nil && msg.Touches(s.done.saved.Case) {
			return s.follow()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.done != nil {
			return s.choose(msg)
		}
		if s.saving {
			return nil
		}
	}
	if s.sheet == nil || s.done != nil {
		return nil
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if b, _ := s.Keys().Find(k, true); b.ID == "kind" {
			return s.turn(s.next())
		}
	}
	act, cmd := s.sheet.Update(msg)
	if m := casework.Matter(s.sheet.Form.Value(fieldKind).Text); m != "" {
		cmd = tea.Batch(cmd, s.turn(m)) // it was changed in its row
	}
	if act == kit.ActSave {
		return tea.Batch(cmd, s.save())
	}
	return cmd
}

// save makes the registration out of the form and writes it.
func (s *Screen) save() tea.Cmd {
	reg := s.registration()
	if faults := reg.Check(s.desk.Index()); len(faults) > 0 {
		s.rest = s.sheet.Form.Refuse(s.desk.Faults(casework.ActRegister, faults))
		return nil
	}
	s.saving, s.err, s.rest = true, nil, nil
	st := s.desk.Store
	return s.sheet.Save(func(draft store.DraftWork) tea.Cmd {
		return func() tea.Msg {
			saved, err := st.Append(store.Work{Events: []casework.Event{reg}, Draft: draft.ID})
			if err != nil {
				return savedMsg{err: err}
			}
			// The case is saved; that it could not be read again takes nothing back.
			view, _ := st.Case(saved.Case)
			return savedMsg{saved, view, nil}
		}
	})
}

func (s *Screen) registration() *casework.Registered {
	values := s.sheet.Form.Values()
	reg := &casework.Registered{Matter: s.matter, Fields: casework.Fields{}}
	for _, spec := range casework.FieldsOfMatter(s.matter) {
		if v := values[spec.Name].Text; v != "" {
			reg.Fields[casework.Field(spec.Name)] = v
		}
	}
	for _, row := range values[fieldParties].Rows {
		party := new(casework.PartyAdded)
		casework.Fill(party, row) // all its fields are text; Check finds what is wrong with them
		reg.Parties = append(reg.Parties, casework.Party(*party))
	}
	reg.Confidential = values[fieldConfidential].Text == "true"
	reg.About = splitUnits(values[fieldAbout].Text)
	return reg
}

func (s *Screen) took(msg savedMsg) tea.Cmd {
	s.saving = false
	if msg.err == nil {
		s.done = newDone(s.desk, msg.saved, msg.view)
		return s.follow() // it may have come further already
	}
	s.err = msg.err
	s.sheet.Resume()
	return tea.Batch(s.sheet.Keep(), words.Tell(words.UnkeptMsg{Err: msg.err}))
}

// Page shows the form, or what came of it.
func (s *Screen) Page(w, h int) kit.Page {
	page := kit.Page{Title: s.desk.T("intake.title", s.desk.Matter(s.matter))}
	switch {
	case s.done != nil:
		page.Body = s.done.lines(s.desk, w, h)
		return page
	case s.sheet == nil:
		return page
	}
	var head []string
	if s.err != nil {
		head = s.desk.Advice(s.err, w)
	}
	for _, f := range s.rest {
		head = append(head, kit.Signed(kit.Danger, "! ", f.Label+": "+f.Sentence, w)...)
	}
	page.Body = append(head, s.sheet.Form.Lines(w, h-len(head))...)
	page.Status = s.sheet.Status()
	page.Status += s.alikeStatus(w - kit.Gutter - kit.Width(page.Status))
	return page
}
