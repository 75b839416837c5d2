package casework

// Failed ends the mediation without an agreement. The parties must be told of
// arbitration, administrative and judicial ways (人民调解法 art. 26), and that
// they were told is recorded.
type Failed struct {
	Reason   string `codec:"reason" ask:"longtext,required"`
	Remedies string `codec:"remedies" ask:"longtext,required"`
}

// Num returns NumFailed.
func (*Failed) Num() Number { return NumFailed }

// Kind returns "fail".
func (*Failed) Kind() string { return string(ActFail) }

// Check finds the form's faults.
func (v *Failed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Failed) apply(f *fold) Why {
	return f.move(ActFail, "")
}
