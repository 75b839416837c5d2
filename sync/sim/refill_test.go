package sim_test

import (
	"testing"

	"casedesk/sync/agent"
)

// Ensure that a laptop that gives a restored county others' entries back is told
// of each that the county took.
func TestSync_Refill(t *testing.T) {
	w := newWorld(t, 1)
	writer, reader := w.newLaptop("mediator1"), w.newLaptop("mediator1")
	for _, l := range []*laptop{writer, reader} {
		l.create()
		for !l.enrolled() {
			w.enrol(l)
		}
		l.sync("well")
	}
	w.backUp(nil)
	for range 5 {
		writer.takes()
	}
	writer.sync("well")
	reader.sync("well")
	w.restore(w.backups[0])
	out := reader.sync("well")
	if out.Result != agent.OK || out.Sent != 5 || out.Taken != 5 {
		t.Errorf("%d sent, %d taken, %s", out.Sent, out.Taken, out.Result)
	}
}
