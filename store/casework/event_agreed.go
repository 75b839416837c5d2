package casework

// Agreed records the agreement, oral or written (人民调解法 art. 28–31), and the day by
// which it is to be performed.
type Agreed struct {
	Form      string `codec:"form" ask:"choice=oral|written,required"`
	Agreement string `codec:"agreement" ask:"longtext,required,max=2000"`
	Due       string `codec:"due,omitempty" ask:"date"`
	Laws      string `codec:"laws,omitempty" ask:"text"`
}

// Num returns NumAgreed.
func (*Agreed) Num() Number { return NumAgreed }

// Kind returns "agree".
func (*Agreed) Kind() string { return string(ActAgree) }

// Check finds the form's faults.
func (v *Agreed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Agreed) apply(f *fold) Why {
	why := f.move(ActAgree, "")
	if why != "" {
		return why
	}
	f.takeInHand()
	f.c.Agreement = Agreement{Form: v.Form, Text: v.Agreement, Laws: v.Laws, Due: v.Due, At: f.at()}
	if v.Due == "" {
		f.stop(LimitPerform) // no day was agreed, so no limit runs
	} else {
		f.due(LimitPerform, v.Due)
	}
	return ""
}
