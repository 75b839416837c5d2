package county

import (
	"context"
	"sync"
)

// turns lets the requests of one laptop be judged one after the other, in the
// order in which they came whole: it sends the next page before the last is
// answered, and an entry that overtakes the one before it is not taken.
type turns struct {
	mu   sync.Mutex
	last map[string]chan struct{} // by laptop: closed when its newest request has had its turn
}

// place is one in a laptop's queue.
type place struct {
	before <-chan struct{} // nil: nobody is before
	end    func()          // gives the place up; again does nothing
}

// enter takes the next place.
func (t *turns) enter(device string) place {
	t.mu.Lock()
	defer t.mu.Unlock()
	mine := make(chan struct{})
	p := place{before: t.last[device]}
	t.last[device] = mine
	p.end = sync.OnceFunc(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		close(mine)
		if t.last[device] == mine {
			delete(t.last, device)
		}
	})
	return p
}

// wait returns when all before it have had their turn.
func (t place) wait(ctx context.Context) error {
	if t.before == nil {
		return nil
	}
	select {
	case <-t.before:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
