package casework

import (
	"reflect"
	"slices"

	"casedesk/store/catalogue"
)

// Targets judges the units that an event on a case names: they must exist, a case
// goes up one level at a time from one of the hands given, from units that it is
// about to one that may take it over, and to the procuratorate or a court only where
// somebody of it serves.
func Targets(c *Case, hands []Hand, ev Event, ix Lookup) Why {
	switch ev := ev.(type) {
	case *TakenOut:
		if c.takenOut(ev.Unit) {
			return "" // it is gone: what was meant is done
		}
		return c.stays(ev.Unit)
	case *Confided:
		if !mayTakeOver(c, ev, ix) {
			return WhyNoTarget
		}
	case *Escalated:
		if !slices.ContainsFunc(hands, func(h Hand) bool { return ix.Parent(h.Unit) == ev.To }) {
			return WhyLevel
		}
	case *LeadSent:
		if !ix.Staffed(ev.To, catalogue.Procurator) {
			return WhyNoTarget
		}
	case *ConfirmationApplied:
		if ev.Court != "" && !ix.Staffed(ev.Court, catalogue.Court) {
			return WhyNoCourt
		}
	case *Entrusted:
		if ev.Court != "" && !ix.Staffed(ev.Court, catalogue.Court) {
			return WhyNoCourt
		}
	case *ReviewAsked:
		if !reviewedBy(ev.To, hands, ix) {
			return WhyNotOneAbove
		}
	case *RecheckAsked:
		if !reviewedBy(ev.To, hands, ix) {
			return WhyNotOneAbove
		}
	case *Emergency:
		if !slices.ContainsFunc(hands, func(h Hand) bool { return ev.goesUp(h, ix) }) {
			return WhyNotAbove
		}
	case *CompetenceDisputed:
		if ev.To == "" || !slices.ContainsFunc(hands, func(h Hand) bool { return ev.decider(h, ix) == ev.To }) {
			return WhyNoSuperior
		}
	}
	if _, says := ev.(*Confided); !says && slices.ContainsFunc(unitsOf(ev), func(u catalogue.UnitID) bool {
		return c.hides(u, ix) && !c.mustNotSee(u) // the fold sees to those that the case is about
	}) {
		return WhyConfidential
	}
	return exist(unitsOf(ev), ix)
}

// Orders judges whether a unit may give the order that an event is: to those below it
// alone. Of its own level it orders nobody, however far the case has gone.
func Orders(ev Event, giver catalogue.UnitID, ix Lookup) Why {
	order, gives := ev.(*Supervised)
	if !gives {
		return ""
	}
	if !slices.Contains(superiors(order.To, ix), giver) {
		return WhyNotBelow
	}
	return ""
}

// reviewedBy judges who is asked to review: the unit above the one that answered, or
// an organ outside.
func reviewedBy(to catalogue.UnitID, hands []Hand, ix Lookup) bool {
	return to == "" || slices.ContainsFunc(hands, func(h Hand) bool { return ix.Parent(h.Lead) == to || ix.Parent(h.Unit) == to })
}

// unitsOf returns the units that somebody named in an event's form.
func unitsOf(ev Event) []catalogue.UnitID {
	var out []catalogue.UnitID
	rv := reflect.ValueOf(ev).Elem()
	for _, s := range specsOf(ev) {
		switch v := rv.Field(s.index); {
		case s.Type == TypeUnits:
			out = append(out, v.Interface().([]catalogue.UnitID)...)
		case s.Type == TypeUnit && (s.Required || v.Len() > 0):
			out = append(out, catalogue.UnitID(v.String()))
		}
	}
	return out
}

// mayTakeOver judges who is to take a case over that becomes 保密 or ceases to be.
// Where the writer saw the case may be another place than where it is now, or than
// the county's catalogue knows; a confidentiality that is refused for that would let
// the words go on to those whom they are about. So the level decides, not the place.
func mayTakeOver(c *Case, ev *Confided, ix Lookup) bool {
	u, known := ix.Unit(ev.Holder)
	switch {
	case ev.Holder == "":
		return true
	case !known:
		return false
	case u.Level == catalogue.County && u.Kind != catalogue.Department:
		return true
	}
	return ev.Confidential != "yes" &&
		(u.Level == catalogue.Town || slices.Contains(ix.PlaceUnits(catalogue.DivisionCode(c.Value(FieldDivision))), ev.Holder))
}

func exist(units []catalogue.UnitID, ix Lookup) Why {
	for _, u := range units {
		if _, ok := ix.Unit(u); !ok {
			return WhyNoTarget
		}
	}
	return ""
}
