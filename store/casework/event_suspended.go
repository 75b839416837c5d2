package casework

// Suspended lets the case wait for something outside (中止): an appraisal, another
// case, a party who is away. Its limits stand still until it is resumed.
type Suspended struct {
	Reason string `codec:"reason" ask:"longtext,required"`
	Until  string `codec:"until,omitempty" ask:"date"` // what is expected; nothing happens by itself
}

// Num returns NumSuspended.
func (*Suspended) Num() Number { return NumSuspended }

// Kind returns "suspend".
func (*Suspended) Kind() string { return string(ActSuspend) }

// Check finds the form's faults.
func (v *Suspended) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Suspended) apply(f *fold) Why {
	return f.move(ActSuspend, "")
}
