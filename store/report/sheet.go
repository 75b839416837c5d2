package report

import (
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Sheet is a report made: rows of cells under columns.
type Sheet struct {
	Report  Name
	Period  Period
	Columns []Column
	Rows    []Row
	Notes   []Note // what was left out, what a figure divides by, what is not known
}

// Column is one of a sheet's columns. Its heading is "report.<report>.<name>" in
// store/i18n, or "report.column.<name>", or Label.
type Column struct {
	Name  string
	Label Label // of a column that is a code, a place or a unit
	Kind  Kind
}

// Kind says how a cell is read.
type Kind string

// The kinds of cells.
const (
	Words  Kind = "words"  // Label
	Count  Kind = "count"  // Value
	Share  Kind = "share"  // Value of Of, as a percentage
	Change Kind = "change" // Value against Of, the same period of last year
	Days   Kind = "days"   // an average of days: Value of Of
	Amount Kind = "amount" // a sum that is no number of cases
	Day    Kind = "day"    // Text, "2006-01-02"
	Lamp   Kind = "light"  // Text, a casework.Light
)

// Row is one line of a sheet.
type Row struct {
	Label Label // what the line is about
	Total bool  // it sums up others
	Cells []Cell
}

// Label names something in words that the reader's language and catalogue have: a
// sentence of store/i18n, a code, a place, a unit, a person; or plain text.
type Label struct {
	Key   string // of store/i18n
	Table catalogue.Table
	Code  string // a code of Table, or a division, a unit, a user, by Table
	Text  string
}

// Cell is one value with the cases behind it.
type Cell struct {
	Value float64
	Of    float64 // what it is divided by; with 0 a share, an average or a change is no number (N/A)
	Text  string
	Label Label
	// Cases are the indexes, among the facts given, of what Value counts; Base likewise of
	// Of. Nil where no cases are behind it.
	Cases []int32
	Base  []int32
}

// Number returns the cell's number: of a share its part of one. ok is false where there is
// none.
func (c Cell) Number(k Kind) (n float64, ok bool) {
	switch k {
	case Count, Amount:
		return c.Value, true
	case Share, Days:
		return c.Value / c.Of, c.Of != 0
	case Change:
		return (c.Value - c.Of) / c.Of, c.Of != 0
	}
	return 0, false
}

// Note is a sentence below a sheet: a key of store/i18n with what it is filled with.
type Note struct {
	Key  string
	Args []any
}

// Name names a report: "supervision", "performance" …
type Name string

// Report is one of the reports.
type Report struct {
	Name Name
	// Listed: each row is a case or a task, and the report has no figures.
	Listed bool
	// Make makes it.
	Make func(*Input) Sheet
}

// Input is what a report is made from.
type Input struct {
	Facts  []Fact
	Index  *catalogue.Index
	Period Period
	Now    time.Time
	Under  catalogue.UnitID // the unit for which it is made, with those below it; empty: all that the facts tell
	By     string           // what a cross table has in its rows, and in its columns; see Dimensions
	Across string
}

// Period is a time of whole days; To is the first day after it.
type Period struct {
	Name string // as it was asked for: "2026-10", "2026-W43", "2026", "2026-10-01..2026-10-07"
	From time.Time
	To   time.Time
}

// Holds reports whether a moment, in Unix milliseconds, lies in the period.
func (p Period) Holds(ms int64) bool {
	return ms != 0 && ms >= p.From.UnixMilli() && ms < p.To.UnixMilli()
}

// LastYear is the same period a year before.
func (p Period) LastYear() Period {
	return Period{From: p.From.AddDate(-1, 0, 0), To: p.To.AddDate(-1, 0, 0)}
}

// Reports returns the reports, in the order in which they are offered.
func Reports() []Report { return reports }

// Find returns the report of that name.
func Find(n Name) (Report, bool) {
	for _, r := range reports {
		if r.Name == n {
			return r, true
		}
	}
	return Report{}, false
}

var reports []Report

// limitLight is a limit's light at a moment.
func (l *Limit) light(now time.Time) casework.Light {
	switch {
	case l.Paused != 0:
		return casework.Grey
	case l.Stop != 0:
		now = time.UnixMilli(l.Stop)
	}
	return casework.LightAt(now, time.UnixMilli(l.Yellow), time.UnixMilli(l.Due))
}
