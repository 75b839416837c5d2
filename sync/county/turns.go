package county

import "sync"

// turns lets the requests of one laptop be judged one after the other, in the
// order in which they came whole: it sends the next page before the last is
// answered, and an entry that overtakes the one before it is not taken.
type turns struct {
	mu      sync.Mutex
	waiting map[string]*queue // by laptop
}

type queue struct {
	sync.Mutex
	length int // how many are in it
}

// enter waits for the laptop's turn and returns what ends it.
func (t *turns) enter(device string) (leave func()) {
	t.mu.Lock()
	q := t.waiting[device]
	if q == nil {
		q = new(queue)
		t.waiting[device] = q
	}
	q.length++
	t.mu.Unlock()
	q.Lock()
	return func() {
		q.Unlock()
		t.mu.Lock()
		defer t.mu.Unlock()
		if q.length--; q.length == 0 {
			delete(t.waiting, device)
		}
	}
}
