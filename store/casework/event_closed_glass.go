package casework

import "slices"

// ClosedGlass ends an 应急查阅: the unit is not shown the case any more, unless it
// has a part in it otherwise.
type ClosedGlass struct {
	Glass EntryID `codec:"glass" ask:"act=break_glass,required"`
	Note  string  `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumClosedGlass.
func (*ClosedGlass) Num() Number { return NumClosedGlass }

// Kind returns "close_glass".
func (*ClosedGlass) Kind() string { return string(ActCloseGlass) }

// Check finds the form's faults.
func (v *ClosedGlass) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ClosedGlass) apply(f *fold) Why {
	if _, why := f.rule(ActCloseGlass); why != "" {
		return why
	}
	c := f.c
	i := slices.IndexFunc(c.Glass, func(g Glass) bool { return g.By == v.Glass })
	switch _, opened := c.Act(v.Glass, ActBreakGlass); {
	case i >= 0:
		c.Glass = slices.Delete(c.Glass, i, i+1)
	case !opened:
		return WhyNoGlass
	}
	return "" // somebody else closed it
}
