package tui_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

const passphrase = "山重水复疑无路"

// clock is a laptop's clock that a test sets. It stands still by itself.
type clock struct{ now time.Time }

func newClock() *clock {
	return &clock{now: time.Date(2021, 7, 8, 9, 0, 0, 0, time.FixedZone("", 8*3600))}
}

func (c *clock) Now() time.Time { return c.now }
func (c *clock) Mono() (string, time.Duration) {
	return "boot", time.Duration(c.now.Unix()) * time.Second
}
func (c *clock) Offset() time.Duration { return 0 }

// options are cheap ones, with ids that are the same in every run.
func options(c store.Clock, name string) store.Options {
	var seed [32]byte
	copy(seed[:], name)
	return store.Options{Name: name, Catalogue: sample.Catalogue(), Clock: c, Rand: rand.NewChaCha8(seed),
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

// create makes an open profile that is closed with the test.
func create(t testing.TB, dir, name string, c *clock) *store.Store {
	t.Helper()
	s, _, err := store.Create(dir, passphrase, options(c, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// alone is a profile without a county.
func alone(t testing.TB, c *clock) *store.Store {
	t.Helper()
	return create(t, t.TempDir(), "陈示一", c)
}

var chinese = i18n.New(i18n.ZH)

// config is a desk on an open store that begins with what is to be done; those of the
// board's own tests begin with the board.
func config(s *store.Store, c *clock) tui.Config {
	return tui.Config{Words: chinese, Now: c.Now, Store: s, First: store.TabTodo}
}

// sit puts somebody at a desk on an open store.
func sit(t testing.TB, s *store.Store, c *clock, w, h int) *tuitest.Driver {
	t.Helper()
	return tuitest.New(t, tui.New(config(s, c)), w, h)
}

// dispute is a registration that Check passes.
func dispute(title string) *casework.Registered {
	return &casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: "两家共用一条排水沟，雨天积水，发生争吵。",
		casework.FieldDivision: "441621102901", casework.FieldChannel: "03"},
		Parties: []casework.Party{{Role: "applicant", Name: "张伟华", Phone: "13800138000"}, {Role: "respondent", Name: "李四"}}}
}

func register(t testing.TB, s *store.Store, title string) store.Saved {
	t.Helper()
	return must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{dispute(title)}}))
}

func viewOf(t testing.TB, s *store.Store, id casework.CaseID) store.View {
	t.Helper()
	return must[store.View](t)(s.Case(id))
}

// firstCase is the only case of a store, or the one changed last.
func firstCase(t testing.TB, s *store.Store) store.View {
	t.Helper()
	rows := must[store.List](t)(s.Rows(store.Query{})).Rows
	if len(rows) == 0 {
		t.Fatal("no case")
	}
	return viewOf(t, s, rows[0].ID)
}

// county stands in for a county: it admits everything in order of arrival and
// shows every entry to every unit that it is told of.
type county struct {
	t     testing.TB
	epoch casework.Epoch
	n     uint64
	hold  casework.Why // reason to hold the next entries back; empty: admit
	saved uint64       // up to where a backup of it goes
	logs  map[casework.LogID][]store.Stamped
	hash  map[casework.Name]casework.Hash
	feed  []store.FeedLine
	keys  []store.LogKey
}

func newCounty(t testing.TB) *county {
	return &county{t: t, epoch: casework.Epoch{UUID: uuid.MustParse("01920001-0000-7000-8000-000000000000")},
		logs: map[casework.LogID][]store.Stamped{}, hash: map[casework.Name]casework.Hash{}}
}

// laptop makes an enrolled profile.
func (c *county) laptop(clk *clock, user catalogue.UserID, units ...catalogue.UnitID) *store.Store {
	c.t.Helper()
	s := create(c.t, filepath.Join(c.t.TempDir(), string(user)), string(user), clk)
	err := s.Enrol(store.Enrolment{User: user, Units: units, Epoch: c.epoch, Catalogue: sample.Catalogue(),
		County: store.County{Name: "紫金县", Fingerprint: "f", Address: "https://127.0.0.1:1"}})
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

func (c *county) admit(it store.Item) {
	rec := must[*record.Record](c.t)(record.Open(it.Raw))
	if int(it.Seq) <= len(c.logs[it.Log]) {
		return
	}
	c.n++
	s := casework.Stamp{Epoch: c.epoch, N: c.n, Received: rec.Entry.Wall, Effective: rec.Entry.Wall, Verdict: casework.Admitted}
	opened, opens := rec.Entry.Events[0].(*casework.LogOpened)
	if c.hold != "" && !opens {
		s.Verdict, s.Why = casework.Held, c.hold
	}
	stamp := record.MarshalStamp(&s)
	c.logs[it.Log] = append(c.logs[it.Log], store.Stamped{Name: it.Name, Stamp: stamp})
	c.hash[it.Name] = rec.Hash
	if opens {
		c.keys = append(c.keys, store.LogKey{Log: it.Log, Key: opened.Key, User: rec.Entry.Actor})
		return
	}
	c.feed = append(c.feed, store.FeedLine{Raw: it.Raw, Stamp: stamp})
}

// exchange synchronises a store with the county until neither has more.
func (c *county) exchange(s *store.Store) {
	c.t.Helper()
	for range 20 {
		pos := s.Position()
		page := &store.Page{Epoch: c.epoch, Now: s.Clock().Now()}
		if c.saved > 0 {
			page.Backed = store.Mark{Epoch: c.epoch, N: c.saved}
		}
		own := map[casework.LogID]bool{}
		for _, it := range must[store.Batch](c.t)(s.Outbox(store.Sent{}, 1<<20)).Items {
			c.admit(it)
		}
		page.Keys = c.keys
		for _, h := range pos.Logs {
			own[h.Log] = true
			page.Stamps = append(page.Stamps, c.logs[h.Log]...)
			head := store.Head{Log: h.Log, Seq: uint64(len(c.logs[h.Log]))}
			head.Hash = c.hash[casework.Name{Log: h.Log, Seq: head.Seq}]
			page.Heads = append(page.Heads, head)
		}
		for _, cur := range pos.Cursors {
			f := store.FeedPage{Feed: cur.Feed, Epoch: c.epoch, From: cur.N, To: uint64(len(c.feed))}
			for _, l := range c.feed[cur.N:] {
				if rec := must[*record.Record](c.t)(record.Open(l.Raw)); own[rec.Entry.Log] {
					l.Raw, l.Name = nil, rec.Entry.Name
				}
				f.Lines = append(f.Lines, l)
			}
			page.Feeds = append(page.Feeds, f)
		}
		if _, err := s.Absorb(page); err != nil && !errors.Is(err, store.ErrMissing) {
			c.t.Fatal(err)
		}
		if s.Unsent() == 0 {
			s.SetLink(store.Link{State: store.LinkIdle, LastOK: s.Clock().Now()})
			return
		}
	}
	c.t.Fatalf("no end: %d unsent", s.Unsent())
}

// sizes are the screens that every golden is made for.
var sizes = [][2]int{{80, 24}, {120, 40}}

func sized(name string, size [2]int) string { return fmt.Sprintf("%s_%dx%d", name, size[0], size[1]) }

// fromNewerVersion lets another laptop of the same case write something that
// this version does not know.
func (c *county) fromNewerVersion(v store.View) {
	c.t.Helper()
	pub, priv, err := ed25519.GenerateKey(rand.NewChaCha8([32]byte{7}))
	if err != nil {
		c.t.Fatal(err)
	}
	log := casework.LogID{UUID: uuid.MustParse("01920009-0000-7000-8000-000000000009")}
	first := casework.Entry{Name: casework.Name{Log: log, Seq: 1}, UID: casework.EntryID{UUID: uuid.MustParse("01920009-0000-7000-8000-000000000001")},
		Actor: "mediator1", Unit: "441621102", Wall: v.Updated, Schema: casework.Schema, Events: []casework.Event{&casework.LogOpened{Reason: casework.LogCreated, Key: pub}}}
	raw := must[[]byte](c.t)(record.Seal(&first, casework.Hash{}, make([]byte, 16), priv))
	c.admit(store.Item{Name: first.Name, Raw: raw})
	payload := must[[]byte](c.t)(record.Marshal(map[string]string{"mood": "calm"}))
	second := first
	second.Seq, second.UID, second.Case, second.Parents = 2, casework.EntryID{UUID: uuid.MustParse("01920009-0000-7000-8000-000000000002")}, v.Case.ID, v.Case.Heads
	second.Events = []casework.Event{&casework.Unknown{N: 900, Payload: payload}}
	raw = must[[]byte](c.t)(record.Seal(&second, must[*record.Record](c.t)(record.Open(raw)).Hash, make([]byte, 16), priv))
	c.admit(store.Item{Name: second.Name, Raw: raw})
}

func note(text string) []casework.Event { return []casework.Event{&casework.Noted{Note: text}} }
