package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// What is done about who sees a case.
const (
	ActBreakGlass Action = "break_glass" // 应急查阅
	ActCloseGlass Action = "close_glass" // 结束应急查阅
)

// The numbers of this subject's events.
const (
	NumBrokeGlass  Number = 140
	NumClosedGlass Number = 141
	NumHandedOver  Number = 142
	NumTakenOver   Number = 143
)

// Reasons that this subject has.
const (
	WhyReadsOnly  Why = "reads_only"  // a leader's account reads and does nothing
	WhySeen       Why = "seen"        // the unit gets to see the case anyway
	WhyNotSecret  Why = "not_secret"  // 应急查阅 is for confidential cases alone
	WhyNoGlass    Why = "no_glass"    // no such 应急查阅 is open
	WhyNoHandover Why = "no_handover" // the log named was not handed over to this person, or goes on
)

// accessRules are about who gets to see a case. Whoever looks in has her unit
// above the place or the holder, or is the procuratorate's, which supervises by
// law (宪法 art. 134); she may go on reading until the access is closed, after
// the case's end too, for what has ended is looked into as well.
func accessRules(p phases) []Rule {
	return []Rule{
		{Action: ActBreakGlass, Group: GroupJoint, From: p.all, Unseen: true,
			Who: Overseer, Roles: roles{catalogue.Center, catalogue.Office, catalogue.Procurator},
			Kept: true,
			New:  func() Event { return new(BrokeGlass) }},
		{Action: ActCloseGlass, Group: GroupJoint, From: p.all,
			Who: Holder | Superior | Overseer, Roles: roles{catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Procurator},
			New: func() Event { return new(ClosedGlass) }},
	}
}

var accessKinds = map[Number]func() Event{
	NumBrokeGlass:  func() Event { return new(BrokeGlass) },
	NumClosedGlass: func() Event { return new(ClosedGlass) },
	NumHandedOver:  func() Event { return new(HandedOver) },
	NumTakenOver:   func() Event { return new(TakenOver) },
}

// Glass is an 应急查阅 that is open.
type Glass struct {
	Unit catalogue.UnitID // it gets to see the case
	By   EntryID
}

// oversees reports whether a unit may ask for a confidential case that is not
// shown to it: one above the case's place or holder, or a department of such a
// one. Which roles may do so is the table's to say.
func oversees(c *Case, holder, unit catalogue.UnitID, ix Lookup) bool {
	above := unit
	if u, ok := ix.Unit(unit); ok && u.Kind == catalogue.Department {
		above = u.Parent
	}
	lowest := ix.PlaceUnits(catalogue.DivisionCode(c.Value(FieldDivision)))
	return ix.Above(above, holder) || len(lowest) > 0 && ix.Above(above, lowest[0]) ||
		above != unit && above == holder // the department of the one that holds it
}

// ReadsOnly reports whether the person may read and do nothing: every role that
// she has is a leader's.
func ReadsOnly(user catalogue.UserID, ix Lookup) bool {
	p, ok := ix.Person(user)
	return ok && len(p.Roles) > 0 && !slices.ContainsFunc(p.Roles, func(r catalogue.Role) bool { return r != catalogue.Leader })
}

// MayBreakGlass judges whether a person's role may ask for a case at all. The
// rest the county judges, which has the case.
func MayBreakGlass(p Person, ix Lookup) Why {
	if why := Serves(p, ix); why != "" {
		return why
	}
	if ReadsOnly(p.User, ix) {
		return WhyReadsOnly
	}
	person, _ := ix.Person(p.User)
	for _, m := range Matters {
		r, ok := tables[m].AnyRule(ActBreakGlass)
		if ok && slices.ContainsFunc(r.Roles, func(role catalogue.Role) bool { return slices.Contains(person.Roles, role) }) {
			return ""
		}
	}
	return WhyRole
}

// unheeded reports whether somebody looks into the case and the unit, which
// holds or registered it, has not said a word since it could know.
func (c *Case) unheeded(unit catalogue.UnitID) bool {
	if unit != c.Holder && unit != c.Registrar {
		return false
	}
	if !slices.ContainsFunc(c.Glass, func(g Glass) bool { return g.Unit != unit }) {
		return false
	}
	var known []EntryID // what the unit had seen when it wrote
	for i := range c.Timeline {
		if l := &c.Timeline[i]; l.Unit == unit && l.Effect != HeldBack {
			known = append(known, l.Parents...)
		}
	}
	seen := c.SeenFrom(known)
	return slices.ContainsFunc(c.Glass, func(g Glass) bool { return g.Unit != unit && !seen[g.By] })
}
