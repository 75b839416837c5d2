package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
	"casedesk/store/seal"
)

const passphrase = "山重水复疑无路"

// clock is a laptop's clock that a test sets, while nobody else reads it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 10, 12, 9, 0, 0, 0, time.FixedZone("", 8*3600))}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

func (c *clock) Mono() (string, time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return "boot", time.Duration(c.now.Unix()) * time.Second
}
func (c *clock) Offset() time.Duration { return 0 }

// options are cheap ones, with the sample's catalogue.
func options(c store.Clock) store.Options {
	return store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Clock: c,
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// create makes an open profile that is closed with the test.
func create(t testing.TB, dir string, o store.Options) *store.Store {
	t.Helper()
	s, _, err := store.Create(dir, passphrase, o)
	ok(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func open(t testing.TB, dir string, o store.Options) *store.Store {
	t.Helper()
	s := must[*store.Store](t)(store.Open(dir, passphrase, o))
	t.Cleanup(func() { s.Close() })
	return s
}

// dispute is a registration that Check passes.
func dispute(title string) *casework.Registered {
	return &casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: "两家为排水沟争吵",
		casework.FieldDivision: "441621102", casework.FieldChannel: "03"},
		Parties: []casework.Party{{Role: "applicant", Name: "张伟华", Phone: "13800138000"}}}
}

func register(t testing.TB, s *store.Store, title string) store.Saved {
	t.Helper()
	return must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{dispute(title)}}))
}

func note(text string) []casework.Event { return []casework.Event{&casework.Noted{Note: text}} }

// county stands in for a county: it admits everything, stamps in order of arrival
// and shows every entry to every feed that it is told of.
type county struct {
	t      testing.TB
	epoch  casework.Epoch
	ends   []store.Mark
	n      uint64
	backed store.Mark
	logs   map[casework.LogID][]admitted
	feeds  map[catalogue.UnitID][]store.FeedLine
	seen   map[casework.EntryID]casework.Hash
	keys   []store.LogKey
	hold   casework.Why // reason to hold the next entries back; empty: admit
	page   int          // lines of a feed page at most
}

type admitted struct {
	hash  casework.Hash
	stamp []byte
}

func newCounty(t testing.TB, feeds ...catalogue.UnitID) *county {
	c := &county{t: t, epoch: epochOf(1), logs: map[casework.LogID][]admitted{}, feeds: map[catalogue.UnitID][]store.FeedLine{},
		seen: map[casework.EntryID]casework.Hash{}, page: 1000}
	for _, f := range feeds {
		c.feeds[f] = nil
	}
	return c
}

func epochOf(n int) casework.Epoch {
	return casework.Epoch{UUID: uuid.MustParse(fmt.Sprintf("0192%04d-0000-7000-8000-000000000000", n))}
}

// admit takes an offered entry; false means a fork.
func (c *county) admit(it store.Item) bool {
	rec := must[*record.Record](c.t)(record.Open(it.Raw))
	log := c.logs[it.Log]
	if int(it.Seq) <= len(log) {
		return log[it.Seq-1].hash == rec.Hash
	}
	if int(it.Seq) != len(log)+1 {
		c.t.Fatalf("gap: %s/%d after %d", it.Log, it.Seq, len(log))
	}
	stamp := it.Stamp
	if stamp == nil {
		c.n++
		s := casework.Stamp{Epoch: c.epoch, N: c.n, Received: rec.Entry.Wall, Effective: rec.Entry.Wall, Verdict: casework.Admitted}
		if h, taken := c.seen[rec.Entry.UID]; taken && h != rec.Hash {
			s.Verdict = casework.Copy
		} else if c.hold != "" && !rec.Entry.Case.IsZero() {
			s.Verdict, s.Why = casework.Held, c.hold
		}
		stamp = record.MarshalStamp(&s)
	}
	c.logs[it.Log] = append(log, admitted{rec.Hash, stamp})
	if opened, ok := rec.Entry.Events[0].(*casework.LogOpened); ok {
		c.keys = append(c.keys, store.LogKey{Log: it.Log, Key: opened.Key, User: rec.Entry.Actor})
		return true
	}
	c.seen[rec.Entry.UID] = rec.Hash
	c.show(it.Raw, stamp)
	return true
}

func (c *county) show(raw, stamp []byte) {
	for f := range c.feeds {
		c.feeds[f] = append(c.feeds[f], store.FeedLine{Raw: raw, Stamp: stamp})
	}
}

// withdraw takes a case from a feed.
func (c *county) withdraw(feed catalogue.UnitID, id casework.CaseID, to catalogue.UnitID) {
	c.feeds[feed] = append(c.feeds[feed], store.FeedLine{Withdrawn: id, To: to})
}

// answer is the reply to an exchange in which items were offered.
func (c *county) answer(pos store.Position, items []store.Item) *store.Page {
	p := &store.Page{Epoch: c.epoch, Ends: c.ends, Now: time.Date(2026, 10, 12, 1, 0, 0, 0, time.UTC), Backed: c.backed}
	for _, it := range items {
		if !c.admit(it) {
			p.Forks = append(p.Forks, it.Name)
			continue
		}
		log := c.logs[it.Log]
		stamped := store.Stamped{Name: it.Name, Stamp: log[it.Seq-1].stamp}
		if it.Stamp != nil {
			stamped.Hash = log[it.Seq-1].hash
		}
		p.Stamps = append(p.Stamps, stamped)
	}
	p.Keys = c.keys
	own := map[casework.LogID]bool{}
	for _, h := range pos.Logs {
		own[h.Log] = true
		head := store.Head{Log: h.Log, Seq: uint64(len(c.logs[h.Log]))}
		if head.Seq > 0 {
			head.Hash = c.logs[h.Log][head.Seq-1].hash
		}
		p.Heads = append(p.Heads, head)
	}
	for _, cur := range pos.Cursors {
		lines := c.feeds[cur.Feed]
		from := min(cur.N, uint64(len(lines)))
		to := min(from+uint64(c.page), uint64(len(lines)))
		f := store.FeedPage{Feed: cur.Feed, Epoch: c.epoch, From: from, To: to}
		for _, l := range lines[from:to] {
			if len(l.Raw) > 0 && !pos.Whole {
				rec := must[*record.Record](c.t)(record.Open(l.Raw))
				if own[rec.Entry.Log] {
					l.Raw, l.Name = nil, rec.Entry.Name
				}
			}
			f.Lines = append(f.Lines, l)
		}
		p.Feeds = append(p.Feeds, f)
	}
	return p
}

// exchange synchronises until neither side has more.
func (c *county) exchange(s *store.Store) {
	c.t.Helper()
	for range 100 {
		pos := s.Position()
		batch := must[store.Batch](c.t)(s.Outbox(store.Sent{}, 20_000))
		refill, _, err := s.Refill(0, 1<<20)
		ok(c.t, err)
		_, err = s.Absorb(c.answer(pos, append(batch.Items, refill...)))
		if errors.Is(err, store.ErrMissing) {
			continue
		}
		ok(c.t, err)
		if s.Unsent() == 0 && c.atEnd(s.Position()) {
			return
		}
	}
	c.t.Fatalf("no end: %d unsent, %+v", s.Unsent(), s.Position())
}

func (c *county) atEnd(p store.Position) bool {
	for _, cur := range p.Cursors {
		if cur.Epoch != c.epoch || int(cur.N) != len(c.feeds[cur.Feed]) {
			return false
		}
	}
	return true
}

// restore puts the county back to where it had admitted n entries, with the
// feeds at the lengths that they had then, and begins a new epoch.
func (c *county) restore(n uint64, feeds int) {
	c.ends = append(c.ends, store.Mark{Epoch: c.epoch, N: n})
	for id, log := range c.logs {
		keep := slices.IndexFunc(log, func(a admitted) bool {
			s := must[*casework.Stamp](c.t)(record.OpenStamp(a.stamp))
			return s.Epoch == c.epoch && s.N > n
		})
		if keep >= 0 {
			c.logs[id] = log[:keep]
		}
	}
	for f, lines := range c.feeds {
		c.feeds[f] = lines[:min(feeds, len(lines))]
	}
	c.epoch = epochOf(len(c.ends) + 1)
	c.n = 0
}

// join enrols a profile.
func (c *county) join(s *store.Store, user catalogue.UserID, units ...catalogue.UnitID) {
	c.t.Helper()
	ok(c.t, s.Enrol(store.Enrolment{User: user, Units: units, Epoch: c.epoch, Catalogue: sample.Catalogue(),
		County: store.County{Name: "紫金县", Fingerprint: "f", Address: "https://127.0.0.1:1"}}))
}

// laptop makes an enrolled profile.
func (c *county) laptop(user catalogue.UserID, units ...catalogue.UnitID) *store.Store {
	c.t.Helper()
	s := create(c.t, filepath.Join(c.t.TempDir(), string(user)), options(newClock()))
	c.join(s, user, units...)
	return s
}

// digests returns the digest of every case that a store holds.
func digests(t testing.TB, s *store.Store) map[casework.CaseID]string {
	t.Helper()
	out := map[casework.CaseID]string{}
	for _, r := range must[store.List](t)(s.Rows(store.Query{})).Rows {
		if r.Gone == nil {
			v := must[store.View](t)(s.Case(r.ID))
			out[r.ID] = casework.Digest(&v.Case)
		}
	}
	return out
}

func checkClean(t testing.TB, s *store.Store) store.Report {
	t.Helper()
	r := must[store.Report](t)(s.Check(t.Context()))
	for _, f := range r.Faults {
		t.Errorf("fault: %+v", f)
	}
	return r
}

// seeded returns a source of randomness that prints its seed when the test fails.
func seeded(t *testing.T) *rand.Rand {
	seed := rand.Uint64()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0))
}

func code(err error) casework.Code {
	for _, c := range []casework.Code{casework.CodeBusy, casework.CodeLocked, casework.CodeWrongPassphrase, casework.CodeDamaged,
		casework.CodeNewerFormat, casework.CodeDiskFull, casework.CodeNotFound, casework.CodeAmbiguous, casework.CodeNotAllowed,
		casework.CodeInvalid, casework.CodeWrongCounty, casework.CodeInternal} {
		if isCode(err, c) {
			return c
		}
	}
	return ""
}

// crash copies the file of a store in use, as a machine that dies leaves it.
func crash(t testing.TB, from, to string) {
	t.Helper()
	ok(t, os.WriteFile(to, must[[]byte](t)(os.ReadFile(from)), 0o600))
}
