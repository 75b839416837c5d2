package casework

// Agreed records the agreement, oral or written (人民调解法 art. 28–31), and the day by
// which it is to be performed, or those of its instalments. A written one takes effect
// when all parties have signed, sealed or given a fingerprint, the mediator has signed and
// the committee's seal is on it (art. 29), an oral one when it is reached (art. 30): on the
// day stated, else when it is recorded.
type Agreed struct {
	Form         string `codec:"form" ask:"choice=oral|written,required"`
	Agreement    string `codec:"agreement" ask:"longtext,required,max=2000"`
	Due          string `codec:"due,omitempty" ask:"date"`
	Laws         string `codec:"laws,omitempty" ask:"text"`
	VillageRules string `codec:"village_rules,omitempty" ask:"text"`
	EffectiveOn  string `codec:"effective_on,omitempty" ask:"date,past"`
	Instalments  string `codec:"instalments,omitempty" ask:"longtext,max=2000"`
	Amount       string `codec:"amount,omitempty" ask:"money"`
}

// Num returns NumAgreed.
func (*Agreed) Num() Number { return NumAgreed }

// Kind returns "agree".
func (*Agreed) Kind() string { return string(ActAgree) }

// Check finds the form's faults, and the first of the instalments.
func (v *Agreed) Check(ix Lookup) []Fault {
	faults := checkForm(v, "", ix)
	if _, fault := ReadInstalments(v.Instalments); fault.Problem != "" {
		faults = append(faults, fault)
	}
	return faults
}

func (v *Agreed) apply(f *fold) Why {
	why := f.move(ActAgree, "")
	if why != "" {
		return why
	}
	f.takeInHand()
	plan, _ := ReadInstalments(v.Instalments)
	f.c.Agreement = Agreement{Form: v.Form, Text: v.Agreement, Laws: v.Laws, VillageRules: v.VillageRules, Due: v.Due,
		At: f.at(), EffectiveOn: v.EffectiveOn, Instalments: plan, Amount: v.Amount}
	f.since(f.running(LimitConfirm), v.EffectiveOn)
	f.awaitPerformance()
	return ""
}
