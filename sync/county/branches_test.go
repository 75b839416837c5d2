package county_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// Ensure that of a log that went two ways one branch does not fill the gaps of the
// other when both come back to a restored county.
func TestRefill_BranchesApart(t *testing.T) {
	w := newWorld(t)
	l := w.laptop("grid1")
	l.sync()
	file := filepath.Join(w.dir, "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	twin := *l
	twin.mine, twin.held = slices.Clone(l.mine), maps.Clone(l.held)
	for range 3 {
		l.register("441621102901")
	}
	l.sync()
	twin.world = w.restored(file)
	twin.register("441621102901")
	twin.register("441621102901")
	for range 3 {
		if _, err := twin.exchange(); err != nil {
			t.Fatal(err)
		}
	}

	r := w.restored(file)
	req := &wire.Request{Version: 1, Program: "test", Up: []wire.Item{
		{Raw: twin.mine[1].raw, Stamp: twin.mine[1].stamp}, {Raw: l.mine[2].raw, Stamp: l.mine[2].stamp},
		{Raw: l.mine[3].raw, Stamp: l.mine[3].stamp}}}
	reply, err := r.Exchange(ctx, l.public(), req)
	if err != nil || len(reply.Stamps) != 3 {
		t.Fatalf("%+v, %v", reply, err)
	}
	for i, k := range []*kept{twin.mine[1], l.mine[2], l.mine[3]} {
		if casework.Hash(reply.Stamps[i].Hash) != k.rec.Hash {
			t.Errorf("stamp %d is of another entry", i)
		}
	}
	v, err := r.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Faults {
		t.Errorf("%+v", f)
	}
}
