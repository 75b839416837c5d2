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

// apply suspends no case that has ended meanwhile, not even by a decision: it would
// be nobody's turn.
func (v *Suspended) apply(f *fold) Why {
	if t, _ := TableOf(f.c.Matter); t != nil {
		if _, fits := t.Rule(ActSuspend, *f.c.standing()); !fits {
			return WhyState
		}
	}
	return f.move(ActSuspend, "")
}
