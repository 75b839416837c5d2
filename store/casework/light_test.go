package casework_test

import (
	"testing"

	"casedesk/store/casework"
)

// Ensure that a limit says so when the time it began at is the county's guess, and
// that a day fixed by the case itself is none.
func TestLimits_Doubtful(t *testing.T) {
	for _, doubtful := range []bool{false, true} {
		reg := done(t, "2026-11-02 09:00", by(grid1, entry(1, nil, registered())))
		reg.Stamp.Doubtful = doubtful
		agreed := done(t, "2026-11-03 09:00", by(mediator1, entry(3, []int{2}, &casework.Agreed{Form: "oral", Agreement: "各让一步", Due: "2026-12-01"})))
		agreed.Stamp.Doubtful = doubtful
		c := fold(reg, done(t, "2026-11-02 10:00", by(mediator1, entry(2, []int{1}, &casework.Accepted{}))), agreed)
		for _, r := range casework.Limits(&c, ix, local(t, "2026-11-04 09:00")) {
			want := doubtful && r.Limit == casework.LimitTriage
			if r.Doubtful != want && (r.Limit == casework.LimitTriage || r.Limit == casework.LimitPerform) {
				t.Errorf("registered at a doubtful time %v: %s doubtful %v", doubtful, r.Limit, r.Doubtful)
			}
		}
	}
}
