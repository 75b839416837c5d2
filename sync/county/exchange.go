package county

import (
	"context"
	"crypto/ed25519"
	"errors"
	"syscall"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/sync/wire"
)

// seenEvery is how often a laptop's last sighting is written down when it has
// nothing else to say.
const seenEvery = time.Minute

// Exchange makes one exchange with the laptop that holds key: up is judged
// before down is cut. What is refused as a whole is a *wire.Failure; another
// error is the county's own trouble.
func (c *County) Exchange(ctx context.Context, key ed25519.PublicKey, req *wire.Request) (*wire.Reply, error) {
	return c.exchange(ctx, key, req, new(access), place{})
}

// exchange also notes in a what the audit log is to say. Signatures are verified
// before the laptop's turn.
func (c *County) exchange(ctx context.Context, key ed25519.PublicKey, req *wire.Request, a *access, at place) (*wire.Reply, error) {
	if req.Version > wire.Version {
		return nil, &wire.Failure{Code: casework.CodeNewerFormat}
	}
	if req.Version == 0 || req.Check() != nil {
		return nil, &wire.Failure{Code: casework.CodeInvalid}
	}
	if err := c.recognise(ctx, key, req.Grant); err != nil {
		return nil, err
	}
	offers, err := c.openOffers(key, req.Up)
	if err != nil {
		return nil, err
	}
	if err := at.wait(ctx); err != nil {
		return nil, err
	}
	idle, err := c.idle(ctx, key, req)
	if err != nil {
		return nil, err
	}
	reply := &wire.Reply{Version: wire.Version, Now: c.now().UnixMilli()}
	if !idle {
		u, err := c.admitAll(ctx, key, req, offers)
		if err != nil {
			return nil, err
		}
		reply.Stamps, reply.Forks = u.stamps, u.forks
		a.admitted, a.held, a.refilled = u.admitted, u.held, u.refilled
	}
	return reply, c.reply(ctx, key, req, reply, a)
}

// idle reports whether a request changes nothing: it offers no entries, and its
// laptop was seen a moment ago.
func (c *County) idle(ctx context.Context, key ed25519.PublicKey, req *wire.Request) (idle bool, err error) {
	if len(req.Up) > 0 || len(req.Grant) > 0 {
		return false, nil
	}
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		var seen sighting
		there, err := get(r, seenKey(key), &seen)
		if err != nil || !there || seen.Program != req.Program {
			return err
		}
		idle = c.now().Sub(milliTime(seen.At)).Abs() < seenEvery
		return nil
	})
	return idle, err
}

// admitAll judges everything that came up, in one Update of the ledger.
func (c *County) admitAll(ctx context.Context, key ed25519.PublicKey, req *wire.Request, offers []offer) (*update, error) {
	var u *update
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
		u, err = c.newUpdate(tx, key, req)
		if err != nil {
			return err
		}
		return u.run(req, offers)
	})
	if err != nil {
		return nil, err
	}
	u.keep()
	c.counts.took(u)
	return u, nil
}

func (c *County) newUpdate(tx ledger.Tx, key ed25519.PublicKey, req *wire.Request) (*update, error) {
	u, err := c.ownUpdate(tx, c.now())
	if err != nil {
		return nil, err
	}
	u.key, u.at = key, req.Clock
	known, err := get(tx, deviceKey(key), &u.dev)
	if err != nil {
		return nil, err
	}
	if !known {
		if u.dev, err = c.granted(key, req.Grant); err != nil {
			return nil, err
		}
		if err := c.register(tx, &u.st, key, u.dev, nil); err != nil {
			return nil, err
		}
	}
	return u, nil
}

func (u *update) run(req *wire.Request, offers []offer) error {
	// What was stamped comes first: judging the rest needs the cases whole. Copies
	// come after the others, because one that comes alone is judged as well.
	isCopy := func(o offer) bool { return o.stamp != nil && o.rec.Entry.Stamp.Verdict == casework.Copy }
	for _, o := range offers {
		if o.stamp != nil && !isCopy(o) {
			if err := u.refill(o); err != nil {
				return err
			}
		}
	}
	if err := u.refold(); err != nil {
		return err
	}
	for _, o := range offers {
		if isCopy(o) {
			if err := u.refill(o); err != nil {
				return err
			}
		}
	}
	for _, o := range offers {
		if o.stamp == nil {
			if err := u.up(o.again()); err != nil {
				return err
			}
		}
	}
	if err := u.refold(); err != nil { // delivers what came up
		return err
	}
	if u.st.Epoch != u.w.Epoch {
		if err := putState(u.tx, u.st); err != nil {
			return err
		}
	}
	if err := put(u.tx, seenKey(u.key), &sighting{At: u.now.UnixMilli(), Program: req.Program}); err != nil {
		return err
	}
	return u.finish()
}

// reply adds to the reply what is read from what is committed.
func (c *County) reply(ctx context.Context, key ed25519.PublicKey, req *wire.Request, reply *wire.Reply, a *access) error {
	return c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		reply.Epoch = w.Epoch
		for _, end := range w.Ends {
			reply.Ends = append(reply.Ends, end.wire())
		}
		var backed mark
		if _, err := get(r, []byte(keyBacked), &backed); err != nil {
			return err
		}
		reply.Backed = backed.wire()
		if err := heads(r, key, req, reply); err != nil {
			return err
		}
		if err := asked(r, w, key, req, reply); err != nil {
			return err
		}
		var dev device
		known, err := get(r, deviceKey(key), &dev)
		if err != nil || !known {
			return errors.Join(&wire.Failure{Code: wire.CodeGrant}, err)
		}
		a.user = string(dev.User)
		if dev.Revoked != 0 {
			reply.Revoked = true
			return nil
		}
		ahead, err := cut(r, w, dev, req, reply)
		if ahead != "" {
			// A cursor proves nothing, so it begins no epoch; an entry with a stamp
			// of ours would, and whoever wrote what is lost offers it.
			c.conf.Log.Warn("a laptop has read more of a feed than there is; was an older ledger file put back?",
				"feed", string(ahead), "device", wire.FingerprintOf(key).String())
		}
		return err
	})
}

// failure returns what a laptop is told about an error.
func failure(err error) *wire.Failure {
	var f *wire.Failure
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, ledger.ErrFull), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT): // of the ledger, of a backup
		return &wire.Failure{Code: casework.CodeDiskFull, After: 300}
	case errors.Is(err, ledger.ErrDamaged):
		return &wire.Failure{Code: casework.CodeDamaged, After: 600}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &wire.Failure{Code: casework.CodeBusy, After: 30}
	}
	return &wire.Failure{Code: casework.CodeInternal, After: 60}
}
