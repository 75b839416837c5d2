package demo

import (
	"context"
	"errors"
	"net"
	"sync"
)

var errCut = errors.New("demo: the network is cut")

// Cut is the demo's network: a dialer that a key cuts and restores. Cutting
// breaks the connections that are open, in the middle of a page if need be.
type Cut struct {
	mu       sync.Mutex
	down     bool
	open     map[net.Conn]bool
	restored []func()
}

// Dial connects while the network is up.
func (c *Cut) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	c.mu.Lock()
	down := c.down
	c.mu.Unlock()
	if down {
		return nil, errCut
	}
	conn, err := new(net.Dialer).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.down {
		conn.Close()
		return nil, errCut
	}
	if c.open == nil {
		c.open = map[net.Conn]bool{}
	}
	c.open[conn] = true
	return &cuttable{conn, c}, nil
}

// OnRestore adds what is told when the network comes back, as a system tells
// its programs.
func (c *Cut) OnRestore(tell func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.restored = append(c.restored, tell)
}

// Set cuts the network or restores it.
func (c *Cut) Set(down bool) {
	c.mu.Lock()
	tell := c.restored
	if down || !c.down {
		tell = nil
	}
	c.down = down
	if down {
		for conn := range c.open {
			conn.Close()
		}
		clear(c.open)
	}
	c.mu.Unlock()
	for _, t := range tell {
		t()
	}
}

// Down reports whether the network is cut.
func (c *Cut) Down() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.down
}

type cuttable struct {
	net.Conn
	cut *Cut
}

func (c *cuttable) Close() error {
	c.cut.mu.Lock()
	delete(c.cut.open, c.Conn)
	c.cut.mu.Unlock()
	return c.Conn.Close()
}
