package county

import (
	"context"
	"encoding/binary"
	"errors"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// KeepFolds keeps n folds of cases with so many bytes, and returns how many are
// left and what they count for.
func KeepFolds(n int, size uint64) (left int, total uint64) {
	f := folds{cases: map[casework.CaseID]*folded{}}
	for i := range n {
		var id casework.CaseID
		binary.BigEndian.PutUint64(id.UUID[:], uint64(i))
		f.keep(id, &caseRow{Bytes: size}, &casework.Case{})
	}
	return len(f.cases), f.size
}

// Unindex makes the ledger one of a program that did not supervise.
func (c *County) Unindex(ctx context.Context) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		st := w.state
		st.Derived = 0
		ids, err := casesAfter(tx, nil, 1000)
		if err != nil {
			return err
		}
		for _, id := range ids {
			var row caseRow
			if _, err := get(tx, caseKey(id), &row); err != nil {
				return err
			}
			if err := tx.Put(dueKey(row.Due, id), nil); err != nil {
				return err
			}
			row.Due = 0
			if err := put(tx, caseKey(id), &row); err != nil {
				return err
			}
		}
		return errors.Join(putState(tx, st), tx.Put(logKey(st.Log), nil))
	})
}

// Lose lets the ledger forget where the last entry of a case stands.
func (c *County) Lose(ctx context.Context, id casework.CaseID) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		all, err := positionsOf(tx, id)
		if err != nil {
			return err
		}
		return tx.Put(orderKey(all[len(all)-1]), nil)
	})
}

// FoldAll folds every case of the ledger once.
func (c *County) FoldAll(ctx context.Context) (n int, err error) {
	err = c.eachCase(ctx, func(*casework.Case) { n++ })
	return n, err
}

// Misfit lets the facts be those of another program: the ledger does not know that they
// were taken, and what stands in their place means nothing.
func (c *County) Misfit(ctx context.Context) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		st := w.state
		st.Derived = derived + 1
		ids, err := casesAfter(tx, []byte{0}, 1<<20)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := tx.Put(factKey(id), []byte("of another program")); err != nil {
				return err
			}
		}
		return putState(tx, st)
	})
}

// SweepOnce makes one step of a sweep.
func (c *County) SweepOnce(ctx context.Context) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		_, _, err := c.sweepSome(tx)
		return err
	})
}

// SwapFacts puts the fact of one case beside another.
func (c *County) SwapFacts(ctx context.Context, a, b casework.CaseID) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		row, err := tx.Get(factKey(a))
		if err != nil {
			return err
		}
		return tx.Put(factKey(b), row)
	})
}

// SpoilFacts makes the fact of a case unreadable.
func (c *County) SpoilFacts(ctx context.Context, id casework.CaseID) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error { return tx.Put(factKey(id), []byte("spoilt")) })
}
