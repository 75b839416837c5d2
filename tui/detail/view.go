package detail

import (
	"slices"
	"strings"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// line is one line of the page, and what it is about.
type line struct {
	text    string
	entry   casework.EntryID
	draft   store.DraftID
	tie     *store.Tie
	fold    string // Enter shows the whole list of that name, or less of it again
	part    string // of the page
	chapter int    // the part that a key goes to
	step    bool   // Enter does the next step
}

// Page shows the case, or the menu in its place.
func (s *Screen) Page(w, h int) kit.Page {
	page := kit.Page{Title: s.desk.T("detail.title", words.Clean(s.view.Number))}
	switch {
	case s.err != nil:
		page.Body = s.desk.Advice(s.err, w)
	case !s.loaded:
		page.Body = []string{"  " + s.desk.T("detail.loading")}
	case s.menu != nil:
		page.Body = s.menu.lines(w, h)
		page.Status = s.menu.status()
	default:
		if s.drawn != w {
			s.draw(w)
		}
		s.list.SetHeight(h - 1)
		page.Body = append([]string{s.bar(w)}, s.list.Lines(w, true, func(i, _ int) string { return s.lines[i].text })...)
		if n := s.list.Below(); n > 0 {
			page.Status = " " + s.desk.T("kit.below", n)
		}
	}
	return page
}

// draw makes all lines for a width. The cursor stays on its entry, in the part of
// the page where it was.
func (s *Screen) draw(w int) {
	var at line
	if i := s.list.Cursor(); i >= 0 && i < len(s.lines) {
		at = s.lines[i]
	}
	d := &pen{desk: s.bare(), view: &s.view, entries: s.entries, ties: s.ties, whole: s.whole, kept: map[casework.EntryID]int{}, w: w - 2, guide: s.guide, chapter: partTop}
	for _, act := range s.view.Case.Acts {
		d.kept[act.By]++
	}
	d.head()
	if s.view.Gone == nil {
		d.calls()
		d.waitingOrders()
		d.merged()
		d.contested()
		d.held()
		d.unfinished(s.drafts)
		d.risk()
		d.stranded()
		d.goUp()
		d.chapter = partParties
		d.parties()
		d.chapter = partFacts
		d.facts()
		d.sources()
		d.links()
		d.chapter = partAgreement
		d.agreement()
		d.chapter = partLimits
		d.orders()
		d.limits()
		d.chapter = partActs
		d.standing()
		d.acts()
		d.chapter = partTimeline
		d.timeline()
	}
	s.lines, s.drawn = d.lines, w
	s.list.SetLen(len(s.lines))
	if at.entry.IsZero() {
		at.entry = s.at
	}
	if s.at = (casework.EntryID{}); at.entry.IsZero() {
		return
	}
	i := slices.IndexFunc(s.lines, func(l line) bool { return l.entry == at.entry && l.part == at.part })
	if i < 0 {
		i = slices.IndexFunc(s.lines, func(l line) bool { return l.entry == at.entry })
	}
	if i >= 0 {
		s.list.Select(i)
	}
}

// pen draws a page.
type pen struct {
	desk    words.Desk
	view    *store.View
	entries map[casework.EntryID]casework.Entry
	ties    []store.Tie
	whole   map[string]bool          // lists that are shown whole
	kept    map[casework.EntryID]int // how many acts each entry brought
	w       int
	lines   []line
	part    string
	chapter int
	step    bool // what is drawn is the summary
	guide   casework.Guide
}

func (d *pen) add(texts ...string) { d.about(casework.EntryID{}, texts...) }

func (d *pen) about(uid casework.EntryID, texts ...string) {
	for _, t := range texts {
		d.put(line{text: t, entry: uid, step: d.step})
	}
}

// put adds a line to the part that is drawn.
func (d *pen) put(l line) {
	l.part, l.chapter = d.part, d.chapter
	d.lines = append(d.lines, l)
}

func (d *pen) section(key string, args ...any) { d.begin(key, d.desk.T(key, args...)) }

// begin begins a part of the page under a heading.
func (d *pen) begin(part, heading string) {
	d.part = part
	d.add("", kit.Section(heading))
}

// labelled is a label with text beside it that may take several lines.
func (d *pen) labelled(label, value string) []string {
	return kit.Fact(label, value, d.column(label), d.w, kit.Plain)
}

// column is how wide labels are that stand below each other: none of them is cut.
func (d *pen) column(labels ...string) int {
	column := 16
	for _, l := range labels {
		column = max(column, min(kit.Width(l)+2, d.w/2))
	}
	return column
}

func (d *pen) head() {
	v, c := d.view, &d.view.Case
	if v.Gone != nil {
		said := d.desk.T("list.gone")
		if v.Gone.To != "" {
			said = d.desk.T("list.gone_to", d.desk.Unit(v.Gone.To))
		}
		d.add(words.Wrap(said, d.w, kit.Plain)...)
		return
	}
	d.summary()
	if c.Matter == "" && c.Unknown == 0 && len(c.HeldNow) == 0 {
		d.add(words.Wrap(d.desk.T("detail.asked"), d.w, kit.Warning)...)
	}
	if c.Matter == casework.Petition {
		batches, persons := c.Batches()
		d.add(d.desk.T("petition.batches", i18n.Arg("batches", batches), i18n.Arg("persons", persons)))
	}
	if c.Confidential {
		said := d.desk.T("detail.confidential")
		if len(c.About) > 0 {
			said = d.desk.T("detail.confidential_about", d.units(c.About))
		}
		d.add(words.Wrap(said, d.w, kit.Warning)...)
	}
	d.looking()
	if c.Unknown > 0 {
		d.add(words.Wrap(d.desk.Why(casework.WhyUnknown), d.w, kit.Warning)...)
	}
}

// hands says which units have to do with the case, and as what.
func (d *pen) hands() string {
	c := &d.view.Case
	held := d.desk.T("detail.holder", d.desk.Unit(c.Holder))
	if c.Lead != "" {
		held += "  " + d.desk.T("detail.lead", d.desk.Unit(c.Lead))
	}
	if len(c.Co) > 0 {
		held += "  " + d.desk.T("detail.co", d.units(c.Co))
	}
	if first := d.desk.FirstDesk(c); first != "" {
		held += "  " + first
	}
	also := slices.DeleteFunc(slices.Clone(c.Joined), func(u catalogue.UnitID) bool { return u == c.Holder || u == c.Lead || slices.Contains(c.Co, u) })
	if len(also) > 0 {
		held += "  " + d.desk.T("detail.joined", d.units(also))
	}
	return held
}

func (d *pen) units(ids []catalogue.UnitID) string {
	names := make([]string, len(ids))
	for i, u := range ids {
		names[i] = d.desk.Unit(u)
	}
	return strings.Join(names, d.desk.T("list.separator"))
}

func (d *pen) unfinished(drafts []store.DraftWork) {
	if len(drafts) == 0 {
		return
	}
	d.section("detail.drafts", len(drafts))
	for _, w := range drafts {
		said := kit.Warning.On(d.desk.T("receipt.draft")) + " " + d.desk.T("detail.draft", d.desk.Action(string(w.Action)), d.desk.When(w.Saved))
		d.put(line{text: said, draft: w.ID})
	}
}

func (d *pen) parties() {
	d.section("detail.parties", len(d.view.Case.Parties))
	for _, p := range d.view.Case.Parties {
		d.add(words.Wrap(d.desk.Party(p), d.w, kit.Plain)...)
	}
	d.masks()
}

func (d *pen) facts() {
	d.section("detail.facts")
	for _, spec := range casework.FieldsOfMatter(d.view.Case.Matter) {
		f := casework.Field(spec.Name)
		if v := d.view.Case.Value(f); v != "" {
			if spec.Type != casework.TypeLong {
				v = d.desk.Value(f, v)
			} else {
				v = d.desk.Masked(v)
			}
			d.folding("field."+spec.Name, casework.EntryID{}, fewFacts, d.labelled(d.desk.Field(spec.Name), v))
		}
		if worker := d.desk.Index().GridWorker(catalogue.DivisionCode(d.view.Case.Value(f))); f == casework.FieldDivision && worker != "" {
			d.add(d.labelled(d.desk.T("role.grid_worker"), d.desk.Person(worker))...)
		}
		if f == casework.FieldItem {
			for _, row := range d.desk.Item(&d.view.Case) {
				d.add(d.labelled(row[0], row[1])...)
			}
		}
	}
}

func (d *pen) agreement() {
	a, c := d.view.Case.Agreement, &d.view.Case
	if a.Form == "" && c.Outcome == "" && len(c.Ratings) == 0 {
		return
	}
	d.section("detail.agreement")
	rows := [][2]string{{"form", a.Form}, {"agreement", a.Text}, {"laws", a.Laws}, {"due", a.Due}, {"extent", a.Done}, {"outcome", c.Outcome}, {"reply", c.Reply}}
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		value := d.desk.Masked(row[1])
		if key := "choice." + row[0] + "." + value; d.desk.Has(key) {
			value = d.desk.T(key)
		}
		d.add(d.labelled(d.desk.Field(row[0]), value)...)
	}
	for _, r := range c.Ratings {
		d.rating(r)
	}
}

// rating shows a say on a line: in which way it was given, whose it is, what it says, and
// whether the case was taken up again since.
func (d *pen) rating(r casework.Rating) {
	c, label := &d.view.Case, d.desk.Action(string(casework.ActRate))
	if r.Way != "" {
		label = d.desk.T("choice.way." + r.Way)
	}
	var said []string
	for _, item := range [][2]string{{"satisfaction", r.Satisfaction}, {"efficiency", r.Efficiency}, {"leader", r.Leader}} {
		answer := item[1]
		if key := "choice." + item[0] + "." + answer; d.desk.Has(key) {
			answer = d.desk.T(key)
		}
		said = append(said, d.desk.Field(item[0])+" "+words.Clean(answer))
	}
	line := strings.Join(said, d.desk.T("kit.comma"))
	if i := slices.IndexFunc(c.Parties, func(p casework.Party) bool { return p.Element == r.Party }); i >= 0 {
		line = d.desk.T("detail.rated_by", words.Clean(c.Parties[i].Name), line)
	}
	if r.Round < c.Round {
		line += d.desk.T("detail.rated_before")
	}
	d.add(d.labelled(label, line)...)
}

// timeline shows every entry, the last first, with how far each has come and
// what it says.
func (d *pen) timeline() {
	t := d.view.Case.Timeline
	d.section("detail.timeline", len(t))
	d.add(kit.Fit(d.desk.T("detail.receipts"), d.w))
	for i := len(t) - 1; i >= 0; i-- {
		l := t[i]
		said := d.desk.Entry(l)
		if l.Unit != "" {
			said += "  " + d.desk.Unit(l.Unit)
		}
		if choice := d.view.Case.Decided(l); choice != "" {
			said += "  " + d.desk.T("effect.decided."+choice)
		} else if l.Effect != casework.Applied {
			said += "  " + d.desk.T("effect."+string(l.Effect))
		}
		if l.Doubt {
			said += "  " + d.desk.T("detail.doubt")
		}
		d.about(l.UID, d.desk.Receipt(d.view.Receipts[l.UID])+" "+kit.Fit(said, d.w-3))
		if d.above(l) {
			continue
		}
		var lines, labels []string
		told := d.told(l.UID)
		for i := range told {
			labels = append(labels, "     "+told[i][0])
		}
		column := d.column(labels...)
		for i, label := range labels {
			lines = append(lines, kit.Fact(label, told[i][1], column, d.w, kit.Plain)...)
		}
		d.folding(l.UID.String(), l.UID, fewLines, lines)
	}
}

// How many lines of an entry of the timeline, and of a field of the case, are shown until
// they are unfolded; one more than that is shown at once.
const (
	fewLines = 3
	fewFacts = 8
)

// folding shows what an entry or a field says; where that is long, a part of it until Enter
// on it, or on the line of the entry, unfolds it.
func (d *pen) folding(list string, uid casework.EntryID, few int, lines []string) {
	if len(lines) <= few+1 {
		d.about(uid, lines...)
		return
	}
	said := d.desk.T("detail.refold_lines")
	if !d.whole[list] {
		said = d.desk.T("detail.unfold_lines", i18n.Arg("n", len(lines)-few))
		lines = lines[:few]
	}
	if !uid.IsZero() {
		d.lines[len(d.lines)-1].fold = list // the entry's own line
	}
	for _, t := range append(lines, "     "+said) {
		d.put(line{text: t, entry: uid, fold: list})
	}
}
