package casework

import "casedesk/store/catalogue"

// ConfirmationApplied records that the parties asked a court to confirm the agreement:
// both together, within thirty days of its taking effect (人民调解法 art. 33; 民事诉讼法
// 2023 art. 205). What a court would refuse it for is looked at first (民诉解释 art. 358).
type ConfirmationApplied struct {
	Court     catalogue.UnitID `codec:"court" ask:"unit,required"`
	Jointly   string           `codec:"jointly" ask:"choice=yes,required"`
	Voluntary string           `codec:"voluntary" ask:"choice=yes,required"`
	Lawful    string           `codec:"lawful" ask:"choice=yes,required"`
	Clear     string           `codec:"clear" ask:"choice=yes,required"`
	Note      string           `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumConfirmationApplied.
func (*ConfirmationApplied) Num() Number { return NumConfirmationApplied }

// Kind returns "apply_confirmation".
func (*ConfirmationApplied) Kind() string { return string(ActApplyConfirmation) }

// Check finds the form's faults.
func (v *ConfirmationApplied) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ConfirmationApplied) apply(f *fold) Why {
	if f.c.mustNotSee(v.Court) {
		return WhyConfidential
	}
	why := f.move(ActApplyConfirmation, "")
	if why == "" {
		f.join(v.Court)
		f.c.Agreement.Confirmation = Confirmation{Court: v.Court}
	}
	return why
}
