package casework

// Reviewed is the 复查意见 (信访工作条例 art. 35): the opinion stands, is changed, or the
// petition is to be handled anew.
type Reviewed struct {
	Decision    string `codec:"decision" ask:"choice=uphold|change|redo,required"`
	Opinion     string `codec:"opinion" ask:"longtext,required"`
	Laws        string `codec:"laws" ask:"text,required"`
	Document    string `codec:"document,omitempty" ask:"text,max=80"`
	DeliveredOn string `codec:"delivered_on" ask:"date,required,past"`
}

// Num returns NumReviewed.
func (*Reviewed) Num() Number { return NumReviewed }

// Kind returns "review".
func (*Reviewed) Kind() string { return string(ActReview) }

// Check finds the form's faults.
func (v *Reviewed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Reviewed) apply(f *fold) Why {
	stands, why := f.review(ActReview, v.Decision)
	if stands {
		f.startOn(LimitPetitionAskRecheck, v.DeliveredOn)
	}
	return why
}
