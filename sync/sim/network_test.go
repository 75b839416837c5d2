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
	"slices"
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
	past     []passed       // the last exchanges over it
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
	end := &countyEnd{Conn: there, line: l, closed: make(chan struct{})}
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
	line   *line
	closed chan struct{}
	once   sync.Once
}

func (c *countyEnd) Close() error {
	defer c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// lineOf finds the line that a request came over, in its context.
type lineOf struct{}

// network is the listener of the county's server and what happens to answers on
// their way.
type network struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once

	county atomic.Pointer[county.County]
	lose   atomic.Int32 // answers to lose, counted down; the one that gets to 0 is lost
	twice  atomic.Bool  // every request arrives twice
	again  atomic.Bool  // before every request older ones of that laptop arrive again
	stale  atomic.Bool  // a request is answered with what an earlier one was
	delay  func()       // what passes while the county serves a request

	fall       atomic.Int32 // answers until the county's machine stops; 0: it does not
	fallen     []byte       // the ledger file as it lay on the disk then; nil: it runs
	copyLedger func() []byte

	mu sync.Mutex // of every line's past
}

// passed is a request that arrived, and its answer.
type passed struct {
	req    *http.Request
	body   []byte
	answer *httptest.ResponseRecorder // nil: its laptop was started again since, and no answer finds it
}

// maxPast is how many exchanges of a laptop are kept.
const maxPast = 8

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
	if n.fallen != nil {
		panic(http.ErrAbortHandler)
	}
	l := r.Context().Value(lineOf{}).(*line)
	if n.twice.Load() {
		n.serve1(r, body)
	}
	if n.again.Load() {
		n.replay(l, maxPast)
	}
	answer := n.serve1(r, body)
	if n.fall.Load() > 0 && n.fall.Add(-1) == 0 {
		n.fallen = n.copyLedger() // what was answered must be in it
	}
	old := n.note(l, passed{r.Clone(context.Background()), body, answer})
	if n.lose.Load() > 0 && n.lose.Add(-1) == 0 {
		panic(http.ErrAbortHandler)
	}
	if old != nil && n.stale.Load() {
		answer = old
	}
	copyAnswer(w, answer)
}

// serve1 lets the county answer a request.
func (n *network) serve1(r *http.Request, body []byte) *httptest.ResponseRecorder {
	again, answer := r.Clone(context.Background()), httptest.NewRecorder()
	again.Body = io.NopCloser(bytes.NewReader(body))
	n.county.Load().Handler().ServeHTTP(answer, again)
	return answer
}

func copyAnswer(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for k, v := range answer.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

// note keeps an exchange, and returns the answer of the oldest one of the same
// kind that is kept; nil if there is none.
func (n *network) note(l *line, p passed) (old *httptest.ResponseRecorder) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, o := range l.past {
		if o.answer != nil && o.req.URL.Path == p.req.URL.Path && old == nil {
			old = o.answer
		}
	}
	l.past = append(l.past, p)
	l.past = l.past[max(0, len(l.past)-maxPast):]
	return old
}

// forget makes sure that no old answer comes over a line.
func (n *network) forget(l *line) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range l.past {
		l.past[i].answer = nil
	}
}

// replay lets the oldest requests of a laptop that are kept arrive again, at most
// so many, and returns how many did.
func (n *network) replay(l *line, most int) int {
	n.mu.Lock()
	list := slices.Clone(l.past[:min(len(l.past), most)])
	n.mu.Unlock()
	for _, p := range list {
		n.delay()
		n.serve1(p.req, p.body)
	}
	return len(list)
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
	s.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, lineOf{}, c.(*tls.Conn).NetConn().(*countyEnd).line)
	}
	if !http2 {
		s.TLSConfig.NextProtos = []string{"http/1.1"}
		s.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){}
	}
	s.ReadHeaderTimeout, s.IdleTimeout = time.Minute, time.Hour
	go s.ServeTLS(n, "", "")
	return s, nil
}
