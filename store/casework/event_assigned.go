package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Assigned routes the case: one lead unit (主办) and any number of co-handlers
// (协办). The unit that routes it goes on answering for it.
type Assigned struct {
	Lead catalogue.UnitID   `codec:"lead" ask:"unit,required"`
	Co   []catalogue.UnitID `codec:"co,omitempty" ask:"units"`
	Note string             `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumAssigned.
func (*Assigned) Num() Number { return NumAssigned }

// Kind returns "assign".
func (*Assigned) Kind() string { return string(ActAssign) }

// Check finds the form's faults.
func (v *Assigned) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Assigned) apply(f *fold) Why {
	if f.c.mustNotSee(v.Lead) {
		return WhyConfidential
	}
	co := slices.DeleteFunc(slices.Clone(v.Co), func(u catalogue.UnitID) bool { return u == v.Lead || f.c.mustNotSee(u) })
	if f.c.crosses() && len(co) == 0 {
		return WhyNeedsJoint
	}
	why := f.move(ActAssign, "")
	if why != "" {
		return why
	}
	f.hand(f.c.Holder, v.Lead)
	f.c.Co = co
	return ""
}
