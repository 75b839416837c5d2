package sim_test

import (
	"flag"
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

var (
	seeds   = flag.Int("sim.seeds", 0, "random runs; 0: a few")
	oneSeed = flag.Uint64("sim.seed", 0, "run this seed alone")
	steps   = flag.Int("sim.steps", 160, "what happens in a run")
	verbose = flag.Bool("sim.trace", false, "log everything that happens")
)

var people = []catalogue.UserID{"grid1", "mediator1", "county1", "grid2", "mediator2", "bureau1"}

// office is a random run from its seed.
func office(t testing.TB, seed uint64, http2 bool) *world {
	w := newWorldOver(t, seed, http2)
	staff := people[:4+w.rand.IntN(3)]
	for i, user := range staff {
		l := w.newLaptop(user)
		l.create()
		if i < 3 || w.chance(60) {
			for !l.enrolled() {
				w.enrol(l)
			}
		}
	}
	w.day(*steps)
	w.heal()
	return w
}

// Ensure that after any days of work, accidents and repairs nothing is lost,
// doubled or shown to the wrong unit, and that all replicas agree.
func TestOffice(t *testing.T) {
	if *oneSeed != 0 {
		office(t, *oneSeed, false)
		return
	}
	n := *seeds
	if n == 0 {
		n = 6
	}
	for seed := range uint64(n) {
		ok := t.Run("", func(t *testing.T) { office(t, seed+1, false) })
		if !ok {
			t.Fatalf("seed %d failed", seed+1)
		}
	}
}

// Ensure that the same holds over HTTP/2, where lines break at other places in
// every run.
func TestOffice_HTTP2(t *testing.T) {
	for seed := range uint64(2) {
		office(t, 1000+seed, true)
	}
}

// Ensure that a seed names a run: the same things happen every time.
func TestOffice_Repeatable(t *testing.T) {
	a, b := office(t, 4242, false), office(t, 4242, false)
	for i := range min(len(a.trace), len(b.trace)) {
		if a.trace[i] != b.trace[i] {
			t.Fatalf("the runs part at:\n%s\n%s", a.trace[i], b.trace[i])
		}
	}
	if len(a.trace) != len(b.trace) {
		t.Fatalf("%d things happened, then %d", len(a.trace), len(b.trace))
	}
	x, y := a.atCounty(), b.atCounty()
	for id, entries := range x.cases {
		c, d := casework.Fold(id, entries), casework.Fold(id, y.cases[id])
		if casework.Digest(&c) != casework.Digest(&d) {
			t.Errorf("case %s differs", id)
		}
	}
	if !slices.Equal(a.trace, b.trace) {
		t.Error("the traces differ")
	}
}
