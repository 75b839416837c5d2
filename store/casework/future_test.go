package casework_test

import (
	"testing"
	"time"

	"casedesk/store/casework"
)

// Ensure that what should have happened does not lie after today, by the latest time
// that the laptop has reason to believe.
func TestFuture(t *testing.T) {
	now := local(t, "2026-11-28 23:30")
	for _, tt := range []struct {
		ev    casework.Event
		field string
	}{
		{&casework.Mediated{HappenedOn: "2026-11-28"}, ""},
		{&casework.Mediated{HappenedOn: "2026-11-29"}, "happened_on"},
		{&casework.Mediated{}, ""},
		{&casework.Mediated{HappenedOn: "明天"}, ""}, // it has a fault of its own
		{&casework.Mediated{HappenedOn: "2027-02-30"}, ""},
		{&casework.Revisited{HappenedOn: "2030-01-01"}, "happened_on"},
		{&casework.Met{When: "2026-11-28 23:35"}, ""}, // watches differ
		{&casework.Met{When: "2026-11-28 23:45"}, "when"},
		{&casework.Met{When: "2026-11-28T15:45:00Z"}, "when"},
		{&casework.Appointed{When: "2030-01-01 09:00"}, ""},
		{amend(casework.FieldHappenedOn, "2026-11-29"), "happened_on"},
		{&casework.Registered{Fields: casework.Fields{casework.FieldHappenedOn: "2026-11-29"}}, "happened_on"},
		{&casework.Registered{Fields: casework.Fields{casework.FieldHappenedOn: "2026-11-28"}}, ""},
		{&casework.Supervised{Due: "2026-11-28"}, ""},
		{&casework.Supervised{Due: "2027-02-30"}, ""}, // it has a fault of its own
	} {
		got := ""
		if faults := casework.Future(tt.ev, func() time.Time { return now }, ix.Calendar()); len(faults) > 0 {
			if got = faults[0].Field; faults[0].Problem != casework.InFuture {
				t.Errorf("%+v: %v", tt.ev, faults)
			}
		}
		if got != tt.field {
			t.Errorf("%+v: %q, want %q", tt.ev, got, tt.field)
		}
	}
}

// Ensure that an act which bears a date after the time at which it was done is
// contested, a day more or less being none, until somebody takes it; that facts are
// not; and that a clock which is behind contests nothing.
func TestFold_Future(t *testing.T) {
	mediated := func(day string) casework.Event {
		return &casework.Mediated{Method: "03", Result: "再谈", HappenedOn: day}
	}
	day := start.Add(3 * time.Hour) // when the third entry was done
	for _, tt := range []struct {
		name string
		ev   casework.Event
		edit func(*casework.Entry)
		why  casework.Why
	}{
		{"today", mediated("2026-10-12"), nil, ""},
		{"tomorrow", mediated("2026-10-13"), nil, ""},
		{"in two days", mediated("2026-10-14"), nil, casework.WhyFuture},
		{"in a year", mediated("2027-10-12"), nil, casework.WhyFuture},
		{"a fact in a year", amend(casework.FieldHappenedOn, "2027-10-12"), nil, ""},
		{"by a doubtful time, as it was received", mediated("2026-10-20"), func(e *casework.Entry) {
			e.Stamp.Doubtful, e.Stamp.Received = true, day.AddDate(0, 0, 8)
		}, ""},
		{"not at the county yet, a clock that is years behind, told by the county", mediated("2026-10-12"), func(e *casework.Entry) {
			e.Stamp, e.Wall, e.Clock.County = nil, day.AddDate(-6, 0, 0), day
		}, ""},
		{"not at the county yet, a clock that was put back by hand", mediated("2026-10-12"), func(e *casework.Entry) {
			e.Stamp, e.Wall, e.Clock.Offset = nil, day.AddDate(0, 0, -30), -30*24*time.Hour
		}, ""},
	} {
		e := by(mediator1, entry(3, []int{2}, tt.ev))
		if tt.edit != nil {
			tt.edit(&e)
		}
		c := fold(by(grid1, entry(1, nil, registered())), by(mediator1, entry(2, []int{1}, &casework.Accepted{})), e)
		if got := c.Timeline[2].Why; got != tt.why {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.why)
		}
		if tt.why == "" {
			continue
		}
		taken := fold(by(grid1, entry(1, nil, registered())), by(mediator1, entry(2, []int{1}, &casework.Accepted{})), e,
			by(mediator1, entry(4, []int{3}, &casework.Settled{Entry: uid(3), Choice: "take"})))
		if taken.State != casework.StateHandling || len(taken.Contested) != 0 {
			t.Errorf("%s, taken: %s, contested %v", tt.name, taken.State, taken.Contested)
		}
	}
}

// Ensure that nobody is ordered to answer by a day that is over.
func TestFuture_Over(t *testing.T) {
	now := func() time.Time { return local(t, "2026-11-28 23:30") }
	faults := casework.Future(&casework.Supervised{Due: "2026-11-27"}, now, ix.Calendar())
	if len(faults) != 1 || faults[0] != (casework.Fault{Field: "due", Problem: casework.IsOver}) {
		t.Errorf("%+v", faults)
	}
}
