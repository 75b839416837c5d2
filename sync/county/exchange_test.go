package county_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

const village, town, region = "441621102901", "441621102", "441621"

// Ensure a case goes from the village to the town and the acceptance back.
func TestExchange_MainJob(t *testing.T) {
	w := newWorld(t)
	grid, mediator, office, other := w.laptop("grid1"), w.laptop("mediator1"), w.laptop("county1"), w.laptop("mediator2")
	id := grid.register(village)
	grid.sync()
	equal(t, "verdict", grid.mine[1].verdict(t), "admitted ")
	for _, l := range []*laptop{mediator, office, other} {
		l.sync()
	}
	if !mediator.seesCase(id) || !office.seesCase(id) || !grid.seesCase(id) {
		t.Fatal("the case did not reach its units")
	}
	if other.seesCase(id) || len(other.sent) > 0 {
		t.Fatal("the case reached another town")
	}
	mediator.add(id, &casework.Accepted{Note: "同意受理"})
	mediator.sync()
	grid.sync()
	c, m := grid.fold(id), mediator.fold(id)
	equal(t, "state", c.State, casework.StateAccepted)
	equal(t, "digest", casework.Digest(&c), casework.Digest(&m))
	w.mustVerify()
}

// Ensure asking again changes nothing, and a lost reply loses nothing.
func TestExchange_Retry(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	grid.register(village)
	req := grid.request()
	var stamps [][]wire.Stamped
	for range 3 {
		reply, err := w.Exchange(ctx, grid.public(), req)
		if err != nil {
			t.Fatal(err)
		}
		stamps = append(stamps, reply.Stamps)
		equal(t, "head", reply.Heads[0].Seq, 2)
		equal(t, "lines", reply.Feeds[0].Head, 1)
		if line := reply.Feeds[0].Lines[0]; line.Raw != nil || line.Seq != 2 {
			t.Fatalf("own entry came down as %+v", line)
		}
	}
	equal(t, "stamps of the second try", stamps[1], stamps[0])
	equal(t, "stamps of the third", stamps[2], stamps[0])
	grid.take(&wire.Reply{})
	w.mustVerify()
}

// Ensure a gap is answered with the head, and the rest is taken from there.
func TestExchange_Gap(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	for range 4 {
		grid.register(village)
	}
	req := grid.request()
	whole := req.Up
	req.Up = whole[2:]
	reply, err := w.Exchange(ctx, grid.public(), req)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "head", reply.Heads[0].Seq, 0)
	equal(t, "stamps", len(reply.Stamps), 0)
	req.Up = whole[:2]
	if _, err := w.Exchange(ctx, grid.public(), req); err != nil {
		t.Fatal(err)
	}
	req.Up = whole[1:]
	if reply, err = w.Exchange(ctx, grid.public(), req); err != nil {
		t.Fatal(err)
	}
	equal(t, "head", reply.Heads[0].Seq, 5)
	equal(t, "stamps", len(reply.Stamps), 4)
	w.mustVerify()
}

// Ensure both branches of a fork are kept, the log is frozen, and the words of
// the second branch come through in a new log.
func TestExchange_Fork(t *testing.T) {
	w := newWorld(t)
	a := w.laptop("grid1")
	a.sync()
	clone := *a
	clone.mine = a.mine[:1:1]
	clone.held = map[casework.Hash]*kept{a.mine[0].rec.Hash: a.mine[0]}
	clone.cursors, clone.shows = map[catalogue.UnitID]wire.Cursor{}, map[catalogue.UnitID]map[casework.CaseID]bool{}

	first := a.register(village)
	a.sync()
	second := clone.register(village)
	third := clone.register(village)
	reply, err := clone.exchange()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "forks", reply.Forks, []wire.Fork{{Log: a.log, Seq: 2}})
	equal(t, "verdict", clone.mine[1].verdict(t), "none")

	// The original laptop is told as well, and its log takes nothing more.
	a.register(village)
	if reply, err = a.exchange(); err != nil {
		t.Fatal(err)
	}
	equal(t, "forks", len(reply.Forks), 1)
	equal(t, "verdict", a.mine[2].verdict(t), "none")

	// The clone issues its words again in a new log, under the same uids.
	lost := clone.mine[1:]
	clone.openLog(casework.LogForked)
	for _, k := range lost {
		clone.write(k.rec.Entry.Case, k.rec.Entry.UID, k.rec.Entry.Parents, k.rec.Entry.Events...)
	}
	clone.sync()
	for i, id := range []casework.CaseID{first, second, third} {
		if !clone.seesCase(id) {
			t.Fatalf("case %d is lost", i)
		}
	}
	w.mustVerify()
}

// Ensure an entry that is issued again under its uid has its effect once, and
// that a uid with another body is held.
func TestExchange_UID(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.sync()
	again := grid.mine[1].rec.Entry
	grid.openLog(casework.LogRestored)
	grid.write(again.Case, again.UID, nil, again.Events...)
	grid.write(id, again.UID, nil, &casework.Noted{Note: "另一个内容"})
	grid.sync()
	equal(t, "verdict of the copy", grid.mine[1].verdict(t), "copy ")
	equal(t, "verdict of the other", grid.mine[2].verdict(t), "held uid_reused")
	c := grid.fold(id)
	equal(t, "notes", len(c.Notes), 0)
	w.mustVerify()
}

// Ensure that work from before a log was opened, such as that of a laptop that had no
// county yet, keeps the time at which it was done.
func TestExchange_EarlierThanItsLog(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	joined := w.now
	w.now = joined.Add(-60 * 24 * time.Hour)
	id := grid.register(village)
	done := w.now
	w.now = joined.Add(-time.Minute)
	grid.add(id, &casework.Noted{Note: "又吵了"})
	w.now = joined
	grid.sync()
	for i, want := range []time.Time{joined, done, joined.Add(-time.Minute)} {
		s, err := record.OpenStamp(grid.mine[i].stamp)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "effective time", s.Effective, want)
		equal(t, "doubtful", s.Doubtful, false)
	}
}

// Ensure what was written without authority is held and blocks nothing.
func TestExchange_Held(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.add(id, &casework.Accepted{})
	grid.write(id, casework.EntryID{UUID: w.id()}, []casework.EntryID{grid.mine[2].rec.Entry.UID}, &casework.Noted{Note: "其后"})
	next := grid.register(village)
	grid.unit = town // a unit that she does not serve
	grid.add(id, &casework.Noted{Note: "以镇的名义"})
	grid.unit, grid.user = village, "grid4"
	grid.add(id, &casework.Noted{Note: "冒名"})
	grid.sync()
	for i, want := range []string{"admitted ", "admitted ", "held role", "held parent_held", "admitted ", "held not_in_unit", "held wrong_user"} {
		equal(t, "verdict", grid.mine[i].verdict(t), want)
	}
	c := grid.fold(id)
	equal(t, "state", c.State, casework.StateRegistered)
	if !grid.seesCase(next) {
		t.Fatal("a held entry blocked the next one")
	}
	// The county releases it.
	office := w.laptop("county1")
	office.sync()
	office.unit = region
	office.add(id, &casework.Released{Entry: grid.mine[2].rec.Entry.UID})
	office.sync()
	grid.sync()
	c, o := grid.fold(id), office.fold(id)
	equal(t, "state", c.State, casework.StateAccepted)
	equal(t, "digest", casework.Digest(&c), casework.Digest(&o))
	w.mustVerify()
}

// Ensure a revoked laptop hands in what it has, which is held, and gets nothing.
func TestExchange_Revoked(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	devices, err := w.Devices(ctx)
	if err != nil || len(devices) != 2 {
		t.Fatalf("devices %+v, %v", devices, err)
	}
	name := wire.FingerprintOf(grid.public()).String()
	if got, err := w.Revoke(ctx, name[:8]); err != nil || got != name {
		t.Fatalf("revoked %q, %v", got, err)
	}
	mediator.add(id, &casework.Accepted{})
	mediator.sync()
	sent := len(grid.sent)
	grid.add(id, &casework.Noted{Note: "还没发出去的话"})
	reply, err := grid.exchange()
	if err != nil || !reply.Revoked || len(reply.Feeds) > 0 || len(reply.Units) > 0 || reply.Catalogue != nil {
		t.Fatalf("reply %+v, %v", reply, err)
	}
	equal(t, "entries sent down", len(grid.sent), sent)
	equal(t, "verdict", grid.mine[2].verdict(t), "held revoked")
	mediator.sync()
	c := mediator.fold(id)
	equal(t, "held entries", len(c.HeldNow), 1)
	w.mustVerify()
}

// Ensure strangers and forgeries are refused as a whole.
func TestExchange_Refused(t *testing.T) {
	w := newWorld(t)
	grid, other := w.laptop("grid1"), w.laptop("grid2")
	grid.register(village)
	grid.sync()
	ask := func(key ed25519.PublicKey, spoil func(*wire.Request)) string {
		req := other.request()
		spoil(req)
		_, err := w.Exchange(ctx, key, req)
		return failureCode(err)
	}
	_, stranger, _ := ed25519.GenerateKey(w.seed)
	for name, test := range map[string]struct {
		key   ed25519.PublicKey
		spoil func(*wire.Request)
		want  casework.Code
	}{
		"stranger":           {stranger.Public().(ed25519.PublicKey), func(r *wire.Request) { r.Up = nil }, wire.CodeGrant},
		"stranger's grant":   {stranger.Public().(ed25519.PublicKey), func(r *wire.Request) { r.Up, r.Grant = nil, grid.grant }, casework.CodeWrongCounty},
		"another's entry":    {other.public(), func(r *wire.Request) { r.Up = []wire.Item{{Raw: grid.mine[1].raw}} }, casework.CodeVerifyFailed},
		"later version":      {other.public(), func(r *wire.Request) { r.Version = 2 }, casework.CodeNewerFormat},
		"no version":         {other.public(), func(r *wire.Request) { r.Version = 0 }, casework.CodeInvalid},
		"no entry":           {other.public(), func(r *wire.Request) { r.Up = []wire.Item{{Raw: []byte("x")}} }, casework.CodeInvalid},
		"entry of a later":   {other.public(), func(r *wire.Request) { r.Up = []wire.Item{{Raw: []byte{0x85, 2}}} }, casework.CodeNewerFormat},
		"bits of the header": {other.public(), func(r *wire.Request) { r.Up[0].Raw = flip(r.Up[0].Raw, 40) }, ""},
	} {
		got := ask(test.key, test.spoil)
		if got != string(test.want) && !(test.want == "" && (got == "verify_failed" || got == "invalid")) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	// Of another's log nothing is told, but that it is not this laptop's to write.
	req := other.request()
	req.Up, req.Logs[0].Log = nil, grid.log
	reply, err := w.Exchange(ctx, other.public(), req)
	if err != nil || len(reply.Heads) > 0 || len(reply.Forks) != 1 {
		t.Fatalf("about another's log: %+v, %v", reply, err)
	}
	// Every bit of an entry counts.
	raw := other.mine[0].raw
	for i := range raw {
		req := other.request()
		req.Up = []wire.Item{{Raw: flip(raw, i)}}
		if reply, err := w.Exchange(ctx, other.public(), req); err == nil && len(reply.Stamps) > 0 {
			t.Fatalf("an entry with byte %d changed was admitted", i)
		}
	}
	w.mustVerify()
}

func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	b[i] ^= 1
	return b
}

// Ensure a case that becomes confidential is withdrawn, that nothing of it is
// sent after that, not even to old cursors, and that lifting shows it whole.
func TestExchange_Confidential(t *testing.T) {
	w := newWorld(t)
	grid, mediator, office, late := w.laptop("grid1"), w.laptop("mediator1"), w.laptop("county1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	office.sync()
	office.unit = region
	mediator.add(id, &casework.Accepted{})
	mediator.add(id, &casework.Escalated{To: region, Reason: "涉及镇干部"})
	mediator.sync()
	office.sync()
	office.add(id, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{town}, Reason: "涉及镇干部"})
	office.sync()
	equal(t, "verdict", office.mine[1].verdict(t), "admitted ")
	mediator.sync()
	if mediator.seesCase(id) || !office.seesCase(id) {
		t.Fatal("the case was not withdrawn from the unit that it is about")
	}
	late.sync()
	if len(late.sent) > 0 || late.seesCase(id) {
		t.Fatal("a late reader was sent what had been withdrawn")
	}
	office.add(id, &casework.Noted{Note: "核查"})
	office.add(id, &casework.Confided{Confidential: "no", Reason: "查无此事"})
	office.sync()
	mediator.sync()
	late.sync()
	m, o, x := mediator.fold(id), office.fold(id), late.fold(id)
	equal(t, "digest at the town", casework.Digest(&m), casework.Digest(&o))
	equal(t, "digest of the late reader", casework.Digest(&x), casework.Digest(&o))
	w.mustVerify()
}

// Ensure small pages bring everything in order, and room 0 brings nothing.
func TestExchange_Pages(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	for range 30 {
		grid.register(village)
	}
	grid.sync()
	mediator.room = 0
	if reply, err := mediator.exchange(); err != nil || len(reply.Feeds) > 0 || reply.Catalogue != nil {
		t.Fatalf("reply %+v, %v", reply, err)
	}
	mediator.room = 1
	first, err := mediator.exchange()
	if err != nil || first.Catalogue == nil {
		t.Fatalf("the catalogue did not come first: %v", err)
	}
	mediator.room = 1500
	for n := 0; mediator.cursors[town].N < 30; n++ {
		reply, err := mediator.exchange()
		if err != nil || n > 40 {
			t.Fatal(err, n)
		}
		if p := reply.Feeds[0]; len(p.Lines) > 4 || p.Head != 30 {
			t.Fatalf("page of %d lines, head %d", len(p.Lines), p.Head)
		}
	}
	equal(t, "entries", len(mediator.sent), 30)
	if reply, err := mediator.exchange(); err != nil || len(reply.Feeds) > 0 {
		t.Fatalf("reply %+v, %v", reply, err)
	}
}

// Ensure the key of every log that a feed shows comes with it once.
func TestExchange_Keys(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	grid.register(village)
	grid.sync()
	var keys []wire.LogKey
	for range 3 {
		reply, err := mediator.exchange()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, reply.Keys...)
	}
	equal(t, "keys", keys, []wire.LogKey{{Log: grid.log, Key: grid.public(), User: "grid1"}})
	grid.register(village)
	grid.sync()
	if reply, err := mediator.exchange(); err != nil || len(reply.Keys) > 0 || len(reply.Feeds) != 1 {
		t.Fatalf("reply %+v, %v", reply, err)
	}
}

// Ensure stamps tell when something was done, from what the clocks knew.
func TestExchange_Effective(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	began := w.now
	write := func(wall time.Time, clock casework.ClockFacts) {
		prev := grid.mine[len(grid.mine)-1].rec.Hash
		e := casework.Entry{Name: casework.Name{Log: grid.log, Seq: uint64(len(grid.mine)) + 1}, UID: casework.EntryID{UUID: w.id()},
			Case: casework.CaseID{UUID: w.id()}, Actor: "grid1", Unit: village, Wall: wall, Clock: clock, Schema: 1, Catalogue: 1,
			Events: []casework.Event{registered(village)}}
		raw, err := record.Seal(&e, prev, make([]byte, record.SaltSize), grid.key)
		if err != nil {
			t.Fatal(err)
		}
		rec, _ := record.Open(raw)
		grid.mine = append(grid.mine, &kept{raw: raw, rec: rec})
		grid.held[rec.Hash] = grid.mine[len(grid.mine)-1]
	}
	send := func(wall time.Time, boot string, mono time.Duration) *casework.Stamp {
		req := grid.request()
		req.Clock = wire.Clock{Wall: wall.UnixMilli(), Boot: boot, Mono: mono.Milliseconds()}
		reply, err := w.Exchange(ctx, grid.public(), req)
		if err != nil {
			t.Fatal(err)
		}
		grid.take(reply)
		s, err := record.OpenStamp(grid.mine[len(grid.mine)-1].stamp)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	wrong := time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC)
	w.now = began.Add(10 * time.Hour)
	write(wrong, casework.ClockFacts{Boot: "b", Mono: time.Hour, Age: casework.AgeUnknown})
	s := send(wrong.Add(2*time.Hour), "b", 3*time.Hour)
	equal(t, "same boot", []any{s.Effective, s.Doubtful, s.Received}, []any{began.Add(8 * time.Hour), false, w.now})

	write(wrong, casework.ClockFacts{Boot: "old", Mono: time.Hour, County: began.Add(7 * time.Hour), Age: 2 * time.Hour})
	s = send(wrong, "new", time.Minute)
	equal(t, "county's time", []any{s.Effective, s.Doubtful}, []any{began.Add(9 * time.Hour), false})

	write(began.Add(570*time.Minute), casework.ClockFacts{Boot: "old", Age: casework.AgeUnknown})
	s = send(w.now.Add(time.Minute), "new", time.Minute)
	equal(t, "wall clock", []any{s.Effective, s.Doubtful}, []any{began.Add(570 * time.Minute), false})

	write(wrong, casework.ClockFacts{Age: casework.AgeUnknown})
	s = send(wrong.Add(15*time.Minute), "", 0)
	equal(t, "wrong wall clock", []any{s.Effective, s.Doubtful}, []any{w.now.Add(-15 * time.Minute), true})

	write(began, casework.ClockFacts{Age: casework.AgeUnknown})
	s = send(w.now, "", 0)
	equal(t, "clock that ran backwards", []any{s.Effective, s.Doubtful}, []any{w.now.Add(-15 * time.Minute), true})

	write(w.now.Add(5*time.Minute), casework.ClockFacts{Age: casework.AgeUnknown})
	s = send(w.now.Add(5*time.Minute), "", 0)
	equal(t, "a little ahead", []any{s.Effective, s.Doubtful}, []any{w.now, false})
}
