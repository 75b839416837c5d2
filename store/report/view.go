package report

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// view looks at facts from the end of a period, or from now where that is earlier: what
// happened afterwards is not seen, so that a month's figures stay what they were. Only a
// case that was taken up again counts as open for the past as well.
type view struct {
	in     *Input
	period Period
	from   int64
	asOf   int64 // the first moment that is not seen
	scope  map[catalogue.UnitID]bool
}

func newView(in *Input) *view {
	v := &view{in: in, period: in.Period, scope: map[catalogue.UnitID]bool{}}
	v.bound(in.Now)
	return v
}

func (v *view) bound(now time.Time) {
	v.from, v.asOf = v.period.From.UnixMilli(), min(v.period.To.UnixMilli(), now.UnixMilli()+1)
}

// of is a view of another period: one that is over is seen from its end.
func (v *view) of(p Period) *view {
	w := &view{in: v.in, period: p, scope: v.scope}
	w.bound(v.in.Now)
	return w
}

// lastYear is the view of the same period a year before; of one that is not over as much
// as has passed of it.
func (v *view) lastYear() *view {
	w := v.of(v.period.LastYear())
	if now := v.in.Now; now.Before(v.period.To) {
		w.asOf = min(w.asOf, w.period.From.Add(now.Sub(v.period.From)).UnixMilli()+1)
	}
	return w
}

// holds reports whether a moment lies in the period and was seen.
func (v *view) holds(ms int64) bool { return ms != 0 && ms >= v.from && ms < v.asOf }

// seen reports whether a moment came before the view.
func (v *view) seen(ms int64) bool { return ms != 0 && ms < v.asOf }

// holdsDay is holds of a day.
func (v *view) holdsDay(day string) bool {
	return v.period.HoldsDay(day) && day <= v.today()
}

// today is the day from which the view looks.
func (v *view) today() string { return v.day(v.asOf - 1) }

// day is the local day of a moment.
func (v *view) day(ms int64) string {
	return time.UnixMilli(ms).In(v.period.From.Location()).Format(time.DateOnly)
}

// under reports whether a unit is the one for which the report is made, or below it.
func (v *view) under(u catalogue.UnitID) bool {
	top := v.in.Under
	if top == "" {
		return true
	}
	in, known := v.scope[u]
	if !known {
		in = u == top || v.in.Index.Above(top, u)
		v.scope[u] = in
	}
	return in
}

// hides reports whether the case is kept from the unit for which the report is made: though
// it, or one below it, had the case once, the report tells nothing of it (信访工作条例 art. 30).
func (v *view) hides(f *Fact) bool {
	return f.Secret && v.in.Under != "" && casework.Accused(f.About, v.in.Under, v.in.Index)
}

// kept reports whether a case counts at all: it was neither voided nor merged into
// another, is of the matter asked for, and not kept from the unit that asks.
func (v *view) kept(f *Fact) bool {
	return !v.hides(f) && f.State != casework.StateVoided && f.State != casework.StateMerged && f.State != "" && (v.in.Matter == "" || f.Matter == v.in.Matter)
}

// each calls do with every case that counts and belongs to the units of the report.
func (v *view) each(do func(i int32, f *Fact)) {
	for i := range v.in.Facts {
		if f := &v.in.Facts[i]; v.kept(f) && v.under(f.Unit()) {
			do(int32(i), f)
		}
	}
}

// received reports whether the case was received in the period (受理). What was refused,
// and a question of law that was answered, is no case.
func (v *view) received(f *Fact) bool {
	return v.holds(f.Registered) && f.State != casework.StateRefused && f.State != casework.StateConsulted
}

// resolved reports whether the case had been settled (化解).
func (v *view) resolved(f *Fact) bool { return v.seen(f.Resolved) }

// settled reports whether it was settled in the period.
func (v *view) settled(f *Fact) bool { return v.holds(f.Resolved) }

// open reports whether it was known and neither settled nor over.
func (v *view) open(f *Fact) bool {
	return v.seen(f.Registered) && !v.resolved(f) && !v.seen(f.Closed) && f.State != casework.StateRefused
}

// succeeded reports whether it came to an agreement that stands, or was settled otherwise.
func (v *view) succeeded(f *Fact) bool {
	if v.resolved(f) {
		return true
	}
	stands := f.State == casework.StateAgreed || f.State == casework.StateConfirming || f.Resolved != 0
	return stands && v.seen(f.Agreement.At)
}

// decided tells of the limits of a class, and of a unit unless it is empty, whether one was
// met in the period, and whether one was missed: it ran out in the period, or before it and
// still ran in it.
func (v *view) decided(f *Fact, c class, u catalogue.UnitID) (met, missed bool) {
	for i := range f.Limits {
		l := &f.Limits[i]
		switch {
		case l.class() != c, u != "" && l.Unit != u:
		case l.missed(v.asOf - 1):
			missed = missed || l.Stop == 0 || l.Stop >= v.from
		case v.holds(l.Stop):
			met = true
		}
	}
	return met, missed
}

// late reports whether a term to settle the case was missed since it was taken up last, by
// anybody or by one unit.
func (v *view) late(f *Fact, u catalogue.UnitID) bool {
	for i := range f.Limits {
		if l := &f.Limits[i]; l.class() == settle && l.Start >= f.Reopened && (u == "" || l.Unit == u) && l.missed(v.asOf-1) {
			return true
		}
	}
	return false
}

// dueTo calls do with each unit that had to settle the case in the period, and with whether
// it did so in time: the unit that settled it then, and each one whose term to settle it was
// missed in the period. A unit answers for its own terms and for no other's.
func (v *view) dueTo(f *Fact, do func(u catalogue.UnitID, onTime bool)) {
	var late []catalogue.UnitID
	for i := range f.Limits {
		l := &f.Limits[i]
		if l.class() == settle && l.missed(v.asOf-1) && (l.Stop == 0 || l.Stop >= v.from) && !slices.Contains(late, l.Unit) {
			late = append(late, l.Unit)
		}
	}
	if u := f.Unit(); v.settled(f) && !slices.Contains(late, u) {
		if v.late(f, u) {
			late = append(late, u)
		} else {
			do(u, true)
		}
	}
	for _, u := range late {
		do(u, false)
	}
}

// overdue reports whether a term to settle the case had run out and still ran.
func (v *view) overdue(f *Fact) bool {
	for i := range f.Limits {
		if l := &f.Limits[i]; l.class() == settle && l.overdue(v.asOf-1) {
			return true
		}
	}
	return false
}

// units orders units as the tree has them: each before those below it.
type units struct{ rank map[catalogue.UnitID]int }

func orderOf(ix *catalogue.Index) units {
	u := units{rank: map[catalogue.UnitID]int{}}
	var walk func(catalogue.UnitID)
	walk = func(id catalogue.UnitID) {
		for _, child := range ix.Children(id) {
			u.rank[child] = len(u.rank) + 1
			walk(child)
		}
	}
	walk("")
	return u
}

func (u units) compare(a, b catalogue.UnitID) int {
	ra, rb := u.rank[a], u.rank[b]
	if ra == 0 || rb == 0 { // unknown ones stand last
		if (ra == 0) != (rb == 0) {
			return cmp.Compare(rb, ra)
		}
		return cmp.Compare(a, b)
	}
	return ra - rb
}

// sheet begins a report's sheet with the notes that every one has.
func (v *view) sheet(n Name, columns ...Column) Sheet {
	s := Sheet{Report: n, Period: v.period, Columns: columns, Decimals: 1}
	if cal := v.in.Index.Calendar(); !cal.Known(v.period.From.Year()) || !cal.Known(v.period.To.AddDate(0, 0, -1).Year()) {
		s.Notes = append(s.Notes, Note{Key: "report.note.calendar", Args: []any{cal.From, cal.To}})
	}
	return s
}

// counted notes how the period was looked at, and what was left out.
func (v *view) counted(s *Sheet) {
	void, merged, refused, consulted := 0, 0, 0, 0
	for i := range v.in.Facts {
		f := &v.in.Facts[i]
		if !v.holds(f.Registered) || !v.under(f.Unit()) || v.hides(f) || v.in.Matter != "" && f.Matter != v.in.Matter {
			continue
		}
		switch f.State {
		case casework.StateVoided:
			void++
		case casework.StateMerged:
			merged++
		case casework.StateRefused:
			refused++
		case casework.StateConsulted:
			consulted++
		}
	}
	s.Notes = append(s.Notes, Note{Key: "report.note.as_of", Args: []any{v.today()}})
	if void+merged+refused+consulted > 0 {
		s.Notes = append(s.Notes, Note{Key: "report.note.left_out", Args: []any{void, merged, refused, consulted}})
	}
}

// grid gathers cells by rows.
type grid struct {
	columns []Column
	rows    map[Label]*Row
}

func newGrid(columns ...Column) *grid { return &grid{columns: columns, rows: map[Label]*Row{}} }

func (g *grid) row(l Label) *Row {
	r, ok := g.rows[l]
	if !ok {
		r = &Row{Label: l, Cells: make([]Cell, len(g.columns))}
		g.rows[l] = r
	}
	return r
}

// add counts a case in a cell.
func (g *grid) add(l Label, column int, i int32) { g.row(l).Cells[column].add(i, 1) }

// share counts a case in what a share divides by and, if it has part, in the part.
func (g *grid) share(l Label, column int, i int32, part bool) { g.row(l).Cells[column].share(i, part) }

func (c *Cell) add(i int32, n float64) {
	c.Value += n
	c.Cases = append(c.Cases, i)
}

func (c *Cell) share(i int32, part bool) {
	c.Of++
	c.Base = append(c.Base, i)
	if part {
		c.add(i, 1)
	}
}

// sheet puts the rows in order under s, and their sum below them.
func (g *grid) sheet(s *Sheet, order func(a, b Label) int) {
	s.Columns = g.columns
	for _, r := range g.rows {
		s.Rows = append(s.Rows, *r)
	}
	slices.SortFunc(s.Rows, func(a, b Row) int { return order(a.Label, b.Label) })
	s.Rows = append(s.Rows, sum(s.Rows, g.columns))
}

// sum is the row that sums up others.
func sum(rows []Row, columns []Column) Row {
	t := Row{Label: Label{Key: "report.total"}, Total: true, Cells: make([]Cell, len(columns))}
	for c := range columns {
		cell := &t.Cells[c]
		if k := columns[c].Kind; k == Words || k == Day || k == Lamp {
			cell.Blank = true
			continue
		}
		for _, r := range rows {
			cell.Value += r.Cells[c].Value
			cell.Of += r.Cells[c].Of
			cell.Cases = append(cell.Cases, r.Cells[c].Cases...)
			cell.Base = append(cell.Base, r.Cells[c].Base...)
		}
		slices.Sort(cell.Cases)
		slices.Sort(cell.Base)
	}
	return t
}

func unitLabel(u catalogue.UnitID) Label {
	if u == "" {
		return none
	}
	return Label{Table: catalogue.TableUnits, Code: string(u)}
}

// byUnit orders labels of units.
func byUnit(ix *catalogue.Index) func(a, b Label) int {
	order := orderOf(ix)
	return func(a, b Label) int { return order.compare(catalogue.UnitID(a.Code), catalogue.UnitID(b.Code)) }
}
