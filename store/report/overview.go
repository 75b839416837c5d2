package report

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// figure is a line of the overview: a number of cases, a rate, an average of days.
type figure struct {
	code string
	kind Kind
	cell func(v *view, c *Cell, i int32, f *Fact)
}

func counting(code string, of func(*view, *Fact) bool) figure {
	return figure{code, Count, func(v *view, c *Cell, i int32, f *Fact) {
		if of(v, f) {
			c.add(i, 1)
		}
	}}
}

func rate(code string) figure {
	o := formulas[slices.IndexFunc(formulas, func(o formula) bool { return o.code == code })]
	return figure{code, Share, o.cell}
}

// overviewFigures are the lines of the overview, in its order.
var overviewFigures = func() []figure {
	out := []figure{
		counting("received", (*view).received),
		counting("resolved", (*view).settled),
		counting("open", (*view).open),
		counting("overdue", func(v *view, f *Fact) bool { return v.open(f) && v.overdue(f) }),
	}
	for i := range formulas {
		out = append(out, figure{formulas[i].code, Share, formulas[i].cell})
	}
	return append(out, figure{"detect", Days, detecting}, figure{"resolve", Days, resolving})
}()

// detecting averages the days between what happened and its registration (发现得早).
func detecting(v *view, c *Cell, i int32, f *Fact) {
	if !v.received(f) {
		return
	}
	on, err := time.ParseInLocation(time.DateOnly, f.Happened, v.period.From.Location())
	known, err2 := time.ParseInLocation(time.DateOnly, v.day(f.Registered), v.period.From.Location())
	if err == nil && err2 == nil && !known.Before(on) {
		c.average(i, int64(known.Sub(on).Hours()/24+0.5))
	}
}

// resolving averages the days between registration, or what took the case up again, and
// settlement (化解得好). A day that has begun counts.
func resolving(v *view, c *Cell, i int32, f *Fact) {
	if v.settled(f) {
		c.average(i, daysBetween(max(f.Registered, f.Reopened), f.Resolved))
	}
}

// daysBetween counts the days that began between two moments; none where they are turned
// round.
func daysBetween(from, to int64) int64 {
	const day = 24 * 60 * 60 * 1000
	return max(0, (to-from+day-1)/day)
}

func (c *Cell) average(i int32, days int64) {
	c.add(i, float64(days))
	c.Of++
	c.Base = append(c.Base, i)
}

// overview is the page of rates, against the same period of last year.
func overview(in *Input) Sheet {
	v := newView(in)
	last := v.lastYear()
	s := v.sheet("overview", Column{Name: "this"}, Column{Name: "last"}, Column{Name: "change", Kind: Change}, Column{Name: "points", Kind: Points})
	for _, fig := range overviewFigures {
		s.Rows = append(s.Rows, Row{Label: Label{Key: "formula." + fig.code}, Kind: fig.kind, Cells: make([]Cell, 4)})
	}
	left := make([]int, len(formulas))
	v.each(func(i int32, f *Fact) {
		for r := range overviewFigures {
			overviewFigures[r].cell(v, &s.Rows[r].Cells[0], i, f)
			overviewFigures[r].cell(last, &s.Rows[r].Cells[1], i, f)
		}
		for k := range formulas {
			if o := &formulas[k]; o.left != nil && o.left(v, f) {
				left[k]++
			}
		}
	})
	for r := range s.Rows {
		compare(&s.Rows[r])
	}
	v.counted(&s)
	for k := range formulas {
		s.Notes = append(s.Notes, Note{Key: "formula." + formulas[k].rule(in.Index)})
		if left[k] > 0 {
			s.Notes = append(s.Notes, Note{Key: "formula." + formulas[k].code + ".left", Args: []any{left[k]}})
		}
	}
	return s
}

// rule is the key of the formula's words, after what the county chose.
func (o *formula) rule(ix *catalogue.Index) string {
	switch {
	case o.code == "success_rate" && ix.Setting(catalogue.SuccessOver) == "received":
		return o.code + ".rule_received"
	case o.code == "satisfied_rate" && ix.Setting(catalogue.SatisfiedFrom) == "satisfied":
		return o.code + ".rule_satisfied"
	}
	return o.code + ".rule"
}

// compare fills the change of a row of this and last year: of numbers by how many of a
// hundred they rose, of shares by how many points.
func compare(r *Row) {
	this, last, change, points := &r.Cells[0], &r.Cells[1], &r.Cells[2], &r.Cells[3]
	switch r.Kind {
	case Count, Amount:
		change.Value, change.Of, change.Cases, change.Base = this.Value, last.Value, this.Cases, last.Cases
		points.Blank = true
	case Share, Days, Average:
		change.Blank = true
		points.Value, points.Of = this.Value*last.Of-last.Value*this.Of, this.Of*last.Of
		points.Cases, points.Base = this.Base, last.Base
		if r.Kind != Share {
			*points = Cell{Blank: true}
		}
	}
}

// levels tells at which level cases were settled (小事不出村、一般事不出镇、大事不出县).
func levels(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("levels", Column{Name: "resolved", Kind: Count}, Column{Name: "share", Kind: Share}, Column{Name: "within", Kind: Share})
	at := []catalogue.Level{catalogue.Village, catalogue.Town, catalogue.County, catalogue.City, ""}
	for _, l := range at {
		s.Rows = append(s.Rows, Row{Label: Label{Key: "level." + string(l)}, Cells: make([]Cell, 3)})
	}
	s.Rows[len(at)-1].Label.Key = "report.none"
	s.Rows = append(s.Rows, Row{Label: Label{Key: "report.total"}, Total: true, Cells: make([]Cell, 3)})
	v.each(func(i int32, f *Fact) {
		if !v.settled(f) {
			return
		}
		level := f.ResolvedAt
		if level == catalogue.Grid {
			level = catalogue.Village
		}
		row := max(slices.Index(at, level), 0)
		if level != at[row] {
			row = len(at) - 1
		}
		for r := range s.Rows {
			total := r == len(at)
			if r == row || total {
				s.Rows[r].Cells[0].add(i, 1)
			}
			s.Rows[r].Cells[1].share(i, r == row || total)
			s.Rows[r].Cells[2].share(i, total || row <= r && row < len(at)-1)
		}
	})
	s.Rows[len(at)-1].Cells[2] = Cell{Blank: true}
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "report.note.levels"})
	return s
}

var turns = []string{"to_city", "to_province", "to_beijing", "criminal", "violent", "mass"}

// counters are the six things that the plan wants not to happen (六个不发生), by month: facts
// about cases, of no unit's account.
func counters(in *Input) Sheet {
	v := newView(in)
	last := v.lastYear()
	s := v.sheet("counters", Column{Name: "cases", Kind: Count}, Column{Name: "people", Kind: Amount}, Column{Name: "last", Kind: Count}, Column{Name: "change", Kind: Change})
	months := map[string]int{}
	if v.period.To.After(v.period.From.AddDate(0, 1, 0)) {
		for m := Month(v.period.From); m.From.Before(v.period.To); m = Month(m.To) {
			months[m.Name] = len(s.Columns)
			s.Columns = append(s.Columns, Column{Name: "month", Label: Label{Text: m.Name}, Kind: Count})
		}
	}
	for _, into := range turns {
		s.Rows = append(s.Rows, Row{Label: Label{Key: "choice.into." + into}, Cells: make([]Cell, len(s.Columns))})
	}
	v.each(func(i int32, f *Fact) {
		for _, t := range f.Turns {
			r := slices.Index(turns, t.Into)
			if r < 0 {
				continue
			}
			cells := s.Rows[r].Cells
			if v.holdsDay(t.On) {
				cells[0].add(i, 1)
				cells[1].add(i, float64(t.People))
				if m, ok := months[t.On[:len("2006-01")]]; ok {
					cells[m].add(i, 1)
				}
			}
			if last.holdsDay(t.On) {
				cells[2].add(i, 1)
			}
		}
	})
	s.Rows = append(s.Rows, sum(s.Rows, s.Columns))
	for r := range s.Rows {
		c := s.Rows[r].Cells
		c[3] = Cell{Value: c[0].Value, Of: c[2].Value, Cases: c[0].Cases, Base: c[2].Cases}
	}
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "report.note.counters"})
	return s
}

// speed tells how long it took to learn of cases, to see the parties, to settle.
func speed(in *Input) Sheet {
	v := newView(in)
	d, ok := dimensionOf(in.By, "category")
	s := v.sheet("speed")
	if !ok {
		return v.unknown(s)
	}
	g := newGrid(Column{Name: "detect", Kind: Days}, Column{Name: "contact", Kind: Days}, Column{Name: "accept", Kind: Days}, Column{Name: "resolve", Kind: Days})
	v.each(func(i int32, f *Fact) {
		if !v.received(f) && !v.settled(f) {
			return
		}
		for _, l := range d.of(v, f, v.day(f.Registered)) {
			cells := g.row(l).Cells
			detecting(v, &cells[0], i, f)
			if v.received(f) && v.seen(f.Contacted) {
				cells[1].average(i, daysBetween(f.Registered, f.Contacted))
			}
			if v.received(f) && v.seen(f.Accepted) {
				cells[2].average(i, daysBetween(f.Registered, f.Accepted))
			}
			resolving(v, &cells[3], i, f)
		}
	})
	g.sheet(&s, d.order(in.Index))
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "report.note.speed"})
	return s
}

// trendLength is how many months or weeks a trend shows, up to the period.
const trendLength = 12

// trend shows how figures went over twelve months, or weeks for a week, to the period.
func trend(in *Input) Sheet {
	v := newView(in)
	p := Month(time.UnixMilli(v.asOf - 1).In(v.period.From.Location()))
	if v.period.Week() {
		p = v.period
	}
	s := v.sheet("trend", append(counts("received", "resolved"), Column{Name: "settle_rate", Kind: Share}, Column{Name: "on_time_rate", Kind: Share},
		Column{Name: "overdue", Kind: Count}, Column{Name: "batches", Kind: Count}, Column{Name: "people", Kind: Amount})...)
	views := make([]*view, trendLength)
	for k := trendLength - 1; k >= 0; k-- {
		views[k] = v.of(p)
		p = p.Back()
	}
	for _, w := range views {
		s.Rows = append(s.Rows, Row{Label: Label{Text: w.period.Name}, Cells: make([]Cell, len(s.Columns))})
	}
	settled, onTime := rate("settle_rate"), rate("on_time_rate")
	v.each(func(i int32, f *Fact) {
		for r, w := range views {
			c := s.Rows[r].Cells
			if w.received(f) {
				c[0].add(i, 1)
			}
			if w.settled(f) {
				c[1].add(i, 1)
			}
			settled.cell(w, &c[2], i, f)
			onTime.cell(w, &c[3], i, f)
			if w.open(f) && w.overdue(f) {
				c[4].add(i, 1)
			}
			for _, visit := range f.Visits {
				if w.holdsDay(visit.On) {
					c[5].add(i, 1)
					c[6].add(i, float64(visit.People))
				}
			}
		}
	})
	v.counted(&s)
	return s
}

// lit is the light of a case: of the limit that is due first among those that run.
func lit(f *Fact, now time.Time) (l *Limit, light casework.Light) {
	for k := range f.Limits {
		o := &f.Limits[k]
		switch {
		case o.Stop != 0 || o.class() == right:
		case l == nil, l.Paused != 0 && o.Paused == 0, (l.Paused != 0) == (o.Paused != 0) && o.Due < l.Due:
			l = o
		}
	}
	if l == nil {
		return nil, casework.None
	}
	return l, l.light(now)
}

func ruleNote(code string, ix *catalogue.Index) Note {
	o := formulas[slices.IndexFunc(formulas, func(o formula) bool { return o.code == code })]
	return Note{Key: "formula." + o.rule(ix)}
}
