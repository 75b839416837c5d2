package county

import (
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// Ensure that an entry is never later than its arrival nor earlier than the
// log's last one, and that guesses are marked.
func TestEffective(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	hour := time.Hour
	at := func(off time.Duration, boot string, mono time.Duration) wire.Clock {
		return wire.Clock{Wall: now.Add(off).UnixMilli(), Boot: boot, Mono: mono.Milliseconds()}
	}
	tests := map[string]struct {
		e     casework.Entry
		at    wire.Clock
		last  time.Time
		want  time.Duration // from now
		doubt bool
	}{
		"same run, clock years off":   {casework.Entry{Wall: now.Add(-90000 * hour), Clock: casework.ClockFacts{Boot: "b", Mono: 2 * hour}}, at(-90000*hour, "b", 5*hour), time.Time{}, -3 * hour, false},
		"another run, county time":    {casework.Entry{Wall: now, Clock: casework.ClockFacts{Boot: "a", County: now.Add(-5 * hour), Age: hour}}, at(0, "b", hour), time.Time{}, -4 * hour, false},
		"another run, right clock":    {casework.Entry{Wall: now.Add(-9 * hour), Clock: casework.ClockFacts{Boot: "a", Age: casework.AgeUnknown}}, at(0, "b", hour), time.Time{}, -9 * hour, false},
		"another run, wrong clock":    {casework.Entry{Wall: now.Add(91 * hour), Clock: casework.ClockFacts{Boot: "a", Age: casework.AgeUnknown}}, at(100*hour, "b", hour), time.Time{}, -9 * hour, true},
		"after its arrival":           {casework.Entry{Wall: now.Add(5 * hour), Clock: casework.ClockFacts{Boot: "a", Age: casework.AgeUnknown}}, at(0, "b", hour), time.Time{}, 0, true},
		"before the log's last":       {casework.Entry{Wall: now.Add(-9 * hour), Clock: casework.ClockFacts{Boot: "a", Age: casework.AgeUnknown}}, at(0, "b", hour), now.Add(-hour), -hour, true},
		"the county was ahead once":   {casework.Entry{Wall: now.Add(-hour), Clock: casework.ClockFacts{Boot: "a", Age: casework.AgeUnknown}}, at(0, "b", hour), now.Add(8760 * hour), 0, true},
		"before anybody had a laptop": {casework.Entry{Wall: time.Date(-1199, 1, 1, 0, 0, 0, 0, time.UTC), Clock: casework.ClockFacts{Boot: "a", Age: casework.AgeUnknown}}, at(0, "b", hour), time.Time{}, 0, true},
	}
	for name, tt := range tests {
		when, doubt := effective(&tt.e, tt.at, now, tt.last)
		if !when.Equal(now.Add(tt.want)) || doubt != tt.doubt {
			t.Errorf("%s: %v doubtful %v, want %v %v", name, when.Sub(now), doubt, tt.want, tt.doubt)
		}
	}
}
