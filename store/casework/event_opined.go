package casework

// Opined is the 信访处理意见书: what is decided, on which facts and law (信访工作条例
// art. 32, 34). From the day on which it was delivered the petitioner has her time to
// ask for a review.
type Opined struct {
	Decision    string `codec:"decision" ask:"choice=support|explain|reject,required"`
	Opinion     string `codec:"opinion" ask:"longtext,required"`
	Laws        string `codec:"laws" ask:"text,required"`
	Document    string `codec:"document,omitempty" ask:"text,max=80"`
	DeliveredOn string `codec:"delivered_on" ask:"date,required,past"`
}

// Num returns NumOpined.
func (*Opined) Num() Number { return NumOpined }

// Kind returns "opinion".
func (*Opined) Kind() string { return string(ActOpinion) }

// Check finds the form's faults.
func (v *Opined) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Opined) apply(f *fold) Why {
	why := f.move(ActOpinion, "")
	if why == "" {
		f.takeInHand()
		f.startOn(LimitPetitionAskReview, v.DeliveredOn)
	}
	return why
}
