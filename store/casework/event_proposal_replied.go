package casework

import "slices"

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
	to := c.State
	answered := slices.ContainsFunc(c.ActsOf(ActReplyProposal), func(a Act) bool { return a.Words["of"] == v.Of.String() })
	if open := c.unanswered(); to == StateProposed && (open == 0 || open == 1 && !answered) {
		to = StateReplied
	}
	if why := f.move(ActReplyProposal, to); why != "" {
		return why
	}
	f.stopOf(LimitReply, v.Of)
	f.stopOf(LimitReplyUrgent, v.Of)
	return ""
}
