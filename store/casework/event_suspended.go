package casework

// Suspended lets the case wait for something outside (中止): an appraisal, another
// case, a party who is away. Those limits that its table lets stand still until it is
// resumed; that of a court's request only where the court agrees (人民法院在线调解规则 art. 26).
type Suspended struct {
	Reason string `codec:"reason" ask:"longtext,required"`
	Until  string `codec:"until,omitempty" ask:"date"` // what is expected; nothing happens by itself
	// CourtAgrees says of an entrusted dispute that the court leaves the time out.
	CourtAgrees string `codec:"court_agrees,omitempty" ask:"choice=yes,if=entrusted"`
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
	why := f.move(ActSuspend, "")
	if k := f.running(LimitEntrusted); why == "" && k != nil && v.CourtAgrees == "yes" {
		k.pause(f.when)
	}
	return why
}
