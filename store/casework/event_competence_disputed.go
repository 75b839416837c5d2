package casework

import "casedesk/store/catalogue"

// CompetenceDisputed says that two units do not agree on whose case it is. It goes
// to the superior that both have, which decides by assigning it (信访工作条例
// art. 24).
type CompetenceDisputed struct {
	With   catalogue.UnitID `codec:"with_unit" ask:"unit,required"`
	Reason string           `codec:"reason" ask:"longtext,required"`
	To     catalogue.UnitID `codec:"to,omitempty"` // the common superior, as the writer's catalogue has it
}

// Num returns NumCompetenceDisputed.
func (*CompetenceDisputed) Num() Number { return NumCompetenceDisputed }

// Kind returns "dispute_competence".
func (*CompetenceDisputed) Kind() string { return string(ActDisputeCompetence) }

// Check finds the form's faults; that To is the common superior is authority's to
// say.
func (v *CompetenceDisputed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// WithSuperior returns the event with the unit that decides.
func (v *CompetenceDisputed) WithSuperior(c *Case, ix Lookup) *CompetenceDisputed {
	w := *v
	w.To = w.decider(c.Hand(), ix)
	return &w
}

// decider is the common superior of the two: of the holder and the other unit, or
// of the lead and the holder where those disagree.
func (v *CompetenceDisputed) decider(h Hand, ix Lookup) catalogue.UnitID {
	one := h.Unit
	if one == v.With {
		one = h.Lead
	}
	return ix.CommonSuperior(one, v.With)
}

func (v *CompetenceDisputed) apply(f *fold) Why {
	if f.c.mustNotSee(v.To) {
		return WhyConfidential
	}
	return f.pass(ActDisputeCompetence, v.To)
}
