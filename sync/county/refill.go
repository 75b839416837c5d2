package county

import (
	"errors"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// refill takes back an entry that this county had stamped and then lost: its
// stamp's MAC vouches for every byte, so no chain needs to lead to it, and it
// keeps its place in the order and its verdict.
func (u *update) refill(o offer, stamp *casework.Stamp) error {
	e := &o.rec.Entry
	main, there, err := ledger.At(u.tx, e.Log, e.Seq)
	if err != nil {
		return err
	}
	if there && main.Hash == o.rec.Hash {
		return u.have(main)
	}
	if stamp.Epoch == u.st.Epoch && stamp.N > u.n {
		if err := u.rolledBack(); err != nil {
			return err
		}
	}
	code := o.stamp
	if lost, err := u.taken(stamp, o.rec.Hash); err != nil {
		return err
	} else if lost {
		// Numbers were given twice, before anybody noticed that the county's
		// file was an older copy of itself. What came back later comes later.
		u.n++
		stamp.Epoch, stamp.N = u.st.Epoch, u.n
		if err := record.SignStamp(u.c.conf.Key.mac, o.rec.Hash, stamp); err != nil {
			return err
		}
		if code, err = record.MarshalStamp(stamp); err != nil {
			return err
		}
	}
	e.Stamp = stamp
	var back *mark
	if !u.holds(mark{stamp.Epoch, stamp.N}) {
		u.n++
		back = &mark{u.st.Epoch, u.n}
	}
	branch := there
	if !branch {
		fits, err := u.fits(o.rec)
		if err != nil {
			return err
		}
		branch = !fits
	}
	err = u.place(o, code, branch, back)
	if errors.Is(err, ledger.ErrHave) {
		// It stands there as a branch.
		known, _, err := named(u.tx, orderRow{Log: e.Log, Seq: e.Seq, Branch: o.rec.Hash[:]})
		if err != nil {
			return err
		}
		return u.have(known)
	}
	if err != nil {
		return err
	}
	u.receipt(e.Name, code, back)
	u.refilled++
	if err := u.bind(o, branch); err != nil {
		return err
	}
	if e.Case.IsZero() || stamp.Verdict == casework.Copy {
		return nil
	}
	k, err := u.open(e.Case)
	if err != nil {
		return err
	}
	k.row.add(o.rec.Hash)
	k.fresh = append(k.fresh, positionOf(stamp.Epoch, stamp.N))
	return nil
}

// fits reports whether rec belongs between the entries around its place, as far
// as they are here: of a log that forked, one branch must not fill the gaps of
// the other.
func (u *update) fits(rec *record.Record) (bool, error) {
	if rec.Entry.Seq > 1 {
		before, there, err := ledger.At(u.tx, rec.Entry.Log, rec.Entry.Seq-1)
		if err != nil || there && before.Hash != rec.Prev {
			return false, err
		}
	}
	return u.leads(rec)
}

// bind binds a log whose first entry came back to the key that it names, and
// freezes one of which two branches are known now.
func (u *update) bind(o offer, frozen bool) error {
	key, first := opens(o.rec)
	if !first && !frozen {
		return nil
	}
	var row logRow
	known, err := get(u.tx, logKey(o.rec.Entry.Log), &row)
	if err != nil || !known && !first {
		return err
	}
	if !known {
		row.Key = key
	}
	row.Frozen = row.Frozen || frozen
	return put(u.tx, logKey(o.rec.Entry.Log), &row)
}

// taken reports whether another entry stands at the stamp's position.
func (u *update) taken(stamp *casework.Stamp, hash casework.Hash) (bool, error) {
	s, there, err := entryAt(u.tx, positionOf(stamp.Epoch, stamp.N))
	return there && s.Hash != hash, err
}

// refold folds the cases that refilled entries belong to, once each, and
// delivers those entries.
func (u *update) refold() error {
	for _, id := range u.order {
		k := u.cases[id]
		if len(k.fresh) == 0 {
			continue
		}
		if err := u.current(k); err != nil {
			return err
		}
		if err := u.deliver(k, k.fresh); err != nil {
			return err
		}
		k.fresh = nil
	}
	return nil
}

// rolledBack begins an epoch because a laptop knows more of the present one
// than the county does: the county's file is an older copy of itself, put back
// without a restore. From where is unknown, so everything of the old epoch is
// asked for again, and every feed is read again from its first line.
func (u *update) rolledBack() error {
	u.c.conf.Log.Error("the ledger is an older copy of itself; beginning a new epoch", "epoch", u.st.Epoch.String())
	u.st.Ends = append(u.st.Ends, mark{Epoch: u.st.Epoch})
	u.n = 0
	return u.c.begin(u.tx, &u.st, casework.LogEpoch)
}
