package casework

import "slices"

// Performed records the performance of the agreement; in part, the case waits on. It may
// say which instalment was paid, counted from 1.
type Performed struct {
	Extent     string `codec:"extent" ask:"choice=full|partial,required"`
	Note       string `codec:"note,omitempty" ask:"longtext"`
	Instalment int    `codec:"instalment,omitempty" ask:"number,max=60,if=instalments"`
}

// Num returns NumPerformed.
func (*Performed) Num() Number { return NumPerformed }

// Kind returns "perform".
func (*Performed) Kind() string { return string(ActPerform) }

// Check finds the form's faults.
func (v *Performed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Performed) apply(f *fold) Why {
	a := &f.c.Agreement
	if v.Instalment < 0 || v.Instalment > len(a.Instalments) {
		return WhyNoInstalment
	}
	if v.Extent == "partial" {
		if _, why := f.rule(ActPerform); why != "" {
			return why
		}
		a.Done = v.Extent
		if v.Instalment > 0 {
			a.Instalments = slices.Clone(a.Instalments)
			a.Instalments[v.Instalment-1].Paid = true
			f.awaitPerformance()
		}
		return ""
	}
	why := f.move(ActPerform, StateResolved)
	if why == "" {
		f.c.Agreement.Done = "full"
	}
	return why
}
