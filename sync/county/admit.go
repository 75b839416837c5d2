package county

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// offer is an entry that came up, decoded and verified.
type offer struct {
	rec   *record.Record
	raw   []byte
	stamp []byte // set: this county's own; otherwise the laptop signed the entry
}

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
	logOf []casework.LogID  // likewise

	stamps                                 []wire.Stamped
	forks                                  []wire.Fork
	admitted, held, refilled, alien, lines int
}

// openLog is one of the laptop's logs that an update works on.
type openLog struct {
	row     logRow
	changed bool
	head    ledger.Head
}

// errNotYours refuses a call as a whole: nothing that a person does leads here.
var errNotYours = errors.New("the log is another laptop's")

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
	if known && !bytes.Equal(l.row.Key, u.key) {
		return nil, errNotYours
	}
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

// up judges one entry of the laptop's own that has no stamp of this county.
func (u *update) up(o offer) error {
	e := &o.rec.Entry
	l, err := u.log(e.Log)
	if err != nil {
		return err
	}
	if e.Seq <= l.head.Top {
		known, there, err := ledger.At(u.tx, e.Log, e.Seq)
		if err != nil {
			return err
		}
		if there && known.Hash == o.rec.Hash {
			return u.have(known)
		}
		if there {
			return u.fork(l, o)
		}
	}
	switch next := l.head.Seq + 1; {
	case l.row.Frozen, e.Seq == next && o.rec.Prev != l.head.Hash:
		return u.fork(l, o)
	case e.Seq > next:
		return nil // a gap: the reply's head tells where to go on
	}
	if e.Seq == 1 {
		key, ok := opens(o.rec)
		if !ok || !bytes.Equal(key, u.key) {
			return errNotYours
		}
		l.row.Key, l.changed = key, true
	}
	if e.Seq < l.head.Top {
		// Entries above the gap were refilled; this one must lead to them.
		next, there, err := ledger.At(u.tx, e.Log, e.Seq+1)
		if err != nil {
			return err
		}
		if there {
			rec, err := record.Open(next.Raw)
			if err != nil || rec.Prev != o.rec.Hash {
				return errors.Join(u.fork(l, o), err)
			}
		}
	}
	return u.admit(l, o)
}

// fork keeps an entry that contradicts the log and freezes the log: from here
// nobody can tell which branch the laptop will go on with. Its words come again
// under the same uids in the log that it opens next.
func (u *update) fork(l *openLog, o offer) error {
	e := &o.rec.Entry
	if !slices.ContainsFunc(u.forks, func(f wire.Fork) bool { return f.Log == e.Log }) {
		u.forks = append(u.forks, wire.Fork{Log: e.Log, Seq: e.Seq})
	}
	err := u.tx.Append(ledger.Entry{Log: e.Log, Seq: e.Seq, Hash: o.rec.Hash, Raw: o.raw, Branch: true})
	if err != nil && !errors.Is(err, ledger.ErrHave) {
		return err
	}
	if l.row.Frozen {
		return nil
	}
	l.row.Frozen, l.changed = true, true
	u.c.counts.forks.Add(1)
	return u.c.note(u.tx, &u.st, noteFork, &forked{Log: e.Log, Seq: e.Seq})
}

// admit stamps an entry that continues its log, folds it and delivers it.
func (u *update) admit(l *openLog, o offer) error {
	e := &o.rec.Entry
	stamp := &casework.Stamp{Epoch: u.st.Epoch, N: u.n + 1, Received: u.now}
	stamp.Effective, stamp.Doubtful = effective(e, u.at, u.now, milliTime(l.row.Last))
	k, err := u.judge(o, stamp)
	if err != nil {
		return err
	}
	if err := record.SignStamp(u.c.conf.Key.mac, o.rec.Hash, stamp); err != nil {
		return err
	}
	code, err := record.MarshalStamp(stamp)
	if err != nil {
		return err
	}
	e.Stamp = stamp
	u.n++
	if err := u.place(o, code, false, nil); err != nil {
		return err
	}
	l.row.Last, l.changed = stamp.Effective.UnixMilli(), true
	if l.head, err = u.tx.Head(e.Log); err != nil {
		return err
	}
	u.receipt(e.Name, code, nil)
	u.admitted++
	if stamp.Verdict == casework.Held {
		u.held++
	}
	if k == nil || stamp.Verdict == casework.Copy {
		return nil
	}
	k.fold.Apply(e, u.earlier)
	k.row.add(o.rec.Hash)
	return u.deliver(k, []position{positionOf(stamp.Epoch, stamp.N)})
}

// judge sets the stamp's verdict, which is judged once. It returns the entry's
// case, folded up to the entry; nil for an entry that is about none.
func (u *update) judge(o offer, stamp *casework.Stamp) (*openCase, error) {
	e := &o.rec.Entry
	hold := func(why casework.Why) { stamp.Verdict, stamp.Why = casework.Held, why }
	stamp.Verdict = casework.Admitted
	var known uidRow
	taken, err := get(u.tx, uidKey(e.UID), &known)
	if err != nil {
		return nil, err
	}
	if taken && known.Commit == o.rec.Commit && known.Case == e.Case {
		stamp.Verdict = casework.Copy
		return nil, nil
	}
	var k *openCase
	if !e.Case.IsZero() {
		if k, err = u.open(e.Case); err != nil {
			return nil, err
		}
		if err := u.current(k); err != nil {
			return nil, err
		}
	}
	switch {
	case taken:
		hold(casework.WhyUIDReused)
	case u.dev.Revoked != 0:
		hold(casework.WhyRevoked)
	case e.Actor != u.dev.User:
		hold(casework.WhyWrongUser)
	case k != nil:
		if why := casework.Judge(k.fold, e, u.w.ix); why != "" {
			hold(why)
		}
	}
	return k, nil
}

// place writes a stamped entry and what finds it again. back is where it came
// back, if it was away.
func (u *update) place(o offer, stamp []byte, branch bool, back *mark) error {
	e := &o.rec.Entry
	p := positionOf(e.Stamp.Epoch, e.Stamp.N)
	err := u.tx.Append(ledger.Entry{Log: e.Log, Seq: e.Seq, Hash: o.rec.Hash, Raw: o.raw, Stamp: stamp, Branch: branch})
	if err != nil {
		return fmt.Errorf("admit %s seq %d: %w", e.Log, e.Seq, err)
	}
	row := &orderRow{Log: e.Log, Seq: e.Seq, Case: e.Case, At: back}
	if branch {
		row.Branch = o.rec.Hash[:]
	}
	if err := put(u.tx, orderKey(p), row); err != nil {
		return err
	}
	if e.Stamp.Verdict == casework.Copy {
		return nil
	}
	if err := u.takeUID(o.rec, p); err != nil || e.Case.IsZero() {
		return err
	}
	return u.tx.Put(caseIndexKey(e.Case, p), []byte{})
}

// takeUID notes where a uid was first taken in the order of the fold.
func (u *update) takeUID(rec *record.Record, p position) error {
	e := &rec.Entry
	var known uidRow
	taken, err := get(u.tx, uidKey(e.UID), &known)
	if err != nil || taken && bytes.Compare(known.Position, p[:]) <= 0 {
		return err
	}
	if taken && e.Stamp.Why == casework.WhyUIDReused {
		return nil
	}
	return put(u.tx, uidKey(e.UID), &uidRow{Position: p[:], Commit: rec.Commit, Case: e.Case})
}

func (u *update) receipt(name casework.Name, stamp []byte, back *mark) {
	s := wire.Stamped{Log: name.Log, Seq: name.Seq, Stamp: slices.Clone(stamp)}
	if back != nil {
		at := back.wire()
		s.At = &at
	}
	u.stamps = append(u.stamps, s)
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
		}
	}
	return nil
}

// keep keeps the update's folds, once it is committed.
func (u *update) keep() {
	for _, id := range u.order {
		if k := u.cases[id]; k.fold != nil {
			u.c.folds.keep(id, k.row.Sum, k.fold)
		}
	}
}

func milliTime(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
