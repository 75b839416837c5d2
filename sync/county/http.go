package county

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/sync/wire"
)

// How long a caller may take. A megabyte at 64 kbit/s takes two minutes.
const (
	headerTimeout  = 20 * time.Second
	requestTimeout = 5 * time.Minute
	idleTimeout    = 3 * time.Minute
)

// maxEnrol is the size of the message that anybody may send, in bytes.
const maxEnrol = 8 << 10

// Server returns an HTTP server for the county's listener. Its owner calls
// ServeTLS with empty file names, and Shutdown.
func (c *County) Server() (*http.Server, error) {
	conf, err := wire.ServerTLS(c.conf.Key.sign)
	if err != nil {
		return nil, err
	}
	return &http.Server{
		Handler: c.Handler(), TLSConfig: conf,
		ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       slog.NewLogLogger(c.conf.Log.Handler(), slog.LevelDebug),
	}, nil
}

// Handler serves the two calls of package wire, the health of the server to
// everybody, and its metrics to this machine.
func (c *County) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+wire.PathExchange, c.guarded(c.limiter.flights, c.serveExchange))
	mux.Handle("POST "+wire.PathEnrol, c.guarded(c.limiter.doors, c.serveEnrol))
	mux.HandleFunc("GET "+wire.PathHealth, c.serveHealth)
	mux.HandleFunc("GET /metrics", c.serveMetrics)
	return mux
}

// access is one line of the audit log.
type access struct {
	call, device, user, code string
	up, admitted, held       int
	refilled, down           int
	bytesUp, bytesDown       int
	feeds                    []string
}

// guarded serves a call of a laptop that has shown its key: it limits, audits
// and keeps a panic from taking the server down.
func (c *County) guarded(places chan struct{}, serve func(http.ResponseWriter, *http.Request, ed25519.PublicKey, *access) *wire.Failure) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := c.conf.Clock()
		a := &access{call: r.URL.Path}
		fail := c.admitCall(w, r, a, places, serve)
		if fail != nil {
			a.code = string(fail.Code)
			c.counts.refused.Add(1)
			wire.Fail(w, fail)
		}
		c.counts.milliseconds.Add(max(0, c.conf.Clock().Sub(began).Milliseconds()))
		c.counts.bytesUp.Add(int64(a.bytesUp))
		c.counts.bytesDown.Add(int64(a.bytesDown))
		c.conf.Audit.LogAttrs(r.Context(), slog.LevelInfo, "access", slog.String("call", a.call), slog.String("from", r.RemoteAddr),
			slog.String("device", a.device), slog.String("user", a.user), slog.String("refused", a.code),
			slog.Int("up", a.up), slog.Int("admitted", a.admitted), slog.Int("held", a.held), slog.Int("refilled", a.refilled),
			slog.Int("down", a.down), slog.Any("feeds", a.feeds))
	})
}

func (c *County) admitCall(w http.ResponseWriter, r *http.Request, a *access, places chan struct{},
	serve func(http.ResponseWriter, *http.Request, ed25519.PublicKey, *access) *wire.Failure) (fail *wire.Failure) {
	if !c.limiter.enter(r.Context(), places) {
		return &wire.Failure{Code: casework.CodeBusy, After: 5}
	}
	defer func() { <-places }()
	c.counts.open.Add(1)
	defer c.counts.open.Add(-1)
	defer func() {
		if p := recover(); p != nil {
			c.conf.Log.Error("panic", "call", a.call, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			fail = &wire.Failure{Code: casework.CodeInternal, After: 60}
		}
	}()
	key, ok := wire.PeerKey(r.TLS)
	if !ok {
		return &wire.Failure{Code: casework.CodeNotAllowed}
	}
	a.device = wire.FingerprintOf(key).String()
	return serve(w, r, key, a)
}

func (c *County) serveExchange(w http.ResponseWriter, r *http.Request, key ed25519.PublicKey, a *access) *wire.Failure {
	// A stranger's message is not read: it could be anything, of any size.
	caller, err := a.device, c.recognise(r.Context(), key, wire.GrantOf(r))
	if err != nil {
		caller = "stranger " + host(r)
	}
	if wait := c.limiter.allow(caller, c.limiter.Rate, c.limiter.Burst); wait > 0 {
		return &wire.Failure{Code: casework.CodeBusy, After: seconds(wait)}
	}
	if err != nil {
		return c.troubled(a, err)
	}
	// Requests of one connection keep the order in which they began.
	on := c.turns.enter(a.device + " " + r.RemoteAddr)
	defer on.end()
	var req wire.Request
	if a.bytesUp, err = wire.Read(w, r, &req); err != nil {
		return failure(err)
	}
	a.up = len(req.Up)
	if err := on.wait(r.Context()); err != nil {
		return failure(err)
	}
	at := c.turns.enter(a.device)
	defer at.end()
	on.end()
	// What came whole is judged although the laptop may be gone: it asks later what
	// became of it, and need not send it again.
	reply, err := c.exchange(context.WithoutCancel(r.Context()), key, &req, a, at)
	at.end()
	if err != nil {
		return c.troubled(a, err)
	}
	for _, page := range reply.Feeds {
		a.down += len(page.Lines)
		a.feeds = append(a.feeds, fmt.Sprintf("%s:%d-%d", page.Feed, page.From, page.To))
	}
	c.counts.exchanges.Add(1)
	c.counts.linesSent.Add(uint64(a.down))
	wire.SetNext(w, reply)
	if a.bytesDown, err = wire.Write(w, reply); errors.Is(err, wire.ErrLimit) {
		return c.troubled(a, err)
	}
	return nil
}

func (c *County) serveEnrol(w http.ResponseWriter, r *http.Request, key ed25519.PublicKey, a *access) *wire.Failure {
	if wait := c.limiter.allow("enrol "+host(r), enrolRate, enrolBurst); wait > 0 {
		return &wire.Failure{Code: casework.CodeBusy, After: seconds(wait)}
	}
	var req wire.EnrolRequest
	var err error
	r.Body = http.MaxBytesReader(w, r.Body, maxEnrol)
	if a.bytesUp, err = wire.Read(w, r, &req); err != nil {
		return failure(err)
	}
	reply, err := c.Enrol(r.Context(), key, &req)
	if err != nil {
		return c.troubled(a, err)
	}
	a.user = string(reply.User)
	a.bytesDown, _ = wire.Write(w, reply) // the laptop asks again if it is gone
	return nil
}

// host is where a request comes from.
func host(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		return host
	}
	return r.RemoteAddr
}

// troubled returns what the caller is told, and tells the operator of trouble
// that is the county's own.
func (c *County) troubled(a *access, err error) *wire.Failure {
	fail := failure(err)
	var refused *wire.Failure
	if !errors.As(err, &refused) && !errors.Is(err, context.Canceled) {
		c.conf.Log.Error("call failed", "call", a.call, "device", a.device, "err", err)
	}
	return fail
}

// seconds rounds up.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// serveHealth says whether the ledger answers.
func (c *County) serveHealth(w http.ResponseWriter, r *http.Request) {
	err := c.conf.Ledger.View(r.Context(), func(rd ledger.Reader) error {
		_, err := c.world(rd)
		return err
	})
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, `{"status":"failing"}`)
		return
	}
	fmt.Fprintln(w, `{"status":"ok"}`)
}

// serveMetrics answers this machine alone.
func (c *County) serveMetrics(w http.ResponseWriter, r *http.Request) {
	if ip := net.ParseIP(host(r)); ip == nil || !ip.IsLoopback() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	_ = c.counts.write(w)
}
