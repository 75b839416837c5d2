package casework

// RepeatRefused does not take a petition up that is under way elsewhere, or whose recheck
// has ended it (信访工作条例 art. 19, 36); it names the other one.
type RepeatRefused struct {
	Ground string `codec:"ground" ask:"choice=under_way|ended,required"`
	Number string `codec:"number" ask:"text,required,max=80"`
	Organ  string `codec:"organ,omitempty" ask:"text"`
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumRepeatRefused.
func (*RepeatRefused) Num() Number { return NumRepeatRefused }

// Kind returns "refuse_repeat".
func (*RepeatRefused) Kind() string { return string(ActRefuseRepeat) }

// Check finds the form's faults.
func (v *RepeatRefused) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *RepeatRefused) apply(f *fold) Why { return f.move(ActRefuseRepeat, "") }
