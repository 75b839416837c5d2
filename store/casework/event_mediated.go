package casework

// Mediated is one attempt at mediation, with its method, its place and its result (seed:
// “上门立案、上门调解、就地审理、巡回审判”). The holder may take a case in hand by it; then
// the holder is the lead as well.
type Mediated struct {
	Method     string `codec:"method" ask:"code=methods,required"`
	HappenedOn string `codec:"happened_on,omitempty" ask:"date,past"`
	Place      string `codec:"place,omitempty" ask:"text"`
	Result     string `codec:"result" ask:"longtext,required"`
	Mode       string `codec:"mode,omitempty" ask:"choice=desk|visit|circuit|on_site|online"`
	Present    string `codec:"present,omitempty" ask:"text"`
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
