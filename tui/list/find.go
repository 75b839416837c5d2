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
	"casedesk/store/search"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// finder is the search box and what belongs to it.
type finder struct {
	find    kit.AgainField
	finding bool   // the box has the focus
	last    string // the last search that was ended
	before  int    // the tab that a search was begun in; a search is for all cases
	from    casework.CaseID
	meant   search.Query // what the rows were asked for, as it was understood

	offers  []search.Offer // ways to go on with the word at the caret, or recent searches
	offered kit.List
	recents bool // the offers are recent searches
	recent  []string

	cancel context.CancelFunc // gives up the search that is under way; nil: there is none
}

// query is what the rows are asked for: what is typed, and the saved search whose tab is
// shown.
func (s *Screen) query() (find, within string) {
	saved, on := s.savedNow()
	switch typed := s.find.Value(); {
	case !on:
		return typed, ""
	case typed == "":
		return saved.Find, ""
	default:
		return typed, saved.Find
	}
}

// meantText is the search of the tab that is shown.
func (s *Screen) meantText() string { find, _ := s.query(); return words.Clean(find) }

// begin puts the focus into the box, with the search of the tab or the last one in it: what
// is typed next takes its place.
func (s *Screen) begin() tea.Cmd {
	s.finding = true
	had := s.find.Value()
	if had != "" {
		s.find.Begin(had)
		return nil
	}
	last := s.last
	saved, on := s.savedNow()
	if on {
		last = saved.Find
	}
	s.before = s.tab
	if row, ok := s.row(); ok {
		s.from = row.ID
	} else if l, ok := s.under(); ok && s.onBoard() {
		s.board.at = l.key
	}
	if last == "" {
		return nil
	}
	s.find.Begin(last)
	s.special = special{}
	if !on {
		s.tab = slices.Index(tabs, store.TabAll)
	}
	return s.restart()
}

// typed gives a key to the box; every change searches.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	if !s.finding {
		return s.newDay()
	}
	was := s.find.Value()
	used, changed := s.find.Update(msg)
	if used {
		s.offer()
	}
	if !changed {
		return nil
	}
	s.special = special{}
	switch now := s.find.Value(); {
	case was == "", now != "" && s.tab >= len(tabs):
		s.tab = slices.Index(tabs, store.TabAll)
	case now == "":
		s.tab = s.before
	}
	return s.restart()
}

// offer finds ways to go on with what is typed.
func (s *Screen) offer() {
	d := s.desk
	s.recents = false
	s.offers = search.Complete(s.find.Value(), s.find.Caret(), d.Index(), s.ownUnits(), d.Lang() == i18n.EN)
	s.offered.SetLen(len(s.offers))
	s.offered.Select(0)
}

// ownUnits are the units that the person serves.
func (s *Screen) ownUnits() []catalogue.UnitID {
	var own []catalogue.UnitID
	for _, p := range s.desk.Persons() {
		own = append(own, p.Unit)
	}
	return own
}

// offerRecent offers the last searches.
func (s *Screen) offerRecent() {
	s.offers, s.recents = nil, true
	for _, r := range s.recent {
		s.offers = append(s.offers, search.Offer{Label: r, Text: r, Caret: len(r)})
	}
	s.offered.SetLen(len(s.offers))
	s.offered.Select(0)
}

func (s *Screen) closeOffers() { s.offers = nil }

// offering reports whether a list of offers is open.
func (s *Screen) offering() bool { return s.finding && len(s.offers) > 0 }

// offerKeys are those while offers are open.
func offerKeys() kit.Table {
	return kit.Table{
		{ID: "take", Keys: []string{"tab", "enter"}, Help: "key.take_offer"},
		{ID: "choose", Keys: []string{"down", "up"}, Help: "key.choose_offer"},
		{ID: "close", Keys: []string{"esc"}, Help: "key.close_offers"},
	}
}

// offerKey works the open offers; false: the key is the box's.
func (s *Screen) offerKey(k tea.KeyPressMsg) (tea.Cmd, bool) {
	b, ok := offerKeys().Find(k, true)
	switch {
	case !ok:
		return nil, false
	case b.ID == "choose":
		s.offered.Update(k)
		return nil, true
	case b.ID == "close":
		s.closeOffers()
		return nil, true
	}
	o := s.offers[max(0, s.offered.Cursor())]
	was := s.find.Value()
	s.find.SetValue(o.Text)
	s.find.SetCaret(o.Caret)
	s.closeOffers()
	if was == "" || s.tab >= len(tabs) {
		s.tab = slices.Index(tabs, store.TabAll)
	}
	s.special = special{}
	return s.restart(), true
}

// unfind ends the search and goes back to where it was begun, to the case that the cursor
// was on.
func (s *Screen) unfind() tea.Cmd {
	s.finding = false
	s.closeOffers()
	typed := s.find.Value()
	if typed == "" {
		return nil
	}
	s.last = typed
	s.find.SetValue("")
	s.tab, s.want, s.from = min(s.before, s.tabCount()-1), s.from, casework.CaseID{}
	return s.noteSearch(typed)
}

// noteSearch keeps a search among the last ones.
func (s *Screen) noteSearch(find string) tea.Cmd {
	find = strings.TrimSpace(find)
	if len([]rune(find)) < 2 || s.desk.ReadsOnly() != "" || len(s.recent) > 0 && s.recent[0] == find {
		return nil
	}
	s.recent = slices.Insert(slices.DeleteFunc(s.recent, func(o string) bool { return o == find }), 0, find)
	st := s.desk.Store
	return func() tea.Msg {
		_ = st.NoteSearch(find) // that it is not among the last ones another day is no trouble to tell
		return nil
	}
}

// searching returns the context of the search that is to be asked now, and gives up the
// one before where another is meant.
func (s *Screen) searching() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	return ctx
}

// giveUp ends the search under way: what it finds is not what is asked for any more.
func (s *Screen) giveUp() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// boxLine is the box with what is typed, and how many cases there are.
func (s *Screen) boxLine(w int) string {
	label := " " + s.desk.T("kit.filter") + " "
	found := s.desk.T("list.found", i18n.Arg("n", s.total))
	if s.onBoard() {
		found = "" // there is no list yet
	}
	room := max(min(40, w-kit.Width(label)-20), min(w-kit.Width(label)-kit.Width(found)-5, kit.Width(s.find.Value())+1))
	return kit.Fit(kit.Box(label, &s.find, room, w, s.finding)+"  "+found, w)
}

// toldLines tell below the box what was understood and what was not, or show the offers;
// none where there is nothing to say but what the box shows.
func (s *Screen) toldLines(w, h int) []string {
	d := s.desk
	switch {
	case s.offering():
		return s.offerLines(w, h)
	case s.find.Value() == "" && s.finding:
		said := " " + d.T("find.empty", search.Keys(d.Lang() == i18n.EN))
		if more := d.T("find.recent_hint"); len(s.recent) > 0 && kit.Width(said+more) < w {
			said += more
		}
		return []string{kit.Fit(said, w)}
	case !s.sought():
		return nil
	}
	var lines []string
	for _, doubt := range s.meant.Doubts {
		if said := doubt.Say(d.T, d.Lang() == i18n.EN); said != "" {
			for _, line := range words.Wrap("! "+said, w-1, kit.Warning) {
				lines = append(lines, " "+line)
			}
			break // one thing at a time
		}
	}
	if said := s.understood(w - 1); said != "" && !s.onSaved() {
		lines = append(lines, kit.Fit(" "+said, w))
	}
	return lines[:min(len(lines), 3)]
}

func (s *Screen) offerLines(w, h int) []string {
	title := s.desk.T("find.offers")
	if s.recents {
		title = s.desk.T("find.recent") + "    " + title
	}
	lines := []string{kit.Fit(" "+title, w)}
	s.offered.SetHeight(max(1, min(len(s.offers), h-6)))
	wide := 0
	for _, o := range s.offers {
		wide = max(wide, kit.Width(words.Clean(o.Label)))
	}
	return append(lines, s.offered.Lines(w, false, func(i, w int) string {
		o := s.offers[i]
		if o.Path == "" {
			return kit.Fit(words.Clean(o.Label), w)
		}
		return kit.Fit(kit.Fit(words.Clean(o.Label), min(wide, w/2))+"  "+words.Clean(o.Path), w)
	})...)
}

// rowLines are the rows; while offers are open none of them is the chosen one.
func (s *Screen) rowLines(w int) []string {
	if !s.offering() {
		return s.list.Lines(w, !s.Typing(), s.signed)
	}
	var lines []string
	for i := s.list.Top(); i < s.list.Len()-s.list.Below(); i++ {
		lines = append(lines, kit.Fit("  "+s.signed(i, w-2), w))
	}
	return lines
}

// mostNames is how many names of one filter are told.
const mostNames = 3

// understood says how the filters were understood, and where there is room how to look for
// text instead; "" where there are only words.
func (s *Screen) understood(w int) string {
	d := s.desk
	if len(s.meant.Filters) == 0 {
		return ""
	}
	var said []string
	for _, f := range s.meant.Filters {
		names := f.Names
		if !f.Period.From.IsZero() || !f.Period.Until.IsZero() {
			names = slices.Clone(names)
			names[0] = s.periodSaid(f.Period)
		}
		what := strings.Join(names[:min(len(names), mostNames)], d.T("find.or"))
		if len(names) > mostNames {
			what = d.T("find.and_more", what, i18n.Arg("n", len(names)))
		}
		key := "find.told"
		if f.Not {
			key = "find.told_not"
		}
		said = append(said, d.T(key, d.T("find.kind."+string(f.Kind)), what))
	}
	if len(s.meant.Words) > 0 {
		said = append(said, d.T("find.text", strings.Join(s.meant.Words, " ")))
	}
	out := "= " + strings.Join(said, d.T("list.separator"))
	for _, doubt := range s.meant.Doubts {
		if doubt.Why == search.AsDate || doubt.Why == search.AsMark {
			if more := d.T("find.as_text", doubt.Word); kit.Width(out+more) <= w {
				out += more
			}
			break
		}
	}
	return out
}

// periodSaid says from which to which day a period is.
func (s *Screen) periodSaid(p search.Period) string {
	const day = "2006-01-02"
	from, last := p.From.Format(day), p.Until.AddDate(0, 0, -1).Format(day)
	switch {
	case p.Until.IsZero():
		return s.desk.T("find.from", from)
	case p.From.IsZero():
		return s.desk.T("find.up_to", last)
	case from == last:
		return from
	}
	return s.desk.T("find.until", from, last)
}

// Helps is what the help page tells of the box.
func (s *Screen) Helps() []kit.HelpGroup {
	if s.given != nil {
		return nil
	}
	english := s.desk.Lang() == i18n.EN
	table := kit.Table{{ID: "words", Keys: []string{"psg ..."}, Help: "find.help.words"}}
	for _, k := range search.Kinds {
		table = append(table, kit.Binding{ID: string(k), Keys: []string{k.Key(english) + ":"}, Help: "find.help." + string(k)})
	}
	not, comma := search.Category.Key(english), search.Light.Key(english)
	return []kit.HelpGroup{{Title: s.desk.T("find.help_title"), Table: append(table,
		kit.Binding{ID: "not", Keys: []string{"-" + not + ":"}, Help: "find.help.not"},
		kit.Binding{ID: "comma", Keys: []string{comma + ":...,..."}, Help: "find.help.comma"},
		kit.Binding{ID: "quote", Keys: []string{`"..."`}, Help: "find.help.quote"})}}
}

// sought reports whether the rows are a search's.
func (s *Screen) sought() bool {
	find, _ := s.query()
	return find != "" && s.special == (special{}) && s.given == nil
}

// where is what a row's place says where a match lies elsewhere than in the title: what it
// is and the match; "" where there is none.
func (s *Screen) where(r store.Row, w int) string {
	if len(r.Hits) == 0 || !s.sought() || w < 8 {
		return ""
	}
	l := r.Hits[0]
	label := s.desk.T("find.part."+partNames[l.Part]) + " "
	said, spans := s.hit(l)
	if l.Part == search.PartPhone && len(said) > 4 && !s.desk.Reveal {
		return kit.Fit(label+"*"+said[len(said)-4:], w)
	}
	if len(spans) > 0 && l.Part != search.PartName && kit.Width(label+said) > w {
		at := spans[0].From
		said, spans = said[at:], []text.Span{{From: 0, To: spans[0].To - at}}
	}
	return label + kit.Lit(said, spans, w-kit.Width(label))
}

// whereLine tells of the row under the cursor what was found where, with the words around;
// "" where the row shows all of it.
func (s *Screen) whereLine(w int) string {
	r, ok := s.row()
	if !ok || !s.sought() || r.Gone != nil {
		return ""
	}
	hits := r.Hits
	if title := words.Clean(s.titleOf(r)); len(hits) == 0 && kit.Width(title) > s.columns(w-2).title && len(s.meant.Spans(title, false)) > 0 {
		hits = []search.Line{{Part: search.PartTitle, Text: title}}
	}
	line, left := "", w-1
	for i, l := range hits {
		label := s.desk.T("find.part."+partNames[l.Part]) + " "
		if i > 0 {
			label = "   " + label
		}
		said, spans := s.hit(l)
		room := (left - kit.Width(label)) / (len(hits) - i)
		if i == len(hits)-1 {
			room = left - kit.Width(label)
		}
		if room < 8 {
			break
		}
		said, spans = kit.Around(said, spans, room)
		room = min(room, kit.Width(said))
		line += label + kit.Lit(said, spans, room)
		left -= kit.Width(label) + room
	}
	if line == "" {
		return ""
	}
	return " " + line
}

// partNames are the parts as their sentences are named.
var partNames = map[search.Part]string{search.PartNumber: "number", search.PartTitle: "title", search.PartDetail: "detail", search.PartName: "name",
	search.PartPhone: "phone", search.PartSource: "source", search.PartFacts: "facts", search.PartNote: "note"}

// hit is a line in which something was found, as it may be shown, and where. Numbers that
// are masked elsewhere are masked here.
func (s *Screen) hit(l search.Line) (string, []text.Span) {
	line := words.Clean(asWritten(l.Text))
	spans := s.meant.Spans(line, l.Part == search.PartName)
	if s.desk.Reveal {
		return line, spans
	}
	masked := s.desk.Masked(line)
	if l.Part == search.PartPhone {
		masked = text.MaskPhone(line)
	}
	if len(masked) != len(line) {
		return masked, nil
	}
	spans = slices.DeleteFunc(spans, func(p text.Span) bool { return masked[p.From:p.To] != line[p.From:p.To] && l.Part == search.PartPhone })
	return masked, spans
}

// asWritten gives a folded line the signs back that stand between Chinese characters.
func asWritten(s string) string {
	const signs = ",:;!?()"
	if !strings.ContainsAny(s, signs) {
		return s
	}
	runes := []rune(s)
	for i, r := range runes {
		chinese := i > 0 && runes[i-1] >= 0x2E80 || i+1 < len(runes) && runes[i+1] >= 0x2E80
		if strings.ContainsRune(signs, r) && chinese {
			runes[i] = r - '!' + '！'
		}
	}
	return string(runes)
}
