package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// PublicInterest is a lead of public interest (公益诉讼线索): found by anybody, sent to the
// procuratorate, followed by it from evidence to rectification and looked back at.
const PublicInterest Matter = "lead"

// What is done on a lead alone.
const (
	ActEvidence      Action = "evidence"
	ActSendLead      Action = "send_lead"
	ActReceiveLead   Action = "receive_lead"
	ActAssessLead    Action = "assess_lead"
	ActConsult       Action = "consult"
	ActPropose       Action = "propose"
	ActReplyProposal Action = "reply_proposal"
	ActNotice        Action = "rectify_notice"
	ActRectified     Action = "rectified"
	ActEffect        Action = "effect"
	ActPlanLookBack  Action = "plan_look_back"
	ActLookBack      Action = "look_back"
	ActPublicNotice  Action = "public_notice"
	ActSue           Action = "sue"
	ActJudgment      Action = "judgment"
	ActCooperate     Action = "cooperate"
)

// The numbers of the kinds.
const (
	NumEvidenceListed  Number = 100
	NumLeadSent        Number = 101
	NumLeadReceived    Number = 102
	NumLeadAssessed    Number = 103
	NumConsulted       Number = 104
	NumProposed        Number = 105
	NumProposalReplied Number = 106
	NumRectifyOrdered  Number = 107
	NumRectified       Number = 108
	NumEffectMeasured  Number = 109
	NumLookBackPlanned Number = 110
	NumLookedBack      Number = 111
	NumNoticePublished Number = 112
	NumSued            Number = 113
	NumJudged          Number = 114
	NumCooperated      Number = 115
)

var leadKinds = map[Number]func() Event{
	NumEvidenceListed:  func() Event { return new(EvidenceListed) },
	NumLeadSent:        func() Event { return new(LeadSent) },
	NumLeadReceived:    func() Event { return new(LeadReceived) },
	NumLeadAssessed:    func() Event { return new(LeadAssessed) },
	NumConsulted:       func() Event { return new(Consulted) },
	NumProposed:        func() Event { return new(Proposed) },
	NumProposalReplied: func() Event { return new(ProposalReplied) },
	NumRectifyOrdered:  func() Event { return new(RectifyOrdered) },
	NumRectified:       func() Event { return new(Rectified) },
	NumEffectMeasured:  func() Event { return new(EffectMeasured) },
	NumLookBackPlanned: func() Event { return new(LookBackPlanned) },
	NumLookedBack:      func() Event { return new(LookedBack) },
	NumNoticePublished: func() Event { return new(NoticePublished) },
	NumSued:            func() Event { return new(Sued) },
	NumJudged:          func() Event { return new(Judged) },
	NumCooperated:      func() Event { return new(Cooperated) },
}

// The states that a lead alone has.
const (
	StateSent       State = "sent"       // 已移送检察院
	StateReceived   State = "received"   // 检察院已接收, being assessed
	StateFiled      State = "filed"      // 已立案
	StateConsulting State = "consulting" // 磋商中
	StateProposed   State = "proposed"   // 检察建议待回复
	StateRectifying State = "rectifying" // 整改中
	StateReplied    State = "replied"    // 已书面回复, to be looked at
	StateLitigating State = "litigating" // 已提起诉讼
)

// The limits of a lead; their lengths are the catalogue's.
const (
	LimitLeadAssess  catalogue.LimitCode = "lead_assess"
	LimitConsult     catalogue.LimitCode = "consultation"
	LimitReply       catalogue.LimitCode = "proposal_reply"        // 解释 art. 21
	LimitReplyUrgent catalogue.LimitCode = "proposal_reply_urgent" // 解释 art. 21
	LimitRectify     catalogue.LimitCode = "rectify"               // the notice's own day
	LimitLookBack    catalogue.LimitCode = "look_back"             // the plan's own day
	LimitCivilNotice catalogue.LimitCode = "civil_notice"          // 解释 art. 13
)

// Fields that a lead alone has.
const (
	FieldInterest Field = "interest" // 公益领域
	FieldHarm     Field = "harm"     // what was harmed, and how much
)

var (
	leadOpen = states{StateRegistered, StateSent, StateReceived, StateFiled, StateConsulting, StateProposed,
		StateRectifying, StateReplied, StateLitigating, StateResolved, StateSuspended}
	leadWork  = states{StateFiled, StateConsulting, StateProposed, StateRectifying, StateReplied}
	leadReply = states{StateFiled, StateConsulting, StateProposed, StateRectifying, StateReplied, StateLitigating, StateResolved}
	// A department was asked to act.
	leadAsked = states{StateConsulting, StateProposed, StateRectifying}
	leadAll   = append(slices.Clone(leadOpen), StateRefused, StateClosed, StateVoided)

	procurators = roles{catalogue.Procurator}
	// Who registered a lead or takes part as a guest moves it only as the procuratorate.
	byProcuratorate = Beside{Registrar | Guest, procurators}
	// An answering department acts by its clerk; a town or county by its desk.
	answering = roles{catalogue.Handler, catalogue.Mediator, catalogue.Center, catalogue.Office}

	leadLimits = limits{LimitTriage, LimitLeadAssess, LimitConsult, LimitReply, LimitReplyUrgent, LimitRectify,
		LimitLookBack, LimitCivilNotice, LimitRevisit}
)

// leadTable is the life of a 公益诉讼线索. The procuratorate takes part as the guest
// to whom the lead was sent, or as the one who registered it; the department that
// answers is the lead handler; the unit of the place goes on answering for the case.
var leadTable = Table{Matter: PublicInterest, Fields: slices.Concat(commonFields, []FieldSpec{
	{Name: string(FieldInterest), Type: TypeChoice, Choices: []string{"environment", "food_drug", "state_property", "land",
		"safety", "minors", "heroes", "other"}},
	{Name: string(FieldHarm), Type: TypeText, Max: maxLine, More: true},
}, weighing), States: []Standing{
	{State: StateRegistered, Stage: StageIntake, Turn: Holder, Next: []Action{ActSendLead, ActReceiveLead}},
	{State: StateSent, Stage: StageRoute, Turn: Guest, Next: []Action{ActReceiveLead}},
	{State: StateReceived, Stage: StageAssess, Turn: Guest | Registrar, Next: []Action{ActAssessLead}},
	{State: StateFiled, Stage: StageHandle, Turn: Guest | Registrar, Next: []Action{ActConsult, ActPropose}},
	{State: StateConsulting, Stage: StageHandle, Turn: Lead | Guest, Next: []Action{ActPropose, ActRectified}},
	{State: StateProposed, Stage: StageHandle, Turn: Lead | CoHandler, Next: []Action{ActReplyProposal, ActRectified}},
	{State: StateRectifying, Stage: StageHandle, Turn: Lead | CoHandler, Next: []Action{ActRectified}},
	{State: StateReplied, Stage: StageMonitor, Turn: Guest | Registrar, Next: []Action{ActLookBack, ActClose}},
	{State: StateLitigating, Stage: StageMonitor, Turn: Guest | Registrar, Next: []Action{ActJudgment}},
	{State: StateResolved, Stage: StageMonitor, Turn: Guest | Registrar, Next: []Action{ActLookBack, ActClose}},
	{State: StateRefused, Stage: StageMonitor, Turn: Holder, Next: []Action{ActClose}},
	{State: StateClosed, Stage: StageMonitor, Ended: true},
	{State: StateVoided, Stage: StageMonitor, Ended: true},
	{State: StateSuspended, Next: []Action{ActResume}},
}, Register: Rule{Action: ActRegister, To: StateRegistered,
	Who: Registrar, Roles: everybody,
	Starts: limits{LimitTriage},
	New:    func() Event { return new(Registered) },
	// Who must answer a proposal has the time of the law, whoever suspends the lead (解释 art. 21).
}, Pauses: limits{LimitLeadAssess, LimitConsult, LimitLookBack}, Rules: slices.Concat([]Rule{
	{Action: ActSendLead, From: states{StateRegistered, StateRefused}, To: StateSent,
		Who: Registrar | Holder | Superior, Roles: answering, Kept: true,
		Stops: limits{LimitTriage}, Starts: limits{LimitLeadAssess},
		New: func() Event { return new(LeadSent) }},
	{Action: ActReceiveLead, From: states{StateSent, StateRegistered}, To: StateReceived,
		Who: Registrar | Guest, Roles: procurators, Many: true,
		Stops: limits{LimitTriage}, Starts: limits{LimitLeadAssess},
		New: func() Event { return new(LeadReceived) }},
	{Action: ActAssessLead, From: states{StateReceived}, To: StateFiled, Or: states{StateRefused},
		Who: Registrar | Guest, Roles: procurators, Kept: true,
		Stops: limits{LimitLeadAssess},
		New:   func() Event { return new(LeadAssessed) }},
	{Action: ActConsult, From: leadWork, To: StateConsulting, Or: states{StateRectifying},
		Who: Registrar | Guest, Roles: procurators, Kept: true,
		Starts: limits{LimitConsult},
		New:    func() Event { return new(Consulted) }},
	{Action: ActPropose, From: leadWork, To: StateProposed,
		Who: Registrar | Guest, Roles: procurators, Kept: true, Bars: []Bar{unlessAlone},
		Stops: limits{LimitConsult},
		New:   func() Event { return new(Proposed) }},
	{Action: ActReplyProposal, From: leadReply, To: StateReplied, Or: leadReply,
		Who: Lead | CoHandler, Roles: answering, Kept: true,
		Bars: []Bar{{WhyNoProposal, func(c *Case) bool { return len(c.ActsOf(ActPropose)) == 0 }}},
		New:  func() Event { return new(ProposalReplied) }},
	{Action: ActNotice, From: leadWork, To: StateRectifying,
		Who: Registrar | Holder | Superior | Guest, Roles: slices.Concat(procurators, desk), Beside: byProcuratorate, Kept: true,
		New: func() Event { return new(RectifyOrdered) }},
	{Action: ActRectified, From: states{StateConsulting, StateProposed, StateRectifying, StateReplied}, To: StateResolved,
		Or:  states{StateConsulting, StateProposed, StateRectifying, StateReplied},
		Who: Lead | CoHandler | Registrar | Guest, Roles: slices.Concat(procurators, answering), Beside: byProcuratorate, Kept: true,
		Stops: limits{LimitConsult},
		New:   func() Event { return new(Rectified) }},
	{Action: ActPublicNotice, From: states{StateFiled, StateConsulting},
		Who: Registrar | Guest, Roles: procurators, Kept: true,
		Starts: limits{LimitCivilNotice},
		New:    func() Event { return new(NoticePublished) }},
	{Action: ActSue, From: leadWork, To: StateLitigating,
		Who: Registrar | Guest, Roles: procurators, Kept: true,
		Stops: limits{LimitConsult, LimitCivilNotice},
		New:   func() Event { return new(Sued) }},
	{Action: ActJudgment, From: states{StateLitigating}, To: StateRectifying, Or: states{StateResolved},
		Who: Registrar | Guest, Roles: procurators, Kept: true,
		New: func() Event { return new(Judged) }},
	{Action: ActLookBack, From: states{StateReplied, StateResolved, StateClosed}, To: StateFiled, Or: states{StateReplied, StateResolved, StateClosed},
		Who: Registrar | Guest | Holder | Superior, Roles: slices.Concat(procurators, field), Beside: Beside{Guest, procurators}, Kept: true,
		New: func() Event { return new(LookedBack) }}, // it stops the LimitLookBack that it answers
	{Action: ActClose, From: states{StateResolved, StateReplied, StateRefused}, To: StateClosed,
		Who: Registrar | Guest | Holder | Superior, Roles: slices.Concat(procurators, desk), Beside: byProcuratorate,
		Bars: []Bar{noOpenTask},
		// A look-back that is planned outlives the closing.
		Stops: slices.DeleteFunc(slices.Clone(leadLimits), func(l catalogue.LimitCode) bool { return l == LimitLookBack }),
		New:   func() Event { return new(Closed) }},
	{Action: ActReturn, From: leadAsked, To: StateFiled, Or: append(states{StateReplied}, leadAsked...),
		Who: Lead | CoHandler, Roles: answering,
		New: func() Event { return new(Returned) }},
	{Action: ActEscalate, From: states{StateRegistered},
		Who: Holder, Roles: desk,
		New: func() Event { return new(Escalated) }},
	{Action: ActDisputeCompetence, From: states{StateRegistered},
		Who: Holder, Roles: desk, Kept: true,
		New: func() Event { return new(CompetenceDisputed) }},
	{Action: ActDisputeCompetence, From: leadAsked, To: StateFiled, // the superior decides by a notice to whom it concerns
		Who: Holder | Lead, Roles: answering, Kept: true,
		Stops: limits{LimitConsult},
		New:   func() Event { return new(CompetenceDisputed) }},
	{Action: ActRefuse, From: states{StateRegistered}, To: StateRefused,
		Who: Registrar | Holder | Superior, Roles: desk,
		Stops: limits{LimitTriage},
		New:   func() Event { return new(Refused) }},
	{Action: ActReopen, From: states{StateResolved, StateRefused, StateClosed}, To: StateFiled,
		Who: Registrar | Guest, Roles: procurators,
		New: func() Event { return new(Reopened) }},
	{Action: ActSuspend, From: leadWork, To: StateSuspended,
		Who: Registrar | Guest, Roles: procurators,
		New: func() Event { return new(Suspended) }},
	{Action: ActResume, From: states{StateSuspended}, To: StateFiled, // or wherever it stood before
		Who: Registrar | Guest | Lead | Superior, Roles: slices.Concat(procurators, answering), Beside: byProcuratorate,
		New: func() Event { return new(Resumed) }},
	{Action: ActVoid, From: states{StateRegistered}, To: StateVoided,
		Who: Registrar | Holder | Superior, Roles: slices.Concat(procurators, field),
		Stops: leadLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActEvidence, Group: GroupRecord, From: leadOpen,
		Who: Anyone, Roles: everybody, Kept: true,
		New: func() Event { return new(EvidenceListed) }},
	{Action: ActEffect, Group: GroupRecord, From: append(slices.Clone(leadOpen), StateClosed),
		Who: Anyone, Roles: everybody, Kept: true,
		New: func() Event { return new(EffectMeasured) }},
	{Action: ActPlanLookBack, Group: GroupRecord, From: states{StateRectifying, StateReplied, StateResolved, StateClosed},
		Who: Registrar | Guest | Holder, Roles: slices.Concat(procurators, desk), Beside: byProcuratorate, Kept: true,
		New: func() Event { return new(LookBackPlanned) }},
	{Action: ActCooperate, Group: GroupJoint, From: leadOpen,
		Who: Registrar | Guest | Holder | Superior, Roles: slices.Concat(procurators, desk), Beside: byProcuratorate, Kept: true,
		New: func() Event { return new(Cooperated) }},
}, shared(phases{all: leadAll, running: leadOpen, work: leadWork}))}

// awaitsReply reports whether a proposal still waits for its written reply. One that
// was left without when the matter was closed waits no more when it is opened again.
func (c *Case) awaitsReply() bool {
	return slices.ContainsFunc(c.Clocks, func(k Clock) bool {
		return (k.Limit == LimitReply || k.Limit == LimitReplyUrgent) && k.Stop.IsZero()
	})
}

// unanswered returns the proposals that wait for a reply.
func (c *Case) unanswered() []Act {
	return slices.DeleteFunc(c.ActsOf(ActPropose), func(p Act) bool {
		return !c.runs(LimitReply, p.By) && !c.runs(LimitReplyUrgent, p.By)
	})
}

// addressee is the department that an entry consulted, sent a proposal or a notice to;
// empty where it did none of this.
func (c *Case) addressee(by EntryID) catalogue.UnitID {
	for _, a := range []Action{ActPropose, ActNotice, ActConsult} {
		if act, ok := c.Act(by, a); ok {
			return catalogue.UnitID(act.Words["unit"])
		}
	}
	return ""
}

// stepOut takes out the writer's unit, which says that the lead is not its business;
// the limits that run for it end with that. Of several, the next one leads. Where
// nobody is left, or nobody owes anything, the procuratorate has to address another.
func (f *fold) stepOut() Why {
	c := f.c
	out := f.e.Unit
	if !c.handles(out) {
		out = c.Lead
	}
	rest := slices.DeleteFunc(append([]catalogue.UnitID{c.Lead}, c.Co...), func(u catalogue.UnitID) bool { return u == out || u == "" })
	waits := slices.ContainsFunc(c.unanswered(), func(p Act) bool { return p.Words["unit"] != string(out) })
	to := c.State
	switch {
	case len(rest) == 0:
		to = StateFiled
	case to == StateProposed && !waits && len(c.ActsOf(ActReplyProposal)) > 0:
		to = StateReplied
	case to == StateProposed && !waits:
		to = StateFiled
	}
	if why := f.move(ActReturn, to); why != "" {
		return why
	}
	lead := catalogue.UnitID("")
	if len(rest) > 0 {
		lead, rest = rest[0], rest[1:]
	}
	if lead != c.Lead {
		f.hand(c.Holder, lead)
	}
	c.Co = rest
	return ""
}

// answer makes a unit answer for the matter: the first leads, others help.
func (f *fold) answer(u catalogue.UnitID) Why {
	c := f.c
	switch {
	case c.mustNotSee(u):
		return WhyConfidential
	case c.Lead == "" || c.Lead == u:
		f.hand(c.Holder, u)
		c.Co = slices.DeleteFunc(slices.Clone(c.Co), func(co catalogue.UnitID) bool { return co == u })
	case !slices.Contains(c.Co, u):
		c.Co = append(c.Co, u)
	}
	return ""
}
