package casework

import "casedesk/store/catalogue"

// Cooperated lets units of other lines and regions take part, with the agreement that they do
// so under (区域协作).
type Cooperated struct {
	Units     []catalogue.UnitID `codec:"units,omitempty" ask:"units"`
	Region    string             `codec:"region,omitempty" ask:"text"` // those outside the county
	Agreement string             `codec:"agreement" ask:"text,required"`
	SignedOn  string             `codec:"signed_on,omitempty" ask:"date,past"`
}

// Num returns NumCooperated.
func (*Cooperated) Num() Number { return NumCooperated }

// Kind returns "cooperate".
func (*Cooperated) Kind() string { return string(ActCooperate) }

// Check finds the form's faults.
func (v *Cooperated) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Cooperated) apply(f *fold) Why {
	if _, why := f.rule(ActCooperate); why != "" {
		return why
	}
	for _, u := range v.Units {
		f.join(u)
	}
	return ""
}
