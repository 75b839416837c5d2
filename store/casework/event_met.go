package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Met is the record of a meeting of units about the case (会商). Who was there takes
// part from then on. It may name the one unit that is to lead: written by the unit
// that answers for the case, while some unit has it in hand and the writer knew which, that unit leads and
// those who were there handle the case beside it. Before that, assigning is a step
// of its own, and afterwards nobody leads any more.
type Met struct {
	When      string             `codec:"when" ask:"time,required,past"`
	Place     string             `codec:"place" ask:"text,required"`
	Units     []catalogue.UnitID `codec:"units" ask:"units,required"`
	Minutes   string             `codec:"minutes" ask:"longtext,required"`
	Decisions string             `codec:"decisions" ask:"longtext,required"`
	Lead      catalogue.UnitID   `codec:"lead,omitempty" ask:"unit"`
}

// Num returns NumMet.
func (*Met) Num() Number { return NumMet }

// Kind returns "meet".
func (*Met) Kind() string { return string(ActMeet) }

// Check finds the form's faults.
func (v *Met) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Met) apply(f *fold) Why {
	c := f.c
	if v.Lead != "" && c.mustNotSee(v.Lead) {
		return WhyConfidential
	}
	if _, why := f.rule(ActMeet); why != "" {
		return why
	}
	for _, u := range v.Units {
		f.join(u)
	}
	if v.Lead == "" || f.e.Unit != c.Holder || !c.inHand() || !f.seen(c.Hands[len(c.Hands)-1].By) {
		return ""
	}
	was := c.Lead
	if was != v.Lead {
		f.hand(c.Holder, v.Lead)
	}
	c.Co = slices.DeleteFunc(slices.Clone(c.Co), func(u catalogue.UnitID) bool { return u == v.Lead })
	for _, u := range append(slices.Clone(v.Units), was) { // who had it goes on with what it owes
		if u != "" && u != v.Lead && !c.mustNotSee(u) && !slices.Contains(c.Co, u) {
			c.Co = append(c.Co, u)
		}
	}
	return ""
}

// inHand reports whether the case stands with a unit that was given it.
func (c *Case) inHand() bool {
	t, ok := TableOf(c.Matter)
	return ok && c.Lead != "" && slices.Contains(t.Back.From, c.State)
}
