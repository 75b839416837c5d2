package tuitest

import (
	"sync"
	"time"
)

// Meter counts what a program writes to its terminal.
type Meter struct {
	mu sync.Mutex
	n  int
}

// Write counts.
func (m *Meter) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n += len(p)
	return len(p), nil
}

// Count returns the bytes written so far.
func (m *Meter) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

// Settle waits until nothing was written for a while, and returns the count.
func (m *Meter) Settle(quiet time.Duration) int {
	for n := -1; ; time.Sleep(quiet) {
		now := m.Count()
		if now == n {
			return n
		}
		n = now
	}
}
