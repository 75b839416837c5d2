package catalogue_test

import (
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

func TestLimitAt(t *testing.T) {
	days := func(n int) catalogue.Span { return catalogue.Span{N: n, Unit: catalogue.Days} }
	x := catalogue.NewIndex(catalogue.Catalogue{Version: 9, Limits: []catalogue.Limit{
		{Code: "handle", Since: 5, Span: days(20)},
		{Code: "handle", Since: 2, Span: days(30)},
		{Code: "handle", Since: 9, Span: days(10)},
	}})
	for _, tt := range []struct {
		version uint64
		want    int // days; 0 is no limit
	}{{0, 0}, {1, 0}, {2, 30}, {4, 30}, {5, 20}, {8, 20}, {9, 10}, {100, 10}} {
		got, ok := x.LimitAt("handle", "", tt.version)
		if ok != (tt.want > 0) || got.Span.N != tt.want {
			t.Errorf("LimitAt(handle, %d) = %d days, %v; want %d", tt.version, got.Span.N, ok, tt.want)
		}
	}
	if _, ok := x.LimitAt("unheard_of", "", 9); ok {
		t.Error("an unknown limit was found")
	}
}

func TestYellowFrom(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	span := func(n int, u catalogue.SpanUnit) catalogue.Span { return catalogue.Span{N: n, Unit: u} }
	for _, tt := range []struct {
		name, start, due, want string
		percent                int
		yellow                 catalogue.Span
	}{
		{"neither rule", "2026-11-02 00:00", "2026-11-12 00:00", "2026-11-12 00:00", 0, span(0, "")},
		{"the last 30 percent", "2026-11-02 00:00", "2026-11-12 00:00", "2026-11-09 00:00", 30, span(0, "")},
		{"the percentage comes first", "2026-11-01 00:00", "2026-12-01 00:00", "2026-11-22 00:00", 30, span(3, catalogue.Days)},
		{"the days come first", "2026-11-02 00:00", "2026-11-07 00:00", "2026-11-04 00:00", 30, span(3, catalogue.Days)},
		{"hours before", "2026-11-02 08:00", "2026-11-03 08:00", "2026-11-03 02:00", 0, span(6, catalogue.Hours)},
		{"the second of two worked days", "2026-11-20 10:00", "2026-11-25 00:00", "2026-11-24 00:00", 0, span(1, catalogue.WorkDays)},
		{"worked days back over a weekend", "2026-11-16 10:00", "2026-11-25 00:00", "2026-11-20 00:00", 0, span(3, catalogue.WorkDays)},
		{"never before the start", "2026-11-23 10:00", "2026-11-25 00:00", "2026-11-23 10:00", 0, span(9, catalogue.Days)},
		{"more than all of it", "2026-11-23 10:00", "2026-11-25 00:00", "2026-11-23 10:00", 400, span(0, "")},
		{"due before the start", "2026-11-25 10:00", "2026-11-25 00:00", "2026-11-25 00:00", 30, span(3, catalogue.Days)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := catalogue.Limit{YellowPercent: tt.percent, Yellow: tt.yellow}
			got := l.YellowFrom(at(t, tt.start), at(t, tt.due), calendar)
			if want := at(t, tt.want); !got.Equal(want) {
				t.Errorf("yellow from %s, want %s", got, want)
			}
		})
	}
}

// No limit of the sample shows yellow from its first instant on, on any day of
// a year with its holidays.
func TestSampleLimitsAreNotBornYellow(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for start := at(t, "2026-01-01 09:30"); start.Year() == 2026; start = start.Add(24 * time.Hour) {
		for _, l := range x.Catalogue().Limits {
			if l.Agreed {
				continue
			}
			due := x.Calendar().Add(start, l.Span)
			if from := l.YellowFrom(start, due, x.Calendar()); !start.Before(from) || !from.Before(due) {
				t.Errorf("%s started %s is due %s and yellow from %s", l.Code, start, due, from)
			}
		}
	}
}
