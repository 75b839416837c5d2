package casework

import "casedesk/store/catalogue"

// ConfirmationApplied records that the parties asked a court to confirm the agreement:
// both together, within thirty days of its taking effect (人民调解法 art. 33; 民事诉讼法
// 2023 art. 205): on the day stated, else when it is recorded. The court is a unit of the
// county or, where it has no desk, is named. What a court would refuse it for is looked at
// first (民诉解释 art. 358).
type ConfirmationApplied struct {
	Court     catalogue.UnitID `codec:"court,omitempty" ask:"unit"`
	Jointly   string           `codec:"jointly" ask:"choice=yes,required"`
	Voluntary string           `codec:"voluntary" ask:"choice=yes,required"`
	Lawful    string           `codec:"lawful" ask:"choice=yes,required"`
	Clear     string           `codec:"clear" ask:"choice=yes,required"`
	Note      string           `codec:"note,omitempty" ask:"longtext"`
	CourtName string           `codec:"court_name,omitempty" ask:"text"`
	AppliedOn string           `codec:"applied_on,omitempty" ask:"date,past"`
}

// Num returns NumConfirmationApplied.
func (*ConfirmationApplied) Num() Number { return NumConfirmationApplied }

// Kind returns "apply_confirmation".
func (*ConfirmationApplied) Kind() string { return string(ActApplyConfirmation) }

// Check finds the form's faults.
func (v *ConfirmationApplied) Check(ix Lookup) []Fault {
	return append(checkForm(v, "", ix), oneCourt(v.Court, v.CourtName)...)
}

func (v *ConfirmationApplied) apply(f *fold) Why {
	if f.c.mustNotSee(v.Court) {
		return WhyConfidential
	}
	why := f.move(ActApplyConfirmation, "")
	if why == "" {
		f.join(v.Court)
		f.since(f.running(LimitCourtAccept), v.AppliedOn)
		f.usedOn(LimitConfirm, f.running(LimitCourtAccept).Start)
		f.c.Agreement.Confirmation = Confirmation{Court: v.Court, CourtName: v.CourtName}
	}
	return why
}

// oneCourt finds that no court is named, or two.
func oneCourt(unit catalogue.UnitID, name string) []Fault {
	if (unit == "") == (name == "") {
		return []Fault{{Field: "court", Problem: ProblemCourt}}
	}
	return nil
}
