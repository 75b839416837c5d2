package store_test

import (
	"testing"

	"casedesk/store/casework"
)

// Ensure that rows come in the order in which their cases are named, with how many of those
// are not here: unknown ones, and those that were withdrawn.
func TestStore_RowsOf(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	first, second, third := register(t, grid, "排水沟纠纷"), register(t, grid, "宅基地纠纷"), register(t, grid, "借款纠纷")
	c.exchange(grid)
	c.exchange(mediator)
	c.withdraw(town, second.Case, "")
	c.exchange(mediator)
	ids := []casework.CaseID{third.Case, {}, second.Case, first.Case}
	rows, missing, err := mediator.RowsOf(ids)
	ok(t, err)
	if missing != 2 || len(rows) != 2 || rows[0].Title != "借款纠纷" || rows[1].Title != "排水沟纠纷" {
		t.Errorf("%d missing, rows %+v", missing, rows)
	}
	ok(t, mediator.Close())
	if _, _, err := mediator.RowsOf(ids); code(err) == "" {
		t.Errorf("a closed store says %v", err)
	}
}
