package casework

import "casedesk/store/catalogue"

// ReviewAsked is the petitioner asking the organ above to review the opinion
// (信访工作条例 art. 35): a unit of this county, which has the petition from then on, or an
// organ outside.
type ReviewAsked struct {
	AskedOn string           `codec:"asked_on" ask:"date,required,past"`
	To      catalogue.UnitID `codec:"to,omitempty" ask:"unit"`
	Organ   string           `codec:"organ,omitempty" ask:"text"`
	Reason  string           `codec:"reason" ask:"longtext,required"`
}

// Num returns NumReviewAsked.
func (*ReviewAsked) Num() Number { return NumReviewAsked }

// Kind returns "ask_review".
func (*ReviewAsked) Kind() string { return string(ActAskReview) }

// Check finds the form's faults.
func (v *ReviewAsked) Check(ix Lookup) []Fault {
	faults := checkForm(v, "", ix)
	if (v.To == "") == (v.Organ == "") { // nobody is asked, or two
		faults = append(faults, Fault{Field: "to", Problem: ProblemReviewer})
	}
	return faults
}

func (v *ReviewAsked) apply(f *fold) Why {
	return f.passUp(ActAskReview, v.To, LimitPetitionReview, v.AskedOn)
}
