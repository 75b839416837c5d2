package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// RiskSeen notes a sign of risk in a case (人民调解法 art. 25 and others). The limits
// of the duties that follow start with it.
type RiskSeen struct {
	Sign   string `codec:"sign" ask:"code=risks,required"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
	SeenOn string `codec:"seen_on,omitempty" ask:"date,past"`
	// Limits are those of the duties, as the writer's catalogue has them.
	Limits []catalogue.LimitCode `codec:"limits,omitempty"`
}

// Num returns NumRiskSeen.
func (*RiskSeen) Num() Number { return NumRiskSeen }

// Kind returns "risk".
func (*RiskSeen) Kind() string { return string(ActRisk) }

// Check finds the form's faults.
func (v *RiskSeen) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// WithDuties returns the event with the limits of the duties that follow from its
// sign.
func (v *RiskSeen) WithDuties(ix Lookup) *RiskSeen {
	w := *v
	w.Limits = nil
	for _, d := range ix.RiskDuties(v.Sign) {
		if d.Limit != "" && !d.Retired {
			w.Limits = append(w.Limits, d.Limit)
		}
	}
	return &w
}

func (v *RiskSeen) apply(f *fold) Why {
	if _, why := f.rule(ActRisk); why != "" {
		return why
	}
	for i, l := range v.Limits {
		if isDuty(l) && !slices.Contains(v.Limits[:i], l) {
			f.startAnother(l, "")
		}
	}
	return ""
}
