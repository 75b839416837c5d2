package report

import (
	"cmp"
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Sheet is a report made: rows of cells under columns.
type Sheet struct {
	Report   Name
	Period   Period
	Columns  []Column
	Rows     []Row
	Notes    []Note // what was left out, what a figure divides by, what is not known
	Decimals int    // of shares and averages, as the form has them
}

// Column is one of a sheet's columns. Its heading is "report.<report>.<name>" in
// store/i18n, or "report.column.<name>", or Label.
type Column struct {
	Name  string
	Label Label // of a column that is a code, a place or a unit
	Kind  Kind  // empty: each row has its own
}

// Kind says how a cell is read.
type Kind string

// The kinds of cells.
const (
	Words   Kind = "words"   // Label
	Count   Kind = "count"   // Value
	Share   Kind = "share"   // Value of Of, as a percentage
	Change  Kind = "change"  // Value against Of, the same period of last year
	Points  Kind = "points"  // the difference of two shares in percentage points: Value of Of
	Days    Kind = "days"    // an average of days: Value of Of
	Average Kind = "average" // another average: Value of Of
	Amount  Kind = "amount"  // a sum that is no number of cases
	Day     Kind = "day"     // Text, "2006-01-02"
	Lamp    Kind = "light"   // Text, a casework.Light
)

// Row is one line of a sheet.
type Row struct {
	Label Label // what the line is about
	Total bool  // it sums up others
	Kind  Kind  // of its cells in columns without one
	Cells []Cell
}

// Label names something in words that the reader's language and catalogue have: a
// sentence of store/i18n, a code, a place, a unit, a person; or plain text.
type Label struct {
	Key   string // of store/i18n
	Table catalogue.Table
	Code  string // a code of Table, or a division, a unit, a user, a limit, by Table
	Text  string
}

// In returns the label in words. say has the sentences of store/i18n.
func (l Label) In(ix *catalogue.Index, say func(key string, args ...any) string) string {
	switch l.Table {
	case "":
	case catalogue.TableUnits:
		return ix.UnitName(catalogue.UnitID(l.Code))
	case catalogue.TablePeople:
		return ix.PersonName(catalogue.UserID(l.Code))
	case catalogue.TableDivisions:
		return ix.DivisionPath(catalogue.DivisionCode(l.Code))
	case catalogue.TableLimits:
		limit, ok := ix.LimitAt(catalogue.LimitCode(l.Code), "", ix.Version())
		if named := say("limit." + l.Code); !strings.HasPrefix(named, "[") || !ok {
			return named
		}
		return limit.Name // a limit of the county's own
	default:
		return ix.CodeName(l.Table, l.Code)
	}
	if l.Key != "" {
		return say(l.Key)
	}
	return l.Text
}

// Cell is one value with the cases behind it.
type Cell struct {
	Value float64
	Of    float64 // what it is divided by; with 0 a share, an average or a change is no number (N/A)
	Text  string
	Label Label
	Blank bool // there is nothing to say here
	// Cases are the indexes, among the facts given, of what Value counts; Base likewise of
	// Of. Nil where no cases are behind it. A case that is counted more than once (a say of
	// each party, a sum of rows) stands there as often.
	Cases []int32
	Base  []int32
}

// KindOf is how the cells of a row and a column are read.
func (s *Sheet) KindOf(row, column int) Kind { return cmp.Or(s.Columns[column].Kind, s.Rows[row].Kind) }

// Number returns the cell's number: of a share its part of one. ok is false where there is
// none.
func (c Cell) Number(k Kind) (n float64, ok bool) {
	if c.Blank {
		return 0, false
	}
	switch k {
	case Count, Amount:
		return c.Value, true
	case Share, Days, Average, Points:
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
	Facts   []Fact
	Index   *catalogue.Index
	Period  Period
	Now     time.Time
	Under   catalogue.UnitID // the unit for which it is made, with those below it; empty: all that the facts tell
	Matter  casework.Matter  // only this kind of matter; empty: all
	By      string           // what a cross table has in its rows, and in its columns; see Dimensions
	Across  string
	Measure string // what a cross table counts: see Measures; empty: cases
	// Heard is when each unit last handed anything in, in Unix milliseconds. Only a county
	// knows it; nil: unknown.
	Heard map[catalogue.UnitID]int64
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

// light is a limit's light at a moment.
func (l *Limit) light(now time.Time) casework.Light {
	switch {
	case l.Paused != 0:
		return casework.Grey
	case l.Stop != 0:
		now = time.UnixMilli(l.Stop)
	}
	return casework.LightAt(now, time.UnixMilli(l.Yellow), time.UnixMilli(l.Due))
}
