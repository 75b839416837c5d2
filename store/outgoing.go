package store

import (
	"sort"
	"time"

	"casedesk/store/casework"
)

// Outgoing is how the own records stand between this laptop and its county.
type Outgoing struct {
	Entries int       // that wait to be sent
	Cases   int       // that they are about
	Oldest  time.Time // when the one that waits longest was written, by this laptop's clock; zero: none waits
	Drafts  int       // which nobody is sent, but for dropped ones

	Delivered int       // entries that the county has, the backed up ones included
	BackedUp  int       // of them, those in a verified backup
	Upto      OwnRecord // the last one that the county has, in the order of writing; zero: none
}

// Outgoing tells what waits to be sent and what the county has. Entries about the log
// itself are among those counted.
func (s *Store) Outgoing() (Outgoing, error) {
	var o Outgoing
	st := s.state()
	err := s.view(func(r reader) error {
		err := r.eachDraft(func(d *DraftWork) {
			if d.Dropped.IsZero() {
				o.Drafts++
			}
		})
		if err != nil || st.County == nil {
			return err
		}
		cases := map[casework.CaseID]bool{}
		for i, l := range st.Logs {
			if err := r.reached(&o, i, l, st); err != nil {
				return err
			}
			for seq := l.Acked + 1; seq <= l.Upto; seq++ {
				k, err := r.mustOwn(i, seq)
				if err != nil {
					return err
				}
				if o.Oldest.IsZero() {
					e, err := k.read()
					if err != nil {
						return err
					}
					o.Oldest = e.Wall
				}
				if o.Entries++; !k.Case.IsZero() {
					cases[k.Case] = true
				}
			}
		}
		o.Cases = len(cases)
		return nil
	})
	return o, refuse(err)
}

// reached counts what the county has of an own log. It admits a log in its order, so
// what its backup has is the beginning.
func (r reader) reached(o *Outgoing, log int, l ownLog, st *state) error {
	n := int(min(l.Acked, l.Upto))
	if n == 0 {
		return nil
	}
	var failed error
	backed := sort.Search(n, func(i int) bool {
		k, err := r.mustOwn(log, uint64(i)+1)
		if err != nil {
			failed = err
			return true
		}
		return !st.backed(k.At)
	})
	if failed != nil {
		return failed
	}
	o.Delivered, o.BackedUp = o.Delivered+n, o.BackedUp+backed
	k, err := r.mustOwn(log, uint64(n))
	if err == nil {
		o.Upto, err = r.ownRecord(log, uint64(n), k, st)
	}
	return err
}

// Skew returns by how much this laptop's clock is ahead of the county's (behind: less
// than zero), and false where that is not known. After the machine was started anew the
// county's time is known only as one that has passed: then a clock behind it is at least
// so far behind, and of one ahead nothing is known.
func (s *Store) Skew() (time.Duration, bool) {
	boot, mono := s.opt.Clock.Mono()
	now := s.opt.Clock.Now()
	s.mu.RLock()
	told, county := s.told, s.st.County
	s.mu.RUnlock()
	switch {
	case county == nil || told.at.IsZero():
		return 0, false
	case told.boot == boot:
		return now.Sub(told.on(mono)), true
	case now.Before(told.at):
		return now.Sub(told.at), true
	}
	return 0, false
}
