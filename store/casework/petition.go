package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Petition is a 信访诉求: what somebody asks of the authorities, tells them or
// complains of (信访工作条例, 2022; articles below are its own).
const Petition Matter = "petition"

// The states that only a petition has.
const (
	StateObjected   State = "objected"   // 异议待定: the unit that it was handed to says that it is not its business
	StateOpined     State = "opined"     // 已出具处理意见
	StateReviewing  State = "reviewing"  // 复查中
	StateReviewed   State = "reviewed"   // 已复查
	StateRechecking State = "rechecking" // 复核中
	StateFinal      State = "final"      // 已终结: after the recheck nothing follows on the same facts
	StateSplitOut   State = "split_out"  // 诉访分离: it goes the way that the law has for it
)

// The actions that only a petition has.
const (
	ActTellPetitioner  Action = "tell_petitioner"  // 书面告知
	ActInquire         Action = "inquire"          // 听取陈述、调查核实、听证
	ActVisit           Action = "visit"            // 来访来信: once more
	ActObject          Action = "object"           // 提出异议
	ActAcceptObjection Action = "accept_objection" // 同意异议
	ActRejectObjection Action = "reject_objection" // 不同意异议
	ActOpinion         Action = "opinion"          // 出具处理意见
	ActAskReview       Action = "ask_review"       // 请求复查
	ActReview          Action = "review"           // 复查意见
	ActAskRecheck      Action = "ask_recheck"      // 请求复核
	ActRecheck         Action = "recheck"          // 复核意见
	ActConclude        Action = "conclude"         // 息诉息访
	ActSplitOut        Action = "split_out"        // 诉访分离
	ActRefuseRepeat    Action = "refuse_repeat"    // 重复信访不予受理
	ActRateOffice      Action = "rate_office"      // 评价信访部门
)

// The limits of the petition's table.
const (
	LimitPetitionRegister   catalogue.LimitCode = "petition_register"    // art. 22: received → handed to whom it concerns
	LimitPetitionNotice     catalogue.LimitCode = "petition_notice"      // art. 23: received → told in writing
	LimitPetitionObject     catalogue.LimitCode = "petition_object"      // art. 23: handed over → objected, or taken
	LimitPetitionHandle     catalogue.LimitCode = "petition_handle"      // art. 34: accepted → opinion
	LimitPetitionAskReview  catalogue.LimitCode = "petition_ask_review"  // art. 35: opinion delivered → review asked for
	LimitPetitionReview     catalogue.LimitCode = "petition_review"      // art. 35: asked for → review
	LimitPetitionAskRecheck catalogue.LimitCode = "petition_ask_recheck" // art. 36: review delivered → recheck asked for
	LimitPetitionRecheck    catalogue.LimitCode = "petition_recheck"     // art. 36: asked for → recheck
)

// The numbers of the petition's events are 80 to 99.
const (
	NumPetitionerTold    Number = 80
	NumInquired          Number = 81
	NumVisited           Number = 82
	NumObjected          Number = 83
	NumObjectionAccepted Number = 84
	NumObjectionRejected Number = 85
	NumOpined            Number = 86
	NumReviewAsked       Number = 87
	NumReviewed          Number = 88
	NumRecheckAsked      Number = 89
	NumRechecked         Number = 90
	NumConcluded         Number = 91
	NumSplitOut          Number = 92
	NumRepeatRefused     Number = 93
	NumOfficeRated       Number = 94
)

var petitionKinds = map[Number]func() Event{
	NumPetitionerTold:    func() Event { return new(PetitionerTold) },
	NumInquired:          func() Event { return new(Inquired) },
	NumVisited:           func() Event { return new(Visited) },
	NumObjected:          func() Event { return new(Objected) },
	NumObjectionAccepted: func() Event { return new(ObjectionAccepted) },
	NumObjectionRejected: func() Event { return new(ObjectionRejected) },
	NumOpined:            func() Event { return new(Opined) },
	NumReviewAsked:       func() Event { return new(ReviewAsked) },
	NumReviewed:          func() Event { return new(Reviewed) },
	NumRecheckAsked:      func() Event { return new(RecheckAsked) },
	NumRechecked:         func() Event { return new(Rechecked) },
	NumConcluded:         func() Event { return new(Concluded) },
	NumSplitOut:          func() Event { return new(SplitOut) },
	NumRepeatRefused:     func() Event { return new(RepeatRefused) },
	NumOfficeRated:       func() Event { return new(OfficeRated) },
}

// The reasons that only a petition has.
const (
	WhyFinal       Why = "final"         // the recheck has ended it (art. 36)
	WhyOverruled   Why = "overruled"     // the objection was rejected already (art. 23, 24)
	WhyNoNotice    Why = "no_notice"     // the petitioner was not told in writing (art. 23)
	WhyTermOver    Why = "term_over"     // the days in which it could be asked for are over (art. 35, 36)
	WhyTermRuns    Why = "term_runs"     // the days in which it may be asked for are not over (art. 35, 36)
	WhyNotWritten  Why = "not_written"   // the agreement must be in writing (art. 33)
	WhyAccusation  Why = "accusation"    // it accuses somebody: 保密, and the unit named (art. 30)
	WhyUnderWay    Why = "under_way"     // it names one that is under way already (art. 19, 20)
	WhyLitigation  Why = "litigation"    // it goes the way that the law has for it (art. 28, 31)
	WhyNotOneAbove Why = "not_one_above" // the review is for the unit above the one that answered (art. 35, 36)
)

// The problems that only a petition has.
const (
	ProblemRepresentatives Problem = "representatives" // art. 20
	ProblemAccusation      Problem = "accusation"      // art. 30
	ProblemReviewer        Problem = "reviewer"        // the unit, or the organ outside, that is asked: one of both
)

// The fields that only a petition has. FieldPeople is 人次 of the first time.
const (
	FieldPetitionForm    Field = "petition_form"   // 信访形式
	FieldRepresentatives Field = "representatives" // 代表人数
	FieldDemand          Field = "demand"          // 诉求类型, after art. 29 to 31
	FieldAccusation      Field = "accusation"      // 检举控告
	FieldLitigation      Field = "litigation"      // 涉法涉诉
)

var petitionForms = []string{"letter", "visit", "call", "online"} // 来信、来访、来电、网信

var petitionFields = slices.Concat(commonFields, []FieldSpec{
	{Name: string(FieldPetitionForm), Type: TypeChoice, Choices: petitionForms, Required: true},
	{Name: string(FieldRepresentatives), Type: TypeNumber, More: true},
	{Name: string(FieldDemand), Type: TypeChoice, Choices: []string{"suggestion", "accusation", "claim"}, More: true},
	{Name: string(FieldAccusation), Type: TypeChoice, Choices: yesNo, More: true},
	{Name: string(FieldLitigation), Type: TypeChoice, Choices: yesNo, More: true},
}, weighing)

var (
	petitionStates = states{StateRegistered, StateAccepted, StateAssigned, StateObjected, StateHandling, StateAgreed, StateOpined,
		StateReviewing, StateReviewed, StateRechecking, StateResolved, StateFinal, StateClosed, StateRefused, StateSplitOut,
		StateVoided, StateSuspended}
	petitionRunning = states{StateRegistered, StateAccepted, StateAssigned, StateObjected, StateHandling, StateAgreed, StateOpined,
		StateReviewing, StateReviewed, StateRechecking, StateResolved, StateSuspended}
	petitionWork = states{StateAccepted, StateAssigned, StateObjected, StateHandling, StateAgreed, StateReviewing, StateRechecking}

	// where the parties may still say whether they want mediation
	mediable = states{StateRegistered, StateAccepted, StateAssigned, StateObjected, StateHandling}

	petitionLimits = limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionObject, LimitPetitionHandle,
		LimitPetitionAskReview, LimitPetitionReview, LimitPetitionAskRecheck, LimitPetitionRecheck,
		LimitSignFor, LimitPerform, LimitRevisit, LimitRate}

	notUnderWay = Bar{Why: WhyUnderWay, If: func(c *Case) bool {
		return slices.ContainsFunc(c.Links(), func(l Link) bool { return l.Relation == "under_way" })
	}}
	notLitigation = Bar{Why: WhyLitigation, If: func(c *Case) bool { return c.Value(FieldLitigation) == "yes" }}

	isFinal = Bar{Why: WhyFinal, If: func(c *Case) bool { return c.State == StateFinal }}
)

// petitionTable is the life of a 信访诉求: registered, accepted, handed to the unit
// whose business it is, which takes it or objects, inquired into, answered with a
// written opinion; then, if the petitioner asks, reviewed and rechecked, and that is
// the end of it. Who registers a petition may accept it and answers for it then:
// that is how a 信访部门, which stands beside the units of the place, holds one.
var petitionTable = Table{Matter: Petition, Fields: petitionFields, States: []Standing{
	{State: StateRegistered, Stage: StageIntake, Turn: Holder | Registrar, Next: []Action{ActAccept}},
	{State: StateAccepted, Stage: StageAssess, Turn: Holder, Next: []Action{ActTellPetitioner, ActAssign, ActInquire}},
	{State: StateAssigned, Stage: StageRoute, Turn: Lead, Next: []Action{ActSignFor}},
	{State: StateObjected, Stage: StageRoute, Turn: Holder, Next: []Action{ActAcceptObjection, ActRejectObjection}},
	{State: StateHandling, Stage: StageHandle, Turn: Lead | CoHandler, Next: []Action{ActTellPetitioner, ActInquire, ActOpinion}},
	{State: StateAgreed, Stage: StageHandle, Turn: Lead | Holder, Next: []Action{ActPerform}},
	{State: StateOpined, Stage: StageHandle, Turn: Lead | Holder, Next: []Action{ActConclude}},
	{State: StateReviewing, Stage: StageHandle, Turn: Holder, Next: []Action{ActReview}},
	{State: StateReviewed, Stage: StageHandle, Turn: Holder, Next: []Action{ActConclude}},
	{State: StateRechecking, Stage: StageHandle, Turn: Holder, Next: []Action{ActRecheck}},
	{State: StateResolved, Stage: StageMonitor, Turn: Holder | Registrar, Next: []Action{ActReply, ActRevisit, ActRate, ActClose}},
	{State: StateRefused, Stage: StageMonitor, Turn: Holder | Registrar, Next: []Action{ActTellPetitioner, ActClose}},
	{State: StateFinal, Stage: StageMonitor, Ended: true},
	{State: StateClosed, Stage: StageMonitor, Ended: true},
	{State: StateSplitOut, Stage: StageMonitor, Ended: true},
	{State: StateVoided, Stage: StageMonitor, Ended: true},
	{State: StateSuspended, Next: []Action{ActResume}},
}, Register: Rule{Action: ActRegister, To: StateRegistered,
	Who: Registrar, Roles: everybody,
	Starts: limits{LimitPetitionRegister, LimitPetitionNotice},
	New:    func() Event { return new(Registered) },
	// Art. 36 leaves the time of a hearing out; art. 22, 23, 34 and 35 leave no time out.
}, Pauses: limits{LimitSignFor, LimitPetitionRecheck}, Back: Rule{From: states{StateAssigned, StateObjected, StateHandling}, To: StateAccepted,
	Stops:  limits{LimitPetitionObject, LimitSignFor, LimitPetitionNotice, LimitPetitionHandle},
	Starts: limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionHandle},
}, Check: checkPetition, Fits: petitionFits, Rules: slices.Concat([]Rule{
	{Action: ActAccept, From: states{StateRegistered}, To: StateAccepted,
		Who: Registrar | Holder | Superior, Roles: handlers, Bars: []Bar{notUnderWay, notLitigation}, Many: true,
		Starts: limits{LimitPetitionHandle},
		New:    func() Event { return new(Accepted) }},
	{Action: ActTellPetitioner, From: states{StateRegistered, StateAccepted, StateAssigned, StateObjected, StateHandling, StateRefused},
		Who: Registrar | Holder | Lead, Roles: handlers,
		Stops: limits{LimitPetitionNotice}, Kept: true,
		New: func() Event { return new(PetitionerTold) }},
	{Action: ActSignFor, From: states{StateAssigned}, To: StateHandling,
		Who: Lead, Roles: handlers, Many: true,
		Stops: limits{LimitPetitionObject, LimitSignFor}, Starts: limits{LimitPetitionHandle},
		New: func() Event { return new(SignedFor) }},
	{Action: ActAssign, From: states{StateAccepted, StateHandling}, To: StateAssigned,
		Who: Holder | Superior, Roles: handlers, Bars: []Bar{notLitigation},
		Stops:  limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionHandle},
		Starts: limits{LimitPetitionNotice, LimitPetitionObject},
		New:    func() Event { return new(Assigned) }},
	{Action: ActObject, From: states{StateAssigned}, To: StateObjected,
		Who: Lead, Roles: handlers, Bars: []Bar{{Why: WhyOverruled, If: overruled}},
		Stops: limits{LimitPetitionObject}, Kept: true,
		New: func() Event { return new(Objected) }},
	{Action: ActDisputeCompetence, From: states{StateAccepted, StateAssigned, StateObjected, StateHandling}, To: StateAccepted,
		Who: Holder | Lead, Roles: handlers, Kept: true,
		// That units disagree stops no clock that runs for the petitioner.
		Stops: limits{LimitPetitionObject, LimitSignFor}, Starts: limits{LimitPetitionRegister, LimitPetitionHandle},
		New: func() Event { return new(CompetenceDisputed) }},
	{Action: ActAcceptObjection, From: states{StateObjected}, To: StateAccepted,
		Who: Holder | Superior, Roles: handlers,
		Stops:  limits{LimitPetitionNotice},
		Starts: limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionHandle}, Kept: true,
		New: func() Event { return new(ObjectionAccepted) }},
	{Action: ActRejectObjection, From: states{StateObjected}, To: StateAssigned,
		Who: Holder | Superior, Roles: handlers,
		Starts: limits{LimitSignFor}, Kept: true,
		New: func() Event { return new(ObjectionRejected) }},
	{Action: ActInquire, From: states{StateAccepted, StateHandling}, To: StateHandling,
		Who: Holder | Lead | CoHandler, Roles: handlers, Bars: []Bar{unlessAlone},
		Stops: limits{LimitPetitionRegister}, Starts: limits{LimitPetitionHandle}, Kept: true,
		New: func() Event { return new(Inquired) }},
	{Action: ActInquire, From: states{StateReviewing, StateRechecking}, // a hearing, mostly (art. 36)
		Who: Holder, Roles: handlers, Kept: true,
		New: func() Event { return new(Inquired) }},
	{Action: ActMediate, From: states{StateAccepted, StateHandling}, To: StateHandling,
		Who: Holder | Lead | CoHandler, Roles: handlers, Bars: toMediate, // mediation is voluntary (art. 33)
		Stops: limits{LimitPetitionRegister}, Starts: limits{LimitPetitionHandle},
		New: func() Event { return new(Mediated) }},
	{Action: ActAgree, From: states{StateAccepted, StateHandling}, To: StateAgreed,
		Who: Holder | Lead, Roles: handlers, Bars: toMediate,
		Stops:  limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionHandle},
		Starts: limits{LimitPerform},
		New:    func() Event { return new(Agreed) }},
	{Action: ActPerform, From: states{StateAgreed}, To: StateResolved, Or: states{StateAgreed},
		Who: Registrar | Holder | Lead, Roles: everybody,
		Stops: limits{LimitPerform}, Starts: limits{LimitRevisit, LimitRate},
		New: func() Event { return new(Performed) }},
	{Action: ActFail, From: states{StateAgreed}, To: StateHandling, // it is not kept: an opinion is due after all
		Who: Holder | Lead, Roles: handlers,
		Stops: limits{LimitPerform}, Starts: limits{LimitPetitionHandle},
		New: func() Event { return new(Failed) }},
	{Action: ActOpinion, From: states{StateAccepted, StateHandling}, To: StateOpined,
		Who: Holder | Lead, Roles: handlers, Bars: []Bar{notLitigation, unlessAlone},
		Stops: limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionHandle},
		// It starts LimitPetitionAskReview on the day of delivery.
		Kept: true, New: func() Event { return new(Opined) }},
	{Action: ActAskReview, From: states{StateOpined, StateFinal}, To: StateReviewing,
		Who: Registrar | Holder | Lead | Superior, Roles: handlers, Bars: []Bar{isFinal},
		Stops: limits{LimitPetitionAskReview}, Kept: true, // and starts LimitPetitionReview on the day it was asked
		New: func() Event { return new(ReviewAsked) }},
	{Action: ActReview, From: states{StateReviewing}, To: StateReviewed, Or: states{StateHandling},
		Who: Holder | Superior, Roles: handlers,
		Stops: limits{LimitPetitionReview}, Kept: true, // and starts LimitPetitionAskRecheck on the day of delivery
		New: func() Event { return new(Reviewed) }},
	{Action: ActAskRecheck, From: states{StateReviewed, StateFinal}, To: StateRechecking,
		Who: Registrar | Holder | Lead | Superior | Guest, Roles: handlers, Bars: []Bar{isFinal},
		Stops: limits{LimitPetitionAskRecheck}, Kept: true, // and starts LimitPetitionRecheck on the day it was asked
		New: func() Event { return new(RecheckAsked) }},
	{Action: ActRecheck, From: states{StateRechecking}, To: StateFinal, Or: states{StateHandling},
		Who: Holder | Superior, Roles: handlers,
		Stops: limits{LimitPetitionRecheck}, Kept: true,
		New: func() Event { return new(Rechecked) }},
	{Action: ActConclude, From: states{StateOpined, StateReviewed}, To: StateResolved, Or: states{StateClosed},
		Who: Holder | Lead | Superior, Roles: handlers,
		Stops: limits{LimitPetitionAskReview, LimitPetitionAskRecheck}, Starts: limits{LimitRevisit, LimitRate}, Kept: true,
		New: func() Event { return new(Concluded) }},
	{Action: ActContact, From: petitionRunning,
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(Contacted) }},
	{Action: ActDecline, Group: GroupRecord, From: mediable,
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(Declined) }},
	{Action: ActConsent, Group: GroupRecord, From: mediable,
		Who: Anyone, Roles: everybody, Bars: []Bar{{WhyNotDeclined, (*Case).noneDeclined}},
		New: func() Event { return new(Consented) }},
	{Action: ActVisit, Group: GroupRecord, From: petitionStates,
		Who: Anyone, Roles: everybody, Kept: true,
		New: func() Event { return new(Visited) }},
	{Action: ActRevisit, From: states{StateResolved, StateClosed, StateFinal},
		Who: Anyone, Roles: everybody,
		Stops: limits{LimitRevisit},
		New:   func() Event { return new(Revisited) }},
	{Action: ActRate, From: states{StateOpined, StateReviewed, StateResolved, StateClosed, StateFinal},
		Who: Anyone, Roles: everybody, Bars: []Bar{onceARound},
		Stops: limits{LimitRate},
		New:   func() Event { return new(Rated) }},
	sayRule(states{StateOpined, StateReviewed, StateResolved, StateClosed, StateFinal}),
	{Action: ActRateOffice, From: states{StateOpined, StateReviewed, StateResolved, StateClosed, StateFinal},
		Who: Anyone, Roles: everybody, Kept: true,
		New: func() Event { return new(OfficeRated) }},
	{Action: ActClose, From: states{StateResolved}, To: StateClosed,
		Who: Holder | Superior, Roles: handlers, Bars: []Bar{noOpenTask},
		Stops: petitionLimits,
		New:   func() Event { return new(Closed) }},
	{Action: ActClose, From: states{StateRefused}, To: StateClosed,
		Who: Registrar | Holder | Superior, Roles: handlers, Bars: []Bar{noOpenTask, {Why: WhyNoNotice, If: untold}},
		Stops: petitionLimits,
		New:   func() Event { return new(Closed) }},
	{Action: ActEscalate, From: states{StateAccepted, StateHandling}, To: StateAccepted,
		Who: Holder, Roles: handlers,
		Stops: limits{LimitPetitionRegister}, Starts: limits{LimitPetitionRegister, LimitPetitionHandle},
		New: func() Event { return new(Escalated) }},
	{Action: ActSplitOut, From: states{StateRegistered, StateAccepted, StateHandling}, To: StateSplitOut,
		Who: Registrar | Holder | Lead | Superior, Roles: handlers,
		Stops: petitionLimits, Kept: true,
		New: func() Event { return new(SplitOut) }},
	{Action: ActRefuse, From: states{StateRegistered, StateAccepted}, To: StateRefused,
		Who: Registrar | Holder | Superior, Roles: handlers,
		Stops: limits{LimitPetitionRegister, LimitPetitionHandle}, // LimitPetitionNotice runs until it is told
		New:   func() Event { return new(Refused) }},
	{Action: ActRefuseRepeat, From: states{StateRegistered, StateAccepted}, To: StateRefused,
		Who: Registrar | Holder | Superior, Roles: handlers,
		Stops: limits{LimitPetitionRegister, LimitPetitionHandle}, Kept: true,
		New: func() Event { return new(RepeatRefused) }},
	{Action: ActReopen, From: states{StateResolved, StateRefused, StateClosed, StateSplitOut, StateFinal}, To: StateAccepted,
		Who: Holder | Superior, Roles: handlers, Bars: []Bar{isFinal},
		Stops: petitionLimits, Starts: limits{LimitPetitionRegister, LimitPetitionNotice, LimitPetitionHandle},
		New: func() Event { return new(Reopened) }},
	{Action: ActSuspend, From: states{StateAccepted, StateAssigned, StateHandling, StateReviewing, StateRechecking}, To: StateSuspended,
		Who: Holder | Lead, Roles: handlers,
		New: func() Event { return new(Suspended) }},
	{Action: ActResume, From: states{StateSuspended}, To: StateHandling, // or wherever it stood before
		Who: Holder | Lead | Superior, Roles: handlers,
		New: func() Event { return new(Resumed) }},
	{Action: ActVoid, From: states{StateRegistered}, To: StateVoided,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: petitionLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActVoid, From: slices.DeleteFunc(slices.Clone(append(petitionRunning, StateRefused)), func(s State) bool { return s == StateRegistered }),
		To:  StateVoided,
		Who: Holder | Superior, Roles: desk,
		Stops: petitionLimits,
		New:   func() Event { return new(Voided) }},
}, shared(phases{all: petitionStates, running: petitionRunning, work: petitionWork}))}
