package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"casedesk/store/text"
)

// Period is a time of whole days; To is the first day after it.
type Period struct {
	Name string // as it is asked for: "2026-10", "2026-W43", "2026-Q3", "2026", "2026-10-01..2026-10-07"
	From time.Time
	To   time.Time
}

// PeriodProblem says what is wrong with the name of a period.
type PeriodProblem string

// The problems.
const (
	PeriodUnclear   PeriodProblem = "unclear"   // it names no period, or one that no calendar has
	PeriodFuture    PeriodProblem = "future"    // it has not begun
	PeriodBackwards PeriodProblem = "backwards" // it ends before it begins
	PeriodLong      PeriodProblem = "long"      // it is longer than ten years
)

// PeriodError is what ParsePeriod returns.
type PeriodError struct {
	Text    string
	Problem PeriodProblem
}

func (e *PeriodError) Error() string { return fmt.Sprintf("period %q: %s", e.Text, e.Problem) }

var periodForm = regexp.MustCompile(`^(\d{4})(?:-(?:(\d{1,2})|W(\d{1,2})|Q(\d)))?$`)

// ParsePeriod reads a year, a quarter, a month, an ISO week or two days, the last one
// included: "2026", "2026-Q3", "2026-10", "2026-W43", "2026-10-01..2026-10-07". A week
// belongs to the year of its Thursday and begins on Monday. Full-width characters and
// small letters are understood. Errors are *PeriodError.
func ParsePeriod(s string, loc *time.Location, now time.Time) (Period, error) {
	p, problem := parsePeriod(strings.ToUpper(strings.TrimSpace(text.Fold(s))), loc)
	switch {
	case problem != "":
	case !p.From.Before(p.To):
		problem = PeriodBackwards
	case p.From.After(now):
		problem = PeriodFuture
	case p.To.After(p.From.AddDate(10, 0, 0)):
		problem = PeriodLong
	default:
		return p, nil
	}
	return Period{}, &PeriodError{Text: s, Problem: problem}
}

func parsePeriod(s string, loc *time.Location) (Period, PeriodProblem) {
	if first, last, ok := strings.Cut(s, ".."); ok {
		from, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(first), loc)
		to, err2 := time.ParseInLocation(time.DateOnly, strings.TrimSpace(last), loc)
		if err != nil || err2 != nil || !sane(from.Year()) || !sane(to.Year()) {
			return Period{}, PeriodUnclear
		}
		return Period{Name: from.Format(time.DateOnly) + ".." + to.Format(time.DateOnly), From: from, To: to.AddDate(0, 0, 1)}, ""
	}
	m := periodForm.FindStringSubmatch(s)
	if m == nil {
		return Period{}, PeriodUnclear
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v } // digits by the pattern
	year := n(1)
	day := func(month int) time.Time { return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, loc) }
	switch {
	case !sane(year):
	case m[2] != "" && n(2) >= 1 && n(2) <= 12:
		return Month(day(n(2))), ""
	case m[3] != "":
		monday := weekOne(year, loc).AddDate(0, 0, 7*(n(3)-1))
		if y, w := monday.ISOWeek(); y == year && w == n(3) {
			return Week(monday), ""
		}
	case m[4] != "" && n(4) >= 1 && n(4) <= 4:
		return Period{Name: fmt.Sprintf("%d-Q%d", year, n(4)), From: day(3*n(4) - 2), To: day(3*n(4) + 1)}, ""
	case len(s) == 4:
		return Period{Name: s, From: day(1), To: day(13)}, ""
	}
	return Period{}, PeriodUnclear
}

// sane bounds the years of periods: cases are kept since there were computers for them.
func sane(year int) bool { return year >= 1990 && year <= 2100 }

// weekOne is the Monday of the year's first ISO week, in which its fourth of January lies.
func weekOne(year int, loc *time.Location) time.Time {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, loc)
	return fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
}

// Month is the month of a moment.
func Month(t time.Time) Period {
	from := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
	return Period{Name: from.Format("2006-01"), From: from, To: from.AddDate(0, 1, 0)}
}

// Week is the ISO week of a moment.
func Week(t time.Time) Period {
	monday := time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
	year, week := monday.ISOWeek()
	return Period{Name: fmt.Sprintf("%d-W%02d", year, week), From: monday, To: monday.AddDate(0, 0, 7)}
}

// Year is the year of a moment.
func Year(t time.Time) Period {
	from := time.Date(t.Year(), time.January, 1, 0, 0, 0, 0, t.Location())
	return Period{Name: from.Format("2006"), From: from, To: from.AddDate(1, 0, 0)}
}

// Holds reports whether a moment, in Unix milliseconds, lies in the period.
func (p Period) Holds(ms int64) bool {
	return ms != 0 && ms >= p.From.UnixMilli() && ms < p.To.UnixMilli()
}

// HoldsDay reports whether a day, "2006-01-02", lies in the period.
func (p Period) HoldsDay(day string) bool {
	return day != "" && day >= p.From.Format(time.DateOnly) && day < p.To.Format(time.DateOnly)
}

// LastYear is the same period a year before: of a week the one of the same number, of the
// 53rd the last.
func (p Period) LastYear() Period {
	if p.Week() {
		year, week := p.From.ISOWeek()
		monday := weekOne(year-1, p.From.Location()).AddDate(0, 0, 7*(week-1))
		if y, _ := monday.ISOWeek(); y != year-1 {
			monday = monday.AddDate(0, 0, -7)
		}
		return Week(monday)
	}
	last := Period{From: yearBefore(p.From), To: yearBefore(p.To)}
	switch first := last.From.Format(time.DateOnly); {
	case strings.Contains(p.Name, ".."):
		last.To = yearBefore(p.To.AddDate(0, 0, -1)).AddDate(0, 0, 1)
		last.Name = first + ".." + last.To.AddDate(0, 0, -1).Format(time.DateOnly)
	case len(p.Name) > 4:
		last.Name = first[:4] + p.Name[4:]
	case p.Name != "":
		last.Name = first[:4]
	}
	return last
}

// yearBefore is the same day of the year before; of 29 February the 28th.
func yearBefore(t time.Time) time.Time {
	if t.Month() == time.February && t.Day() == 29 {
		t = t.AddDate(0, 0, -1)
	}
	return t.AddDate(-1, 0, 0)
}

// Back returns the period of the same kind before this one; of days as many before them.
func (p Period) Back() Period {
	first := p.From.AddDate(0, 0, -1)
	switch {
	case p.Week():
		return Week(first)
	case strings.Contains(p.Name, "-Q"):
		from := p.From.AddDate(0, -3, 0)
		return Period{Name: fmt.Sprintf("%d-Q%d", from.Year(), (int(from.Month())+2)/3), From: from, To: p.From}
	case len(p.Name) == len("2006-01"):
		return Month(first)
	case len(p.Name) == len("2006"):
		return Year(first)
	}
	from := p.From.AddDate(0, 0, -p.days())
	return Period{Name: from.Format(time.DateOnly) + ".." + first.Format(time.DateOnly), From: from, To: p.From}
}

func (p Period) days() int { return int(p.To.Sub(p.From).Hours()/24 + 0.5) }

// Week reports whether it is a week of the calendar.
func (p Period) Week() bool { return strings.Contains(p.Name, "-W") }
