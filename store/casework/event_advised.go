package casework

// Advised answers a question of law; nothing more is to be done (seed: “登记受理、分流交办、
// 法律咨询”).
type Advised struct {
	Answer string `codec:"answer" ask:"longtext,required"`
	Laws   string `codec:"laws,omitempty" ask:"text"`
}

// Num returns NumAdvised.
func (*Advised) Num() Number { return NumAdvised }

// Kind returns "advise".
func (*Advised) Kind() string { return string(ActAdvise) }

// Check finds the form's faults.
func (v *Advised) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Advised) apply(f *fold) Why {
	why := f.move(ActAdvise, "")
	if why == "" {
		f.c.Reply = v.Answer
	}
	return why
}
