package catalogue_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// at reads "2006-01-02 15:04" as the county's local time.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", s, time.FixedZone("", 8*3600))
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestIsWorkday(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	for _, tt := range []struct {
		name, when string
		want       bool
	}{
		{"an ordinary Monday", "2026-11-23 09:00", true},
		{"an ordinary Saturday", "2026-11-21 09:00", false},
		{"National Day on a Thursday", "2026-10-01 00:00", false},
		{"a Saturday worked in exchange", "2026-10-10 23:59", true},
		{"a Sunday worked in exchange", "2026-09-20 12:00", true},
		{"a year's end that belongs to the next holiday", "2022-12-31 12:00", false},
		{"a statutory day of a year without a notice", "2027-06-09 12:00", false},
		{"an ordinary weekday of an unknown year", "2031-10-01 12:00", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := calendar.IsWorkday(at(t, tt.when)); got != tt.want {
				t.Errorf("IsWorkday(%s) = %v, want %v", tt.when, got, tt.want)
			}
		})
	}
	// 23:00 UTC on Friday is Saturday in the county.
	if calendar.IsWorkday(time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)) {
		t.Error("the day is taken from UTC and not from the county's zone")
	}
}

func TestCalendarAdd(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	for _, tt := range []struct {
		name, start string
		span        catalogue.Span
		want        string
	}{
		{"hours are exact over a holiday", "2026-09-30 17:30", catalogue.Span{N: 24, Unit: catalogue.Hours}, "2026-10-01 17:30"},
		{"the start day is not counted", "2026-11-23 08:00", catalogue.Span{N: 1, Unit: catalogue.Days}, "2026-11-25 00:00"},
		{"nor at its last minute", "2026-11-23 23:59", catalogue.Span{N: 1, Unit: catalogue.Days}, "2026-11-25 00:00"},
		{"thirty days over a year's end", "2026-12-15 10:00", catalogue.Span{N: 30, Unit: catalogue.Days}, "2027-01-15 00:00"},
		{"thirty days over a leap day", "2024-02-10 10:00", catalogue.Span{N: 30, Unit: catalogue.Days}, "2024-03-12 00:00"},
		{"worked days over a weekend", "2026-11-20 10:00", catalogue.Span{N: 3, Unit: catalogue.WorkDays}, "2026-11-26 00:00"},
		{"a start on a free day", "2026-11-21 10:00", catalogue.Span{N: 1, Unit: catalogue.WorkDays}, "2026-11-24 00:00"},
		{"a start late in the evening", "2026-11-23 23:30", catalogue.Span{N: 1, Unit: catalogue.WorkDays}, "2026-11-25 00:00"},
		{"National Day 2021 and its swapped Saturday", "2021-09-30 10:00", catalogue.Span{N: 2, Unit: catalogue.WorkDays}, "2021-10-10 00:00"},
		{"a swapped Sunday before the holiday", "2021-09-25 10:00", catalogue.Span{N: 1, Unit: catalogue.WorkDays}, "2021-09-27 00:00"},
		{"Spring Festival 2026", "2026-02-13 10:00", catalogue.Span{N: 2, Unit: catalogue.WorkDays}, "2026-02-25 00:00"},
		{"New Year 2023 from the old year", "2022-12-30 16:00", catalogue.Span{N: 1, Unit: catalogue.WorkDays}, "2023-01-04 00:00"},
		{"no length", "2026-11-23 08:00", catalogue.Span{}, "2026-11-23 08:00"},
		{"a negative length", "2026-11-23 08:00", catalogue.Span{N: -5, Unit: catalogue.Days}, "2026-11-23 08:00"},
		{"an unknown unit", "2026-11-23 08:00", catalogue.Span{N: 5, Unit: "moons"}, "2026-11-23 08:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := calendar.Add(at(t, tt.start), tt.span)
			if want := at(t, tt.want); !got.Equal(want) {
				t.Errorf("Add(%s, %d %s) = %s, want %s", tt.start, tt.span.N, tt.span.Unit, got, want)
			}
		})
	}
}

func TestCalendarAddStaysInBounds(t *testing.T) {
	start := at(t, "2026-11-23 08:00")
	for _, unit := range []catalogue.SpanUnit{catalogue.Hours, catalogue.Days, catalogue.WorkDays} {
		got := catalogue.Calendar{Zone: 1 << 40}.Add(start, catalogue.Span{N: 1 << 60, Unit: unit})
		if got.Before(start) || got.After(start.AddDate(20, 0, 0)) {
			t.Errorf("a senseless number of %s ends at %s", unit, got)
		}
	}
}

func TestDaysLeft(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	for _, tt := range []struct {
		name, now, due string
		want           int
	}{
		{"the morning of the last day", "2026-11-24 08:00", "2026-11-25 00:00", 0},
		{"its last minute", "2026-11-24 23:59", "2026-11-25 00:00", 0},
		{"the due time itself is too late", "2026-11-25 00:00", "2026-11-25 00:00", -1},
		{"the evening after", "2026-11-25 23:00", "2026-11-25 00:00", -1},
		{"two days late", "2026-11-26 01:00", "2026-11-25 00:00", -2},
		{"tomorrow", "2026-11-23 23:59", "2026-11-25 00:00", 1},
		{"over a year's end", "2026-12-30 12:00", "2027-01-03 00:00", 3},
		{"due in an hour", "2026-11-24 14:00", "2026-11-24 15:00", 0},
		{"an hour late on the same day", "2026-11-24 16:00", "2026-11-24 15:00", -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := calendar.DaysLeft(at(t, tt.now), at(t, tt.due)); got != tt.want {
				t.Errorf("DaysLeft(%s, %s) = %d, want %d", tt.now, tt.due, got, tt.want)
			}
		})
	}
}

func TestLastDayAndKnown(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	if got := calendar.LastDay(at(t, "2027-01-01 00:00")).Format(time.DateOnly); got != "2026-12-31" {
		t.Errorf("a limit until 24:00 of the year's last day is shown as due on %s", got)
	}
	for year, want := range map[int]bool{2020: false, 2021: true, 2026: true, 2027: false} {
		if calendar.Known(year) != want {
			t.Errorf("Known(%d) = %v", year, !want)
		}
	}
	if (catalogue.Calendar{}).Known(0) {
		t.Error("an empty calendar knows a year")
	}
}

func TestDefer(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	for _, tt := range []struct {
		name, due, from, to string
		unit                catalogue.SpanUnit
		want                string
	}{
		{"hours are exact", "2026-11-24 15:00", "2026-11-24 10:00", "2026-11-26 11:30", catalogue.Hours, "2026-11-26 16:30"},
		{"hours over a weekend", "2026-11-21 10:00", "2026-11-20 12:00", "2026-11-23 12:00", catalogue.Hours, "2026-11-24 10:00"},
		{"days count weekends", "2026-11-25 00:00", "2026-11-20 10:00", "2026-11-23 09:00", catalogue.Days, "2026-11-28 00:00"},
		{"days that did not begin in the pause", "2026-11-25 00:00", "2026-11-23 08:00", "2026-11-23 18:00", catalogue.Days, "2026-11-25 00:00"},
		{"days of a late limit", "2026-11-25 00:00", "2026-11-26 08:00", "2026-11-29 08:00", catalogue.Days, "2026-11-28 00:00"},
		{"worked days pass over a weekend", "2026-11-26 00:00", "2026-11-20 10:00", "2026-11-23 09:00", catalogue.WorkDays, "2026-11-27 00:00"},
		{"a weekend alone is no worked time", "2026-11-26 00:00", "2026-11-20 10:00", "2026-11-22 20:00", catalogue.WorkDays, "2026-11-26 00:00"},
		{"within one day", "2026-11-26 00:00", "2026-11-23 09:00", "2026-11-23 17:00", catalogue.WorkDays, "2026-11-26 00:00"},
		{"its end meets a weekend", "2026-11-28 00:00", "2026-11-26 10:00", "2026-11-27 10:00", catalogue.WorkDays, "2026-12-01 00:00"},
		{"over National Day and a swapped Saturday", "2026-10-01 00:00", "2026-09-29 10:00", "2026-10-08 09:00", catalogue.WorkDays, "2026-10-10 00:00"},
		{"into National Day", "2026-10-01 00:00", "2026-09-29 10:00", "2026-10-03 09:00", catalogue.WorkDays, "2026-10-09 00:00"},
		{"on its last day, into a weekend", "2026-11-28 00:00", "2026-11-27 10:00", "2026-11-28 09:00", catalogue.WorkDays, "2026-12-01 00:00"},
		{"on its last day, to the end of another", "2026-11-28 00:00", "2026-11-27 10:00", "2026-12-02 09:00", catalogue.WorkDays, "2026-12-03 00:00"},
		{"late since Friday, over a weekend", "2026-11-28 00:00", "2026-11-28 10:00", "2026-11-30 10:00", catalogue.WorkDays, "2026-11-28 00:00"},
		{"late by a worked day", "2026-11-28 00:00", "2026-11-30 10:00", "2026-12-02 10:00", catalogue.WorkDays, "2026-12-02 00:00"},
		{"a pause that ends before it begins", "2026-11-26 00:00", "2026-11-23 09:00", "2026-11-20 09:00", catalogue.WorkDays, "2026-11-26 00:00"},
		{"no pause", "2026-11-26 00:00", "2026-11-23 09:00", "2026-11-23 09:00", catalogue.Hours, "2026-11-26 00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := calendar.Defer(at(t, tt.due), at(t, tt.from), at(t, tt.to), tt.unit)
			if want := at(t, tt.want); !got.Equal(want) {
				t.Errorf("due %s, want %s", got, want)
			}
		})
	}
}

// Ensure that a pause makes nothing late and mends nothing that is late, takes no
// time away, and leaves as many worked days as there were.
func TestDefer_KeepsWhatIsLeft(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	start := at(t, "2026-01-01 00:00")
	for range 5000 {
		begun := start.Add(time.Duration(r.IntN(500*24*60)) * time.Minute)
		from := begun.Add(time.Duration(r.IntN(30*24*60)) * time.Minute)
		to := from.Add(time.Duration(1+r.IntN(40*24*60)) * time.Minute)
		span := catalogue.Span{N: 1 + r.IntN(12), Unit: []catalogue.SpanUnit{catalogue.Hours, catalogue.Days, catalogue.WorkDays}[r.IntN(3)]}
		due := calendar.Add(begun, span)
		got := calendar.Defer(due, from, to, span.Unit)
		if from.Before(due) != to.Before(got) || got.Before(due) {
			t.Fatalf("%s due %s, paused from %s to %s: due %s", span.Unit, due, from, to, got)
		}
		if span.Unit == catalogue.Days && calendar.DaysLeft(from, due) != calendar.DaysLeft(to, got) {
			t.Fatalf("due %s, paused from %s to %s: due %s", due, from, to, got)
		}
		left := 0 // worked days after that of the pause's beginning
		for d := calendar.Midnight(from).Add(24 * time.Hour); d.Before(due); d = d.Add(24 * time.Hour) {
			if calendar.IsWorkday(d) {
				left++
			}
		}
		if span.Unit == catalogue.WorkDays && left > 0 && !got.Equal(calendar.Add(to, catalogue.Span{N: left, Unit: span.Unit})) {
			t.Fatalf("due %s, paused from %s to %s with %d left: due %s", due, from, to, left, got)
		}
	}
}

// Ensure that senseless times neither fail nor keep the count of days busy.
func TestDefer_StaysInBounds(t *testing.T) {
	due := at(t, "2026-11-26 00:00")
	for _, unit := range []catalogue.SpanUnit{catalogue.Hours, catalogue.Days, catalogue.WorkDays, "moons"} {
		for _, to := range []time.Time{{}, time.UnixMilli(1 << 53), time.UnixMilli(-1 << 53)} {
			if got := sample.Catalogue().Calendar.Defer(due, at(t, "2026-11-20 10:00"), to, unit); got.Before(due) {
				t.Errorf("%s to %s: due %s", unit, to, got)
			}
		}
	}
}

// 两个月 ends on the same date two months on, or on the month's last day.
func TestAddMonths(t *testing.T) {
	cal := catalogue.Calendar{Zone: 8 * 3600}
	for _, tt := range []struct {
		start string
		n     int
		last  string // the last day that is in time
	}{
		{"2026-01-15", 2, "2026-03-15"}, {"2025-12-31", 2, "2026-02-28"}, {"2027-12-30", 2, "2028-02-29"},
		{"2026-01-31", 1, "2026-02-28"}, {"2026-08-31", 1, "2026-09-30"}, {"2026-11-30", 3, "2027-02-28"},
	} {
		start, _ := time.ParseInLocation(time.DateOnly, tt.start, cal.Location())
		due := cal.Add(start.Add(9*time.Hour), catalogue.Span{N: tt.n, Unit: catalogue.Months})
		if got := cal.LastDay(due).Format(time.DateOnly); got != tt.last {
			t.Errorf("%s and %d months end on %s, want %s", tt.start, tt.n, got, tt.last)
		}
	}
}

// 民事诉讼法 art. 85: a last day that is a holiday moves to the next working day.
func TestRoll_CivilProcedureLawArt85(t *testing.T) {
	cal := catalogue.NewIndex(sample.Catalogue()).Calendar()
	for _, tt := range []struct{ last, want string }{
		{"2026-02-14", "2026-02-14"}, // a Saturday that is worked (调休)
		{"2026-02-16", "2026-02-24"}, // 春节
		{"2026-10-03", "2026-10-08"}, // 国庆
		{"2026-11-28", "2026-11-30"}, // a Saturday
		{"2026-11-27", "2026-11-27"},
	} {
		day, _ := time.ParseInLocation(time.DateOnly, tt.last, cal.Location())
		if got := cal.LastDay(cal.Roll(day.AddDate(0, 0, 1))).Format(time.DateOnly); got != tt.want {
			t.Errorf("a last day %s moves to %s, want %s", tt.last, got, tt.want)
		}
	}
}
