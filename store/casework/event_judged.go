package casework

// Judged records what the court said. What it orders is rectified; with nothing ordered
// the matter is resolved.
type Judged struct {
	Judgment string `codec:"judgment" ask:"choice=supported|partly|dismissed|withdrawn|mediated,required"`
	Number   string `codec:"number,omitempty" ask:"text"`
	Text     string `codec:"text,omitempty" ask:"longtext"`
	Due      string `codec:"due,omitempty" ask:"date"`
}

// Num returns NumJudged.
func (*Judged) Num() Number { return NumJudged }

// Kind returns "judgment".
func (*Judged) Kind() string { return string(ActJudgment) }

// Check finds the form's faults.
func (v *Judged) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Judged) apply(f *fold) Why {
	to := StateRectifying
	if v.Judgment == "dismissed" || v.Judgment == "withdrawn" {
		to = StateResolved
	}
	why := f.move(ActJudgment, to)
	if why == "" && to == StateRectifying && v.Due != "" {
		f.startAnother(LimitRectify, v.Due)
	}
	return why
}
