package casework

// Revisited is a visit after the settlement (回访, 回头看).
type Revisited struct {
	HappenedOn string `codec:"happened_on,omitempty" ask:"date,past"`
	By         string `codec:"by" ask:"choice=visit|phone|online,required"`
	Performed  string `codec:"performed" ask:"choice=yes|partly|no,required"`
	Note       string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumRevisited.
func (*Revisited) Num() Number { return NumRevisited }

// Kind returns "revisit".
func (*Revisited) Kind() string { return string(ActRevisit) }

// Check finds the form's faults.
func (v *Revisited) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Revisited) apply(f *fold) Why {
	return f.move(ActRevisit, "")
}
