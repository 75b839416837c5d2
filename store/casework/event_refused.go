package casework

// Refused ends a case that is not taken up, or that the parties no longer want help
// with (人民调解法 art. 17: no mediation against the clear refusal of one side).
type Refused struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumRefused.
func (*Refused) Num() Number { return NumRefused }

// Kind returns "refuse".
func (*Refused) Kind() string { return string(ActRefuse) }

// Check finds the form's faults.
func (v *Refused) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Refused) apply(f *fold) Why {
	return f.move(ActRefuse, "")
}
