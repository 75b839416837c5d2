package casework

// Rectified says what was put right. In part, the matter stays where it is and its limits run
// on.
type Rectified struct {
	Extent string `codec:"extent" ask:"choice=full|partial,required"`
	Result string `codec:"result" ask:"longtext,required"`
	DoneOn string `codec:"done_on,omitempty" ask:"date,past"`
}

// Num returns NumRectified.
func (*Rectified) Num() Number { return NumRectified }

// Kind returns "rectified".
func (*Rectified) Kind() string { return string(ActRectified) }

// Check finds the form's faults.
func (v *Rectified) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Rectified) apply(f *fold) Why {
	if v.Extent == "partial" {
		_, why := f.rule(ActRectified)
		return why
	}
	why := f.move(ActRectified, "")
	if why == "" {
		f.stop(LimitRectify) // each notice has one
	}
	return why
}
