package catalogue

import (
	"slices"
	"time"
)

const (
	day = 24 * time.Hour

	// maxDays bounds what is counted, so that a number from outside can neither
	// overflow a time nor keep a count of working days busy for long. It is no
	// less than any span that Validate lets pass (see tenYears).
	maxDays   = 3660
	maxMonths = 120
	// maxZone is beyond every offset in use on earth, in seconds.
	maxZone = 18 * 3600
)

// Location is the calendar's fixed offset; a senseless one counts as UTC.
func (c Calendar) Location() *time.Location {
	if c.Zone < -maxZone || c.Zone > maxZone {
		return time.UTC
	}
	return time.FixedZone("", c.Zone)
}

// Midnight returns the instant at which the local day of t begins, in the
// calendar's zone.
func (c Calendar) Midnight(t time.Time) time.Time {
	local := t.In(c.Location())
	year, month, date := local.Date()
	return time.Date(year, month, date, 0, 0, 0, 0, local.Location())
}

// IsWorkday reports whether the local day of t is worked. Beyond the years
// whose exceptions are known (see Known) the week alone decides.
func (c Calendar) IsWorkday(t time.Time) bool {
	local := t.In(c.Location())
	date := local.Format(time.DateOnly)
	if _, worked := slices.BinarySearch(c.On, date); worked {
		return true
	}
	if _, free := slices.BinarySearch(c.Off, date); free {
		return false
	}
	weekday := local.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// Known reports whether the year's holidays and swapped days are in the
// calendar. Dates counted in other years may move once they are published.
func (c Calendar) Known(year int) bool { return c.From != 0 && c.From <= year && year <= c.To }

// Add returns when a span that starts at start is due, in the calendar's zone.
// The due time is the first instant that is too late: an act at or after it
// has missed the limit.
//
//   - Hours count exactly.
//   - Days: the day of the start is not counted, and the whole last day still
//     counts, so the due time is 24:00 of that day, which is 0:00 of the next.
//   - Months likewise; the last day is the one that bears the start's date in its
//     month, or the month's last day where there is none (31 January and one
//     month end on 28 or 29 February).
//   - WorkDays likewise, counting worked days only. It makes no difference
//     whether the start lies within worked time.
//
// A span without a length, or in a unit that this version does not know, ends
// where it starts. Spans of more than ten years end after ten years.
func (c Calendar) Add(start time.Time, s Span) time.Time {
	local := start.In(c.Location())
	if s.N <= 0 {
		return local
	}
	switch s.Unit {
	case Hours:
		return local.Add(time.Duration(min(s.N, 24*maxDays)) * time.Hour)
	case Days:
		return c.Midnight(start).Add(time.Duration(min(s.N, maxDays)+1) * day)
	case Months:
		return addMonths(c.Midnight(start), min(s.N, maxMonths)).Add(day)
	case WorkDays:
		last := c.Midnight(start)
		for left := min(s.N, maxDays); left > 0; {
			last = last.Add(day)
			if c.IsWorkday(last) {
				left--
			}
		}
		return last.Add(day)
	}
	return local
}

func addMonths(t time.Time, n int) time.Time {
	first := t.AddDate(0, n, 1-t.Day())
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// Roll moves a due time whose last day is not worked to the end of the next
// worked day; another stays.
func (c Calendar) Roll(due time.Time) time.Time {
	last := c.LastDay(due)
	if c.IsWorkday(last) {
		return due
	}
	for n := 0; n < maxDays && !c.IsWorkday(last); n++ {
		last = last.Add(day)
	}
	return last.Add(day)
}

// Defer returns when a limit that was due at due is due after it stood still
// between two moments. The pause counts in the limit's own unit: hours exactly,
// days and worked days by the days that began in it, so that as many are left at
// its end as at its beginning. What was in time then still is, and what was late
// stays late.
func (c Calendar) Defer(due, from, to time.Time, unit SpanUnit) time.Time {
	due = due.In(c.Location())
	if !from.Before(to) {
		return due
	}
	late := !from.Before(due)
	first, last := c.Midnight(from), c.Midnight(to)
	switch unit {
	case Days, Months:
		return due.Add(last.Sub(first))
	case WorkDays:
		if late { // the day of the end cannot mend it
			first, last = first.Add(-day), last.Add(-day)
		}
		passed := 0
		for n := 0; n < maxDays && first.Before(last); n++ {
			first = first.Add(day)
			if c.IsWorkday(first) {
				passed++
			}
		}
		end := c.LastDay(due)
		for passed > 0 {
			end = end.Add(day)
			if c.IsWorkday(end) {
				passed--
			}
		}
		if !late && !to.Before(end.Add(day)) { // its last day had begun, and the pause ends on a free one
			for end = c.Midnight(to); !c.IsWorkday(end); {
				end = end.Add(day)
			}
		}
		return end.Add(day)
	}
	return due.Add(to.Sub(from))
}

// back returns the instant from which on at most s is left before due: worked
// days count whole, from 0:00 of the first of the last s.N.
func (c Calendar) back(due time.Time, s Span) time.Time {
	local := due.In(c.Location())
	if s.N <= 0 {
		return local
	}
	switch s.Unit {
	case Hours:
		return local.Add(-time.Duration(min(s.N, 24*maxDays)) * time.Hour)
	case Days:
		return local.Add(-time.Duration(min(s.N, maxDays)) * day)
	case Months:
		return addMonths(local, -min(s.N, maxMonths))
	case WorkDays:
		first := c.LastDay(due)
		for left := min(s.N, maxDays); ; first = first.Add(-day) {
			if c.IsWorkday(first) {
				left--
			}
			if left == 0 {
				return first
			}
		}
	}
	return local
}

// LastDay returns 0:00 of the last local day that is wholly or partly before
// due: the date that people call the due date.
func (c Calendar) LastDay(due time.Time) time.Time { return c.Midnight(due.Add(-1)) }

// DaysLeft returns the whole local days between the day of now and the last
// day of due, hours left out of account: 0 is due today, 1 due tomorrow. It is
// negative exactly when now is too late: -1 from the due time on until the end
// of the day after the last day, -2 on the next, and so on.
func (c Calendar) DaysLeft(now, due time.Time) int {
	days := int(c.LastDay(due).Sub(c.Midnight(now)) / day)
	if !now.Before(due) {
		return min(days, -1)
	}
	return days
}
