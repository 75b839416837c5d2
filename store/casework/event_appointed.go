package casework

// Appointed fixes a time with the parties: a mediation, a visit, a meeting. It
// stands in the day list of the units that have to do with the case.
type Appointed struct {
	When    string `codec:"when" ask:"time,required"`
	Place   string `codec:"place" ask:"text,required"`
	With    string `codec:"with,omitempty" ask:"text"`
	Purpose string `codec:"purpose,omitempty" ask:"text"`
	Notice  bool   `codec:"notice,omitempty" ask:"bool"` // a notice slip was given
}

// Num returns NumAppointed.
func (*Appointed) Num() Number { return NumAppointed }

// Kind returns "appoint".
func (*Appointed) Kind() string { return string(ActAppoint) }

// Check finds the form's faults.
func (v *Appointed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Appointed) apply(f *fold) Why {
	_, why := f.rule(ActAppoint)
	return why
}
