package casework

// ObjectionAccepted takes a petition back from a unit whose business it is not
// (信访工作条例 art. 23), to be handed to another.
type ObjectionAccepted struct {
	Note string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumObjectionAccepted.
func (*ObjectionAccepted) Num() Number { return NumObjectionAccepted }

// Kind returns "accept_objection".
func (*ObjectionAccepted) Kind() string { return string(ActAcceptObjection) }

// Check finds the form's faults.
func (v *ObjectionAccepted) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ObjectionAccepted) apply(f *fold) Why {
	return f.pass(ActAcceptObjection, f.c.Holder)
}
