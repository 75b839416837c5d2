package county

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/sync/notify"
)

const (
	// lease is how long nobody else takes up a text that somebody is sending. A text
	// whose sender died waits so long.
	lease = 5 * time.Minute
	// firstWait and longestWait bound the time between two tries.
	firstWait   = time.Minute
	longestWait = time.Hour
	// maxDigest is how many messages one text tells of.
	maxDigest = 500
	// failures in a row end a pass: the way out is at fault, not a telephone.
	failures = 3
	// every is how long the sender sleeps when nothing wakes it, gather how long it
	// waits for more of what was urged with what woke it.
	every  = time.Minute
	gather = 2 * time.Second
	// tidyEvery is how often messages that could not go anyway are looked at for
	// whether they still have a reason.
	tidyEvery = time.Hour
	// farthest is beyond any time that a text is told to wait: a later one is of a
	// clock that was wrong.
	farthest = 25 * time.Hour
)

// post is what a County knows of its sending.
type post struct {
	mu     sync.Mutex   // one pass at a time
	tidied time.Time    // when all that waits was last looked at
	until  atomic.Int64 // the way out asked to be left alone, Unix milliseconds
	wake   chan struct{}
}

// rests reports whether the way out is to be left alone.
func (p *post) rests(now time.Time) bool { return !come(p.until.Load(), now) }

// come reports whether a moment has come, or is of a clock that was wrong.
func come(at int64, now time.Time) bool {
	return at <= now.UnixMilli() || at > now.Add(farthest).UnixMilli()
}

// woken tells the sender that there is something to do.
func (p *post) woken() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// KeepSending sends messages until ctx ends.
func (c *County) KeepSending(ctx context.Context, out notify.Out) {
	for {
		if err := c.SendMessages(ctx, out); err != nil && ctx.Err() == nil {
			c.conf.Log.Error("sending messages failed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		case <-c.post.wake:
			select {
			case <-ctx.Done():
				return
			case <-time.After(gather):
			}
		}
	}
}

// SendMessages sends what waits and may be sent now: outside of quiet hours, so many
// texts a unit and day, one text for all that waits for a unit. What one telephone
// does to its text keeps no other from being sent. An error is the county's own.
func (c *County) SendMessages(ctx context.Context, out notify.Out) error {
	c.post.mu.Lock()
	defer c.post.mu.Unlock()
	if c.post.rests(c.now()) {
		return nil
	}
	// What a restored county lost, laptops give back: it may have ended what waits.
	if from, err := c.refilled(ctx); err != nil || from.After(c.now()) {
		return err
	}
	handed, due, units, err := c.toSend(ctx)
	for _, id := range handed {
		if err == nil {
			err = c.askFate(ctx, out, id)
		}
	}
	failed := 0
	try := func(t *postText, id messageID) error {
		well, err := c.send(ctx, out, t, id)
		if failed++; well {
			failed = 0
		}
		return err
	}
	enough := func() bool { return failed == failures || ctx.Err() != nil || c.post.rests(c.now()) }
	for _, unit := range units {
		if err != nil || enough() {
			break
		}
		var t *postText
		var id messageID
		if t, id, err = c.compose(ctx, unit); t != nil && err == nil {
			err = try(t, id)
		}
	}
	for _, id := range due {
		if err != nil || enough() {
			break
		}
		var t *postText
		if t, err = c.claim(ctx, id); t != nil && err == nil {
			err = try(t, id)
		}
	}
	if err != nil {
		return fmt.Errorf("send messages: %w", err)
	}
	return nil
}

// toSend returns the texts whose fate is open, those to be tried now, oldest first, and
// the units for which messages wait.
func (c *County) toSend(ctx context.Context) (handed, due []messageID, units []catalogue.UnitID, err error) {
	type waiting struct {
		id   messageID
		next int64
	}
	now := c.now()
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		silent := quiet(w.ix, now)
		ids, err := openTexts(r)
		if err != nil {
			return err
		}
		var later []waiting
		busy := map[catalogue.UnitID]bool{}
		for _, id := range ids {
			var t postText
			there, err := get(r, textKey(id), &t)
			if errors.Is(err, ledger.ErrDamaged) || err == nil && !there {
				c.conf.Log.Error("a text cannot be read", "text", id.String(), "err", err)
				continue // it keeps no other waiting
			}
			if err != nil {
				return err
			}
			if t.Handed {
				handed = append(handed, id)
				continue
			}
			busy[t.Unit] = true
			if !silent && t.ripe(now) {
				later = append(later, waiting{id, t.Next})
			}
		}
		slices.SortFunc(later, func(a, b waiting) int { return cmp.Compare(a.next, b.next) })
		for _, t := range later {
			due = append(due, t.id)
		}
		if silent {
			return nil
		}
		all, err := unitsWaiting(r)
		if err != nil {
			return err
		}
		tidy := now.Sub(c.post.tidied).Abs() >= tidyEvery
		for _, unit := range all {
			able, err := canBeSent(r, w.ix, unit, now)
			if err != nil {
				return err
			}
			if !busy[unit] && (able || tidy) {
				units = append(units, unit)
			}
		}
		if tidy {
			c.post.tidied = now
		}
		return nil
	})
	return handed, due, units, err
}

// ripe reports whether the text may be tried now.
func (t *postText) ripe(now time.Time) bool { return come(max(t.Next, t.Lease), now) }

// canBeSent reports whether a unit has a telephone, and was not sent enough today.
func canBeSent(r ledger.Reader, ix *catalogue.Index, unit catalogue.UnitID, now time.Time) (bool, error) {
	row, _ := ix.Unit(unit)
	if _, ok := notify.Phone(row.Phone); !ok {
		return false, nil
	}
	sent, err := getNumber(r, string(capKey(dayOf(ix, now), unit)))
	return sent < uint64(ix.Number(catalogue.DailyCap)), err
}

// dayOf returns the county's day.
func dayOf(ix *catalogue.Index, now time.Time) string {
	return now.In(ix.Calendar().Location()).Format(time.DateOnly)
}

// openTexts returns the texts that are not decided.
func openTexts(r ledger.Reader) (ids []messageID, err error) {
	prefix := openKey(messageID{})[:len("mo/")]
	err = r.Scan(prefix, nil, func(key, _ []byte) bool {
		var id messageID
		copy(id[:], key[len(prefix):])
		ids = append(ids, id)
		return true
	})
	return ids, err
}

// unitsWaiting returns the units for which messages wait that are in no text.
func unitsWaiting(r ledger.Reader) (units []catalogue.UnitID, err error) {
	prefix := []byte("mw/")
	err = r.Scan(prefix, nil, func(key, _ []byte) bool {
		if rest := key[len(prefix):]; len(rest) > len(messageID{}) {
			unit := catalogue.UnitID(rest[:len(rest)-len(messageID{})-1])
			if n := len(units); n == 0 || units[n-1] != unit {
				units = append(units, unit)
			}
		}
		return true
	})
	return units, err
}

// quiet reports whether no texts are sent at this time of the county's day.
func quiet(ix *catalogue.Index, now time.Time) bool {
	from, to := ix.Setting(catalogue.QuietFrom), ix.Setting(catalogue.QuietTo)
	at := now.In(ix.Calendar().Location()).Format("15:04")
	if from <= to {
		return from <= at && at < to
	}
	return at >= from || at < to
}

// take takes a text up: nobody else does before the lease ends.
func (u *update) take(t *postText, id messageID) error {
	t.Tries++
	t.Lease = u.now.Add(lease).UnixMilli()
	return put(u.tx, textKey(id), t)
}

// claim takes up a text that is to be tried again; nil when somebody else did, or when
// nothing in it has a reason any more.
func (c *County) claim(ctx context.Context, id messageID) (t *postText, err error) {
	var u *update
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		t = nil
		var err error
		if u, err = c.ownUpdate(tx, c.now()); err != nil {
			return err
		}
		row := new(postText)
		if _, err := get(tx, textKey(id), row); err != nil {
			return err
		}
		if row.State != MessageWaiting || row.Handed || !row.ripe(u.now) {
			return nil
		}
		why := lostStopped
		for _, one := range row.Messages {
			m, k, err := u.messageOf(one)
			if errors.Is(err, ledger.ErrDamaged) {
				why = "" // nobody can tell, and it was tried already
			} else if err != nil {
				return err
			} else {
				why = u.lost(k, m)
			}
			if why == "" {
				break
			}
		}
		if why != "" {
			row.Why, row.Status = why, 0
			return decide(tx, id, row, MessageDropped, u.now)
		}
		t = row
		return u.take(row, id)
	})
	if err != nil {
		return nil, err
	}
	u.keep()
	return t, nil
}

// decide writes what became of a text and of the messages in it, as far as they can be read.
func decide(tx ledger.Tx, id messageID, t *postText, state MessageState, now time.Time) error {
	t.State, t.Handed, t.Next, t.Lease = state, false, 0, 0
	for _, one := range t.Messages {
		m, err := messageAt(tx, one)
		if errors.Is(err, ledger.ErrDamaged) {
			continue
		}
		if err != nil {
			return err
		}
		m.State, m.Why, m.Status, m.Done = state, t.Why, t.Status, now.UnixMilli()
		if err := put(tx, messageKey(one), m); err != nil {
			return err
		}
	}
	return errors.Join(put(tx, textKey(id), t), tx.Put(openKey(id), nil))
}

// send tries a text that was taken up, and writes down what came of it. It reports
// whether the way out is in order. What was tried is written down although ctx ended.
func (c *County) send(ctx context.Context, out notify.Out, t *postText, id messageID) (well bool, err error) {
	receipt, failed := out.Send(ctx, notify.Message{ID: id.String(), To: t.Phone, Text: t.Words, At: milliTime(t.At)})
	problem := problemOf(failed)
	if problem != nil {
		c.conf.Log.Warn("a message was not taken", "unit", string(t.Unit), "cause", string(problem.Cause), "status", problem.Status, "tries", t.Tries)
		if problem.After > 0 {
			c.post.until.Store(c.now().Add(problem.After).UnixMilli())
		}
	}
	err = c.conf.Ledger.Update(context.WithoutCancel(ctx), func(tx ledger.Tx) error {
		row := new(postText)
		if _, err := get(tx, textKey(id), row); err != nil || row.State != MessageWaiting {
			return err
		}
		now := c.now()
		row.Why, row.Status, row.Lease = "", 0, 0
		if problem != nil {
			row.Why, row.Status = MessageWhy(problem.Cause), problem.Status
		}
		switch {
		case problem == nil && !receipt.Pending:
			row.Receipt = receipt.ID
			return decide(tx, id, row, MessageSent, now)
		case problem == nil:
			row.Receipt, row.Handed, row.Next = receipt.ID, true, 0
		case problem.Final:
			return decide(tx, id, row, MessageFailed, now)
		default:
			row.Next = now.Add(max(pause(row.Tries), problem.After)).UnixMilli()
		}
		return put(tx, textKey(id), row)
	})
	if err != nil {
		return false, err
	}
	switch {
	case problem == nil:
		c.counts.textsTaken.Add(1)
	case problem.Final:
		c.counts.textsRefused.Add(1)
	}
	return problem == nil || problem.Final, nil
}

// problemOf returns what is known of a failure.
func problemOf(err error) *notify.Error {
	var e *notify.Error
	if err == nil || errors.As(err, &e) {
		return e
	}
	return &notify.Error{Cause: notify.CauseUnreachable, Err: err}
}

// pause is how long a text waits after so many tries.
func pause(tries int) time.Duration {
	return min(firstWait<<min(max(tries-1, 0), 10), longestWait)
}

// askFate writes down what became of a text that was taken, once that is known.
func (c *County) askFate(ctx context.Context, out notify.Out, id messageID) error {
	var t postText
	if err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		_, err := get(r, textKey(id), &t)
		return err
	}); err != nil {
		return err
	}
	fate, err := out.Fate(ctx, notify.Message{ID: id.String(), To: t.Phone, Text: t.Words, At: milliTime(t.At)})
	var why MessageWhy
	if problem := problemOf(err); problem != nil {
		fate, why = notify.Pending, MessageWhy(problem.Cause)
	}
	if fate == notify.Pending && why == t.Why {
		return nil
	}
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		row := new(postText)
		if _, err := get(tx, textKey(id), row); err != nil || !row.Handed {
			return err
		}
		switch row.Why = why; fate {
		case notify.Sent:
			return decide(tx, id, row, MessageSent, c.now())
		case notify.Failed:
			row.Why = MessageWhy(notify.CauseModem)
			return decide(tx, id, row, MessageFailed, c.now())
		}
		return put(tx, textKey(id), row)
	})
}
