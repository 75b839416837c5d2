package casework

// Rechecked is the 复核意见, the last word: on the same facts and reasons no petition is
// accepted any more (信访工作条例 art. 36), unless the petition is to be handled anew.
type Rechecked Reviewed

// Num returns NumRechecked.
func (*Rechecked) Num() Number { return NumRechecked }

// Kind returns "recheck".
func (*Rechecked) Kind() string { return string(ActRecheck) }

// Check finds the form's faults.
func (v *Rechecked) Check(ix Lookup) []Fault { return (*Reviewed)(v).Check(ix) }

func (v *Rechecked) apply(f *fold) Why {
	stands, why := f.review(ActRecheck, v.Decision)
	if stands {
		f.c.Outcome, f.c.Reply = v.Opinion, v.Opinion
	}
	return why
}
