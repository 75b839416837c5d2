package store

import "sync"

// saveQueue lets one writer in at a time, saves before everything else: of the
// writers in no hurry at most one waits at the door, so that a save waits for one
// of their chunks at the longest.
type saveQueue struct {
	slow, door, room sync.Mutex
}

// enter waits for the room and returns what leaves it.
func (q *saveQueue) enter(hurry bool) (leave func()) {
	if !hurry {
		q.slow.Lock()
	}
	q.door.Lock()
	q.room.Lock()
	q.door.Unlock()
	return func() {
		q.room.Unlock()
		if !hurry {
			q.slow.Unlock()
		}
	}
}
