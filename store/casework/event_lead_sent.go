package casework

import "casedesk/store/catalogue"

// LeadSent sends the lead to the procuratorate with its materials (线索移送).
type LeadSent struct {
	To        catalogue.UnitID `codec:"to" ask:"unit,required"`
	Materials string           `codec:"materials,omitempty" ask:"longtext"`
	Note      string           `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumLeadSent.
func (*LeadSent) Num() Number { return NumLeadSent }

// Kind returns "send_lead".
func (*LeadSent) Kind() string { return string(ActSendLead) }

// Check finds the form's faults.
func (v *LeadSent) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *LeadSent) apply(f *fold) Why {
	if f.c.mustNotSee(v.To) {
		return WhyConfidential
	}
	why := f.move(ActSendLead, "")
	if why == "" {
		f.join(v.To)
	}
	return why
}
