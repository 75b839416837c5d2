package store

import (
	"math"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/record"
)

// Came says what came of a case from elsewhere.
type Came string

// What can come.
const (
	CameNew       Came = "new"       // it was not shown here before
	CameChanged   Came = "changed"   // somebody else wrote on it
	CameWithdrawn Came = "withdrawn" // it is not shown here any more
)

// Arrival is a case of which something came to this laptop from elsewhere.
type Arrival struct {
	Row
	What Came
	At   time.Time // when it came last, by this laptop's clock
}

// arrival is what is kept of an Arrival, times to the millisecond.
type arrival struct {
	Case casework.CaseID
	What Came
	At   time.Time
}

type arrivals []arrival

func (a *arrivals) encode(e *record.Encoder) error {
	e.Array(len(*a))
	for i := range *a {
		one := &(*a)[i]
		e.Array(3)
		e.Bytes(one.Case.UUID[:])
		e.Text(string(one.What))
		e.Uint(uint64(max(0, one.At.UnixMilli())))
	}
	return nil
}

func (a *arrivals) decode(d *record.Decoder) error {
	*a = list[arrival](d)
	for i := range *a {
		one := &(*a)[i]
		d.Array(3)
		d.Fixed(one.Case.UUID[:])
		one.What = Came(d.Text())
		one.At = time.UnixMilli(int64(d.Uint(math.MaxInt64)))
	}
	return d.Err()
}

var keyArrivals = []byte("came")

// maxArrivals is how many cases are remembered, those of which something came last.
const maxArrivals = 200

// arrived notes in this transaction what came of a case.
func (t *txn) arrived(id casework.CaseID, what Came) {
	if n := len(t.came); n > 0 && t.came[n-1].Case == id && t.came[n-1].What == CameNew && what == CameChanged {
		return // the rest of a new case
	}
	t.came = append(t.came, arrival{Case: id, What: what})
}

// keepArrivals keeps what came with the transaction that brought it.
func (t *txn) keepArrivals() error {
	if len(t.came) == 0 {
		return nil
	}
	now := t.s.opt.Clock.Now()
	for i := range t.came {
		t.came[i].At = now
	}
	var before arrivals
	if _, err := t.get(bucketState, keyArrivals, &before); err != nil {
		before = nil // a list of what was new is no reason to take nothing more in
	}
	all := gather(append(before, t.came...), t.cat.Calendar().Midnight)
	return t.put(bucketState, keyArrivals, &all)
}

// gather leaves of each case the last that came, in the order in which it came. A case
// that is new stays so on the day on which it came; midnight begins a day.
func gather(all arrivals, midnight func(time.Time) time.Time) arrivals {
	out := make(arrivals, 0, min(len(all), maxArrivals))
	later := map[casework.CaseID]int{}
	for i := len(all) - 1; i >= 0; i-- {
		a := all[i]
		if at, known := later[a.Case]; known {
			if l := &out[at]; l.What == CameChanged && a.What == CameNew && midnight(a.At).Equal(midnight(l.At)) {
				l.What = CameNew
			}
			continue
		}
		if len(out) < maxArrivals {
			later[a.Case] = len(out)
			out = append(out, a)
		}
	}
	slices.Reverse(out)
	return out
}

// Arrivals returns the cases of which something came from elsewhere since a moment, the
// newest first; of very many, the last ones.
func (s *Store) Arrivals(since time.Time) ([]Arrival, error) {
	var kept arrivals
	var out []Arrival
	st, ix, now := s.state(), s.Catalogue(), s.opt.Clock.Now()
	err := s.view(func(r reader) error {
		if _, err := r.get(bucketState, keyArrivals, &kept); err != nil {
			return err
		}
		for i := len(kept) - 1; i >= 0; i-- {
			a := kept[i]
			if a.At.Before(since) {
				continue
			}
			number, err := s.locate(r, a.Case)
			if err != nil {
				return err
			}
			if number == 0 {
				continue
			}
			var w row
			if _, err := r.get(bucketRows, u64(number), &w); err != nil {
				return err
			}
			out = append(out, Arrival{w.show(st, ix, now), a.What, a.At})
		}
		return nil
	})
	return out, refuse(err)
}
