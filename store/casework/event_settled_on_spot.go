package casework

// SettledOnSpot is an oral agreement that was reached on the spot and, as a rule, performed
// there (人民调解法 art. 28, 30: the content of an oral agreement is recorded).
type SettledOnSpot struct {
	Agreement    string `codec:"agreement" ask:"longtext,required,max=2000"`
	Extent       string `codec:"extent" ask:"choice=full|later,required"`
	Due          string `codec:"due,omitempty" ask:"date"`
	Laws         string `codec:"laws,omitempty" ask:"text"`
	VillageRules string `codec:"village_rules,omitempty" ask:"text"`
}

// Num returns NumSettledOnSpot.
func (*SettledOnSpot) Num() Number { return NumSettledOnSpot }

// Kind returns "settle_on_spot".
func (*SettledOnSpot) Kind() string { return string(ActSettleOnSpot) }

// Check finds the form's faults.
func (v *SettledOnSpot) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *SettledOnSpot) apply(f *fold) Why {
	to := StateResolved
	if v.Extent == "later" {
		to = StateAgreed
	}
	why := f.move(ActSettleOnSpot, to)
	if why != "" {
		return why
	}
	f.takeInHand()
	f.c.Agreement = Agreement{Form: "oral", Text: v.Agreement, Laws: v.Laws, VillageRules: v.VillageRules, Due: v.Due,
		At: f.at(), Done: "full"}
	if to == StateAgreed {
		f.c.Agreement.Done = ""
		f.unstart(LimitRevisit, LimitRate)
		f.start(LimitConfirm, "")
		f.awaitPerformance()
	}
	return ""
}
