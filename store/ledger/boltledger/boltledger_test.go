package boltledger_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	bolt "go.etcd.io/bbolt"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/ledger/ledgertest"
)

func mustOpen(tb testing.TB, path string) *boltledger.Ledger {
	tb.Helper()
	l, err := boltledger.Open(path, boltledger.Options{Timeout: time.Second})
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	tb.Cleanup(func() { l.Close() })
	return l
}

// Ensure the bolt ledger passes the suite.
func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(tb testing.TB) ledgertest.Backend {
		dir := tb.TempDir()
		path := func(name string) string { return filepath.Join(dir, name+".db") }
		return ledgertest.Backend{
			Open: func(tb testing.TB, name string) ledger.Ledger { return mustOpen(tb, path(name)) },
			Restore: func(tb testing.TB, name string, backup io.Reader) (ledger.Ledger, error) {
				data, err := io.ReadAll(backup)
				if err != nil {
					return nil, err
				}
				if err := os.WriteFile(path(name), data, 0o600); err != nil {
					return nil, err
				}
				if _, err := boltledger.Verify(path(name)); err != nil {
					return nil, err
				}
				return boltledger.Open(path(name), boltledger.Options{})
			},
		}
	})
}

// Ensure a new file is private and whole, and nothing else is left behind.
func TestOpen_Creates(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	if _, err := boltledger.Open(path, boltledger.Options{MustExist: true}); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("Open of a missing file: %v", err)
	}
	mustOpen(t, path)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("the folder holds %v, %v", files, err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Fatalf("mode is %v", info.Mode())
	}
}

// Ensure each kind of trouble with a file has its own error.
func TestOpen_Trouble(t *testing.T) {
	write := func(fn func(*bolt.Tx) error) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			db, err := bolt.Open(path, 0o600, nil)
			if err == nil {
				err = errors.Join(db.Update(fn), db.Close())
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, test := range []struct {
		name string
		want error
		harm func(t *testing.T, path string)
	}{
		{"newer", ledger.ErrNewerFormat, write(func(tx *bolt.Tx) error {
			return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("3"))
		})},
		{"bucket lost", ledger.ErrDamaged, write(func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("lines")) })},
		{"another program's", ledger.ErrDamaged, write(func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("meta")) })},
		{"empty", ledger.ErrDamaged, func(t *testing.T, path string) {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		}},
		{"text", ledger.ErrDamaged, func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("登记 ", 4000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			if err := mustOpen(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			test.harm(t, path)
			if _, err := boltledger.Open(path, boltledger.Options{}); !errors.Is(err, test.want) {
				t.Errorf("Open: %v, want %v", err, test.want)
			}
			if _, err := boltledger.Verify(path); !errors.Is(err, test.want) {
				t.Errorf("Verify: %v, want %v", err, test.want)
			}
		})
	}
}

// Ensure that a file of format 1, which has no sums, is read and written as the
// programs of that format do.
func TestOpen_Format1(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	place := make([]byte, 12)
	place[3], place[11] = 7, 1
	id := casework.LogID{UUID: uuid.UUID{1}}
	hash := sha256.Sum256([]byte("raw"))
	row := append(append(slices.Clone(place), hash[:]...), 0, 0, 0, 0, 0, 0, 0, 1)
	rows := map[string]map[string]string{
		"meta":    {"format": "1", "name": "casedesk ledger", "logs": "\x00\x00\x00\x07", "feeds": "\x00\x00\x00\x01"},
		"logs":    {string(id.UUID[:]): string(row)},
		"entries": {string(place): string(hash[:]) + "\x05stampraw"},
		"feeds":   {"441621": "\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01"},
		"lines":   {"\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01": "line"},
		"values":  {"k": "v"},
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for name, content := range rows {
			b, err := tx.CreateBucket([]byte(name))
			for k, v := range content {
				err = errors.Join(err, b.Put([]byte(k), []byte(v)))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	l := mustOpen(t, path)
	err = l.View(context.Background(), func(r ledger.Reader) error {
		e, there, err := ledger.At(r, id, 1)
		v, err2 := r.Get([]byte("k"))
		if !there || string(e.Raw) != "raw" || string(e.Stamp) != "stamp" || string(v) != "v" {
			t.Errorf("entry %+v, value %q", e, v)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, l, []casework.LogID{{UUID: uuid.UUID{2}}}, 1, 1)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	sum, err := boltledger.Verify(path)
	if want := (boltledger.Summary{Logs: 2, Entries: 2, Feeds: 1, Lines: 1, Values: 1}); err != nil || sum != want {
		t.Fatalf("Verify: %+v, %v", sum, err)
	}
	if db, err = bolt.Open(path, 0o600, nil); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.View(func(tx *bolt.Tx) error {
		if next := tx.Bucket([]byte("meta")).Get([]byte("logs")); string(next) != "\x00\x00\x00\x08" {
			t.Errorf("ordinals are counted up to %x", next)
		}
		return nil
	})
}

// Ensure a second opener is told that the ledger is busy.
func TestOpen_ErrBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	mustOpen(t, path)
	_, err := boltledger.Open(path, boltledger.Options{Timeout: 50 * time.Millisecond})
	if !errors.Is(err, ledger.ErrBusy) {
		t.Fatalf("Open: %v", err)
	}
	if _, err := boltledger.Verify(path); !errors.Is(err, ledger.ErrBusy) {
		t.Fatalf("Verify: %v", err)
	}
}

// Ensure Verify finds rows that contradict each other.
func TestVerify_Faults(t *testing.T) {
	place := func(ordinal uint32, n uint64) []byte {
		return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, ordinal), n)
	}
	for name, harm := range map[string]func(*bolt.Tx) error{
		"entry lost": func(tx *bolt.Tx) error { return tx.Bucket([]byte("entries")).Delete(place(1, 3)) },
		"log lost": func(tx *bolt.Tx) error {
			k, _ := tx.Bucket([]byte("logs")).Cursor().First()
			return tx.Bucket([]byte("logs")).Delete(k)
		},
		"line lost":  func(tx *bolt.Tx) error { return tx.Bucket([]byte("lines")).Delete(place(1, 2)) },
		"feed lost":  func(tx *bolt.Tx) error { return tx.Bucket([]byte("feeds")).Delete([]byte("feed")) },
		"entry torn": func(tx *bolt.Tx) error { return tx.Bucket([]byte("entries")).Put(place(1, 3), []byte("x")) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			l := mustOpen(t, path)
			fill(t, l, []casework.LogID{{UUID: uuid.UUID{1}}}, 1, 3)
			for range 3 {
				if err := l.Update(context.Background(), func(tx ledger.Tx) error {
					_, err := tx.Extend("feed", []byte("line"))
					return err
				}); err != nil {
					t.Fatal(err)
				}
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			sum, err := boltledger.Verify(path)
			if want := (boltledger.Summary{Logs: 1, Entries: 3, Feeds: 1, Lines: 3}); err != nil || sum != want {
				t.Fatalf("Verify: %+v, %v", sum, err)
			}
			db, err := bolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(harm), db.Close()); err != nil {
				t.Fatal(err)
			}
			if _, err := boltledger.Verify(path); !errors.Is(err, ledger.ErrDamaged) {
				t.Fatalf("Verify: %v", err)
			}
		})
	}
}

// fill appends n entries a log from seq on, one page of one log at a time.
func fill(tb testing.TB, l ledger.Ledger, logs []casework.LogID, seq uint64, n int) {
	tb.Helper()
	raw := make([]byte, 505)
	for _, log := range logs {
		err := l.Update(context.Background(), func(tx ledger.Tx) error {
			for i := range uint64(n) {
				copy(raw, fmt.Sprintf("%s %d", log, seq+i))
				e := ledger.Entry{Log: log, Seq: seq + i, Hash: sha256.Sum256(raw), Raw: raw, Stamp: raw[:90]}
				if err := tx.Append(e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkAppend appends pages of 500 entries of 505 bytes and a stamp of 90
// to 200 logs in turn, on top of what the name says, and reports the file's
// bytes an entry.
func BenchmarkAppend(b *testing.B) {
	for _, base := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(base), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "ledger.db")
			l := mustOpen(b, path)
			random := rand.New(rand.NewPCG(1, 1))
			logs := make([]casework.LogID, 200)
			for i := range logs {
				binary.BigEndian.PutUint64(logs[i].UUID[:], random.Uint64())
			}
			const page = 500
			next := make([]uint64, len(logs))
			turn := 0
			one := func() {
				i := turn % len(logs)
				fill(b, l, logs[i:i+1], next[i]+1, page)
				next[i] += page
				turn++
			}
			for turn*page < base {
				one()
			}
			for b.Loop() {
				one()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*page), "us/entry")
			if info, err := os.Stat(path); err == nil {
				b.ReportMetric(float64(info.Size())/float64(turn*page), "B/entry")
			}
		})
	}
}

// BenchmarkUpdate measures shared commits: one entry an Update, many callers.
func BenchmarkUpdate(b *testing.B) {
	l := mustOpen(b, filepath.Join(b.TempDir(), "ledger.db"))
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		log := casework.LogID{UUID: uuid.New()}
		for seq := uint64(1); pb.Next(); seq++ {
			fill(b, l, []casework.LogID{log}, seq, 1)
		}
	})
}
