package county

import (
	"context"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// sweepChunk is how many cases one Update of a sweep looks at, and after how many it tells
// the operator how far it is.
const (
	sweepChunk = 200
	sweepTell  = 5000
)

// Publish makes cat the county's catalogue, and fits the feeds and the fact of every case
// to it: units may have moved, limits have another length. Judging and delivering follow the new catalogue at
// once; the fitting takes its time and goes on after a restart. It refuses to
// retire a category or a unit that open cases have.
func (c *County) Publish(ctx context.Context, cat catalogue.Catalogue) (uint64, error) {
	if faults := catalogue.Validate(cat); len(faults) > 0 {
		return 0, catalogueRefusal(faults)
	}
	prev, err := c.Catalogue(ctx)
	if err != nil {
		return 0, fmt.Errorf("publish catalogue: %w", err)
	}
	used, err := c.retiredInUse(ctx, prev, cat)
	if err != nil {
		return 0, fmt.Errorf("publish catalogue: %w", err)
	}
	if len(used) > 0 {
		return 0, catalogueRefusal(used)
	}
	return c.publish(ctx, cat)
}

// publish is Publish for a catalogue that was judged.
func (c *County) publish(ctx context.Context, cat catalogue.Catalogue) (uint64, error) {
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		if faults := catalogue.Supersedes(w.ix.Catalogue(), cat); len(faults) > 0 {
			return catalogueRefusal(faults)
		}
		code, err := putCatalogue(tx, cat) // refuses one that cannot be sent
		if err != nil {
			return err
		}
		st := w.state
		st.Catalogue, st.Sweep, st.Derived = cat.Version, []byte{0}, derived
		if err := c.note(tx, &st, notePublished, &published{Version: cat.Version, Hash: hashOf(code)}); err != nil {
			return err
		}
		return putState(tx, st)
	})
	if err != nil {
		return 0, fmt.Errorf("publish catalogue: %w", err)
	}
	return cat.Version, c.Sweep(ctx)
}

func catalogueRefusal(faults []catalogue.Fault) error {
	return &casework.Refusal{Code: casework.CodeInvalid, Field: string(faults[0].Table), Err: fmt.Errorf("%d faults, the first: %v", len(faults), faults[0])}
}

// Sweep goes on fitting feeds, facts, and when cases are to be urged, to the catalogue where
// an earlier Publish was interrupted; and does so for a ledger of another program. A
// server calls it when it starts.
func (c *County) Sweep(ctx context.Context) error {
	c.sweep.Lock()
	defer c.sweep.Unlock()
	fitted := 0
	for more := true; more; {
		var u *update
		err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
			u, more, err = c.sweepSome(tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("fit feeds to the catalogue: %w", err)
		}
		u.keep()
		before := fitted
		fitted += len(u.order)
		if fitted/sweepTell > before/sweepTell || !more && fitted > 0 {
			c.conf.Log.Info("cases are fitted to the catalogue", "cases", fitted, "done", !more)
		}
	}
	return nil
}

// sweepSome fits the feeds and facts of the next cases after the sweep's mark.
func (c *County) sweepSome(tx ledger.Tx) (*update, bool, error) {
	u, err := c.ownUpdate(tx, c.now())
	if err != nil {
		return u, false, err
	}
	if u.st.Sweep = u.st.unswept(); u.st.Sweep == nil {
		return u, false, nil
	}
	u.st.Derived = derived
	ids, err := casesAfter(tx, u.st.Sweep, sweepChunk)
	if err != nil {
		return u, false, err
	}
	for _, id := range ids {
		k, err := u.open(id)
		if err != nil {
			return u, false, err
		}
		if err := u.current(k); err != nil {
			return u, false, err
		}
		if err := u.deliver(k, nil); err != nil {
			return u, false, err
		}
		u.st.Sweep = id.UUID[:]
	}
	if len(ids) < sweepChunk {
		u.st.Sweep = nil
	}
	if err := putState(tx, u.st); err != nil {
		return u, false, err
	}
	return u, u.st.Sweep != nil, u.finish()
}

// casesAfter returns up to n ids of cases above after, ascending.
func casesAfter(r ledger.Reader, after []byte, n int) (ids []casework.CaseID, err error) {
	prefix := []byte("c/")
	err = r.Scan(prefix, append(prefix[:len(prefix):len(prefix)], after...), func(key, _ []byte) bool {
		var c casework.CaseID
		copy(c.UUID[:], key[len(prefix):])
		ids = append(ids, c)
		return len(ids) < n
	})
	return ids, err
}
