package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Guide is what brings a case on: the next sensible action, who is to do it, and by when.
// It is advice that screens give; nothing is decided by it.
type Guide struct {
	Action Action             // empty: nothing is left to do
	Mine   bool               // the person may do it now
	Units  []catalogue.UnitID // whose turn it is, each once
	Limit  Running            // the first limit that the action ends; zero: none
}

// NextStep returns the next sensible action for a person. What her unit was asked comes
// first, then what waits for a decision that is hers, then what the table names for the
// state, without what was done already and what nothing waits for. Where she may do none
// of that, or it is another unit's turn (who stands above could do it, too, and takes no
// case over for that), it is the table's first, and Units says for whom it waits.
func NextStep(c *Case, p Person, ix Lookup, now time.Time) Guide {
	g := Guide{}
	turn := stateTurn(c)
	if len(turn) == 0 {
		turn = Turn(c)
	}
	for _, u := range turn {
		if u != "" && !slices.Contains(g.Units, u) {
			g.Units = append(g.Units, u)
		}
	}
	hers := p.Alone || slices.Contains(g.Units, p.Unit) || standsIn(c, p.Unit, ix)
	steps := onward(c, p, ix, Day(now, ix))
	if first := pressing(c, p, ix); len(first) > 0 {
		g.Action, g.Mine = first[0], true
	} else if i := slices.IndexFunc(steps, func(a Action) bool { return Allowed(c, p, a, ix) == "" }); hers && i >= 0 {
		g.Action, g.Mine = steps[i], true
	} else if len(steps) > 0 {
		g.Action = steps[0]
	}
	g.Limit = g.ends(c, ix, now)
	return g
}

// Owed are the actions that answer what the person's unit was asked about the case, the
// most urgent first.
func Owed(c *Case, p Person) []Action {
	mine := func(u catalogue.UnitID) bool { return p.Alone || u == p.Unit }
	asked := func(a Action) bool {
		return slices.ContainsFunc(c.Asked(a), func(o Asked) bool { return mine(o.Unit) })
	}
	var out []Action
	if slices.ContainsFunc(c.Orders(), func(o Order) bool { return mine(o.To) }) {
		out = append(out, ActReplyOrder)
	}
	if asked(ActCallOut) {
		out = append(out, ActAnswerCall)
	}
	if asked(ActTask) {
		out = append(out, ActReplyTask)
	}
	if slices.ContainsFunc(c.owing(), mine) {
		out = append(out, ActEmergencyPaper)
	}
	return out
}

// pressing are the actions that come before those of the table, as far as the person may do
// them: what she owes, and decisions on what is held or contested.
func pressing(c *Case, p Person, ix Lookup) []Action {
	out := Owed(c, p)
	if len(c.HeldNow) > 0 {
		out = append(out, ActRelease)
	}
	if len(c.Contested) > 0 {
		out = append(out, ActSettle)
	}
	return slices.DeleteFunc(out, func(a Action) bool { return Allowed(c, p, a, ix) != "" })
}

// onward are those of the table's next actions that are still to be done.
func onward(c *Case, p Person, ix Lookup, day string) []Action {
	t, ok := TableOf(c.Matter)
	if !ok || !c.Exists() {
		return nil
	}
	i := slices.IndexFunc(t.States, func(s Standing) bool { return s.State == c.State })
	if i < 0 {
		return nil
	}
	var can, out []Action
	for _, a := range t.States[i].Next {
		r, ok := t.Rule(a, c.State)
		if !ok || r.barred(c) != "" {
			continue
		}
		can = append(can, a)
		if !c.idle(r, p, ix, day) {
			out = append(out, a)
		}
	}
	if len(out) == 0 && len(can) > 0 {
		return can[len(can)-1:] // nothing waits for it, and something has to end the case
	}
	return out
}

// idle reports whether an action would lead nowhere now: it was done already, nothing waits
// for it, or another unit or way is the one to choose.
func (c *Case) idle(r *Rule, p Person, ix Lookup, day string) bool {
	switch r.Action {
	case ActReply:
		return c.Told != ""
	case ActContact:
		return !c.Contacted.IsZero() || len(c.ActsOf(ActMediate)) > 0 // they met: nobody need be found any more
	case ActAssign, ActHandUp:
		proposal := Propose(c, ix, day)
		return c.Matter == Delegated && proposal.Action != r.Action || proposal.Lead == p.Unit && !p.Alone
	}
	if r.Kept && slices.ContainsFunc(c.Acts, func(a Act) bool { return a.Action == r.Action }) {
		return true
	}
	return r.To == "" && len(r.Stops) > 0 && !slices.ContainsFunc(c.Clocks, func(k Clock) bool {
		return k.Stop.IsZero() && slices.Contains(r.Stops, k.Limit)
	})
}

// ends returns the first of the running limits that the action ends.
func (g Guide) ends(c *Case, ix Lookup, now time.Time) (soonest Running) {
	t, ok := TableOf(c.Matter)
	if !ok || g.Action == "" {
		return soonest
	}
	for _, l := range Limits(c, ix, now) {
		r, ok := t.Rule(g.Action, c.State)
		ends := ok && slices.Contains(r.Stops, l.Limit) || slices.Contains(byEvents[l.Limit].stops, g.Action)
		if ends && !l.Stopped && !slices.Contains(rights, l.Limit) && (soonest.Due.IsZero() || l.Due.Before(soonest.Due)) {
			soonest = l
		}
	}
	return soonest
}

// Together returns why an action cannot be done to the case as one of many, or "". Only
// what the table marks as harmless can, and only where nothing on the case has to be
// looked at first and its hands stay the same.
func Together(c *Case, p Person, a Action, ix Lookup) Why {
	t, ok := TableOf(c.Matter)
	if !ok {
		return WhyNoRule
	}
	switch r, ok := t.AnyRule(a); {
	case !ok:
		return WhyNoRule
	case !r.Many:
		return WhyOneByOne
	case len(c.Contested)+len(c.HeldNow) > 0:
		return WhyLookFirst
	}
	if why := Allowed(c, p, a, ix); why != "" {
		return why
	}
	if a == ActAccept && !p.Alone && p.Unit != c.Holder {
		return WhyPasses
	}
	return ""
}

// Harmless returns the actions of all tables that may be done to many cases at once, each
// once.
func Harmless() []Action {
	var out []Action
	for _, m := range Matters {
		for _, r := range tables[m].Rules {
			if r.Many && !slices.Contains(out, r.Action) {
				out = append(out, r.Action)
			}
		}
	}
	return out
}

// The reasons why something is not done to many cases at once.
const (
	WhyOneByOne  Why = "one_by_one" // the action is none of the harmless ones
	WhyLookFirst Why = "look_first" // something on the case is contested or held
	WhyPasses    Why = "passes"     // it would pass the case to the person's unit
)

// Foresee returns the case as it would stand once somebody had done an event to it at a
// moment, by a version of the catalogue, and why the event would have no effect; "" where
// it has. The case itself stays as it is.
func Foresee(c *Case, ev Event, p Person, at time.Time, version uint64) (Case, Why) {
	n := len(c.Timeline)
	uid := EntryID{UUID: [16]byte{0xff, byte(n >> 8), byte(n)}} // of no entry that was written
	then := c.clone()
	then.Timeline, then.Heads = slices.Clone(c.Timeline), slices.Clone(c.Heads)
	e := Entry{UID: uid, Case: c.ID, Parents: c.Heads, Actor: p.User, Unit: p.Unit, Wall: at, Schema: Schema, Catalogue: version, Events: []Event{ev}}
	then.Apply(&e, func(EntryID) *Entry { return nil })
	line, _ := then.Line(uid)
	return then, line.Why
}
