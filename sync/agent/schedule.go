package agent

import (
	"math/rand/v2"
	"time"
)

// Times between two tries. The first ones after a failure come quickly, for a
// laptop is often just waking up; later ones spare the battery and the county.
const (
	firstWait = 2 * time.Second
	maxWait   = 2 * time.Minute
)

// schedule says how long to wait for the next try.
type schedule struct {
	every    time.Duration // between exchanges while all is well
	rand     *rand.Rand
	failures int
}

// after returns the wait after a try. told is what the county asked for; 0 if
// nothing.
func (s *schedule) after(ok bool, told time.Duration) time.Duration {
	if ok {
		s.failures = 0
		return s.jitter(s.every)
	}
	wait := min(firstWait<<min(s.failures, 10), maxWait)
	s.failures++
	// What the county asks for is a floor: coming earlier would be refused again.
	return max(s.jitter(wait), told+s.jitter(told/4))
}

// jitter spreads laptops that lost their connection together: 0.75 to 1.25 of d.
func (s *schedule) jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d*3/4 + time.Duration(s.rand.Int64N(int64(d)/2+1))
}

// planned returns the wait until the next try of who exchanges again and again.
func (a *Agent) planned(ok bool, told time.Duration) time.Duration {
	if a.plan == nil {
		return 0
	}
	return a.plan.after(ok, told)
}
