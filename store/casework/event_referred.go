package casework

// Referred tells the parties of another door, legal aid or a mass organisation, and notes
// it; the case stays.
type Referred struct {
	Referral string `codec:"referral" ask:"code=referrals,required"`
	Note     string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumReferred.
func (*Referred) Num() Number { return NumReferred }

// Kind returns "refer".
func (*Referred) Kind() string { return string(ActRefer) }

// Check finds the form's faults.
func (v *Referred) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Referred) apply(f *fold) Why {
	_, why := f.rule(ActRefer)
	return why
}
