package casework

// ObjectionRejected leaves a petition with the unit that objected, which then takes it
// (信访工作条例 art. 23, 24).
type ObjectionRejected struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumObjectionRejected.
func (*ObjectionRejected) Num() Number { return NumObjectionRejected }

// Kind returns "reject_objection".
func (*ObjectionRejected) Kind() string { return string(ActRejectObjection) }

// Check finds the form's faults.
func (v *ObjectionRejected) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ObjectionRejected) apply(f *fold) Why { return f.move(ActRejectObjection, "") }
