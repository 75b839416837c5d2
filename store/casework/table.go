package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// State is where a case stands in its matter's table.
type State string

// States are append-only: a state that was once reached is always readable.
const (
	StateRegistered State = "registered" // 已登记
	StateAccepted   State = "accepted"   // 已受理
	StateAssigned   State = "assigned"   // 交办待签收
	StateHandling   State = "handling"   // 办理中
	StateAgreed     State = "agreed"     // 达成协议, to be performed
	StateFailed     State = "failed"     // 调解不成
	StateResolved   State = "resolved"   // 已化解
	StateClosed     State = "closed"     // 已结案
	StateRefused    State = "refused"    // 不予受理
	StateVoided     State = "voided"     // 已作废
	StateSuspended  State = "suspended"  // 已中止: it waits for something outside
)

// Ended reports whether nothing more is expected to be done in s.
func (s State) Ended() bool { return s == StateClosed || s == StateVoided }

// Stage is one of the platform's six official stages, the labels of the desk.
type Stage string

// The stages.
const (
	StageIntake  Stage = "intake"  // 统一受理
	StageAssess  Stage = "assess"  // 综合研判
	StageRoute   Stage = "route"   // 分级分流
	StageHandle  Stage = "handle"  // 归口办理
	StageJoint   Stage = "joint"   // 联合化解
	StageMonitor Stage = "monitor" // 督导考核
)

// Stages in their order.
var Stages = []Stage{StageIntake, StageAssess, StageRoute, StageHandle, StageJoint, StageMonitor}

// Stage returns the stage that the case is in; a suspended one stays in its own.
func (c *Case) Stage() Stage {
	switch *c.standing() {
	case StateRegistered:
		return StageIntake
	case StateAccepted:
		return StageAssess
	case StateAssigned:
		return StageRoute
	case StateHandling, StateAgreed, StateFailed:
		if len(c.Co) > 0 {
			return StageJoint
		}
		return StageHandle
	}
	return StageMonitor
}

// Action names what a person can do to a case. It is also the kind of the event
// that doing it writes.
type Action string

// The actions; append-only.
const (
	ActRegister     Action = "register"
	ActAmend        Action = "amend"
	ActAddParty     Action = "add_party"
	ActRemoveParty  Action = "remove_party"
	ActNote         Action = "note"
	ActContact      Action = "contact"
	ActSettleOnSpot Action = "settle_on_spot"
	ActAccept       Action = "accept"
	ActRefuse       Action = "refuse"
	ActAssign       Action = "assign"
	ActSignFor      Action = "sign_for"
	ActReturn       Action = "return"
	ActEscalate     Action = "escalate"
	ActMediate      Action = "mediate"
	ActAgree        Action = "agree"
	ActFail         Action = "fail"
	ActPerform      Action = "perform"
	ActRevisit      Action = "revisit"
	ActRate         Action = "rate"
	ActClose        Action = "close"
	ActReopen       Action = "reopen"
	ActVoid         Action = "void"
	ActConfide      Action = "confide"
	ActSettle       Action = "settle"
	ActRelease      Action = "release"
	ActSuspend      Action = "suspend"
	ActResume       Action = "resume"
)

// Relation is how a unit stands to a case. A rule names those that may.
type Relation uint8

// The relations; a unit may stand in several.
const (
	Registrar Relation = 1 << iota // it registered the case
	Holder                         // it answers for the case
	Superior                       // it stands above the holder
	Lead                           // it handles the case
	CoHandler                      // it handles the case beside the lead
)

// Anyone is every unit that has to do with the case.
const Anyone = Registrar | Holder | Superior | Lead | CoHandler

// Rule is a row of a table: an action, where it may be done, by whom, and what
// it changes.
type Rule struct {
	Action Action
	From   []State          // states in which it may be done
	To     State            // the state after it; empty: stays
	Or     State            // another state that the event's content may lead to
	Who    Relation         // units that may, one relation is enough
	Roles  []catalogue.Role // roles that may, one is enough
	Starts []catalogue.LimitCode
	Stops  []catalogue.LimitCode
	New    func() Event // an empty event of the action
}

// Table holds the rules of one kind of matter.
type Table struct {
	Matter Matter
	Rules  []Rule
}

var tables = map[Matter]*Table{Dispute: &disputeTable}

// TableOf returns the table of a kind of matter.
func TableOf(m Matter) (*Table, bool) {
	t, ok := tables[m]
	return t, ok
}

// Rule returns the rule of an action in a state.
func (t *Table) Rule(a Action, s State) (*Rule, bool) {
	for i := range t.Rules {
		if t.Rules[i].Action == a && slices.Contains(t.Rules[i].From, s) {
			return &t.Rules[i], true
		}
	}
	return nil, false
}

// AnyRule returns the first rule of an action, whatever the state.
func (t *Table) AnyRule(a Action) (*Rule, bool) {
	i := slices.IndexFunc(t.Rules, func(r Rule) bool { return r.Action == a })
	if i < 0 {
		return nil, false
	}
	return &t.Rules[i], true
}

// Actions returns the table's actions, each once, in the order of the table.
func (t *Table) Actions() []Action {
	var out []Action
	for _, r := range t.Rules {
		if !slices.Contains(out, r.Action) {
			out = append(out, r.Action)
		}
	}
	return out
}
