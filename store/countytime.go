package store

import "time"

// countyTold is the last time that the county told, with the laptop's monotonic
// clock at that moment.
type countyTold struct {
	at   time.Time
	boot string
	mono time.Duration
}

// on returns what the county would tell now, counted on by the machine.
func (c countyTold) on(mono time.Duration) time.Time { return c.at.Add(mono - c.mono) }

// Hear notes the county's time at the moment that it was told. Absorb does so
// too, for a page that brings it.
func (s *Store) Hear(now time.Time) { s.noteCountyTime(now) }

// noteCountyTime takes the county's time from an answer. One that was long under
// way tells a time that has passed: what was told before, counted on by the
// machine, is nearer. So within one run of the machine the time goes back only when
// a second answer, well after the first, agrees with it: then the county's clock was
// wrong before, or this machine's counts too fast.
func (s *Store) noteCountyTime(now time.Time) {
	if y := now.UTC().Year(); now.IsZero() || y < 1 || y > 9999 {
		return // a time of more digits could not be read again
	}
	boot, mono := s.opt.Clock.Mono()
	s.mu.Lock()
	defer s.mu.Unlock()
	heard, before := countyTold{now, boot, mono}, s.earlier
	if s.told.boot == boot && now.Before(s.told.on(mono).Add(-late)) {
		again := before.boot == boot && mono-before.mono >= late
		if again || before.boot != boot {
			s.earlier = heard
		}
		if !again || now.Sub(before.on(mono)).Abs() > late {
			return
		}
	}
	s.told, s.earlier = heard, countyTold{}
}

// countyClock returns what the next transaction keeps of the county's time and
// of the last success.
func (s *Store) countyClock() (time.Time, string, time.Duration, time.Time) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.told.at, s.told.boot, s.told.mono, s.link.LastOK
}
