// Package reporttest makes every report a second time, straight from the cases: a cell is
// what a question answers for one case after another. It knows no facts and shares no code
// with the package report.
package reporttest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
)

// Told is a case with how it stood after each entry.
type Told struct{ told }

type told struct {
	*casework.Case
	steps []step
	ix    *catalogue.Index
	now   time.Time
	under catalogue.UnitID // for whom it is counted
	lims  []lim            // once they were asked for
}

// zone is where the counties are.
var zone = time.FixedZone("", 8*3600)

// Tell folds a case from its entries, in the order of the fold. What somebody decided to
// take after all had its effect then.
func Tell(id casework.CaseID, entries []casework.Entry) Told {
	c := &casework.Case{ID: id}
	earlier := func(uid casework.EntryID) *casework.Entry {
		for i := range entries {
			if entries[i].UID == uid {
				return &entries[i]
			}
		}
		return nil
	}
	var steps []step
	end := casework.Fold(id, entries)
	taken := map[casework.EntryID]bool{}
	for n := range entries {
		c.Apply(&entries[n], earlier)
		at := func(l casework.Line) {
			steps = append(steps, step{at: entries[n].At().UnixMilli(), state: c.State, lead: c.Lead, holder: c.Holder, kinds: slices.Clone(l.Kinds), line: l, uid: l.UID})
		}
		l, _ := c.Line(entries[n].UID)
		at(l)
		for i := 0; i < len(c.Timeline) && len(c.Settled) > 0; i++ {
			if l := c.Timeline[i]; l.Effect == casework.Contested && c.Decided(l) == "take" && end.Decided(l) == "take" && !taken[l.UID] {
				taken[l.UID], l.Effect = true, casework.Applied
				at(l)
			}
		}
	}
	return Told{told{Case: c, steps: steps}}
}

// Compare makes every report in both ways, with every dimension that it knows, and tells
// where they differ.
func Compare(t *testing.T, cases []Told, facts []report.Fact, ix *catalogue.Index, now time.Time, period report.Period, under catalogue.UnitID) {
	t.Helper()
	all := make([]told, len(cases))
	for i := range cases {
		all[i] = cases[i].told
		all[i].ix, all[i].now, all[i].under = ix, now, under
	}
	for _, r := range report.Reports() {
		for _, in := range inputs(r.Name) {
			in.Facts, in.Index, in.Now, in.Period, in.Under = facts, ix, now, period, under
			q := &naive{t: t, cases: all, ix: ix, from: period.From.Format(time.DateOnly), to: period.To.AddDate(0, 0, -1).Format(time.DateOnly),
				now: now, under: under, want: map[string]map[string]*val{}}
			if list, has := listers[r.Name]; has {
				compareLists(t, r.Make(&in), list(q, in))
				continue
			}
			maker, has := makers[r.Name]
			if !has {
				t.Errorf("%s is made only once", r.Name)
				continue
			}
			maker(q, in)
			s := r.Make(&in)
			compareFigures(t, &s, q.want)
		}
	}
}

// inputs are the ways in which a report is asked for.
func inputs(name report.Name) []report.Input {
	switch name {
	case "speed":
		return []report.Input{{By: "category"}, {By: "unit"}}
	case "cross":
		var ins []report.Input
		for n, by := range report.Dimensions() {
			across := report.Dimensions()[(n*3+1)%len(report.Dimensions())]
			ins = append(ins, report.Input{By: by}, report.Input{By: by, Across: across, Measure: report.Measures()[n%3]})
		}
		return ins
	}
	return []report.Input{{}}
}

type step struct {
	at     int64
	state  casework.State
	lead   catalogue.UnitID
	holder catalogue.UnitID
	kinds  []string
	line   casework.Line
	uid    casework.EntryID
}

// naive asks.
type naive struct {
	t        *testing.T
	cases    []told
	ix       *catalogue.Index
	from, to string // days, both within
	now      time.Time
	under    catalogue.UnitID
	want     map[string]map[string]*val
}

type val struct {
	n, of       float64
	cases, base []int32
}

func key(l report.Label) string {
	return l.Key + "|" + string(l.Table) + "|" + l.Code + "|" + l.Text
}

func dayOf(ms int64) string { return time.UnixMilli(ms).In(zone).Format(time.DateOnly) }

func (q *naive) in(ms int64) bool {
	return ms != 0 && ms <= q.now.UnixMilli() && dayOf(ms) >= q.from && dayOf(ms) <= q.to
}
func (q *naive) inDay(d string) bool {
	return d >= q.from && d <= q.to && d <= q.now.Format(time.DateOnly)
}
func (q *naive) before(ms int64) bool {
	return ms != 0 && ms <= q.now.UnixMilli() && dayOf(ms) <= q.to
}

// end is the last moment that is seen.
func (q *naive) end() int64 {
	to, _ := time.ParseInLocation(time.DateOnly, q.to, zone)
	return min(q.now.UnixMilli(), to.AddDate(0, 0, 1).UnixMilli()-1)
}

func (q *naive) begin() int64 {
	from, _ := time.ParseInLocation(time.DateOnly, q.from, zone)
	return from.UnixMilli()
}

func (q *naive) cell(row, column string) *val {
	if q.want[row] == nil {
		q.want[row] = map[string]*val{}
	}
	if q.want[row][column] == nil {
		q.want[row][column] = &val{}
	}
	return q.want[row][column]
}

func (q *naive) count(i int, row, column string) { q.amount(i, row, column, 1) }

func (q *naive) amount(i int, row, column string, n float64) {
	v := q.cell(row, column)
	v.n += n
	v.cases = append(v.cases, int32(i))
}

func (q *naive) part(i int, row, column string, part bool) {
	v := q.cell(row, column)
	v.of++
	v.base = append(v.base, int32(i))
	if part {
		v.n++
		v.cases = append(v.cases, int32(i))
	}
}

func (q *naive) average(i int, row, column string, n int64) {
	q.amount(i, row, column, float64(n))
	v := q.cell(row, column)
	v.of++
	v.base = append(v.base, int32(i))
}

func (c *told) state() casework.State {
	if c.State == casework.StateSuspended {
		return c.Before
	}
	return c.State
}

func (c *told) unit() catalogue.UnitID {
	if c.Lead != "" {
		return c.Lead
	}
	return c.Holder
}

func (q *naive) below(u catalogue.UnitID) bool {
	for n := 0; u != "" && n < 10; n++ {
		if u == q.under {
			return true
		}
		u = q.ix.Parent(u)
	}
	return q.under == ""
}

func (c *told) counts() bool {
	kept := c.under != "" && c.Confidential && casework.Accused(c.About, c.under, c.ix)
	return c.Exists() && !kept && c.state() != casework.StateVoided && c.state() != casework.StateMerged
}

// resolved is when the case came into the state in which it is settled, if it is.
func (c *told) resolved() int64 {
	var at, answered int64
	was := casework.State("")
	for _, s := range c.steps {
		if slices.Contains(s.kinds, "reply_proposal") && s.line.Effect == casework.Applied {
			answered = s.at
		}
		switch s.state {
		case was, casework.StateSuspended, casework.StateVoided, casework.StateMerged:
		case casework.StateResolved, casework.StateFinal:
			if was != casework.StateSuspended && was != casework.StateMerged {
				at = s.at
			}
		case casework.StateClosed:
			switch was {
			case casework.StateOpined, casework.StateReviewed:
				at = s.at
			case casework.StateReplied:
				at = answered
			}
		default:
			at = 0
		}
		was = s.state
	}
	switch c.state() {
	case casework.StateResolved, casework.StateFinal, casework.StateClosed:
		return at
	}
	return 0
}

func (c *told) did(actions ...casework.Action) []step {
	var out []step
	for _, s := range c.steps {
		for _, k := range s.kinds {
			if slices.Contains(actions, casework.Action(k)) && s.line.Effect == casework.Applied {
				out = append(out, s)
			}
		}
	}
	return out
}

func first(list []step) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[0].at
}

func lastOf(list []step) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].at
}

func (c *told) handled() int64 {
	return first(c.did(casework.ActMediate, casework.ActSettleOnSpot, casework.ActSignFor, casework.ActAgree, casework.ActInquire, casework.ActOpinion,
		casework.ActInspect, casework.ActDecide, casework.ActConsult, casework.ActPropose, casework.ActNotice))
}

func (c *told) closed() int64 {
	if !c.State.Ended() {
		return 0
	}
	return lastOf(c.did(casework.ActClose, casework.ActConclude, casework.ActAdvise, casework.ActTransfer, casework.ActSplitOut, casework.ActRecheck,
		casework.ActVoid, casework.ActMerge))
}

func (q *naive) received(c *told) bool {
	return q.in(c.RegisteredAt.UnixMilli()) && c.state() != casework.StateRefused && c.state() != casework.StateConsulted
}
func (q *naive) settled(c *told) bool { return q.in(c.resolved()) }
func (q *naive) open(c *told) bool {
	return q.before(c.RegisteredAt.UnixMilli()) && !q.before(c.resolved()) && !q.before(c.closed()) && c.state() != casework.StateRefused
}

// lim is a limit of the case.
type lim struct {
	casework.Running
	stop, ran int64
	unit      catalogue.UnitID
	extended  []int64
}

func (c *told) limits() []lim {
	if c.lims != nil {
		return c.lims
	}
	out := []lim{}
	for _, k := range c.Clocks {
		one := *c.Case
		one.Clocks = []casework.Clock{k}
		for _, r := range casework.Limits(&one, c.ix, c.now) {
			l := lim{Running: r}
			if !k.Stop.IsZero() {
				l.stop = k.Stop.UnixMilli()
			}
			for n, e := range k.Extended {
				l.extended = append(l.extended, e.At.UnixMilli())
				was := k
				was.Extended, was.Stop = k.Extended[:n], time.Time{}
				was.Pauses = nil
				for _, p := range k.Pauses {
					if p.From.Before(e.At) {
						if p.To.IsZero() || p.To.After(e.At) {
							p.To = e.At
						}
						was.Pauses = append(was.Pauses, p)
					}
				}
				one.Clocks = []casework.Clock{was}
				if then := casework.Limits(&one, c.ix, c.now); l.ran == 0 && len(then) == 1 && !then[0].Due.After(e.At) {
					l.ran = then[0].Due.UnixMilli()
				}
			}
			l.unit = c.keeper(k)
			out = append(out, l)
		}
	}
	c.lims = out
	return out
}

func (c *told) keeper(k casework.Clock) catalogue.UnitID {
	switch {
	case k.Asked != "":
		return k.Asked
	case k.Limit == "court_accept", k.Limit == "court_decide", k.Limit == "protection_order", k.Limit == "protection_order_urgent":
		return c.Agreement.Confirmation.Court
	case slices.Contains([]string{"consultation", "rectify", "proposal_reply", "proposal_reply_urgent", "lead_assess"}, string(k.Limit)):
		for _, a := range c.Acts {
			if a.By == k.By && (a.Words["unit"] != "" || a.Words["to"] != "") {
				return catalogue.UnitID(a.Words["unit"] + a.Words["to"])
			}
		}
		if k.Limit == "lead_assess" {
			l, _ := c.Line(k.By)
			return l.Unit
		}
	}
	if k.Stop.IsZero() {
		if turn := casework.Turn(c.Case); len(turn) > 0 {
			return turn[0]
		}
		return c.Holder
	}
	var had step
	began := false
	for _, s := range c.steps {
		if began && !s.line.At.Before(k.Stop) {
			break
		}
		had = s
		began = began || s.uid == k.By
	}
	if had.lead != "" && k.Limit != "revisit" && k.Limit != "rate" && k.Limit != "look_back" {
		return had.lead
	}
	return had.holder
}

var settleLimits = "handle handle_simple handle_ordinary handle_complex labour_mediation entrusted petition_handle petition_review petition_recheck matter_handle consultation proposal_reply proposal_reply_urgent rectify"
var acceptLimits = "triage entrust_accept petition_register petition_notice matter_route lead_assess"
var nobodys = "confirm petition_ask_review petition_ask_recheck civil_notice court_accept court_decide protection_order protection_order_urgent perform"

func among(list string, l lim) bool { return slices.Contains(strings.Fields(list), string(l.Limit)) }

// missed reports whether it had run out unmet by the end of the period.
func (q *naive) missed(l lim) bool { return l.ran != 0 && l.ran <= q.end() || q.ranOut(l) }

func (q *naive) ranOut(l lim) bool {
	due := l.Due.UnixMilli()
	if due > q.end() || l.stop != 0 && l.stop < due {
		return false
	}
	if !l.Paused.IsZero() && l.Paused.UnixMilli() <= q.end() && l.Paused.Before(l.Due) {
		return false
	}
	return true
}
func (q *naive) overdue(l lim) bool { return q.ranOut(l) && (l.stop == 0 || l.stop > q.end()) }
func (q *naive) still(l lim) bool   { return l.stop == 0 || l.stop >= q.begin() }

func (q *naive) anyOverdue(c *told) bool {
	return slices.ContainsFunc(c.limits(), func(l lim) bool { return among(settleLimits, l) && q.overdue(l) })
}
func (q *naive) late(c *told, of catalogue.UnitID) bool {
	again := lastOf(c.did(casework.ActReopen))
	return slices.ContainsFunc(c.limits(), func(l lim) bool {
		return among(settleLimits, l) && (of == "" || l.unit == of) && l.Start.UnixMilli() >= again && q.missed(l)
	})
}

func (q *naive) agreed(c *told) bool {
	if q.before(c.resolved()) {
		return true
	}
	s := c.state()
	return (s == casework.StateAgreed || s == casework.StateConfirming || c.resolved() != 0) && !c.Agreement.At.IsZero() && q.before(c.Agreement.At.UnixMilli())
}

func (q *naive) confirmed(c *told) bool {
	acts := c.ActsOf(casework.ActConfirmation)
	return c.Agreement.Confirmation.Result == "valid" && q.before(c.at(acts[len(acts)-1].By))
}

// rates are the shares of the overview: what each is about, what it counts.
func (q *naive) rate(code string, c *told) (about, counts bool) {
	termed := func(list string) (bool, bool) {
		met, missed := false, false
		for _, l := range c.limits() {
			if among(list, l) {
				if q.missed(l) {
					missed = missed || q.still(l)
				} else {
					met = met || q.in(l.stop)
				}
			}
		}
		return met || missed, !missed
	}
	level := func(levels ...catalogue.Level) (bool, bool) {
		u, _ := q.ix.Unit(c.unit())
		return q.settled(c), slices.Contains(levels, u.Level)
	}
	switch code {
	case "settle_rate":
		return q.received(c), q.before(c.resolved())
	case "on_time_rate":
		return q.settled(c) || q.open(c) && q.anyOverdue(c), q.settled(c) && !q.late(c, "")
	case "finish_on_time_rate":
		return termed(settleLimits)
	case "handled_rate":
		return q.received(c), q.before(c.handled())
	case "success_rate":
		return q.received(c) && q.before(c.handled()), q.agreed(c)
	case "accept_on_time_rate":
		return termed(acceptLimits)
	case "performed_rate":
		a := c.Agreement
		due := a.Due
		for _, part := range a.Instalments {
			due = max(due, part.On)
		}
		if a.At.IsZero() || !q.before(a.At.UnixMilli()) {
			return false, false
		}
		done := a.Done == "full" && q.before(c.resolved())
		if done && (due == "" || dayOf(c.resolved()) <= due) {
			return q.settled(c), true
		}
		return due != "" && q.inDay(due) && due < dayOf(q.end()), done
	case "confirmed_rate":
		return !c.Agreement.At.IsZero() && q.in(c.Agreement.At.UnixMilli()), q.confirmed(c)
	case "revisited_rate":
		return q.in(c.closed()) && q.before(c.resolved()), q.before(lastOf(c.did(casework.ActRevisit)))
	case "rated_rate":
		return q.settled(c), slices.ContainsFunc(c.Ratings, func(r casework.Rating) bool { return r.Round == c.Round && q.before(c.at(r.By)) })
	case "in_village_rate":
		return level(catalogue.Village, catalogue.Grid)
	case "in_town_rate":
		return level(catalogue.Town)
	case "in_county_rate":
		return level(catalogue.County)
	}
	q.t.Fatalf("no rate %s", code)
	return false, false
}

func (c *told) at(uid casework.EntryID) int64 {
	l, _ := c.Line(uid)
	return l.At.UnixMilli()
}

var content = []string{"satisfied", "basic"}

// satisfied counts the parties' own says.
func (q *naive) satisfied(i int, c *told, row, column string) {
	for _, r := range c.Ratings {
		if r.Way != "" && q.in(c.at(r.By)) {
			q.part(i, row, column, slices.Contains(content, r.Satisfaction))
		}
	}
}

func (q *naive) days(i int, c *told, row, detect, resolve string) {
	if on, err := time.ParseInLocation(time.DateOnly, c.Value(casework.FieldHappenedOn), zone); err == nil && q.received(c) {
		known, _ := time.ParseInLocation(time.DateOnly, dayOf(c.RegisteredAt.UnixMilli()), zone)
		if n := known.Sub(on) / (24 * time.Hour); n >= 0 {
			q.average(i, row, detect, int64(n))
		}
	}
	if q.settled(c) {
		q.average(i, row, resolve, begun(max(c.RegisteredAt.UnixMilli(), lastOf(c.did(casework.ActReopen))), c.resolved()))
	}
}

func begun(from, to int64) int64 {
	n := int64(0)
	for ; from < to; from += 24 * 3600 * 1000 {
		n++
	}
	return n
}

// visits are the times that people came with a petition.
func (c *told) visits() (out []report.Visit) {
	if c.Matter != casework.Petition {
		return nil
	}
	people := func(s string) int { n := 0; fmt.Sscan(s, &n); return max(n, 1) }
	out = append(out, report.Visit{On: dayOf(c.RegisteredAt.UnixMilli()), People: people(c.Value(casework.FieldPeople)), Form: c.Value(casework.FieldPetitionForm)})
	for _, a := range c.ActsOf(casework.ActVisit) {
		out = append(out, report.Visit{On: a.Words["happened_on"], People: people(a.Words["people"]), Form: a.Words["petition_form"]})
	}
	return out
}

// each asks about every case that counts and belongs to the units asked for.
func (q *naive) each(do func(i int, c *told)) {
	for i := range q.cases {
		if c := &q.cases[i]; c.counts() && q.below(c.unit()) {
			do(i, c)
		}
	}
}

func units(u catalogue.UnitID) string {
	if u == "" {
		return "report.none|||"
	}
	return "|units|" + string(u) + "|"
}

// dimension tells the rows in which a case stands.
func (q *naive) dimension(name string, c *told, day string) []string {
	coded := func(t catalogue.Table, code string) []string {
		if code == "" {
			return []string{"report.none|||"}
		}
		return []string{"|" + string(t) + "|" + code + "|"}
	}
	up := func(level catalogue.Level) []string {
		place := catalogue.DivisionCode(c.Value(casework.FieldDivision))
		for at := place; at != ""; {
			d, _ := q.ix.Division(at)
			if d.Level == level {
				return coded("divisions", string(at))
			}
			at = d.Parent
		}
		return coded("divisions", string(place))
	}
	switch name {
	case "month":
		return []string{"|||" + day[:7]}
	case "week":
		on, _ := time.ParseInLocation(time.DateOnly, day, zone)
		y, w := on.ISOWeek()
		return []string{fmt.Sprintf("|||%d-W%02d", y, w)}
	case "category":
		code := c.Value(casework.FieldCategory)
		if len(code) == 4 { // of the sample's codes the first two digits are the highest
			code = code[:2]
		}
		return coded("categories", code)
	case "town":
		return up(catalogue.Town)
	case "village":
		return up(catalogue.Village)
	case "unit":
		return []string{units(c.unit())}
	case "channel":
		return coded("channels", c.Value(casework.FieldChannel))
	case "origin":
		return coded("origins", c.Value(casework.FieldOrigin))
	case "cause":
		return coded("causes", c.Value(casework.FieldCause))
	case "matter":
		return []string{"matter." + string(c.Matter) + "|||"}
	}
	var out []string
	for _, s := range casework.Signs(c.Case) {
		if k := coded("risks", s.Code); !slices.Contains(out, k[0]) {
			out = append(out, k[0])
		}
	}
	if len(out) == 0 {
		return []string{"report.none|||"}
	}
	return out
}

// units that had to settle the case in the period, and whether they did in time.
func (q *naive) dueTo(c *told) map[catalogue.UnitID]bool {
	out := map[catalogue.UnitID]bool{}
	if q.settled(c) {
		out[c.unit()] = !q.late(c, c.unit())
	}
	for _, l := range c.limits() {
		if among(settleLimits, l) && q.missed(l) && q.still(l) {
			out[l.unit] = false
		}
	}
	return out
}

// lastYear is the same question about the year before.
func (q *naive) lastYear(p report.Period) *naive {
	l := *q
	l.from, l.to = p.LastYear().From.Format(time.DateOnly), p.LastYear().To.AddDate(0, 0, -1).Format(time.DateOnly)
	if q.now.Before(p.To) {
		l.now = p.LastYear().From.Add(q.now.Sub(p.From))
	}
	return &l
}

// makers make the reports that have figures: rows by their labels, columns by their names.
var makers = map[report.Name]func(q *naive, in report.Input){
	"supervision": func(q *naive, _ report.Input) {
		for i := range q.cases {
			c := &q.cases[i]
			if !c.counts() {
				continue
			}
			count := func(u catalogue.UnitID, column string) {
				if q.below(u) {
					q.count(i, units(u), column)
				}
			}
			if q.received(c) {
				count(c.unit(), "received")
			}
			for u, inTime := range q.dueTo(c) {
				count(u, "due")
				if inTime {
					count(u, "on_time")
				} else {
					count(u, "late")
				}
				if q.below(u) {
					q.part(i, units(u), "on_time_rate", inTime)
				}
			}
			red := map[catalogue.UnitID]bool{}
			for _, l := range c.limits() {
				if !among(nobodys, l) && q.overdue(l) {
					red[l.unit] = true
				}
				for _, at := range l.extended {
					if q.in(at) {
						count(l.unit, "extended")
					}
				}
			}
			for u := range red {
				count(u, "red")
			}
			objector := catalogue.UnitID("")
			for _, s := range c.did(casework.ActReturn, casework.ActObject, casework.ActAcceptObjection) {
				switch s.kinds[0] {
				case "object":
					objector = s.line.Unit
				case "return":
					if q.in(s.at) {
						count(s.line.Unit, "returned")
					}
				default:
					if q.in(s.at) {
						count(objector, "returned")
					}
				}
			}
			for _, a := range c.ActsOf(casework.ActSupervise) {
				if q.in(c.at(a.By)) {
					count(catalogue.UnitID(a.Words["to"]), "ordered")
				}
			}
		}
	},
	"performance": func(q *naive, _ report.Input) {
		for i := range q.cases {
			c := &q.cases[i]
			if !c.counts() {
				continue
			}
			for u, inTime := range q.dueTo(c) {
				if q.below(u) {
					q.part(i, units(u), "on_time_rate", inTime)
				}
			}
			if !q.below(c.unit()) {
				continue
			}
			row := units(c.unit())
			if q.settled(c) {
				q.count(i, row, "resolved")
			}
			if about, counts := q.rate("rated_rate", c); about {
				q.part(i, row, "rated_rate", counts)
			}
			q.satisfied(i, c, row, "satisfied_rate")
			for _, r := range c.Ratings {
				if q.in(c.at(r.By)) {
					way := map[string]string{"face": "face", "code": "code", "": "hand"}[r.Way]
					q.count(i, row, way)
					q.part(i, row, way+"_satisfaction", slices.Contains(content, r.Satisfaction))
					q.part(i, row, way+"_efficiency", slices.Contains(content, r.Efficiency))
					q.part(i, row, way+"_leader", slices.Contains(content, r.Leader))
				}
			}
		}
	},
	"overview": func(q *naive, in report.Input) {
		for column, q := range map[string]*naive{"this": q, "last": q.lastYear(in.Period)} {
			q.each(func(i int, c *told) {
				row := func(code string) string { return "formula." + code + "|||" }
				for code, yes := range map[string]bool{"received": q.received(c), "resolved": q.settled(c), "open": q.open(c), "overdue": q.open(c) && q.anyOverdue(c)} {
					if yes {
						q.count(i, row(code), column)
					}
				}
				for _, code := range strings.Fields("settle_rate on_time_rate finish_on_time_rate handled_rate success_rate accept_on_time_rate performed_rate confirmed_rate revisited_rate rated_rate in_village_rate in_town_rate in_county_rate") {
					if about, counts := q.rate(code, c); about {
						q.part(i, row(code), column, counts)
					}
				}
				q.satisfied(i, c, row("satisfied_rate"), column)
				q.days(i, c, "formula.", column, "")
				for from, to := range map[string]string{column: "detect", "": "resolve"} {
					if v := q.want["formula."][from]; v != nil {
						w := q.cell(row(to), column)
						w.n, w.of, w.cases, w.base = w.n+v.n, w.of+v.of, append(w.cases, v.cases...), append(w.base, v.base...)
					}
				}
				delete(q.want, "formula.")
			})
		}
	},
	"levels": func(q *naive, _ report.Input) {
		order := []catalogue.Level{catalogue.Village, catalogue.Town, catalogue.County, catalogue.City}
		q.each(func(i int, c *told) {
			if !q.settled(c) {
				return
			}
			u, _ := q.ix.Unit(c.unit())
			at := slices.Index(order, u.Level)
			for k, l := range order {
				row := "level." + string(l) + "|||"
				if at == k {
					q.count(i, row, "resolved")
				}
				q.part(i, row, "share", at == k)
				q.part(i, row, "within", at >= 0 && at <= k)
			}
			if at < 0 {
				q.count(i, "report.none|||", "resolved")
			}
			q.part(i, "report.none|||", "share", at < 0)
		})
	},
	"counters": func(q *naive, in report.Input) {
		last := q.lastYear(in.Period)
		q.each(func(i int, c *told) {
			for _, a := range c.ActsOf(casework.ActTurn) {
				row, people := "choice.into."+a.Words["into"]+"|||", 0
				fmt.Sscan(a.Words["people"], &people)
				if q.inDay(a.Words["on"]) {
					q.count(i, row, "cases")
					q.amount(i, row, "people", float64(people))
					if in.Period.To.After(in.Period.From.AddDate(0, 1, 0)) {
						q.count(i, row, "|||"+a.Words["on"][:7])
					}
				}
				if last.inDay(a.Words["on"]) {
					q.count(i, row, "last")
				}
			}
		})
	},
	"speed": func(q *naive, in report.Input) {
		q.each(func(i int, c *told) {
			for _, row := range q.dimension(in.By, c, dayOf(c.RegisteredAt.UnixMilli())) {
				q.days(i, c, row, "detect", "resolve")
				if !q.received(c) {
					continue
				}
				contact, ok := casework.FirstContact(c.Case, q.ix)
				at := contact.UnixMilli()
				if !ok {
					at = first(c.did(casework.ActContact))
				}
				if q.before(at) {
					q.average(i, row, "contact", begun(c.RegisteredAt.UnixMilli(), at))
				}
				if at := first(c.did(casework.ActAccept, casework.ActSettleOnSpot, casework.ActAssign, casework.ActHandUp, casework.ActSignFor,
					casework.ActReceiveLead, casework.ActMediate, casework.ActAgree, casework.ActInquire)); q.before(at) {
					q.average(i, row, "accept", begun(c.RegisteredAt.UnixMilli(), at))
				}
			}
		})
	},
	"cross": func(q *naive, in report.Input) {
		q.each(func(i int, c *told) {
			tell := func(what, day string, n float64) {
				for _, row := range q.dimension(in.By, c, day) {
					if in.Across == "" {
						q.amount(i, row, what, n)
					} else if what == in.Measure {
						for _, column := range q.dimension(in.Across, c, day) {
							q.amount(i, row, column, n)
							q.amount(i, row, "report.total|||", n)
						}
					}
				}
			}
			if q.received(c) {
				tell("cases", dayOf(c.RegisteredAt.UnixMilli()), 1)
			}
			for _, v := range c.visits() {
				if q.inDay(v.On) {
					tell("batches", v.On, 1)
					tell("people", v.On, float64(v.People))
				}
			}
		})
	},
	"trend": func(q *naive, in report.Input) {
		p := in.Period
		if !p.Week() {
			p = report.Month(time.UnixMilli(q.end()).In(zone))
		}
		for range 12 {
			m := *q
			m.from, m.to = p.From.Format(time.DateOnly), p.To.AddDate(0, 0, -1).Format(time.DateOnly)
			row := "|||" + p.Name
			m.each(func(i int, c *told) {
				if m.received(c) {
					m.count(i, row, "received")
				}
				if m.settled(c) {
					m.count(i, row, "resolved")
				}
				for _, code := range []string{"settle_rate", "on_time_rate"} {
					if about, counts := m.rate(code, c); about {
						m.part(i, row, code, counts)
					}
				}
				if m.open(c) && m.anyOverdue(c) {
					m.count(i, row, "overdue")
				}
				for _, v := range c.visits() {
					if m.inDay(v.On) {
						m.count(i, row, "batches")
						m.amount(i, row, "people", float64(v.People))
					}
				}
			})
			p = p.Back()
		}
	},
	"disputes": func(q *naive, in report.Input) {
		year := *q
		year.from = in.Period.From.Format("2006") + "-01-01"
		q.each(func(i int, c *told) {
			if c.Matter != casework.Dispute {
				return
			}
			u, _ := q.ix.Unit(c.Registrar)
			level := map[catalogue.Level]string{catalogue.Village: "village", catalogue.Town: "town"}[u.Level]
			if level == "" {
				level = "county"
			}
			for column, q := range map[string]*naive{level: q, "subtotal": q, "year": &year} {
				if !q.received(c) {
					continue
				}
				handled := q.before(c.handled())
				won := handled && q.agreed(c)
				people := 0
				fmt.Sscan(c.Value(casework.FieldPeople), &people)
				people = max(people, len(c.Parties))
				band := "under_50"
				switch {
				case people >= 500:
					band = "over_500"
				case people >= 100:
					band = "100_500"
				case people >= 50:
					band = "50_100"
				}
				great := c.Value(casework.FieldScale) == "03" || c.Value(casework.FieldMajor) == "yes"
				kind := formRow(c.Value(casework.FieldCategory))
				for row, yes := range map[string]bool{"found": true, "handled": handled, "succeeded": won, kind + "_found": true, kind + "_handled": handled,
					"people_" + band: true, "major_found": great, "major_handled": great && handled, "major_succeeded": great && won} {
					if yes {
						q.count(i, "report.disputes.row."+row+"|||", column)
					}
				}
				q.part(i, "report.disputes.row.handled_rate|||", column, handled)
				if handled {
					q.part(i, "report.disputes.row.success_rate|||", column, won)
					if great {
						q.part(i, "report.disputes.row.major_success_rate|||", column, won)
					}
				}
			}
		})
	},
	"mediation": func(q *naive, _ report.Input) {
		q.each(func(i int, c *told) {
			category, _ := q.ix.Category(c.Value(casework.FieldCategory))
			if c.Matter != casework.Dispute || category.NotCivil || !q.received(c) || !q.before(c.handled()) {
				return
			}
			row, won := units(c.unit()), q.agreed(c)
			q.count(i, row, "total")
			q.amount(i, row, "parties", float64(len(c.Parties)))
			q.part(i, row, "success_rate", won)
			if c.Value(casework.FieldDifficulty) == "complex" {
				q.count(i, row, "difficult")
			}
			if won {
				q.count(i, row, "succeeded")
				money := 0.0
				fmt.Sscan(c.Agreement.Amount, &money)
				q.amount(i, row, "amount", money)
				if c.Agreement.Form != "" {
					q.count(i, row, c.Agreement.Form)
				}
				if c.Agreement.Done == "full" && q.before(c.resolved()) {
					q.count(i, row, "performed")
				}
				if q.confirmed(c) {
					q.count(i, row, "confirmed")
				}
			}
			for table, code := range map[catalogue.Table]string{catalogue.TableOrigins: c.Value(casework.FieldOrigin), catalogue.TableMediationTypes: category.Mediation} {
				if code == "" {
					q.t.Fatal("the sample has no such case")
				}
				q.count(i, row, "|"+string(table)+"|"+code+"|")
			}
		})
	},
	"petitions": func(q *naive, in report.Input) {
		for column, q := range map[string]*naive{"this": q, "last": q.lastYear(in.Period)} {
			q.each(func(i int, c *told) {
				if c.Matter != casework.Petition {
					return
				}
				if q.in(c.RegisteredAt.UnixMilli()) {
					category, _ := q.ix.Category(c.Value(casework.FieldCategory))
					q.count(i, "report.petitions.row.petitions|||", column)
					q.count(i, "|petition_classes|"+category.Petition+"|", column)
					q.count(i, units(c.unit()), column)
				}
				for _, v := range c.visits() {
					if q.inDay(v.On) {
						q.count(i, "report.petitions.row.batches|||", column)
						q.amount(i, "report.petitions.row.people|||", column, float64(v.People))
						q.count(i, "choice.petition_form."+v.Form+"|||", column)
					}
				}
				for _, s := range c.steps {
					for _, k := range s.kinds {
						if strings.Contains(" accept assign object accept_objection opinion ask_review review ask_recheck recheck conclude split_out refuse refuse_repeat supervise ", " "+k+" ") &&
							s.line.Effect == casework.Applied && q.in(s.at) {
							q.count(i, "action."+k+"|||", column)
						}
					}
				}
				for _, code := range []string{"accept_on_time_rate", "finish_on_time_rate"} {
					if about, counts := q.rate(code, c); about {
						q.part(i, "formula."+code+"|||", column, counts)
					}
				}
				q.satisfied(i, c, "formula.satisfied_rate|||", column)
			})
		}
	},
	"matters": func(q *naive, in report.Input) {
		for column, q := range map[string]*naive{"this": q, "last": q.lastYear(in.Period)} {
			q.each(func(i int, c *told) {
				row := func(name string) string { return "report.matters.row." + name + "|||" }
				switch c.Matter {
				case casework.Dispute, casework.Petition:
					if q.received(c) {
						q.count(i, row("cases"), column)
					}
				case casework.Delegated:
					if q.received(c) {
						item, _ := q.ix.Item(c.Value(casework.FieldItem))
						q.count(i, row("received"), column)
						q.count(i, "|||"+item.Type, column)
					}
					for _, s := range c.did(casework.ActInspect, casework.ActHandUp, casework.ActDecide) {
						if !q.in(s.at) {
							continue
						}
						deed := s.kinds[0]
						if act, ok := c.Act(s.uid, casework.ActDecide); ok {
							deed = act.Words["decision"]
						}
						q.count(i, row(deed), column)
						if deed == "inspect" || deed == "penalty" || deed == "enforcement" {
							q.count(i, row("enforced"), column)
						}
					}
				}
			})
		}
	},
	"effects": func(q *naive, in report.Input) {
		for column, q := range map[string]*naive{"this": q, "last": q.lastYear(in.Period)} {
			q.each(func(i int, c *told) {
				for _, a := range c.ActsOf(casework.ActEffect) {
					for _, kind := range []string{"area", "tonnes", "money"} {
						n := 0.0
						if fmt.Sscan(a.Words[kind], &n); n != 0 && q.in(c.at(a.By)) {
							q.amount(i, "report.effects.row."+kind+"|||", column, n)
						}
					}
				}
			})
		}
	},
	"court": func(q *naive, _ report.Input) {
		q.each(func(i int, c *told) {
			at := func(u catalogue.UnitID) string {
				if u == "" {
					return "report.court.elsewhere|||"
				}
				return units(u)
			}
			end := func(row string, mediated, withdrawn bool) {
				q.count(i, row, "closed")
				q.part(i, row, "withdrawal_rate", mediated || withdrawn)
				if mediated {
					q.count(i, row, "mediated")
				}
				if withdrawn {
					q.count(i, row, "withdrawn")
				}
			}
			if e := c.Entrustment; !e.By.IsZero() {
				if q.inDay(e.ReceivedOn) {
					q.count(i, at(e.Court), "received")
				}
				if acts := c.ActsOf(casework.ActReportBack); e.Result != "" && q.in(c.at(acts[len(acts)-1].By)) {
					end(at(e.Court), e.Result == "success", false)
				}
			}
			for _, a := range c.ActsOf(casework.ActJudgment) {
				if q.in(c.at(a.By)) {
					end("report.court.leads|||", a.Words["judgment"] == "mediated", a.Words["judgment"] == "withdrawn")
				}
			}
			if a := c.Agreement; (a.Confirmation.Court != "" || a.Confirmation.CourtName != "" || a.Confirmation.Result != "") && q.in(a.At.UnixMilli()) {
				q.count(i, at(a.Confirmation.Court), "asked")
				if q.confirmed(c) {
					q.count(i, at(a.Confirmation.Court), "confirmed")
				}
			}
		})
	},
	"subsidy": func(q *naive, _ report.Input) {
		for i := range q.cases {
			c := &q.cases[i]
			if !c.counts() {
				continue
			}
			done := map[string]bool{}
			for _, a := range []casework.Action{casework.ActRegister, casework.ActContact, casework.ActSettleOnSpot, casework.ActMediate, casework.ActAgree, casework.ActPerform, casework.ActRevisit} {
				for _, s := range c.did(a) {
					row := "|people|" + string(s.line.Actor) + "|" + string(s.line.Unit)
					if q.in(s.at) && q.below(s.line.Unit) && !done[row+string(a)] {
						done[row+string(a)] = true
						q.count(i, row, "action."+string(a)+"|||")
					}
				}
			}
		}
	},
}

// formRow is the row of the form for a category.
func formRow(code string) string {
	switch {
	case code == "0901":
		return "contracted_land"
	case code == "0402", code == "1103", code == "1104":
		return "building"
	case code == "0501", code == "1302":
		return "schools"
	case code == "1003", code == "1306":
		return "maritime"
	case code == "1101", code == "1102", code == "1105":
		return "demolition"
	}
	if name := map[string]string{"1202": "veterans", "1002": "restructuring", "0504": "environment", "1201": "village_affairs", "0502": "medical"}[code]; name != "" {
		return name
	}
	if name := map[string]string{"16": "religion", "09": "land", "06": "business", "08": "business", "10": "business", "07": "labour", "14": "judicial",
		"13": "enforcement", "15": "officials", "01": "family", "02": "family"}[code[:2]]; name != "" {
		return name
	}
	return "other"
}

// compareFigures compares a sheet with what was counted. Sums, changes and blanks follow
// from the rest and have their own tests.
func compareFigures(t *testing.T, s *report.Sheet, want map[string]map[string]*val) {
	t.Helper()
	found := map[string]bool{}
	for r, row := range s.Rows {
		if row.Total {
			continue
		}
		for c, column := range s.Columns {
			kind, cell := s.KindOf(r, c), row.Cells[c]
			if cell.Blank || kind == report.Change || kind == report.Points || kind == report.Words {
				continue
			}
			name := column.Name
			if column.Label != (report.Label{}) {
				name = key(column.Label)
			}
			w := want[key(row.Label)][name]
			if w == nil {
				w = &val{}
			}
			found[key(row.Label)+" "+name] = true
			slices.Sort(w.cases)
			slices.Sort(w.base)
			if !near(cell.Value, w.n) || cell.Of != w.of || !slices.Equal(cell.Cases, w.cases) || !slices.Equal(cell.Base, w.base) {
				t.Errorf("%s %s: %s, %s: %v of %v, counted again %v of %v (cases %v and %v)", s.Report, s.Period.Name, key(row.Label), name, cell.Value, cell.Of, w.n, w.of,
					apart(cell.Cases, w.cases), apart(cell.Base, w.base))
			}
		}
	}
	for row, cells := range want {
		for column, w := range cells {
			if (w.n != 0 || w.of != 0) && !found[row+" "+column] {
				t.Errorf("%s %s: %s, %s: nothing, counted again %v of %v", s.Report, s.Period.Name, row, column, w.n, w.of)
			}
		}
	}
}

// apart are the cases that only one of two lists has.
func apart(a, b []int32) []int32 {
	var out []int32
	for _, x := range slices.Concat(a, b) {
		if slices.Contains(a, x) != slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func near(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }
