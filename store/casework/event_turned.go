package casework

// Turned records what a case led to beyond itself: one of the six things that the plan
// wants not to happen (“六个不发生”). It is a fact about the case, counted against nobody:
// to petition at a higher level is a right (信访工作条例 art. 18).
type Turned struct {
	Into   string `codec:"into" ask:"choice=to_city|to_province|to_beijing|criminal|violent|mass,required"`
	On     string `codec:"on" ask:"date,required,past"`
	People int    `codec:"people,omitempty" ask:"number,max=99999"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumTurned.
func (*Turned) Num() Number { return NumTurned }

// Kind returns "turn".
func (*Turned) Kind() string { return string(ActTurn) }

// Check finds the form's faults.
func (v *Turned) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Turned) apply(f *fold) Why { _, why := f.rule(ActTurn); return why }
