package casework

// Mediated is one attempt at mediation, with its method and its result. The holder may
// take a case in hand by it; then the holder is the lead as well.
type Mediated struct {
	Method     string `codec:"method" ask:"code=methods,required"`
	HappenedOn string `codec:"happened_on,omitempty" ask:"date"`
	Place      string `codec:"place,omitempty" ask:"text"`
	Result     string `codec:"result" ask:"longtext,required"`
}

// Num returns NumMediated.
func (*Mediated) Num() Number { return NumMediated }

// Kind returns "mediate".
func (*Mediated) Kind() string { return string(ActMediate) }

// Check finds the form's faults.
func (v *Mediated) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Mediated) apply(f *fold) Why {
	why := f.move(ActMediate, "")
	if why == "" {
		f.takeInHand()
	}
	return why
}
