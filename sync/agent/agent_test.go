package agent_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

const passphrase = "一二三四五六"

// clock is a clock that a test sets.
type clock struct{ now, off atomic.Int64 }

func (c *clock) Now() time.Time { return time.Unix(0, c.now.Load()+c.off.Load()).UTC() }
func (c *clock) Mono() (string, time.Duration) {
	return "boot", time.Duration(c.now.Load() - founded.UnixNano())
}
func (c *clock) Offset() time.Duration { return 0 }

var founded = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// office is a county on loopback with real TLS and HTTP/2.
type office struct {
	t      testing.TB
	dir    string
	clock  clock
	conf   county.Config
	county *county.County
	ledger ledger.Ledger
	front  func(http.ResponseWriter, *http.Request) bool // answers before the county does
}

var files = county.Files{
	Verify: func(path string) error { _, err := boltledger.Verify(path); return err },
	Open: func(path string) (ledger.Ledger, error) {
		return boltledger.Open(path, boltledger.Options{MustExist: true})
	},
}

func newOffice(t testing.TB) *office {
	o := &office{t: t, dir: t.TempDir()}
	o.clock.now.Store(founded.UnixNano())
	secret, err := seal.NewCountySecret()
	o.ok(err)
	key, err := county.NewKey(rand.Reader, secret.Public())
	o.ok(err)
	o.ledger, err = boltledger.Open(filepath.Join(o.dir, county.LedgerFile), boltledger.Options{})
	o.ok(err)
	o.conf = county.Config{Ledger: o.ledger, Key: key, Clock: o.clock.Now, Random: rand.Reader, Backups: files}
	o.county, err = county.Found(t.Context(), o.conf, "示例县", sample.Catalogue())
	o.ok(err)
	o.serve()
	t.Cleanup(func() { o.ledger.Close() })
	return o
}

func (o *office) serve() {
	o.t.Helper()
	server, err := o.county.Server()
	o.ok(err)
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o.front == nil || !o.front(w, r) {
			o.county.Handler().ServeHTTP(w, r)
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	o.ok(err)
	go server.ServeTLS(listener, "", "")
	o.t.Cleanup(func() { server.Close() })
	o.ok(o.county.SetAddress(context.Background(), "https://"+listener.Addr().String()))
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) pass(d time.Duration) { o.clock.now.Add(int64(d)) }

// slip issues a slip for a person, good for a day.
func (o *office) slip(user catalogue.UserID) string {
	o.t.Helper()
	issued, err := o.county.Slip(o.t.Context(), user, 24*time.Hour)
	o.ok(err)
	return issued.Slip
}

// restore puts the county back to a backup.
func (o *office) restore(file string) {
	o.t.Helper()
	o.ok(o.ledger.Close())
	dir := o.t.TempDir()
	conf := o.conf
	conf.Ledger, conf.Key = nil, nil
	o.pass(time.Hour)
	_, err := county.Restore(o.t.Context(), conf, file, dir)
	o.ok(err)
	o.conf.Key, err = county.ReadKey(dir)
	o.ok(err)
	o.ledger, err = files.Open(filepath.Join(dir, county.LedgerFile))
	o.ok(err)
	o.conf.Ledger = o.ledger
	o.county, err = county.New(o.t.Context(), o.conf)
	o.ok(err)
}

// entries counts the county's entries about cases.
func (o *office) entries() (n int) {
	o.t.Helper()
	o.ok(o.ledger.View(o.t.Context(), func(r ledger.Reader) error {
		return r.Scan([]byte("i/"), nil, func(_, _ []byte) bool { n++; return true })
	}))
	return n
}

// laptop is a store with its agent.
type laptop struct {
	*office
	store *store.Store
	conf  agent.Config
	agent *agent.Agent
	clock clock
	dir   string
}

// laptop makes a laptop that has no county yet.
func (o *office) laptop() *laptop {
	o.t.Helper()
	l := &laptop{office: o, dir: filepath.Join(o.t.TempDir(), "desk")}
	l.clock.now.Store(o.clock.now.Load())
	var err error
	l.store, _, err = store.Create(l.dir, passphrase, store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Clock: &l.clock,
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	o.ok(err)
	o.t.Cleanup(func() { l.store.Close() })
	l.dial(new(net.Dialer).DialContext)
	return l
}

// dial gives the laptop a new agent that connects in another way.
func (l *laptop) dial(d wire.Dialer) {
	l.conf = agent.Config{Dial: d, Program: "test"}
	l.agent = agent.New(l.store, l.conf)
}

// enrolled makes a laptop of a person of the county.
func (o *office) enrolled(user catalogue.UserID) *laptop {
	o.t.Helper()
	l := o.laptop()
	o.ok(agent.Enrol(o.t.Context(), l.store, o.slip(user), l.conf))
	return l
}

func (l *laptop) register(title string) store.Saved {
	l.t.Helper()
	saved, err := l.store.Append(store.Work{Events: []casework.Event{&casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: strings.Repeat(title, 24),
		casework.FieldDivision: "441621102901"}}}})
	l.ok(err)
	return saved
}

// sync makes one synchronisation and returns its result and refusal.
func (l *laptop) sync() (agent.Outcome, *casework.Refusal) {
	l.t.Helper()
	out, err := l.agent.Sync(l.t.Context(), nil)
	return out, refusal(l.t, err)
}

// mustSync synchronises over a good line.
func (l *laptop) mustSync() agent.Outcome {
	l.t.Helper()
	out, why := l.sync()
	if why != nil || out.Result != agent.OK || out.LeftUp > 0 || out.LeftDown > 0 {
		l.t.Fatalf("%+v: %v", out, why)
	}
	return out
}

// refusal returns an error as what a person is told; every error must be one.
func refusal(t testing.TB, err error) *casework.Refusal {
	t.Helper()
	var r *casework.Refusal
	if err != nil && !errors.As(err, &r) {
		t.Fatalf("not meant for people: %v", err)
	}
	return r
}

func (l *laptop) receipt(id casework.CaseID) store.Receipt {
	l.t.Helper()
	v, err := l.store.Case(id)
	l.ok(err)
	return v.Receipt
}

// Ensure that what is saved at one laptop is on another's after each has
// exchanged once, and that then nothing moves.
func TestAgent_Sync(t *testing.T) {
	o := newOffice(t)
	grid, mediator := o.enrolled("grid1"), o.enrolled("mediator1")
	saved := grid.register("排水沟纠纷")
	if out := grid.mustSync(); out.Sent != 2 || out.Taken != 2 || out.RoundTrips > 2 {
		t.Errorf("%+v", out)
	}
	if got := grid.receipt(saved.Case); got != store.Delivered {
		t.Errorf("receipt %s", got)
	}
	mediator.mustSync()
	if _, err := mediator.store.Case(saved.Case); err != nil {
		t.Error(err)
	}
	for _, l := range []*laptop{grid, mediator} {
		if out := l.mustSync(); out.Sent+out.Received != 0 || out.RoundTrips != 1 {
			t.Errorf("with nothing new: %+v", out)
		}
	}
}

// Ensure that what is no county is told apart from one: a sign-in page over HTTP,
// one with another key, a server that speaks no TLS, and nobody at all. Nothing
// is lost, and work goes on.
func TestAgent_NotTheCounty(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>请登录</html>") })
	plain, other := httptest.NewServer(page), httptest.NewTLSServer(page)
	defer plain.Close()
	defer other.Close()
	closed := httptest.NewServer(page)
	closed.Close()
	tests := []struct {
		name   string
		to     string
		result agent.Result
		code   casework.Code
		why    casework.Why
	}{
		{"portal over plain HTTP", plain.Listener.Addr().String(), agent.Offline, casework.CodeOffline, agent.WhyPortal},
		{"portal with another key", other.Listener.Addr().String(), agent.Refused, casework.CodeWrongCounty, ""},
		{"nobody", closed.Listener.Addr().String(), agent.Offline, casework.CodeOffline, ""},
	}
	o := newOffice(t)
	l := o.enrolled("grid1")
	saved := l.register("排水沟纠纷")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l.dial(func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, tt.to)
			})
			out, why := l.sync()
			if out.Result != tt.result || why == nil || why.Code != tt.code || why.Why != tt.why || out.LeftUp != 2 {
				t.Errorf("%+v: %v", out, why)
			}
			if l.receipt(saved.Case) != store.SavedHere {
				t.Error("the receipt lies")
			}
		})
	}
	l.dial(new(net.Dialer).DialContext)
	l.mustSync()
}

// Ensure that the county's own address showing a portal's page is noticed.
func TestAgent_PortalBehindTheKey(t *testing.T) {
	o := newOffice(t)
	l := o.enrolled("grid1")
	o.front = func(w http.ResponseWriter, _ *http.Request) bool {
		fmt.Fprint(w, "<html>请登录</html>")
		return true
	}
	if out, why := l.sync(); out.Result != agent.Offline || why == nil || why.Why != agent.WhyPortal {
		t.Errorf("%+v: %v", out, why)
	}
}

// Ensure that a county that says for ever that there is more, and sends none of it, is
// left alone in the end.
func TestAgent_MoreWithoutEnd(t *testing.T) {
	o := newOffice(t)
	l := o.enrolled("grid1")
	l.mustSync()
	at := l.store.Position()
	asked := 0
	o.front = func(w http.ResponseWriter, _ *http.Request) bool {
		reply := &wire.Reply{Version: wire.Version, Epoch: at.Epoch, Units: l.store.Profile().Units}
		for _, c := range at.Cursors {
			reply.Feeds = append(reply.Feeds, wire.FeedPage{Feed: c.Feed, Epoch: c.Epoch, From: c.N, To: c.N, Head: c.N + 1})
		}
		if asked++; asked > 100 {
			t.Error("it asks without end")
			return false
		}
		_, err := wire.Write(w, reply)
		o.ok(err)
		return true
	}
	if out, why := l.sync(); out.Result != agent.Refused || why == nil || why.Why != agent.WhyStuck {
		t.Errorf("%+v: %v", out, why)
	}
}

// Ensure that every bad slip has its own answer and that none changes the laptop.
func TestEnrol_BadSlip(t *testing.T) {
	o := newOffice(t)
	l := o.laptop()
	good := o.slip("grid1")
	used := o.slip("mediator1")
	o.ok(agent.Enrol(t.Context(), o.laptop().store, used, l.conf))
	late := o.slip("mediator2")
	o.pass(25 * time.Hour)
	parsed, err := wire.ParseSlip(good)
	o.ok(err)
	unknown, stranger, away := parsed, parsed, parsed
	unknown.Code[0] ^= 1
	key, _, err := ed25519.GenerateKey(rand.Reader)
	o.ok(err)
	stranger.County = wire.FingerprintOf(key)
	away.Address = "https://127.0.0.1:1"
	mistyped := strings.Replace(good, good[10:11], map[bool]string{true: "B", false: "A"}[good[10] == 'A'], 1)
	tests := []struct {
		name, slip string
		code       casework.Code
		why        casework.Why
	}{
		{"mistyped", mistyped, casework.CodeInvalid, agent.WhySlip},
		{"cut off", good[:len(good)-6], casework.CodeInvalid, agent.WhySlip},
		{"empty", "", casework.CodeInvalid, agent.WhySlip},
		{"unknown", unknown.String(), casework.CodeNotFound, ""},
		{"used", used, casework.CodeExpired, ""},
		{"late", late, casework.CodeExpired, ""},
		{"another county's", stranger.String(), casework.CodeWrongCounty, ""},
		{"nobody there", away.String(), casework.CodeOffline, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o.pass(time.Minute)
			why := refusal(t, agent.Enrol(t.Context(), l.store, tt.slip, l.conf))
			if why == nil || why.Code != tt.code || why.Why != tt.why {
				t.Errorf("%v", why)
			}
			if l.store.Profile().County != nil {
				t.Error("the laptop has a county now")
			}
		})
	}
	o.pass(time.Minute)
	o.ok(agent.Enrol(t.Context(), l.store, o.slip("grid1"), l.conf))
	if why := refusal(t, agent.Enrol(t.Context(), l.store, o.slip("grid1"), l.conf)); why == nil || why.Why != store.WhyEnrolled {
		t.Errorf("enrolled twice: %v", why)
	}
}

// Ensure that an enrolment whose answer got lost can be asked for again with the
// same slip.
func TestEnrol_AnswerLost(t *testing.T) {
	o := newOffice(t)
	l, slip := o.laptop(), o.slip("grid1")
	o.front = func(w http.ResponseWriter, r *http.Request) bool {
		o.county.Handler().ServeHTTP(httptest.NewRecorder(), r)
		o.front = nil
		panic(http.ErrAbortHandler)
	}
	if why := refusal(t, agent.Enrol(t.Context(), l.store, slip, l.conf)); why == nil || why.Code != casework.CodeOffline {
		t.Fatalf("%v", why)
	}
	o.ok(agent.Enrol(t.Context(), l.store, slip, l.conf))
	l.mustSync()
}

// Ensure that a county that is busy or in trouble is left alone for as long as it
// asks, that this counts as offline, and that the reason is told.
func TestAgent_Busy(t *testing.T) {
	o := newOffice(t)
	for _, tt := range []struct {
		name string
		fail wire.Failure
		min  time.Duration
		why  casework.Why
	}{
		{"429", wire.Failure{Code: casework.CodeBusy, After: 7}, 7 * time.Second, agent.WhyBusy},
		{"503", wire.Failure{Code: casework.CodeInternal, After: 60}, time.Minute, agent.WhyTrouble},
		{"503, disk full", wire.Failure{Code: casework.CodeDiskFull, After: 300}, 5 * time.Minute, agent.WhyFull},
		{"503, damaged", wire.Failure{Code: casework.CodeDamaged, After: 600}, 10 * time.Minute, agent.WhyTrouble},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o.front = nil
			l := o.enrolled("grid1")
			o.front = func(w http.ResponseWriter, _ *http.Request) bool { wire.Fail(w, &tt.fail); return true }
			out, why := l.sync()
			if out.Result != agent.Offline || why == nil || why.Code != casework.CodeOffline || why.Why != tt.why {
				t.Errorf("%+v: %v", out, why)
			}
			if got := agent.Wait(out); got != tt.min {
				t.Errorf("asks to wait %s, want %s", got, tt.min)
			}
		})
	}
}

// cutter is a dialer whose connections break for good after so many bytes.
func cutter(up, down int) wire.Dialer {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, addr)
		return &cutConn{Conn: c, up: up, down: down}, err
	}
}

type cutConn struct {
	net.Conn
	up, down int
}

func (c *cutConn) Write(b []byte) (int, error) {
	if c.up -= len(b); c.up < 0 {
		c.Conn.Write(b[:max(0, len(b)+c.up)])
		c.Conn.Close()
		return 0, net.ErrClosed
	}
	return c.Conn.Write(b)
}

func (c *cutConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.down -= n; c.down < 0 {
		c.Conn.Close()
		return 0, net.ErrClosed
	}
	return n, err
}

// Ensure that a line that breaks anywhere in a page, up or down, leads to every
// entry being at the county exactly once, and to marks that are true all the time.
func TestAgent_CutMidPage(t *testing.T) {
	o := newOffice(t)
	l := o.enrolled("grid1")
	l.mustSync()
	step := 97
	if testing.Short() {
		step = 701
	}
	want := 0
	for _, up := range []bool{true, false} {
		for at := 600; at < 4200; at += step {
			saved := l.register(fmt.Sprintf("排水沟纠纷%d", at))
			want++
			if up {
				l.dial(cutter(at, 1<<30))
			} else {
				l.dial(cutter(1<<30, at))
			}
			o.pass(time.Minute)
			out, why := l.sync()
			if out.Result != agent.OK && out.Result != agent.Offline {
				t.Fatalf("cut at %d: %+v %v", at, out, why)
			}
			if l.receipt(saved.Case) == store.Delivered && o.entries() != want {
				t.Fatalf("cut at %d: delivered, but the county has %d of %d", at, o.entries(), want)
			}
			l.dial(new(net.Dialer).DialContext)
			l.mustSync()
			if got := o.entries(); got != want || l.receipt(saved.Case) != store.Delivered {
				t.Fatalf("cut at %d: the county has %d entries, want %d", at, got, want)
			}
		}
	}
}

// Ensure that a revoked laptop hands in what it had not sent, which is held, and
// then forgets its keys; and that one whose line breaks meanwhile keeps them.
func TestAgent_Revoked(t *testing.T) {
	o := newOffice(t)
	l, mediator := o.enrolled("grid1"), o.enrolled("mediator1")
	first := l.register("排水沟纠纷")
	l.mustSync()
	late := l.register("宅基地纠纷")
	const more = 12 // more than one page
	for range more {
		l.register(strings.Repeat("长", 80))
	}
	devices, err := o.county.Devices(t.Context())
	o.ok(err)
	for _, d := range devices {
		if d.User == "grid1" {
			_, err := o.county.Revoke(t.Context(), d.Device)
			o.ok(err)
		}
	}
	calls := 0
	o.front = func(w http.ResponseWriter, r *http.Request) bool {
		calls++
		if calls == 2 {
			o.county.Handler().ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		return false
	}
	if out, _ := l.sync(); out.Result == agent.Revoked {
		t.Fatalf("%+v without an answer", out)
	}
	if _, err := l.store.Case(first.Case); err != nil {
		t.Fatalf("the keys are gone before all was handed in: %v", err)
	}
	watch := l.store.Watch()
	out, why := l.sync()
	if _, open := <-watch.C; !open || l.store.Link().Problem == nil || l.store.Link().Problem.Why != store.WhyForgotten {
		t.Errorf("the open desk is not told: %+v", l.store.Link())
	}
	if r, gone := store.Revoked(l.dir); !gone || r.County == "" {
		t.Errorf("the folder does not say who revoked it: %+v", r)
	}
	if out.Result != agent.Revoked || out.LeftUp != 0 || out.Held == 0 || why == nil || why.Code != casework.CodeRevoked {
		t.Errorf("%+v: %v", out, why)
	}
	if _, err := os.Stat(filepath.Join(l.dir, "desk.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	if _, err := store.Open(l.dir, passphrase, store.Options{Clock: &l.clock}); !errors.Is(err, &casework.Refusal{Code: casework.CodeRevoked}) {
		t.Errorf("opened: %v", err)
	}
	mediator.mustSync()
	v, err := mediator.store.Case(late.Case)
	o.ok(err)
	if v.Held != 1 {
		t.Errorf("what was handed in is not held: %+v", v.Row)
	}
}

// Ensure that a laptop whose clock is years off connects, delivers, and that the
// county works out when things were done.
func TestAgent_ClockYearsOff(t *testing.T) {
	for _, years := range []int{-40, -10, 10, 100} {
		o := newOffice(t)
		l := o.laptop()
		l.clock.off.Store(int64(founded.AddDate(years, 0, 0).Sub(founded)))
		o.ok(agent.Enrol(t.Context(), l.store, o.slip("grid1"), l.conf))
		saved := l.register("排水沟纠纷")
		for _, c := range []*clock{&l.clock, &o.clock} {
			c.now.Add(int64(3 * time.Hour))
		}
		l.mustSync()
		v, err := l.store.Case(saved.Case)
		o.ok(err)
		if got := v.Case.RegisteredAt.Sub(founded).Abs(); got > time.Minute {
			t.Errorf("%d years: registered %s off", years, got)
		}
	}
}

// Ensure that a county that was restored to before a laptop's enrolment takes it
// back on its grant, and gets everything again.
func TestAgent_Grant(t *testing.T) {
	o := newOffice(t)
	file := filepath.Join(t.TempDir(), "backup")
	_, err := o.county.Backup(t.Context(), file)
	o.ok(err)
	l, idle := o.enrolled("grid1"), o.enrolled("mediator1")
	saved := l.register("排水沟纠纷")
	l.mustSync()
	idle.mustSync()
	o.restore(file)
	for _, l := range []*laptop{idle, l} {
		l.mustSync()
	}
	devices, err := o.county.Devices(t.Context())
	o.ok(err)
	if len(devices) != 2 || o.entries() != 1 || l.receipt(saved.Case) != store.Delivered {
		t.Errorf("%d devices, %d entries, receipt %s", len(devices), o.entries(), l.receipt(saved.Case))
	}
}

// later is an event as a newer program writes it: nobody here knows its number.
type later struct {
	casework.Noted
	More string `codec:"more"`
}

func (*later) Num() casework.Number { return 900 }

// Ensure that an entry of a newer program passes through an older county and an
// older laptop, and shows as unknown.
func TestAgent_NewerEntry(t *testing.T) {
	o := newOffice(t)
	l, mediator := o.enrolled("grid1"), o.enrolled("mediator1")
	saved := l.register("排水沟纠纷")
	_, err := l.store.Append(store.Work{Case: saved.Case,
		Events: []casework.Event{&later{casework.Noted{Note: "新版本的话"}, "还有"}}})
	o.ok(err)
	l.mustSync()
	mediator.mustSync()
	for _, l := range []*laptop{l, mediator} {
		v, err := l.store.Case(saved.Case)
		o.ok(err)
		if v.Unknown != 1 || len(v.Case.Timeline) != 2 || v.Case.Timeline[1].Effect != casework.Unknowns {
			t.Errorf("%+v", v.Case.Timeline)
		}
	}
	entries, err := mediator.store.Entries(saved.Case)
	o.ok(err)
	if u, ok := entries[1].Events[0].(*casework.Unknown); !ok || !strings.Contains(string(u.Payload), "新版本的话") || !strings.Contains(string(u.Payload), "还有") {
		t.Errorf("the words changed: %+v", entries[1].Events)
	}
}

// Ensure that Run delivers a save at once, waits for nobody's key, and ends when
// it is told to.
func TestAgent_Run(t *testing.T) {
	o := newOffice(t)
	l := o.enrolled("grid1")
	l.conf.Every = time.Hour
	l.agent = agent.New(l.store, l.conf)
	done := make(chan struct{})
	go func() { defer close(done); l.agent.Run(t.Context()) }()
	wait := func(what string, ok func() bool) {
		t.Helper()
		for began := time.Now(); !ok(); time.Sleep(2 * time.Millisecond) {
			if time.Since(began) > 10*time.Second {
				t.Fatal(what + " did not happen")
			}
		}
	}
	wait("the first exchange", func() bool { return l.store.Link().State == store.LinkIdle })
	saved := l.register("排水沟纠纷")
	wait("delivery", func() bool { return l.receipt(saved.Case) == store.Delivered })
	l.agent.End()
	wait("the end", func() bool {
		select {
		case <-done:
			return true
		default:
			return false
		}
	})
}
