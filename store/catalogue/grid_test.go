package catalogue_test

import (
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that a grid has one worker who is one there, and that no other place has.
func TestGridWorker(t *testing.T) {
	if got := catalogue.NewIndex(sample.Catalogue()).GridWorker("44162110290101"); got != "grid1" {
		t.Errorf("the first grid's worker is %q", got)
	}
	for _, tt := range []struct {
		name   string
		place  catalogue.DivisionCode
		worker catalogue.UserID
		want   catalogue.Problem
	}{
		{"somebody of another village", "44162110290101", "grid2", catalogue.Misplaced},
		{"a mediator of the town", "44162110290101", "mediator1", catalogue.Misplaced},
		{"nobody that there is", "44162110290101", "grid99", catalogue.Unknown},
		{"of a village", "441621102901", "grid1", catalogue.Misplaced},
		{"the other worker's own grid", "44162110290201", "grid4", ""},
	} {
		c := sample.Catalogue()
		for i, d := range c.Divisions {
			if d.Code == tt.place {
				c.Divisions[i].Worker = tt.worker
			}
		}
		var got catalogue.Problem
		for _, f := range catalogue.Validate(c) {
			if f.Table == catalogue.TableDivisions && f.Field == "worker" {
				got = f.Problem
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
