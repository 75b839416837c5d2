package casework

// ProposalReplied is the written reply to one proposal. When none waits for its reply any more, it
// is for the procuratorate to look at.
type ProposalReplied struct {
	Of        EntryID `codec:"of" ask:"act=propose,required"`
	Reply     string  `codec:"reply" ask:"longtext,required"`
	Number    string  `codec:"number,omitempty" ask:"text"`
	RepliedOn string  `codec:"replied_on,omitempty" ask:"date,past"`
}

// Num returns NumProposalReplied.
func (*ProposalReplied) Num() Number { return NumProposalReplied }

// Kind returns "reply_proposal".
func (*ProposalReplied) Kind() string { return string(ActReplyProposal) }

// Check finds the form's faults.
func (v *ProposalReplied) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ProposalReplied) apply(f *fold) Why {
	c := f.c
	if _, proposed := c.Act(v.Of, ActPropose); !proposed {
		return WhyNoProposal
	}
	if why := f.move(ActReplyProposal, c.State); why != "" {
		return why
	}
	f.stopOf(LimitReply, v.Of)
	f.stopOf(LimitReplyUrgent, v.Of)
	if c.State == StateProposed && !c.awaitsReply() {
		f.enter(StateReplied)
	}
	return ""
}
