package report

import (
	"cmp"
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
	const received, due, onTime, late, lit, extended, returned, ordered, rate = 0, 1, 2, 3, 4, 5, 6, 7, 8
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
		if v.received(f) {
			count(f.Unit(), received)
		}
		v.dueTo(f, func(u catalogue.UnitID, met bool) {
			if !v.under(u) {
				return
			}
			cells := g.row(unitLabel(u)).Cells
			cells[due].add(i, 1)
			cells[rate].share(i, met)
			if met {
				cells[onTime].add(i, 1)
			} else {
				cells[late].add(i, 1)
			}
		})
		var red []catalogue.UnitID
		for k := range f.Limits {
			l := &f.Limits[k]
			if l.duty() && l.overdue(v.asOf-1) && !slices.Contains(red, l.Unit) {
				red = append(red, l.Unit)
				count(l.Unit, lit)
			}
			for _, at := range l.Extended {
				if v.holds(at) {
					count(l.Unit, extended)
				}
			}
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
	s.Notes = append(s.Notes, Note{Key: "formula.on_time_unit.rule"}, Note{Key: "report.note.supervision"})
	return s
}

func counts(names ...string) []Column {
	out := make([]Column, len(names))
	for i, n := range names {
		out[i] = Column{Name: n, Kind: Count}
	}
	return out
}

// ways are how a party's say came: by itself, face to face or by the code of its slip, or
// by the pen of a worker. They are reported apart.
var ways = []struct{ name, way string }{{"face", casework.WayFace}, {"code", casework.WayCode}, {"hand", ""}}

// performance is the 绩效报告 by unit: what the parties said on the three items, and whether
// cases were settled in time.
func performance(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("performance")
	g := newGrid(Column{Name: "resolved", Kind: Count}, Column{Name: "on_time_rate", Kind: Share}, Column{Name: "rated_rate", Kind: Share},
		Column{Name: "satisfied_rate", Kind: Share})
	for _, w := range ways {
		g.columns = append(g.columns, Column{Name: w.name, Kind: Count}, Column{Name: w.name + "_satisfaction", Kind: Share},
			Column{Name: w.name + "_efficiency", Kind: Share}, Column{Name: w.name + "_leader", Kind: Share})
	}
	ratedRate, satisfied := rate("rated_rate"), rate("satisfied_rate")
	for n := range in.Facts {
		f, i := &in.Facts[n], int32(n)
		if !v.kept(f) {
			continue
		}
		v.dueTo(f, func(u catalogue.UnitID, met bool) {
			if v.under(u) {
				g.share(unitLabel(u), 1, i, met)
			}
		})
		said := false
		for k := range f.Ratings {
			said = said || v.holds(f.Ratings[k].At)
		}
		if !v.under(f.Unit()) || !said && !v.settled(f) {
			continue
		}
		cells := g.row(unitLabel(f.Unit())).Cells
		if v.settled(f) {
			cells[0].add(i, 1)
		}
		ratedRate.cell(v, &cells[2], i, f)
		satisfied.cell(v, &cells[3], i, f)
		for k := range f.Ratings {
			r := &f.Ratings[k]
			w := slices.IndexFunc(ways, func(w struct{ name, way string }) bool { return w.way == r.Way })
			if w < 0 || !v.holds(r.At) {
				continue
			}
			of := cells[4+4*w:]
			of[0].add(i, 1)
			for n, say := range []string{r.Satisfaction, r.Efficiency, r.Leader} {
				of[1+n].share(i, v.satisfied(say))
			}
		}
	}
	g.sheet(&s, byUnit(in.Index))
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "formula.on_time_unit.rule"}, ruleNote("rated_rate", in.Index), ruleNote("satisfied_rate", in.Index))
	return s
}

// zero is the 零报告: the units that had no case in the period, and whether each has been
// heard from since it ended, or in it while it runs.
func zero(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("zero", Column{Name: "level", Kind: Words}, Column{Name: "heard", Kind: Words}, Column{Name: "heard_on", Kind: Day})
	busy := map[catalogue.UnitID]bool{}
	places := map[catalogue.DivisionCode]bool{}
	for n := range in.Facts {
		f := &in.Facts[n]
		if !v.kept(f) || !v.holds(f.Registered) {
			continue
		}
		busy[f.Registrar], busy[f.Unit()], busy[f.Holder] = true, true, true
		if !places[f.Division] {
			places[f.Division] = true
			for _, u := range in.Index.PlaceUnits(f.Division) {
				busy[u] = true
			}
		}
	}
	since := v.period.To.UnixMilli()
	if since > in.Now.UnixMilli() {
		since = v.from
	}
	var quiet []catalogue.UnitID
	for _, u := range in.Index.Catalogue().Units {
		if u.Kind != catalogue.Department && !u.Retired && v.under(u.ID) && !busy[u.ID] {
			quiet = append(quiet, u.ID)
		}
	}
	slices.SortFunc(quiet, orderOf(in.Index).compare)
	for _, id := range quiet {
		u, _ := in.Index.Unit(id)
		heard := Label{Key: "report.zero.unknown"}
		on := Cell{Blank: true}
		if in.Heard != nil {
			at := in.Heard[id]
			if heard.Key = "report.zero.silent"; at >= since {
				heard.Key = "report.zero.alive"
			}
			if at != 0 {
				on = Cell{Text: v.day(at)}
			}
		}
		s.Rows = append(s.Rows, Row{Label: unitLabel(id), Cells: []Cell{{Label: Label{Key: "level." + string(u.Level)}}, {Label: heard}, on}})
	}
	s.Notes = append(s.Notes, Note{Key: "report.note.as_of", Args: []any{v.today()}}, Note{Key: "report.note.zero"})
	return s
}

// subsidy counts work for 以案定补, by unit and by whoever did it, in the order of names and
// in no other: what was done of each kind on how many cases. Doing the same twice on one
// case adds nothing.
func subsidy(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("subsidy")
	g := newGrid(Column{Name: "unit", Kind: Words})
	for _, a := range subsidized {
		g.columns = append(g.columns, Column{Name: string(a), Label: Label{Key: "action." + string(a)}, Kind: Count})
	}
	for n := range in.Facts {
		f := &in.Facts[n]
		if !v.kept(f) {
			continue
		}
		for k := range f.Works {
			w := &f.Works[k]
			column := slices.Index(subsidized, w.Action)
			again := func(o Work) bool {
				return v.holds(o.At) && o.Action == w.Action && o.User == w.User && o.Unit == w.Unit
			}
			if column < 0 || !v.holds(w.At) || !v.under(w.Unit) || slices.ContainsFunc(f.Works[:k], again) {
				continue
			}
			r := g.row(Label{Table: catalogue.TablePeople, Code: string(w.User), Text: string(w.Unit)})
			r.Cells[0].Label = unitLabel(w.Unit)
			r.Cells[1+column].add(int32(n), 1)
		}
	}
	order := orderOf(in.Index)
	g.sheet(&s, func(a, b Label) int {
		name := func(l Label) string { return in.Index.PersonName(catalogue.UserID(l.Code)) }
		return cmp.Or(order.compare(catalogue.UnitID(a.Text), catalogue.UnitID(b.Text)), cmp.Compare(name(a), name(b)), cmp.Compare(a.Code, b.Code))
	})
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "report.note.subsidy"})
	return s
}
