package casework

import "slices"

// Consented records that a party who had refused mediation now agrees to it.
type Consented struct {
	Element ElementID `codec:"element" ask:"element,required"`
	Note    string    `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumConsented.
func (*Consented) Num() Number { return NumConsented }

// Kind returns "consent".
func (*Consented) Kind() string { return string(ActConsent) }

// Check finds the form's faults.
func (v *Consented) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Consented) apply(f *fold) Why {
	r, why := f.rule(ActConsent)
	if why != "" {
		return why
	}
	i := slices.IndexFunc(f.c.Declined, func(d Decline) bool { return d.Element == v.Element })
	if i < 0 {
		return WhyNotDeclined
	}
	f.c.Declined = slices.Delete(f.c.Declined, i, i+1)
	f.stop(r.Stops...)
	return ""
}
