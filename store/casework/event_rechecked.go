package casework

// Rechecked is the 复核意见, the last word: on the same facts and reasons no petition is
// accepted any more (信访工作条例 art. 36), unless the petition is to be handled anew.
type Rechecked Reviewed

// Num returns NumRechecked.
func (*Rechecked) Num() Number { return NumRechecked }

// Kind returns "recheck".
func (*Rechecked) Kind() string { return string(ActRecheck) }

// Check finds the form's faults.
func (v *Rechecked) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Rechecked) apply(f *fold) Why {
	if v.Decision == redo {
		why := f.move(ActRecheck, StateHandling)
		if why == "" {
			f.sendBack()
		}
		return why
	}
	why := f.move(ActRecheck, "")
	if why == "" {
		f.c.Outcome, f.c.Reply = v.Opinion, v.Opinion
	}
	return why
}
