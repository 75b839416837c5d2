package casework

import "casedesk/store/catalogue"

// Escalated hands the case to the unit above the holder, one level at a time.
type Escalated struct {
	To     catalogue.UnitID `codec:"to" ask:"unit,required"`
	Reason string           `codec:"reason" ask:"longtext,required"`
}

// Num returns NumEscalated.
func (*Escalated) Num() Number { return NumEscalated }

// Kind returns "escalate".
func (*Escalated) Kind() string { return string(ActEscalate) }

// Check finds the form's faults; that To is one level up is authority's to say.
func (v *Escalated) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Escalated) apply(f *fold) Why {
	if f.c.mustNotSee(v.To) {
		return WhyConfidential
	}
	return f.pass(ActEscalate, v.To)
}
