package casework

// Reopened takes a case up again; what ended it stays in the history.
type Reopened struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumReopened.
func (*Reopened) Num() Number { return NumReopened }

// Kind returns "reopen".
func (*Reopened) Kind() string { return string(ActReopen) }

// Check finds the form's faults.
func (v *Reopened) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Reopened) apply(f *fold) Why {
	why := f.move(ActReopen, "")
	if why == "" {
		f.hand(f.c.Holder, "")
		f.c.Co, f.c.Outcome, f.c.Reply, f.c.Agreement = nil, "", "", Agreement{}
	}
	return why
}
