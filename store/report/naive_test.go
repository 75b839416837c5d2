package report_test

import (
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/report"
	"casedesk/store/report/reporttest"
)

// Ensure that every figure is what a second way of counting finds, from the cases instead
// of their facts.
func TestNaive(t *testing.T) {
	w := newWorld(11)
	var cases []reporttest.Told
	var facts []report.Fact
	for range 300 {
		c, entries := w.history()
		cases = append(cases, reporttest.Tell(c.ID, entries))
		facts = append(facts, report.FactOf(&c, ix()))
	}
	for _, name := range []string{"2026-10", "2026", "2026-W40", "2026-11"} {
		for _, under := range []catalogue.UnitID{"", "441621102"} {
			reporttest.Compare(t, cases, facts, ix(), today, period(t, name), under)
		}
	}
}
