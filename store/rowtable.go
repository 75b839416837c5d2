package store

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/seal"
)

// rowTable holds all rows in memory, by case number, and the texts to search in
// once somebody searches. It is filled in the background after opening; whoever
// needs all rows waits for that.
type rowTable struct {
	mu    sync.RWMutex
	rows  []*row   // index: case number - 1; nil where there is none
	texts []string // nil until loaded
	known known    // the rows' cases
	begun atomic.Bool
	ready chan struct{}
	done  sync.WaitGroup
	err   error
}

func newRowTable() *rowTable {
	return &rowTable{ready: make(chan struct{})}
}

// startEmpty is start for a file without cases.
func (t *rowTable) startEmpty() {
	t.begun.Store(true)
	close(t.ready)
}

// start loads the rows in the background.
func (t *rowTable) start(s *Store) {
	t.begun.Store(true)
	t.done.Add(1)
	go func() {
		defer t.done.Done()
		loaded, err := loadAll(s, bucketRows, func() *row { return new(row) })
		t.mu.Lock()
		defer t.mu.Unlock()
		// Rows that were written meanwhile are newer.
		t.rows = t.grow(t.rows, len(loaded))
		for i, w := range loaded {
			if w == nil {
				continue
			}
			t.known.add(w.ID)
			if t.rows[i] == nil {
				t.rows[i] = w
			}
		}
		t.err = err
		close(t.ready)
	}()
}

func (t *rowTable) grow(rows []*row, n int) []*row {
	for len(rows) < n {
		rows = append(rows, nil)
	}
	return rows
}

// stop waits for a loading under way.
func (t *rowTable) stop() { t.done.Wait() }

// wait returns when all rows are there.
func (t *rowTable) wait() error {
	<-t.ready
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.err
}

// loaded reports whether all rows are there.
func (t *rowTable) loaded() bool {
	select {
	case <-t.ready:
		return true
	default:
		return false
	}
}

// take takes over rows and texts that were committed.
func (t *rowTable) take(rows map[uint64]*row, texts map[uint64]string) {
	if len(rows) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for number, w := range rows {
		t.rows = t.grow(t.rows, int(number))
		t.rows[number-1] = w
		t.known.add(w.ID)
	}
	if t.texts == nil {
		return
	}
	for number, words := range texts {
		for len(t.texts) < int(number) {
			t.texts = append(t.texts, "")
		}
		t.texts[number-1] = words
	}
}

// each calls fn with every row in order of case numbers, until it returns false.
func (t *rowTable) each(fn func(number uint64, w *row) bool) {
	t.mu.RLock()
	rows := slices.Clone(t.rows) // so that a save does not wait for fn
	t.mu.RUnlock()
	for i, w := range rows {
		if w != nil && !fn(uint64(i+1), w) {
			return
		}
	}
}

// search loads the texts at first use and calls fn with every row and its text.
func (t *rowTable) search(s *Store, fn func(w *row, words string)) error {
	t.mu.RLock()
	have := t.texts != nil
	t.mu.RUnlock()
	if !have {
		// Nothing can be written between reading and taking over: the queue is held.
		leave := s.queue.wait(false)
		loaded, err := loadAll(s, bucketTexts, func() *string { return new(string) })
		if err != nil {
			leave()
			return err
		}
		t.mu.Lock()
		t.texts = make([]string, len(loaded))
		for i, words := range loaded {
			t.texts[i] = *words
		}
		t.mu.Unlock()
		leave()
	}
	t.mu.RLock()
	rows, texts := slices.Clone(t.rows), slices.Clone(t.texts)
	t.mu.RUnlock()
	for i, w := range rows {
		if w != nil && i < len(texts) {
			fn(w, texts[i])
		}
	}
	return nil
}

// loadAll reads every value of a bucket that is keyed by case number, on all
// processors. Each case has one: a number that is missing is damage.
func loadAll[T any](s *Store, bucket []byte, fresh func() *T) ([]*T, error) {
	total := int(s.state().Cases)
	out := make([]*T, total)
	workers := min(runtime.GOMAXPROCS(0), total/256+1)
	var group errgroup.Group
	for n := range workers {
		from, to := total*n/workers, total*(n+1)/workers
		group.Go(func() error {
			return s.view(func(r reader) error { return loadRange(r, bucket, out[from:to], uint64(from+1), fresh) })
		})
	}
	if err := group.Wait(); err != nil {
		return out, err
	}
	for i, v := range out {
		if v == nil {
			return out, fmt.Errorf("bucket %s, case %d is missing: %w", bucket, i+1, seal.ErrDamaged)
		}
	}
	return out, nil
}

func loadRange[T any](r reader, bucket []byte, out []*T, first uint64, fresh func() *T) error {
	c := r.tx.Bucket(bucket).Cursor()
	return eachNumber(c, first, first+uint64(len(out)), func(number uint64, key, sealed []byte) error {
		v := fresh()
		out[number-first] = v
		return r.open(bucket, key, sealed, v)
	})
}

// eachNumber visits the keys that are numbers from first on, below end.
func eachNumber(c *bolt.Cursor, first, end uint64, fn func(number uint64, key, value []byte) error) error {
	for k, v := c.Seek(u64(first)); len(k) == 8; k, v = c.Next() {
		number := be64(k)
		if number >= end {
			return nil
		}
		if err := fn(number, k, v); err != nil {
			return err
		}
	}
	return nil
}
