package casework

// TakenEffect says on which day the agreement took effect, where it was recorded before
// all had signed and sealed it (人民调解法 art. 29), or where another day was stated.
type TakenEffect struct {
	EffectiveOn string `codec:"effective_on" ask:"date,required,past"`
}

// Num returns NumTakenEffect.
func (*TakenEffect) Num() Number { return NumTakenEffect }

// Kind returns "take_effect".
func (*TakenEffect) Kind() string { return string(ActTakeEffect) }

// Check finds the form's faults.
func (v *TakenEffect) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *TakenEffect) apply(f *fold) Why {
	if _, why := f.rule(ActTakeEffect); why != "" {
		return why
	}
	f.c.Agreement.EffectiveOn = v.EffectiveOn
	f.since(f.running(LimitConfirm), v.EffectiveOn)
	return ""
}
