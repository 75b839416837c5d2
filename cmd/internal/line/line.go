// Package line is a slow line between a laptop and its county for benchmarks and tests: a
// proxy on loopback that carries so many bytes a second each way, delivers them
// late, and breaks now and then. What the line had taken when it broke is lost.
package line

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Line says what the line is like.
type Line struct {
	Rate  int           // bytes a second, each way
	Delay time.Duration // on the way, each way: half of a round trip
	Every time.Duration // how often it breaks; 0: never
}

// Proxy is a line that is up.
type Proxy struct {
	line   Line
	to     string
	listen net.Listener
	up     atomic.Int64 // bytes carried
	down   atomic.Int64
	cuts   atomic.Int64
	end    chan struct{}
	all    sync.WaitGroup

	mu    sync.Mutex
	calls map[*call]struct{}
}

// call is one connection over the line.
type call struct {
	here, there net.Conn
	once        sync.Once
}

func (c *call) snap() { c.once.Do(func() { c.here.Close(); c.there.Close() }) }

// Start puts a line up in front of an address.
func Start(to string, l Line) (*Proxy, error) {
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{line: l, to: to, listen: listen, end: make(chan struct{}), calls: map[*call]struct{}{}}
	p.all.Go(p.accept)
	if l.Every > 0 {
		p.all.Go(p.breakNowAndThen)
	}
	return p, nil
}

// Addr is where the line begins.
func (p *Proxy) Addr() string { return p.listen.Addr().String() }

// Carried returns the bytes that the line has taken each way, and how often it
// broke.
func (p *Proxy) Carried() (up, down, cuts int64) { return p.up.Load(), p.down.Load(), p.cuts.Load() }

// Close takes the line down.
func (p *Proxy) Close() {
	close(p.end)
	p.listen.Close()
	p.snapAll()
	p.all.Wait()
}

func (p *Proxy) accept() {
	for {
		here, err := p.listen.Accept()
		if err != nil {
			return
		}
		there, err := net.Dial("tcp", p.to)
		if err != nil {
			here.Close()
			continue
		}
		c := &call{here: here, there: there}
		p.mu.Lock()
		p.calls[c] = struct{}{}
		p.mu.Unlock()
		p.all.Go(func() { p.carry(c, here, there, &p.up) })
		p.all.Go(func() { p.carry(c, there, here, &p.down) })
	}
}

func (p *Proxy) breakNowAndThen() {
	tick := time.NewTicker(p.line.Every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			p.cuts.Add(1)
			p.snapAll()
		case <-p.end:
			return
		}
	}
}

func (p *Proxy) snapAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.calls {
		c.snap()
		delete(p.calls, c)
	}
}

// piece is what a line carries at once.
type piece struct {
	b  []byte
	at time.Time // when it arrives
}

// carry takes bytes at the line's rate and delivers them after its delay.
func (p *Proxy) carry(c *call, from, to net.Conn, count *atomic.Int64) {
	const size = 256
	way := make(chan piece, 1<<16/size)
	p.all.Go(func() {
		defer c.snap()
		for piece := range way {
			time.Sleep(time.Until(piece.at))
			if _, err := to.Write(piece.b); err != nil {
				return
			}
		}
	})
	defer close(way)
	free := time.Now()
	for {
		b := make([]byte, size)
		n, err := from.Read(b)
		if err != nil {
			return
		}
		if now := time.Now(); free.Before(now) {
			free = now
		}
		free = free.Add(time.Duration(n) * time.Second / time.Duration(p.line.Rate))
		time.Sleep(time.Until(free))
		count.Add(int64(n))
		select {
		case way <- piece{b[:n], time.Now().Add(p.line.Delay)}:
		case <-p.end:
			return
		}
	}
}
