package county

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Limits keep one caller, or all at once, from taking the server down.
type Limits struct {
	InFlight int     // requests served at once; 128 when zero
	Waiting  int     // requests that wait for their turn; 4096 when zero
	Rate     float64 // exchanges a second that one laptop may make for long; 20 when zero
	Burst    int     // and at once; 600 when zero
}

func (l Limits) withDefaults() Limits {
	if l.InFlight == 0 {
		l.InFlight = 128
	}
	if l.Waiting == 0 {
		l.Waiting = 4096
	}
	if l.Rate == 0 {
		l.Rate = 20
	}
	if l.Burst == 0 {
		l.Burst = 600
	}
	return l
}

// enrolling is how many enrolments are served at once, beside the exchanges:
// anybody may ask for one, slowly, and must not keep laptops waiting by it.
const enrolling = 16

// enrolRate and enrolBurst limit the enrolments that one address asks for: a
// code has 80 bits, so this is not what keeps it from being guessed.
const (
	enrolRate  = 1.0 / 6
	enrolBurst = 10
)

// limiter holds a bucket of tokens for every caller that was heard of lately.
type limiter struct {
	Limits
	clock   func() time.Time
	flights chan struct{} // a place for every exchange that may be served at once
	doors   chan struct{} // likewise of enrolments
	waiting atomic.Int64

	mu      sync.Mutex
	buckets map[string]*bucket
	swept   time.Time
}

type bucket struct {
	tokens float64
	at     time.Time
}

func (l *limiter) init(limits Limits, clock func() time.Time) {
	l.Limits, l.clock = limits, clock
	l.flights, l.doors = make(chan struct{}, limits.InFlight), make(chan struct{}, enrolling)
	l.buckets = map[string]*bucket{}
}

// turn is how long a request waits for its turn before its laptop is told to
// come again.
const turn = 5 * time.Second

// enter lets a request in as soon as there is a place for it, which it must
// give back. A request that is served may hold a whole message decoded, one that
// waits holds next to nothing.
func (l *limiter) enter(ctx context.Context, places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	default:
	}
	defer l.waiting.Add(-1)
	if l.waiting.Add(1) > int64(l.Waiting) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, turn)
	defer cancel()
	select {
	case places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// allow takes a token of the caller's bucket; when it is empty, it returns how
// long until there is one.
func (l *limiter) allow(caller string, rate float64, burst int) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	l.forget(now)
	b := l.buckets[caller]
	if b == nil {
		b = &bucket{tokens: float64(burst), at: now}
		l.buckets[caller] = b
	}
	// A clock that was set back gives no tokens and takes none.
	if passed := now.Sub(b.at); passed > 0 {
		b.tokens = min(float64(burst), b.tokens+passed.Seconds()*rate)
	}
	b.at = now
	if b.tokens < 1 {
		return time.Duration((1 - b.tokens) / rate * float64(time.Second))
	}
	b.tokens--
	return 0
}

// spent reports whether the caller's bucket is empty; it takes nothing.
func (l *limiter) spent(caller string, rate float64, burst int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[caller]
	return b != nil && min(float64(burst), b.tokens+max(0, l.clock().Sub(b.at).Seconds())*rate) < 1
}

// forget drops buckets that have been full for long.
func (l *limiter) forget(now time.Time) {
	const after = 10 * time.Minute
	if now.Sub(l.swept).Abs() < after {
		return
	}
	l.swept = now
	for caller, b := range l.buckets {
		if now.Sub(b.at).Abs() > after {
			delete(l.buckets, caller)
		}
	}
}
