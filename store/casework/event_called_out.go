package casework

import "casedesk/store/catalogue"

// CalledOut calls a unit to the case at once, up or down or sideways, with a note
// of what is needed (seed: “快速联动处置”). The unit takes part from then on.
type CalledOut struct {
	Unit catalogue.UnitID `codec:"unit" ask:"unit,required"`
	Note string           `codec:"note" ask:"longtext,required"`
}

// Num returns NumCalledOut.
func (*CalledOut) Num() Number { return NumCalledOut }

// Kind returns "call_out".
func (*CalledOut) Kind() string { return string(ActCallOut) }

// Check finds the form's faults.
func (v *CalledOut) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *CalledOut) apply(f *fold) Why {
	if f.c.mustNotSee(v.Unit) {
		return WhyConfidential
	}
	if why := f.move(ActCallOut, ""); why != "" {
		return why
	}
	f.join(v.Unit)
	f.startAnother(LimitCallOut, "").Asked = v.Unit
	return ""
}
