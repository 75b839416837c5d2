package casework

// LookedBack is a look-back (回头看), planned or not. Where it finds that the harm is back, the
// matter may be opened again.
type LookedBack struct {
	Occasion string `codec:"occasion" ask:"choice=planned|ad_hoc,required"`
	Finding  string `codec:"finding" ask:"choice=kept|partial|relapsed,required"`
	Text     string `codec:"text" ask:"longtext,required"`
	On       string `codec:"on,omitempty" ask:"date,past"`
	Reopen   string `codec:"reopen,omitempty" ask:"choice=no|yes"`
}

// Num returns NumLookedBack.
func (*LookedBack) Num() Number { return NumLookedBack }

// Kind returns "look_back".
func (*LookedBack) Kind() string { return string(ActLookBack) }

// Check finds the form's faults.
func (v *LookedBack) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *LookedBack) apply(f *fold) Why {
	to := f.c.State
	if v.Reopen == "yes" {
		to = StateFiled
	}
	return f.move(ActLookBack, to)
}
