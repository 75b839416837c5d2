package sim_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that whatever any table lets people do is done, travels, and leaves all
// replicas alike: an office of everybody works without accidents, on what was done
// least so far. In the time of a test two acts of three have their effect; with
// CASEDESK_SOAK it goes on until every act of every kind of matter has had it.
func TestEveryAct(t *testing.T) {
	w := newWorld(t, 7)
	for _, user := range []catalogue.UserID{"grid1", "mediator1", "center1", "county1", "bureau1", "petition1", "procurator1", "court1",
		"bureau4", "bureau5", "enforcer1", "sfs1"} {
		w.joined(user)
	}
	all := acts()
	missing, deeds := all, 600
	if os.Getenv("CASEDESK_SOAK") != "" {
		deeds = 20_000
	}
	for n := 0; n < deeds && len(missing) > 0; n++ {
		w.pass(time.Duration(w.rand.IntN(3600)) * time.Second)
		if w.leaning = pick(w, casework.Matters); w.chance(10) {
			w.register(pick(w, w.live()))
		}
		l := pick(w, w.live())
		l.sync("well")
		w.act(l)
		l.sync("well")
		if n%100 == 99 {
			missing = slices.DeleteFunc(slices.Clone(missing), w.effects())
		}
	}
	if enough := len(all) / 3; len(missing) > enough || deeds > 600 && len(missing) > 0 {
		t.Errorf("of %d acts nobody did %v in %d deeds", len(all), missing, deeds)
	}
	w.heal()
}

// acts are the acts of all tables, each once, but for those that accidents ask for,
// those on a case that is not here, and those without a form: other days and scenes do
// them.
func acts() []casework.Action {
	elsewhere := []casework.Action{casework.ActSettle, casework.ActRelease, casework.ActBreakGlass, casework.ActCloseGlass}
	var out []casework.Action
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, a := range table.Actions() {
			if r, _ := table.AnyRule(a); !r.Apart && !slices.Contains(out, a) && !slices.Contains(elsewhere, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// effects tells of an act whether it had effect on any of the county's cases.
func (w *world) effects() func(casework.Action) bool {
	had := map[casework.Action]bool{}
	for id, entries := range w.atCounty().cases {
		c := casework.Fold(id, entries)
		for _, line := range c.Timeline {
			for _, kind := range line.Kinds {
				had[casework.Action(kind)] = had[casework.Action(kind)] || line.Effect == casework.Applied
			}
		}
	}
	return func(a casework.Action) bool { return had[a] }
}
