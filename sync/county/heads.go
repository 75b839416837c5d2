package county

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// heads tells how far the county holds the laptop's logs, and which of them
// have gone another way than the laptop knows.
func heads(r ledger.Reader, key ed25519.PublicKey, req *wire.Request, reply *wire.Reply) error {
	for _, mine := range req.Logs {
		var row logRow
		known, err := get(r, logKey(mine.Log), &row)
		if err != nil {
			return err
		}
		if known && string(row.Key) != string(key) {
			if !hasFork(reply.Forks, mine.Log) {
				reply.Forks = append(reply.Forks, wire.Fork{Log: mine.Log, Seq: mine.Seq})
			}
			continue // how far another's log goes is not told
		}
		head, err := r.Head(mine.Log)
		if err != nil {
			return err
		}
		reply.Heads = append(reply.Heads, wire.Head{Log: mine.Log, Seq: head.Seq, Hash: head.Hash})
		forked := row.Frozen
		if !forked && mine.Seq > 0 && mine.Seq <= head.Top {
			e, there, err := ledger.At(r, mine.Log, mine.Seq)
			if err != nil {
				return err
			}
			forked = there && e.Hash != mine.Hash
		}
		if forked && !hasFork(reply.Forks, mine.Log) {
			reply.Forks = append(reply.Forks, wire.Fork{Log: mine.Log, Seq: mine.Seq})
		}
	}
	return nil
}

func hasFork(forks []wire.Fork, log casework.LogID) bool {
	for _, f := range forks {
		if f.Log == log {
			return true
		}
	}
	return false
}

// maxAsked bounds the stamps that one request is told of entries it did not offer.
const maxAsked = 2000

// asked adds the stamps of the laptop's own entries that it asks for, where they
// are at a place that the county is known to hold.
func asked(r ledger.Reader, w *world, key ed25519.PublicKey, req *wire.Request, reply *wire.Reply) error {
	room := maxAsked
	told := map[casework.Name]bool{}
	for _, s := range reply.Stamps {
		told[casework.Name{Log: s.Log, Seq: s.Seq}] = true
	}
	for _, ask := range req.Asks {
		var row logRow
		known, err := get(r, logKey(ask.Log), &row)
		if err != nil {
			return err
		}
		if !known || string(row.Key) != string(key) {
			continue
		}
		var failed error
		err = r.Entries(ask.Log, ask.After+1, func(e ledger.Entry) bool {
			if e.Branch || told[casework.Name{Log: e.Log, Seq: e.Seq}] {
				return true
			}
			if len(e.Stamp) == 0 {
				return false // what comes after it was not judged
			}
			var s wire.Stamped
			if s, failed = w.stampOf(r, e); failed != nil {
				return false
			}
			if s.Stamp != nil {
				reply.Stamps = append(reply.Stamps, s)
			}
			room--
			return room > 0
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
	}
	return nil
}

// stampOf is what a laptop is told of an entry that the county holds; without a
// stamp where its place is one that the county may have lost: it is then to be
// offered.
func (w *world) stampOf(r ledger.Reader, e ledger.Entry) (out wire.Stamped, err error) {
	stamp, err := record.OpenStamp(e.Stamp)
	if err != nil {
		return out, fmt.Errorf("%w: log %s seq %d: %w", ledger.ErrDamaged, e.Log, e.Seq, err)
	}
	out = wire.Stamped{Log: e.Log, Seq: e.Seq, Hash: e.Hash[:]}
	place := mark{stamp.Epoch, stamp.N}
	if !w.holds(place) {
		var row orderRow
		if _, err := get(r, orderKey(positionOf(stamp.Epoch, stamp.N)), &row); err != nil || row.At == nil || !w.holds(*row.At) {
			return out, err
		}
		at := row.At.wire()
		out.At = &at
	}
	out.Stamp = e.Stamp
	return out, nil
}

// holds reports whether a committed place is one that laptops are told the county
// holds.
func (w *world) holds(m mark) bool {
	return m.Epoch == w.Epoch || slices.ContainsFunc(w.Ends, func(end mark) bool { return end.Epoch == m.Epoch && m.N <= end.N })
}
