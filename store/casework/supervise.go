package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// What is done to see that a case is settled in time, and what became of it beyond the
// case (seed: “健全指导督办机制”, “六个不发生”).
const (
	ActUrge          Action = "urge"
	ActSupervise     Action = "supervise"
	ActReplyOrder    Action = "reply_order"
	ActWithdrawOrder Action = "withdraw_order"
	ActTurn          Action = "turn"
	ActReceipt       Action = "receipt"
	ActSay           Action = "say"
)

// The numbers of the kinds.
const (
	NumUrged          Number = 150
	NumSupervised     Number = 151
	NumOrderReplied   Number = 152
	NumOrderWithdrawn Number = 153
	NumTurned         Number = 154
	NumReceiptGiven   Number = 155
	NumSaid           Number = 156
)

// County is the actor of what the county itself writes about a case.
const County catalogue.UserID = "county"

// LimitOrder is an order's own day: given → replied to. One runs for each order.
const LimitOrder catalogue.LimitCode = "order"

var superviseKinds = map[Number]func() Event{
	NumUrged:          func() Event { return new(Urged) },
	NumSupervised:     func() Event { return new(Supervised) },
	NumOrderReplied:   func() Event { return new(OrderReplied) },
	NumOrderWithdrawn: func() Event { return new(OrderWithdrawn) },
	NumTurned:         func() Event { return new(Turned) },
	NumReceiptGiven:   func() Event { return new(ReceiptGiven) },
	NumSaid:           func() Event { return new(Said) },
}

// overseers give orders: whoever supervises for a unit.
var overseers = roles{catalogue.Office, catalogue.Center}

// sayRule lets a party rate in the states in which a worker may write its say down.
func sayRule(from states) Rule {
	return Rule{Action: ActSay, Group: GroupRecord, From: from, Who: Anyone, Roles: everybody, Stops: limits{LimitRate},
		New: func() Event { return new(Said) }}
}

// superviseRules are orders and what they bring, the county's own urging, and the party's
// receipt.
func superviseRules(p phases) []Rule {
	known := slices.DeleteFunc(slices.Clone(p.all), func(s State) bool { return s == StateVoided || s == StateMerged })
	return []Rule{
		{Action: ActUrge, Group: GroupSupervise, From: p.all, Apart: true,
			New: func() Event { return new(Urged) }},
		{Action: ActSupervise, Group: GroupSupervise, From: p.running,
			Who: Holder | Superior, Roles: overseers, Kept: true,
			New: func() Event { return new(Supervised) }},
		{Action: ActReplyOrder, Group: GroupSupervise, From: p.running,
			Who: Holder | Lead | CoHandler | Guest, Roles: everybody, Kept: true,
			Bars: []Bar{{WhyNoOrder, func(c *Case) bool { return len(c.Orders()) == 0 }}},
			New:  func() Event { return new(OrderReplied) }},
		{Action: ActWithdrawOrder, Group: GroupSupervise, From: p.running,
			Who: Anyone, Roles: overseers, Kept: true, // who gave it, whatever became of its part in the case
			Bars: []Bar{{WhyNoOrder, func(c *Case) bool { return len(c.Orders()) == 0 }}},
			New:  func() Event { return new(OrderWithdrawn) }},
		{Action: ActTurn, Group: GroupRecord, From: known,
			Who: Anyone, Roles: everybody, Kept: true,
			New: func() Event { return new(Turned) }},
		{Action: ActReceipt, Group: GroupRecord, From: known, Apart: true,
			Who: Anyone, Roles: everybody,
			New: func() Event { return new(ReceiptGiven) }},
	}
}

// Order is a superior's order about the case that waits for its reply.
type Order struct {
	Act
	From  catalogue.UnitID // who gave it
	To    catalogue.UnitID
	Grade Grade
	Due   string // its day, "2006-01-02"
}

// Orders returns the orders that run, in the order in which they were given.
func (c *Case) Orders() []Order {
	waits := c.waiting(LimitOrder)
	if len(waits) == 0 {
		return nil
	}
	givers := make(map[EntryID]catalogue.UnitID, len(waits))
	for i := range c.Timeline {
		l := &c.Timeline[i]
		if _, known := givers[l.UID]; waits[l.UID] && !known {
			givers[l.UID] = l.Unit
		}
	}
	var out []Order
	for _, act := range c.Acts {
		if act.Action == ActSupervise && waits[act.By] {
			out = append(out, Order{act, givers[act.By], catalogue.UnitID(act.Words["to"]), Grade(act.Words["grade"]), act.Words["due"]})
		}
	}
	return out
}

// Grade is how strong an order or an urging is (普通、黄牌、红牌督办).
type Grade string

// The grades, from the weakest. GradeUp is the county's alone: the red one was
// ignored, and the unit above is told.
const (
	GradeOrdinary Grade = "ordinary"
	GradeYellow   Grade = "yellow"
	GradeRed      Grade = "red"
	GradeUp       Grade = "up"
)

var grades = []Grade{GradeOrdinary, GradeYellow, GradeRed, GradeUp}

// Stronger reports whether g is stronger than o.
func (g Grade) Stronger(o Grade) bool { return slices.Index(grades, g) > slices.Index(grades, o) }

// Rank is the grade's place from the weakest, from 1; 0: none.
func (g Grade) Rank() uint8 { return uint8(slices.Index(grades, g) + 1) }

// Given is an order with what became of it.
type Given struct {
	Order
	At    time.Time
	Runs  bool   // it waits for its reply
	Reply Answer // the last reply; zero: none
	Back  Answer // why it was withdrawn; zero: it was not
}

// Answer is what a unit wrote about something, and when.
type Answer struct {
	Text string
	Unit catalogue.UnitID
	User catalogue.UserID
	At   time.Time
}

// Given returns all orders of the case, in the order in which they were given.
func (c *Case) Given() []Given {
	var out []Given
	for _, act := range c.ActsOf(ActSupervise) {
		line, _ := c.Line(act.By)
		g := Given{Order: Order{act, line.Unit, catalogue.UnitID(act.Words["to"]), Grade(act.Words["grade"]), act.Words["due"]},
			At: line.At, Runs: c.runs(LimitOrder, act.By)}
		g.Reply, g.Back = c.answerTo(ActReplyOrder, "text", act.By), c.answerTo(ActWithdrawOrder, "reason", act.By)
		out = append(out, g)
	}
	return out
}

// answerTo is the last act of an action that names the one of an entry.
func (c *Case) answerTo(a Action, word string, uid EntryID) Answer {
	for _, act := range slices.Backward(c.ActsOf(a)) {
		if act.Words["act"] == uid.String() {
			line, _ := c.Line(act.By)
			return Answer{act.Words[word], line.Unit, line.Actor, line.At}
		}
	}
	return Answer{}
}

// Call is a call-out with its answer (快速联动处置).
type Call struct {
	Act
	From   catalogue.UnitID
	To     catalogue.UnitID
	At     time.Time
	Runs   bool
	Answer Answer // zero: none yet
}

// Calls returns all call-outs of the case, in the order in which they were made.
func (c *Case) Calls() []Call {
	var out []Call
	for _, act := range c.ActsOf(ActCallOut) {
		line, _ := c.Line(act.By)
		out = append(out, Call{act, line.Unit, catalogue.UnitID(act.Words["unit"]), line.At,
			c.runs(LimitCallOut, act.By), c.answerTo(ActAnswerCall, "text", act.By)})
	}
	return out
}

// Since is when the case came into the state in which it stands; its last change where
// that cannot be told.
func (c *Case) Since() time.Time {
	t, ok := TableOf(c.Matter)
	if !ok {
		return c.UpdatedAt
	}
	for _, l := range slices.Backward(c.Timeline) {
		if l.Effect == Applied && slices.ContainsFunc(l.Kinds, func(kind string) bool { return t.leads(Action(kind), c.State) }) {
			return l.At
		}
	}
	return c.UpdatedAt
}

// Urging is one time that the county urged a limit.
type Urging struct {
	Grade Grade
	To    catalogue.UnitID
	Due   string // the limit's last day as it stood
	At    time.Time
	By    EntryID
}
