package i18n

import (
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Refused says why an action cannot be done to a case now, and where that lies: of a
// state which it is, in which states it can be done and by what it gets there; of a
// person who may.
func (w *Words) Refused(c *casework.Case, a casework.Action, why casework.Why, ix casework.Lookup) string {
	switch why {
	case casework.WhyState:
		return w.wrongState(c, a)
	case casework.WhyRole, casework.WhyNotYourUnit, casework.WhyNotLead:
		var who []string
		for _, r := range casework.WhoMay(c, a) {
			who = append(who, w.who(c, r, ix))
		}
		if len(who) > 0 {
			return w.T("why."+Key(why)) + w.T("why.who_may", strings.Join(who, w.T("list.separator")))
		}
	}
	return w.T("why." + Key(why))
}

// fewStates are as many as are named where there is little room.
const fewStates = 4

// RefusedBriefly is Refused for a list of actions: of a wrong state it says in which
// ones the action can be done, unless that is nearly all.
func (w *Words) RefusedBriefly(c *casework.Case, a casework.Action, why casework.Why) string {
	if t, ok := casework.TableOf(c.Matter); ok && why == casework.WhyState {
		if in := t.StatesOf(a); len(in) > 0 && len(in) <= fewStates {
			return w.T("why.only_state", w.States(in))
		}
	}
	return w.T("why." + Key(why))
}

func (w *Words) wrongState(c *casework.Case, a casework.Action) string {
	t, ok := casework.TableOf(c.Matter)
	if !ok {
		return w.T("why.state")
	}
	in := t.StatesOf(a)
	args := []any{w.T("action." + Key(a)), w.T("state." + Key(c.State)), w.States(in)}
	if len(in) > len(t.States)/2 {
		return w.T("why.not_in_state", args[:2]...)
	}
	said := w.T("why.in_state", args...)
	var ways []string
	for _, way := range casework.WaysTo(c, a) {
		ways = append(ways, w.T("why.step", w.T("action."+Key(way)), way))
	}
	if len(ways) > 0 {
		said += w.T("why.first", strings.Join(ways, w.T("kit.comma")))
	}
	return said
}

// who says whom a right is given: as what of the case, by what roles.
func (w *Words) who(c *casework.Case, r casework.Right, ix casework.Lookup) string {
	units := map[string]catalogue.UnitID{"registrar": c.Registrar, "holder": c.Holder, "lead": c.Lead}
	var as, by []string
	for _, name := range r.Who.Names() {
		said := w.T("relation." + Key(name))
		if u := units[name]; u != "" {
			said = w.T("why.unit", said, ix.UnitName(u))
		}
		as = append(as, said)
	}
	for _, role := range r.Roles {
		by = append(by, w.T("role."+Key(role)))
	}
	comma := w.T("kit.comma")
	return w.T("why.who", strings.Join(as, comma), strings.Join(by, comma))
}

// States lists states by their names.
func (w *Words) States(list []casework.State) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = w.T("state." + Key(s))
	}
	return strings.Join(names, w.T("kit.comma"))
}
