package catalogue

import (
	"slices"
	"strconv"
	"time"
)

func checkCodes(c Catalogue, t Table) []Fault {
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
	}
	checkTree(&f, "code", keys, func(i int) string { return rows[i].Parent })
	return f.list
}

func checkLimits(c Catalogue) []Fault {
	f := faults{table: TableLimits}
	type key struct {
		code     LimitCode
		category string
		since    uint64
	}
	seen := make(map[key]bool)
	for i, l := range c.Limits {
		f.id(i, "code", string(l.Code))
		f.name(i, l.Name)
		f.text(i, "source", l.Source)
		k := key{l.Code, l.Category, l.Since}
		if seen[k] {
			f.add(i, "since", Duplicate, strconv.FormatUint(l.Since, 10))
		}
		seen[k] = true
		if l.Since == 0 || l.Since > c.Version {
			f.add(i, "since", Misplaced, strconv.FormatUint(l.Since, 10))
		}
		checkSpans(&f, i, l)
		if !slices.Contains([]string{"law", "organisation"}, l.Basis) {
			f.add(i, "basis", Unknown, l.Basis)
		}
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
	if l.YellowPercent < 0 || l.YellowPercent > 100 {
		f.add(i, "yellow_percent", Malformed, strconv.Itoa(l.YellowPercent))
	}
}

// span notes a span that is no length, or one of more than ten years.
func (f *faults) span(i int, field string, s Span) {
	most := maxDays
	switch s.Unit {
	case Days, WorkDays:
	case Hours:
		most = 24 * maxDays
	case Months:
		most = maxMonths
	default:
		f.add(i, field, Unknown, string(s.Unit))
	}
	if s.N <= 0 || s.N > most {
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
