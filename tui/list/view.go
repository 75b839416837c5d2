package list

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Page shows tabs, search line, columns and rows.
func (s *Screen) Page(w, h int) kit.Page {
	var body []string
	if s.given != nil {
		body = s.givenLines(w)
	} else {
		body = append([]string{s.tabLine(w), s.findLine(w)}, s.toldLines(w, h)...)
	}
	if s.onBoard() {
		return s.boardPage(body, w, h)
	}
	aside, left := 0, w
	if wide(w) {
		aside, left = kit.Aside(w)
	}
	rows := h - len(body) - 1
	s.list.SetHeight(rows)
	lines := []string{kit.Fit("  "+s.signedHead(left-2), left)}
	switch {
	case s.err != nil:
		lines = append(lines, s.desk.Advice(s.err, left)...)
	case s.list.Len() == 0 && s.got >= max(1, s.since): // what is being read yet may be anything
		lines = append(lines, "")
		for _, line := range words.Wrap(s.empty(), left-4, kit.Plain) {
			lines = append(lines, "  "+line)
		}
	default:
		lines = append(lines, s.rowLines(left)...)
	}
	if wide(w) {
		lines = kit.Beside(lines, s.previewLines(aside, rows+1), left, rows+1)
	}
	return kit.Page{Title: s.title(), Body: append(body, lines...), Status: cmp.Or(s.marksSaid(), s.whereLine(w))}
}

func (s *Screen) title() string {
	p := s.desk.Store.Profile()
	if p.County == nil {
		return s.desk.T("list.title_alone", p.Name)
	}
	return s.desk.T("list.title", s.desk.Person(p.User), s.desk.Unit(p.Acting))
}

// tabLine shows the tabs: closer together where they need it, and where that is not
// enough those around the one that is shown.
func (s *Screen) tabLine(w int) string {
	var labels []string
	add := func(label string, n int, counted bool) {
		if counted {
			label = s.desk.T("list.tab", label, n)
		}
		if n := len(s.drafts); len(labels) == s.tab && n > 0 && s.tabs != nil {
			label = s.desk.T("list.tab_drafts", label, n)
		}
		if len(labels) == s.tab {
			labels = append(labels, kit.Strong.On("["+label+"]"))
			return
		}
		labels = append(labels, " "+label+" ")
	}
	for _, tab := range tabs {
		n, counted := s.tabs[tab]
		add(s.desk.T("tab."+string(tab)), n, counted)
	}
	for i, saved := range s.saved {
		n, counted := s.counts[saved.Find]
		if len(tabs)+i == s.tab && s.onSaved() && s.list.Len() > 0 {
			n, counted = s.total, true
		}
		add(words.Clean(saved.Name), n, counted)
	}
	if line := strings.Join(labels, " "); kit.Width(line) <= w {
		return kit.Fit(line, w)
	}
	from, line := 0, strings.Join(labels, "")
	upto := func() string { return strings.Join(labels[from:min(s.tab+2, len(labels))], "") } // the next one is seen, too
	for kit.Width(line) > w && kit.Width("<"+upto()+">") > w && from < s.tab {
		from++
		line = strings.Join(labels[from:], "")
	}
	if from > 0 {
		line = "<" + line
	}
	if kit.Width(line) > w {
		line = kit.Fit(line, w-1) + ">"
	}
	return kit.Fit(line, w)
}

// findLine is the search line; while it is empty and without the focus it says
// how to get there.
func (s *Screen) findLine(w int) string {
	if s.naming != nil {
		return s.nameLine(w)
	}
	if s.goal != nil {
		return kit.Fit(" "+s.desk.T("list.goal")+" "+s.goal.Lines(w, true)[0], w)
	}
	if said := s.specialLine(); said != "" && !s.finding {
		return kit.Fit(" "+said, w)
	}
	if why := s.desk.ReadsOnly(); !s.finding && s.find.Value() == "" && why != "" {
		return kit.Fit(" "+kit.Warning.On("! "+why), w)
	}
	if !s.finding && s.find.Value() == "" && s.unproved {
		return kit.Fit(" "+kit.Warning.On("! "+s.desk.T("list.unproved")), w)
	}
	if saved, on := s.savedNow(); on && !s.finding && s.find.Value() == "" {
		return kit.Fit(" "+s.desk.T("kit.filter")+" "+words.Clean(saved.Find)+"  "+s.desk.T("list.found", i18n.Arg("n", s.total)), w)
	}
	if !s.finding && s.find.Value() == "" {
		return kit.Fit(" "+s.desk.T("list.find_hint"), w)
	}
	return s.boxLine(w)
}

func (s *Screen) empty() string {
	switch {
	case s.given != nil:
		return s.desk.T("list.none_given")
	case s.special.ofBoard():
		return s.desk.T("board.none_left")
	case !s.special.day.IsZero():
		return s.desk.T("cli.day.none")
	case !s.special.like.IsZero():
		return s.desk.T("likely.none")
	case s.find.Value() == "" && s.desk.ReadsOnly() != "":
		return s.desk.T("list.none")
	case s.onSaved():
		return s.desk.T("find.none_saved", s.meantText())
	case s.find.Value() == "":
	case s.tabNow() == store.TabAll:
		return s.desk.T("kit.none_match")
	default:
		return s.desk.T("list.none_here", s.desk.T("tab."+string(store.TabAll)))
	}
	return s.desk.T("list.empty." + string(s.tabNow()))
}

// roomy is the width of a list in which the names of places and states are not cut.
const roomy = 120

// columns are the widths in cells of what a row shows before the title and
// after it.
type columns struct{ light, left, tail, title, place, state int }

func (s *Screen) columns(w int) columns {
	c := columns{light: 2, left: 8, tail: 10, place: 14, state: 10}
	if s.desk.Lang() == i18n.EN {
		c.left = 13
	}
	if w >= roomy {
		c.place, c.state = 26, 16
	}
	if s.supervised() {
		c.state = len(time.DateOnly)
	}
	if s.tabNow() == store.TabToday {
		c.place, c.state = 16, len("01-02 15:04")
	}
	if !s.special.day.IsZero() {
		c.left, c.state = len("15:04"), 14
	}
	if !s.special.like.IsZero() { // what counts are the reasons
		c.left, c.place = 0, 28
	}
	if slices.ContainsFunc(s.rows, func(r store.Row) bool { return r.Signs > 0 }) {
		c.light = 4
	}
	if kit.Read(w) { // nothing is shortened that is read aloud
		c.left, c.tail, c.place, c.state = 40, 40, 80, 80
	}
	c.title = w - (c.light + 1 + c.left + 1 + 2 + 1 + c.tail + 1 + 1 + c.place + 1 + c.state + 1 + 2)
	const fewest = 20 // a title of less says nothing: rather no place
	if give := min(c.place, fewest-c.title); give > 0 {
		if c.place-give < 6 {
			give = c.place
		}
		c.place, c.title = c.place-give, c.title+give
	}
	return c
}

func (s *Screen) head(w int) string {
	c := s.columns(w)
	pad := func(key string, w int) string { return kit.Fit(s.desk.T(key), w) }
	left, place, state := "list.col_left", "list.col_place", "list.col_state"
	switch {
	case !s.special.day.IsZero():
		left, state = "list.col_time", "list.col_what"
	case !s.special.like.IsZero():
		place = "list.col_why"
	case slices.ContainsFunc(s.rows, func(r store.Row) bool { return s.where(r, c.place) != "" }):
		place = "find.col_where"
	case s.supervised():
		left, place, state = "list.col_grade", "list.col_by", "list.col_answer"
	}
	return strings.Join([]string{
		pad("list.col_light", c.light), pad(left, c.left), pad("list.col_receipt", 2), pad("list.col_number", c.tail),
		pad("list.col_title", c.title), pad(place, c.place), pad(state, c.state), "  ",
	}, " ")
}

func (s *Screen) line(i, w int) string {
	if i < len(s.drafts) {
		return s.draftLine(s.drafts[i], w)
	}
	i -= len(s.drafts)
	r, c, also := s.rows[i], s.columns(w), besides{}
	if i < len(s.also) {
		also = s.also[i]
	}
	if s.supervised() {
		also = s.order(r)
	}
	pad := func(v string, w int) string { return text.Line(v).Pad(w).String() }
	place := pad(cmp.Or(also.place, s.place(r.Division)), c.place)
	if found := s.where(r, c.place); found != "" {
		place = found
	}
	if r.Gone != nil {
		return strings.Join([]string{
			pad("", c.light), pad("", c.left), kit.Fit(s.desk.Receipt(r.Receipt), 2), pad(words.Tail(r.Number), c.tail), s.gone(r),
		}, " ")
	}
	return strings.Join([]string{
		kit.Fit(s.desk.RowLight(r), c.light), pad(cmp.Or(also.left, s.desk.Left(r.Light, r.DaysLeft, r.Due)), c.left), kit.Fit(s.desk.Receipt(r.Receipt), 2),
		pad(words.Tail(r.Number), c.tail), s.rowTitle(r, s.titleOf(r), c.title), place,
		pad(cmp.Or(also.state, s.state(r)), c.state), s.mark(r),
	}, " ")
}

// rowTitle is the title in w cells, behind a sign where the case is 保密, and the
// kind where it is not the usual one.
func (s *Screen) rowTitle(r store.Row, title string, w int) string {
	lead := ""
	if r.New {
		lead = kit.Cyan.On(s.desk.T("list.mark_new")) + " "
	}
	if r.Secret {
		lead += kit.Warning.On(s.desk.T("list.mark_confidential")) + " "
	}
	if r.Matter != "" && r.Matter != casework.Matters[0] {
		lead += kit.Cyan.On(strings.TrimSpace(kit.Fit(s.desk.Matter(r.Matter), 4))) + " "
	}
	title = words.Clean(title)
	var spans []text.Span
	if s.sought() {
		spans = s.meant.Spans(title, false)
	}
	return lead + kit.Lit(title, spans, w-kit.Width(lead))
}

// mark is the sign at the end of a row: something there waits to be decided, or
// cannot be read yet.
func (s *Screen) mark(r store.Row) string {
	switch {
	case r.Contested > 0:
		return kit.Danger.On(s.desk.T("list.mark_contested"))
	case r.Unknown > 0:
		return kit.Warning.On(s.desk.T("list.mark_unknown"))
	case r.Held > 0 && r.Receipt != store.Withheld:
		return s.desk.Receipt(store.Withheld) // somebody else's
	case !r.Original.IsZero():
		return s.desk.T("list.extended")
	}
	return "  "
}

// state is the row's state; a case whose registration is held has none yet.
func (s *Screen) state(r store.Row) string {
	if r.State == "" && r.Held > 0 {
		return s.desk.T("effect.held")
	}
	if asked(r) {
		return s.desk.T("list.asked")
	}
	return s.desk.State(r.State)
}

func (s *Screen) gone(r store.Row) string {
	if r.Gone.To == "" {
		return s.desk.T("list.gone")
	}
	return s.desk.T("list.gone_to", s.desk.Unit(r.Gone.To))
}

// supervised reports whether the list tells by whom its cases are supervised.
func (s *Screen) supervised() bool {
	return s.tabNow() == store.TabSupervised && s.special == (special{}) && s.find.Value() == ""
}

// order is what a row of a supervised case shows: how strong, by whom, until when.
func (s *Screen) order(r store.Row) besides {
	by, grade := s.desk.T("board.county"), "urging.grade."
	if r.Urger != "" {
		by, grade = s.desk.Unit(r.Urger), "board.grade."
	}
	return besides{s.desk.T(grade + string(r.Grade)), by, s.desk.Index().Calendar().LastDay(r.Answer).Format(time.DateOnly)}
}

// place is the lowest name of the row's place: the rest is the same for most
// rows of a desk.
func (s *Screen) place(code catalogue.DivisionCode) string {
	if d, ok := s.desk.Index().Division(code); ok {
		return d.Name
	}
	return string(code)
}

func (s *Screen) draftLine(d store.DraftWork, w int) string {
	c := s.columns(w)
	pad := func(v string, w int) string { return text.Line(v).Pad(w).String() }
	return strings.Join([]string{
		pad("", c.light), pad("", c.left), kit.Warning.On(s.desk.T("receipt.draft")), pad("", c.tail),
		s.rowTitle(store.Row{Matter: d.Matter, Secret: d.Values["confidential"] == "true"}, draftTitle(s.desk, d), c.title),
		pad(s.place(catalogue.DivisionCode(d.Values[string(casework.FieldDivision)])), c.place), pad(s.desk.T("list.draft"), c.state),
	}, " ")
}

// previewLines tell of the case under the cursor.
func (s *Screen) previewLines(w, h int) []string {
	row, ok := s.row()
	if !ok || s.preview.ID != row.ID {
		return nil
	}
	v, d := s.preview, s.desk
	lines := words.Wrap(v.Title, w, kit.Strong)
	lines = append(lines, words.Short(v.Number, w), d.RowLight(v.Row)+" "+d.Left(v.Light, v.DaysLeft, v.Due)+d.FirstDay(v.Original)+"  "+d.State(v.State)+"  "+d.T("receipt."+string(v.Receipt)+".long"))
	lines = append(lines, words.Wrap(s.onward, w, kit.Strong)...)
	lines = append(lines, words.Short(d.T("detail.holder", d.Unit(v.Case.Holder)), w))
	if v.Case.Lead != "" {
		lines = append(lines, words.Short(d.T("detail.lead", d.Unit(v.Case.Lead)), w))
	}
	if len(v.Case.Parties) > 0 {
		lines = append(lines, "")
	}
	for _, p := range v.Case.Parties {
		lines = append(lines, words.Short(d.Party(p), w))
	}
	facts := words.Wrap(d.Masked(v.Case.Value(casework.FieldFacts)), w, kit.Plain)
	lines = append(lines, "")
	lines = append(lines, facts[:min(len(facts), max(1, h-len(lines)-8))]...)
	lines = append(lines, "")
	for i := len(v.Case.Timeline) - 1; i >= 0 && len(lines) < h; i-- {
		lines = append(lines, words.Short(d.Entry(v.Case.Timeline[i]), w))
	}
	for i := range lines {
		lines[i] = kit.Fit(lines[i], w)
	}
	return lines
}
