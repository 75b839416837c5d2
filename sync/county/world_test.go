package county_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

var ctx = context.Background()

// world is a county on a real file with a clock and randomness of the test's.
type world struct {
	*county.County
	t    testing.TB
	dir  string
	now  time.Time
	seed *rand.ChaCha8
	conf county.Config
}

// files are the functions of the back end, as cmd/countyd passes them in.
var files = county.Files{
	Verify: func(path string) error { _, err := boltledger.Verify(path); return err },
	Open: func(path string) (ledger.Ledger, error) {
		return boltledger.Open(path, boltledger.Options{MustExist: true, Timeout: time.Second})
	},
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), seed: rand.NewChaCha8([32]byte{7})}
	secret, err := seal.NewCountySecret()
	if err != nil {
		t.Fatal(err)
	}
	key, err := county.NewKey(w.seed, secret.Public())
	if err != nil {
		t.Fatal(err)
	}
	l, err := boltledger.Open(filepath.Join(w.dir, county.LedgerFile), boltledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w.conf = county.Config{Ledger: l, Key: key, Clock: func() time.Time { return w.now }, Random: w.seed, Backups: files}
	w.County, err = county.Found(ctx, w.conf, "示例县", sample.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	if err := county.WriteKey(w.dir, key); err != nil {
		t.Fatal(err)
	}
	if err := w.SetAddress(ctx, "https://127.0.0.1:8443"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.conf.Ledger.Close() })
	return w
}

// restored is the county of a backup, in a folder of its own.
func (w *world) restored(file string) *world {
	w.t.Helper()
	r := *w
	r.dir = w.t.TempDir()
	r.now = r.now.Add(time.Hour)
	conf := w.conf
	conf.Ledger, conf.Key = nil, nil
	conf.Clock = func() time.Time { return r.now }
	if _, err := county.Restore(ctx, conf, file, r.dir); err != nil {
		w.t.Fatal(err)
	}
	r.open(conf)
	return &r
}

// open opens the county of w's folder.
func (w *world) open(conf county.Config) {
	w.t.Helper()
	key, err := county.ReadKey(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	conf.Key = key
	if conf.Ledger, err = files.Open(filepath.Join(w.dir, county.LedgerFile)); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { conf.Ledger.Close() })
	w.conf = conf
	if w.County, err = county.New(ctx, conf); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) id() uuid.UUID {
	var u uuid.UUID
	if _, err := io.ReadFull(w.seed, u[:]); err != nil {
		w.t.Fatal(err)
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(w.now.UnixMilli())<<16)
	copy(u[:6], ms[:6])
	return u
}

// laptop is the other side, as simply as the protocol allows.
type laptop struct {
	*world
	key       ed25519.PrivateKey
	user      catalogue.UserID
	unit      catalogue.UnitID
	units     []catalogue.UnitID
	grant     []byte
	showGrant bool

	log     casework.LogID
	mine    []*kept                 // own entries of log, by seq
	held    map[casework.Hash]*kept // everything that it holds
	cursors map[catalogue.UnitID]wire.Cursor
	shows   map[catalogue.UnitID]map[casework.CaseID]bool
	epoch   casework.Epoch
	cat     uint64
	room    int
	last    *wire.Reply
	sent    [][]byte // everything that ever came down, for leaks
	keys    []wire.LogKey
	refill  map[casework.Hash]bool
}

type kept struct {
	raw, stamp []byte
	rec        *record.Record
	at         *wire.End // where the county holds it, if not where the stamp says
}

// laptop enrols a laptop for a person.
func (w *world) laptop(user catalogue.UserID) *laptop {
	w.t.Helper()
	_, key, err := ed25519.GenerateKey(w.seed)
	if err != nil {
		w.t.Fatal(err)
	}
	l := &laptop{world: w, key: key, user: user, held: map[casework.Hash]*kept{}, cursors: map[catalogue.UnitID]wire.Cursor{},
		shows: map[catalogue.UnitID]map[casework.CaseID]bool{}, room: 1 << 17, refill: map[casework.Hash]bool{}}
	reply, err := w.Enrol(ctx, l.public(), &wire.EnrolRequest{Version: 1, Program: "test", Code: w.code(user), Name: string(user)})
	if err != nil {
		w.t.Fatal(err)
	}
	l.units, l.unit, l.grant = reply.Units, reply.Units[0], reply.Grant
	l.openLog(casework.LogEnrolled)
	return l
}

// code issues a slip and returns its code.
func (w *world) code(user catalogue.UserID) []byte {
	w.t.Helper()
	issued, err := w.Slip(ctx, user, 72*time.Hour)
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := wire.ParseSlip(issued.Slip)
	if err != nil {
		w.t.Fatal(err)
	}
	return s.Code[:]
}

func (l *laptop) public() ed25519.PublicKey { return l.key.Public().(ed25519.PublicKey) }

func (l *laptop) openLog(reason casework.LogReason) {
	l.log, l.mine = casework.LogID{UUID: l.id()}, nil
	l.write(casework.CaseID{}, casework.EntryID{UUID: l.id()}, nil, &casework.LogOpened{Reason: reason, Key: l.public()})
}

// write appends an entry to the laptop's log.
func (l *laptop) write(id casework.CaseID, uid casework.EntryID, parents []casework.EntryID, events ...casework.Event) *kept {
	l.t.Helper()
	var prev casework.Hash
	if n := len(l.mine); n > 0 {
		prev = l.mine[n-1].rec.Hash
	}
	k := l.seal(casework.Entry{Name: casework.Name{Log: l.log, Seq: uint64(len(l.mine)) + 1}, UID: uid, Case: id, Parents: parents, Events: events}, prev)
	l.mine = append(l.mine, k)
	l.held[k.rec.Hash] = k
	return k
}

func (l *laptop) seal(e casework.Entry, prev casework.Hash) *kept {
	l.t.Helper()
	e.Actor, e.Unit, e.Wall, e.Schema, e.Catalogue = l.user, l.unit, l.now, casework.Schema, 1
	raw, err := record.Seal(&e, prev, make([]byte, record.SaltSize), l.key)
	if err != nil {
		l.t.Fatal(err)
	}
	rec, err := record.Open(raw)
	if err != nil {
		l.t.Fatal(err)
	}
	return &kept{raw: raw, rec: rec}
}

// registered is a case at a place.
func registered(place string) *casework.Registered {
	return &casework.Registered{Matter: casework.Dispute, Number: "N", Holder: catalogue.UnitID(place[:9]), Fields: casework.Fields{
		casework.FieldCategory: "0101", casework.FieldTitle: "水沟纠纷", casework.FieldFacts: "两家为水沟争吵", casework.FieldDivision: place}}
}

// register writes a new case at the place and returns it.
func (l *laptop) register(place string, more ...casework.Event) casework.CaseID {
	id := casework.CaseID{UUID: l.id()}
	l.write(id, casework.EntryID{UUID: l.id()}, nil, append([]casework.Event{registered(place)}, more...)...)
	return id
}

// add writes events to a case on top of everything that the laptop holds of it.
func (l *laptop) add(id casework.CaseID, events ...casework.Event) *kept {
	c := l.fold(id)
	return l.write(id, casework.EntryID{UUID: l.id()}, c.Heads, events...)
}

// fold folds what the laptop holds of a case.
func (l *laptop) fold(id casework.CaseID) casework.Case {
	var entries []casework.Entry
	for _, k := range l.held {
		if k.rec.Entry.Case != id {
			continue
		}
		e := k.rec.Entry
		e.Stamp = nil
		if k.stamp != nil {
			stamp, err := record.OpenStamp(k.stamp)
			if err != nil {
				l.t.Fatal(err)
			}
			e.Stamp = stamp
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b casework.Entry) int { return bytes.Compare(a.UID.UUID[:], b.UID.UUID[:]) })
	return casework.Fold(id, entries)
}

func (l *laptop) request() *wire.Request {
	last := l.mine[len(l.mine)-1].rec
	req := &wire.Request{Version: 1, Program: "test", Catalogue: l.cat, Room: l.room,
		Logs:  []wire.Head{{Log: l.log, Seq: last.Entry.Seq, Hash: last.Hash}},
		Clock: wire.Clock{Wall: l.now.UnixMilli()}}
	for _, k := range l.mine {
		if k.stamp == nil || l.refill[k.rec.Hash] {
			req.Up = append(req.Up, wire.Item{Raw: k.raw, Stamp: k.stamp})
		}
	}
	for hash := range l.refill {
		if k := l.held[hash]; k.rec.Entry.Log != l.log {
			req.Up = append(req.Up, wire.Item{Raw: k.raw, Stamp: k.stamp})
		}
	}
	for _, u := range l.units {
		if c, ok := l.cursors[u]; ok {
			req.Cursors = append(req.Cursors, c)
		}
	}
	if l.showGrant {
		req.Grant = l.grant
	}
	return req
}

// exchange makes one exchange and takes the reply in.
func (l *laptop) exchange() (*wire.Reply, error) {
	l.t.Helper()
	reply, err := l.Exchange(ctx, l.public(), l.request())
	var fail *wire.Failure
	if errors.As(err, &fail) && fail.Code == wire.CodeGrant && !l.showGrant {
		l.showGrant = true
		return l.exchange()
	}
	l.showGrant = false
	if err != nil {
		return nil, err
	}
	l.take(reply)
	return reply, nil
}

func (l *laptop) take(reply *wire.Reply) {
	l.t.Helper()
	l.last = reply
	for _, s := range reply.Stamps {
		for _, k := range l.held {
			// Of a log that forked two entries have one name: a refill is told of by its hash.
			named := k.rec.Entry.Log == s.Log && k.rec.Entry.Seq == s.Seq
			if named && (len(s.Hash) == 0 || bytes.Equal(s.Hash, k.rec.Hash[:])) {
				k.stamp, k.at = s.Stamp, s.At
			}
		}
	}
	l.epoch, l.keys = reply.Epoch, append(l.keys, reply.Keys...)
	if reply.Catalogue != nil {
		var cat catalogue.Catalogue
		if err := record.Unmarshal(reply.Catalogue, &cat); err != nil {
			l.t.Fatal(err)
		}
		l.cat = cat.Version
	}
	if !reply.Revoked {
		l.units = reply.Units
	}
	for _, page := range reply.Feeds {
		l.page(page)
	}
	l.offerAgain(reply)
}

// offerAgain marks what the county may lack.
func (l *laptop) offerAgain(reply *wire.Reply) {
	clear(l.refill)
	for _, head := range reply.Heads {
		for _, k := range l.mine {
			if k.stamp != nil && head.Log == l.log && k.rec.Entry.Seq > head.Seq {
				l.refill[k.rec.Hash] = true
			}
		}
	}
	for hash, k := range l.held {
		if k.stamp == nil {
			continue
		}
		s, err := record.OpenStamp(k.stamp)
		if err != nil {
			l.t.Fatal(err)
		}
		at := wire.End{Epoch: s.Epoch, N: s.N}
		if k.at != nil {
			at = *k.at
		}
		has := at.Epoch == reply.Epoch
		for _, end := range reply.Ends {
			has = has || end.Epoch == at.Epoch && at.N <= end.N
		}
		if !has {
			l.refill[hash] = true
		}
	}
}

func (l *laptop) page(page wire.FeedPage) {
	l.t.Helper()
	cur := l.cursors[page.Feed]
	if cur.Epoch == page.Epoch && cur.N != page.From || cur.Epoch != page.Epoch && cur.N < page.From {
		l.t.Fatalf("page of feed %s from %d comes to a cursor at %d", page.Feed, page.From, cur.N)
	}
	if l.shows[page.Feed] == nil {
		l.shows[page.Feed] = map[casework.CaseID]bool{}
	}
	for _, line := range page.Lines {
		if !line.Withdrawn.IsZero() {
			delete(l.shows[page.Feed], line.Withdrawn)
			l.let(line.Withdrawn)
			continue
		}
		k := l.line(line)
		l.shows[page.Feed][k.rec.Entry.Case] = true
	}
	l.cursors[page.Feed] = wire.Cursor{Feed: page.Feed, Epoch: page.Epoch, N: page.To}
}

func (l *laptop) line(line wire.Line) *kept {
	l.t.Helper()
	if line.Raw == nil {
		if line.Log != l.log || line.Seq > uint64(len(l.mine)) {
			l.t.Fatalf("line names %s seq %d without its bytes", line.Log, line.Seq)
		}
		k := l.mine[line.Seq-1]
		k.stamp, k.at = line.Stamp, line.At
		return k
	}
	l.sent = append(l.sent, line.Raw)
	rec, err := record.Open(line.Raw)
	if err != nil {
		l.t.Fatal(err)
	}
	k := l.held[rec.Hash]
	if k == nil {
		k = &kept{raw: line.Raw, rec: rec}
		l.held[rec.Hash] = k
	}
	k.stamp, k.at = line.Stamp, line.At
	return k
}

// let lets go of a case that no feed shows; own entries stay.
func (l *laptop) let(id casework.CaseID) {
	for _, cases := range l.shows {
		if cases[id] {
			return
		}
	}
	for hash, k := range l.held {
		if k.rec.Entry.Case == id && k.rec.Entry.Log != l.log {
			delete(l.held, hash)
		}
	}
}

// sync exchanges until neither side has more.
func (l *laptop) sync() {
	l.t.Helper()
	for range 1000 {
		reply, err := l.exchange()
		if err != nil {
			l.t.Fatal(err)
		}
		more := len(l.refill) > 0 || reply.Catalogue != nil
		for _, page := range reply.Feeds {
			more = more || page.To < page.Head
		}
		for _, k := range l.mine {
			more = more || k.stamp == nil && len(reply.Forks) == 0
		}
		if !more {
			return
		}
	}
	l.t.Fatal("an exchange does not end")
}

func (l *laptop) seesCase(id casework.CaseID) bool {
	for _, cases := range l.shows {
		if cases[id] {
			return true
		}
	}
	return false
}

func (k *kept) verdict(t testing.TB) string {
	t.Helper()
	if k.stamp == nil {
		return "none"
	}
	s, err := record.OpenStamp(k.stamp)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(map[casework.Verdict]string{casework.Admitted: "admitted", casework.Held: "held", casework.Copy: "copy"}[s.Verdict], " ", s.Why)
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Fatalf("%s is %s, want %s", what, g, w)
	}
}

// mustVerify checks that the county finds nothing wrong with itself.
func (w *world) mustVerify() {
	w.t.Helper()
	v, err := w.Verify(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(v.Faults) > 0 {
		w.t.Fatalf("the county is at fault: %+v", v.Faults)
	}
}

func failureCode(err error) string {
	var f *wire.Failure
	if errors.As(err, &f) {
		return string(f.Code)
	}
	return fmt.Sprint(err)
}
