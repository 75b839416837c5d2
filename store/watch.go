package store

import (
	"slices"
	"sync"

	"casedesk/store/casework"
)

// Change says what may have changed since the last Take. It is a hint: whoever
// misses one sees an old screen for a moment.
type Change struct {
	Cases  []casework.CaseID // cases whose row or history changed
	Link   bool              // the agent reported something
	Drafts bool
}

// maxHints bounds the cases that a Watch remembers; beyond it Cases is nil and
// All says that any may have changed.
const maxHints = 1000

// Watch collects changes for one screen.
type Watch struct {
	// C has something to receive when there is something to Take; it is closed
	// with the store.
	C <-chan struct{}

	s       *Store
	mu      sync.Mutex
	signal  chan struct{}
	pending Change
	seen    map[casework.CaseID]bool
	all     bool
	stopped bool
}

// Watch starts watching. Stop ends it.
func (s *Store) Watch() *Watch {
	signal := make(chan struct{}, 1)
	w := &Watch{C: signal, s: s, signal: signal, seen: map[casework.CaseID]bool{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watches[w] = struct{}{}
	return w
}

// Take returns what changed since the last Take. all means that any case may
// have changed; Cases is empty then.
func (w *Watch) Take() (c Change, all bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, all = w.pending, w.all
	w.pending, w.all = Change{}, false
	clear(w.seen)
	return c, all
}

// Stop ends the watching and closes C.
func (w *Watch) Stop() {
	w.s.mu.Lock()
	delete(w.s.watches, w)
	w.s.mu.Unlock()
	w.stop()
}

func (w *Watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.stopped {
		w.stopped = true
		close(w.signal)
	}
}

func (w *Watch) note(c Change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped {
		return
	}
	w.pending.Link = w.pending.Link || c.Link
	w.pending.Drafts = w.pending.Drafts || c.Drafts
	for _, id := range c.Cases {
		if !w.all && !w.seen[id] {
			w.seen[id] = true
			w.pending.Cases = append(w.pending.Cases, id)
		}
	}
	if len(w.pending.Cases) > maxHints {
		w.all, w.pending.Cases = true, nil
		clear(w.seen)
	}
	select {
	case w.signal <- struct{}{}:
	default:
	}
}

// tell hands a change to everybody who watches.
func (s *Store) tell(c Change) {
	if len(c.Cases) == 0 && !c.Link && !c.Drafts {
		return
	}
	s.mu.RLock()
	var watches []*Watch
	for w := range s.watches {
		watches = append(watches, w)
	}
	s.mu.RUnlock()
	c.Cases = slices.Clip(c.Cases)
	for _, w := range watches {
		w.note(c)
	}
}
