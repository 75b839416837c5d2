package casework

import "slices"

// Settled decides what is contested: keep what the case shows, or take what the
// contested entry says instead.
type Settled struct {
	Entry  EntryID `codec:"entry" ask:"entry,required"`
	Choice string  `codec:"choice" ask:"choice=keep|take,required"`
	Note   string  `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumSettled.
func (*Settled) Num() Number { return NumSettled }

// Kind returns "settle".
func (*Settled) Kind() string { return string(ActSettle) }

// Check finds the form's faults.
func (v *Settled) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply has no further effect where the same was decided before; the other
// decision is contested in its turn.
func (v *Settled) apply(f *fold) Why {
	c := f.c
	i := slices.Index(c.Contested, v.Entry)
	if i < 0 {
		return v.again(c)
	}
	c.Contested = slices.Delete(c.Contested, i, i+1)
	c.Settled = append(c.Settled, Decision{Entry: v.Entry, Choice: v.Choice, By: f.e.UID})
	f.dropVersions(v.Entry, v.Choice == "take")
	if v.Choice == "take" {
		f.redo(v.Entry)
	}
	return ""
}

func (v *Settled) again(c *Case) Why {
	for _, d := range c.Settled {
		if d.Entry == v.Entry {
			if d.Choice == v.Choice {
				return ""
			}
			return WhySettledOther
		}
	}
	return WhyNotContested
}
