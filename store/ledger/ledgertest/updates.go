package ledgertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"casedesk/store/ledger"
)

var errOnPurpose = errors.New("fails on purpose")

// touch writes something of every kind, named by n.
func touch(tx ledger.Tx, n int) error {
	if err := tx.Append(entry(logID(n), 1, "main")); err != nil && !errors.Is(err, ledger.ErrHave) {
		return err
	}
	if _, err := tx.Extend("feed", fmt.Appendf(nil, "%d", n)); err != nil {
		return err
	}
	return tx.Put(fmt.Appendf(nil, "key %04d", n), []byte("x"))
}

// Ensure nothing of a failed Update stays and its error comes back.
func testUpdateError(t *testing.T, b Backend) {
	l := open(t, b, "error")
	update(t, l, func(tx ledger.Tx) error { return touch(tx, 1) })
	err := l.Update(context.Background(), func(tx ledger.Tx) error {
		if err := touch(tx, 2); err != nil {
			return err
		}
		if err := tx.Put([]byte("key 0001"), nil); err != nil {
			return err
		}
		return errOnPurpose
	})
	mustBe(t, err, errOnPurpose)
	mustHold(t, l, 1)
}

// mustHold checks that exactly the touches 1..n are there, in this order.
func mustHold(t testing.TB, l ledger.Ledger, n int) {
	t.Helper()
	view(t, l, func(r ledger.Reader) error {
		var logs, keys int
		if err := r.Logs(func(ledger.Head) bool { logs++; return true }); err != nil {
			return err
		}
		equal(t, "number of logs", logs, n)
		if err := r.Scan(nil, nil, func(k, v []byte) bool { keys++; return true }); err != nil {
			return err
		}
		equal(t, "number of keys", keys, n)
		var want []string
		for i := range n {
			want = append(want, fmt.Sprintf("%d:%d", i+1, i+1))
		}
		equal(t, "feed", lines(t, r, "feed", 0), want)
		return nil
	})
}

// Ensure a panic undoes its Update, reaches the caller and harms nobody else.
func testUpdatePanic(t *testing.T, b Backend) {
	l := open(t, b, "panic")
	func() {
		defer func() { equal(t, "recovered", recover(), "on purpose") }()
		_ = l.Update(context.Background(), func(tx ledger.Tx) error {
			if err := touch(tx, 9); err != nil {
				return err
			}
			panic("on purpose")
		})
	}()
	update(t, l, func(tx ledger.Tx) error { return touch(tx, 1) })
	mustHold(t, l, 1)
}

// Ensure that among many Updates at once each failing one fails alone, and
// that every success is there when its Update returns.
func testUpdateConcurrent(t *testing.T, b Backend) {
	const n = 64
	l := open(t, b, "together")
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			err := l.Update(context.Background(), func(tx ledger.Tx) error {
				if err := touch(tx, i); err != nil {
					return err
				}
				if i%4 == 1 {
					return errOnPurpose
				}
				return nil
			})
			if i%4 == 1 != errors.Is(err, errOnPurpose) || i%4 != 1 && err != nil {
				t.Errorf("Update %d: %v", i, err)
			}
			if err := l.View(context.Background(), func(r ledger.Reader) error {
				v, err := r.Get(fmt.Appendf(nil, "key %04d", i))
				if (v == nil) != (i%4 == 1) {
					t.Errorf("Update %d left %q", i, v)
				}
				return err
			}); err != nil {
				t.Errorf("View: %v", err)
			}
		})
	}
	all.Wait()
	view(t, l, func(r ledger.Reader) error {
		equal(t, "number of lines", len(lines(t, r, "feed", 0)), n-n/4)
		return nil
	})
}

// Ensure an Update whose context has ended does nothing.
func testUpdateContext(t *testing.T, b Backend) {
	l := open(t, b, "context")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	mustBe(t, l.Update(ctx, func(tx ledger.Tx) error { return touch(tx, 1) }), context.Canceled)
	mustBe(t, l.View(ctx, func(ledger.Reader) error { return nil }), context.Canceled)
	mustBe(t, l.Backup(ctx, &bytes.Buffer{}), context.Canceled)
	mustHold(t, l, 0)
}

// Ensure a Tx sees what it has written.
func testReadsOwnWrites(t *testing.T, b Backend) {
	l := open(t, b, "own")
	update(t, l, func(tx ledger.Tx) error {
		if err := touch(tx, 1); err != nil {
			return err
		}
		head, err := tx.Head(logID(1))
		equal(t, "head", head.Seq, 1)
		equal(t, "entries", len(entries(t, tx, logID(1), 1)), 1)
		equal(t, "feed", lines(t, tx, "feed", 0), "[1:1]")
		v, _ := tx.Get([]byte("key 0001"))
		equal(t, "value", string(v), "x")
		return err
	})
}

// Ensure a View sees one state, whatever is written meanwhile.
func testSnapshot(t *testing.T, b Backend) {
	l := open(t, b, "snapshot")
	update(t, l, func(tx ledger.Tx) error { return touch(tx, 1) })
	view(t, l, func(r ledger.Reader) error {
		written := make(chan error)
		go func() {
			written <- l.Update(context.Background(), func(tx ledger.Tx) error { return touch(tx, 2) })
		}()
		if err := <-written; err != nil {
			return err
		}
		equal(t, "feed", lines(t, r, "feed", 0), "[1:1]")
		head, err := r.Head(logID(2))
		equal(t, "head", head.Seq, 0)
		v, _ := r.Get([]byte("key 0002"))
		equal(t, "value", v, []byte(nil))
		return err
	})
	mustHold(t, l, 2)
}

// Ensure what a View hands out outlives it, and that Put and Extend keep what
// they were given, not the caller's memory.
func testCopies(t *testing.T, b Backend) {
	l := open(t, b, "copies")
	value := []byte("value")
	update(t, l, func(tx ledger.Tx) error {
		if err := tx.Put([]byte("k"), value); err != nil {
			return err
		}
		copy(value, "XXXXX")
		line := []byte("line")
		if _, err := tx.Extend("feed", line); err != nil {
			return err
		}
		copy(line, "XXXX")
		return run(tx, logID(1), 1, 1)
	})
	var kept [][]byte
	view(t, l, func(r ledger.Reader) error {
		v, err := r.Get([]byte("k"))
		kept = append(kept, v)
		if err == nil {
			err = r.Scan([]byte("k"), nil, func(k, v []byte) bool { kept = append(kept, k, v); return true })
		}
		if err == nil {
			err = r.Feed("feed", 0, func(_ uint64, line []byte) bool { kept = append(kept, line); return true })
		}
		for _, e := range entries(t, r, logID(1), 1) {
			kept = append(kept, e.Raw, e.Stamp)
		}
		return err
	})
	want := fmt.Sprintf("%s", kept)
	for i := range 50 {
		update(t, l, func(tx ledger.Tx) error { return tx.Put([]byte("k"), fmt.Appendf(nil, "later %d", i)) })
	}
	equal(t, "what was handed out", fmt.Sprintf("%s", kept), want)
	equal(t, "value", string(kept[0]), "value")
	equal(t, "line", string(kept[3]), "line")
}
