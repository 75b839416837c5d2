package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// HandedUp gives a delegated matter to the county's unit that has the power,
// because the town may not act in its own name. The town goes on answering to
// whoever came to its window; who handles it beside goes on helping.
type HandedUp struct {
	Unit   catalogue.UnitID `codec:"power_unit" ask:"unit,required"`
	Reason string           `codec:"reason" ask:"longtext,required"`
}

// Num returns NumHandedUp.
func (*HandedUp) Num() Number { return NumHandedUp }

// Kind returns "hand_up".
func (*HandedUp) Kind() string { return string(ActHandUp) }

// Check finds the form's faults; that the unit has the power is authority's to say.
func (v *HandedUp) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *HandedUp) apply(f *fold) Why {
	if f.c.mustNotSee(v.Unit) {
		return WhyConfidential
	}
	why := f.move(ActHandUp, "")
	if why == "" {
		f.hand(f.c.Holder, v.Unit)
		f.c.Co = slices.DeleteFunc(slices.Clone(f.c.Co), func(u catalogue.UnitID) bool { return u == v.Unit })
	}
	return why
}
