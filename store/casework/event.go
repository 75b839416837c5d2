package casework

import (
	"fmt"
	"maps"
)

// Number is an event kind's number in encoded bodies.
type Number uint16

// Event is one thing that happened. There is one file and one type a kind.
// Payload fields are text as it was written: whoever draws or exports it cleans
// it first.
type Event interface {
	// Num is the kind's number in encoded bodies.
	Num() Number
	// Kind is the kind's name, as people and scripts see it: an action in the
	// table, or a thing that only programs write.
	Kind() string
	// Check finds every fault of the event as somebody wants to write it.
	// It is strict; the fold is not and never calls it.
	Check(Lookup) []Fault
	// apply lets the event have its effect. It never fails: what does not fit
	// returns a reason, and the entry is contested.
	apply(*fold) Why
}

// The numbers of the kinds are append-only: never renumber, never reuse. Those
// from 1000 on are the county's own log's, which no laptop is sent.
const (
	NumLogOpened     Number = 1
	NumRegistered    Number = 2
	NumAmended       Number = 3
	NumPartyAdded    Number = 4
	NumPartyRemoved  Number = 5
	NumNoted         Number = 6
	NumContacted     Number = 7
	NumAccepted      Number = 8
	NumRefused       Number = 9
	NumAssigned      Number = 10
	NumSignedFor     Number = 11
	NumReturned      Number = 12
	NumEscalated     Number = 13
	NumMediated      Number = 14
	NumAgreed        Number = 15
	NumFailed        Number = 16
	NumPerformed     Number = 17
	NumRevisited     Number = 18
	NumRated         Number = 19
	NumClosed        Number = 20
	NumReopened      Number = 21
	NumSettled       Number = 22
	NumSettledOnSpot Number = 23
	NumVoided        Number = 24
	NumReleased      Number = 25
	NumConfided      Number = 26
	NumSuspended     Number = 27
	NumResumed       Number = 28
)

// The numbers of one subject stand in one block, in the file of its rules.
var kinds = merged(commonKinds, jointKinds, superviseKinds, riskKinds, linkKinds, accessKinds,
	leadKinds, petitionKinds, disputeKinds, matterKinds, weightKinds)

func merged(blocks ...map[Number]func() Event) map[Number]func() Event {
	out := map[Number]func() Event{}
	for _, block := range blocks {
		maps.Copy(out, block)
	}
	return out
}

var commonKinds = map[Number]func() Event{
	NumLogOpened:     func() Event { return new(LogOpened) },
	NumRegistered:    func() Event { return new(Registered) },
	NumAmended:       func() Event { return new(Amended) },
	NumPartyAdded:    func() Event { return new(PartyAdded) },
	NumPartyRemoved:  func() Event { return new(PartyRemoved) },
	NumNoted:         func() Event { return new(Noted) },
	NumContacted:     func() Event { return new(Contacted) },
	NumAccepted:      func() Event { return new(Accepted) },
	NumRefused:       func() Event { return new(Refused) },
	NumAssigned:      func() Event { return new(Assigned) },
	NumSignedFor:     func() Event { return new(SignedFor) },
	NumReturned:      func() Event { return new(Returned) },
	NumEscalated:     func() Event { return new(Escalated) },
	NumMediated:      func() Event { return new(Mediated) },
	NumAgreed:        func() Event { return new(Agreed) },
	NumFailed:        func() Event { return new(Failed) },
	NumPerformed:     func() Event { return new(Performed) },
	NumRevisited:     func() Event { return new(Revisited) },
	NumRated:         func() Event { return new(Rated) },
	NumClosed:        func() Event { return new(Closed) },
	NumReopened:      func() Event { return new(Reopened) },
	NumSettled:       func() Event { return new(Settled) },
	NumSettledOnSpot: func() Event { return new(SettledOnSpot) },
	NumVoided:        func() Event { return new(Voided) },
	NumReleased:      func() Event { return new(Released) },
	NumConfided:      func() Event { return new(Confided) },
	NumSuspended:     func() Event { return new(Suspended) },
	NumResumed:       func() Event { return new(Resumed) },
}

// NewEvent returns an empty event of the kind to decode into, or false for a
// number that this version does not know.
func NewEvent(n Number) (Event, bool) {
	f, ok := kinds[n]
	if !ok {
		return nil, false
	}
	return f(), true
}

// Unknown is an event of a newer version: an unknown kind, or a known kind with
// a field that this version does not know. Its bytes are kept and passed on.
type Unknown struct {
	N       Number
	Payload []byte
}

// Num returns the number it came with.
func (u *Unknown) Num() Number { return u.N }

// Kind returns a name made of the number.
func (u *Unknown) Kind() string { return fmt.Sprintf("unknown_%d", u.N) }

// Check refuses: what is not understood is not written.
func (u *Unknown) Check(Lookup) []Fault { return []Fault{{Field: "kind", Problem: UnknownField}} }

func (u *Unknown) apply(*fold) Why { return "" }
