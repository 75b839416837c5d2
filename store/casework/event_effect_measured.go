package casework

// EffectMeasured measures what came of it: area restored, waste removed, money recovered. It is
// written once it is measured, and never needed.
type EffectMeasured struct {
	Area   string `codec:"area,omitempty" ask:"money"`   // 亩
	Tonnes string `codec:"tonnes,omitempty" ask:"money"` // 吨
	Money  string `codec:"money,omitempty" ask:"money"`  // 元
	Basis  string `codec:"basis" ask:"longtext,required"`
}

// Num returns NumEffectMeasured.
func (*EffectMeasured) Num() Number { return NumEffectMeasured }

// Kind returns "effect".
func (*EffectMeasured) Kind() string { return string(ActEffect) }

// Check finds the form's faults.
func (v *EffectMeasured) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *EffectMeasured) apply(f *fold) Why {
	_, why := f.rule(ActEffect)
	return why
}
