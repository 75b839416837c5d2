package casework

// Unmerged lets a case that was merged by mistake go on by itself, where it stood.
// Its limits run on as if it had never been merged.
type Unmerged struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumUnmerged.
func (*Unmerged) Num() Number { return NumUnmerged }

// Kind returns "unmerge".
func (*Unmerged) Kind() string { return string(ActUnmerge) }

// Check finds the form's faults.
func (v *Unmerged) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply changes nothing where a decision takes it for a case that is not merged.
func (v *Unmerged) apply(f *fold) Why {
	to := *f.c.standing()
	if f.c.Merged != nil {
		to = f.c.Merged.From
	}
	return f.move(ActUnmerge, to)
}
