// Package list is the desk's first screen: the board, which starts with what to do now,
// and the cases in tabs, with search as you type and, on a wide screen, a preview of the
// case under the cursor or of the cases behind a line of the board.
//
// It reads rows, never cases (but for the preview), and reads them again when
// something changed, when it comes to be seen again and when a new day began.
package list

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/report"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Wide is the width in cells from which on there is a preview.
const Wide = 110

// page is how many rows are read beyond the cursor.
const page = 200

// tabBoard is the first tab: no list, but what there is to do, with ways into the lists.
const tabBoard store.Tab = "board"

var tabs = append([]store.Tab{tabBoard}, store.Tabs...)

// Screen is the list.
type Screen struct {
	desk     words.Desk
	mayEnrol bool
	facts    Facts
	w        int

	tab     int // of tabs, then of the saved searches
	special special
	finder
	saver
	given *given         // nil: the tabs
	goal  *kit.DateField // the day to go to is being typed into it; nil: it is not

	board    *boardView // nil until there is one
	rows     []store.Row
	also     []besides // what the rows show besides; nil: what rows show
	drafts   []store.DraftWork
	total    int
	unproved bool // nobody has shown that the recovery code is on paper
	tabs     map[store.Tab]int
	day      string // on which the rows were read
	err      error
	list     kit.List
	marks    marks
	all      bool            // the end of a long list was asked for: everything is read
	toEnd    bool            // and the cursor goes there with the next reading
	want     casework.CaseID // the cursor goes there with the next reading; zero: nowhere

	asked int // generation of the last reading asked for
	got   int // generation of what is shown
	since int // generation of the first reading of the list that is shown: an earlier one is of another

	preview   store.View
	onward    string // the next step of the case in the preview
	previewed int    // generation of the last preview asked for
}

// Facts reads the facts of the cases here and tells how far it is.
type Facts func(ctx context.Context, progress func(done, all int)) ([]report.Fact, error)

// New makes the screen, which begins with a tab; empty: with the board. mayEnrol says that
// joining a county can be offered; facts reads what early warnings are made from.
func New(d words.Desk, first store.Tab, mayEnrol bool, facts Facts) *Screen {
	return &Screen{desk: d, mayEnrol: mayEnrol, facts: facts, finder: finder{find: kit.AgainField{LineField: kit.LineField{Limit: 120}}}, tab: max(0, slices.Index(tabs, first))}
}

// tabNow is the tab that is shown; a saved search is one of all cases.
func (s *Screen) tabNow() store.Tab {
	if s.tab >= len(tabs) {
		return store.TabAll
	}
	return tabs[s.tab]
}

// onBoard reports whether the board is shown, and not a list in its place.
func (s *Screen) onBoard() bool {
	return s.given == nil && s.tabNow() == tabBoard && s.special == (special{}) && s.find.Value() == ""
}

// Init reads the rows; the first page as it was kept comes before the others.
func (s *Screen) Init() tea.Cmd {
	if s.given != nil {
		return s.read()
	}
	return tea.Batch(s.readFirst(), s.read())
}

// Typing reports whether the search line, or that for a day, has the focus.
func (s *Screen) Typing() bool { return s.finding || s.goal != nil || s.naming != nil }

// Keys are the screen's keys as they work now.
func (s *Screen) Keys() kit.Table {
	switch {
	case s.given != nil:
		return s.withMarks(s.givenKeys())
	case s.goal != nil:
		return goKeys()
	case s.naming != nil:
		return nameKeys()
	case s.offering():
		return offerKeys()
	}
	return s.listKeys()
}

// listKeys are the keys of the tabs and of the box.
func (s *Screen) listKeys() kit.Table {
	keys := slices.Concat(kit.Table{{ID: "open", Keys: []string{"enter"}, Help: "key.open", Off: s.nothing}}, s.dayKeys(), s.backKeys())
	search := append(kit.Table{{ID: "clear", Keys: []string{"esc"}, Help: "key.clear", Off: s.notSearching}}, s.saveKeys()...)
	tabs := kit.Table{
		{ID: "new", Keys: []string{"f2", "n"}, Help: "key.new", Off: s.desk.NoNew},
		{ID: "find", Keys: []string{"f3", "/"}, Help: "key.find"},
		{ID: "next", Keys: []string{"tab"}, Help: "key.next_tab"},
		{ID: "prev", Keys: []string{"shift+tab"}, Help: "key.prev_tab", Rare: true},
	}
	if s.notSearching() == "" || s.onSaved() { // what belongs to the search comes first
		keys = slices.Concat(keys, search, tabs)
	} else {
		keys = slices.Concat(keys, tabs, search)
	}
	if !s.onSaved() && !s.finding { // there Delete is for the tab, or the box
		keys = append(keys, kit.Binding{ID: "drop", Keys: []string{"delete"}, Help: "key.drop_draft", Rare: true, Off: s.noDraft})
	}
	return s.withMarks(append(keys, kit.Table{
		{ID: "enrol", Keys: []string{"f12"}, Help: "key.enrol", Off: s.noEnrol},
		{ID: "recovery", Keys: []string{"f9"}, Help: "key.new_code", Rare: !s.unproved},
		{ID: "likely", Keys: []string{"f6"}, Help: "key.likely", Rare: true, Off: s.noLikely},
		{ID: "glass", Keys: []string{"f7"}, Help: "key.glass", Rare: true, Off: s.noGlass},
		{ID: "handover", Keys: []string{"f8"}, Help: "key.handover", Rare: true, Off: s.noHandover},
		{ID: "tools", Keys: []string{"f4"}, Help: "key.tools", Rare: true},
		{ID: "figures", Keys: []string{"ctrl+r", "r"}, Help: "key.figures", Rare: true},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
		{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
		{ID: "ends", Keys: []string{"home", "end"}, Help: "key.ends", Rare: true},
	}...))
}

func (s *Screen) nothing() string {
	if s.onBoard() {
		return s.noWay()
	}
	if s.list.Len() == 0 {
		return s.desk.T("list.off_nothing")
	}
	return ""
}

func (s *Screen) notSearching() string {
	if !s.finding && s.find.Value() == "" {
		return s.desk.T("list.off_search")
	}
	return ""
}

func (s *Screen) noEnrol() string {
	switch {
	case s.desk.Store.Profile().County != nil:
		return s.desk.T("list.off_enrolled")
	case !s.mayEnrol:
		return s.desk.T("list.off_enrol")
	}
	return ""
}

func (s *Screen) noDraft() string {
	if _, ok := s.draft(); !ok {
		return s.desk.T("list.off_draft")
	}
	return ""
}

type droppedMsg struct{ draft store.DraftID }

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w = msg.Width
		return s.look()
	case readMsg:
		return s.took(msg)
	case lookedMsg:
		s.looked(msg)
	case words.ShownMsg:
		s.stale = true // what was read, too, may be asked for
		if !msg.Case.IsZero() && s.given == nil {
			return s.show(msg.Case)
		}
		return s.read()
	case words.ChangedMsg:
		return s.changed(msg)
	case words.TabMsg:
		return s.goTab(msg.Tab)
	case words.UnmarkMsg:
		s.unmark(msg.Cases)
	case droppedMsg:
		return s.drop(msg.draft)
	case warnedMsg:
		s.warned(msg)
	case alikeMsg:
		return s.instead(msg.special)
	case countedMsg:
		return s.tookCounts(msg)
	case savedMsg:
		return s.keptSaved(msg)
	case droppedTabMsg:
		return s.keep(msg.saved, msg.at, "")
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.goal != nil {
			return s.typeDay(msg)
		}
		if s.naming != nil {
			return s.typeName(msg)
		}
		if k, ok := msg.(tea.KeyPressMsg); ok {
			return s.key(k)
		}
		return s.typed(msg)
	}
	return nil
}

func (s *Screen) changed(msg words.ChangedMsg) tea.Cmd {
	s.stale = s.stale || msg.All || len(msg.Cases) > 0
	if msg.All || msg.Drafts || len(msg.Cases) > 0 {
		return s.read()
	}
	if msg.Link && s.onBoard() {
		s.layOut()
	}
	return nil
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	table := s.Keys()
	if s.offering() {
		if cmd, used := s.offerKey(k); used {
			return cmd
		}
		table = s.listKeys()
	}
	if s.finding && s.find.Value() == "" && kit.KeyName(k) == "up" && len(s.recent) > 0 {
		s.offerRecent()
		return nil
	}
	if b, ok := table.Find(k, s.finding); ok && !moves(b.ID) {
		if b.Why() != "" {
			return words.Tell(words.NoteMsg{Note: b.Why()})
		}
		return s.act(b.ID)
	}
	if kit.KeyName(k) == "end" && !s.finding && !s.all && !s.onBoard() {
		s.all, s.toEnd = true, true
		return s.read()
	}
	if edits := s.finding && edits(kit.KeyName(k)); !edits && s.list.Update(k) {
		return s.moved()
	}
	return s.typed(k)
}

// edits reports whether a key of the list is the box's while that has the focus.
func edits(name string) bool { return name == "home" || name == "end" || name == "delete" }

// moves reports whether an action is the list's own, or the search line's.
func moves(id string) bool { return id == "move" || id == "page" || id == "ends" }

func (s *Screen) act(id string) tea.Cmd {
	switch id {
	case "open":
		return s.open()
	case "leave":
		return words.Tell(words.BackMsg{})
	case "new":
		return words.Tell(words.NewMsg{})
	case "find":
		return s.begin()
	case "save":
		return s.name()
	case "tab_left":
		return s.move(-1)
	case "tab_right":
		return s.move(1)
	case "drop_tab":
		return s.askDropTab()
	case "next":
		return s.turn(1)
	case "prev":
		return s.turn(-1)
	case "clear":
		noted := s.unfind()
		return tea.Batch(noted, s.restart())
	case "day_next":
		return s.step(1)
	case "day_prev":
		return s.step(-1)
	case "day":
		s.goal = kit.NewDateField(s.desk.Seat(), true)
	case "back":
		s.want = s.special.like
		return s.instead(special{})
	case "likely":
		return s.likely()
	case "enrol":
		return words.Tell(words.EnrolMsg{})
	case "glass":
		return words.Tell(words.GlassMsg{})
	case "handover":
		return words.Tell(words.HandoverMsg{})
	case "tools":
		return words.Tell(words.ToolsMsg{})
	case "figures":
		return words.Tell(words.FiguresMsg{})
	case "recovery":
		return words.Tell(words.RecoveryMsg{})
	case "drop":
		return s.askDrop()
	}
	return s.markAct(id)
}

// open goes to the case or the draft under the cursor.
func (s *Screen) open() tea.Cmd {
	if s.onBoard() {
		return s.follow()
	}
	if d, ok := s.draft(); ok {
		return words.Tell(words.NewMsg{Draft: d.ID})
	}
	row, _ := s.row()
	s.finding = false
	return tea.Batch(s.noteSearch(s.find.Value()), words.Tell(words.OpenMsg{Case: row.ID}))
}

func (s *Screen) turn(by int) tea.Cmd {
	s.tab, s.special = (s.tab+by+s.tabCount())%s.tabCount(), special{}
	return s.restart()
}

// show goes to a case that was registered a moment ago.
func (s *Screen) show(id casework.CaseID) tea.Cmd {
	noted := s.unfind()
	s.special = special{}
	s.tab, s.want = slices.Index(tabs, store.TabMine), id
	return tea.Batch(noted, s.restart())
}

// restart reads another list from its top.
func (s *Screen) restart() tea.Cmd {
	s.giveUp()
	s.since = s.asked + 1
	s.all, s.toEnd = false, false
	s.rows, s.also, s.drafts = nil, nil, nil
	s.list.SetLen(0)
	return s.read()
}

// newDay reads again what was read yesterday: lights and days left are others.
func (s *Screen) newDay() tea.Cmd {
	if s.day == s.today() {
		return nil
	}
	return s.read()
}

func (s *Screen) today() string { return s.desk.Now().Format(time.DateOnly) }

// moved reads on where the cursor nears the end of what was read, and looks at
// the case under it.
func (s *Screen) moved() tea.Cmd {
	if at := s.list.Cursor(); len(s.rows) < s.total && at > s.list.Len()-page/4 {
		return tea.Batch(s.read(), s.look())
	}
	return tea.Batch(s.newDay(), s.look())
}

// draft is the draft under the cursor.
func (s *Screen) draft() (store.DraftWork, bool) {
	if i := s.list.Cursor(); i >= 0 && i < len(s.drafts) {
		return s.drafts[i], true
	}
	return store.DraftWork{}, false
}

// row is the row under the cursor.
func (s *Screen) row() (store.Row, bool) {
	if i := s.list.Cursor() - len(s.drafts); i >= 0 && i < len(s.rows) {
		return s.rows[i], true
	}
	return store.Row{}, false
}

func (s *Screen) askDrop() tea.Cmd {
	d, _ := s.draft()
	return words.Tell(words.AskMsg{
		Title: s.desk.T("draft.drop_title"),
		Lines: []string{s.desk.T("draft.drop_question", draftTitle(s.desk, d))},
		Choices: []words.Choice{
			{Label: s.desk.T("draft.drop_no")},
			{Label: s.desk.T("draft.drop_yes"), Msg: droppedMsg{d.ID}},
		},
	})
}

func draftTitle(d words.Desk, draft store.DraftWork) string {
	if name := words.DraftName(draft); name != "" {
		return name
	}
	return d.T("list.untitled")
}
