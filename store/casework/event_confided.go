package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Confided makes a case 保密, or lifts it. It works forward: who holds the case
// keeps what was delivered until it is withdrawn, and lifting shows the whole
// history. A case does not stay with units that it is about: Holder takes it over
// from one that held it, and has it from then on where nobody held it.
type Confided struct {
	Confidential string             `codec:"confidential" ask:"choice=yes|no,required"`
	About        []catalogue.UnitID `codec:"about_units,omitempty" ask:"units"`
	Reason       string             `codec:"reason" ask:"longtext,required"`
	Holder       catalogue.UnitID   `codec:"holder,omitempty"` // as FirstHolder proposes; empty: nobody may
}

// Num returns NumConfided.
func (*Confided) Num() Number { return NumConfided }

// Kind returns "confide".
func (*Confided) Kind() string { return string(ActConfide) }

// Check finds the form's faults.
func (v *Confided) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// WithBelow returns the event so that it is also about those of the units which have
// the case in hand that stand below one that it is about: the fold takes it from them,
// too.
func (v *Confided) WithBelow(c *Case, ix Lookup) *Confided {
	w := *v
	if v.Confidential != "yes" {
		return &w
	}
	for _, u := range slices.Concat([]catalogue.UnitID{c.Holder, c.Lead}, c.Co, c.Joined) {
		if u != "" && !slices.Contains(w.About, u) && Accused(v.About, u, ix) {
			w.About = append(slices.Clip(w.About), u)
		}
	}
	return &w
}

func (v *Confided) apply(f *fold) Why {
	if _, why := f.rule(ActConfide); why != "" {
		return why
	}
	c := f.c
	c.Confidential = v.Confidential == "yes"
	c.About = v.About
	c.Co = slices.DeleteFunc(slices.Clone(c.Co), c.mustNotSee)
	holder, lead := c.Holder, c.Lead
	if holder == "" || c.mustNotSee(holder) {
		if holder = v.Holder; c.mustNotSee(holder) {
			holder = ""
		}
	}
	if c.mustNotSee(lead) {
		lead = ""
		f.giveBack()
	}
	if holder != c.Holder || lead != c.Lead {
		f.hand(holder, lead)
	}
	return ""
}

// giveBack takes a case back from its lead as its table says, where it stood with it.
func (f *fold) giveBack() {
	c := f.c
	t, _ := TableOf(c.Matter)
	if s := c.standing(); t != nil && slices.Contains(t.Back.From, *s) {
		*s, c.Co = t.Back.To, nil
		f.stop(t.Back.Stops...)
		for _, l := range t.Back.Starts {
			f.start(l, "")
		}
	}
}
