package sim_test

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// checkOrders says once more what holds of orders and of the party's say: an order that
// the county took goes to a unit of the giver's level or below, is answered by whom it was
// given and withdrawn by who gave it, runs on no case that has ended, and only where the
// unit sees the case; a party has one say a round in each way.
func (w *world) checkOrders(c *casework.Case, entries []casework.Entry, cat *catalogue.Catalogue) {
	w.t.Helper()
	order := map[casework.EntryID]*casework.Supervised{}
	giver := map[casework.EntryID]catalogue.UnitID{}
	for _, e := range entries {
		for _, ev := range e.Events {
			if v, ok := ev.(*casework.Supervised); ok {
				order[e.UID], giver[e.UID] = v, e.Unit
			}
		}
	}
	levels := []catalogue.Level{catalogue.City, catalogue.County, catalogue.Town, catalogue.Village, catalogue.Grid}
	level := func(u catalogue.UnitID) int { return slices.Index(levels, unitOf(cat, u).Level) }
	for _, e := range entries {
		if line, _ := c.Line(e.UID); line.Effect != casework.Applied || e.Stamp == nil || e.Stamp.Verdict == casework.Held {
			continue // nothing came of it, or somebody let it through
		}
		for _, ev := range e.Events {
			var wrong bool
			switch ev := ev.(type) {
			case *casework.Supervised:
				wrong = ev.To == e.Unit || level(ev.To) < level(e.Unit)
			case *casework.OrderReplied:
				wrong = order[ev.Act].To != e.Unit
			case *casework.OrderWithdrawn:
				wrong = giver[ev.Act] != e.Unit
			}
			if wrong {
				w.t.Errorf("case %s: %s of %s had effect: %+v", short(c.ID), ev.Kind(), e.Unit, ev)
			}
		}
	}
	for _, k := range c.Clocks {
		if k.Limit != casework.LimitOrder || !k.Stop.IsZero() {
			continue
		}
		if c.State.Ended() || c.State == casework.StateRefused {
			w.t.Errorf("case %s is %s, and an order to %s runs", short(c.ID), c.State, k.Asked)
		}
		if !c.Confidential && !slices.Contains(seers(cat, c), k.Asked) {
			w.t.Errorf("case %s: %s was ordered and does not see it", short(c.ID), k.Asked)
		}
	}
	type say struct {
		way   string
		party casework.ElementID
		round int
	}
	once := map[say]bool{}
	for _, r := range c.Ratings {
		k := say{r.Way, r.Party, r.Round}
		if once[k] {
			w.t.Errorf("case %s counts a say twice: %+v", short(c.ID), r)
		}
		once[k] = true
	}
}
