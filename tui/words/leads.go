package words

import (
	"slices"
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// Outcome is what an action will lead to, as far as its form says.
type Outcome struct {
	State  casework.State     // of the case then
	Starts []casework.Running // limits that begin to run
	Stops  []casework.Running // limits that it ends
	Turn   []catalogue.UnitID // whose turn it is then, where that is somebody else than now
	Shown  []catalogue.UnitID // units that get to see the case by it
	Hands  bool               // it passes to another unit
	Why    casework.Why       // it would have no effect: nothing else is known
}

// Foresee tells what an event would lead to if it were done now.
func (d Desk) Foresee(c *casework.Case, ev casework.Event) Outcome {
	ix, now := d.Index(), d.Now()
	switch e := ev.(type) { // what the store fills in when it is saved
	case *casework.CompetenceDisputed:
		ev = e.WithSuperior(c, ix)
	case *casework.Emergency:
		ev = e.WithBetween(c, ix)
	}
	then, why := casework.Foresee(c, ev, d.Store.Person(""), now, ix.Version())
	out := Outcome{State: then.State, Why: why, Hands: then.Hand().Unit != c.Hand().Unit || then.Hand().Lead != c.Hand().Lead}
	if why != "" {
		return out
	}
	running := func(c *casework.Case) []casework.Running {
		return slices.DeleteFunc(casework.Limits(c, ix, now), func(r casework.Running) bool { return r.Stopped })
	}
	out.Starts, out.Stops = without(running(&then), running(c)), without(running(c), running(&then))
	if turn := casework.Turn(&then); !slices.Equal(turn, casework.Turn(c)) {
		for _, u := range turn {
			if u != "" && !slices.Contains(out.Turn, u) {
				out.Turn = append(out.Turn, u)
			}
		}
	}
	had := casework.Recipients(c, ix)
	out.Shown = slices.DeleteFunc(slices.Clone(casework.Recipients(&then, ix)), func(u catalogue.UnitID) bool { return slices.Contains(had, u) || slices.Contains(out.Turn, u) })
	return out
}

// without are those of the first limits that are not among the others.
func without(all, others []casework.Running) []casework.Running {
	return slices.DeleteFunc(all, func(r casework.Running) bool {
		return slices.ContainsFunc(others, func(o casework.Running) bool { return o.Limit == r.Limit && o.By == r.By })
	})
}

// Leads says what an action will lead to; "" where that cannot be told yet.
func (d Desk) Leads(c *casework.Case, ev casework.Event) string {
	o := d.Foresee(c, ev)
	if o.Why != "" {
		return ""
	}
	said := []string{d.T("act.leads_same", d.State(o.State))}
	if o.State != c.State {
		said[0] = d.T("act.leads_state", d.State(o.State))
	}
	ix := d.Index()
	for _, r := range o.Stops {
		said = append(said, d.T("act.leads_stops", d.Limit(r.Limit, ix)))
	}
	for _, r := range o.Starts {
		said = append(said, d.T("act.leads_starts", d.Limit(r.Limit, ix), i18n.Due(r.Due, ix.Calendar())))
	}
	if len(o.Turn) > 0 {
		said = append(said, d.T("act.leads_turn", d.UnitNames(o.Turn)))
	}
	if len(o.Shown) > 0 {
		said = append(said, d.T("act.leads_shown", d.UnitNames(o.Shown)))
	}
	return d.T("act.leads", strings.Join(said, d.T("list.separator")))
}

// LeadsBriefly says the same in few words, for one of many cases: its state and what runs.
func (d Desk) LeadsBriefly(c *casework.Case, o Outcome) string {
	said := d.T("many.stays", d.State(o.State))
	if o.State != c.State {
		said = d.T("many.becomes", d.State(o.State))
	}
	for _, r := range o.Starts {
		said += d.T("list.separator") + d.T("many.starts", d.Limit(r.Limit, d.Index()), d.Index().Calendar().LastDay(r.Due).Format("01-02"))
	}
	return said
}
