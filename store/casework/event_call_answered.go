package casework

// CallAnswered is the called unit's answer: that it knows, and what it does.
type CallAnswered struct {
	Act  EntryID `codec:"act" ask:"act=call_out,required"`
	Text string  `codec:"text" ask:"longtext,required"`
}

// Num returns NumCallAnswered.
func (*CallAnswered) Num() Number { return NumCallAnswered }

// Kind returns "answer_call".
func (*CallAnswered) Kind() string { return string(ActAnswerCall) }

// Check finds the form's faults.
func (v *CallAnswered) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply takes an answer from the called unit alone; a laptop without a county has
// no unit and answers for all.
func (v *CallAnswered) apply(f *fold) Why {
	call, made := f.c.Act(v.Act, ActCallOut)
	switch {
	case !made:
		return WhyNoCall
	case f.e.Unit != "" && string(f.e.Unit) != call.Words["unit"] && !f.force:
		return WhyNotAsked
	}
	if _, why := f.rule(ActAnswerCall); why != "" && why != WhyNoCall {
		return why
	}
	f.stopOf(LimitCallOut, v.Act)
	return ""
}
