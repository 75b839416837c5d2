package county_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// Ensure a made-up cursor begins no epoch, whoever shows it.
func TestExchange_ForgedCursor(t *testing.T) {
	w := newWorld(t)
	grid, lost := w.laptop("grid1"), w.laptop("mediator1")
	grid.register(village)
	grid.sync()
	lost.sync()
	epoch := grid.last.Epoch
	forge := func(l *laptop, feed catalogue.UnitID) {
		t.Helper()
		req := l.request()
		req.Cursors = []wire.Cursor{{Feed: feed, Epoch: epoch, N: 1 << 40}}
		reply, err := w.Exchange(ctx, l.public(), req)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "epoch", reply.Epoch, epoch)
		if feed == town && len(reply.Feeds) > 0 {
			t.Errorf("pages %+v", reply.Feeds)
		}
	}
	forge(lost, "nosuchfeed")
	forge(lost, town)
	if _, err := w.Revoke(ctx, wire.FingerprintOf(lost.public()).String()); err != nil {
		t.Fatal(err)
	}
	forge(lost, town)
	// Nor does an entry with a stamp that the county did not make.
	stamp, err := record.OpenStamp(grid.mine[1].stamp)
	if err != nil {
		t.Fatal(err)
	}
	stamp.N = 1 << 40
	req := grid.request()
	req.Up = []wire.Item{{Raw: grid.mine[1].raw, Stamp: record.MarshalStamp(stamp)}}
	reply, err := w.Exchange(ctx, grid.public(), req)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "epoch", reply.Epoch, epoch)
	w.mustVerify()
}

// Ensure an entry whose number was given to another since shows as well that an
// older ledger file was put back.
func TestRolledBack_NumberTaken(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	grid.sync()
	if err := w.conf.Ledger.Close(); err != nil {
		t.Fatal(err)
	}
	old := *w
	old.dir = t.TempDir()
	for _, name := range []string{"ledger.db", "county.key"} {
		copyFile(t, filepath.Join(w.dir, name), filepath.Join(old.dir, name))
	}
	w.open(w.conf)
	id := grid.register(village)
	grid.sync()
	old.open(w.conf)
	other := old.laptop("grid4")
	other.unit = "441621102902"
	for range 5 {
		other.register("441621102902")
	}
	other.sync()
	grid.move(&old)
	grid.exchange()
	grid.sync()
	if len(grid.last.Ends) == 0 || !grid.seesCase(id) {
		t.Fatalf("not noticed: ends %v", grid.last.Ends)
	}
	old.mustVerify()
}

// Ensure that an entry without its words is nothing that can be handed in.
func TestExchange_PurgedEntry(t *testing.T) {
	w := newWorld(t)
	grid, other := w.laptop("grid1"), w.laptop("grid2")
	id := grid.register(village)
	grid.sync()
	other.sync()
	k := other.write(id, casework.EntryID{UUID: other.id()}, nil, &casework.Closed{Outcome: "x", Reply: "y"})
	var err error
	if k.raw, err = k.rec.Purge(); err != nil {
		t.Fatal(err)
	}
	_, err = other.exchange()
	equal(t, "answer", failureCode(err), casework.CodeInvalid)
	w.mustVerify()
}

// Ensure that words whose author had destroyed them, trusting a backup that is
// lost, come back from whoever still holds them.
func TestRestore_PurgedEntry(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	grid.sync()
	mediator.sync()
	file := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	want := mediator.fold(id)

	r := w.restored(file)
	own := grid.mine[1]
	var err error
	if own.raw, err = own.rec.Purge(); err != nil {
		t.Fatal(err)
	}
	grid.move(r)
	grid.sync()
	early := r.laptop("county1")
	early.sync()
	r.mustVerify()
	mediator.move(r)
	mediator.sync()
	late := r.laptop("mediator1")
	late.sync()
	early.sync()
	c := late.fold(id)
	equal(t, "digest at a laptop that comes later", casework.Digest(&c), casework.Digest(&want))
	if !bytes.ContainsFunc(bytes.Join(early.sent, nil), func(r rune) bool { return r == '沟' }) {
		t.Error("who had been sent the header was not sent the words")
	}
	// The header alone changes nothing any more.
	grid.refill = map[casework.Hash]bool{own.rec.Hash: true}
	if _, err := grid.exchange(); err != nil {
		t.Fatal(err)
	}
	again := r.laptop("mediator1")
	again.sync()
	c = again.fold(id)
	equal(t, "digest after the header came again", casework.Digest(&c), casework.Digest(&want))
	r.mustVerify()
}

// Ensure nobody keeps the name of another's log that a restore had lost.
func TestRestore_LogTaken(t *testing.T) {
	w := newWorld(t)
	mediator, evil, grid := w.laptop("mediator1"), w.laptop("grid2"), w.laptop("grid1")
	mediator.sync()
	evil.sync()
	file := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	r := w.restored(file)
	for _, l := range []*laptop{mediator, evil, grid} {
		l.move(r)
	}
	evil.log, evil.mine = grid.log, nil
	evil.write(casework.CaseID{}, casework.EntryID{UUID: evil.id()}, nil, &casework.LogOpened{Reason: "enrolled", Key: evil.public()})
	evil.register("441621109901")
	if _, err := evil.exchange(); err != nil {
		t.Fatal(err)
	}
	equal(t, "the false beginning", evil.mine[0].verdict(t), "admitted ")
	unsent := grid.register(village)
	for range 2 { // the first answer tells of the epoch
		reply, err := grid.exchange()
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "forks", reply.Forks, []wire.Fork{{Log: grid.log, Seq: 3}})
	}
	words := grid.mine[2].rec.Entry
	grid.openLog(casework.LogForked)
	grid.write(words.Case, words.UID, nil, words.Events...)
	grid.sync()
	mediator.sync()
	fresh := r.laptop("mediator1")
	fresh.sync()
	if !fresh.seesCase(id) || !fresh.seesCase(unsent) {
		t.Error("a case was lost")
	}
	for _, key := range fresh.keys {
		if key.Log == evil.log && (!bytes.Equal(key.Key, grid.public()) || key.User != "grid1") {
			t.Errorf("the log is told to be %s's", key.User)
		}
	}
	evil.register("441621109901")
	reply, err := evil.exchange()
	if err != nil || len(reply.Forks) != 1 {
		t.Fatalf("%+v, %v", reply, err)
	}
	r.mustVerify()
}

// Ensure a slip that may have been used after a backup is no good after a restore.
func TestRestore_Slips(t *testing.T) {
	w := newWorld(t)
	code := w.code("grid1")
	file := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	r := w.restored(file)
	other := r.laptop("grid2")
	_, err := r.Enrol(ctx, other.public(), &wire.EnrolRequest{Version: 1, Code: code})
	equal(t, "answer", failureCode(err), casework.CodeExpired)
}

// Ensure a clock of another age makes no deadline run since then.
func TestExchange_AncientClock(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	grid.sync()
	for _, wall := range []time.Time{time.UnixMilli(-1e14), time.UnixMilli(0), time.UnixMilli(1), time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC)} {
		e := casework.Entry{Name: casework.Name{Log: grid.log, Seq: uint64(len(grid.mine)) + 1}, UID: casework.EntryID{UUID: grid.id()},
			Case: casework.CaseID{UUID: grid.id()}, Actor: "grid1", Unit: village, Wall: wall, Schema: 1, Catalogue: 1,
			Clock: casework.ClockFacts{Age: casework.AgeUnknown}, Events: []casework.Event{registered(village)}}
		raw, err := record.Seal(&e, grid.mine[len(grid.mine)-1].rec.Hash, make([]byte, record.SaltSize), grid.key)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := record.Open(raw)
		if err != nil {
			t.Fatal(err)
		}
		k := &kept{raw: raw, rec: rec}
		grid.mine, grid.held[rec.Hash] = append(grid.mine, k), k
		grid.sync()
		stamp, err := record.OpenStamp(k.stamp)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "effective time", []any{stamp.Effective, stamp.Doubtful}, []any{w.now, true})
	}
}

// Ensure what no laptop could hold is held, and blocks nothing.
func TestExchange_TooLarge(t *testing.T) {
	w := newWorld(t)
	m := w.laptop("mediator1")
	id := m.register(village)
	m.write(id, casework.EntryID{UUID: m.id()}, nil, &casework.Noted{Note: strings.Repeat("事", 20_000)})
	crowd := registered(village)
	crowd.Parties = make([]casework.Party, 2000)
	m.write(casework.CaseID{UUID: m.id()}, casework.EntryID{UUID: m.id()}, nil, crowd)
	next := m.register(village)
	m.sync()
	for i, want := range []string{"admitted ", "admitted ", "held too_large", "held too_large", "admitted "} {
		equal(t, "verdict", m.mine[i].verdict(t), want)
	}
	if !m.seesCase(next) {
		t.Error("a held entry blocked the next one")
	}
	w.mustVerify()
}
