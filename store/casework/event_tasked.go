package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Tasked gives a unit its part of the work, with a day of its own. A unit that does
// not handle the case yet becomes a co-handler.
type Tasked struct {
	Unit catalogue.UnitID `codec:"unit" ask:"unit,required"`
	What string           `codec:"what" ask:"longtext,required,max=2000"`
	Due  string           `codec:"due" ask:"date,required"`
}

// Num returns NumTasked.
func (*Tasked) Num() Number { return NumTasked }

// Kind returns "task".
func (*Tasked) Kind() string { return string(ActTask) }

// Check finds the form's faults.
func (v *Tasked) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Tasked) apply(f *fold) Why {
	c := f.c
	if c.mustNotSee(v.Unit) {
		return WhyConfidential
	}
	if why := f.move(ActTask, ""); why != "" {
		return why
	}
	if v.Unit != "" && !c.handles(v.Unit) {
		c.Co = append(slices.Clip(c.Co), v.Unit)
	}
	f.startAnother(LimitTask, v.Due).Asked = v.Unit
	return ""
}
