package report

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// supervision is the table of 督办通报 by unit: what each received, what it had to settle,
// what of that in time and too late, and what had to be said about it. A unit answers for
// its own terms: where a case went through several hands, each row has its own.
func supervision(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("supervision")
	g := newGrid(counts("received", "due", "on_time", "late", "red", "extended", "returned", "ordered")...)
	g.columns = append(g.columns, Column{Name: "on_time_rate", Kind: Share})
	received, due, onTime, late, red, extended, returned, ordered, rate := 0, 1, 2, 3, 4, 5, 6, 7, 8
	var missed, lit []catalogue.UnitID
	for n := range in.Facts {
		f, i := &in.Facts[n], int32(n)
		if !v.kept(f) {
			continue
		}
		count := func(u catalogue.UnitID, column int) {
			if v.under(u) {
				g.add(unitLabel(u), column, i)
			}
		}
		u := f.Unit()
		if v.received(f) {
			count(u, received)
		}
		missed, lit = missed[:0], lit[:0]
		for k := range f.Limits {
			l := &f.Limits[k]
			if l.class() == settle && l.missed(v.asOf-1) && (l.Stop == 0 || l.Stop >= v.from) {
				missed = once(missed, l.Unit)
			}
			if l.duty() && l.overdue(v.asOf-1) {
				lit = once(lit, l.Unit)
			}
			for _, at := range l.Extended {
				if v.holds(at) {
					count(l.Unit, extended)
				}
			}
		}
		if v.settled(f) && v.late(f, u) {
			missed = once(missed, u)
		}
		for _, m := range missed {
			count(m, due)
			count(m, late)
			if v.under(m) {
				g.share(unitLabel(m), rate, i, false)
			}
		}
		if v.settled(f) && !slices.Contains(missed, u) {
			count(u, due)
			count(u, onTime)
			if v.under(u) {
				g.share(unitLabel(u), rate, i, true)
			}
		}
		for _, m := range lit {
			count(m, red)
		}
		for _, w := range f.Works {
			if (w.Action == casework.ActReturn || w.Action == casework.ActAcceptObjection) && v.holds(w.At) {
				count(w.Unit, returned)
			}
		}
		for _, o := range f.Orders {
			if v.holds(o.Given) {
				count(o.To, ordered)
			}
		}
	}
	g.sheet(&s, byUnit(in.Index))
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "formula.on_time_unit.rule"})
	return s
}

func once(list []catalogue.UnitID, u catalogue.UnitID) []catalogue.UnitID {
	if slices.Contains(list, u) {
		return list
	}
	return append(list, u)
}

func counts(names ...string) []Column {
	out := make([]Column, len(names))
	for i, n := range names {
		out[i] = Column{Name: n, Kind: Count}
	}
	return out
}
