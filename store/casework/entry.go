package casework

import (
	"time"

	"casedesk/store/catalogue"
)

// Limits of an entry; a larger one is refused where it is written and where it
// is read.
const (
	MaxEvents     = 200        // events in one entry
	MaxEntryBytes = 256 * 1024 // bytes of one encoded entry
	MaxParents    = 64         // heads that one entry can name
)

// Name is where an entry stands: seq counts from 1 without gaps within a log.
// It is the idempotency key, and the whole of what synchronising compares.
type Name struct {
	Log LogID
	Seq uint64
}

// Entry is one thing that a person did to one case, written once and never
// changed. It is committed, sent, held, stamped and applied whole.
type Entry struct {
	Name
	UID       EntryID
	Case      CaseID // zero for entries about the log itself
	Parents   []EntryID
	Actor     catalogue.UserID
	Unit      catalogue.UnitID // the unit that the actor acted for
	Wall      time.Time        // the writer's clock: testimony, decides nothing
	Clock     ClockFacts
	Schema    uint16 // version of the events' shapes that the writer knew
	Catalogue uint64 // catalogue version that codes and limit lengths refer to
	Events    []Event
	Stamp     *Stamp // nil until the county has admitted it
}

// Schema is the version of the event shapes that this program writes.
const Schema uint16 = 1

// ClockFacts let the county work out when something was really done although
// the laptop's clock may be years off.
type ClockFacts struct {
	Boot   string        // names the run of the machine that Mono counts in
	Mono   time.Duration // monotonic time since Boot began
	County time.Time     // the last county time that the laptop was told; zero if none
	Age    time.Duration // monotonic time since then; AgeUnknown if the machine started anew
	Offset time.Duration // an offset that was set by hand (for drills and tests)
}

// AgeUnknown says that nobody counted the time since the county told its own. An
// entry keeps whole milliseconds, and any age below zero as this one: 0 would say that
// it was told at this moment.
const AgeUnknown = -time.Millisecond

// Verdict is what the county judged at admission.
type Verdict uint8

// Verdicts are append-only.
const (
	Admitted Verdict = 1 // has effect where it lands
	Held     Verdict = 2 // kept, shown, without effect until a person releases it
	Copy     Verdict = 3 // the same uid and body is known from another log already
)

// Stamp is what the county adds when it admits an entry: whatever replicas must
// agree on and the writer cannot know.
type Stamp struct {
	Epoch     Epoch
	N         uint64    // position in the county's order within the epoch, from 1
	Received  time.Time // county time
	Effective time.Time // when it was done, as far as the clock facts tell
	Doubtful  bool      // Effective is a guess
	Verdict   Verdict
	Why       Why    // the reason of a held verdict
	MAC       []byte // lets the county know its own stamp when it is offered again
}

// At is the time that deadlines use: the county's judgement where there is one,
// the writer's clock until then.
func (e *Entry) At() time.Time {
	if e.Stamp != nil {
		return e.Stamp.Effective
	}
	return e.Wall
}

// Before reports whether e comes before o in the order of the fold: by epoch
// and number of the stamp; entries without one come after, by seq.
func (e *Entry) Before(o *Entry) bool {
	switch {
	case e.Stamp != nil && o.Stamp != nil:
		if e.Stamp.Epoch != o.Stamp.Epoch {
			return e.Stamp.Epoch.Before(o.Stamp.Epoch)
		}
		return e.Stamp.N < o.Stamp.N
	case e.Stamp != nil:
		return true
	case o.Stamp != nil:
		return false
	case e.Log != o.Log:
		return compareID(e.Log.UUID, o.Log.UUID) < 0
	}
	return e.Seq < o.Seq
}
