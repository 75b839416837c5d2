package casework

import "time"

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
	why := f.move(ActLookBack, to)
	if why == "" && v.Occasion == "planned" {
		f.stopPlanned()
	}
	return why
}

// stopPlanned stops the limit of the look-back that was planned for the earliest day:
// the others are still to come.
func (f *fold) stopPlanned() {
	var first *Clock
	f.each(func(k *Clock, _ time.Time) {
		if k.Limit == LimitLookBack && (first == nil || k.Due < first.Due) {
			first = k
		}
	})
	if first != nil {
		f.stopWhere(func(k *Clock) bool { return k == first })
	}
}
