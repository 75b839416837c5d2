package agent

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"casedesk/store"
	"casedesk/sync/wire"
)

// Config is what an agent is given from outside.
type Config struct {
	Dial    wire.Dialer   // opens connections to the county
	Program string        // this program's version, for the county's list of devices
	Every   time.Duration // between exchanges while all is well; 0: half a minute
	Rand    *rand.Rand    // spreads tries; nil: a seed of the system's
	// Addresses describes the machine's network connections; a change of it is
	// taken for a network that came up. nil: the machine's.
	Addresses func() string
}

// Agent keeps one laptop's store in step with its county.
type Agent struct {
	desk *store.Store
	conf Config

	once   sync.Mutex // one exchange at a time
	plan   *schedule  // of who exchanges again and again; nil: of nobody
	pace   pace
	halt   atomic.Bool // the run under way is to end with what is on its way
	broke  bool        // the last run broke off with entries on their way
	client *wire.Client
	county string // the address that client calls

	nudges chan struct{}
	end    chan struct{}
	ending sync.Once
}

// New makes the agent of a store.
func New(desk *store.Store, c Config) *Agent {
	if c.Every == 0 {
		c.Every = 30 * time.Second
	}
	if c.Rand == nil {
		c.Rand = rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	}
	if c.Addresses == nil {
		c.Addresses = addresses
	}
	return &Agent{desk: desk, conf: c, pace: newPace(), nudges: make(chan struct{}, 1), end: make(chan struct{})}
}

// Nudge makes Run try now: a key was pressed, or the network came back.
func (a *Agent) Nudge() {
	select {
	case a.nudges <- struct{}{}:
	default: // a try is due already
	}
}

// Halt ends the exchange under way once what is on its way has arrived. Run then waits
// for a nudge, or for stopRest. Where none is under way it does nothing.
func (a *Agent) Halt() { a.halt.Store(true) }

// stopRest is how long Run leaves the line alone that a person stopped: long enough to
// make a call, and not so long that what she writes is forgotten here.
const stopRest = 30 * time.Minute

// End makes Run return once the exchange under way, if any, has ended.
func (a *Agent) End() { a.ending.Do(func() { close(a.end) }) }

// lookAround is how often a laptop that cannot reach its county looks whether
// its network connections have changed.
const lookAround = 3 * time.Second

// Run exchanges at start, after every save, when the network comes up, when
// nudged, and on a timer, until ctx ends, the store is closed or the laptop is
// revoked.
func (a *Agent) Run(ctx context.Context) {
	watch := a.desk.Watch()
	defer watch.Stop()
	defer a.close()
	a.once.Lock()
	a.plan = &schedule{every: a.conf.Every, rand: a.conf.Rand}
	a.once.Unlock()
	for ctx.Err() == nil {
		out, _ := a.Sync(ctx, nil)
		if out.Result == Revoked && out.LeftUp == 0 {
			return
		}
		if !a.rest(ctx, watch, out.rest, out) {
			return
		}
	}
}

// rest waits until it is time for the next try: for a save, unless the county
// asked to be left alone, or for a network, if there was none. It returns false
// when there will be no next try.
func (a *Agent) rest(ctx context.Context, watch *store.Watch, wait time.Duration, last Outcome) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var look <-chan time.Time
	if last.Result == Offline && last.wait == 0 {
		ticker := time.NewTicker(lookAround)
		defer ticker.Stop()
		look = ticker.C
	}
	before := a.conf.Addresses()
	unsent := a.desk.Unsent()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case <-a.end:
			return false
		case <-a.nudges:
			return true
		case _, open := <-watch.C:
			if !open {
				return false // the store was closed
			}
			watch.Take()
			// A save is sent at once; what the county sent wakes nobody.
			if a.desk.Unsent() > unsent && last.wait == 0 {
				return true
			}
		case <-look:
			if now := a.conf.Addresses(); now != before && now != "" {
				return true
			}
		}
	}
}

func (a *Agent) close() {
	a.once.Lock()
	defer a.once.Unlock()
	if a.client != nil {
		a.client.Close()
		a.client = nil
	}
}
