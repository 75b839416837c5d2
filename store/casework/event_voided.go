package casework

// Voided takes back a case that was entered by mistake (作废). Nothing is deleted.
type Voided struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumVoided.
func (*Voided) Num() Number { return NumVoided }

// Kind returns "void".
func (*Voided) Kind() string { return string(ActVoid) }

// Check finds the form's faults.
func (v *Voided) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Voided) apply(f *fold) Why {
	return f.move(ActVoid, "")
}
