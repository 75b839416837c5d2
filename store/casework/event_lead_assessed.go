package casework

// LeadAssessed tells whoever sent the lead what came of it (结果反馈): filed, or not and why.
type LeadAssessed struct {
	Assessment string `codec:"assessment" ask:"choice=filed|not_filed,required"`
	Reason     string `codec:"reason" ask:"longtext,required"`
	Number     string `codec:"number,omitempty" ask:"text"`
}

// Num returns NumLeadAssessed.
func (*LeadAssessed) Num() Number { return NumLeadAssessed }

// Kind returns "assess_lead".
func (*LeadAssessed) Kind() string { return string(ActAssessLead) }

// Check finds the form's faults.
func (v *LeadAssessed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *LeadAssessed) apply(f *fold) Why {
	to := StateFiled
	if v.Assessment == "not_filed" {
		to = StateRefused
	}
	return f.move(ActAssessLead, to)
}
