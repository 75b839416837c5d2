package ledgertest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"casedesk/store/ledger"
)

// Ensure everything is there after Close and Open, and goes on from there.
func testReopen(t *testing.T, b Backend) {
	l := b.Open(t, "reopen")
	for i := 1; i <= 3; i++ {
		update(t, l, func(tx ledger.Tx) error { return touch(tx, i) })
	}
	if err := l.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	l = open(t, b, "reopen")
	mustHold(t, l, 3)
	update(t, l, func(tx ledger.Tx) error {
		mustBe(t, tx.Append(entry(logID(3), 1, "other")), ledger.ErrFork)
		return touch(tx, 4)
	})
	mustHold(t, l, 4)
}

// Ensure a backup made while others write is one state, opens as a ledger of
// its own and leaves the original alone; and that a torn one is refused.
func testBackup(t *testing.T, b Backend) {
	l := open(t, b, "original")
	for i := 1; i <= 20; i++ {
		update(t, l, func(tx ledger.Tx) error { return touch(tx, i) })
	}
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 21; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := l.Update(context.Background(), func(tx ledger.Tx) error { return touch(tx, i) }); err != nil {
				t.Errorf("Update: %v", err)
				return
			}
		}
	})
	var file bytes.Buffer
	err := l.Backup(context.Background(), &file)
	close(stop)
	writing.Wait()
	if err != nil {
		t.Fatalf("Backup: %v", err)
	}
	whole := file.Bytes()
	restored, err := b.Restore(t, "restored", bytes.NewReader(whole))
	if err != nil {
		t.Fatalf("Restore: %v", err)
	}
	t.Cleanup(func() { restored.Close() })
	var head uint64
	view(t, restored, func(r ledger.Reader) (err error) {
		head, err = r.FeedHead("feed")
		return err
	})
	if head < 20 {
		t.Fatalf("the backup holds %d lines, want 20 or more", head)
	}
	mustHold(t, restored, int(head))
	update(t, restored, func(tx ledger.Tx) error { return touch(tx, int(head)+1) })
	update(t, restored, func(tx ledger.Tx) error { return tx.Put([]byte("only here"), []byte("x")) })
	view(t, l, func(r ledger.Reader) error {
		v, err := r.Get([]byte("only here"))
		equal(t, "value in the original", v, []byte(nil))
		return err
	})
	for i, n := range []int{0, 100, len(whole) / 2, len(whole) - 1} {
		torn, err := b.Restore(t, fmt.Sprintf("torn %d", i), bytes.NewReader(whole[:n]))
		if err == nil {
			torn.Close()
			t.Errorf("a backup cut off at byte %d of %d was taken", n, len(whole))
		}
	}
}

// Ensure every call of a closed ledger says so, and Close may be repeated.
func testClose(t *testing.T, b Backend) {
	l := b.Open(t, "close")
	for range 2 {
		if err := l.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
	ctx := context.Background()
	mustBe(t, l.View(ctx, func(ledger.Reader) error { return nil }), ledger.ErrClosed)
	mustBe(t, l.Update(ctx, func(ledger.Tx) error { return nil }), ledger.ErrClosed)
	mustBe(t, l.Backup(ctx, &bytes.Buffer{}), ledger.ErrClosed)
}
