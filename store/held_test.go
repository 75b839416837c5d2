package store_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that what the county held back falls to saved like everything else when
// a restored county no longer has it.
func TestStore_Held_Restored(t *testing.T) {
	c := newCounty(t, village)
	grid := c.laptop("grid1", village)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	n, feeds := c.n, len(c.feeds[village])
	c.hold = casework.WhyNotYourUnit
	done := must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Events: note("再说一句")}))
	c.exchange(grid)
	c.restore(n, feeds)
	if _, err := grid.Absorb(c.answer(grid.Position(), nil)); err != nil {
		t.Fatal(err)
	}
	if v := view(t, grid, saved.Case); v.Receipt != store.SavedHere || v.Receipts[done.UID] != store.SavedHere {
		t.Errorf("before it is offered again: %s, %s", v.Receipt, v.Receipts[done.UID])
	}
	c.exchange(grid)
	if v := view(t, grid, saved.Case); v.Receipt != store.Withheld || v.Receipts[done.UID] != store.Withheld {
		t.Errorf("offered again: %s, %s", v.Receipt, v.Receipts[done.UID])
	}
}
