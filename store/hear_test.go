package store_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that answers that were long under way do not put the county's time back, and
// that a small correction does, as does a large one that is told twice.
func TestHear_LateAnswer(t *testing.T) {
	clk := newClock()
	s := create(t, t.TempDir(), options(clk))
	newCounty(t, village).join(s, "grid1", village)
	saved := register(t, s, "排水沟纠纷")
	began := time.Date(2026, 10, 12, 4, 0, 0, 0, time.UTC)
	// known is the county's time as far as the newest entry knows it.
	known := func() time.Time {
		t.Helper()
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("回访")}))
		e := must[[]casework.Entry](t)(s.Entries(saved.Case))
		c := e[len(e)-1].Clock
		return c.County.Add(c.Age)
	}
	for _, step := range []struct {
		name         string
		tells, knows time.Duration // since began
	}{
		{"in time", time.Hour, time.Hour},
		{"late by forty minutes", 2*time.Hour - 40*time.Minute, 2 * time.Hour},
		{"a little slower", 3*time.Hour - 30*time.Second, 3*time.Hour - 30*time.Second},
		{"faster", 5 * time.Hour, 5 * time.Hour},
		{"two days ahead", 53 * time.Hour, 53 * time.Hour},
		{"put right", 6 * time.Hour, 54 * time.Hour},
		{"late as well", 6*time.Hour + 20*time.Minute, 55 * time.Hour},
		{"put right again", 8 * time.Hour, 56 * time.Hour},
		{"and again", 9 * time.Hour, 9 * time.Hour},
		{"on", 10 * time.Hour, 10 * time.Hour},
	} {
		clk.now = clk.now.Add(time.Hour)
		s.Hear(time.UnixMilli(253402300800000)) // a year of five digits, which no file could hold
		s.Hear(began.Add(step.tells))
		s.Hear(began.Add(step.tells)) // the page of the answer tells it as well
		if off := known().Sub(began.Add(step.knows)).Abs(); off > 10*time.Second {
			t.Errorf("%s: off by %s", step.name, off)
		}
	}
}
