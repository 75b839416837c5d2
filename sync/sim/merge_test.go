package sim_test

import (
	"errors"
	"slices"
	"testing"

	"casedesk/store/casework"

	"casedesk/store"
)

// foldOf is a case as a laptop shows it.
func (l *laptop) foldOf(id casework.CaseID) *casework.Case {
	l.w.t.Helper()
	v, err := l.store.Case(id)
	l.w.ok(err)
	return &v.Case
}

// known are two cases of grid1's village that a mediator and the peace office hold.
func (w *world) known() (mediator, office *laptop, a, b casework.CaseID) {
	w.t.Helper()
	mediator, office = w.joined("mediator1"), w.joined("county1")
	a, b = mediator.takes(), mediator.takes()
	mediator.sync("well")
	office.sync("well")
	return mediator, office, a, b
}

func into(id casework.CaseID) *casework.Merged {
	return &casework.Merged{Into: id, Reason: "同一件事"}
}

// Ensure that of two people who merge two cases into each other, offline, the one
// whom the county heard first is right; that the other's words are held on every
// laptop and nothing of them lost; and that nobody can let them close the circle.
func TestScene_MergedIntoEachOther(t *testing.T) {
	w := newWorld(t, 1)
	mediator, office, a, b := w.known()
	mediator.does(a, into(b))
	office.does(b, into(a))
	if c := office.foldOf(b); c.State != casework.StateMerged {
		t.Fatalf("her own laptop shows %s", c.State)
	}
	for _, l := range []*laptop{mediator, office, mediator, office} {
		l.sync("well")
	}
	for _, l := range []*laptop{mediator, office} {
		ca, cb := l.foldOf(a), l.foldOf(b)
		if ca.State != casework.StateMerged || ca.Merged.Into != b || cb.State != casework.StateRegistered || cb.Merged != nil {
			t.Errorf("%s: %s and %s", l.name, ca.State, cb.State)
		}
		if !cb.HasSource(a) || ca.HasSource(b) {
			t.Errorf("%s: sources %v and %v", l.name, ca.Sources, cb.Sources)
		}
		held := map[casework.Why]int{}
		for _, c := range []*casework.Case{ca, cb} {
			for _, uid := range c.HeldNow {
				line, _ := c.Line(uid)
				held[line.Why]++
			}
		}
		if held[casework.WhyMergeTarget] != 1 || held[casework.WhyNotMerged] != 1 {
			t.Errorf("%s: held %v", l.name, held)
		}
	}
	wrong := office.foldOf(b).HeldNow[0]
	_, err := office.store.Append(store.Work{Case: b, Events: []casework.Event{&casework.Released{Entry: wrong}}})
	if !errors.Is(err, casework.Refuse(casework.CodeNotAllowed, casework.WhyMergeTarget)) {
		t.Errorf("let the circle close: %v", err)
	}
	// Once the first merger is undone, the other may be let have its effect.
	office.does(a, &casework.Unmerged{Reason: "反过来并"})
	office.does(b, &casework.Released{Entry: wrong})
	office.does(a, &casework.Released{Entry: office.foldOf(a).HeldNow[0]})
	office.sync("well")
	mediator.sync("well")
	for _, l := range []*laptop{mediator, office} {
		ca, cb := l.foldOf(a), l.foldOf(b)
		if cb.State != casework.StateMerged || cb.Merged.Into != a || !ca.HasSource(b) || cb.HasSource(a) || ca.State != casework.StateRegistered {
			t.Errorf("%s: %s %v and %s %v", l.name, ca.State, ca.Sources, cb.State, cb.Sources)
		}
	}
	w.heal()
}

// Ensure that of three cases that two people merge in a chain, offline, one waits:
// a case is not merged into one that was merged itself.
func TestScene_MergedInAChain(t *testing.T) {
	w := newWorld(t, 1)
	mediator, office, a, b := w.known()
	c := mediator.takes()
	mediator.sync("well")
	office.sync("well")
	mediator.does(a, into(b))
	office.does(b, into(c))
	office.sync("well")
	mediator.sync("well")
	office.sync("well")
	for _, l := range []*laptop{mediator, office} {
		if ca, cb := l.foldOf(a), l.foldOf(b); ca.Merged != nil || len(ca.HeldNow) != 1 || cb.Merged == nil || cb.Merged.Into != c {
			t.Errorf("%s: %+v and %+v", l.name, ca.Merged, cb.Merged)
		}
	}
	mediator.does(a, into(c))
	mediator.sync("well")
	office.sync("well")
	if cc := office.foldOf(c); !cc.HasSource(a) || !cc.HasSource(b) {
		t.Errorf("sources %v", cc.Sources)
	}
	w.heal()
}

// Ensure that a merger whose other half is still on the way is shown as such, and
// that two laptops may make up for it.
func TestScene_HalfMerged(t *testing.T) {
	w := newWorld(t, 1)
	mediator, office, a, b := w.known()
	mediator.does(a, into(b))
	mediator.does(b, &casework.SourceDropped{Case: a, Reason: "只剩一半"})
	mediator.sync("well")
	office.sync("well")
	ties, err := office.store.Ties(office.foldOf(b))
	w.ok(err)
	if len(ties) != 1 || !ties[0].Lost || ties[0].Case != a {
		t.Fatalf("%+v", ties)
	}
	mediator.does(b, &casework.SourceAdded{Case: a})
	office.does(b, &casework.SourceAdded{Case: a})
	for _, l := range []*laptop{mediator, office, mediator} {
		l.sync("well")
	}
	for _, l := range []*laptop{mediator, office} {
		c := l.foldOf(b)
		if len(c.Sources) != 1 || slices.ContainsFunc(c.Timeline, func(line casework.Line) bool { return line.Effect != casework.Applied }) {
			t.Errorf("%s: %v", l.name, c.Sources)
		}
	}
	w.heal()
}
