package casework

// Stepped is a step of the court's checklist 三步法: the dispute's focus found out before
// the hearing, the law explained in it, the parties followed up after it.
type Stepped struct {
	Step string `codec:"step" ask:"choice=focus|law|follow_up,required"`
	Text string `codec:"text" ask:"longtext,required"`
}

// Num returns NumStepped.
func (*Stepped) Num() Number { return NumStepped }

// Kind returns "step".
func (*Stepped) Kind() string { return string(ActStep) }

// Check finds the form's faults.
func (v *Stepped) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Stepped) apply(f *fold) Why {
	_, why := f.rule(ActStep)
	return why
}
