package casework

import (
	"slices"

	"casedesk/store/catalogue"
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
	everybody = roles{catalogue.GridWorker, catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Handler,
		catalogue.Court, catalogue.Procurator}
	desk          = roles{catalogue.Mediator, catalogue.Center, catalogue.Office}
	handlers      = roles{catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Handler}
	field         = roles{catalogue.GridWorker, catalogue.Mediator, catalogue.Center, catalogue.Office}
	disputePhases = phases{all: allStates, running: running, work: states{StateAccepted, StateAssigned, StateHandling, StateAgreed, StateFailed}}

	allLimits = limits{LimitTriage, LimitRoute, LimitSignFor, LimitHandle, LimitPerform, LimitRevisit, LimitRate}
)

var disputeFields = slices.Concat(commonFields, []FieldSpec{
	{Name: string(FieldOrigin), Type: TypeCode, Table: catalogue.TableOrigins, More: true},
	{Name: string(FieldAmount), Type: TypeMoney, More: true},
}, weighing)

// disputeTable is the life of a 矛盾纠纷: registered, accepted, routed or taken
// in hand, mediated, agreed or failed, performed, revisited, rated, closed.
var disputeTable = Table{Matter: Dispute, Fields: disputeFields, States: []Standing{
	{State: StateRegistered, Stage: StageIntake, Turn: Holder},
	{State: StateAccepted, Stage: StageAssess, Turn: Holder},
	{State: StateAssigned, Stage: StageRoute, Turn: Lead},
	{State: StateHandling, Stage: StageHandle, Turn: Lead | CoHandler},
	{State: StateAgreed, Stage: StageHandle, Turn: Lead | Holder},
	{State: StateFailed, Stage: StageHandle, Turn: Holder},
	{State: StateResolved, Stage: StageMonitor, Turn: Holder | Registrar},
	{State: StateRefused, Stage: StageMonitor, Turn: Holder},
	{State: StateClosed, Stage: StageMonitor, Ended: true},
	{State: StateVoided, Stage: StageMonitor, Ended: true},
	{State: StateSuspended},
}, Register: Rule{Action: ActRegister, To: StateRegistered,
	Who: Registrar, Roles: everybody,
	Starts: limits{LimitTriage},
	New:    func() Event { return new(Registered) },
}, Back: Rule{From: states{StateAssigned, StateHandling}, To: StateAccepted,
	Stops: limits{LimitSignFor, LimitHandle}, Starts: limits{LimitRoute},
}, Rules: slices.Concat([]Rule{
	{Action: ActAccept, From: states{StateRegistered}, To: StateAccepted,
		Who: Holder | Superior, Roles: desk,
		Stops: limits{LimitTriage}, Starts: limits{LimitRoute},
		New: func() Event { return new(Accepted) }},
	{Action: ActSettleOnSpot, From: states{StateRegistered, StateAccepted}, To: StateResolved, Or: states{StateAgreed},
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
	{Action: ActPerform, From: states{StateAgreed}, To: StateResolved, Or: states{StateAgreed},
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
	{Action: ActVoid, From: states{StateRegistered}, To: StateVoided,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: allLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActVoid, From: states{StateAccepted, StateAssigned, StateHandling, StateAgreed, StateFailed, StateResolved, StateRefused, StateSuspended},
		To:  StateVoided,
		Who: Holder | Superior, Roles: desk,
		Stops: allLimits,
		New:   func() Event { return new(Voided) }},
}, shared(disputePhases))}
