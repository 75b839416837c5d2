package line_test

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/county"
)

var ctx = context.Background()

const passphrase = "一二三四五六"

var founded = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// firstSeed repeats a run.
var firstSeed = flag.Uint64("line.seed", 0, "the seed to begin with; 0: a fresh one")

// soak is for how long a test goes on with fresh seeds; zero is the short run.
func soak(t testing.TB) time.Duration {
	text := os.Getenv("CASEDESK_SOAK")
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("CASEDESK_SOAK: %v", err)
	}
	return d
}

// tell prints the line of a run for the table of what was tried.
func tell(t testing.TB, name, tried, seeds string) {
	failures := 0
	if t.Failed() {
		failures = 1
	}
	fmt.Printf("SOAK|%s|%s|%d|%s\n", name, tried, failures, seeds)
}

// folder makes a folder, in memory where the machine has such a file system: here
// nothing is about disks.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "casedesk")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// clock is one that a test sets.
type clock struct{ now, off atomic.Int64 }

func newClock() *clock { c := new(clock); c.now.Store(founded.UnixNano()); return c }

func (c *clock) Now() time.Time {
	return time.Unix(0, c.now.Load()).UTC().Add(time.Duration(c.off.Load()))
}
func (c *clock) Mono() (string, time.Duration) {
	return "boot", time.Duration(c.now.Load() - founded.UnixNano())
}
func (c *clock) Offset() time.Duration { return 0 }
func (c *clock) pass(d time.Duration)  { c.now.Add(int64(d)) }

// office is a county's server on a file, reached over cables.
type office struct {
	t      testing.TB
	dir    string
	clock  *clock
	key    *county.Key
	ledger ledger.Ledger
	county *county.County
	ends   *ends
	server *http.Server
	front  func(http.ResponseWriter, *http.Request) bool // answers before the county does
	busy   sync.WaitGroup                                // requests that are being served
}

// newOffice founds a county in a folder.
func newOffice(t testing.TB, dir string, cat catalogue.Catalogue) *office {
	t.Helper()
	secret, err := seal.NewCountySecret()
	must(t, err)
	o := &office{t: t, dir: dir, clock: newClock()}
	must(t, os.MkdirAll(dir, 0o700))
	o.key, err = county.NewKey(rand.Reader, secret.Public())
	must(t, err)
	o.ledger, err = boltledger.Open(o.file(), boltledger.Options{})
	must(t, err)
	o.county, err = county.Found(ctx, o.conf(), "示例县", cat)
	must(t, err)
	must(t, o.county.SetAddress(ctx, "https://127.0.0.1:1"))
	o.serve()
	return o
}

// reopen serves the county of a folder.
func reopen(t testing.TB, dir string, key *county.Key) *office {
	t.Helper()
	o := &office{t: t, dir: dir, clock: newClock(), key: key}
	var err error
	o.ledger, err = boltledger.Open(o.file(), boltledger.Options{MustExist: true})
	must(t, err)
	o.county, err = county.New(ctx, o.conf())
	must(t, err)
	o.serve()
	return o
}

func (o *office) file() string { return filepath.Join(o.dir, county.LedgerFile) }

func (o *office) conf() county.Config {
	return county.Config{Ledger: o.ledger, Key: o.key, Clock: o.clock.Now, Random: rand.Reader, Limits: county.Limits{Rate: 1e9, Burst: 1e9}}
}

func (o *office) serve() {
	o.t.Helper()
	o.ends = newEnds()
	var err error
	o.server, err = o.county.Server()
	must(o.t, err)
	handler := o.server.Handler
	o.server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.busy.Add(1)
		defer o.busy.Done()
		if o.front == nil || !o.front(w, r) {
			handler.ServeHTTP(w, r)
		}
	})
	go o.server.ServeTLS(o.ends, "", "")
}

func (o *office) close() {
	o.server.Close()
	o.ends.Close()
	o.busy.Wait()
	o.ledger.Close()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// slip issues a slip for a person.
func (o *office) slip(user catalogue.UserID) string {
	o.t.Helper()
	issued, err := o.county.Slip(ctx, user, 24*time.Hour)
	must(o.t, err)
	return issued.Slip
}

// holds returns what the county holds of cases, read from the ledger itself, and
// fails if an entry stands there twice or without a stamp.
func (o *office) holds() map[casework.EntryID]casework.Entry {
	o.t.Helper()
	held, places := map[casework.EntryID]casework.Entry{}, map[uint64]bool{}
	must(o.t, o.ledger.View(ctx, func(r ledger.Reader) error {
		var logs []casework.LogID
		err := r.Logs(func(h ledger.Head) bool { logs = append(logs, h.Log); return true })
		for _, log := range logs {
			err = errors.Join(err, r.Entries(log, 1, func(e ledger.Entry) bool {
				rec, err := record.Open(e.Raw)
				must(o.t, err)
				if rec.Entry.Actor == "county" {
					return true
				}
				rec.Entry.Stamp, err = record.OpenStamp(e.Stamp)
				must(o.t, err)
				if rec.Entry.Stamp.Why == casework.WhyUIDReused {
					return true // held for ever beside the entry whose uid it took
				}
				if _, twice := held[rec.Entry.UID]; twice || places[rec.Entry.Stamp.N] {
					o.t.Errorf("entry %s is stamped twice", rec.Entry.UID)
				}
				held[rec.Entry.UID], places[rec.Entry.Stamp.N] = rec.Entry, true
				return true
			}))
		}
		return err
	}))
	return held
}

// fold folds a case as the county holds it.
func fold(held map[casework.EntryID]casework.Entry, id casework.CaseID) casework.Case {
	var entries []casework.Entry
	for _, e := range held {
		if e.Case == id {
			entries = append(entries, e)
		}
	}
	return casework.Fold(id, entries)
}

func (o *office) mustVerify() {
	o.t.Helper()
	v, err := o.county.Verify(ctx)
	must(o.t, err)
	for _, f := range v.Faults {
		o.t.Errorf("county: %+v", f)
	}
}

// laptop is a store with its agent and its cable.
type laptop struct {
	t     testing.TB
	dir   string
	clock *clock
	cable *cable
	store *store.Store
	agent *agent.Agent
}

func (l *laptop) options() store.Options {
	return store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Clock: l.clock, Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

func (l *laptop) conf() agent.Config { return agent.Config{Dial: l.cable.Dial, Program: "line"} }

// newLaptop makes the laptop of a person of the county.
func (o *office) newLaptop(dir string, user catalogue.UserID) *laptop {
	o.t.Helper()
	l := &laptop{t: o.t, dir: dir, clock: o.clock, cable: newCable(o.ends)}
	var err error
	l.store, _, err = store.Create(dir, passphrase, l.options())
	must(o.t, err)
	must(o.t, agent.Enrol(ctx, l.store, o.slip(user), l.conf()))
	l.agent = agent.New(l.store, l.conf())
	return l
}

// openLaptop opens the laptop of a folder.
func (o *office) openLaptop(dir string) *laptop {
	o.t.Helper()
	l := &laptop{t: o.t, dir: dir, clock: o.clock, cable: newCable(o.ends)}
	var err error
	l.store, err = store.Open(dir, passphrase, l.options())
	must(o.t, err)
	l.agent = agent.New(l.store, l.conf())
	return l
}

func (l *laptop) close() { l.store.Close() }

// register writes a new case.
func (l *laptop) register(title string) casework.CaseID {
	l.t.Helper()
	saved, err := l.store.Append(store.Work{Events: []casework.Event{&casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: "两家为排水沟争吵，" + title,
		casework.FieldDivision: village}}}})
	must(l.t, err)
	return saved.Case
}

func (l *laptop) add(id casework.CaseID, events ...casework.Event) {
	l.t.Helper()
	_, err := l.store.Append(store.Work{Case: id, Events: events})
	must(l.t, err)
}

const village = "441621102901"

// sync synchronises; what the line does to it is the caller's business.
func (l *laptop) sync() (agent.Outcome, error) { return l.agent.Sync(ctx, nil) }

func (l *laptop) mustSync() agent.Outcome {
	l.t.Helper()
	out, err := l.sync()
	if err != nil || out.Result != agent.OK || out.LeftUp > 0 || out.LeftDown > 0 {
		l.t.Fatalf("sync: %+v, %v", out, err)
	}
	return out
}

// rows are the laptop's cases.
func (l *laptop) rows() []store.Row {
	l.t.Helper()
	list, err := l.store.Rows(store.Query{Tab: store.TabAll})
	must(l.t, err)
	return list.Rows
}

// mustBeTrue fails if a mark says that the county has what it lacks.
func (l *laptop) mustBeTrue(held map[casework.EntryID]casework.Entry) {
	l.t.Helper()
	for _, row := range l.rows() {
		v, err := l.store.Case(row.ID)
		must(l.t, err)
		for uid, mark := range v.Receipts {
			if _, there := held[uid]; !there && mark != store.SavedHere {
				l.t.Errorf("entry %s shows %s, but the county lacks it", uid, mark)
			}
		}
	}
}

// mustAgree fails unless the laptop shows every case as the county has it.
func (l *laptop) mustAgree(held map[casework.EntryID]casework.Entry, cases int) {
	l.t.Helper()
	rows := l.rows()
	if len(rows) != cases {
		l.t.Errorf("the laptop shows %d cases, want %d", len(rows), cases)
	}
	for _, row := range rows {
		v, err := l.store.Case(row.ID)
		must(l.t, err)
		c := fold(held, row.ID)
		if casework.Digest(&v.Case) != casework.Digest(&c) {
			l.t.Errorf("laptop and county differ in case %s", row.ID)
		}
		for uid, mark := range v.Receipts {
			if mark != store.Delivered {
				l.t.Errorf("entry %s shows %s in the end", uid, mark)
			}
		}
	}
}
