package casework

// EmergencyPaper is the written report that follows an emergency.
type EmergencyPaper struct {
	Text string `codec:"text" ask:"longtext,required"`
}

// Num returns NumEmergencyPaper.
func (*EmergencyPaper) Num() Number { return NumEmergencyPaper }

// Kind returns "emergency_paper".
func (*EmergencyPaper) Kind() string { return string(ActEmergencyPaper) }

// Check finds the form's faults.
func (v *EmergencyPaper) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *EmergencyPaper) apply(f *fold) Why {
	_, why := f.rule(ActEmergencyPaper)
	if why == WhyNoEmergency && len(f.c.ActsOf(ActEmergency)) > 0 {
		why = "" // somebody else handed one in too
	}
	if why != "" {
		return why
	}
	f.stop(LimitEmergencyPaper)
	return ""
}
