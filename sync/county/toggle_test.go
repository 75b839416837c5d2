package county_test

import (
	"testing"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// Ensure that a case that becomes 保密 and is opened again, over and over in one
// request, is shown once to those who see it in the end: every showing brings its
// whole history.
func TestExchange_ShownOnce(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	const notes, turns = 20, 30
	for range notes {
		grid.add(id, &casework.Noted{Note: "又吵了"})
	}
	grid.sync()
	lines := func() (n uint64) {
		err := w.conf.Ledger.View(ctx, func(r ledger.Reader) (err error) {
			n, err = r.FeedHead(town)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := lines()
	for range turns {
		grid.add(id, &casework.Confided{Confidential: "yes", Reason: "涉及干部", Holder: region})
		grid.add(id, &casework.Confided{Confidential: "no", Reason: "查清"})
	}
	grid.sync()
	if n := lines() - before; n > 2*(notes+2*turns) {
		t.Errorf("%d lines more for %d entries", n, 2*turns)
	}
	office := w.laptop("county1")
	office.sync()
	c, mine := office.fold(id), grid.fold(id)
	equal(t, "digest", casework.Digest(&c), casework.Digest(&mine))
	w.mustVerify()
}
