package county_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/wire"
)

// Ensure who begins to read a feed is told nothing of what was withdrawn from it:
// no case, no author; and gets all of it, keys too, when that is lifted.
func TestExchange_WithdrawnBefore(t *testing.T) {
	w := newWorld(t)
	grid, m := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	m.sync()
	m.add(id, &casework.Noted{Note: "涉及本村"})
	m.add(id, &casework.Accepted{})
	m.sync()
	grid.sync()
	m.add(id, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{village}, Reason: "r"})
	m.sync()
	equal(t, "verdict", m.mine[len(m.mine)-1].verdict(t), "admitted ")

	late := w.laptop("grid1")
	reply, err := late.exchange()
	if err != nil {
		t.Fatal(err)
	}
	if len(reply.Keys) > 0 || len(reply.Feeds) != 1 || len(reply.Feeds[0].Lines) > 0 || reply.Feeds[0].To != reply.Feeds[0].Head {
		t.Fatalf("keys %+v, feeds %+v", reply.Keys, reply.Feeds)
	}
	if reply, err = late.exchange(); err != nil || len(reply.Feeds) > 0 {
		t.Fatalf("asked again: %+v, %v", reply, err)
	}
	// Who held it is told, once.
	if reply, err = grid.exchange(); err != nil {
		t.Fatal(err)
	}
	lines := reply.Feeds[0].Lines
	if len(lines) != 1 || lines[0].Withdrawn != id || grid.seesCase(id) {
		t.Fatalf("told %+v", lines)
	}

	// A case that is shown brings the keys of its logs, although the line that
	// introduced them first is not shown.
	second := m.register(village)
	m.sync()
	late.sync()
	if !late.seesCase(second) {
		t.Fatal("a case is missing")
	}
	equal(t, "keys", late.keys, []wire.LogKey{{Log: m.log, Key: m.public(), User: "mediator1"}})
	m.add(id, &casework.Confided{Confidential: "no", Reason: "查无此事"})
	m.sync()
	grid.sync()
	late.sync()
	want, a, b := m.fold(id), grid.fold(id), late.fold(id)
	equal(t, "digest of who held it", casework.Digest(&a), casework.Digest(&want))
	equal(t, "digest of who came late", casework.Digest(&b), casework.Digest(&want))
	if !slices.ContainsFunc(late.keys, func(k wire.LogKey) bool { return k.Log == grid.log }) {
		t.Error("the key of a log that is shown is missing")
	}
	w.mustVerify()
}
