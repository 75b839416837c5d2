package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Delegated is a matter of the delegated catalogue (下放事项): an inspection, a
// penalty, a service that the county handed to towns, each to those that claimed it.
const Delegated Matter = "matter" // 事项

// StateHandedUp follows registration where the town may not act in its own name.
const StateHandedUp State = "handed_up" // 已上交待签收

// The actions of delegated matters.
const (
	ActHandUp  Action = "hand_up"       // 上交
	ActInspect Action = "inspect"       // 检查
	ActDecide  Action = "decide_matter" // 处理决定
)

// Numbers of the subject's events.
const (
	NumHandedUp  Number = 120
	NumInspected Number = 121
	NumDecided   Number = 122
)

var matterKinds = map[Number]func() Event{
	NumHandedUp:  func() Event { return new(HandedUp) },
	NumInspected: func() Event { return new(Inspected) },
	NumDecided:   func() Event { return new(DecidedMatter) },
}

// The fields of a delegated matter beside those that every kind has.
const (
	FieldItem   Field = "item"   // its number in the delegated catalogue
	FieldObject Field = "object" // whom it concerns: a person, a firm, a shop
)

// The limits of delegated matters.
const (
	LimitMatterRoute   catalogue.LimitCode = "matter_route"    // registered → assigned or handed up
	LimitMatterSignFor catalogue.LimitCode = "matter_sign_for" // assigned → signed for
	LimitMatterHandUp  catalogue.LimitCode = "matter_hand_up"  // handed up → the county's unit has signed for it
	LimitMatterHandle  catalogue.LimitCode = "matter_handle"   // signed for → decided
)

// Reasons for which a delegated matter is not done here.
const (
	WhyNotClaimed Why = "not_claimed" // the town never claimed the item, or it is no longer delegated
	WhyNotThen    Why = "not_then"    // its claim did not hold on the day
	WhyHandUp     Why = "hand_up"     // a county's unit is handed the matter, not assigned it
)

var (
	matterAll = states{StateRegistered, StateAssigned, StateHandedUp, StateHandling, StateResolved, StateRefused,
		StateClosed, StateVoided, StateSuspended}
	matterRunning = states{StateRegistered, StateAssigned, StateHandedUp, StateHandling, StateResolved, StateSuspended}
	matterPhases  = phases{all: matterAll, running: matterRunning, work: states{StateRegistered, StateAssigned, StateHandedUp, StateHandling}}
	matterLimits  = limits{LimitMatterRoute, LimitMatterSignFor, LimitMatterHandUp, LimitMatterHandle, LimitRevisit, LimitRate}
)

var matterFields = slices.Concat([]FieldSpec{
	{Name: string(FieldItem), Type: TypeCode, Table: catalogue.TableItems, Required: true},
	{Name: string(FieldObject), Type: TypeText, Max: maxLine},
}, commonFields, crossings)

// matterTable is the life of a delegated matter: registered at a window or by a
// grid worker, assigned to the town's platform that may act or handed up to the
// county's unit that has the power, inspected, decided, told, closed.
var matterTable = Table{Matter: Delegated, Fields: matterFields, States: []Standing{
	{State: StateRegistered, Stage: StageIntake, Turn: Holder, Next: []Action{ActAssign, ActHandUp}},
	{State: StateAssigned, Stage: StageRoute, Turn: Lead, Next: []Action{ActSignFor}},
	{State: StateHandedUp, Stage: StageRoute, Turn: Lead, Next: []Action{ActSignFor}},
	{State: StateHandling, Stage: StageHandle, Turn: Lead | CoHandler, Next: []Action{ActInspect, ActDecide}},
	{State: StateResolved, Stage: StageMonitor, Turn: Holder | Registrar, Next: []Action{ActReply, ActRevisit, ActRate, ActClose}},
	{State: StateRefused, Stage: StageMonitor, Turn: Holder, Next: []Action{ActReply, ActClose}},
	{State: StateClosed, Stage: StageMonitor, Ended: true},
	{State: StateVoided, Stage: StageMonitor, Ended: true},
	{State: StateSuspended, Next: []Action{ActResume}},
}, Register: Rule{Action: ActRegister, To: StateRegistered,
	Who: Registrar, Roles: everybody,
	Starts: limits{LimitMatterRoute},
	New:    func() Event { return new(Registered) },
	// The time of appraisals, tests and hearings does not count (行政处罚法 art. 60; 待核对).
}, Pauses: limits{LimitMatterSignFor, LimitMatterHandUp, LimitMatterHandle}, Back: Rule{From: states{StateAssigned, StateHandedUp, StateHandling}, To: StateRegistered,
	Stops: limits{LimitMatterSignFor, LimitMatterHandUp, LimitMatterHandle}, Starts: limits{LimitMatterRoute},
}, Rules: slices.Concat([]Rule{
	{Action: ActAssign, From: states{StateRegistered}, To: StateAssigned,
		Who: Holder | Superior, Roles: desk,
		Stops: limits{LimitMatterRoute}, Starts: limits{LimitMatterSignFor},
		Kept: true,
		New:  func() Event { return new(Assigned) }},
	{Action: ActHandUp, From: states{StateRegistered, StateAssigned, StateHandling}, To: StateHandedUp,
		Who: Holder | Superior | Lead, Roles: handlers, Bars: []Bar{unlessAlone},
		Stops: limits{LimitMatterRoute, LimitMatterSignFor, LimitMatterHandle}, Starts: limits{LimitMatterHandUp},
		Kept: true,
		New:  func() Event { return new(HandedUp) }},
	{Action: ActSignFor, From: states{StateAssigned, StateHandedUp}, To: StateHandling,
		Who: Lead, Roles: handlers, Many: true,
		Stops: limits{LimitMatterSignFor, LimitMatterHandUp}, Starts: limits{LimitMatterHandle},
		New: func() Event { return new(SignedFor) }},
	{Action: ActReturn, From: states{StateAssigned, StateHandedUp, StateHandling}, To: StateRegistered,
		Who: Lead, Roles: handlers,
		Stops: limits{LimitMatterSignFor, LimitMatterHandUp, LimitMatterHandle}, Starts: limits{LimitMatterRoute},
		New: func() Event { return new(Returned) }},
	{Action: ActDisputeCompetence, From: states{StateRegistered, StateAssigned, StateHandedUp, StateHandling}, To: StateRegistered,
		Who: Holder | Lead, Roles: handlers,
		Stops: limits{LimitMatterSignFor, LimitMatterHandUp, LimitMatterHandle}, Starts: limits{LimitMatterRoute},
		Kept: true,
		New:  func() Event { return new(CompetenceDisputed) }},
	{Action: ActInspect, From: states{StateHandling},
		Who: Lead | CoHandler, Roles: handlers,
		Kept: true,
		New:  func() Event { return new(Inspected) }},
	{Action: ActDecide, From: states{StateHandling}, To: StateResolved,
		Who: Lead, Roles: handlers, Bars: []Bar{unlessAlone},
		Stops: limits{LimitMatterHandle}, Starts: limits{LimitRevisit, LimitRate},
		Kept: true,
		New:  func() Event { return new(DecidedMatter) }},
	{Action: ActContact, From: states{StateRegistered, StateAssigned, StateHandedUp, StateHandling, StateSuspended},
		Who: Anyone, Roles: everybody,
		New: func() Event { return new(Contacted) }},
	{Action: ActRevisit, From: states{StateResolved, StateClosed},
		Who: Anyone, Roles: everybody,
		Stops: limits{LimitRevisit},
		New:   func() Event { return new(Revisited) }},
	{Action: ActRate, From: states{StateResolved, StateClosed},
		Who: Anyone, Roles: everybody, Bars: []Bar{onceARound},
		Stops: limits{LimitRate},
		New:   func() Event { return new(Rated) }},
	sayRule(states{StateResolved, StateClosed}),
	{Action: ActClose, From: states{StateResolved, StateRefused}, To: StateClosed,
		Who: Holder | Superior, Roles: desk, Bars: []Bar{noOpenTask},
		Stops: matterLimits,
		New:   func() Event { return new(Closed) }},
	{Action: ActRefuse, From: states{StateRegistered}, To: StateRefused,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: limits{LimitMatterRoute},
		New:   func() Event { return new(Refused) }},
	{Action: ActReopen, From: states{StateResolved, StateRefused, StateClosed}, To: StateRegistered,
		Who: Holder | Superior, Roles: desk,
		Stops: matterLimits, Starts: limits{LimitMatterRoute},
		New: func() Event { return new(Reopened) }},
	{Action: ActSuspend, From: states{StateAssigned, StateHandedUp, StateHandling}, To: StateSuspended,
		Who: Holder | Lead, Roles: handlers,
		New: func() Event { return new(Suspended) }},
	{Action: ActResume, From: states{StateSuspended}, To: StateHandling, // or wherever it stood before
		Who: Holder | Lead | Superior, Roles: handlers,
		New: func() Event { return new(Resumed) }},
	{Action: ActVoid, From: states{StateRegistered}, To: StateVoided,
		Who: Registrar | Holder | Superior, Roles: field,
		Stops: matterLimits,
		New:   func() Event { return new(Voided) }},
	{Action: ActVoid, From: states{StateAssigned, StateHandedUp, StateHandling, StateResolved, StateRefused, StateSuspended}, To: StateVoided,
		Who: Holder | Superior, Roles: desk,
		Stops: matterLimits,
		New:   func() Event { return new(Voided) }},
}, shared(matterPhases))}

// Day is the county's day at a moment, as claims count days.
func Day(at time.Time, ix Lookup) string {
	return at.In(ix.Calendar().Location()).Format(time.DateOnly)
}

// MayAct judges whether a unit may act on an item in its own name on a day
// ("2006-01-02"). A town and whoever belongs to it may where the town's claim holds
// on that day; units above towns have the powers of their own.
func MayAct(item string, unit catalogue.UnitID, day string, ix Lookup) Why {
	town := ix.TownOf(unit)
	if town == "" {
		return ""
	}
	if _, ok := ix.Claim(item, town, day); ok {
		return ""
	}
	if row, _ := ix.Item(item); !row.Retired && len(ix.Claims(item, town)) > 0 {
		return WhyNotThen
	}
	return WhyNotClaimed
}

// Powers returns the county's units that an item can be handed up to: those whose
// duties name it, then the one that had it.
func Powers(item string, ix Lookup) []catalogue.UnitID {
	var out []catalogue.UnitID
	for _, d := range ix.AnsweringItem(item) {
		if ix.TownOf(d.Unit) == "" && !slices.Contains(out, d.Unit) {
			out = append(out, d.Unit)
		}
	}
	if row, _ := ix.Item(item); row.Unit != "" && !slices.Contains(out, row.Unit) {
		out = append(out, row.Unit)
	}
	return out
}

// powerless says without a day that the unit that handles a delegated matter
// cannot act in its own name: its town never claimed the item.
func powerless(c *Case, a Action, ix Lookup) bool {
	return c.Matter == Delegated && (a == ActInspect || a == ActDecide) &&
		MayAct(c.Value(FieldItem), c.Lead, "", ix) == WhyNotClaimed
}

// InWhoseName judges in whose name an event acts on a delegated matter: on the day of
// the deed where the event states one, else on the day on which it was written.
// Hands are those that the writer could take the matter to be in.
func InWhoseName(c *Case, hands []Hand, ev Event, day string, ix Lookup) Why {
	if c.Matter != Delegated {
		return ""
	}
	item := c.Value(FieldItem)
	switch ev := ev.(type) {
	case *Assigned:
		below := func(h Hand) bool { return ix.TownOf(h.Unit) != "" }
		if ix.TownOf(ev.Lead) == "" && slices.ContainsFunc(hands, below) {
			return WhyHandUp
		}
		return MayAct(item, ev.Lead, day, ix)
	case *Inspected:
		return leadMayAct(item, hands, ev.HappenedOn, ix)
	case *DecidedMatter:
		return leadMayAct(item, hands, ev.DecidedOn, ix)
	case *HandedUp:
		able := Powers(item, ix)
		if len(able) == 0 && ix.TownOf(ev.Unit) == "" {
			return "" // the catalogue names none: any above the towns
		}
		if !slices.Contains(able, ev.Unit) {
			return WhyNoTarget
		}
	}
	return ""
}

// leadMayAct judges the units that the writer could take to handle the matter:
// one that may act is enough.
func leadMayAct(item string, hands []Hand, day string, ix Lookup) Why {
	var why Why
	for _, h := range hands {
		if h.Lead == "" {
			continue
		}
		if why = MayAct(item, h.Lead, day, ix); why == "" {
			return ""
		}
	}
	return why
}
