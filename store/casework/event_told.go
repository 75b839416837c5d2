package casework

// Told records that whoever came with the matter was told what became of it
// (首问负责: the desk that took it in answers to them).
type Told struct {
	ToldOn string `codec:"told_on" ask:"date,required,past"`
	By     string `codec:"by" ask:"choice=visit|phone|online|letter,required"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumTold.
func (*Told) Num() Number { return NumTold }

// Kind returns "tell".
func (*Told) Kind() string { return string(ActTell) }

// Check finds the form's faults.
func (v *Told) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Told) apply(f *fold) Why {
	_, why := f.rule(ActTell)
	if why == "" {
		f.c.Told = v.ToldOn
	}
	return why
}
