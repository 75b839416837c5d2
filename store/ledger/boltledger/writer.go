package boltledger

import (
	"context"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// maxShared bounds how many Updates share a commit, and sharedBytes what they
// may write before the rest waits for the next one: large transactions cost
// more a row than small ones, and everybody in one waits for all of it.
const (
	maxShared   = 256
	sharedBytes = 4 << 20
)

// call is one Update on its way through the writer.
type call struct {
	ctx  context.Context
	fn   func(ledger.Tx) error
	err  error
	boom any           // what fn panicked with
	done chan struct{} // closed when err and boom are final
}

// failed reports whether fn wants its work undone.
func (c *call) failed() bool { return c.err != nil || c.boom != nil }

// Update implements ledger.Ledger. A panic of fn undoes its work and comes
// back in the caller's goroutine.
func (l *Ledger) Update(ctx context.Context, fn func(ledger.Tx) error) error {
	c := &call{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case <-l.closing:
		return ledger.ErrClosed
	default:
	}
	select {
	case l.calls <- c:
	case <-l.closing:
		return ledger.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-c.done:
	case <-l.done:
		// The writer ended; it may have answered this call last.
		select {
		case <-c.done:
		default:
			return ledger.ErrClosed
		}
	}
	if c.boom != nil {
		panic(c.boom)
	}
	return c.err
}

// write is the one goroutine that writes. It takes a call and whatever else
// waits, so that commits grow with the load and an idle ledger answers at once.
func (l *Ledger) write() {
	defer close(l.done)
	for {
		select {
		case c := <-l.calls:
			l.settle(l.gather(c))
		case <-l.closing:
			for {
				select {
				case c := <-l.calls:
					l.settle(l.gather(c))
				default:
					return
				}
			}
		}
	}
}

func (l *Ledger) gather(first *call) []*call {
	calls := []*call{first}
	for len(calls) < maxShared {
		select {
		case c := <-l.calls:
			calls = append(calls, c)
		default:
			return calls
		}
	}
	return calls
}

// settle answers every call. bbolt has no savepoints, so a call that fails
// takes the transaction with it: the calls before it are run again without it
// and committed, it is run again alone (its error may have rested on work that
// was then undone), and the calls behind it go on together. No call runs more
// than three times for that, however many fail.
func (l *Ledger) settle(calls []*call) {
	for len(calls) > 0 {
		n, bad := l.share(calls)
		if bad {
			if n > 0 {
				l.share(calls[:n])
			}
			l.share(calls[n : n+1])
			n++
		}
		calls = calls[n:]
	}
}

// share runs calls in one transaction. It returns how many it has answered,
// which is fewer than asked when enough was written, or bad and the index of
// the call that failed, which with all others is then still unanswered. A call
// that is alone is always answered.
func (l *Ledger) share(calls []*call) (n int, bad bool) {
	tx, err := l.begin(true)
	if err != nil {
		return answer(calls, err), false
	}
	defer tx.Rollback() // does nothing after Commit
	work := newTxn(tx)
	for n < len(calls) && work.written < sharedBytes {
		c := calls[n]
		if c.run(work); c.failed() {
			if len(calls) == 1 {
				close(c.done)
				return 1, false
			}
			c.err, c.boom = nil, nil
			return n, true
		}
		n++
	}
	id := tx.ID()
	err = guard(work.commit)
	if err == nil {
		return answer(calls[:n], nil), false
	}
	_ = guard(tx.Rollback) // where Commit has not done so: opening again needs it
	return answer(calls[:n], l.again(calls[:n], id, translate(err))), false
}

// again deals with a failed commit, that of transaction id. bbolt may have written
// the new state or not, and after a failed sync the system's cache proves nothing;
// so the file is opened afresh, put on the disk anew where that is in doubt, and
// the calls are run and committed once more. What the first try left behind they
// find there.
func (l *Ledger) again(calls []*call, id int, cause error) error {
	err := l.reopen(id, cause)
	if err == nil {
		if id, err = l.repeat(calls); err != nil && id > 0 {
			err = errors.Join(err, l.reopen(id, err)) // nothing is to be written on top of that
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %w; then %w", ledger.ErrUncertain, cause, err)
	}
	return nil
}

// repeat runs calls in a transaction of their own. With the error of its Commit,
// and with no other, it returns the transaction's id.
func (l *Ledger) repeat(calls []*call) (id int, err error) {
	tx, err := l.begin(true)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	work := newTxn(tx)
	for _, c := range calls {
		c.run(work)
		if c.boom != nil {
			c.err, c.boom = fmt.Errorf("panic: %v", c.boom), nil
		}
		if c.err != nil {
			return 0, c.err
		}
	}
	id = tx.ID()
	err = translate(guard(work.commit))
	_ = guard(tx.Rollback) // where Commit has not done so: opening again needs it
	return id, err
}

// run runs c's func on work. A call whose context has ended is not started.
func (c *call) run(work *txn) {
	defer func() {
		if r := recover(); r != nil {
			c.boom = r
		}
	}()
	if c.err = c.ctx.Err(); c.err == nil {
		c.err = guard(func() error { return c.fn(work) })
	}
}

// answer ends calls with err and returns how many they are.
func answer(calls []*call, err error) int {
	for _, c := range calls {
		c.err = err
		close(c.done)
	}
	return len(calls)
}

// reopen replaces the handle after the commit of transaction id failed. When the
// file shows that transaction, or a sync failed, the file itself is replaced.
func (l *Ledger) reopen(id int, cause error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	db := l.db
	l.db = nil
	db, err := l.refresh(db, id, cause)
	if err != nil {
		l.broken = fmt.Errorf("after failed commit: %w", err)
		return l.broken
	}
	l.db = db
	return nil
}

func (l *Ledger) refresh(db *bolt.DB, id int, cause error) (*bolt.DB, error) {
	if err := db.Close(); err != nil {
		return nil, err
	}
	db, err := openFile(l.path, l.opts)
	if err != nil {
		return nil, err
	}
	shown := false
	err = db.View(func(tx *bolt.Tx) error { shown = tx.ID() >= id; return nil })
	if err != nil || !shown && !boltfile.Doubtful(cause) {
		return db, err
	}
	err = boltfile.Renew(db, l.path, func(file string) error { _, err := Verify(file); return err })
	if err != nil {
		return nil, err
	}
	return openFile(l.path, l.opts)
}

var _ ledger.Tx = (*txn)(nil)

// txn is the Tx of one transaction; calls that share it see each other's work.
type txn struct {
	reader
	written int // bytes put so far, for sharedBytes
}

// fill is how full bbolt leaves the pages that it splits. Logs and feeds grow at
// their ends, and values at the ends of their kinds, so little is inserted into
// a page again.
const fill = 0.9

func newTxn(tx *bolt.Tx) *txn {
	tx.Bucket(bucketEntries).FillPercent = fill
	tx.Bucket(bucketLines).FillPercent = fill
	tx.Bucket(bucketValues).FillPercent = fill
	return &txn{reader: reader{rowsOf(tx), map[casework.LogID]logRow{}, map[catalogue.UnitID]feedRow{}}}
}

func (t *txn) commit() error {
	if err := t.flush(); err != nil {
		return err
	}
	return t.tx.Commit()
}

func (t *txn) put(bucket, key, value []byte) error {
	t.written += len(key) + len(value)
	return t.rows.put(bucket, key, value)
}
