package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// title is how a list names a case: of a confidential one it says no more than that.
func (f *Fact) title() Label {
	if f.Secret {
		return Label{Key: "report.secret"}
	}
	return Label{Text: f.Title}
}

func (f *Fact) number() Label { return Label{Text: f.Number} }

func stateLabel(s casework.State) Label { return Label{Key: "state." + string(s)} }

func limitLabel(l catalogue.LimitCode) Label {
	return Label{Table: catalogue.TableLimits, Code: string(l)}
}

// lastDay is the last day of a limit as people call it.
func (v *view) lastDay(l *Limit) string { return v.day(l.Due - 1) }

// about is a cell that tells of one case.
func about(i int32, c Cell) Cell {
	c.Cases = []int32{i}
	return c
}

// workList is the 月工作清单: what each unit has to do in the period, who does it, until
// when, how far it is, and its light. A row is a limit that is to be kept in the period, or
// was met in it. A case that runs without one has a row of its own, so that none drops off
// the list before it has an outcome (件件有着落).
func workList(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("work_list", Column{Name: "no", Kind: Words}, Column{Name: "unit", Kind: Words}, Column{Name: "goal", Kind: Words},
		Column{Name: "task", Kind: Words}, Column{Name: "person", Kind: Words}, Column{Name: "due", Kind: Day}, Column{Name: "progress", Kind: Words},
		Column{Name: "light", Kind: Lamp})
	type task struct {
		i    int32
		unit catalogue.UnitID
		l    *Limit // nil: no limit runs
	}
	var tasks []task
	end := v.period.To.UnixMilli()
	for n := range in.Facts {
		f := &in.Facts[n]
		if !v.kept(f) || f.Registered >= v.asOf {
			continue
		}
		listed := false
		for k := range f.Limits {
			l := &f.Limits[k]
			c := l.class()
			running := l.Stop == 0 && l.Due <= end && l.Start < v.asOf
			if c == right || c == court || !running && !v.holds(l.Stop) {
				continue
			}
			listed = listed || running && l.Unit == f.Unit()
			if v.under(l.Unit) {
				tasks = append(tasks, task{int32(n), l.Unit, l})
			}
		}
		if !listed && !f.State.Ended() && v.under(f.Unit()) {
			l, _ := lit(f, in.Now)
			if l != nil && l.Due <= end && l.Unit != f.Unit() {
				l = nil // it has its row at its own unit
			}
			tasks = append(tasks, task{int32(n), f.Unit(), l})
		}
	}
	order := orderOf(in.Index)
	due := func(t task) int64 {
		if t.l == nil {
			return 1 << 62
		}
		return t.l.Due
	}
	slices.SortStableFunc(tasks, func(a, b task) int {
		return cmp.Or(order.compare(a.unit, b.unit), cmp.Compare(due(a), due(b)), cmp.Compare(in.Facts[a.i].Number, in.Facts[b.i].Number))
	})
	for n, t := range tasks {
		f := &in.Facts[t.i]
		goal, day, progress, light := Label{Key: "report.goal.outcome"}, Cell{Blank: true}, stateLabel(f.State), casework.None
		if t.l != nil {
			goal, day, light = limitLabel(t.l.Code), Cell{Text: v.lastDay(t.l)}, t.l.light(in.Now)
			if t.l.Stop != 0 {
				progress = Label{Key: "report.done"}
			}
		}
		person := Cell{Blank: true}
		if f.Person != "" && t.unit == f.Unit() {
			person = Cell{Label: Label{Table: catalogue.TablePeople, Code: string(f.Person)}}
		}
		s.Rows = append(s.Rows, Row{Label: f.number(), Cells: []Cell{about(t.i, Cell{Label: Label{Text: strconv.Itoa(n + 1)}}),
			{Label: unitLabel(t.unit)}, {Label: goal}, {Label: f.title()}, person, day, {Label: progress}, {Text: string(light)}}})
	}
	s.Notes = append(s.Notes, Note{Key: "report.note.work_list"})
	return s
}

// backlog lists 积案: cases that were registered as such, and those that have been open for
// a year.
func backlog(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("backlog", Column{Name: "task", Kind: Words}, Column{Name: "unit", Kind: Words}, Column{Name: "category", Kind: Words},
		Column{Name: "registered", Kind: Day}, Column{Name: "age", Kind: Amount}, Column{Name: "progress", Kind: Words}, Column{Name: "due", Kind: Day},
		Column{Name: "light", Kind: Lamp})
	old := time.UnixMilli(v.asOf).In(v.period.From.Location()).AddDate(-1, 0, 0).UnixMilli()
	var list []int32
	v.each(func(i int32, f *Fact) {
		if v.open(f) && !f.State.Ended() && (f.Backlog || f.Registered < old) {
			list = append(list, i)
		}
	})
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(in.Facts[a].Registered, in.Facts[b].Registered) })
	for _, i := range list {
		f := &in.Facts[i]
		day := Cell{Blank: true}
		l, light := lit(f, in.Now)
		if l != nil {
			day = Cell{Text: v.lastDay(l)}
		}
		s.Rows = append(s.Rows, Row{Label: f.number(), Cells: []Cell{about(i, Cell{Label: f.title()}), {Label: unitLabel(f.Unit())},
			{Label: Label{Table: catalogue.TableCategories, Code: f.Category}}, {Text: v.day(f.Registered)},
			{Value: float64(daysBetween(f.Registered, v.asOf-1))}, {Label: stateLabel(f.State)}, day, {Text: string(light)}}})
	}
	s.Notes = append(s.Notes, Note{Key: "report.note.as_of", Args: []any{v.today()}}, Note{Key: "report.note.backlog"})
	return s
}

// changes lists what happened to cases since the period began, the newest first.
func changes(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("changes", Column{Name: "on", Kind: Day}, Column{Name: "what", Kind: Words}, Column{Name: "task", Kind: Words},
		Column{Name: "unit", Kind: Words}, Column{Name: "progress", Kind: Words}, Column{Name: "light", Kind: Lamp})
	type change struct {
		at   int64
		what string
		i    int32
		unit catalogue.UnitID
	}
	var list []change
	v.each(func(i int32, f *Fact) {
		note := func(what string, at int64, u catalogue.UnitID) {
			if v.holds(at) {
				list = append(list, change{at, what, i, u})
			}
		}
		note("registered", f.Registered, f.Unit())
		note("resolved", f.Resolved, f.Unit())
		note("closed", f.Closed, f.Unit())
		note("reopened", f.Reopened, f.Unit())
		for k := range f.Limits {
			l := &f.Limits[k]
			if l.duty() && l.missed(v.asOf-1) {
				note("late", l.Due, l.Unit)
			}
			for _, at := range l.Extended {
				note("extended", at, l.Unit)
			}
		}
		for _, o := range f.Orders {
			note("ordered", o.Given, o.To)
			note("replied", o.Replied, o.To)
		}
		for _, r := range f.Ratings {
			note("rated", r.At, f.Unit())
		}
		for _, w := range f.Works {
			if w.Action == casework.ActReturn {
				note("returned", w.At, w.Unit)
			}
		}
	})
	slices.SortStableFunc(list, func(a, b change) int { return cmp.Compare(b.at, a.at) })
	for _, c := range list {
		f := &in.Facts[c.i]
		_, light := lit(f, in.Now)
		s.Rows = append(s.Rows, Row{Label: f.number(), Cells: []Cell{about(c.i, Cell{Text: v.day(c.at)}), {Label: Label{Key: "report.change." + c.what}},
			{Label: f.title()}, {Label: unitLabel(c.unit)}, {Label: stateLabel(f.State)}, {Text: string(light)}}})
	}
	return s
}

// warning is early warning: what rises against its own past, limits about to run out,
// agreements about to fall due. It is about categories, places and cases, never about a
// person. The rule is simple enough to be said: in the last so many days at least so many
// cases, and at least so many percent of the average of as long a time before.
func warning(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("warning", Column{Name: "what", Kind: Words}, Column{Name: "unit", Kind: Words}, Column{Name: "cases", Kind: Count}, Column{Name: "before", Kind: Average},
		Column{Name: "due", Kind: Day}, Column{Name: "light", Kind: Lamp})
	number := in.Index.Number
	windows := v.rises(&s, number(catalogue.RiseDays), number(catalogue.RiseWindows), number(catalogue.RiseLeast), number(catalogue.RisePercent))
	v.soon(&s, number(catalogue.SoonDays), number(catalogue.PerformDays))
	rise := Note{Key: "report.note.rise", Args: []any{number(catalogue.RiseDays), number(catalogue.RiseLeast), number(catalogue.RisePercent), windows}}
	if windows == 0 {
		rise = Note{Key: "report.note.rise_none", Args: rise.Args[:3]}
	}
	s.Notes = append(s.Notes, Note{Key: "report.note.as_of", Args: []any{v.today()}}, rise,
		Note{Key: "report.note.soon", Args: []any{number(catalogue.SoonDays), number(catalogue.PerformDays)}})
	return s
}

// rises adds a row for each category and town with more new cases than before. Only
// windows that lie after the first case are compared with, or the first months of a new
// system would all rise; it returns how many there are.
func (v *view) rises(s *Sheet, days, windows, least, percent int) int {
	const day = 24 * 60 * 60 * 1000
	width := int64(days) * day
	first := v.asOf
	v.each(func(_ int32, f *Fact) { first = min(first, f.Registered) })
	windows = min(windows, int((v.asOf-first)/width)-1)
	if windows < 1 {
		return 0
	}
	for _, name := range []string{"category", "town"} {
		d, _ := dimensionOf(name, "")
		type rising struct {
			now    Cell
			before Cell
		}
		found := map[Label]*rising{}
		v.each(func(i int32, f *Fact) {
			age := v.asOf - 1 - f.Registered
			if !v.seen(f.Registered) || f.State == casework.StateConsulted || f.State == casework.StateRefused || age >= width*int64(windows+1) {
				return
			}
			for _, l := range d.of(v, f, "") {
				r := found[l]
				if r == nil {
					r = &rising{before: Cell{Of: float64(windows)}}
					found[l] = r
				}
				if age < width {
					r.now.add(i, 1)
				} else {
					r.before.add(i, 1)
				}
			}
		})
		var labels []Label
		for l, r := range found {
			if n := int(r.now.Value); l != none && n >= least && n*windows*100 >= int(r.before.Value)*percent {
				labels = append(labels, l)
			}
		}
		slices.SortFunc(labels, d.order(v.in.Index))
		for _, l := range labels {
			s.Rows = append(s.Rows, Row{Label: l, Cells: []Cell{{Label: Label{Key: "report.warning." + name}}, {Blank: true}, found[l].now, found[l].before,
				{Blank: true}, {Blank: true}}})
		}
	}
	return windows
}

// soon adds a row for each limit that is about to run out and each agreement that is about
// to fall due.
func (v *view) soon(s *Sheet, days, perform int) {
	cal := v.in.Index.Calendar()
	now := v.in.Now
	from := now.In(v.period.From.Location()).Format(time.DateOnly)
	until := now.In(v.period.From.Location()).AddDate(0, 0, perform).Format(time.DateOnly)
	type due struct {
		day string
		row Row
	}
	var limits, promises []due
	v.each(func(i int32, f *Fact) {
		for k := range f.Limits {
			l := &f.Limits[k]
			at := time.UnixMilli(l.Due)
			if l.duty() && l.Stop == 0 && l.Paused == 0 && now.Before(at) && cal.DaysLeft(now, at) <= days {
				limits = append(limits, due{v.lastDay(l), Row{Label: f.number(), Cells: []Cell{{Label: limitLabel(l.Code)}, {Label: unitLabel(l.Unit)},
					about(i, Cell{Value: 1}), {Blank: true}, {Text: v.lastDay(l)}, {Text: string(l.light(now))}}}})
			}
		}
		if next := f.Agreement.Next; !f.State.Ended() && next >= from && next <= until && (f.State == casework.StateAgreed || f.State == casework.StateConfirming) {
			promises = append(promises, due{next, Row{Label: f.number(), Cells: []Cell{{Label: Label{Key: "report.warning.perform"}}, {Label: unitLabel(f.Unit())},
				about(i, Cell{Value: 1}), {Blank: true}, {Text: next}, {Text: string(casework.Yellow)}}}})
		}
	})
	for _, list := range [][]due{limits, promises} {
		slices.SortStableFunc(list, func(a, b due) int { return cmp.Compare(a.day, b.day) })
		for _, d := range list {
			s.Rows = append(s.Rows, d.row)
		}
	}
}

// What makes a case worth a look (以案定补抽查): so many cases registered by one person
// within minutes; from registration to performance within minutes.
const (
	burstCases = 5
	burst      = 10 * time.Minute
	quick      = 10 * time.Minute
)

// sample is the list of cases to look at before subsidies are paid: one in so many, drawn
// by the period and the case's id so that nobody can choose, and those whose pattern is
// what invented cases look like. A row is a fact for a person to look into, no finding.
func sample(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("sample", Column{Name: "why", Kind: Words}, Column{Name: "task", Kind: Words}, Column{Name: "unit", Kind: Words},
		Column{Name: "category", Kind: Words}, Column{Name: "registered", Kind: Day}, Column{Name: "progress", Kind: Words})
	every := uint64(max(in.Index.Number(catalogue.SampleEvery), 1))
	prints := map[int64]int{}
	registers := map[catalogue.UserID][]int64{}
	drawn := 0
	var worked []int32
	v.each(func(i int32, f *Fact) {
		for k, p := range f.Prints {
			if p != 0 && (k == 0 || p != f.Prints[0]) {
				prints[p]++
			}
		}
		if v.holds(f.Registered) {
			registers[f.By] = append(registers[f.By], f.Registered)
		}
		if slices.ContainsFunc(f.Works, func(w Work) bool { return v.holds(w.At) && slices.Contains(subsidized, w.Action) }) {
			worked = append(worked, i)
		}
	})
	for _, at := range registers {
		slices.Sort(at)
	}
	for _, i := range worked {
		f := &in.Facts[i]
		add := func(why string) {
			s.Rows = append(s.Rows, Row{Label: f.number(), Cells: []Cell{about(i, Cell{Label: Label{Key: "report.sample." + why}}), {Label: f.title()},
				{Label: unitLabel(f.Unit())}, {Label: Label{Table: catalogue.TableCategories, Code: f.Category}}, {Text: v.day(f.Registered)}, {Label: stateLabel(f.State)}}})
		}
		if draw(v.period.Name, f.ID)%every == 0 {
			add("drawn")
			drawn++
		}
		if v.holds(f.Registered) && inBurst(registers[f.By], f.Registered) {
			add("burst")
		}
		if prints[f.Prints[0]] > 1 || prints[f.Prints[1]] > 1 {
			add("same_text")
		}
		if v.holds(f.Resolved) && f.Resolved-f.Registered <= quick.Milliseconds() && slices.ContainsFunc(f.Works, func(w Work) bool { return w.Action == casework.ActPerform }) {
			add("quick")
		}
	}
	slices.SortStableFunc(s.Rows, func(a, b Row) int { return cmp.Compare(a.Label.Text, b.Label.Text) })
	s.Notes = append(s.Notes, Note{Key: "report.note.sample", Args: []any{every, len(worked), drawn}},
		Note{Key: "report.note.pattern", Args: []any{burstCases, int(burst.Minutes()), int(quick.Minutes())}})
	return s
}

// draw is a number that a period and a case give and nobody can choose.
func draw(period string, id casework.CaseID) uint64 {
	sum := sha256.Sum256([]byte("casedesk sample " + period + " " + id.String()))
	return binary.BigEndian.Uint64(sum[:])
}

// inBurst reports whether so many of the moments, which are in order, lie within minutes of
// each other, the given one among them.
func inBurst(at []int64, moment int64) bool {
	k, _ := slices.BinarySearch(at, moment)
	for first := max(0, k-burstCases+1); first <= k && first+burstCases <= len(at); first++ {
		if at[first+burstCases-1]-at[first] <= burst.Milliseconds() {
			return true
		}
	}
	return false
}
