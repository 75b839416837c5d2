package script_test

import (
	"io"
	"net"
	"sync"
)

// wiring is the network between laptops and county: one address that stays,
// behind which a county may come and go.
type wiring struct {
	l net.Listener

	mu    sync.Mutex
	to    string // where the county listens
	mode  string // see network
	limit int    // bytes that come down a connection when cut
	open  map[net.Conn]bool
}

func newWiring() *wiring {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err) // a machine without loopback plays no scripts
	}
	w := &wiring{l: l, mode: "up", open: map[net.Conn]bool{}}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w
}

func (w *wiring) address() string { return "https://" + w.l.Addr().String() }

func (w *wiring) lead(to string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = to
}

// set changes the network; connections that are open are cut.
func (w *wiring) set(mode string, limit int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mode, w.limit = mode, limit
	for c := range w.open {
		c.Close()
	}
}

func (w *wiring) close() {
	w.l.Close()
	w.set("down", 0)
}

func (w *wiring) carry(laptop net.Conn) {
	defer laptop.Close()
	w.mu.Lock()
	mode, to, limit := w.mode, w.to, w.limit
	w.open[laptop] = true
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		delete(w.open, laptop)
		w.mu.Unlock()
	}()
	switch mode {
	case "down":
		return
	case "portal":
		io.WriteString(laptop, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n<html>sign in</html>\r\n")
		io.Copy(io.Discard, laptop)
		return
	}
	county, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer county.Close()
	go func() {
		io.Copy(county, laptop)
		county.Close()
	}()
	if mode == "cut" {
		io.CopyN(laptop, county, int64(limit))
		return
	}
	io.Copy(laptop, county)
}
