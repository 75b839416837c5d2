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
	i := slices.Index(f.c.HeldNow, v.Entry)
	if i < 0 {
		if slices.ContainsFunc(f.c.Timeline, func(l Line) bool { return l.UID == v.Entry && l.Effect == Applied }) {
			return "" // somebody else released it
		}
		return WhyNotHeld
	}
	f.c.HeldNow = slices.Delete(f.c.HeldNow, i, i+1)
	f.release(v.Entry)
	return ""
}
