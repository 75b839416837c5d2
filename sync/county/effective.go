package county

import (
	"time"

	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// plausible is how far a laptop's clock may be from the county's and still
// count as right.
const plausible = 10 * time.Minute

// oldest is the earliest time that a laptop's clock is believed.
var oldest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// effective works out when an entry was really made, from what the laptop's
// clocks showed then (e.Clock, e.Wall) and show now (at), and the county's time
// now. last is the effective time of the log's newest entry about a case, zero if
// none. In falling order of trust:
//
//   - the same run of the machine counted the time between then and now;
//   - it counted the time since the county last told its own;
//   - the laptop's wall clock is right now, so it was right then;
//   - it is wrong now, and is taken to have been wrong by as much then: doubtful.
//
// The result is never after received, nor before last: both make it doubtful. A
// time before there were such programs tells nothing; it is taken for received.
// A clock is never a reason to refuse an entry.
func effective(e *casework.Entry, at wire.Clock, received, last time.Time) (when time.Time, doubtful bool) {
	wall := time.UnixMilli(at.Wall)
	since := time.Duration(at.Mono)*time.Millisecond - e.Clock.Mono
	off := received.Sub(wall)
	switch {
	case e.Clock.Boot != "" && e.Clock.Boot == at.Boot && since >= 0:
		when = received.Add(-since)
	case !e.Clock.County.IsZero() && e.Clock.Age >= 0:
		when = e.Clock.County.Add(e.Clock.Age)
	case off.Abs() <= plausible:
		when = e.Wall
	default:
		when, doubtful = e.Wall.Add(off), true
	}
	when = when.UTC().Truncate(time.Millisecond)
	if when.Before(oldest) {
		when, doubtful = received, true
	}
	if when.After(received) {
		doubtful = doubtful || when.Sub(received) > plausible
		when = received
	}
	if last.After(received) {
		last, doubtful = received, true // the county's own clock was ahead once
	}
	if when.Before(last) {
		doubtful = doubtful || last.Sub(when) > plausible
		when = last
	}
	return when, doubtful
}
