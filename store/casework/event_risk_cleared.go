package casework

// RiskCleared says that a sign of risk is gone, and why.
type RiskCleared struct {
	Of     EntryID `codec:"of" ask:"act=risk,required"`
	Reason string  `codec:"reason" ask:"longtext,required"`
}

// Num returns NumRiskCleared.
func (*RiskCleared) Num() Number { return NumRiskCleared }

// Kind returns "clear_risk".
func (*RiskCleared) Kind() string { return string(ActClearRisk) }

// Check finds the form's faults.
func (v *RiskCleared) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *RiskCleared) apply(f *fold) Why {
	if _, why := f.rule(ActClearRisk); why != "" {
		return why
	}
	if _, seen := f.c.Act(v.Of, ActRisk); !seen {
		return WhyNoSign
	}
	f.stopWhere(func(k *Clock) bool { return k.By == v.Of && isDuty(k.Limit) })
	return ""
}
