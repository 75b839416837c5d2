package casework

// Breached records that the agreement is not kept, and what follows from it: urging, a
// suit, an order for payment, a notarised deed, enforcement where a court has confirmed
// it, or mediation anew (人民调解法 art. 31, 33).
type Breached struct {
	What       string `codec:"what" ask:"longtext,required"`
	Follow     string `codec:"follow" ask:"choice=urge|remediate|sue|enforce|payment_order|notary,required"`
	Instalment int    `codec:"instalment,omitempty" ask:"number,max=60,if=instalments"`
}

// Num returns NumBreached.
func (*Breached) Num() Number { return NumBreached }

// Kind returns "breach".
func (*Breached) Kind() string { return string(ActBreach) }

// Check finds the form's faults.
func (v *Breached) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply takes the agreement back where the parties are to mediate anew.
func (v *Breached) apply(f *fold) Why {
	if v.Instalment < 0 || v.Instalment > len(f.c.Agreement.Instalments) {
		return WhyNoInstalment
	}
	if v.Follow == "remediate" {
		return f.remediate(ActBreach)
	}
	_, why := f.rule(ActBreach)
	if why == "" && v.Follow == "enforce" && !f.c.Agreement.Enforceable() {
		return WhyNotConfirmed
	}
	return why
}
