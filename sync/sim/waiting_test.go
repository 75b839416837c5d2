package sim_test

import (
	"maps"
	"slices"
	"strings"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// waiting are the entries of a case that a person has to decide on.
func waiting(c *casework.Case) []casework.EntryID { return slices.Concat(c.HeldNow, c.Contested) }

// waitsFor says once more, in other words than the product, in whose 待办 a case
// must be because of what waits in it: who wrote what waits, whoever may settle
// it in the unit that holds the case, and for what is held the office of that
// unit or of one above. Who is who is what the laptop's catalogue says: it is the
// newest, where a restored county lost that.
func (w *world) waitsFor(l *laptop, c *casework.Case) bool {
	ix := l.store.Catalogue()
	person, _ := ix.Person(l.user)
	if person.Left {
		return false
	}
	seen := slices.DeleteFunc(w.shownTo(l, c), func(u catalogue.UnitID) bool { return !slices.Contains(person.Units, u) })
	if len(seen) == 0 {
		return false
	}
	office := slices.Contains(person.Roles, catalogue.Office)
	holds := slices.Contains(seen, c.Holder)
	// Of a case whose registration is held, nothing can be settled before that.
	if c.Exists() && len(c.Contested) > 0 && holds && (office || slices.Contains(person.Roles, catalogue.Mediator)) {
		return true
	}
	oversees := slices.ContainsFunc(seen, func(u catalogue.UnitID) bool {
		for up := ix.Parent(c.Holder); up != ""; up = ix.Parent(up) {
			if up == u {
				return true
			}
		}
		return false
	})
	if len(c.HeldNow) > 0 && office && (holds || oversees) {
		return true
	}
	return c.Exists() && slices.ContainsFunc(waiting(c), func(uid casework.EntryID) bool {
		line, _ := c.Line(uid)
		return line.Actor == l.user
	})
}

// checkTodo fails if something waits and the right person is not told.
func (w *world) checkTodo(l *laptop, h holdings) {
	w.t.Helper()
	list, err := l.store.Rows(store.Query{Tab: store.TabTodo})
	w.ok(err)
	todo := map[casework.CaseID]bool{}
	for _, row := range list.Rows {
		todo[row.ID] = true
	}
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		if len(waiting(&c)) > 0 && w.waitsFor(l, &c) && !todo[id] {
			w.t.Errorf("case %s waits for %s, whose list does not have it:%s", short(id), l.name, sketch(&c))
		}
	}
}

// settleAll lets those whom it waits for decide everything, until nothing waits.
func (w *world) settleAll() {
	w.t.Helper()
	w.fillPosts()
	for range 8 {
		if !w.decideOnce() {
			break
		}
		w.everybodySyncs()
	}
	h := w.atCounty()
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		if len(waiting(&c)) > 0 && !nobodysCase(&c) {
			w.t.Errorf("case %s still waits:%s", short(id), sketch(&c))
		}
	}
	w.checkReplicas()
}

// fillPosts publishes a catalogue in which every desk that holds cases is served
// by somebody who may decide: everybody is her unit's office, and the county and
// the town have theirs again.
func (w *world) fillPosts() {
	w.t.Helper()
	w.person("county1").Units = []catalogue.UnitID{"441621", "jiangdong"}
	w.person("mediator1").Units = []catalogue.UnitID{"441621102"}
	for i := range w.cat.People {
		w.cat.People[i].Left = false
		w.cat.People[i].Roles = []catalogue.Role{catalogue.GridWorker, catalogue.Mediator, catalogue.Office, catalogue.Handler}
	}
	w.cat.Version++
	w.issue()
	w.everybodySyncs()
}

// nobodysCase reports whether a case is in nobody's hands, for all units of its
// place are accused. Only a person above the county can say what becomes of that.
func nobodysCase(c *casework.Case) bool { return c.Holder == "" }

// decideOnce lets each case that waits be decided on by one laptop; it reports
// whether there was anything to decide.
func (w *world) decideOnce() bool {
	w.t.Helper()
	any := false
	cases := w.atCounty().cases
	for _, id := range slices.SortedFunc(maps.Keys(cases), func(a, b casework.CaseID) int { return strings.Compare(a.String(), b.String()) }) {
		c := casework.Fold(id, cases[id])
		if len(waiting(&c)) == 0 {
			continue
		}
		if l, unit := w.decider(&c); l != nil {
			any = true
			l.decide(id, unit)
		}
	}
	return any
}

// decider is a laptop whose person may decide on what waits first; somebody who
// has none yet gets one.
func (w *world) decider(c *casework.Case) (*laptop, catalogue.UnitID) {
	w.t.Helper()
	ix := catalogue.NewIndex(w.published())
	action := actionFor(c)
	for _, l := range w.live() {
		for _, unit := range l.store.Profile().Units {
			if !l.revoked && len(w.shownTo(l, c)) > 0 && casework.Allowed(c, casework.Person{User: l.user, Unit: unit}, action, ix) == "" {
				return l, unit
			}
		}
	}
	for _, p := range w.published().People {
		for _, unit := range p.Units {
			sees := slices.Contains(casework.Recipients(c, ix), unit)
			if !p.Left && sees && casework.Allowed(c, casework.Person{User: p.User, Unit: unit}, action, ix) == "" {
				return w.joined(p.User), unit
			}
		}
	}
	return nil, ""
}

// actionFor is what decides on the entry that waits first: held ones are released
// in order, before anything is settled.
func actionFor(c *casework.Case) casework.Action {
	if len(c.HeldNow) > 0 {
		return casework.ActRelease
	}
	return casework.ActSettle
}

// decide decides on what waits in a case as the laptop shows it, as far as its
// person may.
func (l *laptop) decide(id casework.CaseID, unit catalogue.UnitID) {
	w := l.w
	w.t.Helper()
	for range 40 {
		v, err := l.store.Case(id)
		w.ok(err)
		c := &v.Case
		if len(waiting(c)) == 0 {
			return
		}
		uid, action := waiting(c)[0], actionFor(c)
		if casework.Allowed(c, l.store.Person(unit), action, l.store.Catalogue()) != "" {
			return // another has to
		}
		var ev casework.Event = &casework.Released{Entry: uid}
		line, _ := c.Line(uid)
		if action == casework.ActRelease && slices.Contains(line.Kinds, "release") && c.Exists() { // the county would not have it
			action, ev = "leave out", &casework.Settled{Entry: uid, Choice: "keep"}
		}
		if action == casework.ActSettle {
			choice := "keep"
			if w.chance(40) {
				choice = "take" // which may not fit, and leaves it where it was
			}
			ev = &casework.Settled{Entry: uid, Choice: choice}
		}
		l.save("at the end "+string(action), store.Work{Case: id, Events: []casework.Event{ev}, Unit: unit})
		if action == casework.ActRelease { // what needs another case may never fit: it is left out
			v, err := l.store.Case(id)
			w.ok(err)
			if slices.Contains(v.Case.HeldNow, uid) {
				l.save("at the end leave out", store.Work{Case: id, Events: []casework.Event{&casework.Settled{Entry: uid, Choice: "keep"}}, Unit: unit})
			}
		}
	}
}
