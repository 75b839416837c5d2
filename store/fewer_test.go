package store_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/record"
)

// Ensure that a page in which the repetitions of a withdrawal are left out is
// taken, and that the cursor then stands behind them all.
func TestStore_Absorb_LinesLeftOut(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	first, second := register(t, grid, "排水沟纠纷"), register(t, grid, "宅基地纠纷")
	c.exchange(grid)
	lines := c.feeds[town]
	rec := must[*record.Record](t)(record.Open(lines[1].Raw))
	if rec.Entry.Case != second.Case {
		t.Fatalf("the feed's second line is of case %s", rec.Entry.Case)
	}
	shown := lines[1]
	shown.Skip = 2
	page := &store.Page{Epoch: c.epoch, Keys: c.keys, Feeds: []store.FeedPage{{Feed: town, Epoch: c.epoch, From: 0, To: 5,
		Lines: []store.FeedLine{{Withdrawn: first.Case}, shown}}}}
	taken := must[store.Taken](t)(mediator.Absorb(page))
	if taken.Entries != 1 || taken.Skipped != 0 {
		t.Errorf("taken %+v", taken)
	}
	if cur := mediator.Position().Cursors[0]; cur.N != 5 {
		t.Errorf("the cursor stands at %d, want 5", cur.N)
	}
	if taken = must[store.Taken](t)(mediator.Absorb(page)); taken.Entries != 0 || taken.Skipped != 1 {
		t.Errorf("taken again %+v", taken)
	}
	checkClean(t, mediator)
	for _, wrong := range [][]store.FeedLine{nil, {shown}, {{Withdrawn: first.Case, Skip: -1}}} {
		page.Feeds[0].From, page.Feeds[0].To, page.Feeds[0].Lines = 5, 7, wrong
		if _, err := mediator.Absorb(page); err == nil {
			t.Errorf("a page of 2 lines with %+v was taken", wrong)
		}
	}
}
