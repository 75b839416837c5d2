package agent

import (
	"math/rand/v2"
	"time"
)

// CatalogueOf decodes a catalogue that travelled.
var CatalogueOf = catalogueOf

// Wait is what the county asked for.
func Wait(o Outcome) time.Duration { return o.wait }

// NewSchedule makes a schedule for tests.
func NewSchedule(every time.Duration, r *rand.Rand) func(ok bool, told time.Duration) time.Duration {
	return (&schedule{every: every, rand: r}).after
}

// Pace is what a test sees of a pace.
type Pace struct{ p pace }

// NewPace begins a pace.
func NewPace() *Pace { return &Pace{newPace()} }

// Note notes a round trip and returns the page.
func (p *Pace) Note(n int, d time.Duration) int { p.p.note(n, d); return p.p.page }

// Halve notes a failure and returns the page.
func (p *Pace) Halve() int { p.p.halve(); return p.p.page }

// LeftOf is what is left for so many entries each way after some went up.
func LeftOf(n, raw, carried int, took time.Duration, up, down int) (int64, time.Duration) {
	g := gauge{up: moved{n, raw}, carried: carried}
	return g.left(up, down, took)
}
