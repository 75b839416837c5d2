package catalogue

import (
	"slices"
	"strconv"
	"time"
)

func checkCodes(c Catalogue, x *Index, t Table) []Fault {
	f := faults{table: t}
	rows := c.Codes(t)
	if len(rows) == 0 && !t.mayBeEmpty() {
		f.add(-1, "", Missing, "")
	}
	keys := make([]string, len(rows))
	for i, row := range rows {
		keys[i] = row.Code
		f.id(i, "code", row.Code)
		f.name(i, row.Name)
		f.text(i, "remark", row.Remark)
		checkClasses(&f, i, row, x)
		if row.From < 0 || row.From > 0 && t != TableRisks {
			f.add(i, "from", Misplaced, strconv.Itoa(row.From))
		}
	}
	checkTree(&f, "code", keys, func(i int) string { return rows[i].Parent })
	return f.list
}

// checkClasses sees to it that a category's place in the other classifications
// exists, and that nothing else has one, or words of its own.
func checkClasses(f *faults, i int, row Code, x *Index) {
	if f.table != TableCategories {
		if row.Mediation != "" || row.Petition != "" || row.NotCivil {
			f.add(i, "mediation", Misplaced, row.Mediation+row.Petition)
		}
		if row.Words != "" {
			f.add(i, "words", Misplaced, row.Words)
		}
		return
	}
	f.text(i, "words", row.Words)
	f.known(i, "mediation", row.Mediation, x, TableMediationTypes)
	f.known(i, "petition", row.Petition, x, TablePetitionClasses)
}

// known notes a code that its table does not have; none is as well.
func (f *faults) known(i int, field, code string, x *Index, t Table) {
	if _, ok := x.Code(t, code); !ok && code != "" {
		f.add(i, field, Unknown, code)
	}
}

// basis notes what is neither of the two.
func (f *faults) basis(i int, s string) {
	if !slices.Contains(Bases(), s) {
		f.add(i, "basis", Unknown, s)
	}
}

// Bases returns on what a limit or a duty can rest.
func Bases() []string { return []string{"law", "organisation"} }

func checkLimits(c Catalogue, x *Index) []Fault {
	f := faults{table: TableLimits}
	seen := make(map[limitRow]bool)
	for i, l := range c.Limits {
		f.id(i, "code", string(l.Code))
		f.name(i, l.Name)
		f.text(i, "source", l.Source)
		k := rowOf(l)
		if seen[k] {
			f.add(i, "since", Duplicate, strconv.FormatUint(l.Since, 10))
		}
		seen[k] = true
		if l.Since == 0 || l.Since > c.Version {
			f.add(i, "since", Misplaced, strconv.FormatUint(l.Since, 10))
		}
		f.known(i, "category", l.Category, x, TableCategories)
		checkSpans(&f, i, l)
		f.basis(i, l.Basis)
	}
	return f.list
}

func checkSpans(f *faults, i int, l Limit) {
	switch {
	case l.Agreed && l.Span != Span{}:
		f.add(i, "span", Misplaced, strconv.Itoa(l.Span.N))
	case !l.Agreed && l.Span == Span{}:
		f.add(i, "span", Missing, "")
	case !l.Agreed:
		f.span(i, "span", l.Span)
	}
	if l.Yellow != (Span{}) {
		f.span(i, "yellow", l.Yellow)
	}
	if l.Extension != (Span{}) {
		f.span(i, "extension", l.Extension)
	}
	if l.YellowPercent < 0 || l.YellowPercent > 100 {
		f.add(i, "yellow_percent", Malformed, strconv.Itoa(l.YellowPercent))
	}
}

// tenYears is the length that no limit reaches, in what a span can count; of worked
// days a year has some 250.
var tenYears = map[SpanUnit]int{Hours: 24 * 3650, Days: 3650, Months: 120, WorkDays: 2500}

// span notes a span that is no length, or one of ten years and more.
func (f *faults) span(i int, field string, s Span) {
	most, known := tenYears[s.Unit]
	switch {
	case s.Unit == "":
		f.add(i, field, Missing, "")
	case !known:
		f.add(i, field, Unknown, string(s.Unit))
		return // how many of them are too many?
	}
	if s.N <= 0 || known && s.N >= most {
		f.add(i, field, Malformed, strconv.Itoa(s.N))
	}
}

func checkCalendar(c Calendar) []Fault {
	f := faults{table: TableCalendar}
	if c.Zone < -maxZone || c.Zone > maxZone {
		f.add(-1, "zone", Malformed, strconv.Itoa(c.Zone))
	}
	if c.From > c.To || c.From < 0 {
		f.add(-1, "to", Misplaced, strconv.Itoa(c.To))
	}
	f.text(-1, "remark", c.Remark)
	f.dates("off", c.Off)
	f.dates("on", c.On)
	free := make(map[string]bool, len(c.Off))
	for _, date := range c.Off {
		free[date] = true
	}
	for i, date := range c.On {
		if free[date] {
			f.add(i, "on", Duplicate, date)
		}
	}
	return f.list
}

// dates notes what is no date and what does not come after the one before it.
func (f *faults) dates(field string, list []string) {
	for i, date := range list {
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			f.add(i, field, Malformed, date)
		}
		if i == 0 || list[i-1] < date {
			continue
		}
		if list[i-1] == date {
			f.add(i, field, Duplicate, date)
		} else {
			f.add(i, field, Misplaced, date)
		}
	}
}
