package store

import (
	"time"

	"casedesk/store/casework"
)

// LinkState is what the agent is doing.
type LinkState string

// The states of a link.
const (
	LinkAlone   LinkState = "alone"   // no county
	LinkIdle    LinkState = "idle"    // the last exchange ended well
	LinkBusy    LinkState = "busy"    // an exchange is under way
	LinkOffline LinkState = "offline" // no connection; work goes on
	LinkStopped LinkState = "stopped" // a person stopped the last exchange; it goes on at Next, or when she asks
	LinkFailed  LinkState = "failed"  // the county or something before it refused; see Problem
)

// Link is what the agent last reported. Screens show it; nothing depends on it.
type Link struct {
	State   LinkState
	Problem *casework.Refusal // why the last try failed; nil: it did not
	LastOK  time.Time         // when an exchange last ended well, by the wall clock; zero: never
	Tried   time.Time         // when the last try ended; zero: there was none yet
	Next    time.Time         // when the agent tries again by itself; zero: not planned
	// Of the exchange under way; Sent also of one that ended with a Problem, so that
	// a revoked laptop can tell what it handed in:
	Sent, Received   int   // entries
	LeftUp, LeftDown int   // entries still to come, as far as known
	Bytes            int64 // both ways
	BytesLeft        int64 // still to come both ways, about; 0: not known
	// TimeLeft is how long the rest takes by the line as measured; 0: too early to tell.
	TimeLeft time.Duration
}

// Link returns what the agent last reported.
func (s *Store) Link() Link {
	s.mu.RLock()
	defer s.mu.RUnlock()
	l := s.link
	if s.st.County == nil {
		l.State = LinkAlone
	} else if l.State == "" {
		l.State = LinkOffline
	}
	return l
}

// SetLink is for the agent to report. LastOK lasts over a restart; it is written
// with the next save.
func (s *Store) SetLink(l Link) {
	s.mu.Lock()
	if l.LastOK.IsZero() {
		l.LastOK = s.link.LastOK
	}
	s.link = l
	s.mu.Unlock()
	s.tell(Change{Link: true})
}
