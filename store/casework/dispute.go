package casework

import "casedesk/store/catalogue"

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
)

type (
	states = []State
	roles  = []catalogue.Role
	limits = []catalogue.LimitCode
)

var (
	allStates = states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed,
		StateFailed, StateResolved, StateClosed, StateRefused, StateVoided, StateSuspended}
	running = states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateAgreed,
		StateFailed, StateResolved, StateSuspended}
	everybody = roles{catalogue.GridWorker, catalogue.Mediator, catalogue.Office, catalogue.Handler}
	desk      = roles{catalogue.Mediator, catalogue.Office}
	handlers  = roles{catalogue.Mediator, catalogue.Office, catalogue.Handler}
	field     = roles{catalogue.GridWorker, catalogue.Mediator, catalogue.Office}
	allLimits = limits{LimitTriage, LimitRoute, LimitSignFor, LimitHandle, LimitPerform, LimitRevisit, LimitRate}
)

// disputeTable is the life of a 矛盾纠纷: registered, accepted, routed or taken
// in hand, mediated, agreed or failed, performed, revisited, rated, closed.
var disputeTable = Table{Matter: Dispute, Rules: []Rule{
	{Action: ActAccept, From: states{StateRegistered}, To: StateAccepted,
		Who: Holder | Superior, Roles: desk,
		Stops: limits{LimitTriage}, Starts: limits{LimitRoute},
		New: func() Event { return new(Accepted) }},
	{Action: ActSettleOnSpot, From: states{StateRegistered, StateAccepted}, To: StateResolved, Or: StateAgreed,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: limits{LimitTriage, LimitRoute}, Starts: limits{LimitRevisit, LimitRate},
		New: func() Event { return new(SettledOnSpot) }},
	{Action: ActSignFor, From: states{StateAssigned}, To: StateHandling,
		Who: Lead, Roles: handlers,
		Stops: limits{LimitSignFor}, Starts: limits{LimitHandle},
		New: func() Event { return new(SignedFor) }},
	{Action: ActAssign, From: states{StateAccepted, StateFailed}, To: StateAssigned,
		Who: Holder | Superior, Roles: desk,
		Stops: limits{LimitRoute}, Starts: limits{LimitSignFor},
		New: func() Event { return new(Assigned) }},
	{Action: ActMediate, From: states{StateAccepted, StateHandling}, To: StateHandling,
		Who: Holder | Lead | CoHandler, Roles: handlers,
		Stops: limits{LimitRoute}, Starts: limits{LimitHandle},
		New: func() Event { return new(Mediated) }},
	{Action: ActAgree, From: states{StateAccepted, StateHandling}, To: StateAgreed,
		Who: Holder | Lead, Roles: handlers,
		Stops: limits{LimitRoute, LimitHandle}, Starts: limits{LimitPerform},
		New: func() Event { return new(Agreed) }},
	{Action: ActPerform, From: states{StateAgreed}, To: StateResolved, Or: StateAgreed,
		Who: Registrar | Holder | Lead, Roles: everybody,
		Stops: limits{LimitPerform}, Starts: limits{LimitRevisit, LimitRate},
		New: func() Event { return new(Performed) }},
	{Action: ActContact, From: states{StateRegistered, StateAccepted, StateAssigned, StateHandling, StateSuspended},
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(Contacted) }},
	{Action: ActRevisit, From: states{StateResolved, StateFailed, StateClosed},
		Who: Anyone, Roles: everybody,
		Stops: limits{LimitRevisit},
		New:   func() Event { return new(Revisited) }},
	{Action: ActRate, From: states{StateResolved, StateClosed},
		Who: Anyone, Roles: everybody,
		Stops: limits{LimitRate},
		New:   func() Event { return new(Rated) }},
	{Action: ActClose, From: states{StateResolved, StateFailed, StateRefused}, To: StateClosed,
		Who: Holder | Superior, Roles: desk,
		Stops: allLimits,
		New:   func() Event { return new(Closed) }},
	{Action: ActFail, From: states{StateHandling, StateAgreed}, To: StateFailed,
		Who: Holder | Lead, Roles: handlers,
		Stops: limits{LimitHandle, LimitPerform},
		New:   func() Event { return new(Failed) }},
	{Action: ActReturn, From: states{StateAssigned, StateHandling}, To: StateAccepted,
		Who: Lead, Roles: handlers,
		Stops: limits{LimitSignFor, LimitHandle}, Starts: limits{LimitRoute},
		New: func() Event { return new(Returned) }},
	{Action: ActEscalate, From: states{StateAccepted, StateHandling, StateFailed}, To: StateAccepted,
		Who: Holder, Roles: desk,
		Stops: limits{LimitRoute, LimitHandle}, Starts: limits{LimitRoute},
		New: func() Event { return new(Escalated) }},
	{Action: ActRefuse, From: states{StateRegistered, StateAccepted}, To: StateRefused,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: limits{LimitTriage, LimitRoute},
		New:   func() Event { return new(Refused) }},
	{Action: ActReopen, From: states{StateResolved, StateFailed, StateRefused, StateClosed}, To: StateAccepted,
		Who: Holder | Superior, Roles: desk,
		Stops: allLimits, Starts: limits{LimitRoute},
		New: func() Event { return new(Reopened) }},
	{Action: ActSuspend, From: states{StateAccepted, StateAssigned, StateHandling}, To: StateSuspended,
		Who: Holder | Lead, Roles: handlers,
		New: func() Event { return new(Suspended) }},
	{Action: ActResume, From: states{StateSuspended}, To: StateHandling, // or wherever it stood before
		Who: Holder | Lead | Superior, Roles: handlers,
		New: func() Event { return new(Resumed) }},
	{Action: ActNote, From: allStates,
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(Noted) }},
	{Action: ActAmend, From: running,
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(Amended) }},
	{Action: ActAddParty, From: running,
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(PartyAdded) }},
	{Action: ActRemoveParty, From: running,
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(PartyRemoved) }},
	{Action: ActConfide, From: running,
		Who: Registrar | Holder | Superior, Roles: field,
		New: func() Event { return new(Confided) }},
	{Action: ActVoid, From: states{StateRegistered}, To: StateVoided,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: allLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActVoid, From: states{StateAccepted, StateAssigned, StateHandling, StateAgreed, StateFailed, StateResolved, StateRefused, StateSuspended},
		To:  StateVoided,
		Who: Holder | Superior, Roles: desk,
		Stops: allLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActSettle, From: allStates,
		Who: Holder | Superior, Roles: desk,
		New: func() Event { return new(Settled) }},
	// A held registration has not made a case yet: its state is empty.
	{Action: ActRelease, From: append(states{""}, allStates...),
		Who: Holder | Superior, Roles: roles{catalogue.Office},
		New: func() Event { return new(Released) }},
}}
