package line_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// errCut is what a cable that was cut says.
var errCut = errors.New("the cable was cut")

// cable is a laptop's line to a county. It may break after a number of bytes in
// either direction; -1 is a cable that holds.
type cable struct {
	ends     *ends
	up, down atomic.Int64 // bytes that still get through
	sent     atomic.Int64 // bytes that went up
	got      atomic.Int64 // bytes that came down
	gone     sync.WaitGroup
	impolite bool // gives up at once what the county does not read: a pipe holds nothing
}

func newCable(e *ends) *cable { c := &cable{ends: e}; c.hold(); return c }

func (c *cable) hold() { c.up.Store(-1); c.down.Store(-1); c.sent.Store(0); c.got.Store(0) }

// whole reports whether the cable was not cut.
func (c *cable) whole() bool { return c.up.Load() != broken && c.down.Load() != broken }

// broken is what is left of a cable after the cut: every later connection of the
// same try breaks at once.
const broken = -2

// Dial opens a connection.
func (c *cable) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if !c.whole() {
		return nil, errCut
	}
	here, there := net.Pipe()
	far := &farEnd{Conn: there, closed: make(chan struct{})}
	select {
	case c.ends.conns <- far:
		return &nearEnd{Conn: here, cable: c, far: far}, nil
	case <-c.ends.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// nearEnd is the laptop's end: it counts bytes and breaks at the one after the
// last that gets through.
type nearEnd struct {
	net.Conn
	cable *cable
	far   *farEnd
	once  sync.Once
}

func (n *nearEnd) Write(b []byte) (int, error) {
	left := n.cable.up.Load()
	if left == broken {
		return 0, errCut
	}
	if left >= 0 && int64(len(b)) > left {
		n.Conn.Write(b[:left])
		n.cable.sent.Add(left)
		n.cut(&n.cable.up)
		return int(left), errCut
	}
	if left >= 0 {
		n.cable.up.Store(left - int64(len(b)))
	}
	n.cable.sent.Add(int64(len(b)))
	if n.cable.impolite {
		n.Conn.SetWriteDeadline(time.Now().Add(500 * time.Millisecond))
	}
	return n.Conn.Write(b)
}

func (n *nearEnd) Read(b []byte) (int, error) {
	got, err := n.Conn.Read(b)
	left := n.cable.down.Load()
	if left == broken {
		return 0, errCut
	}
	if left >= 0 && int64(got) > left {
		n.cut(&n.cable.down)
		return int(left), errCut
	}
	if left >= 0 {
		n.cable.down.Store(left - int64(got))
	}
	n.cable.got.Add(int64(got))
	return got, err
}

func (n *nearEnd) cut(which *atomic.Int64) {
	n.once.Do(func() {
		which.Store(broken)
		n.cable.gone.Go(func() { <-n.far.closed })
		n.Conn.Close()
	})
}

// farEnd tells when the county has let go of it.
type farEnd struct {
	net.Conn
	closed chan struct{}
	once   sync.Once
}

func (f *farEnd) Close() error {
	defer f.once.Do(func() { close(f.closed) })
	return f.Conn.Close()
}

// ends is the listener of a county's server.
type ends struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newEnds() *ends { return &ends{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (e *ends) Accept() (net.Conn, error) {
	select {
	case c := <-e.conns:
		return c, nil
	case <-e.closed:
		return nil, net.ErrClosed
	}
}

func (e *ends) Close() error   { e.once.Do(func() { close(e.closed) }); return nil }
func (e *ends) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
