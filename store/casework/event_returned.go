package casework

// Returned gives an assigned case back to the unit that routes it, with a reason. Of
// a lead of public interest it gives back only what the writer's unit was asked.
type Returned struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumReturned.
func (*Returned) Num() Number { return NumReturned }

// Kind returns "return".
func (*Returned) Kind() string { return string(ActReturn) }

// Check finds the form's faults.
func (v *Returned) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Returned) apply(f *fold) Why {
	if f.c.Matter == PublicInterest {
		return f.stepOut()
	}
	return f.pass(ActReturn, f.c.Holder)
}
