package casework

// Inspected is an inspection on a delegated matter (行政检查): what was found on
// which day.
type Inspected struct {
	HappenedOn string `codec:"happened_on" ask:"date,required,past"`
	Finding    string `codec:"found" ask:"choice=clear|correct|file,required"`
	Document   string `codec:"document,omitempty" ask:"text,max=80"`
	Note       string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumInspected.
func (*Inspected) Num() Number { return NumInspected }

// Kind returns "inspect".
func (*Inspected) Kind() string { return string(ActInspect) }

// Check finds the form's faults.
func (v *Inspected) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Inspected) apply(f *fold) Why {
	_, why := f.rule(ActInspect)
	return why
}
