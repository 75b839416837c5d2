package detail

import (
	"slices"
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// The parts of the page. A key goes to each, the same whatever the case has.
const (
	partTop = iota + 1
	partParties
	partFacts
	partAgreement
	partLimits
	partActs
	partTimeline
)

// partNames are the parts' names in store/i18n.
var partNames = map[int]string{partTop: "top", partParties: "parties", partFacts: "facts", partAgreement: "agreement",
	partLimits: "limits", partActs: "acts", partTimeline: "timeline"}

// summary answers at the top what the case is, how it stands, what comes next and with whom
// it is. Enter on it does the next step.
func (d *pen) summary() {
	c := &d.view.Case
	d.step = true
	d.add(words.Wrap(d.view.Title, d.w, kit.Strong)...)
	if about := d.what(); about != "" {
		d.row("sum.about", about)
	}
	d.row("sum.state", d.stands())
	d.row("sum.next", kit.Strong.On(d.desk.Step(c, d.guide))+d.until())
	if from, words := d.asked(); words != "" {
		d.row("sum.asked", d.desk.T("sum.asked_by", from, words))
	}
	d.row("sum.hands", d.hands())
	d.step = false
}

// asked is what the person's next step answers, and who wrote it: the words of a task, or
// the reason for which the case came back.
func (d *pen) asked() (from, said string) {
	c := &d.view.Case
	switch {
	case !d.guide.Mine, d.guide.Action == casework.ActReplyOrder: // orders stand below, whole
		return "", ""
	case d.guide.Action == casework.ActAssign:
		return d.sentBack()
	}
	o, ok := d.desk.OfferOf(c, d.guide.Action)
	if !ok {
		return "", ""
	}
	for _, f := range o.Fields {
		if f.Type != casework.TypeAct {
			continue
		}
		acts := d.desk.Answerable(o.Action, f.Of, c)
		if len(acts) == 0 {
			continue
		}
		last := acts[len(acts)-1]
		for _, word := range d.desk.ActWords(last, c) { // what was asked is the longest of its words
			if len(word.Text) > len(said) && word.Of == "" {
				said = word.Text
			}
		}
		if l, ok := c.Line(last.By); ok {
			from = d.desk.Unit(l.Unit)
		}
	}
	return from, words.Short(said, 3*d.w/2)
}

// sentBack is the reason of the return that a case was routed anew for.
func (d *pen) sentBack() (from, said string) {
	c := &d.view.Case
	for _, l := range slices.Backward(c.Timeline) {
		switch {
		case l.Effect != casework.Applied:
		case slices.Contains(l.Kinds, string(casework.ActAssign)):
			return "", ""
		case slices.Contains(l.Kinds, string(casework.ActReturn)):
			for _, ev := range d.entries[l.UID].Events {
				if back, ok := ev.(*casework.Returned); ok {
					return d.desk.T("sum.sent_back", d.desk.Unit(l.Unit)), words.Short(d.desk.Masked(back.Reason), 3*d.w/2)
				}
			}
		}
	}
	return "", ""
}

// row is a line of the summary: its label and what it says, on as many lines as that takes.
// What stands between two spaces stays together where it can.
func (d *pen) row(label, said string) {
	const column, gap = 8, "  "
	room := d.w - column
	var lines []string
	for part := range strings.SplitSeq(said, gap) {
		n := len(lines) - 1
		switch {
		case n >= 0 && kit.Width(lines[n]+gap+part) <= room:
			lines[n] += gap + part
		case kit.Width(part) <= room:
			lines = append(lines, part)
		default:
			lines = append(lines, words.Wrap(kit.Bare(part), room, kit.Plain)...)
		}
	}
	for i, line := range lines {
		name := ""
		if i == 0 {
			name = d.desk.T(label)
		}
		d.add(kit.Fit(name, column) + line)
	}
}

// what says what the case is about: its kind, where, and between whom.
func (d *pen) what() string {
	c := &d.view.Case
	var parts []string
	if c.Matter != "" && c.Matter != casework.Matters[0] {
		parts = append(parts, d.desk.Matter(c.Matter))
	}
	if v := c.Value(casework.FieldCategory); v != "" {
		parts = append(parts, d.desk.Value(casework.FieldCategory, v))
	}
	if place, ok := d.desk.Index().Division(catalogue.DivisionCode(c.Value(casework.FieldDivision))); ok {
		parts = append(parts, words.Clean(place.Name))
	}
	var who []string
	for _, p := range c.Parties {
		who = append(who, words.Clean(p.Name))
	}
	if len(who) > 0 {
		parts = append(parts, words.Short(strings.Join(who, d.desk.T("kit.comma")), 30))
	}
	return strings.Join(parts, "  ")
}

// stands says how the case stands, since when, and how far its words have come.
func (d *pen) stands() string {
	c, v := &d.view.Case, d.view
	state := d.desk.State(c.State)
	at := c.Since()
	if t, ok := casework.TableOf(c.Matter); ok && c.State == t.Register.To {
		at = c.RegisteredAt
	}
	switch {
	case c.State == "" && len(c.HeldNow) > 0:
		state = d.desk.T("effect.held") // its registration is held: it is in no state yet
	case c.State == "":
		state = ""
	case !at.IsZero():
		state = d.desk.T("sum.since", state, d.desk.When(at))
	}
	if c.State != "" {
		state += "  " + d.desk.Stage(c.Stage())
	}
	if v.Limit != "" && v.Limit != d.guide.Limit.Limit {
		state += "  " + d.desk.RowLight(v.Row) + " " + d.desk.Limit(v.Limit, d.desk.Index()) + " " + d.desk.Left(v.Light, v.DaysLeft, v.Due)
	}
	return strings.TrimSpace(state + "  " + d.desk.Receipt(v.Receipt) + " " + d.desk.T("sum.receipt."+string(v.Receipt)))
}

// until says by when the next step is due.
func (d *pen) until() string {
	if d.guide.Limit.Due.IsZero() {
		return ""
	}
	return "  " + d.desk.By(d.guide.Limit)
}

// bar names the parts of the page with their keys, the one under the cursor between
// brackets. It stays above whatever is shown.
func (s *Screen) bar(w int) string {
	at := 0
	if i := s.list.Cursor(); i >= 0 && i < len(s.lines) {
		at = s.lines[i].chapter
	}
	var names []string
	for n := partTop; n <= partTimeline; n++ {
		if s.begins(n) < 0 {
			continue
		}
		name := string(rune('0'+n)) + " " + s.desk.T("part."+partNames[n])
		if n == at {
			names = append(names, kit.Strong.On("["+name+"]"))
		} else {
			names = append(names, " "+name+" ")
		}
	}
	return kit.Fit(" "+strings.Join(names, ""), w)
}

// begins is the first line of a part, after the blank one; -1 where the page has none.
func (s *Screen) begins(chapter int) int {
	for i, l := range s.lines {
		if l.chapter == chapter && (l.text != "" || chapter == partTop) {
			return i
		}
	}
	return -1
}

// jump goes to a part of the page, which comes to stand at the top where it can.
func (s *Screen) jump(chapter int) bool {
	i := s.begins(chapter)
	if i < 0 {
		return false
	}
	s.list.Select(len(s.lines) - 1)
	s.list.Select(i)
	return true
}

// turn goes to the next part of the page, or to the one before.
func (s *Screen) turn(by int) {
	at := partTop
	if i := s.list.Cursor(); i >= 0 && i < len(s.lines) {
		at = s.lines[i].chapter
		if by < 0 && s.begins(at) < i {
			s.jump(at) // first to where this one begins
			return
		}
	}
	for n := range partTimeline {
		if s.jump((at+by*(n+1)-1+2*partTimeline)%partTimeline + 1) {
			return
		}
	}
}
