package casework

import "slices"

// Settled decides what is contested: keep what the case shows, or take what the
// contested entry says instead. What is held can be left out by it, where nobody
// will release it; it cannot be taken.
type Settled struct {
	Entry  EntryID `codec:"entry" ask:"entry,required"`
	Choice string  `codec:"choice" ask:"choice=keep|take,required"`
	Note   string  `codec:"note,omitempty" ask:"longtext"`
}

// The choices of a decision.
const (
	keep    = "keep"
	take    = "take"
	release = "release"
)

// Num returns NumSettled.
func (*Settled) Num() Number { return NumSettled }

// Kind returns "settle".
func (*Settled) Kind() string { return string(ActSettle) }

// Check finds the form's faults.
func (v *Settled) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply has no further effect where the same was decided before; the other
// decision is contested in its turn, and settling that one reverses the first.
func (v *Settled) apply(f *fold) Why {
	c := f.c
	if i := slices.Index(c.HeldNow, v.Entry); i >= 0 && c.Exists() && v.Choice == keep {
		c.HeldNow = slices.Delete(slices.Clone(c.HeldNow), i, i+1)
		c.Settled = append(c.Settled, Decision{Entry: v.Entry, Choice: keep, By: f.e.UID})
		return "" // it is left out, and nobody need look at it any more
	}
	if !slices.Contains(c.Contested, v.Entry) {
		return v.again(f)
	}
	l, _ := c.Line(v.Entry)
	// It waits no longer before it counts: it may itself decide on an entry that
	// leads back to it, and must not be taken again for that.
	before := slices.Clone(c.Contested)
	c.Contested = slices.DeleteFunc(c.Contested, func(uid EntryID) bool { return uid == v.Entry })
	if v.Choice == take && l.Why != WhyConcurrent {
		if _, why := f.again(v.Entry, true); why != "" {
			c.Contested = before
			return why // it fits nowhere: it stays contested
		}
	}
	c.Settled = append(c.Settled, Decision{Entry: v.Entry, Choice: v.Choice, By: f.e.UID,
		Dropped: f.decide(v.Entry, v.Choice == take)})
	return ""
}

// again is a decision on what was decided before.
func (v *Settled) again(f *fold) Why {
	c := f.c
	i := slices.IndexFunc(c.Settled, func(d Decision) bool { return d.Entry == v.Entry && d.Choice != release })
	switch {
	case i < 0:
		return WhyNotContested
	case c.Settled[i].Choice == v.Choice:
		return ""
	case !f.force:
		return WhySettledOther
	}
	if l, _ := c.Line(v.Entry); l.Effect == HeldBack {
		return WhyNotContested // what was held has effect only by a release
	} else if l.Why != WhyConcurrent {
		if v.Choice == keep {
			return WhySettledOther // what an action did cannot be undone; another action can
		}
		c.Settled[i].Choice = take // before it counts, as above
		if _, why := f.again(v.Entry, true); why != "" {
			c.Settled[i].Choice = keep
			return why
		}
	}
	d := &c.Settled[i]
	for j, dropped := range d.Dropped {
		shown := c.Fields[dropped.Field]
		c.Fields[dropped.Field] = Register{Value: dropped.Value, By: f.e.UID}
		d.Dropped[j].Register = shown
	}
	d.Choice, d.By = v.Choice, f.e.UID
	return ""
}
