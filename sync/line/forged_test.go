package line_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// outer and header are an entry's encoded form, as package record writes it; here
// everything of it can be changed.
type outer struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	Format  uint8
	Header  []byte
	Sig     []byte
	Salt    []byte
	Body    []byte
}

type header struct {
	//lint:ignore U1000 the codec reads it
	_struct   bool `codec:",toarray"`
	Suite     uint8
	Log       casework.LogID
	Seq       uint64
	Prev      casework.Hash
	UID       casework.EntryID
	Case      casework.CaseID
	Parents   []casework.EntryID
	Actor     catalogue.UserID
	Unit      catalogue.UnitID
	Wall      int64
	Zone      int
	Boot      string
	Mono      int64
	County    int64
	Age       int64
	Offset    int64
	Schema    uint16
	Catalogue uint64
	Commit    casework.Hash
}

// forge changes an entry's header and signs it, or leaves the old signature.
func forge(t testing.TB, raw []byte, key ed25519.PrivateKey, change func(*header)) []byte {
	t.Helper()
	var o outer
	var h header
	must(t, record.Unmarshal(raw, &o))
	must(t, record.Unmarshal(o.Header, &h))
	change(&h)
	var err error
	o.Header, err = record.Marshal(&h)
	must(t, err)
	if key != nil {
		o.Sig = ed25519.Sign(key, append([]byte("casedesk entry signature v1\x00"), o.Header...))
	}
	raw, err = record.Marshal(&o)
	must(t, err)
	return raw
}

// stir changes one field of a header to another value of its type.
func stir(h *header, field int) {
	switch v := reflect.ValueOf(h).Elem().Field(field).Addr().Interface().(type) {
	case *uint8:
		*v++
	case *uint16:
		*v++
	case *uint64:
		*v++
	case *int:
		*v += 60
	case *int64:
		*v++
	case *string:
		*v += "x"
	case *casework.LogID:
		v.UUID[9] ^= 1
	case *casework.EntryID:
		v.UUID[9] ^= 1
	case *casework.CaseID:
		v.UUID[9] ^= 1
	case *casework.Hash:
		v[3] ^= 1
	case *[]casework.EntryID:
		*v = append(*v, h.UID)
	case *catalogue.UserID:
		*v += "x"
	case *catalogue.UnitID:
		*v += "x"
	default:
		panic(fmt.Sprintf("no other value of a %T", v))
	}
}

// Ensure that no field of an entry's header can be changed by anybody but the
// holder of its log's key.
func TestForged_Header(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid, thief := o.newPeer("grid1"), o.newPeer("grid2")
	id := grid.register(village, "441621102")
	grid.exchange()
	thief.exchange()
	next := grid.seal(grid.entry(id, &casework.Noted{Note: "去看过"})).raw
	before := o.dump()
	for field := 1; field < reflect.TypeFor[header]().NumField(); field++ {
		name := reflect.TypeFor[header]().Field(field).Name
		for who, key := range map[string]ed25519.PrivateKey{"the old signature": nil, "another's signature": thief.key} {
			raw := forge(t, next, key, func(h *header) { stir(h, field) })
			want := casework.CodeVerifyFailed
			switch {
			case name == "Suite":
				want = casework.CodeNewerFormat
			case name == "Commit":
				want = casework.CodeInvalid
			}
			for sender, p := range map[string]*peer{"its laptop": grid, "another laptop": thief} {
				expect := want
				if sender == "another laptop" && key != nil && want == casework.CodeVerifyFailed {
					continue // she signs a log that is not hers: TestForged_Scope
				}
				req := p.request()
				req.Up = []wire.Item{{Raw: raw}}
				if _, _, err := p.client.Exchange(ctx, req); failure(err) != string(expect) {
					t.Errorf("%s changed under %s, sent by %s: %v, want %s", name, who, sender, err, expect)
				}
			}
		}
	}
	if o.dump() != before {
		t.Error("a forged entry changed the county")
	}
	grid.write(grid.entry(id, &casework.Noted{Note: "真的"}))
	grid.exchange()
	if c := fold(o.holds(), id); len(c.Notes) != 1 || c.Notes[0].Text != "真的" {
		t.Errorf("notes %v", c.Notes)
	}
	o.mustVerify()
}

// Ensure that an entry which its laptop signed, but had no business writing, is
// held with the reason, or not taken, and never has effect.
func TestForged_Scope(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid, other := o.newPeer("grid1"), o.newPeer("grid2")
	mine, theirs := grid.register(village, "441621102"), other.register("441621109901", "441621109")
	grid.exchange()
	other.exchange()
	note := func() casework.Event { return &casework.Noted{Note: "不该有"} }
	digest := func() [2]string {
		held := o.holds()
		a, b := fold(held, mine), fold(held, theirs)
		return [2]string{fmt.Sprint(a.State, a.Notes, a.Fields, a.Holder), fmt.Sprint(b.State, b.Notes, b.Fields, b.Holder)}
	}
	before := digest()

	// Signed by the right key, in its place in the log.
	for _, test := range []struct {
		name string
		on   casework.CaseID
		ev   casework.Event
		bend func(*casework.Entry)
		why  casework.Why
	}{
		{"another actor", mine, note(), func(e *casework.Entry) { e.Actor = "grid2" }, casework.WhyWrongUser},
		{"nobody", mine, note(), func(e *casework.Entry) { e.Actor = "" }, casework.WhyWrongUser},
		{"a unit not served", mine, note(), func(e *casework.Entry) { e.Unit = "441621102" }, casework.WhyNotInUnit},
		{"another unit's case", theirs, note(), func(e *casework.Entry) {}, casework.WhyNotYourUnit},
		{"a role not held", mine, &casework.Accepted{}, func(e *casework.Entry) {}, casework.WhyRole},
		{"a release of one's own", mine, &casework.Released{}, func(e *casework.Entry) {}, casework.WhyRole},
		{"a case past its overseers", casework.CaseID{UUID: newID(t)}, registration(village, "441621109"), func(e *casework.Entry) {}, casework.WhyNoTarget},
		{"a case at no place", casework.CaseID{UUID: newID(t)}, registration("999999", "441621102"), func(e *casework.Entry) {}, casework.WhyUnmapped},
		{"a uid of another entry", mine, note(), func(e *casework.Entry) { e.UID = other.mine[1].rec.Entry.UID }, casework.WhyUIDReused},
		{"on top of what is held", mine, note(), func(e *casework.Entry) { e.Parents = []casework.EntryID{grid.mine[2].rec.Entry.UID} }, casework.WhyParentHeld},
		{"a record of no kind, in another's case", theirs, &casework.Unknown{N: 999, Payload: []byte{0xa0}}, func(e *casework.Entry) {}, casework.WhyNotYourUnit},
	} {
		e := grid.entry(test.on, test.ev)
		test.bend(e)
		k := grid.write(e)
		grid.exchange()
		if k.stamp == nil {
			t.Errorf("%s: not taken", test.name)
			continue
		}
		stamp, err := record.OpenStamp(k.stamp)
		must(t, err)
		if stamp.Verdict != casework.Held || stamp.Why != test.why {
			t.Errorf("%s: verdict %d %s, want held %s", test.name, stamp.Verdict, stamp.Why, test.why)
		}
		if digest() != before {
			t.Fatalf("%s: it had effect", test.name)
		}
	}

	// Not in its place in the log, or in a log of somebody else's.
	ledger := o.dump()
	head := other.mine[len(other.mine)-1]
	seal := func(e *casework.Entry, prev casework.Hash, key ed25519.PrivateKey) []byte {
		raw, err := record.Seal(e, prev, make([]byte, record.SaltSize), key)
		must(t, err)
		return raw
	}
	gap := grid.entry(mine, note())
	gap.Seq += 3
	foreign := other.entry(theirs, note())
	stranger := &casework.Entry{Name: casework.Name{Log: casework.LogID{UUID: newID(t)}, Seq: 1}, UID: casework.EntryID{UUID: newID(t)},
		Actor: "grid1", Unit: village, Schema: 1, Catalogue: 1, Events: []casework.Event{&casework.LogOpened{Reason: casework.LogCreated, Key: other.public()}}}
	madeUp := record.MarshalStamp(&casework.Stamp{Epoch: grid.cursors[village].Epoch, N: 1 << 40, Received: founded, Effective: founded, Verdict: casework.Admitted, MAC: make([]byte, record.MACSize)})
	for _, test := range []struct {
		name string
		item wire.Item
		want string // the failure's code; empty: answered, and nothing taken
		fork bool
	}{
		{"a gap", wire.Item{Raw: seal(gap, grid.prev(), grid.key)}, "", false},
		{"in another's log", wire.Item{Raw: seal(foreign, head.rec.Hash, grid.key)}, "", true},
		{"in another's log, with its signature, from here", wire.Item{Raw: seal(foreign, head.rec.Hash, other.key)}, "verify_failed", false},
		{"the same with a stamp made up", wire.Item{Raw: seal(foreign, head.rec.Hash, other.key), Stamp: madeUp}, "", false},
		{"the same with a stamp of another entry", wire.Item{Raw: seal(foreign, head.rec.Hash, other.key), Stamp: head.stamp}, "", false},
		{"a log that names another's key", wire.Item{Raw: seal(stranger, casework.Hash{}, grid.key)}, "invalid", false},
		{"a log that begins with a note", wire.Item{Raw: seal(&casework.Entry{Name: stranger.Name, UID: stranger.UID, Case: mine, Actor: "grid1", Unit: village, Events: []casework.Event{note()}}, casework.Hash{}, grid.key)}, "invalid", false},
		{"without its words", wire.Item{Raw: purged(t, seal(grid.entry(mine, note()), grid.prev(), grid.key))}, "invalid", false},
	} {
		req := grid.request()
		req.Up = []wire.Item{test.item}
		reply, _, err := grid.client.Exchange(ctx, req)
		switch {
		case test.want != "" && failure(err) != test.want:
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		case test.want == "" && (err != nil || len(reply.Stamps) > 0 || test.fork != (len(reply.Forks) == 1)):
			t.Errorf("%s: %+v, %v", test.name, reply, err)
		}
		if o.dump() != ledger {
			t.Errorf("%s: the county took it", test.name)
			ledger = o.dump()
		}
	}

	// A stamp made up on one's own next entry counts for nothing; a parent that is
	// not there counts as seen.
	own := grid.entry(mine, &casework.Contacted{})
	own.Parents = append(own.Parents, casework.EntryID{UUID: newID(t)})
	k := grid.write(own)
	req := grid.request()
	req.Up[0].Stamp = madeUp
	reply, _, err := grid.client.Exchange(ctx, req)
	must(t, err)
	grid.take(reply)
	if stamp, err := record.OpenStamp(k.stamp); err != nil || stamp.N == 1<<40 || stamp.Verdict != casework.Admitted {
		t.Errorf("own entry with a stamp made up: %+v, %v", stamp, err)
	}

	// A revoked laptop's words are kept, and held; it is told nothing more.
	_, err = o.county.Revoke(ctx, wire.FingerprintOf(grid.public()).String())
	must(t, err)
	before = digest()
	k = grid.write(grid.entry(mine, note()))
	reply, _, err = grid.client.Exchange(ctx, grid.request())
	must(t, err)
	grid.take(reply)
	stamp, err := record.OpenStamp(k.stamp)
	must(t, err)
	if !reply.Revoked || len(reply.Feeds) > 0 || stamp.Why != casework.WhyRevoked || digest() != before {
		t.Errorf("a revoked laptop: %+v, stamp %+v", reply, stamp)
	}
	o.mustVerify()
}

func purged(t testing.TB, raw []byte) []byte {
	t.Helper()
	rec, err := record.Open(raw)
	must(t, err)
	raw, err = rec.Purge()
	must(t, err)
	return raw
}

// Ensure that none of many envelopes that were mutated in every way is taken for
// one that its laptop signed.
func TestForged_Mutations(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid, other := o.newPeer("grid1"), o.newPeer("grid2")
	id := grid.register(village, "441621102")
	grid.exchange()
	other.exchange()
	good := [][]byte{
		grid.seal(grid.entry(id, &casework.Noted{Note: "去看过"})).raw,
		grid.seal(grid.entry(id, &casework.Amended{Fields: casework.Fields{casework.FieldTitle: "水沟堵塞", casework.FieldPeople: "3"}})).raw,
		grid.seal(grid.entry(casework.CaseID{UUID: newID(t)}, registration(village, "441621102"))).raw,
		grid.mine[0].raw, grid.mine[1].raw, other.mine[0].raw,
	}
	before := o.dump()
	seed, deadline := rand.Uint64(), time.Now().Add(soak(t))
	const short = 50_000
	var tried, accepted atomic.Int64
	var workers sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			r := rand.New(rand.NewPCG(seed, uint64(w)))
			for tried.Add(1) <= short || time.Now().Before(deadline) {
				raw := mutate(t, r, good, other.key)
				req := &wire.Request{Version: wire.Version, Program: "peer", Up: []wire.Item{{Raw: raw}}}
				reply, err := o.county.Exchange(ctx, grid.public(), req)
				var refused *wire.Failure
				if err == nil && len(reply.Stamps)+len(reply.Forks) > 0 || err != nil && !errors.As(err, &refused) {
					accepted.Add(1)
					t.Errorf("seed %d: %x: %+v, %v", seed, raw, reply, err)
				}
			}
			tried.Add(-1)
		})
	}
	workers.Wait()
	if o.dump() != before {
		t.Error("a mutated envelope changed the county")
	}
	tell(t, "forged entries", fmt.Sprintf("%d mutated envelopes, %d accepted", tried.Load(), accepted.Load()), fmt.Sprint(seed))
}

// mutate returns an envelope that is none of the good ones.
func mutate(t testing.TB, r *rand.Rand, good [][]byte, wrong ed25519.PrivateKey) []byte {
	for {
		from := good[r.IntN(len(good))]
		raw := bytes.Clone(from)
		switch r.IntN(7) {
		case 0:
			raw[r.IntN(len(raw))] ^= 1 << r.IntN(8)
		case 1:
			for range 1 + r.IntN(8) {
				raw[r.IntN(len(raw))] = byte(r.Uint32())
			}
		case 2:
			raw = raw[:r.IntN(len(raw))]
		case 3:
			i := r.IntN(len(raw))
			raw = append(raw[:i:i], append([]byte{byte(r.Uint32())}, raw[i:]...)...)
		case 4:
			two := good[r.IntN(len(good))]
			raw = append(raw[:r.IntN(len(raw))], two[r.IntN(len(two)):]...)
		case 5:
			raw = forge(t, raw, nil, func(h *header) { stir(h, 1+r.IntN(reflect.TypeFor[header]().NumField()-1)) })
		case 6:
			raw = forge(t, raw, wrong, func(h *header) { stir(h, 2+r.IntN(reflect.TypeFor[header]().NumField()-3)) })
		}
		known := false
		for _, g := range good {
			known = known || bytes.Equal(g, raw)
		}
		if !known {
			return raw
		}
	}
}
