package casework

// Closed ends the case with its outcome and what the parties were told
// (seed: “件件有着落、事事有回音”).
type Closed struct {
	Outcome string `codec:"outcome" ask:"longtext,required"`
	Reply   string `codec:"reply" ask:"longtext,required"`
}

// Num returns NumClosed.
func (*Closed) Num() Number { return NumClosed }

// Kind returns "close".
func (*Closed) Kind() string { return string(ActClose) }

// Check finds the form's faults.
func (v *Closed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Closed) apply(f *fold) Why {
	why := f.move(ActClose, "")
	if why == "" {
		f.c.Outcome, f.c.Reply = v.Outcome, v.Reply
	}
	return why
}
