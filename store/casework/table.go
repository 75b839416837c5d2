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
func (s State) Ended() bool { return ended[s] }

// settled reports whether it stands in s what became of the case: the parties can be
// told.
func (s State) settled() bool { return s == StateResolved || s == StateFailed || s == StateRefused }

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

// Standing says of a state of one kind of matter what it means to people.
type Standing struct {
	State State
	Stage Stage    // where it belongs; a case in hand that has co-handlers is in StageJoint
	Turn  Relation // whose turn it is to act
	Ended bool     // nothing more is expected to be done; the same in every table
	Next  []Action // what brings the case on from here, the first thing first; see NextStep
}

// Stage returns the stage that the case is in; a suspended one stays in its own.
func (c *Case) Stage() Stage {
	s := c.row()
	if s.Stage == StageHandle && len(c.Co) > 0 {
		return StageJoint
	}
	return s.Stage
}

// row returns what the table says of the case's state, or of the one that it
// stood in when it was suspended.
func (c *Case) row() Standing {
	if t, ok := TableOf(c.Matter); ok {
		if i := slices.IndexFunc(t.States, func(s Standing) bool { return s.State == *c.standing() }); i >= 0 {
			return t.States[i]
		}
	}
	return Standing{Stage: StageMonitor}
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
	Guest                          // it takes part otherwise: it sent the case, or was called in
	Overseer                       // it stands above the place or the holder, and need not be shown the case
)

// Anyone is every unit that has to do with the case. Who oversees it has nothing
// to do with it yet.
const Anyone = Registrar | Holder | Superior | Lead | CoHandler | Guest

// Rule is a row of a table: an action, where it may be done, by whom, and what
// it changes.
type Rule struct {
	Action Action
	Group  Group            // under which heading it is offered; empty: GroupProceed
	From   []State          // states in which it may be done
	To     State            // the state after it; empty: stays
	Or     []State          // other states that the event's content may lead to
	Who    Relation         // units that may, one relation is enough
	Secret Relation         // units that may where the case is confidential; none: the same
	Roles  []catalogue.Role // roles that may, one is enough
	Beside Beside           // for whom fewer roles may
	Bars   []Bar            // what forbids it as the case stands
	Starts []catalogue.LimitCode
	Stops  []catalogue.LimitCode
	Kept   bool         // its words stay at hand in Case.Acts
	Many   bool         // it may be done to many cases at once; see Together
	Apart  bool         // it has no form: the county, a screen or a command of its own writes it; no menu offers it
	Unseen bool         // it is done to a confidential case that the unit is not shown; no screen offers it
	New    func() Event // an empty event of the action
}

// Beside narrows a rule for units that stand to the case only in some of its
// relations: whoever was called in is a guest, and no court for that.
type Beside struct {
	Who   Relation
	Roles []catalogue.Role // of the rule's, those that may there
}

// who returns the units that may as the case stands.
func (r *Rule) who(c *Case) Relation {
	if c.Confidential && r.Secret != 0 {
		return r.Secret
	}
	return r.Who
}

// open returns the relations in which somebody of these roles may by the rule.
func (r *Rule) open(have []catalogue.Role) Relation {
	has := func(role catalogue.Role) bool { return slices.Contains(have, role) }
	switch {
	case !slices.ContainsFunc(r.Roles, has):
		return 0
	case slices.ContainsFunc(r.Beside.Roles, has):
		return r.Who
	}
	return r.Who &^ r.Beside.Who
}

// Bar forbids an action while the case stands so: a party refused mediation, a
// flag asks for joint handling. It is part of the fold: a late action that runs
// into it is contested, and not even a decision lifts it.
type Bar struct {
	Why Why
	If  func(*Case) bool
}

// barred returns the first bar that forbids the rule's action.
func (r *Rule) barred(c *Case) Why {
	for _, b := range r.Bars {
		if b.If(c) {
			return b.Why
		}
	}
	return ""
}

// Group is a heading under which screens and help offer actions.
type Group string

// The groups, in the order in which they are offered.
const (
	GroupProceed   Group = "proceed"   // 办理: what moves the case
	GroupRecord    Group = "record"    // 记录: what was done on it
	GroupJoint     Group = "joint"     // 联动: with other units and people
	GroupSupervise Group = "supervise" // 督办
	GroupRisk      Group = "risk"      // 风险
	GroupLink      Group = "link"      // 关联: other cases and sources
	GroupCorrect   Group = "correct"   // 更正: what was written
)

// Groups in their order.
var Groups = []Group{GroupProceed, GroupRecord, GroupJoint, GroupSupervise, GroupRisk, GroupLink, GroupCorrect}

// Table holds the rules of one kind of matter.
type Table struct {
	Matter   Matter
	Fields   []FieldSpec // in the order of the intake form
	States   []Standing
	Register Rule // how a case of this kind comes into being
	Back     Rule // how it goes back to who routes it when its lead may no longer see it
	// Pauses are the limits that stand still while a case is suspended; no other does.
	Pauses []catalogue.LimitCode
	// Check finds what else can be wrong with a registration; nil: nothing.
	Check func(*Registered) []Fault
	// Fits judges what an event, written on a day, says against the case and the
	// catalogue; nil: it fits.
	Fits  func(*Case, Event, string, Lookup) Why
	Rules []Rule
}

// Matters are the kinds of matter in the order in which they are offered.
var Matters = []Matter{Dispute, Petition, PublicInterest, Delegated}

// What follows from the tables is made when they stand: rules look into them.
var (
	tables map[Matter]*Table
	ended  = map[State]bool{}
)

func init() {
	tables = map[Matter]*Table{Dispute: &disputeTable, Petition: &petitionTable, PublicInterest: &leadTable, Delegated: &matterTable}
	AllFields = slices.Clone(commonFields)
	withMerged(tables)
	for _, m := range Matters {
		for _, r := range append([]Rule{tables[m].Register, tables[m].Back}, tables[m].Rules...) {
			for _, l := range slices.Concat(r.Starts, r.Stops) {
				tableLimits[l] = true
			}
		}
		for _, s := range tables[m].States {
			if s.Ended {
				ended[s.State] = true
			}
		}
		for _, s := range tables[m].Fields {
			if !slices.ContainsFunc(AllFields, func(o FieldSpec) bool { return o.Name == s.Name }) {
				AllFields = append(AllFields, s)
			}
		}
	}
}

// phases are the states of one table by what may be done in them, for the rules
// that every table has.
type phases struct {
	all     states // every state
	running states // not ended, not refused: facts may still be written
	work    states // somebody works on it
}

// shared are the rules that every kind of matter has.
func shared(p phases) []Rule {
	p.all = append(slices.Clone(p.all), StateMerged)
	return slices.Concat(jointRules(p), superviseRules(p), riskRules(p), linkRules(p), accessRules(p), commonRules(p))
}

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

// leads reports whether an action can bring a case into a state.
func (t *Table) leads(a Action, to State) bool {
	return slices.ContainsFunc(t.Rules, func(r Rule) bool { return r.Action == a && (r.To == to || slices.Contains(r.Or, to)) })
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
