package year_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/record"
	"casedesk/store/report"
	"casedesk/store/report/reporttest"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

var ctx = context.Background()

// sizes are how many cases are told, and how many go through the county.
func sizes() (told, admitted int) {
	if os.Getenv("CASEDESK_SOAK") != "" {
		return 20_000, 20_000
	}
	return 20_000, 400
}

func period(t testing.TB, name string) report.Period {
	t.Helper()
	p, err := report.ParsePeriod(name, zone, today)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Ensure that every list and figure of a county's year is what a second way of counting
// finds, over all its cases.
func TestYear_Figures(t *testing.T) {
	n, _ := sizes()
	w := newTeller(t, large(), "")
	var cases []reporttest.Told
	var facts []report.Fact
	states := map[casework.State]int{}
	for range n {
		deeds := w.tell()
		entries := make([]casework.Entry, len(deeds))
		for i, d := range deeds {
			entries[i] = d.entry()
			entries[i].Name.Seq = uint64(i) + 1
			entries[i].Stamp = &casework.Stamp{N: uint64(i) + 1, Verdict: casework.Admitted, Received: d.at, Effective: d.at}
		}
		told := reporttest.Tell(deeds[0].id, entries)
		cases, facts = append(cases, told), append(facts, report.FactOf(told.Case, w.ix))
		states[told.Case.State]++
	}
	t.Logf("%d cases of %d units: %v", n, len(w.cat.Units), states)
	reporttest.Compare(t, cases, facts, w.ix, today, period(t, "2026-10"), "")
	reporttest.Compare(t, cases[:1000], facts[:1000], w.ix, today, period(t, "2026"), "441621")
}

func (d deed) entry() casework.Entry {
	return casework.Entry{Name: casework.Name{Log: casework.LogID{UUID: [16]byte{15: 1}}}, UID: d.uid, Case: d.id, Parents: d.seen, Actor: d.user, Unit: d.unit, Wall: d.at.UTC(),
		Schema: casework.Schema, Catalogue: 1, Events: []casework.Event{d.ev}}
}

// office is a county on a real file whose clock is the test's.
type office struct {
	*county.County
	t       testing.TB
	dir     string
	ledger  *boltledger.Ledger
	now     time.Time
	random  io.Reader
	laptops map[catalogue.UserID]*laptop
}

func newOffice(t testing.TB, cat catalogue.Catalogue) *office {
	o := &office{t: t, dir: t.TempDir(), now: first.Add(-time.Hour), random: rand.NewChaCha8([32]byte{9}), laptops: map[catalogue.UserID]*laptop{}}
	secret, err := seal.NewCountySecret()
	o.ok(err)
	key, err := county.NewKey(o.random, secret.Public())
	o.ok(err)
	o.ledger, err = boltledger.Open(filepath.Join(o.dir, county.LedgerFile), boltledger.Options{})
	o.ok(err)
	t.Cleanup(func() { o.ledger.Close() })
	conf := county.Config{Ledger: o.ledger, Key: key, Clock: func() time.Time { return o.now }, Random: o.random,
		Limits: county.Limits{Rate: 1e9, Burst: 1e9}} // its clock stands still while a laptop takes a year in
	o.County, err = county.Found(ctx, conf, "示例县", cat)
	o.ok(err)
	o.ok(o.SetAddress(ctx, "https://127.0.0.1:8443"))
	return o
}

func (o *office) ok(err error) {
	if err != nil {
		o.t.Helper()
		o.t.Fatal(err)
	}
}

// laptop is a person's log, as it is handed in.
type laptop struct {
	key  ed25519.PrivateKey
	log  casework.LogID
	seq  uint64
	prev casework.Hash
	up   []wire.Item
}

// laptop enrols a person's laptop, the first time that she does something.
func (o *office) laptop(d deed) *laptop {
	if l := o.laptops[d.user]; l != nil {
		return l
	}
	_, key, err := ed25519.GenerateKey(o.random)
	o.ok(err)
	l := &laptop{key: key, log: casework.LogID{UUID: d.uid.UUID}}
	o.laptops[d.user] = l
	issued, err := o.Slip(ctx, d.user, time.Hour)
	o.ok(err)
	slip, err := wire.ParseSlip(issued.Slip)
	o.ok(err)
	_, err = o.Enrol(ctx, key.Public().(ed25519.PublicKey), &wire.EnrolRequest{Version: 1, Program: "test", Code: slip.Code[:], Name: string(d.user)})
	o.ok(err)
	opened := casework.Entry{UID: casework.EntryID{UUID: d.id.UUID}, Actor: d.user, Unit: d.unit, Wall: d.at.UTC(), Schema: casework.Schema, Catalogue: 1,
		Events: []casework.Event{&casework.LogOpened{Reason: casework.LogEnrolled, Key: key.Public().(ed25519.PublicKey)}}}
	opened.UID.UUID[15] ^= byte(len(o.laptops))
	opened.UID.UUID[9] ^= 0x55
	o.write(l, opened)
	return l
}

func (o *office) write(l *laptop, e casework.Entry) {
	l.seq++
	e.Name = casework.Name{Log: l.log, Seq: l.seq}
	raw, err := record.Seal(&e, l.prev, make([]byte, record.SaltSize), l.key)
	o.ok(err)
	rec, err := record.Open(raw)
	o.ok(err)
	l.prev = rec.Hash
	l.up = append(l.up, wire.Item{Raw: raw})
}

// handIn sends what a laptop has written.
func (o *office) handIn(l *laptop) {
	if len(l.up) == 0 {
		return
	}
	reply, err := o.Exchange(ctx, l.key.Public().(ed25519.PublicKey), &wire.Request{Version: 1, Program: "test", Room: 1, Up: l.up,
		Clock: wire.Clock{Wall: o.now.UnixMilli()}, Logs: []wire.Head{{Log: l.log, Seq: l.seq, Hash: l.prev}}})
	o.ok(err)
	if len(reply.Stamps) != len(l.up) {
		o.t.Fatalf("%d of %d entries are stamped", len(reply.Stamps), len(l.up))
	}
	l.up = nil
}

// live lets the laptops hand in every evening what was done on the day, after which the
// county urges what is due. Whoever goes on with a case of the same day has what was done
// before. It returns how many limits were urged.
func (o *office) live(deeds []deed) (urged int) {
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	for evening := first.Add(24*time.Hour - time.Minute); len(deeds) > 0; evening = evening.AddDate(0, 0, 1) {
		o.now = evening
		by := map[casework.CaseID]*laptop{}
		for len(deeds) > 0 && !deeds[0].at.After(o.now) {
			d := deeds[0]
			l := o.laptop(d)
			if before := by[d.id]; before != nil && before != l {
				o.handIn(before)
			}
			by[d.id] = l
			o.write(l, d.entry())
			deeds = deeds[1:]
		}
		for _, l := range o.laptops {
			o.handIn(l)
		}
		tick, err := o.Supervise(ctx, o.now)
		o.ok(err)
		urged += tick.Urged
	}
	return urged
}

// checkUrged checks that every limit of a case was urged on the evening on which its moment
// had come, in each grade once, and that none is left.
func (o *office) checkUrged(c *casework.Case, ix *catalogue.Index) (n int) {
	o.t.Helper()
	if left := casework.DueUrgings(c, ix, o.now); len(left) > 0 {
		o.t.Errorf("case %s: not urged: %+v", c.Number, left)
	}
	for _, k := range c.Clocks {
		said := map[casework.Grade]bool{}
		for _, u := range k.Urged {
			n++
			if said[u.Grade] {
				o.t.Errorf("case %s: %s was urged twice in %s", c.Number, k.Limit, u.Grade)
			}
			said[u.Grade] = true
			alone := *c
			alone.Clocks = []casework.Clock{k}
			late := u.At.Sub(casework.Limits(&alone, ix, o.now)[0].Due)
			if u.Grade == casework.GradeRed && (late < 0 || late >= 24*time.Hour) {
				o.t.Errorf("case %s: %s, due on %s, was urged at %s", c.Number, k.Limit, u.Due, u.At.In(zone))
			}
		}
	}
	return n
}

// told reads every case from the ledger, with the county's stamps.
func (o *office) told() []reporttest.Told {
	byCase := map[casework.CaseID][]casework.Entry{}
	o.ok(o.ledger.View(ctx, func(r ledger.Reader) error {
		var logs []casework.LogID
		if err := r.Logs(func(h ledger.Head) bool { logs = append(logs, h.Log); return true }); err != nil {
			return err
		}
		for _, log := range logs {
			var failed error
			err := r.Entries(log, 1, func(e ledger.Entry) bool {
				var rec *record.Record
				if rec, failed = record.Open(e.Raw); failed != nil || rec.Entry.Case.IsZero() {
					return failed == nil
				}
				rec.Entry.Stamp, failed = record.OpenStamp(e.Stamp)
				byCase[rec.Entry.Case] = append(byCase[rec.Entry.Case], rec.Entry)
				return failed == nil
			})
			if err != nil || failed != nil {
				return errors.Join(err, failed)
			}
		}
		return nil
	}))
	var out []reporttest.Told
	for id, entries := range byCase {
		slices.SortFunc(entries, func(a, b casework.Entry) int {
			if a.Before(&b) {
				return -1
			}
			return 1
		})
		out = append(out, reporttest.Tell(id, entries))
	}
	slices.SortFunc(out, func(a, b reporttest.Told) int { return bytes.Compare(a.Case.ID.UUID[:], b.Case.ID.UUID[:]) })
	return out
}

// clock is the laptop's.
type clock struct{ o *office }

func (c clock) Now() time.Time                { return c.o.now }
func (c clock) Mono() (string, time.Duration) { return "boot", 0 }
func (c clock) Offset() time.Duration         { return 0 }

// desk is the county's office's own laptop, which has taken in all that it is shown.
func (o *office) desk(user catalogue.UserID, cat catalogue.Catalogue) *store.Store {
	server, err := o.Server()
	o.ok(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	o.ok(err)
	go server.ServeTLS(listener, "", "")
	o.t.Cleanup(func() { server.Close() })
	o.ok(o.SetAddress(ctx, "https://"+listener.Addr().String()))
	s, _, err := store.Create(filepath.Join(o.dir, "desk"), "一二三四五六", store.Options{Name: string(user), Catalogue: cat, Clock: clock{o},
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	o.ok(err)
	o.t.Cleanup(func() { s.Close() })
	slip, err := o.Slip(ctx, user, time.Hour)
	o.ok(err)
	var dialer net.Dialer
	conf := agent.Config{Dial: dialer.DialContext, Program: "test"}
	o.ok(agent.Enrol(ctx, s, slip.Slip, conf))
	done, err := agent.New(s, conf).Sync(ctx, nil)
	o.ok(err)
	if done.Result != agent.OK || done.LeftDown != 0 {
		o.t.Fatalf("the laptop is not in step: %+v", done)
	}
	return s
}

// Ensure that a county urges every limit at its moment and once, that it has the figures
// that a second way of counting finds, taken from what it keeps beside its cases, and that
// its office's laptop has the same.
func TestYear_CountyAndLaptop(t *testing.T) {
	_, n := sizes()
	cat := large()
	w := newTeller(t, cat, "441621")
	o := newOffice(t, cat)
	var deeds []deed
	for range n {
		deeds = append(deeds, w.tell()...)
	}
	entries := len(deeds)
	began := time.Now()
	urged := o.live(deeds)
	t.Logf("%d entries of %d people about %d cases, %d urgings in %v", entries, len(o.laptops), n, urged, time.Since(began).Round(time.Second))

	facts, err := o.Facts(ctx)
	o.ok(err)
	told := slices.DeleteFunc(o.told(), func(c reporttest.Told) bool { return !c.Case.Exists() })
	if len(told) < n*95/100 || len(facts) != len(told) {
		t.Fatalf("%d cases of %d, %d facts", len(told), n, len(facts))
	}
	held := 0
	for i := range told {
		urged -= o.checkUrged(told[i].Case, w.ix)
		held += len(told[i].Case.HeldNow) + len(told[i].Case.Contested)
		if want := report.FactOf(told[i].Case, w.ix); !reflect.DeepEqual(facts[i], want) {
			t.Fatalf("the county keeps\n%+v\nof a case, want\n%+v", facts[i], want)
		}
	}
	if urged != 0 {
		t.Errorf("%d urgings are in no case", urged)
	}
	if held > entries/20 {
		t.Errorf("%d of %d entries have no effect: the cases are none", held, entries)
	}
	for _, name := range []string{"2026-10", "2026-W20"} {
		reporttest.Compare(t, told, facts, w.ix, today, period(t, name), "")
	}

	desk := o.desk("county1", cat)
	own, err := desk.Facts(ctx, nil)
	o.ok(err)
	open := func(list []report.Fact) []report.Fact {
		return slices.DeleteFunc(slices.Clone(list), func(f report.Fact) bool { return f.Secret })
	}
	own, facts = open(own), open(facts)
	if len(own) != len(facts) || len(own) == len(told) {
		t.Fatalf("the laptop has %d open cases, the county %d of %d", len(own), len(facts), len(told))
	}
	for _, r := range report.Reports() {
		in := report.Input{Facts: facts, Index: w.ix, Period: period(t, "2026-10"), Now: today}
		at := r.Make(&in)
		in.Facts, in.Index = own, desk.Catalogue()
		if here := r.Make(&in); !reflect.DeepEqual(here, at) {
			t.Errorf("%s differs on the county and on the laptop", r.Name)
		}
	}
}
