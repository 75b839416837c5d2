// Package ledger is the county's storage: the interface that every back end
// implements, and nothing else.
//
// A ledger holds three things. The logs are what everybody wrote: append-only
// raw entries named by log and seq. The feeds are what every unit gets to read:
// lines 1, 2, 3… without gaps. The values are a small ordered key space for
// whatever the county derives from its logs and could derive again.
//
// A ledger does not know what an entry says. It neither decodes nor verifies:
// signatures, chains, stamps and recipients are the county's business
// (sync/county). Back ends live in sub-packages that only cmd/countyd imports;
// each of them passes the suite of ledgertest.
package ledger

import (
	"context"
	"errors"
	"io"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Errors that back ends return, wrapped with what was being done.
var (
	// ErrHave refuses an Append of an entry that is already there, byte for
	// byte the same name and hash. Nothing is changed.
	ErrHave = errors.New("entry is already in the log")
	// ErrFork refuses an Append to a place that holds an entry of another hash.
	ErrFork = errors.New("another entry stands at this place of the log")
	// ErrInvalid refuses an argument: an entry without log, seq, hash or raw
	// bytes, an empty key, an empty feed name.
	ErrInvalid = errors.New("invalid argument")
	// ErrBusy is returned by opening when another process has the ledger open.
	ErrBusy = errors.New("ledger is open elsewhere")
	// ErrNewerFormat is returned by opening a ledger of a later program.
	ErrNewerFormat = errors.New("ledger has a newer format")
	// ErrDamaged means that the stored bytes contradict themselves.
	ErrDamaged = errors.New("ledger is damaged")
	// ErrFull means that the disk has no room left; what was acknowledged is safe.
	ErrFull = errors.New("no space left for the ledger")
	// ErrUncertain is returned by Update when a commit failed and a second try
	// failed as well: whether the work is stored is unknown until it is read
	// again. Nobody may be told that it is.
	ErrUncertain = errors.New("outcome of the commit is unknown")
	// ErrClosed is returned by every call after Close.
	ErrClosed = errors.New("ledger is closed")
)

// Ledger is one county's storage. It is safe for use by many goroutines.
type Ledger interface {
	// View runs fn on one unchanging state of the ledger. What fn receives it
	// may keep: bytes are copies. fn must not wait for a person, a network or
	// another call of this ledger.
	View(ctx context.Context, fn func(Reader) error) error

	// Update runs fn and returns nil once everything that fn did is durable,
	// or an error when none of it is (but see ErrUncertain). Updates take
	// effect one after the other: fn sees the effect of every Update that
	// returned before it was called, and positions that Extend gives out
	// become visible in their order.
	//
	// fn may be run again: because another fn that shared its commit failed,
	// because the database asked for a retry, because a commit's outcome was
	// unknown and the first run may have taken hold. So fn sets its results
	// rather than adding to them, and treats ErrHave as success. An error of
	// fn undoes what fn did and comes back as it is.
	//
	// An Update that returns nil has committed a write of its own even when fn
	// made none. An answer that rests on what an earlier transaction stored is
	// therefore as durable, and as replicated, as a fresh one.
	//
	// When ctx ends before fn was started, Update returns ctx's error; after
	// that it waits for the outcome.
	Update(ctx context.Context, fn func(Tx) error) error

	// Backup writes one unchanging state of the whole ledger to w while the
	// ledger stays in use. Each back end tells how to read it again.
	Backup(ctx context.Context, w io.Writer) error

	// Close waits for running calls and releases the ledger.
	Close() error
}

// Entry is an entry as the ledger keeps it.
type Entry struct {
	Log  casework.LogID
	Seq  uint64 // from 1
	Hash casework.Hash
	Raw  []byte
	// Stamp is what the county added. An entry that was appended without one
	// may get it by being appended again; then it never changes.
	Stamp []byte
	// Branch marks the other branch of a fork: an entry that is kept beside
	// the one that stands at its place.
	Branch bool
}

// Head is how far a log reaches.
type Head struct {
	Log casework.LogID
	// Seq and Hash name the last entry of the unbroken run from seq 1; zero
	// when seq 1 is missing. Branches do not count.
	Seq  uint64
	Hash casework.Hash
	// Top is the highest seq present. It exceeds Seq when a refill has put
	// entries above a gap.
	Top uint64
}

// Reader reads one unchanging state. Visiting stops when fn returns false.
// A Reader is of no use after the func that received it has returned.
type Reader interface {
	// Logs visits every log in ascending order of ids.
	Logs(fn func(Head) bool) error
	// Head returns the head of log; a zero one with Log set when it is unknown.
	Head(log casework.LogID) (Head, error)
	// Entries visits log's entries from seq on, in ascending order; branches
	// come right after the entry at their place, in ascending order of hashes.
	Entries(log casework.LogID, seq uint64, fn func(Entry) bool) error
	// FeedHead returns the number of feed's last line, 0 when it has none.
	FeedHead(feed catalogue.UnitID) (uint64, error)
	// Feed visits the lines of feed after number n in ascending order.
	Feed(feed catalogue.UnitID, n uint64, fn func(n uint64, line []byte) bool) error
	// Get returns the value of key, nil when there is none.
	Get(key []byte) ([]byte, error)
	// Scan visits the keys that begin with prefix and come after the key after
	// (nil: all of them), in ascending byte order.
	Scan(prefix, after []byte, fn func(key, value []byte) bool) error
}

// Tx reads its own writes. It is of no use after its func has returned.
type Tx interface {
	Reader
	// Append stores e. Places may be left empty (a refill after a restore puts
	// entries above a gap); that a chain is whole is for the caller to judge.
	// It returns ErrHave when the same entry is there, as a branch or not,
	// unless it lacks a stamp that e brings; and ErrFork when another one stands
	// at the place and e is not a Branch.
	Append(e Entry) error
	// Rewrite gives an entry that is there, as a branch or not, other bytes for
	// the same hash: what was destroyed of it came back. Its stamp stays. It
	// returns ErrInvalid when there is no such entry.
	Rewrite(e Entry) error
	// Extend appends line to feed and returns its number, from 1 without gaps.
	Extend(feed catalogue.UnitID, line []byte) (uint64, error)
	// Put sets key to value; a nil value removes the key.
	Put(key, value []byte) error
}

// At returns the entry that stands at (log, seq), branches left aside, and
// whether there is one.
func At(r Reader, log casework.LogID, seq uint64) (Entry, bool, error) {
	var found Entry
	err := r.Entries(log, seq, func(e Entry) bool {
		if e.Seq == seq && !e.Branch {
			found = e
		}
		return false
	})
	return found, found.Seq != 0, err
}
