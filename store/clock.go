package store

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// Clock is where the store takes times from. The real one and that of a
// simulation are the two there are.
type Clock interface {
	// Now is the wall clock, any offset included. It may be years off.
	Now() time.Time
	// Mono returns the name of the present run of the machine and the time since
	// it began, which no setting of the clock changes.
	Mono() (boot string, since time.Duration)
	// Offset is what was added to the machine's clock by hand.
	Offset() time.Duration
}

// realClock is the machine's.
type realClock struct {
	offset  time.Duration
	boot    string
	started time.Time
}

// RealClock returns the machine's clock with an offset added to it, which every
// entry records. The name of the machine's run is the system's where it has
// one; elsewhere the run of this process counts.
func RealClock(offset time.Duration) Clock {
	c := realClock{offset: offset, started: time.Now()}
	if c.boot = systemBoot(); c.boot == "" {
		var b [8]byte
		rand.Read(b[:])
		c.boot = "p" + hex.EncodeToString(b[:])
	}
	return c
}

func (c realClock) Now() time.Time        { return time.Now().Add(c.offset) }
func (c realClock) Offset() time.Duration { return c.offset }

func (c realClock) Mono() (string, time.Duration) {
	if since, ok := sinceBoot(); ok && c.boot[0] != 'p' {
		return c.boot, since
	}
	return c.boot, time.Since(c.started)
}
