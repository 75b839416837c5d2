package casework

// Transferred hands the case to somebody outside the platform (移送).
type Transferred struct {
	Referral string `codec:"referral" ask:"code=referrals,required"`
	Reason   string `codec:"reason" ask:"longtext,required"`
	Laws     string `codec:"laws,omitempty" ask:"text"`
}

// Num returns NumTransferred.
func (*Transferred) Num() Number { return NumTransferred }

// Kind returns "transfer".
func (*Transferred) Kind() string { return string(ActTransfer) }

// Check finds the form's faults.
func (v *Transferred) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Transferred) apply(f *fold) Why {
	why := f.move(ActTransfer, "")
	if why == "" {
		f.c.Outcome = v.Reason
	}
	return why
}
