package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Handing a laptop over takes both: the worker before hands over, which is her
// log's last entry and ends her writing here; the next one takes over in a
// profile of her own, made in a folder beside (Beside), with an entry that names
// the first. When the county has admitted that, the profile before is destroyed
// here (ForgetHanded) and hers takes its place (FinishTaking). Each step may be
// tried again; until the county has everything, nothing is destroyed.

// Handover says to whom a profile was handed.
type Handover struct {
	To     catalogue.UserID `codec:"to"`
	Remark string           `codec:"remark"`
	At     time.Time        `codec:"at"`
	Log    casework.LogID   `codec:"log"`
	Seq    uint64           `codec:"seq"`
	Hash   casework.Hash    `codec:"hash"`
	Cases  int              `codec:"cases"` // that were here then, those that were withdrawn left aside
	Open   int              `codec:"open"`  // of them, not ended
	Todo   int              `codec:"todo"`  // of them, waited for the worker before
}

// HandOver hands the laptop to somebody. It refuses with not_allowed, saying why,
// while anything would be lost or is open: drafts, what the county has not got,
// own records that are held. From then on nothing is written here but TakeBack.
func (s *Store) HandOver(to catalogue.UserID, remark string) error {
	if err := s.rows.wait(); err != nil {
		return refuse(err)
	}
	return s.handing(func(t *txn) (*Handover, error) {
		if why := t.mayHandOver(to); why != "" {
			return nil, casework.Refuse(casework.CodeNotAllowed, why)
		}
		h := &Handover{To: to, Remark: remark, At: s.opt.Clock.Now()}
		// Rows change with the commit that changes them, before the next transaction
		// begins: what is counted here is what the file holds.
		held := false
		s.rows.each(func(_ uint64, w *row) bool {
			if held = w.HeldOwn; held || w.Gone != nil {
				return !held
			}
			h.Cases++
			if w.State != "" && !w.State.Ended() {
				h.Open++
			}
			if w.Todo {
				h.Todo++
			}
			return true
		})
		if held {
			return nil, casework.Refuse(casework.CodeNotAllowed, WhyHeldOwn)
		}
		return h, nil
	})
}

// TakeBack takes a hand-over back that nobody has answered.
func (s *Store) TakeBack() error {
	return s.handing(func(t *txn) (*Handover, error) {
		if t.st.Handed == nil {
			return nil, casework.Refuse(casework.CodeNotAllowed, WhyNotHanded)
		}
		// The word goes first, for good: while it lies there the file may be
		// destroyed, and from here on it may hold what the county has not got.
		if err := os.Remove(filepath.Join(s.dir, handoverName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, boltfile.SyncDir(s.dir)
	})
}

// handing writes the entry about the hand-over that fn gives; nil: none any more.
func (s *Store) handing(fn func(*txn) (*Handover, error)) error {
	uid, err := s.NewEntry()
	if err != nil {
		return refuse(err)
	}
	err = s.update(true, func(t *txn) error {
		h, err := fn(t)
		if err != nil {
			return err
		}
		ev := new(casework.HandedOver)
		if h != nil {
			ev.To, ev.Remark = h.To, h.Remark
		}
		e := t.newEntry()
		e.UID, e.Events = uid, []casework.Event{ev}
		rec, err := t.write(&e, nil, nil)
		if err == nil && h != nil {
			h.Log, h.Seq, h.Hash = rec.Entry.Log, rec.Entry.Seq, rec.Hash
		}
		t.st.Handed = h
		if err == nil && h != nil { // what was dropped is no business of who comes next
			err = t.deleteDrafts(func(DraftWork) bool { return true })
		}
		return err
	})
	if err == nil {
		s.tell(Change{Link: true})
	}
	return err
}

func (t *txn) mayHandOver(to catalogue.UserID) casework.Why {
	person, known := t.cat.Person(to)
	unfinished, err := t.unfinished()
	switch {
	case t.st.Handed != nil:
		return WhyHandedOver
	case t.st.County == nil, !known:
		return casework.WhyNoSuchUser
	case person.Left:
		return casework.WhyLeft
	case to == t.st.User:
		return WhyHandedSelf
	case unfinished || err != nil:
		return WhyDrafts
	case t.st.unsent() > 0:
		return WhyUnsent
	}
	return ""
}

// Waiting tells what stands in the way of handing the laptop over.
type Waiting struct {
	Drafts []DraftWork
	Unsent int
	Held   []Row // cases with an own record that is held
}

// Waiting lists what stands in the way of handing the laptop over.
func (s *Store) Waiting() (w Waiting, err error) {
	if w.Drafts, err = s.Drafts(); err != nil {
		return w, err
	}
	w.Unsent = s.Unsent()
	if err := s.rows.wait(); err != nil {
		return w, refuse(err)
	}
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	s.rows.each(func(_ uint64, r *row) bool {
		if r.HeldOwn {
			w.Held = append(w.Held, r.show(st, ix, now))
		}
		return true
	})
	return w, nil
}

// Handed returns to whom the profile was handed and how far the word of it has
// come; false: to nobody. Of one that the county holds why says the reason.
func (s *Store) Handed() (h Handover, receipt Receipt, why casework.Why, handed bool) {
	st := s.state()
	if st.Handed == nil {
		return Handover{}, "", "", false
	}
	receipt = SavedHere
	_ = s.view(func(r reader) (err error) {
		receipt, why, err = r.handed(st)
		return err
	})
	return *st.Handed, receipt, why, true
}

// handed returns how far the word of the hand-over has come.
func (r reader) handed(st *state) (Receipt, casework.Why, error) {
	log := st.ownLog(st.Handed.Log)
	if log < 0 {
		return SavedHere, "", nil
	}
	k, found, err := r.own(log, st.Handed.Seq)
	if err != nil || !found || !st.holds(k.At) {
		return SavedHere, "", err
	}
	e, err := k.read()
	switch {
	case err != nil:
		return SavedHere, "", err
	case e.Stamp != nil && e.Stamp.Verdict == casework.Held:
		return Withheld, e.Stamp.Why, nil
	case st.backed(k.At):
		return BackedUp, "", nil
	}
	return Delivered, "", nil
}

// handoverName is the file in which the worker before leaves word for the next.
const handoverName = "handover"
