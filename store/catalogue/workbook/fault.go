package workbook

import (
	"casedesk/store/catalogue"
)

// The problems that only a workbook has, beside catalogue's.
const (
	NoWorkbook   catalogue.Problem = "no_workbook"   // the file is no .xlsx, or a damaged one
	TooLarge     catalogue.Problem = "too_large"     // the file is larger than any catalogue
	TooManyRows  catalogue.Problem = "too_many_rows" // rows stand below the last that is read
	NoSheet      catalogue.Problem = "no_sheet"      // a sheet that must be there is not
	StraySheet   catalogue.Problem = "stray_sheet"   // a sheet that nobody reads
	TwoSheets    catalogue.Problem = "two_sheets"    // a sheet of that name stands there twice
	NoColumn     catalogue.Problem = "no_column"     // a column that must be there is not
	StrayColumn  catalogue.Problem = "stray_column"  // a column that nobody reads
	TwoColumns   catalogue.Problem = "two_columns"   // a header stands there twice
	NoLine       catalogue.Problem = "no_line"       // a line of the first sheet is not there
	Merged       catalogue.Problem = "merged"        // cells that were made one; Value is their range
	Formula      catalogue.Problem = "formula"       // a cell that is computed
	ErrorValue   catalogue.Problem = "error_value"   // #REF! and the like
	NumberAsText catalogue.Problem = "number"        // a number where text must stand: digits may be lost
	FullWidth    catalogue.Problem = "full_width"    // letters or digits of full width in a code
	BadNumber    catalogue.Problem = "bad_number"    // no whole number
	BadDate      catalogue.Problem = "bad_date"      // no date, or one that could mean several
	Unlisted     catalogue.Problem = "unlisted"      // none of the words that the column has
	NoLight      catalogue.Problem = "no_light"      // a limit without a line on the sheet of lights
	NoLimit      catalogue.Problem = "no_limit"      // a light of no limit
)

// Problems returns those that only a workbook has.
func Problems() []catalogue.Problem {
	return []catalogue.Problem{NoWorkbook, TooLarge, TooManyRows, NoSheet, StraySheet, TwoSheets, NoColumn, StrayColumn, TwoColumns,
		NoLine, Merged, Formula, ErrorValue, NumberAsText, FullWidth, BadNumber, BadDate, Unlisted, NoLight, NoLimit}
}

// maxFaults bounds what is told of one file.
const maxFaults = 10_000

// Fault is one thing wrong with a workbook, where a person finds it.
type Fault struct {
	Sheet   string
	Row     int    // as Excel shows it; 0: the sheet as a whole
	Column  string // its letter; empty: the row as a whole
	Header  string
	Value   string
	Problem catalogue.Problem
	Hidden  bool // the row is not shown: somebody hid it, or a filter does

	Table  catalogue.Table // the catalogue's, where the fault is one of its rules
	Field  string
	Cases  int // how many open cases stand against it
	People int // how many people do
}

// spot is a row of a sheet.
type spot struct {
	sheet *seen
	row   int
}

// seen is a sheet of the file that was read.
type seen struct {
	name    string
	columns map[string]found // by field
	missing map[string]bool  // fields whose column is not there
}

type found struct {
	col  int
	head string
	ref  catalogue.Table
}

// at returns the fault at a field of a row.
func (s spot) at(field string, p catalogue.Problem, value string) Fault {
	f := Fault{Sheet: s.sheet.name, Row: s.row, Value: value, Problem: p, Field: field}
	if c, ok := s.sheet.columns[field]; ok {
		f.Column, f.Header = letter(c.col), c.head
	}
	return f
}
