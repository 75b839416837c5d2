package casework

// Accepted takes the case in hand: the accepting unit answers for it from then on.
type Accepted struct {
	Note string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumAccepted.
func (*Accepted) Num() Number { return NumAccepted }

// Kind returns "accept".
func (*Accepted) Kind() string { return string(ActAccept) }

// Check finds the form's faults.
func (v *Accepted) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Accepted) apply(f *fold) Why {
	if f.c.mustNotSee(f.e.Unit) { // it became 保密 about her unit unseen, and somebody released this
		return WhyConfidential
	}
	why := f.move(ActAccept, "")
	if why == "" {
		f.hand(f.e.Unit, "")
		f.askOtherSide()
		f.countOnline()
	}
	return why
}
