package casework

// SplitOut sends what a lawsuit, an arbitration or another procedure of law is there for
// that way (诉访分离, 信访工作条例 art. 28, 31), and records that the petitioner was told.
type SplitOut struct {
	Route  string `codec:"route" ask:"choice=lawsuit|police|procuratorate|arbitration|administrative|discipline,required"`
	Organ  string `codec:"organ" ask:"text,required"`
	ToldOn string `codec:"told_on" ask:"date,required,past"`
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumSplitOut.
func (*SplitOut) Num() Number { return NumSplitOut }

// Kind returns "split_out".
func (*SplitOut) Kind() string { return string(ActSplitOut) }

// Check finds the form's faults.
func (v *SplitOut) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *SplitOut) apply(f *fold) Why {
	why := f.move(ActSplitOut, "")
	if why == "" {
		f.c.Outcome, f.c.Reply = v.Organ, v.Reason
	}
	return why
}
