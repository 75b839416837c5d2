// Package detail is the screen of one case: who it concerns, what was done, what
// is contested or held and the keys that settle it, and the menu of actions.
//
// What may be done is the table's of store/casework to say; the screen shows an
// action that is not allowed with the reason. The heads of the case are those
// of the view that is shown, so that a decision rests on what was seen.
package detail

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is one case.
type Screen struct {
	desk words.Desk
	id   casework.CaseID

	view    store.View
	guide   casework.Guide // what comes next
	entries map[casework.EntryID]casework.Entry
	drafts  []store.DraftWork
	ties    []store.Tie
	loaded  bool
	asked   int // generation of the last reading asked for
	err     error

	list   kit.List
	lines  []line
	whole  map[string]bool // lists that are shown whole
	w      int             // of the screen
	drawn  int             // width that lines were made for; 0: make them anew
	menu   *menu
	acting bool // the menu was asked for from elsewhere: who leaves it leaves the case
	saving bool
	todo   casework.Action // asked for before the case was read; empty: none

	at       casework.EntryID // where the cursor begins; zero: at the top
	revealed bool             // phones and numbers of papers are shown
}

// New makes the screen of a case.
func New(d words.Desk, id casework.CaseID) *Screen {
	s := &Screen{desk: d, id: id, whole: map[string]bool{}}
	s.list.Prose = s.leadsOn
	return s
}

type (
	readMsg struct {
		generation int
		view       store.View
		entries    []casework.Entry
		drafts     []store.DraftWork
		ties       []store.Tie
		cases      map[casework.CaseID]string // of which this one speaks
		err        error
	}
	decidedMsg struct {
		note string
		err  error
	}
)

// NewActing makes the screen of a case with its menu open, for who wants to act and not to
// read. Leaving the menu leaves the case.
func NewActing(d words.Desk, id casework.CaseID) *Screen {
	s := New(d, id)
	s.acting = true
	return s
}

// Init reads the case.
func (s *Screen) Init() tea.Cmd { return s.read() }

// Again opens the case anew.
func (s *Screen) Again() tea.Msg { return words.OpenMsg{Case: s.id} }

// Typing reports whether the menu is open, which is typed into.
func (s *Screen) Typing() bool { return s.menu != nil }

// Unkept reports whether a decision is being written.
func (s *Screen) Unkept() bool { return s.saving }

// Keep does nothing: a decision that is being written keeps itself.
func (s *Screen) Keep() tea.Cmd { return nil }

// read reads the case, what its entries say, and its drafts.
func (s *Screen) read() tea.Cmd {
	s.asked++
	generation, st, id := s.asked, s.desk.Store, s.id
	return func() tea.Msg {
		view, err := st.Case(id)
		if err != nil {
			return readMsg{generation: generation, err: err}
		}
		entries, err := st.Entries(id)
		if err != nil {
			return readMsg{generation: generation, err: err}
		}
		drafts, err := st.Drafts()
		if err != nil {
			return readMsg{generation: generation, err: err}
		}
		ties, err := st.Ties(&view.Case)
		return readMsg{generation, view, entries, drafts, ties, named(st, &view.Case, entries), err}
	}
}

// mostNames is how many other cases are looked up to be called by their names.
const mostNames = 100

// named are the names of the other cases of which a case speaks, as far as this
// laptop has them.
func named(st *store.Store, c *casework.Case, entries []casework.Entry) map[casework.CaseID]string {
	out := map[casework.CaseID]string{}
	name := func(spec casework.FieldSpec, value func() string) {
		if spec.Type != casework.TypeCase || len(out) >= mostNames {
			return
		}
		if id, err := casework.ParseCaseID(value()); err == nil && out[id] == "" {
			if view, err := st.Case(id); err == nil {
				out[id] = words.CaseName(view.Row)
			}
		}
	}
	for _, spec := range casework.FieldsOfMatter(c.Matter) {
		name(spec, func() string { return c.Value(casework.Field(spec.Name)) })
	}
	for _, e := range entries {
		for _, ev := range e.Events {
			for _, spec := range casework.FieldsOf(ev) {
				name(spec, func() string { return casework.Words(ev)[spec.Name] })
			}
		}
	}
	return out
}

// Keys are the screen's keys as they work now.
func (s *Screen) Keys() kit.Table {
	if s.menu != nil {
		return menuTable()
	}
	return kit.Table{
		{ID: "menu", Keys: []string{"f2", "a"}, Help: "key.actions", Off: s.noMenu},
		{ID: "keep", Keys: []string{"f7"}, Help: "key.keep", Off: s.noSettle},
		{ID: "take", Keys: []string{"f8"}, Help: "key.take_this", Off: s.noTake},
		{ID: "release", Keys: []string{"f9"}, Help: "key.release", Off: s.noRelease},
		s.revealKey(),
		s.glassKey(),
		s.enter(),
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "part", Keys: []string{"tab", "1", "2", "3", "4", "5", "6", "7"}, Help: "key.part", Off: s.notLoaded},
		{ID: "part_back", Keys: []string{"shift+tab"}, Help: "key.part_back", Rare: true, Off: s.notLoaded},
		{ID: "papers", Keys: []string{"f3", "p"}, Help: "key.papers", Off: s.notLoaded},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
		{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
		{ID: "ends", Keys: []string{"home", "end"}, Help: "key.ends", Rare: true},
	}
}

func (s *Screen) notLoaded() string {
	if !s.loaded || s.saving {
		return s.desk.T("detail.loading")
	}
	if s.view.Gone != nil {
		return s.desk.T("detail.gone")
	}
	return ""
}

func (s *Screen) noMenu() string {
	if why := s.notLoaded(); why != "" {
		return why
	}
	return s.desk.ReadsOnly()
}

// off says why an action on the case as a whole cannot be done now.
func (s *Screen) off(a casework.Action) string {
	if why := s.notLoaded(); why != "" {
		return why
	}
	c := &s.view.Case // only this action is judged: it is asked for every frame
	return s.desk.Refused(c, casework.Offer{Action: a, WhyNot: casework.Allowed(c, s.desk.Store.Person(""), a, s.desk.Index())})
}

// enter goes on with the draft under the cursor, unfolds, or opens another case.
func (s *Screen) enter() kit.Binding {
	b := kit.Binding{ID: "open", Keys: []string{"enter"}, Help: s.opens(), Off: s.noDraft}
	if _, ok := s.tie(); ok {
		b.Help, b.Off = "key.open", nil
	} else if s.onStep() {
		b.Help, b.Off = "key.next_step", s.noStep
	}
	return b
}

// onStep reports whether the cursor is on the summary, where Enter does the next step.
func (s *Screen) onStep() bool {
	i := s.list.Cursor()
	return i >= 0 && i < len(s.lines) && s.lines[i].step
}

// noStep says why there is no next step to do here.
func (s *Screen) noStep() string {
	switch {
	case s.noMenu() != "":
		return s.noMenu()
	case s.guide.Mine:
		return ""
	case s.guide.Action == "":
		return s.desk.T("sum.off_none")
	}
	return s.desk.T("sum.off", s.desk.Step(&s.view.Case, s.guide))
}

// folded is the list that the line under the cursor folds or unfolds.
func (s *Screen) folded() string {
	if i := s.list.Cursor(); i >= 0 && i < len(s.lines) {
		return s.lines[i].fold
	}
	return ""
}

// opens is what Enter does on the line under the cursor.
func (s *Screen) opens() string {
	if s.folded() != "" {
		return "key.unfold"
	}
	return "key.draft"
}

func (s *Screen) noDraft() string {
	if _, ok := s.draft(); !ok && s.folded() == "" {
		return s.desk.T("detail.off_draft")
	}
	return ""
}

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w = msg.Width
	case readMsg:
		return s.took(msg)
	case decidedMsg:
		return s.decided(msg)
	case revealedMsg:
		return s.shown(msg)
	case words.DoMsg:
		return s.do(msg.Action)
	case words.ShownMsg:
		return s.read()
	case words.ChangedMsg:
		if s.touches(msg) || msg.Drafts {
			return s.read()
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	case tea.PasteMsg:
		if s.menu != nil {
			s.menu.update(msg)
		}
	}
	return nil
}

// took shows what was read; the cursor stays on its entry. What somebody else
// did meanwhile is said, in place of what was said before it.
func (s *Screen) took(msg readMsg) tea.Cmd {
	if msg.generation != s.asked {
		return nil
	}
	s.err, s.drawn = msg.err, 0
	if msg.err != nil {
		s.todo = ""
		return nil
	}
	var said tea.Cmd
	if s.loaded && s.isNews(&msg.view.Case) {
		said = words.Tell(words.NoteMsg{Note: s.desk.T("detail.changed")})
	}
	first := !s.loaded
	s.view, s.ties, s.loaded, s.desk.Cases = msg.view, msg.ties, true, msg.cases
	s.guide = s.desk.Guide(&s.view.Case)
	s.entries = map[casework.EntryID]casework.Entry{}
	for _, e := range msg.entries {
		s.entries[e.UID] = e
	}
	s.drafts = slices.DeleteFunc(msg.drafts, func(d store.DraftWork) bool { return d.Case != s.id })
	if s.menu != nil {
		s.menu.refresh(&s.view.Case)
	}
	said = tea.Batch(said, s.waited())
	if first && s.acting {
		if why := s.noMenu(); why != "" {
			return tea.Batch(words.Tell(words.BackMsg{Note: why}))
		}
		s.menu = newMenu(s.desk, &s.view.Case)
	}
	if s.view.New {
		return tea.Batch(said, s.seen())
	}
	return said
}

// seen notes that the person has seen what others did on the case.
func (s *Screen) seen() tea.Cmd {
	st, row := s.desk.Store, s.view.Row
	return func() tea.Msg {
		_ = st.NoteOpened(row) // else it stays marked as new
		return nil
	}
}

// isNews reports whether somebody else did something since the case was read.
func (s *Screen) isNews(c *casework.Case) bool {
	me := s.desk.Store.Profile().User
	return slices.ContainsFunc(c.Timeline, func(l casework.Line) bool {
		_, known := s.entries[l.UID]
		return !known && l.Actor != me
	})
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	if s.menu != nil {
		return s.choose(k)
	}
	if s.loaded && s.drawn == 0 {
		s.draw(s.w) // a key may be faster than the eye
	}
	if s.list.Update(k) {
		return nil
	}
	id, off := words.Pressed(s.Keys(), k)
	if id == "" {
		return off
	}
	switch id {
	case "menu":
		s.menu = newMenu(s.desk, &s.view.Case)
	case "keep", "take":
		return s.settle(id)
	case "release":
		return s.release()
	case "reveal":
		return s.reveal()
	case "papers":
		return words.Tell(words.PapersMsg{Case: s.view.Case})
	case "glass":
		return words.Tell(words.GlassMsg{Case: s.id})
	case "part":
		if n := kit.KeyName(k); n == "tab" {
			s.turn(1)
		} else if at := int(n[0] - '0'); !s.jump(at) {
			return words.Tell(words.NoteMsg{Note: s.desk.T("part.none", s.desk.T("part."+partNames[at]))})
		}
	case "part_back":
		s.turn(-1)
	case "open":
		if t, ok := s.tie(); ok {
			return s.openTie(t)
		}
		if s.onStep() {
			o, _ := s.desk.OfferOf(&s.view.Case, s.guide.Action)
			return s.take(o)
		}
		if a := s.folded(); a != "" {
			s.whole[a], s.drawn = !s.whole[a], 0
			return nil
		}
		d, _ := s.draft()
		return words.Tell(words.ActMsg{Case: s.view.Case, Action: d.Action, Draft: d.ID})
	case "back":
		return words.Tell(words.BackMsg{})
	}
	return nil
}

// choose works the menu of actions.
func (s *Screen) choose(k tea.KeyPressMsg) tea.Cmd {
	var offer words.Offer
	ok := false
	switch b, _ := menuTable().Find(k, true); b.ID {
	case "back":
		s.menu = nil
		if s.acting {
			return words.Tell(words.BackMsg{})
		}
	case "all":
		s.menu.showAll()
	case "choose":
		offer, ok = s.menu.choose()
	default:
		offer, ok = s.menu.update(k)
	}
	switch {
	case !ok:
		return nil
	case !offer.Allowed:
		return words.Tell(words.NoteMsg{Note: s.desk.Refused(&s.view.Case, offer.Offer)})
	}
	s.menu, s.acting = nil, false
	return s.take(offer)
}

// take opens the form of an action that may be done.
func (s *Screen) take(offer words.Offer) tea.Cmd {
	if offer.Action == casework.ActSay { // the party answers, on a screen of its own
		return words.Tell(words.PartyMsg{Case: s.view.Case})
	}
	return words.Tell(words.ActMsg{Case: s.view.Case, Action: offer.Action, Set: s.preset(offer)})
}

// preset fills in what can only be one thing: the entry that waits, the act under
// the cursor or the only one there is.
func (s *Screen) preset(o words.Offer) map[string]string {
	c := &s.view.Case
	set := map[string]string{}
	switch {
	case o.Action == casework.ActSettle && len(c.Contested) > 0:
		set["entry"] = s.under(c.Contested).String()
	case o.Action == casework.ActCloseGlass && len(c.Glass) > 0:
		set["glass"] = c.Glass[0].By.String()
	case o.Action == casework.ActRelease && len(c.HeldNow) > 0:
		set["entry"] = s.under(c.HeldNow).String()
	}
	for _, f := range o.Fields {
		if f.Type != casework.TypeAct {
			continue
		}
		var uids []casework.EntryID
		for _, act := range s.desk.Answerable(o.Action, f.Of, c) {
			uids = append(uids, act.By)
		}
		if len(uids) > 0 {
			if uid, sure := s.meant(uids); sure {
				set[f.Name] = uid.String()
			}
		}
	}
	return set
}

// draft is the draft under the cursor.
func (s *Screen) draft() (store.DraftWork, bool) {
	i := s.list.Cursor()
	if i < 0 || i >= len(s.lines) || s.lines[i].draft.IsZero() {
		return store.DraftWork{}, false
	}
	at := slices.IndexFunc(s.drafts, func(d store.DraftWork) bool { return d.ID == s.lines[i].draft })
	if at < 0 {
		return store.DraftWork{}, false
	}
	return s.drafts[at], true
}
