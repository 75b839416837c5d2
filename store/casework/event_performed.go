package casework

// Performed records the performance of the agreement; in part, the case waits on.
type Performed struct {
	Extent string `codec:"extent" ask:"choice=full|partial,required"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumPerformed.
func (*Performed) Num() Number { return NumPerformed }

// Kind returns "perform".
func (*Performed) Kind() string { return string(ActPerform) }

// Check finds the form's faults.
func (v *Performed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Performed) apply(f *fold) Why {
	if v.Extent == "partial" {
		if _, why := f.rule(ActPerform); why != "" {
			return why
		}
		f.c.Agreement.Done = v.Extent
		return ""
	}
	why := f.move(ActPerform, StateResolved)
	if why == "" {
		f.c.Agreement.Done = "full"
	}
	return why
}
