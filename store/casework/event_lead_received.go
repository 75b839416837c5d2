package casework

// LeadReceived says that the procuratorate has the lead, under its own number.
type LeadReceived struct {
	Number string `codec:"number,omitempty" ask:"text"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumLeadReceived.
func (*LeadReceived) Num() Number { return NumLeadReceived }

// Kind returns "receive_lead".
func (*LeadReceived) Kind() string { return string(ActReceiveLead) }

// Check finds the form's faults.
func (v *LeadReceived) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *LeadReceived) apply(f *fold) Why {
	return f.move(ActReceiveLead, "")
}
