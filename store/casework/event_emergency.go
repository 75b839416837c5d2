package casework

import "casedesk/store/catalogue"

// Emergency reports to any unit above at once, past the levels between: report now,
// paper later. The unit above answers for the case from then on; those who are on
// the spot go on handling it, and the levels between see it too.
type Emergency struct {
	Above  catalogue.UnitID `codec:"above" ask:"unit,required"`
	Danger string           `codec:"danger" ask:"choice=injury|weapon|many|self_harm|minors|other,required"`
	Reason string           `codec:"reason" ask:"longtext,required"`
	// Between are the levels that were passed over, as the writer's catalogue has
	// them.
	Between []catalogue.UnitID `codec:"between,omitempty"`
}

// Num returns NumEmergency.
func (*Emergency) Num() Number { return NumEmergency }

// Kind returns "emergency".
func (*Emergency) Kind() string { return string(ActEmergency) }

// Check finds the form's faults; that Above stands above is authority's to say.
func (v *Emergency) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// WithBetween returns the event with the levels between the case's holder and the
// unit above.
func (v *Emergency) WithBetween(c *Case, ix Lookup) *Emergency {
	w := *v
	w.Between = nil
	if ix.Above(v.Above, c.Holder) {
		for u := ix.Parent(c.Holder); u != v.Above; u = ix.Parent(u) {
			w.Between = append(w.Between, u)
		}
	}
	return &w
}

// goesUp judges the units named, against one of the hands given.
func (v *Emergency) goesUp(h Hand, ix Lookup) bool {
	if v.Above != h.Unit && !ix.Above(v.Above, h.Unit) {
		return false
	}
	for _, u := range v.Between {
		if !ix.Above(u, h.Unit) || !ix.Above(v.Above, u) {
			return false
		}
	}
	return true
}

// apply hands the case up unless it passed to other hands that the writer had not
// seen: those may stand above already, and are told all the same.
func (v *Emergency) apply(f *fold) Why {
	c := f.c
	if c.mustNotSee(v.Above) {
		return WhyConfidential
	}
	if _, why := f.rule(ActEmergency); why != "" {
		return why
	}
	last := len(c.Hands) - 1
	switch known := last < 0 || f.force || f.seen(c.Hands[last].By); {
	case c.Holder == v.Above:
	case known:
		f.join(c.Holder)
		f.hand(v.Above, c.Lead)
	default:
		f.join(v.Above)
	}
	if !c.Confidential { // 保密 goes to those whom it names
		for _, u := range v.Between {
			f.join(u)
		}
	}
	f.stop(LimitReportMajor)
	f.start(LimitEmergencyPaper, "")
	return ""
}
