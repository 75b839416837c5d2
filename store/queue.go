package store

import "sync"

// saveQueue lets one writer in at a time, saves before everything else: of the
// writers in no hurry at most one waits at the door, so that a save waits for one
// of their chunks at the longest.
type saveQueue struct {
	slow, door, room sync.Mutex
	first            func() // run once, in the room, before the first writer
}

// enter waits for the room, to write, and returns what leaves it.
func (q *saveQueue) enter(hurry bool) (leave func()) {
	leave = q.wait(hurry)
	if q.first != nil {
		q.first()
		q.first = nil
	}
	return leave
}

// wait is enter for somebody who only keeps writers out.
func (q *saveQueue) wait(hurry bool) (leave func()) {
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
