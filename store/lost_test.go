package store_test

import (
	"errors"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that entries that the county took, but whose answer was lost, are
// offered again until their stamps are here, though no feed shows them: only the
// stamp tells that one is held back, or is a copy.
func TestStore_LostAnswer(t *testing.T) {
	t.Run("held", func(t *testing.T) {
		c := newCounty(t) // no feed brings a stamp
		grid := c.laptop("grid1", village)
		saved := register(t, grid, "排水沟纠纷")
		c.hold = casework.WhyNotInUnit
		batch := must[store.Batch](t)(grid.Outbox(store.Sent{}, 1<<20))
		c.answer(grid.Position(), batch.Items)
		must[store.Taken](t)(grid.Absorb(c.answer(grid.Position(), nil))) // it tells the head alone
		if grid.Unsent() != len(batch.Items) {
			t.Errorf("%d unsent without a stamp", grid.Unsent())
		}
		c.exchange(grid)
		if v := view(t, grid, saved.Case); v.Receipt != store.Withheld || v.Held != 1 {
			t.Errorf("receipt %s, %d held", v.Receipt, v.Held)
		}
	})
	t.Run("copy", func(t *testing.T) {
		c := newCounty(t, village)
		grid := c.laptop("grid1", village)
		saved := register(t, grid, "排水沟纠纷")
		batch := must[store.Batch](t)(grid.Outbox(store.Sent{}, 1<<20))
		c.answer(grid.Position(), batch.Items)
		ok(t, grid.Rotate(casework.LogForked))
		batch = must[store.Batch](t)(grid.Outbox(store.Sent{}, 1<<20))
		c.answer(grid.Position(), batch.Items)
		if _, err := grid.Absorb(c.answer(grid.Position(), nil)); !errors.Is(err, store.ErrMissing) {
			ok(t, err)
		}
		for range 3 {
			c.exchange(grid)
		}
		if v := view(t, grid, saved.Case); grid.Unsent() != 0 || v.Receipt != store.Delivered {
			t.Errorf("%d unsent, receipt %s, %v", grid.Unsent(), v.Receipt, v.Receipts)
		}
		checkClean(t, grid)
	})
}

// Ensure that the refill of a restored county is told, entry by entry, so that
// whoever exchanges sees that it makes headway.
func TestStore_Refilled(t *testing.T) {
	c := newCounty(t, village)
	grid, reader := c.laptop("grid1", village), c.laptop("grid1", village)
	c.exchange(grid)
	kept, lines := c.n, len(c.feeds[village])
	register(t, grid, "一")
	register(t, grid, "二")
	c.exchange(grid)
	c.exchange(reader)
	c.restore(kept, lines)
	c.exchange(reader) // its own log went as well, which does not count
	items, _, err := reader.Refill(0, 1<<20)
	ok(t, err)
	if len(items) != 0 {
		t.Fatalf("%d entries are left", len(items))
	}
	c.restore(kept, lines)
	must[store.Taken](t)(reader.Absorb(c.answer(reader.Position(), nil)))
	batch := must[store.Batch](t)(reader.Outbox(store.Sent{}, 1<<20))
	items, _, err = reader.Refill(0, 1<<20)
	ok(t, err)
	page := c.answer(reader.Position(), append(batch.Items, items...))
	taken := must[store.Taken](t)(reader.Absorb(page))
	if len(items) != 2 || taken.Refilled != 2 {
		t.Errorf("%d offered, taken %+v", len(items), taken)
	}
	if taken = must[store.Taken](t)(reader.Absorb(page)); taken.Refilled != 0 {
		t.Errorf("the same answer again: %+v", taken)
	}
}

// Ensure that somebody who serves no unit any more keeps nothing that others
// wrote, while a page that does not tell of units changes nothing; and that she
// may come back.
func TestStore_Left(t *testing.T) {
	c := newCounty(t, village, town)
	grid, reader := c.laptop("grid1", village), c.laptop("mediator1", town)
	saved, own := register(t, grid, "排水沟纠纷"), register(t, reader, "宅基地纠纷")
	c.exchange(grid)
	c.exchange(reader)
	tell := func(units []catalogue.UnitID) {
		t.Helper()
		page := c.answer(reader.Position(), nil)
		page.Feeds, page.Units = nil, units
		must[store.Taken](t)(reader.Absorb(page))
	}
	tell(nil)
	if v := view(t, reader, saved.Case); v.Gone != nil {
		t.Error("a case went though no units were told")
	}
	tell([]catalogue.UnitID{})
	for _, id := range []casework.CaseID{saved.Case, own.Case} {
		if v := view(t, reader, id); v.Gone == nil || v.Title != "" {
			t.Errorf("still shown: %+v", v.Row)
		}
	}
	if got := reader.Position().Cursors; len(got) != 0 {
		t.Errorf("feeds are still asked for: %v", got)
	}
	if _, err := reader.Append(store.Work{Events: []casework.Event{dispute("晚了")}}); code(err) != casework.CodeNotAllowed {
		t.Errorf("work without a unit: %v", err)
	}
	checkClean(t, reader)
	tell([]catalogue.UnitID{town})
	c.exchange(reader)
	c.exchange(grid)
	same(t, grid, reader)
	checkClean(t, reader)
}
