package county

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// refill takes back an entry that this county had stamped, and tells of it by its
// hash: the laptop may have had it from others.
func (u *update) refill(o offer) error {
	stamp := *o.rec.Entry.Stamp // the func may run again: keep the offer as it is
	told := len(u.stamps)
	if err := u.takeBack(o.again(), &stamp); err != nil {
		return err
	}
	for i := range u.stamps[told:] {
		u.stamps[told+i].Hash = o.rec.Hash[:]
	}
	return nil
}

// takeBack takes an entry back that this county had lost: its stamp's MAC vouches
// for every byte, so no chain needs to lead to it, and it keeps its place in the
// order and its verdict.
func (u *update) takeBack(o offer, stamp *casework.Stamp) error {
	e := &o.rec.Entry
	main, there, err := ledger.At(u.tx, e.Log, e.Seq)
	if err != nil {
		return err
	}
	known, same := main, there && main.Hash == o.rec.Hash
	if !same {
		// It may stand there as a branch; one without a stamp gets it now.
		if known, same, err = named(u.tx, orderRow{Log: e.Log, Seq: e.Seq, Branch: o.rec.Hash[:]}); err != nil {
			return err
		}
	}
	if same && len(known.Stamp) > 0 {
		return errors.Join(u.whole(known, o), u.have(known))
	}
	if stamp.Epoch == u.st.Epoch {
		// Stamped in the present epoch, and not here.
		if err := u.rolledBack(); err != nil {
			return err
		}
	}
	code, received := o.stamp, stamp.Received
	var judged *openCase // the case of a copy that came alone, folded up to it
	alone, err := u.alone(o.rec, stamp)
	if err == nil && alone {
		judged, err = u.judge(o, stamp)
	}
	if err != nil {
		return err
	}
	if lost, err := u.taken(stamp, o.rec.Hash); err != nil {
		return err
	} else if lost || alone {
		// Numbers were given twice, before anybody noticed that the county's
		// file was an older copy of itself. What came back later comes later.
		u.n++
		stamp.Epoch, stamp.N = u.st.Epoch, u.n
		record.SignStamp(u.c.conf.Key.mac, o.rec.Hash, stamp)
		code = record.MarshalStamp(stamp)
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
	if err := u.place(o, code, branch, back); err != nil {
		return err
	}
	u.receipt(e.Name, code, back)
	u.refilled++
	if err := errors.Join(u.bind(o, branch, received, main), u.bindOwn(o.rec)); err != nil {
		return err
	}
	switch {
	case e.Case.IsZero(), stamp.Verdict == casework.Copy:
		return nil
	case alone:
		u.fold(judged, o)
		return nil
	}
	k, err := u.open(e.Case)
	if err != nil {
		return err
	}
	k.row.add(o.rec.Hash, len(o.raw))
	k.fresh = append(k.fresh, positionOf(stamp.Epoch, stamp.N))
	return nil
}

// whole takes the body of an entry of which only the header had come back: who
// offered that first had destroyed her words, trusting a backup that is lost.
func (u *update) whole(known ledger.Entry, o offer) error {
	if o.rec.Purged || len(o.raw) <= len(known.Raw) {
		return nil
	}
	s, err := decode(known)
	if err != nil || !s.rec.Purged {
		return err
	}
	if key, err := keyOf(u.tx, known.Log); err != nil || key != nil && o.rec.Verify(key) != nil {
		return err // the stamp does not vouch for the signature
	}
	known.Raw = o.raw
	if err := u.tx.Rewrite(known); err != nil {
		return err
	}
	stamp := s.rec.Entry.Stamp
	if s.rec.Entry.Case.IsZero() || stamp.Verdict == casework.Copy {
		return nil
	}
	k, err := u.open(s.rec.Entry.Case)
	if err == nil {
		err = u.noteReceipts(&o.rec.Entry)
	}
	if err != nil {
		return err
	}
	k.row.grow(o.rec.Hash, len(o.raw))
	k.fresh = append(k.fresh, positionOf(stamp.Epoch, stamp.N))
	return nil
}

// fits reports whether rec belongs between the entries around its place, as far
// as they are here: of a log that forked, one branch must not fill the gaps of
// the other. Where the entry before is missing, nobody can tell of such a log
// which branch this one is of; it then stands beside.
func (u *update) fits(rec *record.Record) (bool, error) {
	if rec.Entry.Seq > 1 {
		before, there, err := ledger.At(u.tx, rec.Entry.Log, rec.Entry.Seq-1)
		if err != nil || there && before.Hash != rec.Prev {
			return false, err
		}
		if !there {
			var row logRow
			if _, err := get(u.tx, logKey(rec.Entry.Log), &row); err != nil || row.Frozen {
				return false, err
			}
		}
	}
	return u.leads(rec)
}

// bind binds a log whose first entry came back to the key that it names, and
// freezes one of which two branches are known now: other is the entry that
// stands at the place, if one does. Of two first entries the one that the county
// received first counts: while it was lost, anybody could take the name.
func (u *update) bind(o offer, frozen bool, received time.Time, other ledger.Entry) error {
	key, first := opens(o.rec)
	if !first && !frozen {
		return nil
	}
	var row logRow
	known, err := get(u.tx, logKey(o.rec.Entry.Log), &row)
	if err != nil || !known && !first {
		return err
	}
	if known && first && other.Seq != 0 {
		standing, err := record.OpenStamp(other.Stamp)
		if err != nil {
			return fmt.Errorf("%w: log %s seq 1: %w", ledger.ErrDamaged, other.Log, err)
		}
		known = !received.Before(standing.Received)
	}
	if !known {
		row.Key = key
	}
	row.Frozen = row.Frozen || frozen
	return put(u.tx, logKey(o.rec.Entry.Log), &row)
}

// bindOwn binds a log that the county itself wrote, and then lost with its first entry, to
// the county's key: the signature says so.
func (u *update) bindOwn(rec *record.Record) error {
	if rec.Entry.Actor != actor {
		return nil
	}
	var row logRow
	known, err := get(u.tx, logKey(rec.Entry.Log), &row)
	own := u.c.conf.Key.Public()
	if err != nil || known && own.Equal(ed25519.PublicKey(row.Key)) || rec.Verify(own) != nil {
		return err
	}
	row.Key, row.Frozen = own, known // somebody took its name meanwhile
	return put(u.tx, logKey(rec.Entry.Log), &row)
}

// alone reports whether an entry is a copy of one that is not here: its words are
// then judged as if they came for the first time. Should the other one come back as
// well, it has its place before this one, and a uid has effect once.
func (u *update) alone(rec *record.Record, stamp *casework.Stamp) (bool, error) {
	if stamp.Verdict != casework.Copy || rec.Purged {
		return false, nil
	}
	var other uidRow
	there, err := get(u.tx, uidKey(rec.Entry.UID), &other)
	return !there, err
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

// rolledBack begins an epoch because a laptop has shown an entry with a stamp of
// the present one that is not here: the county's file is an older copy of
// itself, put back without a restore. From where is unknown, so everything of the old epoch is
// asked for again, and every feed is read again from its first line.
func (u *update) rolledBack() error {
	u.c.conf.Log.Error("the ledger is an older copy of itself; beginning a new epoch", "epoch", u.st.Epoch.String())
	u.st.Ends = append(u.st.Ends, mark{Epoch: u.st.Epoch})
	u.n = 0
	return errors.Join(expireSlips(u.tx), u.c.begin(u.tx, &u.st, casework.LogEpoch))
}
