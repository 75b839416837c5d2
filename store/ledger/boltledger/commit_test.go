package boltledger_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
)

// onWrite replaces the function by which bbolt writes to its file, a hook that
// it keeps for its own tests. A ledger that opens its file again loses it.
func onWrite(db *bolt.DB, hook func(real func([]byte, int64) (int, error), b []byte, off int64) (int, error)) {
	field := reflect.ValueOf(db).Elem().FieldByName("ops").FieldByName("writeAt")
	at := (*func([]byte, int64) (int, error))(unsafe.Pointer(field.UnsafeAddr()))
	real := *at
	*at = func(b []byte, off int64) (int, error) { return hook(real, b, off) }
}

var errDisk = errors.New("disk fails on purpose")

// append1 stores the first entry of log n, as the county does: having it
// already is success.
func append1(tx ledger.Tx, n byte) error {
	e := ledger.Entry{Seq: 1, Raw: []byte{n}}
	e.Log.UUID[0], e.Hash[0] = n, n
	if err := tx.Append(e); !errors.Is(err, ledger.ErrHave) {
		return err
	}
	return nil
}

// Ensure that after a commit that failed before anything reached the file, and
// after one that failed when everything had, the work is there once and is
// acknowledged only then.
func TestUpdate_CommitFails(t *testing.T) {
	for name, hook := range map[string]func(real func([]byte, int64) (int, error), b []byte, off int64) (int, error){
		"nothing written": func(func([]byte, int64) (int, error), []byte, int64) (int, error) { return 0, errDisk },
		"all written": func(real func([]byte, int64) (int, error), b []byte, off int64) (int, error) {
			n, err := real(b, off)
			if pages := int64(2 * os.Getpagesize()); err == nil && off < pages {
				err = errDisk // the meta page, which makes the state valid, is in the file
			}
			return n, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			l := mustOpen(t, path)
			if err := l.Update(context.Background(), func(tx ledger.Tx) error { return append1(tx, 1) }); err != nil {
				t.Fatal(err)
			}
			onWrite(boltledger.DB(l), hook)
			runs, found := 0, false
			err := l.Update(context.Background(), func(tx ledger.Tx) error {
				runs++
				v, err := tx.Get([]byte("k"))
				if found = v != nil; err != nil {
					return err
				}
				return errors.Join(append1(tx, 2), tx.Put([]byte("k"), []byte("v")))
			})
			if err != nil || runs != 2 || found != (name == "all written") {
				t.Fatalf("Update ran %d times, found its work %v: %v", runs, found, err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			l = mustOpen(t, path)
			logs := 0
			if err := l.View(context.Background(), func(r ledger.Reader) error {
				return r.Logs(func(ledger.Head) bool { logs++; return true })
			}); err != nil || logs != 2 {
				t.Fatalf("%d logs, %v", logs, err)
			}
		})
	}
}

// Ensure that all who shared a failed commit are served.
func TestUpdate_CommitFails_Shared(t *testing.T) {
	l := mustOpen(t, filepath.Join(t.TempDir(), "ledger.db"))
	var once sync.Once
	onWrite(boltledger.DB(l), func(real func([]byte, int64) (int, error), b []byte, off int64) (n int, err error) {
		once.Do(func() { err = errDisk })
		if err == nil {
			n, err = real(b, off)
		}
		return n, err
	})
	var all sync.WaitGroup
	for i := range byte(20) {
		all.Go(func() {
			if err := l.Update(context.Background(), func(tx ledger.Tx) error { return append1(tx, i+1) }); err != nil {
				t.Errorf("Update %d: %v", i, err)
			}
		})
	}
	all.Wait()
	logs := 0
	if err := l.View(context.Background(), func(r ledger.Reader) error {
		return r.Logs(func(ledger.Head) bool { logs++; return true })
	}); err != nil || logs != 20 {
		t.Fatalf("%d logs, %v", logs, err)
	}
}

// Ensure that a full disk is told as such, that nobody is told that the work is
// stored, and that a file that cannot be opened again ends the ledger.
func TestUpdate_ErrUncertain(t *testing.T) {
	dir := t.TempDir()
	l := mustOpen(t, filepath.Join(dir, "ledger.db"))
	onWrite(boltledger.DB(l), func(func([]byte, int64) (int, error), []byte, int64) (int, error) {
		if err := os.Rename(filepath.Join(dir, "ledger.db"), filepath.Join(dir, "gone")); err != nil {
			t.Error(err)
		}
		if err := os.Mkdir(filepath.Join(dir, "ledger.db"), 0o700); err != nil {
			t.Error(err)
		}
		return 0, fmt.Errorf("write: %w", syscall.ENOSPC)
	})
	err := l.Update(context.Background(), func(tx ledger.Tx) error { return append1(tx, 1) })
	if !errors.Is(err, ledger.ErrUncertain) || !errors.Is(err, ledger.ErrFull) {
		t.Fatalf("Update: %v", err)
	}
	var path *fs.PathError
	if err := l.View(context.Background(), func(ledger.Reader) error { return nil }); !errors.As(err, &path) {
		t.Fatalf("View: %v", err)
	}
	if err := l.Update(context.Background(), func(tx ledger.Tx) error { return nil }); err == nil {
		t.Fatal("a broken ledger took an update")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}
