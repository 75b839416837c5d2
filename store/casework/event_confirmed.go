package casework

// Confirmed records what the court made of the application: the agreement is valid and
// can be enforced, or the parties may change it or sue (民事诉讼法 2023 art. 206).
type Confirmed struct {
	Result  string `codec:"result" ask:"choice=valid|rejected|not_accepted|withdrawn,required"`
	Ruling  string `codec:"ruling,omitempty" ask:"text"`
	RuledOn string `codec:"ruled_on,omitempty" ask:"date,past"`
	Follow  string `codec:"follow,omitempty" ask:"choice=remediate"`
	Note    string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumConfirmed.
func (*Confirmed) Num() Number { return NumConfirmed }

// Kind returns "confirmation".
func (*Confirmed) Kind() string { return string(ActConfirmation) }

// Check finds the form's faults: a ruling has its number.
func (v *Confirmed) Check(ix Lookup) []Fault {
	faults := checkForm(v, "", ix)
	if v.Result == "valid" && v.Ruling == "" {
		faults = append(faults, Fault{Field: "ruling", Problem: Required})
	}
	return faults
}

func (v *Confirmed) apply(f *fold) Why {
	if v.Follow == "remediate" && v.Result != "valid" {
		return f.remediate(ActConfirmation)
	}
	why := f.move(ActConfirmation, "")
	if why != "" {
		return why
	}
	c := &f.c.Agreement.Confirmation
	c.Result, c.Ruling, c.RuledOn = v.Result, v.Ruling, v.RuledOn
	if v.Result == "withdrawn" || v.Result == "not_accepted" {
		f.goOn(LimitConfirm) // the thirty days were not used up by it
	}
	return ""
}
