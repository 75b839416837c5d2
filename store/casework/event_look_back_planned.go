package casework

// LookBackPlanned plans a look-back on a day (定期回头看).
type LookBackPlanned struct {
	On   string `codec:"on" ask:"date,required"`
	Note string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumLookBackPlanned.
func (*LookBackPlanned) Num() Number { return NumLookBackPlanned }

// Kind returns "plan_look_back".
func (*LookBackPlanned) Kind() string { return string(ActPlanLookBack) }

// Check finds the form's faults.
func (v *LookBackPlanned) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *LookBackPlanned) apply(f *fold) Why {
	_, why := f.rule(ActPlanLookBack)
	if why == "" {
		f.startAnother(LimitLookBack, v.On)
	}
	return why
}
