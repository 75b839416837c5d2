package workbook

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casedesk/store/catalogue"
)

// Locate returns the book's own faults and those that the catalogue's rules find
// in it, each where a person finds it, in the order of the file. What only
// follows from a fault that is told already is left out.
func (b *Book) Locate(rules []catalogue.Fault) []Fault {
	all := slices.Clone(b.Faults)
	told := make(map[string]bool, len(all))
	for _, f := range all {
		told[cellName(f)] = true
	}
	for _, rule := range rules {
		f, ok := b.locate(rule)
		if ok && (f.Column == "" || !told[cellName(f)]) && len(all) < maxFaults {
			f.Table, f.Field, f.Problem, f.Value, f.Cases, f.People = rule.Table, rule.Field, rule.Problem, rule.Value, rule.Cases, rule.People
			all = append(all, f)
		}
	}
	for i, f := range all {
		all[i].Hidden = b.hidden[f.Sheet][f.Row]
	}
	return inFileOrder(all)
}

func cellName(f Fault) string { return fmt.Sprint(f.Sheet, "\n", f.Column, f.Row) }

// locate finds the place of a fault; false: it only follows from another.
func (b *Book) locate(rule catalogue.Fault) (Fault, bool) {
	if s, ok := b.lines[string(rule.Table)+"."+rule.Field]; ok {
		return s.at("value", rule.Problem, rule.Value), true
	}
	if b.absent[rule.Table] && (rule.Row == 0 || rule.Problem == catalogue.Removed) {
		return Fault{}, false
	}
	if days := b.days[rule.Field]; rule.Table == catalogue.TableCalendar && rule.Row > 0 && rule.Row <= len(days) {
		return days[rule.Row-1].at("date", rule.Problem, rule.Value), true
	}
	if rows := b.spots[rule.Table]; rule.Problem != catalogue.Removed && rule.Row > 0 && rule.Row <= len(rows) {
		return b.inRow(rows[rule.Row-1], rule)
	}
	f := Fault{Sheet: sheetAbout}
	for _, s := range b.homes[rule.Table] {
		f.Sheet = s.name
		if c, ok := s.columns[rule.Field]; ok {
			f.Column, f.Header = letter(c.col), c.head
			break
		}
	}
	f.Column = "" // there is no row to point at
	if rule.Table == catalogue.TableDivisions && len(rule.Value) >= 14 {
		f.Sheet = sheetGrids
	}
	return f, true
}

// inRow finds the cell of a row, which may stand on two sheets.
func (b *Book) inRow(spots []spot, rule catalogue.Fault) (Fault, bool) {
	field := rule.Field
	for _, s := range spots {
		if c, ok := s.sheet.columns[field+unitOfSpan]; ok && (rule.Problem == catalogue.Unknown || rule.Problem == catalogue.Missing && rule.Value == "") &&
			b.unitIsWrong(rule) {
			return Fault{Sheet: s.sheet.name, Row: s.row, Column: letter(c.col), Header: c.head}, true
		}
		if c, ok := s.sheet.columns[field]; ok {
			follows := rule.Problem == catalogue.Unknown && c.ref != "" && b.absent[c.ref]
			return Fault{Sheet: s.sheet.name, Row: s.row, Column: letter(c.col), Header: c.head}, !follows
		}
	}
	for _, s := range spots {
		if s.sheet.missing[field] {
			return Fault{}, false
		}
	}
	return Fault{Sheet: spots[0].sheet.name, Row: spots[0].row}, true
}

// unitIsWrong reports whether a fault of a span is one of what it counts in.
func (b *Book) unitIsWrong(rule catalogue.Fault) bool {
	l := b.Catalogue.Limits[rule.Row-1]
	s := map[string]catalogue.Span{"span": l.Span, "yellow": l.Yellow, "extension": l.Extension}[rule.Field]
	return s.N != 0
}

// inFileOrder sorts faults as a person goes through the file; what is no longer
// there comes last, for it often follows from what was written over it.
func inFileOrder(faults []Fault) []Fault {
	rank := map[string]int{"": 0, sheetAbout: 1}
	for i, s := range sheets {
		rank[s.title()] = i + 2
	}
	slices.SortStableFunc(faults, func(a, b Fault) int {
		ra, oka := rank[a.Sheet]
		rb, okb := rank[b.Sheet]
		if !oka {
			ra = len(rank)
		}
		if !okb {
			rb = len(rank)
		}
		if a.Problem == catalogue.Removed {
			a.Row = math.MaxInt
		}
		if b.Problem == catalogue.Removed {
			b.Row = math.MaxInt
		}
		return cmp.Or(cmp.Compare(ra, rb), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row),
			cmp.Compare(len(a.Column), len(b.Column)), strings.Compare(a.Column, b.Column))
	})
	return faults
}
