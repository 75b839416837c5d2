package casework

import "slices"

// Declined records that a party clearly refuses mediation. Nobody mediates against it
// (人民调解法 art. 17) until that party consents.
type Declined struct {
	Element ElementID `codec:"element" ask:"element,required"`
	Reason  string    `codec:"reason" ask:"longtext,required"`
}

// Num returns NumDeclined.
func (*Declined) Num() Number { return NumDeclined }

// Kind returns "decline".
func (*Declined) Kind() string { return string(ActDecline) }

// Check finds the form's faults.
func (v *Declined) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Declined) apply(f *fold) Why {
	r, why := f.rule(ActDecline)
	if why != "" {
		return why
	}
	if f.c.party(v.Element) < 0 {
		return WhyNoParty
	}
	f.stop(r.Stops...)
	if !slices.ContainsFunc(f.c.Declined, func(d Decline) bool { return d.Element == v.Element }) {
		f.c.Declined = append(f.c.Declined, Decline{Element: v.Element, Reason: v.Reason, By: f.e.UID})
	}
	return ""
}
