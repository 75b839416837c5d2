package casework

// Resumed takes a suspended case up again where it stood before.
type Resumed struct {
	Note string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumResumed.
func (*Resumed) Num() Number { return NumResumed }

// Kind returns "resume".
func (*Resumed) Kind() string { return string(ActResume) }

// Check finds the form's faults.
func (v *Resumed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply changes nothing where a decision takes it for a case that goes on already.
func (v *Resumed) apply(f *fold) Why {
	return f.move(ActResume, *f.c.standing())
}
