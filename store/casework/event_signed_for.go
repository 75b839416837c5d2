package casework

// SignedFor is the lead unit taking over what was assigned to it.
type SignedFor struct {
	Note string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumSignedFor.
func (*SignedFor) Num() Number { return NumSignedFor }

// Kind returns "sign_for".
func (*SignedFor) Kind() string { return string(ActSignFor) }

// Check finds the form's faults.
func (v *SignedFor) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *SignedFor) apply(f *fold) Why {
	return f.move(ActSignFor, "")
}
