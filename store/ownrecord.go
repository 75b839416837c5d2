package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
)

// OwnRecord is one entry that this profile wrote, with how far it has come.
type OwnRecord struct {
	casework.Name
	UID     casework.EntryID
	Case    casework.CaseID // zero: about the log itself
	At      time.Time       // when it was written, by this laptop's clock
	Kinds   []string        // of its events
	Receipt Receipt
	Why     casework.Why // of one that is held
	Row     Row          // of its case, as far as lists know it
}

// OwnRecords returns what this profile wrote, the newest first and at most so many;
// unsent: only what waits to be sent, which without a county is nothing. What was written again in a later
// log is told once.
func (s *Store) OwnRecords(unsent bool, most int) ([]OwnRecord, error) {
	var out []OwnRecord
	st := s.state()
	if unsent && st.County == nil {
		return nil, nil
	}
	err := s.view(func(r reader) error {
		for i, l := range slices.Backward(st.Logs) {
			from := uint64(1)
			if unsent {
				from = l.Acked + 1
			}
			for seq := l.Upto; seq >= from && seq > 0 && len(out) < most; seq-- {
				k, err := r.mustOwn(i, seq)
				if err != nil {
					return err
				}
				rec, err := r.ownRecord(i, seq, k, st)
				if err != nil {
					return err
				}
				out = append(out, rec)
			}
		}
		return r.withRows(s, out, st)
	})
	return out, refuse(err)
}

// ownRecord tells of an entry how far it has come; of its case nothing yet. Whether one
// that was held still is, its case says.
func (r reader) ownRecord(log int, seq uint64, k *kept, st *state) (OwnRecord, error) {
	out := OwnRecord{Name: casework.Name{Log: st.Logs[log].ID, Seq: seq}, Case: k.Case, Receipt: SavedHere}
	e, err := k.read()
	if err != nil {
		return out, err
	}
	out.UID, out.At = e.UID, e.Wall
	for _, ev := range e.Events {
		out.Kinds = append(out.Kinds, ev.Kind())
	}
	switch {
	case st.County == nil || !st.holds(k.At):
	case e.Stamp != nil && e.Stamp.Verdict == casework.Held:
		out.Receipt, out.Why = Withheld, e.Stamp.Why
	case st.backed(k.At):
		out.Receipt = BackedUp
	default:
		out.Receipt = Delivered
	}
	return out, nil
}

// withRows fills in the rows of the records' cases.
func (r reader) withRows(s *Store, all []OwnRecord, st *state) error {
	now, ix := s.opt.Clock.Now(), s.Catalogue()
	rows := map[casework.CaseID]Row{}
	for i := range all {
		rec := &all[i]
		if rec.Case.IsZero() {
			continue
		}
		number, err := s.locate(r, rec.Case)
		if err != nil {
			return err
		}
		if number == 0 {
			continue
		}
		if _, known := rows[rec.Case]; !known {
			var w row
			if _, err := r.get(bucketRows, u64(number), &w); err != nil {
				return err
			}
			rows[rec.Case] = w.show(st, ix, now)
		}
		rec.Row = rows[rec.Case]
		if rec.Receipt != Withheld {
			continue
		}
		c, err := r.readCase(number)
		if err != nil {
			return err
		}
		if !slices.Contains(c.file.Fold.HeldNow, rec.UID) { // a person released it, or left it out
			at, _ := c.file.placeOf(rec.UID)
			if rec.Receipt, rec.Why = Delivered, ""; st.backed(at) {
				rec.Receipt = BackedUp
			}
		}
	}
	return nil
}

// placeOf is where the county holds an entry of the case.
func (c *caseFile) placeOf(uid casework.EntryID) (Mark, bool) {
	i := slices.IndexFunc(c.Entries, func(r ref) bool { return r.UID == uid })
	if i < 0 {
		return Mark{}, false
	}
	return c.Entries[i].At, true
}

// HeldRecord is an entry that the county holds back, of a case that is shown here.
type HeldRecord struct {
	Row  Row
	Case casework.Case
	Line casework.Line // the entry as the case's history tells it
	Own  bool          // this profile's person wrote it
}

// HeldRecords returns what the county holds back, the person's own first, at most so
// many.
func (s *Store) HeldRecords(most int) ([]HeldRecord, error) {
	if err := s.rows.wait(); err != nil {
		return nil, refuse(err)
	}
	var own, others []uint64
	s.rows.each(func(number uint64, w *row) bool {
		switch {
		case w.Held == 0 || w.Gone != nil:
		case w.HeldOwn:
			own = append(own, number)
		default:
			others = append(others, number)
		}
		return true
	})
	var out []HeldRecord
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	err := s.view(func(r reader) error {
		for _, number := range slices.Concat(own, others) {
			if len(out) >= most {
				return nil
			}
			c, err := r.readCase(number)
			if err != nil {
				return err
			}
			var w row
			if _, err := r.get(bucketRows, u64(number), &w); err != nil {
				return err
			}
			for _, uid := range c.file.Fold.HeldNow {
				if l, ok := c.file.Fold.Line(uid); ok {
					out = append(out, HeldRecord{Row: w.show(st, ix, now), Case: c.file.Fold, Line: l, Own: l.Actor == st.User})
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b HeldRecord) int {
		switch {
		case a.Own == b.Own:
			return 0
		case a.Own:
			return -1
		}
		return 1
	})
	return out, refuse(err)
}
