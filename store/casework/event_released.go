package casework

import "slices"

// Released lets a held entry have its effect, at the place of the release: what
// people saw decided in the meantime stays decided.
type Released struct {
	Entry EntryID `codec:"entry" ask:"entry,required"`
	Note  string  `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumReleased.
func (*Released) Num() Number { return NumReleased }

// Kind returns "release".
func (*Released) Kind() string { return string(ActRelease) }

// Check finds the form's faults.
func (v *Released) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Released) apply(f *fold) Why {
	c := f.c
	i := slices.Index(c.HeldNow, v.Entry)
	if i < 0 {
		if slices.ContainsFunc(c.Settled, func(d Decision) bool { return d.Entry == v.Entry && d.Choice == release }) {
			return "" // somebody else released it
		}
		return WhyNotHeld
	}
	c.HeldNow = slices.Delete(c.HeldNow, i, i+1)
	c.Settled = append(c.Settled, Decision{Entry: v.Entry, Choice: release, By: f.e.UID})
	f.release(v.Entry)
	return ""
}
