package casework

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Bound returns the unit that a limit binds: whose answer it waits for, the court of a
// court's limit, else the first of turn, those whose turn it is.
func Bound(c *Case, k *Clock, turn []catalogue.UnitID) catalogue.UnitID {
	asked := k.Asked
	switch k.Limit {
	case LimitRectify, LimitConsult:
		asked = cmp.Or(asked, c.addressee(k.By))
	case LimitCourtAccept, LimitCourtDecide:
		asked = cmp.Or(asked, c.Agreement.Confirmation.Court)
	}
	if asked == "" && len(turn) > 0 {
		return turn[0]
	}
	return cmp.Or(asked, c.Holder)
}

// DueUrgings returns what the county is to say now about the limits of a case
// (黄灯提醒、红灯督办、提级督办): of each limit the strongest grade whose moment has come. What
// is weaker than a grade that is said, or was, is not said any more.
func DueUrgings(c *Case, ix Lookup, now time.Time) []Urged {
	var out []Urged
	for _, w := range watch(c, ix) {
		for _, g := range []Grade{GradeUp, GradeRed, GradeYellow} {
			at, to := w.when(g)
			if at.IsZero() || now.Before(at) {
				continue
			}
			if !w.clock.urged(g, w.due) {
				out = append(out, Urged{Grade: g, Limit: w.clock.Limit, Start: w.clock.By, To: to, Due: w.due})
			}
			break
		}
	}
	return out
}

// NextUrging returns the first moment at which DueUrgings has something to say, past or
// to come; ok is false where it never will as the case stands.
func NextUrging(c *Case, ix Lookup) (next time.Time, ok bool) {
	for _, w := range watch(c, ix) {
		for _, g := range []Grade{GradeYellow, GradeRed, GradeUp} {
			at, _ := w.when(g)
			if at.IsZero() || w.clock.urged(g, w.due) {
				continue
			}
			if !ok || at.Before(next) {
				next, ok = at, true
			}
			break
		}
	}
	return next, ok
}

// watched is a limit that the county supervises.
type watched struct {
	clock *Clock
	due   string // its last day
	// From when on which grade is due; zero: never.
	yellow, red, up time.Time
	to, above       catalogue.UnitID // who is told, and who is when that was ignored
}

func (w *watched) when(g Grade) (at time.Time, to catalogue.UnitID) {
	switch g {
	case GradeYellow:
		return w.yellow, w.to
	case GradeRed:
		return w.red, w.to
	}
	return w.up, w.above
}

// watch returns the limits of a case that the county supervises: those that run, do not
// stand still and bind a unit that may be told.
func watch(c *Case, ix Lookup) []watched {
	if !c.Exists() || c.Ended() {
		return nil
	}
	var out []watched
	var told, turn []catalogue.UnitID // of the case, once they are needed
	for i := range c.Clocks {
		k := &c.Clocks[i]
		if !k.Stop.IsZero() || slices.Contains(rights, k.Limit) {
			continue
		}
		r, runs := runningOf(*k, c.Value(FieldCategory), ix, k.Start)
		if !runs || !r.Paused.IsZero() {
			continue
		}
		if told == nil {
			told, turn = Recipients(c, ix), Turn(c)
		}
		mayKnow := func(u catalogue.UnitID) bool { return slices.Contains(told, u) }
		acts := func(u catalogue.UnitID) catalogue.UnitID { return cmp.Or(standIn(c, c.Holder, u, ix), u) }
		bound := Bound(c, k, turn)
		w := watched{clock: k, due: ix.Calendar().LastDay(r.Due).Format(time.DateOnly), yellow: r.Yellow, red: r.Due}
		if w.to = first(mayKnow, acts(bound), bound, acts(c.Lead), acts(c.Holder), c.Holder); w.to == "" {
			continue
		}
		above := slices.Concat(superiors(w.to, ix), superiors(c.Holder, ix))
		if w.to != c.Holder {
			above = append(above, c.Holder)
		}
		if w.above = first(mayKnow, above...); w.above != "" {
			w.up = k.ignored(w.due, ix)
		}
		out = append(out, w)
	}
	return out
}

func first(fits func(catalogue.UnitID) bool, units ...catalogue.UnitID) catalogue.UnitID {
	if i := slices.IndexFunc(units, fits); i >= 0 {
		return units[i]
	}
	return ""
}

// superiors are the units above one, the nearest first.
func superiors(u catalogue.UnitID, ix Lookup) []catalogue.UnitID {
	if chain := ix.Chain(u); len(chain) > 0 {
		return chain[1:]
	}
	return nil
}

// ignored returns from when on the red urging for a day counts as ignored; zero while
// there was none.
func (k *Clock) ignored(due string, ix Lookup) time.Time {
	for _, u := range slices.Backward(k.Urged) {
		if u.Grade == GradeRed && u.Due >= due {
			return ix.Calendar().Add(u.At, catalogue.Span{N: ix.Number(catalogue.EscalateAfter), Unit: catalogue.WorkDays})
		}
	}
	return time.Time{}
}

// urged reports whether the limit was urged in a grade, or in a stronger one, for a last
// day or a later one: a limit that was given more time is urged anew, one whose day came
// nearer again is not.
func (k *Clock) urged(g Grade, due string) bool {
	return slices.ContainsFunc(k.Urged, func(u Urging) bool { return u.Due >= due && !g.Stronger(u.Grade) })
}
