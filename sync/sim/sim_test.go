package sim_test

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

var (
	seeds   = flag.Int("sim.seeds", 0, "random runs; 0: a few")
	oneSeed = flag.Uint64("sim.seed", 0, "run this seed alone")
	from    = flag.Uint64("sim.from", 1, "first of the random runs")
	steps   = flag.Int("sim.steps", 160, "what happens in a run")
	verbose = flag.Bool("sim.trace", false, "log everything that happens")
)

// people have a laptop in every run: village, town and county, and a bureau; the
// next ones have one in some runs, two of them their second.
var (
	people = []catalogue.UserID{"grid1", "mediator1", "county1", "grid2", "mediator2", "bureau1"}
	more   = []catalogue.UserID{"mediator1", "sfs1", "grid1", "grid4"}
)

// leanings are what every other run has more of than disputes, with the people
// whose work that is.
var leanings = []struct {
	matter casework.Matter
	people []catalogue.UserID
}{
	{casework.Dispute, []catalogue.UserID{"court1", "center1"}},
	{casework.Petition, []catalogue.UserID{"petition1", "center1"}},
	{casework.PublicInterest, []catalogue.UserID{"procurator1", "bureau4"}},
	{casework.Delegated, []catalogue.UserID{"enforcer1", "bureau5"}},
}

// office is a random run from its seed.
func office(t testing.TB, seed uint64, http2 bool) *world {
	w := newWorldOver(t, seed, http2)
	staff := slices.Concat(people, more[:w.rand.IntN(3)])
	if w.chance(30) {
		staff = append(staff, pick(w, more))
	}
	if w.chance(50) {
		leaning := pick(w, leanings)
		w.leaning, staff = leaning.matter, append(staff, leaning.people...)
	}
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
	tried.add(w)
	return w
}

// Ensure that after any days of work, accidents and repairs nothing is lost,
// doubled or shown to the wrong unit, and that all replicas agree.
func TestOffice(t *testing.T) {
	if *oneSeed != 0 {
		office(t, *oneSeed, false)
		return
	}
	first, last := *from, *from+uint64(cmp.Or(*seeds, 12))-1
	until, long := soak(t)
	failures, most := 0, 1
	if long { // other seeds every time, and as many faults as it finds
		first, last, most = uint64(time.Now().UnixMilli()), math.MaxUint64, 10
	}
	seed := first
	for ; seed <= last && (!long || time.Now().Before(until)) && failures < most; seed++ {
		if !t.Run(fmt.Sprint(seed), func(t *testing.T) { office(t, seed, false) }) {
			failures++
		}
	}
	if failures == 0 && tried.runs >= 40 { // in fewer runs a rare act may be missing by chance
		tried.everyKind(t)
	}
	fmt.Printf("SOAK|simulator|%d runs, %d deeds, %.1f laptop-years|%d|%d-%d\n",
		tried.runs, tried.deeds, tried.laptops.Hours()/24/365, failures, first, seed-1)
}

// soak reports until when a long version goes on.
func soak(t *testing.T) (until time.Time, long bool) {
	t.Helper()
	text := os.Getenv("CASEDESK_SOAK")
	if text == "" {
		return until, false
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return time.Now().Add(d), true
}

// tries are what the runs of this process tried.
type tries struct {
	runs, deeds int
	laptops     time.Duration // of use, all laptops together, in their own time
	kinds       map[string]int
}

var tried = tries{kinds: map[string]int{}}

func (t *tries) add(w *world) {
	t.runs, t.deeds, t.laptops = t.runs+1, t.deeds+w.deeds, t.laptops+w.laptopTime()
	for _, entries := range w.atCounty().cases {
		c := casework.Fold(casework.CaseID{}, entries)
		for _, line := range c.Timeline {
			for _, kind := range line.Kinds {
				if line.Effect == casework.Applied {
					t.kinds[kind]++
				}
			}
		}
	}
}

// everyKind fails if an act of any table never had effect.
func (t *tries) everyKind(tb testing.TB) {
	tb.Helper()
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, a := range table.Actions() {
			if t.kinds[string(a)] == 0 {
				tb.Errorf("nobody did %s in %d runs", a, t.runs)
			}
		}
	}
	tb.Logf("acts with effect: %v", t.kinds)
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
