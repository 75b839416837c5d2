package casework

import (
	"cmp"
)

// Offer is an action as it can be offered on a case: allowed now, or why not.
type Offer struct {
	Action  Action
	Group   Group
	Allowed bool
	WhyNot  Why
	Fields  []FieldSpec
}

// Offers returns every action of the case's table with whether the person may
// do it now, in the order of the table. What is done to a case that one is not
// shown is not among them.
func Offers(c *Case, p Person, ix Lookup) []Offer {
	t, ok := TableOf(c.Matter)
	if !ok {
		return nil
	}
	var out []Offer
	for _, a := range t.Actions() {
		r, _ := t.AnyRule(a)
		if r.Unseen || r.Apart {
			continue
		}
		o := Offer{Action: a, Group: cmp.Or(r.Group, GroupProceed), Fields: FieldsOn(c, r.New(), ix), WhyNot: Allowed(c, p, a, ix)}
		if a == ActAmend {
			o.Fields = t.Fields
		}
		o.Allowed = o.WhyNot == ""
		out = append(out, o)
	}
	return out
}

// Allowed returns why a person may not do an action to the case now, or "".
func Allowed(c *Case, p Person, a Action, ix Lookup) Why {
	t, ok := TableOf(c.Matter)
	if !ok {
		return WhyNoCase
	}
	if c.Unknown > 0 && a != ActNote {
		return WhyUnknown
	}
	if why := May(c, c.Hand(), p, a, ix); why != "" {
		return why
	}
	r, ok := t.Rule(a, c.State)
	if !ok {
		return WhyState
	}
	if why := r.barred(c); why != "" {
		return why
	}
	switch {
	case !p.Alone && powerless(c, a, ix):
		return WhyNotClaimed
	case a == ActSettle && len(c.Contested) == 0 && len(c.HeldNow) == 0:
		return WhyNotContested
	case a == ActRelease && len(c.HeldNow) == 0:
		return WhyNotHeld
	case a == ActCloseGlass && len(c.Glass) == 0:
		return WhyNoGlass
	}
	return ""
}

// NewEvent returns an empty event of an action of the case's table.
func (c *Case) NewEvent(a Action) (Event, bool) {
	t, ok := TableOf(c.Matter)
	if !ok {
		return nil, false
	}
	r, ok := t.AnyRule(a)
	if !ok {
		return nil, false
	}
	return r.New(), true
}
