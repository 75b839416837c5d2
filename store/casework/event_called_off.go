package casework

// CalledOff calls an appointment off. Two people may do so without knowing of
// each other.
type CalledOff struct {
	Act    EntryID `codec:"act" ask:"act=appoint,required"`
	Reason string  `codec:"reason" ask:"longtext,required"`
}

// Num returns NumCalledOff.
func (*CalledOff) Num() Number { return NumCalledOff }

// Kind returns "call_off".
func (*CalledOff) Kind() string { return string(ActCallOff) }

// Check finds the form's faults.
func (v *CalledOff) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *CalledOff) apply(f *fold) Why {
	if _, made := f.c.Act(v.Act, ActAppoint); !made {
		return WhyNoAppointment
	}
	_, why := f.rule(ActCallOff)
	if why == WhyNoAppointment {
		return "" // somebody else called off the last one
	}
	return why
}
