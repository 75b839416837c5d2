package demo

import (
	"sync/atomic"
	"time"
)

// clock is the world's one clock. While the sample cases are played it stands in
// the past; then it runs with the machine's. It never goes back, and the
// monotonic time that entries carry jumps with it.
type clock struct{ behind atomic.Int64 }

// zone is the county's: China has one.
var zone = time.FixedZone("", 8*60*60)

// Now returns the story's time.
func (c *clock) Now() time.Time {
	return time.Now().Add(-time.Duration(c.behind.Load())).In(zone)
}

// Mono counts the story's time since a day before all of it.
func (c *clock) Mono() (string, time.Duration) {
	return "demo", c.Now().Sub(time.Date(2021, 1, 1, 0, 0, 0, 0, zone))
}

// Offset is none: nobody set this clock by hand.
func (c *clock) Offset() time.Duration { return 0 }

// set moves the story to a time that is not before the present one.
func (c *clock) set(t time.Time) {
	if t.After(c.Now()) || c.behind.Load() == 0 {
		c.behind.Store(int64(time.Since(t)))
	}
}

// catchUp lets the clock run with the machine's.
func (c *clock) catchUp() { c.behind.Store(0) }
