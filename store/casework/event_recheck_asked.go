package casework

// RecheckAsked is the petitioner asking the organ above the reviewer to look once more
// (信访工作条例 art. 36).
type RecheckAsked ReviewAsked

// Num returns NumRecheckAsked.
func (*RecheckAsked) Num() Number { return NumRecheckAsked }

// Kind returns "ask_recheck".
func (*RecheckAsked) Kind() string { return string(ActAskRecheck) }

// Check finds the form's faults.
func (v *RecheckAsked) Check(ix Lookup) []Fault { return (*ReviewAsked)(v).Check(ix) }

func (v *RecheckAsked) apply(f *fold) Why {
	return f.passUp(ActAskRecheck, v.To, LimitPetitionRecheck, v.AskedOn)
}
