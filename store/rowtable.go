package store

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"casedesk/store/record"
	"casedesk/store/seal"
)

// rowTable holds all cases in memory, by case number, as lists need them: a page
// for so many cases. It is filled in the background after opening; whoever needs
// all rows waits for that. The words to search in come later, with prepare.
type rowTable struct {
	mu     *sync.RWMutex
	pages  []*rowPage          // the pages are not changed, only replaced; nil: no case there yet
	wanted bool                // words are wanted: from now on changed ones are kept
	ids    map[uint64]struct{} // parts of the rows' ids; nil: nobody asked yet
	begun  *atomic.Bool
	err    error
	ready  chan struct{}
	done   *sync.WaitGroup
	ending *atomic.Bool // loading is to end

	loading   *sync.Mutex // held while words are loaded
	haveWords bool        // all are
	indexing  *sync.Mutex // held while indexes are made
	typed     *atomic.Pointer[typedBefore]
}

func newRowTable() *rowTable {
	return &rowTable{mu: new(sync.RWMutex), begun: new(atomic.Bool), ready: make(chan struct{}), done: new(sync.WaitGroup), ending: new(atomic.Bool),
		loading: new(sync.Mutex), indexing: new(sync.Mutex), typed: new(atomic.Pointer[typedBefore])}
}

// startEmpty is start for a file without cases.
func (t *rowTable) startEmpty() {
	t.begun.Store(true)
	close(t.ready)
}

// start loads the rows in the background.
func (t *rowTable) start(s *Store) {
	t.begun.Store(true)
	total := s.state().Cases
	t.done.Add(1)
	go func() {
		defer t.done.Done()
		err := t.load(s, bucketRows, func(e *entry, value string) error {
			if e.kept != "" {
				return nil // one that was written meanwhile is newer
			}
			return e.set(value)
		})
		if err == nil {
			err = t.whole(total, func(e *entry) bool { return e.kept != "" })
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.err = err
		close(t.ready)
	}()
}

// stop ends a loading under way.
func (t *rowTable) stop() {
	t.ending.Store(true)
	t.done.Wait()
}

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
	t.typed.Store(nil) // it would keep pages that nobody sees any more
	t.mu.Lock()
	defer t.mu.Unlock()
	mine := map[uint64]*rowPage{}
	for number, w := range rows {
		if t.ids != nil {
			t.ids[partOf(w.ID)] = struct{}{}
		}
		e := t.edit(mine, number)
		kept, err := record.Marshal(w)
		if err == nil {
			err = e.set(string(kept))
		}
		if err != nil && t.err == nil {
			t.err = err
		}
	}
	if !t.wanted {
		return
	}
	for number, words := range texts {
		e := t.edit(mine, number)
		if e.words = words; !e.is(isLoose) {
			mine[(number-1)/pageRows].loose++
		}
		e.flags |= hasWords | isLoose
	}
}

// edit returns a case's entry on a page that is not seen yet. mine are the pages
// that were replaced so far. The caller holds the lock.
func (t *rowTable) edit(mine map[uint64]*rowPage, number uint64) *entry {
	at := (number - 1) / pageRows
	for uint64(len(t.pages)) <= at {
		t.pages = append(t.pages, nil)
	}
	if mine[at] == nil {
		page := new(rowPage)
		if t.pages[at] != nil {
			*page = *t.pages[at]
		}
		mine[at], t.pages[at] = page, page
	}
	return &mine[at].rows[(number-1)%pageRows]
}

// whole returns an error unless there is something of each of the first total
// cases: a number that is missing is damage that bbolt does not notice.
func (t *rowTable) whole(total uint64, there func(*entry) bool) error {
	pages := t.snapshot()
	for n := range total {
		at := n / pageRows
		if at >= uint64(len(pages)) || pages[at] == nil || !there(&pages[at].rows[n%pageRows]) {
			return fmt.Errorf("row of case %d is missing: %w", n+1, seal.ErrDamaged)
		}
	}
	return nil
}

// replace lets fn make a page anew, without the lock: once more when somebody
// else replaced it meanwhile.
func (t *rowTable) replace(at int, fn func(*rowPage) error) error {
	for {
		t.mu.Lock()
		for len(t.pages) <= at {
			t.pages = append(t.pages, nil)
		}
		old, page := t.pages[at], new(rowPage)
		t.mu.Unlock()
		if old != nil {
			*page = *old
		}
		if err := fn(page); err != nil {
			return err
		}
		t.mu.Lock()
		same := t.pages[at] == old
		if same {
			t.pages[at] = page
		}
		t.mu.Unlock()
		if same {
			return nil
		}
	}
}

// snapshot returns the pages as they are.
func (t *rowTable) snapshot() []*rowPage {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Clone(t.pages)
}

// each calls fn with every row in order of case numbers, until it returns false.
// The row is fn's until it returns.
func (t *rowTable) each(fn func(number uint64, w *row) bool) {
	var w row
	for at, page := range t.snapshot() {
		if page == nil {
			continue
		}
		for i := range page.rows {
			if e := &page.rows[i]; e.kept != "" && readRow(e.kept, &w) == nil && !fn(uint64(at*pageRows+i+1), &w) {
				return
			}
		}
	}
}
