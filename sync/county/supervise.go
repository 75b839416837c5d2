package county

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// The county supervises every running limit by itself. When the next one of a case is to
// be urged is part of the ledger, in the order of time, and fitted to the case whenever
// an entry of it lands or the catalogue changes. So a tick costs what is due, however many
// limits run.
const (
	lookEvery  = time.Minute // how long who urges sleeps at most
	urgeChunk  = 100         // cases that one Update of a tick looks at
	urgePutOff = time.Hour   // until a case that could not be urged is looked at again
	// urgeAfter is how long who urges, and who sends, waits for what laptops give back to a
	// county that was restored: it may hold that the limits have been urged, or are done.
	urgeAfter = 15 * time.Minute
)

// Tick is what one look at what is due did.
type Tick struct {
	Urged int
	Next  time.Time // when the next limit is to be urged; zero: none is
}

// Supervise urges what is due at a moment, each limit once a grade, in as many Updates
// as it takes. Several counties on one ledger may do it side by side.
func (c *County) Supervise(ctx context.Context, now time.Time) (Tick, error) {
	now = now.UTC().Truncate(time.Millisecond)
	var tick Tick
	bad := map[casework.CaseID]bool{}
	for {
		var more bool
		err := c.conf.Ledger.View(ctx, func(r ledger.Reader) (err error) {
			tick.Next, more, err = nextDue(r, now)
			return err
		})
		if err != nil {
			return tick, fmt.Errorf("supervise: %w", err)
		}
		if !more {
			return tick, nil
		}
		var u *update
		err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
			u, err = c.superviseSome(tx, now, bad)
			return err
		})
		var failed *caseError
		if errors.As(err, &failed) && errors.Is(err, ledger.ErrDamaged) && !bad[failed.id] {
			c.conf.Log.Error("a case cannot be supervised", "case", failed.id.String(), "error", failed.err.Error())
			bad[failed.id] = true // the others are not kept waiting by it
			continue
		}
		if err != nil {
			return tick, fmt.Errorf("supervise: %w", err)
		}
		u.keep()
		c.counts.took(u)
		tick.Urged += u.urged
	}
}

// Watch supervises until ctx ends: at every moment at which a limit is to be urged, and
// once a minute, for the clock may have been set.
func (c *County) Watch(ctx context.Context) {
	for ctx.Err() == nil {
		var tick Tick
		from, err := c.refilled(ctx)
		if now := c.now(); err == nil && from.After(now) {
			tick.Next = from
		} else if err == nil {
			tick, err = c.Supervise(ctx, now)
		}
		if err != nil && ctx.Err() == nil {
			c.conf.Log.Error("limits are not supervised", "error", err.Error())
		}
		now := c.now()
		wake := now.Add(lookEvery)
		if err == nil && !tick.Next.IsZero() && tick.Next.Before(wake) {
			wake = tick.Next
		}
		c.watch.next.Store(wake.UnixMilli())
		sleep := time.NewTimer(wake.Sub(now))
		select {
		case <-ctx.Done():
		case <-sleep.C:
		case <-c.watch.woken:
		}
		sleep.Stop()
		c.watch.next.Store(0)
	}
}

// refilled returns from when on laptops have had the time to give back what a restore
// lost; zero when there was none of late.
func (c *County) refilled(ctx context.Context) (from time.Time, err error) {
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil || len(w.Ends) == 0 {
			return err
		}
		began := milliTime(int64(binary.BigEndian.Uint64(w.Epoch.UUID[:8]) >> 16)) // a UUIDv7 begins with its time
		if now := c.now(); !began.After(now) {                                     // else the clock was set
			from = began.Add(urgeAfter)
		}
		return nil
	})
	return from, err
}

// watch is who urges, while asleep.
type watch struct {
	next  atomic.Int64 // when it wakes by itself, Unix milliseconds; 0: it is awake
	woken chan struct{}
}

// wake wakes it if something is due by now, or sooner than it would wake by itself.
func (w *watch) wake(due, now int64) {
	if due == 0 || due > now && due >= w.next.Load() {
		return
	}
	select {
	case w.woken <- struct{}{}:
	default:
	}
}

// dueCase is a case and the moment that the index has for it.
type dueCase struct {
	at int64
	id casework.CaseID
}

// eachDue visits the cases of which a limit is to be urged, the first one first. What is no
// such row is passed over: Verify reports it.
func eachDue(r ledger.Reader, fn func(dueCase) bool) error {
	return r.Scan([]byte(prefixDue), nil, func(key, _ []byte) bool {
		d, ok := dueOf(key)
		return !ok || fn(d)
	})
}

// dueOf reads a key of the index.
func dueOf(key []byte) (d dueCase, ok bool) {
	if len(key) != len(prefixDue)+8+16 {
		return d, false
	}
	d.at = int64(binary.BigEndian.Uint64(key[len(prefixDue):]))
	copy(d.id.UUID[:], key[len(prefixDue)+8:])
	return d, true
}

// nextDue returns when the first limit is to be urged, and whether that has come.
func nextDue(r ledger.Reader, now time.Time) (next time.Time, come bool, err error) {
	err = eachDue(r, func(d dueCase) bool {
		next, come = milliTime(d.at), d.at <= now.UnixMilli()
		return false
	})
	return next, come, err
}

// superviseSome urges what is due in the first cases of the index; bad ones are put off.
func (c *County) superviseSome(tx ledger.Tx, now time.Time, bad map[casework.CaseID]bool) (*update, error) {
	u, err := c.ownUpdate(tx, now)
	if err != nil {
		return u, err
	}
	var due []dueCase
	err = eachDue(tx, func(d dueCase) bool {
		if d.at <= now.UnixMilli() {
			due = append(due, d)
		}
		return d.at <= now.UnixMilli() && len(due) < urgeChunk
	})
	if err != nil {
		return u, err
	}
	for _, d := range due {
		if bad[d.id] {
			err = u.putOff(d)
		} else if err = u.supervise(d); err != nil {
			err = &caseError{d.id, err}
		}
		if err != nil {
			return u, err
		}
	}
	return u, u.finish()
}

// caseError is what went wrong with one case.
type caseError struct {
	id  casework.CaseID
	err error
}

func (e *caseError) Error() string { return fmt.Sprintf("case %s: %v", e.id, e.err) }
func (e *caseError) Unwrap() error { return e.err }

// supervise urges what is due in one case.
func (u *update) supervise(d dueCase) error {
	k, err := u.open(d.id)
	if err == nil && k.row.Due != d.at {
		return u.tx.Put(dueKey(d.at, d.id), nil)
	}
	if err == nil {
		err = u.current(k)
	}
	if err != nil {
		return err
	}
	for _, e := range casework.DueUrgings(k.fold, u.w.ix, u.now) {
		if err := u.say(k, &e); err != nil {
			return err
		}
		if err := u.notify(k.fold, &e); err != nil {
			return err
		}
		u.urged++
	}
	if err := u.deliver(k, k.fresh); err != nil {
		return err
	}
	k.fresh = nil
	if k.row.Due != 0 && k.row.Due <= u.now.UnixMilli() { // nothing was due after all
		return u.awaits(k, u.now.Add(urgePutOff))
	}
	return nil
}

// putOff puts the moment of a case off that cannot be urged. Not even its row may be
// readable.
func (u *update) putOff(d dueCase) error {
	later := u.now.Add(urgePutOff)
	k, err := u.open(d.id)
	switch {
	case errors.Is(err, ledger.ErrDamaged):
		if err = u.tx.Put(dueKey(d.at, d.id), nil); err == nil {
			err = u.tx.Put(dueKey(later.UnixMilli(), d.id), []byte{})
		}
		return err
	case err != nil:
		return err
	case k.row.Due != d.at:
		return u.tx.Put(dueKey(d.at, d.id), nil)
	}
	return u.awaits(k, later)
}

// say writes an entry about a case into the county's own log and folds it. It is delivered
// with all others of the case.
func (u *update) say(k *openCase, ev casework.Event) error {
	if err := u.c.bindOwn(u.tx, u.st.Log); err != nil { // a ledger of an earlier program does not know whose it is
		return err
	}
	seen := k.fold.Heads
	o, err := u.c.sign(u.tx, &u.st, casework.Entry{Case: k.id, Parents: seen[max(0, len(seen)-casework.MaxParents):],
		Wall: u.now, Events: []casework.Event{ev}})
	if err != nil {
		return err
	}
	u.n++
	stamp := &casework.Stamp{Epoch: u.st.Epoch, N: u.n, Received: u.now, Effective: u.now, Verdict: casework.Admitted}
	record.SignStamp(u.c.conf.Key.mac, o.rec.Hash, stamp)
	o.rec.Entry.Stamp = stamp
	if err := u.place(o, record.MarshalStamp(stamp), false, nil); err != nil {
		return err
	}
	u.fold(k, o)
	return nil
}

// awaits notes when a case is to be urged next; the zero time is never.
func (u *update) awaits(k *openCase, next time.Time) error {
	var at int64
	if !next.IsZero() {
		at = max(1, next.Add(time.Millisecond-1).UnixMilli()) // not before it has come
	}
	if at != 0 && (u.soonest == 0 || at < u.soonest) {
		u.soonest = at
	}
	if at == k.row.Due {
		return nil
	}
	if k.row.Due != 0 {
		if err := u.tx.Put(dueKey(k.row.Due, k.id), nil); err != nil {
			return err
		}
	}
	k.row.Due = at
	if at == 0 {
		return nil
	}
	return u.tx.Put(dueKey(at, k.id), []byte{})
}
