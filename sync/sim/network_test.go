package sim_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"

	"casedesk/sync/county"
)

// errCut is what a line that was cut says.
var errCut = errors.New("the line was cut")

// line is a laptop's line to the county. A number of bytes may be set after which
// it breaks, in either direction; -1 is a line that holds.
type line struct {
	net      *network
	up, down atomic.Int64
	ended    sync.WaitGroup // the county's ends of broken connections
}

func (l *line) hold()          { l.up.Store(-1); l.down.Store(-1) }
func (l *line) cutUp(n int)    { l.up.Store(int64(n)) }
func (l *line) cutDown(n int)  { l.down.Store(int64(n)) }
func (l *line) settle()        { l.ended.Wait() }
func (l *line) isWhole() bool  { return l.up.Load() < 0 && l.down.Load() < 0 }
func newLine(n *network) *line { l := &line{net: n}; l.hold(); return l }

// Dial opens a connection.
func (l *line) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	end := &countyEnd{Conn: there, closed: make(chan struct{})}
	select {
	case l.net.conns <- end:
		return &laptopEnd{Conn: here, line: l, end: end}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// laptopEnd counts bytes and breaks. What does not fit is not sent, so that the
// county sees a whole request or none.
type laptopEnd struct {
	net.Conn
	line *line
	end  *countyEnd
	once sync.Once
}

func (c *laptopEnd) Write(b []byte) (int, error) {
	if left := c.line.up.Load(); left >= 0 {
		if int64(len(b)) > left {
			c.Conn.Write(b[:left])
			c.snap()
			return int(left), errCut
		}
		c.line.up.Store(left - int64(len(b)))
	}
	return c.Conn.Write(b)
}

func (c *laptopEnd) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if left := c.line.down.Load(); left >= 0 {
		if int64(n) > left {
			c.snap()
			return int(left), errCut
		}
		c.line.down.Store(left - int64(n))
	}
	return n, err
}

// snap breaks the connection.
func (c *laptopEnd) snap() {
	c.once.Do(func() {
		c.line.ended.Go(func() { <-c.end.closed })
		c.Conn.Close()
	})
}

// countyEnd tells when the county has let go of it.
type countyEnd struct {
	net.Conn
	closed chan struct{}
	once   sync.Once
}

func (c *countyEnd) Close() error {
	defer c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// network is the listener of the county's server and what happens to answers on
// their way.
type network struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once

	county atomic.Pointer[county.County]
	lose   atomic.Int32 // answers to lose, counted down; the one that gets to 0 is lost
	twice  atomic.Bool  // every request arrives twice
	delay  func()       // what passes while the county serves a request
}

func newNetwork() *network {
	return &network{conns: make(chan net.Conn), closed: make(chan struct{}), delay: func() {}}
}

func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.conns:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

func (n *network) Close() error   { n.once.Do(func() { close(n.closed) }); return nil }
func (n *network) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

// ServeHTTP serves with the county of the moment.
func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.delay()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	serve := func(w http.ResponseWriter) {
		again := r.Clone(context.Background())
		again.Body = io.NopCloser(bytes.NewReader(body))
		n.county.Load().Handler().ServeHTTP(w, again)
	}
	if n.twice.Load() {
		serve(httptest.NewRecorder())
	}
	if n.lose.Load() > 0 && n.lose.Add(-1) == 0 {
		serve(httptest.NewRecorder())
		panic(http.ErrAbortHandler)
	}
	serve(w)
}

// serve serves the network over TLS with the county's key. HTTP/1.1 makes the
// bytes of a connection the same in every run, so that a seed names a run; HTTP/2
// is what the programs speak.
func (n *network) serve(c *county.County, http2 bool) (*http.Server, error) {
	s, err := c.Server()
	if err != nil {
		return nil, err
	}
	s.Handler = n
	if !http2 {
		s.TLSConfig.NextProtos = []string{"http/1.1"}
		s.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){}
	}
	s.ReadHeaderTimeout, s.IdleTimeout = time.Minute, time.Hour
	go s.ServeTLS(n, "", "")
	return s, nil
}
