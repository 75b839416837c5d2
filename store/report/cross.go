package report

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// dimension is what a cross table has in its rows or columns.
type dimension struct {
	name  string
	table catalogue.Table // of labels that are codes
	// of gives a case's labels; day is when what is counted happened.
	of func(v *view, f *Fact, day string) []Label
}

var none = Label{Key: "report.none"}

// dimensions in the order in which they are offered.
var dimensions = []dimension{
	{name: "month", of: func(v *view, f *Fact, day string) []Label { return one(Label{Text: day[:len("2006-01")]}) }},
	{name: "week", of: func(v *view, f *Fact, day string) []Label {
		t, err := time.ParseInLocation(time.DateOnly, day, v.period.From.Location())
		if err != nil {
			return one(none)
		}
		return one(Label{Text: Week(t).Name})
	}},
	{name: "category", table: catalogue.TableCategories, of: func(v *view, f *Fact, _ string) []Label {
		return one(v.topCategory(f.Category))
	}},
	{name: "town", table: catalogue.TableDivisions, of: func(v *view, f *Fact, _ string) []Label {
		return one(v.place(f.Division, catalogue.Town))
	}},
	{name: "village", table: catalogue.TableDivisions, of: func(v *view, f *Fact, _ string) []Label {
		return one(v.place(f.Division, catalogue.Village))
	}},
	{name: "unit", table: catalogue.TableUnits, of: func(v *view, f *Fact, _ string) []Label { return one(unitLabel(f.Unit())) }},
	{name: "channel", table: catalogue.TableChannels, of: coded(catalogue.TableChannels, func(f *Fact) string { return f.Channel })},
	{name: "origin", table: catalogue.TableOrigins, of: coded(catalogue.TableOrigins, func(f *Fact) string { return f.Origin })},
	{name: "matter", of: func(v *view, f *Fact, _ string) []Label { return one(Label{Key: "matter." + string(f.Matter)}) }},
	{name: "cause", table: catalogue.TableCauses, of: coded(catalogue.TableCauses, func(f *Fact) string { return f.Cause })},
	{name: "risk", table: catalogue.TableRisks, of: func(v *view, f *Fact, _ string) []Label {
		if len(f.Signs) == 0 {
			return one(none)
		}
		out := make([]Label, len(f.Signs))
		for i, s := range f.Signs {
			out[i] = Label{Table: catalogue.TableRisks, Code: s}
		}
		return out
	}},
}

func one(l Label) []Label { return []Label{l} }

func coded(t catalogue.Table, of func(*Fact) string) func(*view, *Fact, string) []Label {
	return func(_ *view, f *Fact, _ string) []Label {
		if c := of(f); c != "" {
			return one(Label{Table: t, Code: c})
		}
		return one(none)
	}
}

// Dimensions returns what Input.By and Input.Across may be.
func Dimensions() []string {
	out := make([]string, len(dimensions))
	for i, d := range dimensions {
		out[i] = d.name
	}
	return out
}

// Measures returns what Input.Measure may be: cases received, and of petitions how often
// people came, wrote or called (批次), and how many people that were (人次).
func Measures() []string { return []string{"cases", "batches", "people"} }

// dimensionOf finds a dimension; instead of an empty name the one to fall back on.
func dimensionOf(name, instead string) (*dimension, bool) {
	i := slices.IndexFunc(dimensions, func(d dimension) bool { return d.name == cmp.Or(name, instead) })
	if i < 0 {
		return nil, false
	}
	return &dimensions[i], true
}

// unknown is the sheet of a dimension or measure that there is not.
func (v *view) unknown(s Sheet) Sheet {
	s.Notes = append(s.Notes, Note{Key: "report.note.dimension", Args: []any{v.in.By, v.in.Across, v.in.Measure}})
	return s
}

// order puts labels in the order of their table; what is unknown stands last.
func (d *dimension) order(ix *catalogue.Index) func(a, b Label) int {
	switch d.table {
	case catalogue.TableUnits:
		return byUnit(ix)
	case "", catalogue.TableDivisions:
		matter := func(l Label) int {
			return slices.IndexFunc(casework.Matters, func(m casework.Matter) bool { return l.Key == "matter."+string(m) })
		}
		return func(a, b Label) int {
			return cmp.Or(last(a)-last(b), cmp.Compare(matter(a), matter(b)), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Code, b.Code))
		}
	}
	return inTable(ix, d.table)
}

// inTable orders codes as their table does; what is unknown stands last.
func inTable(ix *catalogue.Index, t catalogue.Table) func(a, b Label) int {
	rank := map[string]int{}
	for _, row := range ix.Catalogue().Codes(t) {
		rank[row.Code] = len(rank) + 1
	}
	return func(a, b Label) int {
		ra, rb := rank[a.Code], rank[b.Code]
		return cmp.Or(last(a)-last(b), cmp.Compare(b2i(ra == 0), b2i(rb == 0)), cmp.Compare(ra, rb), cmp.Compare(a.Code, b.Code))
	}
}

func last(l Label) int { return b2i(l == none) }

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// topCategory is the highest category above a case's.
func (v *view) topCategory(code string) Label {
	for n := 0; n < 8; n++ {
		row, ok := v.in.Index.Category(code)
		if !ok {
			break
		}
		if row.Parent == "" {
			return Label{Table: catalogue.TableCategories, Code: code}
		}
		code = row.Parent
	}
	if code == "" {
		return none
	}
	return Label{Table: catalogue.TableCategories, Code: code}
}

// place is the place of a level in which a division lies; the division itself where it
// lies in none.
func (v *view) place(code catalogue.DivisionCode, level catalogue.Level) Label {
	at := code
	for n := 0; n < 8 && at != ""; n++ {
		d, ok := v.in.Index.Division(at)
		if !ok {
			break
		}
		if d.Level == level {
			return Label{Table: catalogue.TableDivisions, Code: string(at)}
		}
		at = d.Parent
	}
	if code == "" {
		return none
	}
	return Label{Table: catalogue.TableDivisions, Code: string(code)}
}

// cross counts by one dimension, or by two: what stands in both is a case received in the
// period; of petitions also how often people came, and how many they were.
func cross(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("cross")
	by, ok := dimensionOf(in.By, "category")
	across, ok2 := by, true
	if in.Across != "" {
		across, ok2 = dimensionOf(in.Across, "")
	}
	measure := slices.Index(Measures(), cmp.Or(in.Measure, "cases"))
	if !ok || !ok2 || measure < 0 {
		return v.unknown(s)
	}
	kinds := []Kind{Count, Count, Amount}
	g := newGrid()
	if in.Across == "" {
		g.columns = []Column{{Name: "cases", Kind: Count}, {Name: "batches", Kind: Count}, {Name: "people", Kind: Amount}}
	} else {
		g.columns = v.headings(across, measure, kinds[measure])
	}
	at := map[Label]int{}
	for k, c := range g.columns {
		at[c.Label] = k
	}
	v.measured(func(i int32, f *Fact, day string, what int, n float64) {
		if in.Across != "" && what != measure {
			return
		}
		for _, l := range by.of(v, f, day) {
			cells := g.row(l).Cells
			if in.Across == "" {
				cells[what].add(i, n)
				continue
			}
			for _, l := range across.of(v, f, day) {
				cells[at[l]].add(i, n)
				cells[len(cells)-1].add(i, n)
			}
		}
	})
	g.sheet(&s, by.order(in.Index))
	v.counted(&s)
	if in.By == "risk" || in.Across == "risk" {
		s.Notes = append(s.Notes, Note{Key: "report.note.risk"})
	}
	return s
}

// measured calls do with everything that a cross table may count: what is the measure.
func (v *view) measured(do func(i int32, f *Fact, day string, what int, n float64)) {
	v.each(func(i int32, f *Fact) {
		if v.received(f) {
			do(i, f, v.day(f.Registered), 0, 1)
		}
		for _, visit := range f.Visits {
			if v.holdsDay(visit.On) {
				do(i, f, visit.On, 1, 1)
				do(i, f, visit.On, 2, float64(visit.People))
			}
		}
	})
}

// headings are the columns of a dimension, those that have something in them, and the sum.
func (v *view) headings(d *dimension, measure int, kind Kind) []Column {
	found := map[Label]bool{}
	v.measured(func(_ int32, f *Fact, day string, what int, _ float64) {
		if what == measure {
			for _, l := range d.of(v, f, day) {
				found[l] = true
			}
		}
	})
	var labels []Label
	for l := range found {
		labels = append(labels, l)
	}
	slices.SortFunc(labels, d.order(v.in.Index))
	var out []Column
	for _, l := range labels {
		out = append(out, Column{Name: d.name, Label: l, Kind: kind})
	}
	return append(out, Column{Name: "total", Label: Label{Key: "report.total"}, Kind: kind})
}
