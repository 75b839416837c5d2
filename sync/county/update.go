package county

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// update is one run of an exchange's Update. It may be run again, so it starts
// from nothing and sets its results only in itself.
type update struct {
	c    *County
	tx   ledger.Tx
	w    *world
	st   state // w's, changed when an epoch begins
	key  ed25519.PublicKey
	dev  device
	at   wire.Clock
	now  time.Time
	n    uint64 // number of the last stamp
	logs map[casework.LogID]*openLog

	cases map[casework.CaseID]*openCase
	order []casework.CaseID // cases in the order of opening
	// placed are the rows of the entries that this update has written.
	placed map[position]*orderRow
	logOf  []casework.LogID // likewise
	queued bool             // messages wait that did not before

	stamps []wire.Stamped
	forks  []wire.Fork

	admitted, held, refilled, lines, urged int

	soonest int64 // when a case that it has fitted is to be urged, Unix milliseconds; 0: none
}

// ownUpdate is an update of the county's own, which no laptop asked for.
func (c *County) ownUpdate(tx ledger.Tx, now time.Time) (*update, error) {
	u := &update{c: c, tx: tx, now: now, logs: map[casework.LogID]*openLog{}, cases: map[casework.CaseID]*openCase{}, placed: map[position]*orderRow{}}
	var err error
	if u.w, err = c.world(tx); err != nil {
		return u, err
	}
	u.st = u.w.state
	u.n, err = getNumber(tx, keyNumber)
	return u, err
}

// openLog is one of the laptop's logs that an update works on.
type openLog struct {
	row     logRow
	changed bool
	foreign bool // it is bound to another laptop's key
	head    ledger.Head
}

// log opens one of the laptop's logs. A log is bound to a key by its first
// entry; before the county has that it takes nothing else of it but refills.
func (u *update) log(id casework.LogID) (*openLog, error) {
	if l, ok := u.logs[id]; ok {
		return l, nil
	}
	l := &openLog{}
	known, err := get(u.tx, logKey(id), &l.row)
	if err != nil {
		return nil, err
	}
	if l.head, err = u.tx.Head(id); err != nil {
		return nil, err
	}
	l.foreign = known && !bytes.Equal(l.row.Key, u.key)
	u.logs[id] = l
	u.logOf = append(u.logOf, id)
	return l, nil
}

// opens returns the key that a log's first entry binds it to.
func opens(rec *record.Record) (ed25519.PublicKey, bool) {
	if rec.Entry.Seq != 1 || len(rec.Entry.Events) == 0 {
		return nil, false
	}
	o, ok := rec.Entry.Events[0].(*casework.LogOpened)
	if !ok || len(o.Key) != ed25519.PublicKeySize {
		return nil, false
	}
	return o.Key, true
}

func (u *update) receipt(name casework.Name, stamp []byte, back *mark) {
	s := wire.Stamped{Log: name.Log, Seq: name.Seq, Stamp: slices.Clone(stamp)}
	if back != nil {
		at := back.wire()
		s.At = &at
	}
	u.stamps = append(u.stamps, s)
}

// goneAnotherWay tells the laptop that a log of its is one that it must leave.
func (u *update) goneAnotherWay(name casework.Name) {
	if !hasFork(u.forks, name.Log) {
		u.forks = append(u.forks, wire.Fork(name))
	}
}

// have answers an entry that is here already. Where its place is one that the
// county has told laptops it may have lost, it gets one that holds.
func (u *update) have(e ledger.Entry) error {
	stamp, err := record.OpenStamp(e.Stamp)
	if err != nil {
		return fmt.Errorf("%w: log %s seq %d: %w", ledger.ErrDamaged, e.Log, e.Seq, err)
	}
	name, place := casework.Name{Log: e.Log, Seq: e.Seq}, mark{stamp.Epoch, stamp.N}
	if u.holds(place) {
		u.receipt(name, e.Stamp, nil)
		return nil
	}
	key := orderKey(positionOf(stamp.Epoch, stamp.N))
	var row orderRow
	if _, err := get(u.tx, key, &row); err != nil {
		return err
	}
	if row.At == nil || !u.holds(*row.At) {
		u.n++
		row.At = &mark{u.st.Epoch, u.n}
		if err := put(u.tx, key, &row); err != nil {
			return err
		}
	}
	u.receipt(name, e.Stamp, row.At)
	return nil
}

// holds reports whether a place is one that laptops are told the county holds.
func (u *update) holds(m mark) bool {
	if m.Epoch == u.st.Epoch {
		return m.N <= u.n
	}
	return slices.ContainsFunc(u.st.Ends, func(end mark) bool { return end.Epoch == m.Epoch && m.N <= end.N })
}

// finish writes the rows that the update has changed.
func (u *update) finish() error {
	if err := putNumber(u.tx, keyNumber, u.n); err != nil {
		return err
	}
	for _, id := range u.logOf {
		if l := u.logs[id]; l.changed {
			if err := put(u.tx, logKey(id), &l.row); err != nil {
				return err
			}
		}
	}
	for _, id := range u.order {
		if k := u.cases[id]; k.row.Count > 0 {
			if err := put(u.tx, caseKey(id), &k.row); err != nil {
				return err
			}
			if !k.fitted {
				continue
			}
			if err := u.noteFact(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep keeps the update's folds, once it is committed, and wakes who urges.
func (u *update) keep() {
	u.c.watch.wake(u.soonest, u.now.UnixMilli())
	for _, id := range u.order {
		if k := u.cases[id]; k.fold != nil && k.row.Count > 0 { // others may name a case that is not here
			u.c.folds.keep(id, &k.row, k.fold)
		}
	}
	if u.queued {
		u.c.post.woken() // the sender
	}
}

func milliTime(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
