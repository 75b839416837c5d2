package agent

import (
	"context"
	"sync"
	"time"

	"casedesk/sync/wire"
)

// maxFlights is how many exchanges are under way at once on a connection that
// keeps their order: the next page leaves when the last has left, not when that
// is answered, so that a slow line is never idle.
const maxFlights = 2

// airlift is the exchanges of a run that are under way, the oldest first. One
// that follows another is made up before that one's answer was taken in: a page
// for another cursor than the store's, or entries after a gap, do no harm.
type airlift struct {
	a       *Agent
	ctx     context.Context
	cancel  context.CancelFunc
	flights []*flight
	ordered bool          // the connection keeps several requests in their order
	ended   time.Duration // when the last one ended, by the machine's monotonic clock
}

// flight is one exchange.
type flight struct {
	load
	req  *wire.Request
	sent chan struct{} // closed when it has left, or will never
	head chan struct{} // closed when its answer has begun, or will never
	done chan struct{} // closed when all is known

	ends    []wire.Cursor // with head: where the pages of its answer end, if more follow
	ordered bool          // with head
	reply   *wire.Reply   // with done, as what follows
	traffic wire.Traffic
	err     error
	began   time.Duration // by the machine's monotonic clock
	ended   time.Duration

	took     time.Duration // how long the line had for it alone; set when it has landed
	followed bool          // another was made up from it, or cannot be
}

func newAirlift(ctx context.Context, a *Agent) *airlift {
	ctx, cancel := context.WithCancel(ctx)
	return &airlift{a: a, ctx: ctx, cancel: cancel}
}

// first is the exchange that ends next, nil if none is under way.
func (l *airlift) first() *flight {
	if len(l.flights) == 0 {
		return nil
	}
	return l.flights[0]
}

func (l *airlift) last() *flight { return l.flights[len(l.flights)-1] }

// launch begins an exchange as soon as the one before it has left.
func (l *airlift) launch(req *wire.Request, carries load) *flight {
	f := &flight{load: carries, req: req, sent: make(chan struct{}), head: make(chan struct{}), done: make(chan struct{})}
	var before <-chan struct{}
	if len(l.flights) > 0 {
		before = l.last().sent
	}
	l.flights = append(l.flights, f)
	go f.fly(l.ctx, l.a, before)
	return f
}

func (f *flight) fly(ctx context.Context, a *Agent, before <-chan struct{}) {
	defer close(f.done)
	left, began := sync.OnceFunc(func() { close(f.sent) }), sync.OnceFunc(func() { close(f.head) })
	defer left()
	defer began()
	if before != nil {
		<-before
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, f.began = a.desk.Clock().Mono()
	f.reply, f.traffic, f.err = a.client.ExchangeTold(ctx, f.req, wire.Signs{Sent: left, Next: func(ends []wire.Cursor, ordered bool) {
		f.ends, f.ordered = ends, ordered
		began()
	}})
	_, f.ended = a.desk.Clock().Mono()
}

// lineCost is what a line takes beside its entry and stamp, as the county counts.
const lineCost = 32

// size is how many bytes of entries it carried, both ways. Pages are cut by that;
// what the line carried is about half.
func (f *flight) size() int { return f.sizeUp() + f.sizeDown() }

func (f *flight) sizeUp() (n int) {
	for i := range f.items {
		n += len(f.items[i].Raw)
	}
	return n
}

func (f *flight) sizeDown() (n int) {
	for _, page := range f.reply.Feeds {
		for i := range page.Lines {
			n += lineCost + len(page.Lines[i].Raw) + len(page.Lines[i].Stamp)
		}
	}
	return n
}

// wait returns when f has ended. Meanwhile what follows is sent, where the
// connection keeps the order.
func (l *airlift) wait(f *flight, follow func(*flight) error) error {
	for {
		last := l.last()
		var ready <-chan struct{}
		if l.ordered && len(l.flights) < maxFlights && !last.followed {
			ready = last.head
			if last.more {
				ready = last.sent
			}
		}
		select {
		case <-f.done:
			l.flights = l.flights[1:]
			l.ordered = f.ordered
			f.took = f.ended - max(f.began, l.ended)
			l.ended = f.ended
			return nil
		case <-ready:
			if err := follow(last); err != nil {
				return err
			}
		}
	}
}

// drain waits for what is under way and makes nothing of it.
func (l *airlift) drain() {
	for _, f := range l.flights {
		<-f.done
	}
	l.flights = nil
}

// ground ends what is under way and waits for it.
func (l *airlift) ground() {
	l.cancel()
	l.drain()
}
