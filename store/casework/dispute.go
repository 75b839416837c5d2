package casework

import (
	"cmp"
	"slices"

	"casedesk/store/catalogue"
)

// The states that disputes alone have.
const (
	StateConfirming  State = "confirming"  // 司法确认中: a court looks at the agreement
	StateConsulted   State = "consulted"   // 咨询办结: a question of law was answered
	StateTransferred State = "transferred" // 已移送: somebody outside the platform has it
)

// The actions that disputes alone have.
const (
	ActStep               Action = "step"
	ActBreach             Action = "breach"
	ActApplyConfirmation  Action = "apply_confirmation"
	ActAcceptConfirmation Action = "accept_confirmation"
	ActConfirmation       Action = "confirmation"
	ActEntrust            Action = "entrust"
	ActReportBack         Action = "report_back"
	ActDecline            Action = "decline"
	ActConsent            Action = "consent"
	ActAdvise             Action = "advise"
	ActRefer              Action = "refer"
	ActTransfer           Action = "transfer"
	ActReply              Action = "reply"
	ActTakeEffect         Action = "take_effect"
)

// The kinds of their events: 60 to 79.
const (
	NumStepped              Number = 60
	NumBreached             Number = 61
	NumConfirmationApplied  Number = 62
	NumConfirmationAccepted Number = 63
	NumConfirmed            Number = 64
	NumEntrusted            Number = 65
	NumReportedBack         Number = 66
	NumDeclined             Number = 67
	NumConsented            Number = 68
	NumAdvised              Number = 69
	NumReferred             Number = 70
	NumTransferred          Number = 71
	NumReplied              Number = 72
	NumTakenEffect          Number = 73
)

var disputeKinds = map[Number]func() Event{
	NumStepped:              func() Event { return new(Stepped) },
	NumBreached:             func() Event { return new(Breached) },
	NumConfirmationApplied:  func() Event { return new(ConfirmationApplied) },
	NumConfirmationAccepted: func() Event { return new(ConfirmationAccepted) },
	NumConfirmed:            func() Event { return new(Confirmed) },
	NumEntrusted:            func() Event { return new(Entrusted) },
	NumReportedBack:         func() Event { return new(ReportedBack) },
	NumDeclined:             func() Event { return new(Declined) },
	NumConsented:            func() Event { return new(Consented) },
	NumAdvised:              func() Event { return new(Advised) },
	NumReferred:             func() Event { return new(Referred) },
	NumTransferred:          func() Event { return new(Transferred) },
	NumReplied:              func() Event { return new(Replied) },
	NumTakenEffect:          func() Event { return new(TakenEffect) },
}

// The reasons that disputes alone have.
const (
	WhyDeclined     Why = "declined"      // a party refuses mediation
	WhyNotDeclined  Why = "not_declined"  // no party, or not this one, refuses mediation
	WhyNoParty      Why = "no_party"      // there is no such party
	WhyNoInstalment Why = "no_instalment" // the agreement has no such instalment
	WhyNotConfirmed Why = "not_confirmed" // no court has confirmed the agreement
	WhyRuled        Why = "ruled"         // a court has ruled on the agreement
	WhyEntrusted    Why = "entrusted"     // a court waits for what came of the mediation
	WhyNotEntrusted Why = "not_entrusted" // no court waits for it
	WhyConfirmOver  Why = "confirm_over"  // the thirty days to ask a court are over (人民调解法 art. 33)
	WhyNoCourt      Why = "no_court"      // nobody of a court serves the unit named
)

// The limits that the dispute's table starts and stops. Their lengths are the
// catalogue's.
const (
	LimitTriage  catalogue.LimitCode = "triage"   // registered → accepted or refused
	LimitRoute   catalogue.LimitCode = "route"    // accepted → assigned, or handled by the holder
	LimitSignFor catalogue.LimitCode = "sign_for" // assigned → signed for
	LimitHandle  catalogue.LimitCode = "handle"   // handling → agreement or failure
	LimitPerform catalogue.LimitCode = "perform"  // the agreement's own day
	LimitRevisit catalogue.LimitCode = "revisit"  // resolved → first revisit
	LimitRate    catalogue.LimitCode = "rate"     // resolved → rated

	LimitConfirm     catalogue.LimitCode = "confirm"      // the agreement's effect → a court is asked to confirm it
	LimitCourtAccept catalogue.LimitCode = "court_accept" // asked → the court takes it up
	LimitCourtDecide catalogue.LimitCode = "court_decide" // taken up → the court decides
	// LimitLabour counts from the application (劳动争议调解仲裁法 art. 14), of a dispute that
	// is taken up again from that one. It starts with every dispute: the catalogue has its length for the category of labour disputes and
	// for no other, so that it runs for none else.
	LimitLabour        catalogue.LimitCode = "labour_mediation"
	LimitEntrustAccept catalogue.LimitCode = "entrust_accept" // entrusted → accepted
	LimitEntrusted     catalogue.LimitCode = "entrusted"      // the court's papers received → reported back
	LimitOnlineContact catalogue.LimitCode = "online_contact" // accepted, of an online request → the other side is asked
)

type (
	states = []State
	roles  = []catalogue.Role
	limits = []catalogue.LimitCode
)

var (
	allStates = states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed,
		StateFailed, StateResolved, StateClosed, StateRefused, StateVoided, StateSuspended,
		StateConfirming, StateConsulted, StateTransferred}
	running = states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed,
		StateFailed, StateResolved, StateSuspended, StateConfirming}
	everybody = roles{catalogue.GridWorker, catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Handler,
		catalogue.Court, catalogue.Procurator}
	desk          = roles{catalogue.Mediator, catalogue.Center, catalogue.Office}
	handlers      = roles{catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Handler}
	field         = roles{catalogue.GridWorker, catalogue.Mediator, catalogue.Center, catalogue.Office}
	disputePhases = phases{all: allStates, running: running, work: states{StateAccepted, StateAssigned, StateHandling, StateAgreed, StateConfirming, StateFailed}}
	judicial      = roles{catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Handler, catalogue.Court}

	guestCourt = Beside{Guest, roles{catalogue.Court}} // of the guests the court's own

	// The court's request runs on whatever becomes of the case, until it is reported back;
	// so does the report of a major dispute.
	ownLimits = limits{LimitTriage, LimitRoute, LimitSignFor, LimitHandle, LimitPerform, LimitRevisit, LimitRate,
		LimitConfirm, LimitCourtAccept, LimitCourtDecide, LimitEntrustAccept, LimitOnlineContact, LimitLabour}
	allLimits = append(slices.Clone(ownLimits), LimitEntrusted, LimitReportMajor)

	// 人民调解法 art. 17: no mediation while a party clearly refuses it.
	unlessDeclined  = []Bar{{WhyDeclined, (*Case).declined}}
	toMediate       = append(slices.Clone(unlessDeclined), unlessAlone)
	unlessEntrusted = []Bar{{WhyEntrusted, (*Case).entrusted}}
)

var disputeFields = slices.Concat(commonFields, []FieldSpec{
	{Name: string(FieldOrigin), Type: TypeCode, Table: catalogue.TableOrigins, More: true},
	{Name: string(FieldAmount), Type: TypeMoney, More: true},
}, weightFields, weighing)

// disputeTable is the life of a 矛盾纠纷: registered, accepted, routed or taken
// in hand, mediated, agreed or failed, performed, revisited, rated, closed.
var disputeTable = Table{Matter: Dispute, Fields: disputeFields, States: []Standing{
	{State: StateRegistered, Stage: StageIntake, Turn: Holder, Next: []Action{ActAccept}},
	{State: StateAccepted, Stage: StageAssess, Turn: Holder, Next: []Action{ActAssign, ActMediate}},
	{State: StateAssigned, Stage: StageRoute, Turn: Lead, Next: []Action{ActSignFor}},
	{State: StateHandling, Stage: StageHandle, Turn: Lead | CoHandler, Next: []Action{ActContact, ActMediate, ActAgree}},
	{State: StateAgreed, Stage: StageHandle, Turn: Lead | Holder, Next: []Action{ActPerform}},
	{State: StateFailed, Stage: StageHandle, Turn: Holder, Next: []Action{ActReply, ActClose}},
	{State: StateResolved, Stage: StageMonitor, Turn: Holder | Registrar, Next: []Action{ActReply, ActRevisit, ActRate, ActClose}},
	{State: StateRefused, Stage: StageMonitor, Turn: Holder, Next: []Action{ActReply, ActClose}},
	{State: StateClosed, Stage: StageMonitor, Ended: true},
	{State: StateVoided, Stage: StageMonitor, Ended: true},
	{State: StateSuspended, Next: []Action{ActResume}},
	{State: StateConfirming, Stage: StageHandle, Turn: Guest | Lead | Holder, Next: []Action{ActAcceptConfirmation, ActConfirmation, ActPerform}},
	{State: StateConsulted, Stage: StageMonitor, Ended: true},
	{State: StateTransferred, Stage: StageMonitor, Ended: true},
}, Register: Rule{Action: ActRegister, To: StateRegistered,
	Who: Registrar, Roles: everybody,
	Starts: limits{LimitTriage, LimitLabour},
	New:    func() Event { return new(Registered) },
}, Back: Rule{From: states{StateAssigned, StateHandling}, To: StateAccepted,
	Stops: limits{LimitSignFor, LimitHandle}, Starts: limits{LimitRoute},
}, Pauses: limits{LimitRoute, LimitSignFor, LimitHandle, LimitSimple, LimitOrdinary, LimitComplex}, Fits: disputeFits, Rules: slices.Concat([]Rule{ // people know the first nine by their numbers in the menu: others go behind them
	{Action: ActAccept, From: states{StateRegistered}, To: StateAccepted,
		Who: Holder | Superior, Roles: desk, Many: true,
		Stops: limits{LimitTriage, LimitEntrustAccept}, Starts: limits{LimitRoute},
		New: func() Event { return new(Accepted) }},
	{Action: ActSettleOnSpot, From: states{StateRegistered, StateAccepted}, To: StateResolved, Or: states{StateAgreed},
		Who: Registrar | Holder | Superior, Roles: field, Bars: toMediate,
		Stops: limits{LimitTriage, LimitRoute, LimitEntrustAccept, LimitOnlineContact, LimitLabour}, Starts: limits{LimitRevisit, LimitRate},
		New: func() Event { return new(SettledOnSpot) }},
	{Action: ActSignFor, From: states{StateAssigned}, To: StateHandling,
		Who: Lead, Roles: officers, Many: true,
		Stops: limits{LimitSignFor}, Starts: limits{LimitHandle},
		New: func() Event { return new(SignedFor) }},
	{Action: ActAssign, From: states{StateAccepted, StateFailed}, To: StateAssigned,
		Who: Holder | Superior, Roles: desk,
		Stops: limits{LimitRoute}, Starts: limits{LimitSignFor},
		New: func() Event { return new(Assigned) }},
	{Action: ActMediate, From: states{StateAccepted, StateHandling}, To: StateHandling,
		Who: Holder | Lead | CoHandler, Roles: handlers, Bars: toMediate,
		Stops: limits{LimitRoute, LimitOnlineContact}, Starts: limits{LimitHandle}, Kept: true,
		New: func() Event { return new(Mediated) }},
	{Action: ActAgree, From: states{StateAccepted, StateHandling}, To: StateAgreed,
		Who: Holder | Lead, Roles: handlers, Bars: toMediate,
		Stops: limits{LimitRoute, LimitOnlineContact, LimitHandle, LimitLabour}, Starts: limits{LimitPerform, LimitConfirm},
		New: func() Event { return new(Agreed) }},
	{Action: ActPerform, From: states{StateAgreed, StateConfirming}, To: StateResolved, Or: states{StateAgreed, StateConfirming},
		Who: Registrar | Holder | Lead, Roles: everybody,
		Stops: limits{LimitPerform, LimitConfirm, LimitCourtAccept, LimitCourtDecide}, Starts: limits{LimitRevisit, LimitRate},
		New: func() Event { return new(Performed) }},
	{Action: ActContact, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateSuspended},
		Who: Anyone, Roles: everybody, Kept: true,
		Stops: limits{LimitOnlineContact},
		New:   func() Event { return new(Contacted) }},
	{Action: ActRevisit, From: states{StateResolved, StateFailed, StateClosed},
		Who: Anyone, Roles: everybody,
		Stops: limits{LimitRevisit},
		New:   func() Event { return new(Revisited) }},
	{Action: ActApplyConfirmation, From: states{StateAgreed}, To: StateConfirming,
		Who: Holder | Lead, Roles: handlers, Bars: []Bar{{WhyRuled, (*Case).ruled}},
		Stops: limits{LimitConfirm}, Starts: limits{LimitCourtAccept}, Kept: true,
		New: func() Event { return new(ConfirmationApplied) }},
	{Action: ActTakeEffect, From: states{StateAgreed},
		Who: Holder | Lead, Roles: handlers,
		New: func() Event { return new(TakenEffect) }},
	{Action: ActAcceptConfirmation, From: states{StateConfirming},
		Who: Guest | Holder | Lead, Roles: judicial, Beside: guestCourt,
		Stops: limits{LimitCourtAccept}, Starts: limits{LimitCourtDecide},
		New: func() Event { return new(ConfirmationAccepted) }},
	{Action: ActConfirmation, From: states{StateConfirming}, To: StateAgreed, Or: states{StateHandling},
		Who: Guest | Holder | Lead, Roles: judicial, Beside: guestCourt,
		Stops: limits{LimitCourtAccept, LimitCourtDecide}, Kept: true,
		New: func() Event { return new(Confirmed) }},
	{Action: ActBreach, From: states{StateAgreed}, To: StateAgreed, Or: states{StateHandling},
		Who: Registrar | Holder | Lead, Roles: everybody, Kept: true,
		New: func() Event { return new(Breached) }},
	{Action: ActRate, From: states{StateResolved, StateClosed},
		Who: Anyone, Roles: everybody, Bars: []Bar{onceARound},
		Stops: limits{LimitRate},
		New:   func() Event { return new(Rated) }},
	sayRule(states{StateResolved, StateClosed}),
	{Action: ActClose, From: states{StateResolved, StateFailed, StateRefused}, To: StateClosed,
		Who: Holder | Superior, Roles: desk, Bars: append(slices.Clone(unlessEntrusted), noOpenTask),
		Stops: allLimits,
		New:   func() Event { return new(Closed) }},
	{Action: ActFail, From: states{StateHandling, StateAgreed}, To: StateFailed,
		Who: Holder | Lead, Roles: handlers,
		Stops: limits{LimitOnlineContact, LimitHandle, LimitLabour, LimitPerform, LimitConfirm},
		New:   func() Event { return new(Failed) }},
	{Action: ActReturn, From: states{StateAssigned, StateHandling}, To: StateAccepted,
		Who: Lead, Roles: officers,
		Stops: limits{LimitSignFor, LimitHandle}, Starts: limits{LimitRoute},
		New: func() Event { return new(Returned) }},
	{Action: ActEscalate, From: states{StateAccepted, StateHandling, StateFailed}, To: StateAccepted,
		Who: Holder, Roles: desk,
		Stops: limits{LimitRoute, LimitHandle, LimitReportMajor}, Starts: limits{LimitRoute},
		New: func() Event { return new(Escalated) }},
	{Action: ActDisputeCompetence, From: states{StateAccepted, StateAssigned, StateHandling}, To: StateAccepted,
		Who: Holder | Lead, Roles: handlers, Kept: true,
		Stops: limits{LimitRoute, LimitSignFor, LimitHandle}, Starts: limits{LimitRoute},
		New: func() Event { return new(CompetenceDisputed) }},
	{Action: ActRefuse, From: states{StateRegistered, StateAccepted}, To: StateRefused,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: limits{LimitTriage, LimitRoute, LimitEntrustAccept, LimitOnlineContact, LimitLabour},
		New:   func() Event { return new(Refused) }},
	{Action: ActReopen, From: states{StateResolved, StateFailed, StateRefused, StateClosed, StateConsulted, StateTransferred}, To: StateAccepted,
		Who: Holder | Superior, Roles: desk,
		// Who asks for mediation again applies again: the fifteen days count from then on.
		Stops: ownLimits, Starts: limits{LimitRoute, LimitLabour},
		New: func() Event { return new(Reopened) }},
	{Action: ActSuspend, From: states{StateAccepted, StateAssigned, StateHandling}, To: StateSuspended,
		Who: Holder | Lead, Roles: handlers,
		New: func() Event { return new(Suspended) }},
	{Action: ActResume, From: states{StateSuspended}, To: StateHandling, // or wherever it stood before
		Who: Holder | Lead | Superior, Roles: handlers,
		New: func() Event { return new(Resumed) }},
	{Action: ActVoid, From: states{StateRegistered}, To: StateVoided,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: allLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActVoid, From: states{StateAccepted, StateAssigned, StateHandling, StateAgreed, StateFailed, StateResolved, StateRefused, StateSuspended, StateConfirming},
		To:  StateVoided,
		Who: Holder | Superior, Roles: desk,
		Stops: allLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActAdvise, From: states{StateRegistered, StateAccepted}, To: StateConsulted,
		Who: Registrar | Holder | Superior, Roles: field, Bars: unlessEntrusted,
		Stops: limits{LimitTriage, LimitRoute, LimitLabour},
		New:   func() Event { return new(Advised) }},
	{Action: ActTransfer, From: states{StateRegistered, StateAccepted, StateHandling, StateFailed, StateRefused}, To: StateTransferred,
		Who: Holder | Superior, Roles: desk, Bars: unlessEntrusted,
		Stops: allLimits, Kept: true,
		New: func() Event { return new(Transferred) }},
	{Action: ActDecline, Group: GroupRecord, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling},
		Who: Anyone, Roles: everybody,
		Stops: limits{LimitOnlineContact},
		New:   func() Event { return new(Declined) }},
	{Action: ActConsent, Group: GroupRecord, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling},
		Who: Anyone, Roles: everybody, Bars: []Bar{{WhyNotDeclined, (*Case).noneDeclined}},
		Stops: limits{LimitOnlineContact},
		New:   func() Event { return new(Consented) }},
	{Action: ActStep, Group: GroupRecord, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed, StateConfirming, StateFailed, StateResolved},
		Who: Anyone, Roles: everybody, Kept: true,
		New: func() Event { return new(Stepped) }},
	{Action: ActRefer, Group: GroupRecord, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed, StateFailed, StateRefused},
		Who: Anyone, Roles: everybody, Kept: true,
		New: func() Event { return new(Referred) }},
	{Action: ActReportMajor, Group: GroupRisk, From: append(slices.Clone(running), StateRefused),
		Who: Registrar | Holder | Lead | CoHandler, Roles: everybody, Bars: []Bar{{WhyNotMajor, (*Case).notMajor}},
		Stops: limits{LimitReportMajor}, Kept: true,
		New: func() Event { return new(MajorReported) }},
	{Action: ActEntrust, Group: GroupJoint, From: states{StateRegistered},
		Who: Registrar | Holder | Superior | Guest, Roles: judicial, Beside: guestCourt, Bars: unlessEntrusted,
		Starts: limits{LimitEntrustAccept, LimitEntrusted},
		New:    func() Event { return new(Entrusted) }},
	{Action: ActEntrust, Group: GroupJoint, From: states{StateAccepted, StateAssigned, StateHandling},
		Who: Registrar | Holder | Superior | Guest, Roles: judicial, Beside: guestCourt, Bars: unlessEntrusted,
		Starts: limits{LimitEntrusted},
		New:    func() Event { return new(Entrusted) }},
	{Action: ActReportBack, Group: GroupJoint, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed,
		StateConfirming, StateFailed, StateResolved, StateRefused, StateSuspended},
		Who: Holder | Lead, Roles: handlers, Bars: []Bar{{WhyNotEntrusted, (*Case).notEntrusted}},
		Stops: limits{LimitEntrusted, LimitEntrustAccept, LimitOnlineContact}, Kept: true,
		New: func() Event { return new(ReportedBack) }},
}, shared(disputePhases))}

// ProblemCourt says of a form that it must name a court's unit, or a court in words: one
// of both.
const ProblemCourt Problem = "court"

// disputeFits judges what the law lets be done only within a term.
func disputeFits(c *Case, ev Event, day string, ix Lookup) Why {
	if ev, asks := ev.(*ConfirmationApplied); asks && c.termOver(LimitConfirm, cmp.Or(ev.AppliedOn, day), ix) {
		return WhyConfirmOver
	}
	return ""
}
