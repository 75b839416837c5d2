package casework

// Invited brings people of the roster into the mediation. The parties must agree
// (人民调解法 art. 20).
type Invited struct {
	People  []string `codec:"people" ask:"people,required"`
	Consent bool     `codec:"consent" ask:"bool,required"` // the parties agree
	Note    string   `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumInvited.
func (*Invited) Num() Number { return NumInvited }

// Kind returns "invite".
func (*Invited) Kind() string { return string(ActInvite) }

// Check finds the form's faults; that the parties do not agree is one.
func (v *Invited) Check(ix Lookup) []Fault {
	faults := checkForm(v, "", ix)
	for i := range faults {
		if faults[i].Field == "consent" {
			faults[i].Problem = NoConsent
		}
	}
	return faults
}

func (v *Invited) apply(f *fold) Why {
	if !v.Consent {
		return WhyNoConsent
	}
	_, why := f.rule(ActInvite)
	return why
}
