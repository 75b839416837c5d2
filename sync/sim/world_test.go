package sim_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
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

var ctx = context.Background()

const passphrase = "一二三四五六"

// world is a county, its laptops and the lines between them, moved by one source
// of randomness.
type world struct {
	leaning casework.Matter // what this run has more of
	t       testing.TB
	seed    uint64
	rand    *rand.Rand
	dir     string
	now     atomic.Int64 // nanoseconds

	net     *network
	server  *http.Server
	ledger  ledger.Ledger
	county  *county.County
	conf    county.Config
	home    string   // the county's folder
	backups []backup // oldest first
	folders int

	cat     catalogue.Catalogue
	laptops []*laptop
	trace   []string
	ruined  bool                      // a laptop lost work for good: its file was put back, or its keys forgotten
	backed  map[casework.EntryID]bool // entries that some backup holds

	words   int
	pending []string                   // words that nobody saved yet
	said    map[string]casework.CaseID // in which case a word was saved
	saves   map[casework.EntryID]saving
	places  map[placed]place        // where laptops showed that an entry stands
	unsure  uids                    // entries that may get another place: somebody may offer them without their stamp
	views   map[store.DraftID]draft // what a draft was opened on
	done    map[string]int          // acts that were saved, by kind
	had     map[casework.Epoch]uids // of epochs that a restore ended, what the county held then
	decoded map[casework.Hash]casework.Entry
	there   *holdings   // what the county holds, until it may have changed
	moved   atomic.Bool // it may have
	looked  time.Time   // when the county looked last at what is due
	deeds   int
	found   int // words found in the laptops' files
}

type uids = map[casework.EntryID]bool

type backup struct {
	file    string
	uids    uids
	laptops map[*laptop]fileCopy // as they were then
}

var countyFiles = county.Files{
	Verify: func(path string) error { _, err := boltledger.Verify(path); return err },
	Open: func(path string) (ledger.Ledger, error) {
		return boltledger.Open(path, boltledger.Options{MustExist: true, Timeout: time.Second})
	},
}

func source(seed, n uint64) *rand.ChaCha8 {
	var key [32]byte
	for i := range 8 {
		key[i], key[8+i] = byte(seed>>(8*i)), byte(n>>(8*i))
	}
	return rand.NewChaCha8(key)
}

// newWorld founds a county.
func newWorld(t testing.TB, seed uint64) *world { return newWorldOver(t, seed, false) }

func newWorldOver(t testing.TB, seed uint64, http2 bool) *world {
	w := &world{t: t, seed: seed, rand: rand.New(rand.NewPCG(seed, 7)), dir: t.TempDir(), net: newNetwork(), cat: sample.Catalogue(),
		backed: uids{}, said: map[string]casework.CaseID{}, saves: map[casework.EntryID]saving{}, places: map[placed]place{}, unsure: uids{}, views: map[store.DraftID]draft{}, done: map[string]int{},
		had: map[casework.Epoch]uids{}, decoded: map[casework.Hash]casework.Entry{}}
	for i := range w.cat.Divisions {
		w.cat.Divisions[i].Worker = "" // people move about
	}
	if w.chance(30) { // somebody serves two units from the start
		w.person("mediator1").Units = []catalogue.UnitID{"441621102", "441621108"}
	}
	w.now.Store(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).UnixNano())
	random := source(seed, 1)
	secret, err := seal.NewCountySecret()
	w.ok(err)
	key, err := county.NewKey(random, secret.Public())
	w.ok(err)
	w.home = w.folder("county")
	w.ok(os.MkdirAll(w.home, 0o700))
	w.ok(county.WriteKey(w.home, key))
	w.ledger, err = boltledger.Open(filepath.Join(w.home, county.LedgerFile), boltledger.Options{})
	w.ok(err)
	w.conf = county.Config{Ledger: w.ledger, Key: key, Clock: w.time, Random: random, Backups: countyFiles,
		Limits: county.Limits{Rate: 1e9, Burst: 1e9}, Log: slog.New(slog.NewTextHandler(teller{w}, &slog.HandlerOptions{ReplaceAttr: timeless}))}
	w.county, err = county.Found(ctx, w.conf, "示例县", w.cat)
	w.ok(err)
	w.ok(w.county.SetAddress(ctx, "https://127.0.0.1:1"))
	w.net.county.Store(w.county)
	w.net.copyLedger = func() []byte {
		data, err := os.ReadFile(filepath.Join(w.home, county.LedgerFile))
		w.ok(err)
		return data
	}
	w.net.delay = func() { w.now.Add(int64(137 * time.Millisecond)); w.moved.Store(true) }
	w.server, err = w.net.serve(w.county, http2)
	w.ok(err)
	t.Cleanup(w.close)
	return w
}

// timeless takes the real time out of what a county logs: a run is told by its own.
func timeless(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// teller takes what the county tells its operator into the trace.
type teller struct{ w *world }

func (t teller) Write(b []byte) (int, error) {
	t.w.log("county: %s", b)
	return len(b), nil
}

func (w *world) close() {
	for _, l := range w.laptops {
		l.store.Close()
	}
	w.server.Close()
	w.net.Close()
	w.ledger.Close()
	if w.t.Failed() {
		from := max(0, len(w.trace)-60)
		for _, line := range w.trace[from:] {
			w.t.Log(line)
		}
		w.t.Logf("seed %d failed; repeat with: go test ./sync/sim -run 'TestOffice$' -sim.seed=%d", w.seed, w.seed)
	}
}

func (w *world) time() time.Time { return time.Unix(0, w.now.Load()).UTC() }

func (w *world) pass(d time.Duration) { w.now.Add(int64(d)) }

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) log(format string, args ...any) {
	line := fmt.Sprintf("%4d %s ", len(w.trace), w.time().Format("01-02 15:04:05")) + fmt.Sprintf(format, args...)
	w.trace = append(w.trace, line)
	if *verbose {
		w.t.Log(line)
	}
}

func (w *world) folder(name string) string {
	w.folders++
	return filepath.Join(w.dir, fmt.Sprintf("%s-%d", name, w.folders))
}

// chance is true p times of a hundred.
func (w *world) chance(p int) bool { return w.rand.IntN(100) < p }

func pick[T any](w *world, list []T) T { return list[w.rand.IntN(len(list))] }

// laptop is a profile with its store and agent.
type laptop struct {
	w     *world
	name  string
	user  catalogue.UserID
	dir   string
	notes string // folder of the witness
	rand  *dice
	clock *clock
	line  *line

	store *store.Store
	agent *agent.Agent

	own     uids // what was saved in this file
	copies  []fileCopy
	drafts  map[store.DraftID]bool // what is half-written in this file
	revoked bool
	gone    bool // its keys are forgotten
	slip    string
	shows   marks         // as of its last deed
	steady  bool          // its clock was as right or wrong all the time
	heard   string        // the run of its machine that an answer in time came in
	since   time.Time     // when it was bought
	used    time.Duration // how long it worked, once its keys are forgotten
}

// fileCopy is the laptop's file as it was once.
type fileCopy struct {
	data   []byte
	own    uids
	drafts map[store.DraftID]bool
}

// draft is a case that somebody has open: what she writes there was written with
// that in view.
type draft struct {
	heads []casework.EntryID
	view  casework.Case
}

// clock is a laptop's: as wrong as it likes, with a monotonic one that is right.
type clock struct {
	w       *world
	off     time.Duration
	boot    string
	started time.Time
}

func (c *clock) Now() time.Time                { return c.w.time().Add(c.off) }
func (c *clock) Mono() (string, time.Duration) { return c.boot, c.w.time().Sub(c.started) }
func (c *clock) Offset() time.Duration         { return 0 }

func (w *world) newLaptop(user catalogue.UserID) *laptop {
	n := uint64(len(w.laptops))
	l := &laptop{w: w, name: fmt.Sprintf("%s#%d", user, n), user: user, rand: &dice{Reader: source(w.seed, 100+n)}, clock: &clock{w: w},
		line: newLine(w.net), own: uids{}, drafts: map[store.DraftID]bool{}, since: w.time()}
	l.dir, l.notes = w.folder(string(user)), w.folder("witness")
	l.boot()
	l.steady = true
	w.laptops = append(w.laptops, l)
	return l
}

// boot starts the machine anew.
func (l *laptop) boot() {
	l.clock.boot = fmt.Sprintf("boot-%d", l.w.rand.Uint32())
	l.clock.started = l.w.time()
	l.w.net.forget(l.line)
	before := l.clock.off
	defer func() { l.steady = l.steady && l.clock.off == before }()
	if l.w.chance(30) {
		l.clock.off = time.Duration(l.w.rand.IntN(20*365*24)-10*365*24) * time.Hour
	} else if l.w.chance(50) {
		l.clock.off = time.Duration(l.w.rand.IntN(240)-120) * time.Second
	}
}

// dice is a laptop's source of randomness. The store throws it once before every
// commit, which is where a machine may stop.
type dice struct {
	io.Reader
	left int    // commits until it does; 0: it does not
	stop func() // what is done then
}

func (d *dice) Read(b []byte) (int, error) {
	if len(b) == 8 && d.left > 0 {
		if d.left--; d.left == 0 {
			d.stop()
		}
	}
	return d.Reader.Read(b)
}

func (l *laptop) options() store.Options {
	return store.Options{Name: string(l.user), Catalogue: l.w.cat, Clock: l.clock, Rand: l.rand, Witness: l.notes,
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

func (l *laptop) create() {
	l.w.t.Helper()
	var err error
	l.store, _, err = store.Create(l.dir, passphrase, l.options())
	l.w.ok(err)
	l.begin()
}

func (l *laptop) open() {
	l.w.t.Helper()
	var err error
	l.store, err = store.Open(l.dir, passphrase, l.options())
	if err != nil {
		l.w.t.Fatalf("open %s: %v", l.name, err)
	}
	l.begin()
}

func (l *laptop) config() agent.Config {
	return agent.Config{Dial: l.line.Dial, Program: "sim", Rand: rand.New(rand.NewPCG(1, 2))}
}

func (l *laptop) begin() { l.agent = agent.New(l.store, l.config()) }

func (l *laptop) file() string { return filepath.Join(l.dir, "desk.db") }

// copyFile returns the file as it lies on the disk.
func (l *laptop) copyFile() fileCopy {
	l.w.t.Helper()
	data, err := os.ReadFile(l.file())
	l.w.ok(err)
	return fileCopy{data, maps.Clone(l.own), maps.Clone(l.drafts)}
}

// die stops the machine without ending the desk, and puts a copy in the place of
// its file.
func (l *laptop) die(c fileCopy) {
	l.w.t.Helper()
	l.w.ok(l.store.Close())
	l.w.ok(os.WriteFile(l.file(), c.data, 0o600))
	l.own, l.drafts = maps.Clone(c.own), maps.Clone(c.drafts)
	l.boot()
	l.open()
}

// enrolled reports whether the laptop has joined the county.
func (l *laptop) enrolled() bool { return l.store.Profile().County != nil }

// device is the laptop's name at the county.
func (l *laptop) device() string { return wire.FingerprintOf(l.store.Profile().Key).String() }

// live are the laptops that work.
func (w *world) live() []*laptop {
	return slices.DeleteFunc(slices.Clone(w.laptops), func(l *laptop) bool { return l.gone || l.store == nil })
}
