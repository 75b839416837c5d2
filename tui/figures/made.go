package figures

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// asked is what a sheet is made of.
type asked struct {
	name    report.Name
	period  report.Period
	under   catalogue.UnitID
	matter  casework.Matter
	by      string
	across  string
	measure string
}

// made is a sheet with everything that is shown of it, in words.
type made struct {
	asked asked
	sheet report.Sheet
	last  *report.Sheet // of the same period a year before; nil: it is not asked for
	cases []casework.CaseID
	heads []string
	rows  []made1
	notes []string
	pages []string // the addressees
	of    map[string]*report.Row
	ready laid // as it was to be laid when it was asked for
}

// made1 is a row in words.
type made1 struct {
	label string
	cells []string
	page  int
}

// input is what a report is made from, and what that of last year is.
func (a asked) input(facts []report.Fact, ix *catalogue.Index, now time.Time) (this, last report.Input) {
	this = report.Input{Facts: facts, Index: ix, Period: a.period, Now: now, Under: a.under, Matter: a.matter,
		By: a.by, Across: a.across, Measure: a.measure}
	last = this
	last.Period = a.period.LastYear()
	if now.Before(a.period.To) { // as much as has passed of it
		last.Now = last.Period.From.Add(now.Sub(a.period.From))
	}
	return this, last
}

// make makes the sheet of facts. It belongs in a command, which ctx ends early.
func (a asked) make(ctx context.Context, d words.Desk, facts []report.Fact, as laying) (*made, error) {
	r, ok := report.Find(a.name)
	if !ok || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	ix := d.Index()
	this, last := a.input(facts, ix, d.Now())
	m := &made{asked: a, sheet: r.Make(&this)}
	if looks[a.name].year && ctx.Err() == nil {
		s := r.Make(&last)
		m.last = &s
		m.of = map[string]*report.Row{}
		for i := range s.Rows {
			m.of[key(s.Rows[i].Label)] = &s.Rows[i]
		}
	}
	m.cases = make([]casework.CaseID, len(facts))
	for i := range facts {
		m.cases[i] = facts[i].ID
	}
	m.say(d, ix, r.Listed)
	m.ready = m.lay(d, as)
	return m, ctx.Err()
}

// say puts the sheet in words.
func (m *made) say(d words.Desk, ix *catalogue.Index, listed bool) {
	s, look := &m.sheet, looks[m.asked.name]
	name := func(l report.Label) string { return words.Clean(l.In(ix, d.T)) }
	for i := range s.Columns {
		c := &s.Columns[i]
		head := "report." + string(s.Report) + "." + c.Name
		switch {
		case c.Label != (report.Label{}):
			m.heads = append(m.heads, name(c.Label))
		case d.Has(head):
			m.heads = append(m.heads, d.T(head))
		default:
			m.heads = append(m.heads, d.T("report.column."+c.Name))
		}
	}
	pages := m.column(look.pages)
	for i := range s.Rows {
		r := &s.Rows[i]
		row := made1{label: name(r.Label)}
		if r.Label.Table == "" && r.Label.Key == "" && (listed || strings.Contains(r.Label.Text, "-")) && m.one(i) >= 0 {
			row.label = words.Tail(row.label)
		}
		for k := range r.Cells {
			row.cells = append(row.cells, m.text(d, s, i, k, name))
		}
		if pages >= 0 {
			at := slices.Index(m.pages, row.cells[pages])
			if at < 0 {
				at = len(m.pages)
				m.pages = append(m.pages, row.cells[pages])
			}
			row.page = at
		}
		m.rows = append(m.rows, row)
	}
	for _, n := range s.Notes {
		m.notes = append(m.notes, d.T(n.Key, n.Args...))
	}
}

// text is a cell in words.
func (m *made) text(d words.Desk, s *report.Sheet, row, column int, name func(report.Label) string) string {
	c, kind := &s.Rows[row].Cells[column], s.KindOf(row, column)
	switch {
	case c.Blank:
		return ""
	case kind == report.Words:
		return name(c.Label)
	case kind == report.Lamp:
		return d.T("light." + c.Text)
	}
	return words.Clean(s.Text(row, column))
}

// column is the place of a column by its name; -1 where there is none.
func (m *made) column(name string) int {
	return slices.IndexFunc(m.sheet.Columns, func(c report.Column) bool { return c.Name == name && name != "" })
}

// one is the index of the case that a row of a list is about; -1 for none.
func (m *made) one(row int) int32 {
	at := int32(-1)
	for _, c := range m.sheet.Rows[row].Cells {
		for _, i := range c.Cases {
			if at >= 0 && i != at {
				return -1
			}
			at = i
		}
	}
	return at
}

// before is the cell of last year that stands beside one of this; ok is false where there
// is none.
func (m *made) before(row, column int) (c report.Cell, ok bool) {
	if m.last == nil {
		return c, false
	}
	r := m.of[key(m.sheet.Rows[row].Label)]
	col := m.sheet.Columns[column]
	at := slices.IndexFunc(m.last.Columns, func(o report.Column) bool { return o.Name == col.Name && o.Label == col.Label })
	if r == nil || at < 0 {
		if k := m.sheet.KindOf(row, column); k == report.Count || k == report.Amount {
			return report.Cell{}, true // none then
		}
		return c, false
	}
	return r.Cells[at], true
}

func key(l report.Label) string {
	return l.Key + "\x00" + string(l.Table) + "\x00" + l.Code + "\x00" + l.Text
}

// numeric reports whether the cells of a kind are numbers that a chart can draw.
func numeric(k report.Kind) bool {
	switch k {
	case report.Count, report.Share, report.Days, report.Average, report.Amount:
		return true
	}
	return false
}

// value is the number of a cell for a chart; NaN where there is none.
func (m *made) value(row, column int) float64 {
	k := m.sheet.KindOf(row, column)
	n, ok := m.sheet.Rows[row].Cells[column].Number(k)
	if !ok || !numeric(k) {
		return math.NaN()
	}
	return n
}

// formulas are the notes that tell how a cell is counted: those of the formula that its row
// or its column is named after.
func (m *made) formulas(row, column int) (out []string) {
	for i, n := range m.sheet.Notes {
		of := m.sheet.Rows[row].Label.Key + "."
		if strings.HasPrefix(n.Key, of) && of != "." || strings.HasPrefix(n.Key, "formula."+m.sheet.Columns[column].Name+".") {
			out = append(out, m.notes[i])
		}
	}
	return out
}

// behind are the cases behind a cell: of a share all that it divides by, those that it does
// not count first, for they are what one looks for; of words all that their row counts.
func (m *made) behind(row, column int, c *report.Cell) (ids []casework.CaseID, apart int) {
	if k := m.sheet.KindOf(row, column); k == report.Words || k == report.Day || k == report.Lamp {
		all := report.Cell{}
		for _, other := range m.sheet.Rows[row].Cells {
			all.Cases = append(all.Cases, other.Cases...)
		}
		slices.Sort(all.Cases)
		c = &all
	}
	in := map[int32]bool{}
	for _, i := range c.Cases {
		in[i] = true
	}
	seen := map[int32]bool{}
	add := func(i int32) {
		if !seen[i] {
			seen[i] = true
			ids = append(ids, m.cases[i])
		}
	}
	for _, i := range c.Base {
		if !in[i] {
			add(i)
		}
	}
	apart = len(ids)
	for _, i := range c.Cases {
		add(i)
	}
	return ids, apart
}

// laying is how a sheet is laid into the table: which addressee's page, with last year or
// not, shaded or not.
type laying struct {
	page         int
	year, shaded bool
}

// laid is a page of the sheet as the table has it: rows are the sheet's rows that it shows,
// and columns the sheet's column of each of the table's, last year's as -1-column.
type laid struct {
	as            laying
	data          kit.GridData
	rows, columns []int
}

// lay makes a page ready for the table.
func (m *made) lay(d words.Desk, as laying) laid {
	var rows, columns []int
	as.page = max(0, min(as.page, len(m.pages)-1))
	look := looks[m.asked.name]
	first := m.column(look.first)
	corner := ""
	if first >= 0 {
		corner = m.heads[first]
	}
	var heads []kit.GridColumn
	for i := range m.heads {
		if i == first {
			continue
		}
		k := m.sheet.Columns[i].Kind
		isWords := k == report.Words || k == report.Day || k == report.Lamp
		heads = append(heads, kit.GridColumn{Head: m.heads[i], Words: isWords, Day: k == report.Day || k == report.Lamp})
		columns = append(columns, i)
		if as.year && m.last != nil && numeric(k) {
			heads = append(heads, kit.GridColumn{Head: d.T("figures.year_ago")})
			columns = append(columns, -1-i)
		}
	}
	var lines []kit.GridRow
	for i := range m.rows {
		r := &m.rows[i]
		if m.pages != nil && r.page != as.page {
			continue
		}
		of := &m.sheet.Rows[i]
		line := kit.GridRow{Label: r.label, Sum: of.Total, Heading: of.Kind == report.Words}
		if first >= 0 {
			line.Label = r.cells[first]
		}
		if as.shaded && !of.Total {
			line.Values = make([]float64, len(columns))
		}
		for n, c := range columns {
			if c >= 0 && m.sheet.KindOf(i, c) == report.Lamp {
				line.Inks = append(make([]kit.Ink, n), lamps[casework.Light(of.Cells[c].Text)])
			}
			if c >= 0 {
				line.Cells = append(line.Cells, r.cells[c])
				if line.Values != nil && m.sheet.Columns[c].Name != "total" {
					line.Values[n] = max(m.value(i, c), 0)
				}
				continue
			}
			line.Cells = append(line.Cells, m.yearAgo(d, i, -1-c))
		}
		lines = append(lines, line)
		rows = append(rows, i)
	}
	return laid{as, kit.NewGridData(corner, heads, lines), rows, columns}
}

// lamps are the inks of lights; the word says the same.
var lamps = map[casework.Light]kit.Ink{casework.Red: kit.Red, casework.Yellow: kit.Yellow, casework.Green: kit.Green}

// yearAgo is the number of last year beside one of this, as people read it.
func (m *made) yearAgo(d words.Desk, row, column int) string {
	c, ok := m.before(row, column)
	k := m.sheet.KindOf(row, column)
	if !ok || !numeric(k) {
		return ""
	}
	return report.Format(k, c, m.sheet.Decimals)
}
