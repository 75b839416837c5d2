package casework

import "casedesk/store/catalogue"

// Confided makes a case 保密, or lifts it. It works forward: who holds the case
// keeps what was delivered until it is withdrawn, and lifting shows the whole
// history.
type Confided struct {
	Confidential string             `codec:"confidential" ask:"choice=yes|no,required"`
	About        []catalogue.UnitID `codec:"about_units,omitempty" ask:"units"`
	Reason       string             `codec:"reason" ask:"longtext,required"`
}

// Num returns NumConfided.
func (*Confided) Num() Number { return NumConfided }

// Kind returns "confide".
func (*Confided) Kind() string { return string(ActConfide) }

// Check finds the form's faults.
func (v *Confided) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Confided) apply(f *fold) Why {
	if _, why := f.rule(ActConfide); why != "" {
		return why
	}
	f.c.Confidential = v.Confidential == "yes"
	f.c.About = v.About
	return ""
}
