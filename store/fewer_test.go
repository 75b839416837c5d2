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
	page.Feeds[0].From, page.Feeds[0].To, page.Feeds[0].Head, page.Feeds[0].Lines = 5, 7, 9, nil
	if taken = must[store.Taken](t)(mediator.Absorb(page)); taken.Skipped != 0 || mediator.Position().Cursors[0].N != 7 {
		t.Errorf("a page without lines: %+v, cursors %+v", taken, mediator.Position().Cursors)
	}
	for _, wrong := range [][]store.FeedLine{{shown}, {{Withdrawn: first.Case, Skip: -1}}} {
		page.Feeds[0].From, page.Feeds[0].To, page.Feeds[0].Lines = 7, 9, wrong
		if _, err := mediator.Absorb(page); err == nil {
			t.Errorf("a page of 2 lines with %+v was taken", wrong)
		}
	}
	// A county that was restored to where the feed ended at line 8 may show again
	// what it had withdrawn by line 9.
	c.restore(c.n, 2)
	page = &store.Page{Epoch: c.epoch, Ends: c.ends, Feeds: []store.FeedPage{{Feed: town, Epoch: c.epoch, From: 7, To: 7, Head: 8}}}
	must[store.Taken](t)(mediator.Absorb(page))
	if cur := mediator.Position().Cursors[0]; cur.Epoch != c.epoch || cur.N != 0 {
		t.Errorf("after a restore the feed is read from %+v, want its start", cur)
	}
}
