package county

import (
	"bytes"
	"errors"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// up judges one entry of the laptop's own that has no stamp of this county.
func (u *update) up(o offer) error {
	e := &o.rec.Entry
	l, err := u.log(e.Log)
	if err != nil {
		return err
	}
	if l.foreign {
		// Somebody took the log's name at a county that had lost its beginning.
		// The laptop leaves the log; what it has stamps for gets the name back.
		u.goneAnotherWay(e.Name)
		return nil
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
			return &wire.Failure{Code: casework.CodeInvalid} // no program writes that
		}
		l.row.Key, l.changed = key, true
	}
	if e.Seq < l.head.Top {
		// Entries above the gap were refilled; this one must lead to them.
		if leads, err := u.leads(o.rec); err != nil || !leads {
			return errors.Join(u.fork(l, o), err)
		}
	}
	return u.admit(l, o)
}

// leads reports whether the entry above follows on rec, or is not here.
func (u *update) leads(rec *record.Record) (bool, error) {
	next, there, err := ledger.At(u.tx, rec.Entry.Log, rec.Entry.Seq+1)
	if err != nil || !there {
		return err == nil, err
	}
	above, err := record.Open(next.Raw)
	return err == nil && above.Prev == rec.Hash, err
}

// fork keeps an entry that contradicts the log and freezes the log: from here
// nobody can tell which branch the laptop will go on with. Its words come again
// under the same uids in the log that it opens next.
func (u *update) fork(l *openLog, o offer) error {
	e := &o.rec.Entry
	u.goneAnotherWay(e.Name)
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
	record.SignStamp(u.c.conf.Key.mac, o.rec.Hash, stamp)
	code := record.MarshalStamp(stamp)
	e.Stamp = stamp
	u.n++
	if err := u.place(o, code, false, nil); err != nil {
		return err
	}
	if !e.Case.IsZero() { // what is issued again in a new log is older than its opening
		l.row.Last, l.changed = stamp.Effective.UnixMilli(), true
	}
	if l.head, err = u.tx.Head(e.Log); err != nil {
		return err
	}
	u.receipt(e.Name, code, nil)
	u.admitted++
	if stamp.Verdict == casework.Held {
		u.held++
	}
	if e.Case.IsZero() && stamp.Verdict == casework.Admitted {
		return u.takeOver(e)
	}
	if k == nil || stamp.Verdict == casework.Copy {
		return nil
	}
	u.fold(k, o)
	return nil
}

// fold folds an entry that has the newest stamp. It is delivered with all others
// of its case when the update ends: units that see the case come and go from entry
// to entry, and each that comes is shown the whole case.
func (u *update) fold(k *openCase, o offer) {
	stamp := o.rec.Entry.Stamp
	k.fold.Apply(&o.rec.Entry, u.earlier)
	k.row.add(o.rec.Hash, len(o.raw))
	k.fresh = append(k.fresh, positionOf(stamp.Epoch, stamp.N))
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
	case k != nil && casework.TooLarge(k.fold, e):
		hold(casework.WhyTooLarge)
	case k != nil:
		judged := *e
		judged.Stamp = stamp // it is judged by the day on which it was done
		why := casework.Judge(k.fold, &judged, u.w.ix)
		if why == "" {
			why, err = u.judgeTwo(k, e)
		}
		if why != "" {
			hold(why)
		}
	default:
		why, err := u.judgeLog(e)
		if err != nil {
			return nil, err
		}
		if why != "" {
			hold(why)
		}
	}
	return k, err
}

// judgeTwo judges what an entry needs of other cases, as they stand now. It is
// judged once, like everything that is held: what becomes of the others later
// changes nothing.
func (u *update) judgeTwo(k *openCase, e *casework.Entry) (casework.Why, error) {
	var failed error
	other := func(id casework.CaseID) *casework.Case {
		o, err := u.open(id)
		if err == nil {
			err = u.current(o)
		}
		if err != nil {
			failed = err
			return nil
		}
		return o.fold
	}
	p := casework.Person{User: e.Actor, Unit: e.Unit}
	why := casework.JudgeTwo(k.fold, e.Events, p, other, u.earlier, u.w.ix)
	return why, failed
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
	u.placed[p] = row
	if e.Stamp.Verdict == casework.Copy {
		return nil
	}
	if err := u.takeUID(o.rec, p); err != nil || e.Case.IsZero() {
		return err
	}
	if err := u.noteReceipts(e); err != nil {
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
