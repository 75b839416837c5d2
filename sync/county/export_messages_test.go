package county

import (
	"context"
	"encoding/hex"
	"errors"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// Queue queues the texts of urgings, as who writes them does.
func (c *County) Queue(ctx context.Context, id casework.CaseID, all ...*casework.Urged) error {
	var u *update
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
		if u, err = c.ownUpdate(tx, c.now()); err != nil {
			return err
		}
		k, err := u.caseOf(id)
		if err != nil {
			return err
		}
		for _, e := range all {
			if err := u.notify(k, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		u.keep()
	}
	return err
}

// CountsLeft returns how many counts of texts a day the ledger keeps.
func (c *County) CountsLeft(ctx context.Context) (n int, err error) {
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		n = 0
		return r.Scan([]byte("md/"), nil, func(_, _ []byte) bool {
			n++
			return true
		})
	})
	return n, err
}

// Hurt lets the ledger forget where the entries of a case stand.
func (c *County) Hurt(ctx context.Context, id casework.CaseID) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		all, err := positionsOf(tx, id)
		for _, p := range all {
			err = errors.Join(err, tx.Put(orderKey(p), nil))
		}
		c.folds.mu.Lock()
		defer c.folds.mu.Unlock()
		c.folds.drop(id)
		return err
	})
}

// HurtRow lets the row of a case mean nothing.
func (c *County) HurtRow(ctx context.Context, id casework.CaseID) error {
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error { return tx.Put(caseKey(id), []byte("rot")) })
}

// HurtText lets the row of the text that a message went into mean nothing, and HurtMessage
// that of a message.
func (c *County) HurtText(ctx context.Context, text string) error { return c.hurt(ctx, "mt/", text) }

func (c *County) HurtMessage(ctx context.Context, id string) error { return c.hurt(ctx, "m/", id) }

func (c *County) hurt(ctx context.Context, prefix, id string) error {
	b, err := hex.DecodeString(id)
	if err != nil {
		return err
	}
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error { return tx.Put(append([]byte(prefix), b...), []byte("rot")) })
}
