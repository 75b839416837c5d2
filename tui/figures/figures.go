package figures

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Writer writes a sheet to a new file, in the form that the file's name ends in.
type Writer func(ix *catalogue.Index, sheet *report.Sheet, under catalogue.UnitID, file string) error

// Screen chooses a report, then shows it.
type Screen struct {
	desk  words.Desk
	kept  *Kept
	write Writer // nil: nothing can be written

	picker *kit.Picker
	shown  bool // a sheet is shown, and not the choice
	asked  asked

	typed  *kit.LineField // the period is being typed into it; nil: it is not
	fault  string         // what is wrong with it
	form   *kit.Form      // asks for the units, or for a file; nil: it does not
	saving bool           // it is for a file

	drawn bool // as a picture
	year  bool // with last year beside each number
	rules bool // the formulas stand in place of the table
	top   int  // the first line of them that is seen
	page  int  // of a list divided by addressees

	ctx        context.Context
	leave      context.CancelFunc
	drop       context.CancelFunc // of the sheet being made
	generation int
	busy       bool
	away       bool // another screen stands above
	stale      bool // something changed meanwhile
	done, all  int  // cases read
	made       *made
	err        error
	said       string
	grid       kit.Grid
	rows       []int // the sheet's row of each of the table's
	columns    []int // the sheet's column of each of the table's; of last year -1 less that
	counted    counted
}

// New makes the screen, on a report or, without a name, on the choice of one. It begins with this month, and with the person's unit and those
// below it where there are some; a village sees all that its laptop is shown, because its
// cases are handled by others.
func New(d words.Desk, kept *Kept, write Writer, name report.Name) *Screen {
	s := &Screen{desk: d, kept: kept, write: write}
	s.ctx, s.leave = context.WithCancel(context.Background())
	s.drop = func() {}
	s.asked.period = report.Month(s.now())
	if acting := d.Store.Profile().Acting; acting != "" && len(d.Index().Children(acting)) > 0 {
		s.asked.under = acting
	}
	var options []kit.Option
	chosen := ""
	for i, r := range report.Reports() {
		if r.Name == name {
			chosen = fmt.Sprint(i + 1)
			s.take(name)
		}
		options = append(options, kit.NewOption(fmt.Sprint(i+1), text.Line(d.T("report."+string(r.Name))), text.Line(s.about(r.Name))))
	}
	s.picker = kit.NewPicker(d.Seat(), options, chosen)
	return s
}

// about is a sentence about a report. What the command line says in its own way is said in
// the screen's.
func (s *Screen) about(n report.Name) string {
	if key := "figures." + string(n) + ".about"; s.desk.Has(key) {
		return s.desk.T(key)
	}
	return s.desk.T("report." + string(n) + ".about")
}

// Init begins to read, so that the facts are there when a report has been chosen.
func (s *Screen) Init() tea.Cmd { return s.count() }

// Again opens the screen anew after the desk was locked.
func (s *Screen) Again() tea.Msg {
	if !s.shown {
		return words.FiguresMsg{}
	}
	return words.FiguresMsg{Report: s.asked.name}
}

// Typing reports whether something is typed into a line.
func (s *Screen) Typing() bool { return !s.shown || s.typed != nil || s.form != nil }

// Keys are the screen's keys as they work now.
func (s *Screen) Keys() kit.Table {
	switch {
	case s.form != nil && s.saving:
		return s.form.KeysWith("key.figures_save")
	case s.form != nil:
		return s.form.KeysWith("key.figures_take")
	case s.typed != nil:
		return kit.Table{
			{ID: "take", Keys: []string{"enter"}, Help: "key.figures_take"},
			{ID: "kind", Keys: []string{"tab", "f7"}, Help: "key.figures_kind"},
			{ID: "earlier", Keys: []string{"up"}, Help: "key.figures_earlier"},
			{ID: "later", Keys: []string{"down"}, Help: "key.figures_later"},
			{ID: "stay", Keys: []string{"esc"}, Help: "key.back"},
		}
	case s.rules:
		return kit.Table{
			{ID: "rules", Keys: []string{"f3", "esc"}, Help: "key.back"},
			{ID: "scroll", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move", Rare: true},
		}
	case !s.shown:
		return kit.Table{
			{ID: "choose", Keys: []string{"enter"}, Help: "key.choose", Off: s.nothing},
			{ID: "type", Keys: []string{"f6"}, Help: "key.figures_period"},
			{ID: "kind", Keys: []string{"f7"}, Help: "key.figures_kind", Rare: true},
			{ID: "set", Keys: []string{"f4"}, Help: "key.figures_set"},
			{ID: "earlier", Keys: []string{"left", "ctrl+left"}, Help: "key.figures_earlier"},
			{ID: "later", Keys: []string{"right", "ctrl+right"}, Help: "key.figures_later", Rare: true},
			{ID: "leave", Keys: []string{"esc"}, Help: "key.back"},
			{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move", Rare: true},
		}
	}
	keys := kit.Table{
		{ID: "open", Keys: []string{"enter"}, Help: "key.figures_open", Off: s.noCell},
		{ID: "draw", Keys: []string{"f2"}, Help: "key.figures_chart", Off: s.noChart},
		{ID: "rules", Keys: []string{"f3"}, Help: "key.figures_rules"},
		{ID: "set", Keys: []string{"f4"}, Help: "key.figures_set"},
		{ID: "type", Keys: []string{"f6"}, Help: "key.figures_period"},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "kind", Keys: []string{"f7"}, Help: "key.figures_kind", Rare: true},
		{ID: "save", Keys: []string{"f8"}, Help: "key.figures_save", Off: s.noSave},
		{ID: "year", Keys: []string{"f9"}, Help: "key.figures_year", Off: s.noYear},
		{ID: "earlier", Keys: []string{"ctrl+left", "["}, Help: "key.figures_earlier", Rare: true},
		{ID: "later", Keys: []string{"ctrl+right", "]"}, Help: "key.figures_later", Rare: true},
	}
	if s.made != nil && len(s.made.pages) > 1 {
		keys = append(keys, kit.Table{
			{ID: "page_next", Keys: []string{"tab"}, Help: "key.figures_page"},
			{ID: "page_prev", Keys: []string{"shift+tab"}, Help: "key.figures_page_back", Rare: true},
		}...)
	}
	return append(keys, kit.Table{
		{ID: "cell", Keys: []string{"right", "left", "down", "up"}, Help: "key.move", Rare: true},
		{ID: "pages", Keys: []string{"pgdown", "pgup", "home", "end", "ctrl+home", "ctrl+end"}, Help: "key.page", Rare: true},
	}...)
}

func (s *Screen) nothing() string {
	if _, ok := s.picker.Option(); !ok {
		return s.desk.T("kit.none_match")
	}
	return ""
}

func (s *Screen) noCell() string {
	if s.made == nil || s.grid.Rows() == 0 {
		return s.desk.T("figures.off_cell")
	}
	return ""
}

func (s *Screen) noChart() string {
	if s.picture() == noChart {
		return s.desk.T("figures.off_chart")
	}
	return ""
}

func (s *Screen) noSave() string {
	switch {
	case s.write == nil:
		return s.desk.T("figures.off_save")
	case s.made == nil:
		return s.desk.T("figures.off_cell")
	}
	return ""
}

func (s *Screen) noYear() string {
	if !looks[s.asked.name].year {
		return s.desk.T("figures.off_year")
	}
	return ""
}

// picture is how the sheet would be drawn.
func (s *Screen) picture() chart {
	look := looks[s.asked.name]
	if look.chart == heat && s.asked.across == "" {
		return bars
	}
	return look.chart
}

// Update takes any message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case madeMsg:
		return s.took(msg)
	case progressMsg:
		if s.done, s.all = msg.done, msg.all; !msg.over {
			return msg.listen()
		}
	case savedMsg:
		s.saved(msg)
	case words.ChangedMsg:
		if msg.All || len(msg.Cases) > 0 {
			return s.changed()
		}
	case words.ShownMsg:
		s.away = false
		if s.stale {
			return s.changed()
		}
	case tea.KeyPressMsg:
		return s.key(msg)
	case tea.PasteMsg:
		return s.type_(msg)
	}
	return nil
}

// changed makes the sheet anew, once what is being made is there.
func (s *Screen) changed() tea.Cmd {
	if s.stale = s.away || s.busy; s.stale {
		return nil
	}
	return s.count()
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	if s.form != nil {
		return s.ask(k)
	}
	b, bound := s.Keys().Find(k, s.Typing())
	if sideways := b.ID == "earlier" || b.ID == "later"; sideways && !s.shown && s.typed == nil && s.picker.Filtered() {
		bound = false // the arrows are the line's
	}
	switch {
	case !bound, b.ID == "move", b.ID == "cell", b.ID == "pages":
		return s.type_(k)
	case b.Why() != "":
		return words.Tell(words.NoteMsg{Note: b.Why()})
	}
	s.said = ""
	return s.act(b.ID, kit.KeyName(k))
}

// type_ gives a key to what has the focus.
func (s *Screen) type_(msg tea.Msg) tea.Cmd {
	switch {
	case s.form != nil:
		return s.ask(msg)
	case s.typed != nil:
		s.typed.Update(msg)
		s.fault = ""
	case !s.shown:
		s.picker.Update(msg)
	case s.drawn && s.picture() == trend:
		s.grid.Update(turned(msg))
	default:
		s.grid.Update(msg)
	}
	return nil
}

// turned swaps the directions: a trend has its periods side by side.
func turned(msg tea.Msg) tea.Msg {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return msg
	}
	if to, ok := map[rune]rune{tea.KeyUp: tea.KeyLeft, tea.KeyDown: tea.KeyRight, tea.KeyLeft: tea.KeyUp, tea.KeyRight: tea.KeyDown}[k.Code]; ok {
		k.Code = to
	}
	return k
}

func (s *Screen) act(id, name string) tea.Cmd {
	switch id {
	case "choose":
		return s.choose()
	case "leave":
		s.drop()
		s.leave()
		return words.Tell(words.BackMsg{})
	case "back":
		s.shown, s.drawn = false, false
	case "open":
		return s.openCell()
	case "draw":
		s.drawn = !s.drawn
		s.lay()
	case "rules":
		s.rules, s.top = !s.rules, 0
	case "scroll":
		s.top += map[string]int{"down": 1, "up": -1, "pgdown": 10, "pgup": -10}[name]
	case "year":
		s.year = !s.year
		s.lay()
	case "set":
		s.askUnits()
	case "save":
		s.askFile()
	case "type":
		s.typed, s.fault = &kit.LineField{Limit: 30}, ""
	case "stay":
		s.typed = nil
	case "take":
		return s.takePeriod()
	case "kind":
		return s.kind()
	case "earlier":
		return s.go_(s.asked.period.Back())
	case "later":
		return s.later()
	case "page_next":
		s.turn(1)
	case "page_prev":
		s.turn(-1)
	}
	return nil
}

// choose shows the report under the cursor.
func (s *Screen) choose() tea.Cmd {
	o, _ := s.picker.Option()
	for i, r := range report.Reports() {
		if o.Code == fmt.Sprint(i+1) {
			s.take(r.Name)
			s.picker.Again()
			break
		}
	}
	return s.count()
}

// take turns to a report. One that was shown before is shown as it was.
func (s *Screen) take(name report.Name) {
	s.shown, s.drawn, s.rules = true, false, false
	if name == s.asked.name {
		return
	}
	s.asked.name, s.asked.by, s.asked.across, s.asked.measure = name, "", "", ""
	if name == "cross" {
		s.asked.by, s.asked.across = s.places(), "category"
	}
	s.made, s.grid, s.year, s.page = nil, kit.Grid{}, false, 0
}

// places are what a cross table has in its rows at first: the towns of a county, elsewhere
// the villages.
func (s *Screen) places() string {
	u, _ := s.desk.Index().Unit(s.desk.Store.Profile().Acting)
	if u.Level == catalogue.Town || u.Level == catalogue.Village || u.Level == catalogue.Grid {
		return "village"
	}
	return "town"
}

// turn goes to another addressee.
func (s *Screen) turn(by int) {
	n := len(s.made.pages)
	s.page = (s.page + by + n) % n
	s.lay()
	s.grid.Select(0, 0)
}

// lay puts what was made into the table.
func (s *Screen) lay() {
	if s.made == nil {
		return
	}
	s.page = max(0, min(s.page, len(s.made.pages)-1))
	l := s.made.ready
	if as := s.laying(); l.as != as {
		l = s.made.lay(s.desk, as)
	}
	s.grid.Set(l.data)
	s.rows, s.columns = l.rows, l.columns
}

// laying is how the sheet is laid into the table now.
func (s *Screen) laying() laying {
	return laying{page: s.page, year: s.year && !s.drawn, shaded: s.drawn && s.picture() == heat}
}

// cell is what is under the cursor: a row and a column of the sheet, or of last year's.
func (s *Screen) cell() (row, column int, last, ok bool) {
	r, c, ok := s.grid.Cursor()
	if !ok || s.made == nil || r >= len(s.rows) || c >= len(s.columns) {
		return 0, 0, false, false
	}
	if c = s.columns[c]; c < 0 {
		return s.rows[r], -1 - c, true, true
	}
	return s.rows[r], c, false, true
}

// openCell lists the cases behind the cell, or goes to the one that a line of a list is
// about.
func (s *Screen) openCell() tea.Cmd {
	m := s.made
	row, column, last, ok := s.cell()
	if !ok {
		return nil
	}
	if r, _ := report.Find(s.asked.name); r.Listed {
		if i := m.one(row); i >= 0 {
			s.away = true
			return words.Tell(words.OpenMsg{Case: m.cases[i]})
		}
	}
	c, said := m.sheet.Rows[row].Cells[column], m.rows[row].cells[column]
	period := m.asked.period
	if last {
		c, _ = m.before(row, column)
		said, period = m.yearAgo(s.desk, row, column), period.LastYear()
	}
	ids, apart := m.behind(row, column, &c)
	if len(ids) == 0 {
		return words.Tell(words.NoteMsg{Note: s.desk.T("figures.no_cases")})
	}
	s.away = true
	title := s.desk.T("figures.cases", s.desk.T("report."+string(s.asked.name)), s.period(period), m.rows[row].label, m.heads[column], said, len(ids))
	if m.sheet.KindOf(row, column) == report.Share && apart > 0 && apart < len(ids) {
		title += s.desk.T("figures.apart", apart)
	}
	return words.Tell(words.OpenCasesMsg{Title: title, Cases: ids})
}

// matters are the kinds of matter that can be asked for.
func matters() []casework.Matter { return casework.Matters }
