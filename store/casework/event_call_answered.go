package casework

// CallAnswered is the called unit's answer: that it knows, and what it does. Lead and
// holder may write down the answer of a unit that has no desk, as with a task.
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

// apply takes no answer from a guest that was not called; a laptop without a county
// has no unit and answers for all.
func (v *CallAnswered) apply(f *fold) Why {
	c, unit := f.c, f.e.Unit
	call, made := c.Act(v.Act, ActCallOut)
	switch {
	case !made:
		return WhyNoCall
	case unit != "" && string(unit) != call.Words["unit"] && unit != c.Holder && unit != c.Lead && !f.force:
		return WhyNotAsked
	}
	if _, why := f.rule(ActAnswerCall); why != "" && why != WhyNoCall {
		return why
	}
	f.stopOf(LimitCallOut, v.Act)
	return ""
}
