package list

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// part is one part of the board.
type part string

// The parts, in the order in which they stand.
const (
	partDo      part = "do"      // what waits for the person, the most urgent first
	partWatch   part = "watch"   // what is overdue, whoever has it, for who supervises
	partToday   part = "today"   // appointments, and what is due today
	partSign    part = "sign"    // 待签收、待分流
	partGiven   part = "given"   // what was asked of others: orders, call-outs
	partNews    part = "news"    // what changed since yesterday
	partLights  part = "lights"  // what the units have in hand, by its light
	partWarning part = "warning" // early warnings
	partLink    part = "link"    // what waits to be sent, and when the county was last heard
)

var partOrder = []part{partDo, partWatch, partToday, partSign, partGiven, partNews, partLights, partWarning, partLink}

// parts are the parts of the board of each role. Who has several roles has the parts of
// all; a laptop without a county those of a mediator.
var parts = map[catalogue.Role][]part{
	catalogue.GridWorker: {partDo, partToday, partGiven, partNews, partLights, partLink},
	catalogue.Mediator:   {partDo, partToday, partSign, partGiven, partNews, partLights, partLink},
	catalogue.Center:     {partDo, partToday, partSign, partGiven, partNews, partLights, partWarning, partLink},
	catalogue.Office:     {partDo, partWatch, partToday, partSign, partGiven, partNews, partLights, partWarning, partLink},
	catalogue.Handler:    {partDo, partToday, partSign, partGiven, partNews, partLights, partLink},
	catalogue.Court:      {partDo, partToday, partSign, partNews, partLights, partLink},
	catalogue.Procurator: {partDo, partToday, partSign, partGiven, partNews, partLights, partLink},
	catalogue.Leader:     {partWatch, partToday, partGiven, partNews, partLights, partWarning, partLink},
}

// picksOf are the counted lines of each part.
var picksOf = map[part][]store.Pick{
	partDo:     {store.PickOrders, store.PickCalls, store.PickRed, store.PickTasks, store.PickWaits, store.PickYellow, store.PickTell, store.PickLater},
	partWatch:  {store.PickAllRed},
	partSign:   {store.PickSign, store.PickRoute},
	partGiven:  {store.PickGiven, store.PickReplied},
	partNews:   {store.PickArrived, store.PickMoved, store.PickPassed, store.PickTurned, store.PickSettled},
	partLights: {store.PickOverdue, store.PickAmber, store.PickGreen, store.PickPaused, store.PickFree},
}

// pickLights are the lights that stand before a line.
var pickLights = map[store.Pick]casework.Light{
	store.PickRed: casework.Red, store.PickYellow: casework.Yellow, store.PickTurned: casework.Red, store.PickAllRed: casework.Red,
	store.PickOverdue: casework.Red, store.PickAmber: casework.Yellow, store.PickGreen: casework.Green, store.PickPaused: casework.Grey,
	store.PickFree: casework.None,
}

// maxDrafts is how many unfinished forms have a line of their own.
const maxDrafts = 3

// boardView is the board as it is shown.
type boardView struct {
	counted  store.Board
	kept     bool // it is that of the last end, being counted anew
	drafts   []store.DraftWork
	cases    map[casework.CaseID]string // of the drafts, by name
	warnings []warning
	warned   string // the day for which warnings were asked
	lines    []boardLine
	at       string // the line that the cursor goes to with the next reading; empty: where it is
}

// warning is an early warning with the cases behind it.
type warning struct {
	label, said string
	ids         []casework.CaseID
}

type warnedMsg struct {
	day      string
	warnings []warning
}

// boardLine is a line of the board, and what Enter leads to: one case, a draft, the cases
// of a pick or of a warning, a tab; or nothing.
type boardLine struct {
	key   string // names the line
	part  part
	sign  string // a light or another sign, in its ink
	label string
	n     int // how many cases; 0: the line is no count
	said  string
	rows  []store.Row // the first of its cases
	one   casework.CaseID
	draft *store.DraftWork
	pick  store.Pick
	ids   []casework.CaseID
	tab   store.Tab
}

// roleParts are the parts of the person's board.
func (s *Screen) roleParts() []part {
	roles := []catalogue.Role{catalogue.Mediator}
	if p := s.desk.Store.Profile(); p.County != nil {
		if person, ok := s.desk.Index().Person(p.User); ok {
			roles = person.Roles
		}
	}
	var out []part
	for _, p := range partOrder {
		if slices.ContainsFunc(roles, func(r catalogue.Role) bool { return slices.Contains(parts[r], p) }) {
			out = append(out, p)
		}
	}
	return out
}

// tookBoard shows a board that was counted, or the one of the last end.
func (s *Screen) tookBoard(msg readMsg) tea.Cmd {
	old := s.board
	b := &boardView{counted: *msg.board, kept: msg.generation == 0, drafts: msg.drafts, cases: msg.cases}
	if old != nil {
		b.warnings, b.warned, b.at = old.warnings, old.warned, old.at
		if i := s.list.Cursor(); b.at == "" && i > 0 && i < len(old.lines) {
			b.at = old.lines[i].key
		}
	}
	s.board, s.rows, s.also, s.drafts, s.total, s.day = b, nil, nil, nil, 0, s.today()
	s.unproved, s.list.All = msg.unproved, 0
	if msg.list.Tabs != nil {
		s.tabs = msg.list.Tabs
	}
	s.layOut()
	if b.kept {
		return nil
	}
	b.at = ""
	return tea.Batch(s.prepare(), s.warn(), s.recount())
}

// layOut makes the lines; the cursor stays on its line wherever that went.
func (s *Screen) layOut() {
	b := s.board
	if b == nil {
		return
	}
	at := b.at
	if i := s.list.Cursor(); at == "" && i > 0 && i < len(b.lines) {
		at = b.lines[i].key
	}
	b.lines = nil
	for _, p := range s.roleParts() {
		s.layPart(p)
	}
	s.list.SetLen(len(b.lines))
	if i := slices.IndexFunc(b.lines, func(l boardLine) bool { return l.key == at }); at != "" && i >= 0 {
		s.list.Select(i)
	}
}

func (s *Screen) layPart(p part) {
	b, d := s.board, s.desk
	begin := len(b.lines)
	add := func(l boardLine) {
		l.part = p
		b.lines = append(b.lines, l)
	}
	if p == partToday {
		for _, do := range b.counted.Today {
			said := words.Clean(do.Row.Title)
			if do.Place != "" {
				said = words.Clean(do.Place) + "  " + said
			}
			add(boardLine{key: "today:" + do.Row.ID.String() + do.At.String(), label: do.At.Format("15:04") + " " + purpose(d, do), said: said,
				rows: []store.Row{do.Row}, one: do.Row.ID})
		}
	}
	for _, pick := range picksOf[p] {
		got := b.counted.Picks[pick]
		if got.Total == 0 {
			continue
		}
		l := boardLine{key: string(pick), label: d.T("pick." + string(pick)), n: got.Total, rows: got.Top, pick: pick}
		if p != partLights { // there the counts say all
			l.said = s.first(got.Top)
		}
		if light, ok := pickLights[pick]; ok {
			l.sign = d.Light(light)
		} else if p == partDo && pick != store.PickLater {
			l.sign = kit.Danger.On(d.T("board.sign." + string(pick)))
		}
		if got.Total == 1 {
			l.one = got.Top[0].ID
		}
		add(l)
	}
	switch p {
	case partDo:
		s.layDrafts(add)
		if len(b.lines) == begin {
			add(boardLine{key: "nothing", label: d.T("board.nothing"), n: -1})
		}
	case partWatch:
		if len(b.lines) == begin {
			add(boardLine{key: "nothing", label: d.T("board.nothing_red"), n: -1})
		}
	case partToday:
		if len(b.lines) == begin {
			add(boardLine{key: "free", label: d.T("board.free"), n: -1, tab: store.TabToday})
		}
	case partGiven:
		for _, c := range b.counted.Calls {
			add(boardLine{key: "call:" + c.By.String(), label: d.T("board.call", d.Unit(c.To)), said: s.answered(c),
				rows: []store.Row{c.Row}, one: c.Row.ID})
		}
	case partWarning:
		for i, w := range b.warnings {
			add(boardLine{key: "warning:" + w.label, label: w.label, said: w.said, n: len(w.ids), ids: b.warnings[i].ids, sign: kit.Warning.On("!")})
		}
	case partLink:
		add(boardLine{key: lineLink, label: s.linkSaid(), n: -1})
	}
}

// casesOf are the names of the cases that drafts are about, of as many as the board shows.
func casesOf(st *store.Store, drafts []store.DraftWork) map[casework.CaseID]string {
	names := map[casework.CaseID]string{}
	for _, draft := range drafts[:min(len(drafts), maxDrafts)] {
		if draft.Case.IsZero() {
			continue
		}
		if view, err := st.Case(draft.Case); err == nil { // what cannot be read the list says
			names[draft.Case] = words.CaseName(view.Row)
		}
	}
	return names
}

// layDrafts adds what is half-written.
func (s *Screen) layDrafts(add func(boardLine)) {
	d := s.desk
	for i, draft := range s.board.drafts {
		if i == maxDrafts {
			add(boardLine{key: lineDrafts, sign: d.T("receipt.draft"), label: d.T("board.drafts_more", i18n.Arg("n", len(s.board.drafts)-i)), n: -1})
			return
		}
		said := draftTitle(d, draft)
		if !draft.Case.IsZero() {
			said = s.board.cases[draft.Case]
		}
		add(boardLine{key: "draft:" + draft.ID.String(), sign: kit.Warning.On(d.T("receipt.draft")),
			label: d.T("board.draft", d.Action(string(draft.Action))), said: strings.TrimSpace(said + "  " + d.T("board.draft_at", d.When(draft.Saved))), draft: &s.board.drafts[i]})
	}
}

// first tells of the case that is due first.
func (s *Screen) first(rows []store.Row) string {
	if len(rows) == 0 {
		return ""
	}
	r := rows[0]
	return strings.TrimSpace(s.desk.Left(r.Light, r.DaysLeft, r.Due) + "  " + s.caseName(r))
}

// caseName is a case's title behind its signs.
func (s *Screen) caseName(r store.Row) string {
	name := words.Clean(s.titleOf(r))
	if r.Secret {
		name = s.desk.T("list.mark_confidential") + " " + name
	}
	if r.New {
		name = s.desk.T("list.mark_new") + " " + name
	}
	return name
}

// The lines that lead to screens of their own: to how the desk stands with the county, and to
// all that is half-written.
const (
	lineLink   = "link"
	lineDrafts = "drafts"
)

// warn asks for the early warnings of the day, beside everything else: they are made from
// the folds of all cases.
func (s *Screen) warn() tea.Cmd {
	if s.board.warned == s.today() || !slices.Contains(s.roleParts(), partWarning) {
		return nil
	}
	s.board.warned = s.today()
	read, d, day := s.facts, s.desk, s.today()
	return func() tea.Msg {
		facts, err := read(context.Background(), nil)
		if err != nil {
			return nil
		}
		return warnedMsg{day, warningsOf(d, facts)}
	}
}

// warningsOf are the rows of the report of early warnings: each rise, and together the
// limits about to run out and the agreements about to fall due.
func warningsOf(d words.Desk, facts []report.Fact) []warning {
	r, ok := report.Find("warning")
	if !ok {
		return nil
	}
	ix, now := d.Index(), d.Now()
	sheet := r.Make(&report.Input{Facts: facts, Index: ix, Period: report.Month(now.In(ix.Calendar().Location())), Now: now})
	say := func(key string, args ...any) string { return d.T(key, args...) }
	var out []warning
	at := map[string]int{}
	for _, row := range sheet.Rows {
		name, said := words.Clean(row.Label.In(ix, say)), ""
		switch what := row.Cells[0].Label; what.Key {
		case "report.warning.category", "report.warning.town":
			said = d.T(what.Key)
		case "report.warning.perform":
			name = d.T(what.Key)
		default:
			name = d.T("board.soon")
		}
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, warning{label: name, said: said})
		}
		for _, c := range row.Cells {
			for _, n := range c.Cases {
				if id := facts[n].ID; !slices.Contains(out[i].ids, id) {
					out[i].ids = append(out[i].ids, id)
				}
			}
		}
	}
	return out
}

func (s *Screen) warned(msg warnedMsg) {
	if s.board != nil && msg.day == s.today() {
		s.board.warnings = msg.warnings
		if s.onBoard() {
			s.layOut()
		}
	}
}

// under is the line under the cursor.
func (s *Screen) under() (boardLine, bool) {
	if i := s.list.Cursor(); s.board != nil && i >= 0 && i < len(s.board.lines) {
		return s.board.lines[i], true
	}
	return boardLine{}, false
}

// noWay says why nothing can be opened here.
func (s *Screen) noWay() string {
	l, ok := s.under()
	if !ok || l.key != lineLink && l.key != lineDrafts && l.one.IsZero() && l.draft == nil && l.pick == "" && l.ids == nil && l.tab == "" {
		return s.desk.T("board.off_line")
	}
	return ""
}

// follow goes where the line under the cursor leads.
func (s *Screen) follow() tea.Cmd {
	l, _ := s.under()
	s.finding = false
	s.board.at = l.key
	switch {
	case l.key == lineLink:
		return words.Tell(words.ExchangeMsg{})
	case l.key == lineDrafts:
		return words.Tell(words.DraftsMsg{})
	case l.draft != nil && l.draft.Case.IsZero():
		return words.Tell(words.NewMsg{Draft: l.draft.ID})
	case l.draft != nil:
		return words.Tell(words.ActMsg{Case: casework.Case{ID: l.draft.Case}, Action: l.draft.Action, Draft: l.draft.ID})
	case !l.one.IsZero():
		return words.Tell(words.OpenMsg{Case: l.one})
	case l.tab != "":
		s.tab = slices.Index(tabs, l.tab)
		return s.restart()
	case len(l.ids) == 1:
		return words.Tell(words.OpenMsg{Case: l.ids[0]})
	case l.ids != nil:
		return words.Tell(words.OpenCasesMsg{Title: l.label, Cases: l.ids})
	}
	return s.instead(special{name: l.label, pick: l.pick})
}

// snug is the width below which the board leaves the names of its lines less room.
const snug = 70

func firstOf(a, b catalogue.UnitID) catalogue.UnitID {
	if a != "" {
		return a
	}
	return b
}
