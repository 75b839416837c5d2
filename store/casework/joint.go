package casework

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"casedesk/store/catalogue"
)

// What units and people do together on a case.
const (
	ActAppoint           Action = "appoint"
	ActCallOff           Action = "call_off"
	ActInvite            Action = "invite"
	ActMeet              Action = "meet"
	ActTask              Action = "task"
	ActReplyTask         Action = "reply_task"
	ActCallOut           Action = "call_out"
	ActAnswerCall        Action = "answer_call"
	ActEmergency         Action = "emergency"
	ActEmergencyPaper    Action = "emergency_paper"
	ActDisputeCompetence Action = "dispute_competence"
	ActAskExtension      Action = "ask_extension"
	ActExtend            Action = "extend"
	ActTakeOut           Action = "take_out"
)

// The numbers of the kinds.
const (
	NumAppointed          Number = 30
	NumCalledOff          Number = 31
	NumInvited            Number = 32
	NumMet                Number = 33
	NumTasked             Number = 34
	NumTaskReplied        Number = 35
	NumCalledOut          Number = 36
	NumCallAnswered       Number = 37
	NumEmergency          Number = 38
	NumEmergencyPaper     Number = 39
	NumCompetenceDisputed Number = 40
	NumExtensionAsked     Number = 41
	NumExtended           Number = 42
	NumTakenOut           Number = 43
)

// The limits of joint work. Several of the first two may run, one for each unit
// that was asked.
const (
	LimitTask           catalogue.LimitCode = "task"            // the task's own day
	LimitCallOut        catalogue.LimitCode = "call_out"        // called out → answered
	LimitEmergencyPaper catalogue.LimitCode = "emergency_paper" // reported → the paper handed in
)

var jointKinds = map[Number]func() Event{
	NumAppointed:          func() Event { return new(Appointed) },
	NumCalledOff:          func() Event { return new(CalledOff) },
	NumInvited:            func() Event { return new(Invited) },
	NumMet:                func() Event { return new(Met) },
	NumTasked:             func() Event { return new(Tasked) },
	NumTaskReplied:        func() Event { return new(TaskReplied) },
	NumCalledOut:          func() Event { return new(CalledOut) },
	NumCallAnswered:       func() Event { return new(CallAnswered) },
	NumEmergency:          func() Event { return new(Emergency) },
	NumEmergencyPaper:     func() Event { return new(EmergencyPaper) },
	NumCompetenceDisputed: func() Event { return new(CompetenceDisputed) },
	NumExtensionAsked:     func() Event { return new(ExtensionAsked) },
	NumExtended:           func() Event { return new(Extended) },
	NumTakenOut:           func() Event { return new(TakenOut) },
}

// officers are those who handle cases for a unit, of whichever system.
var officers = roles{catalogue.Mediator, catalogue.Center, catalogue.Office, catalogue.Handler,
	catalogue.Court, catalogue.Procurator}

// jointRules are what units and people do together on a case: meetings, tasks of
// co-handlers, appointments, call-outs, extensions. Disputes about competence move
// the case, so each table that has them says where to.
func jointRules(p phases) []Rule {
	return []Rule{
		{Action: ActAppoint, Group: GroupJoint, From: p.running,
			Who: Registrar | Holder | Lead | CoHandler, Roles: everybody, Kept: true,
			New: func() Event { return new(Appointed) }},
		{Action: ActCallOff, Group: GroupJoint, From: p.running,
			Who: Registrar | Holder | Lead | CoHandler, Roles: everybody, Kept: true,
			Bars: []Bar{{WhyNoAppointment, func(c *Case) bool { return len(c.Appointments()) == 0 }}},
			New:  func() Event { return new(CalledOff) }},
		{Action: ActInvite, Group: GroupJoint, From: p.work,
			Who: Holder | Lead | CoHandler, Roles: officers, Kept: true,
			New: func() Event { return new(Invited) }},
		{Action: ActMeet, Group: GroupJoint, From: p.running,
			Who: Holder | Superior | Lead, Roles: officers, Kept: true,
			New: func() Event { return new(Met) }},
		{Action: ActTask, Group: GroupJoint, From: p.work,
			Who: Holder | Superior | Lead, Roles: officers, Kept: true,
			New: func() Event { return new(Tasked) }},
		{Action: ActReplyTask, Group: GroupJoint, From: p.running,
			Who: Holder | Lead | CoHandler, Roles: everybody, Kept: true,
			Bars: []Bar{{WhyNoTask, func(c *Case) bool { return len(c.Asked(ActTask)) == 0 }}},
			New:  func() Event { return new(TaskReplied) }},
		{Action: ActCallOut, Group: GroupJoint, From: p.running,
			// Who is called sees the case from then on. Of a confidential one those decide who
			// answer for it or lead it (信访工作条例 art. 30), not whoever helps with it.
			Who: Registrar | Holder | Superior | Lead | CoHandler, Secret: Holder | Superior | Lead, Roles: everybody, Kept: true,
			New: func() Event { return new(CalledOut) }},
		{Action: ActAnswerCall, Group: GroupJoint, From: p.running,
			Who: Holder | Lead | Guest, Roles: everybody, Kept: true,
			Bars: []Bar{{WhyNoCall, func(c *Case) bool { return len(c.Asked(ActCallOut)) == 0 }}},
			New:  func() Event { return new(CallAnswered) }},
		{Action: ActEmergency, Group: GroupJoint, From: p.running,
			Who: Anyone, Roles: everybody, Kept: true,
			New: func() Event { return new(Emergency) }},
		{Action: ActEmergencyPaper, Group: GroupJoint, From: p.running,
			Who: Anyone, Roles: everybody, Kept: true,
			Bars: []Bar{{WhyNoEmergency, func(c *Case) bool { return !c.owesPaper() }}},
			New:  func() Event { return new(EmergencyPaper) }},
		{Action: ActAskExtension, Group: GroupJoint, From: p.running,
			Who: Lead | CoHandler, Roles: officers, Kept: true,
			New: func() Event { return new(ExtensionAsked) }},
		{Action: ActExtend, Group: GroupJoint, From: p.running,
			Who: Holder | Superior, Roles: officers, Kept: true,
			New: func() Event { return new(Extended) }},
		{Action: ActTakeOut, Group: GroupJoint, From: p.running,
			Who: Holder | Superior | Lead, Roles: officers, Kept: true,
			Bars: []Bar{{WhyNoneNamed, (*Case).noneNamed}},
			New:  func() Event { return new(TakenOut) }},
	}
}

// noOpenTask bars closing a case on which a co-handler still owes a reply.
var noOpenTask = Bar{WhyOpenTask, func(c *Case) bool { return len(c.Asked(ActTask)) > 0 }}

// unlessAlone bars what one unit must not do alone: a case that crosses regions,
// trades or departments is handled together with another unit.
var unlessAlone = Bar{WhyNeedsJoint, (*Case).alone}

// alone reports whether the case crosses and one unit has it, nobody beside it: no
// co-handler, and no other unit that met about it or cooperates under an agreement.
func (c *Case) alone() bool {
	if !c.crosses() || len(c.Co) > 0 {
		return false
	}
	has := string(cmp.Or(c.Lead, c.Holder))
	return !slices.ContainsFunc(c.Acts, func(a Act) bool {
		if a.Action != ActMeet && a.Action != ActCooperate {
			return false
		}
		return a.Words["region"] != "" || slices.ContainsFunc(strings.Split(a.Words["units"], ","), func(u string) bool {
			u = strings.TrimSpace(u)
			return u != "" && u != has
		})
	})
}

// Appointment is a meeting with the parties that stands.
type Appointment struct {
	By                         EntryID
	When, Place, With, Purpose string
	Notice                     bool // a notice was given
}

// Appointments returns the appointments that were not called off, in the order of
// the fold; those of the past too.
func (c *Case) Appointments() []Appointment {
	var out []Appointment
	for _, a := range c.Acts {
		w := a.Words
		switch a.Action {
		case ActAppoint:
			out = append(out, Appointment{By: a.By, When: w["when"], Place: w["place"], With: w["with"], Purpose: w["purpose"], Notice: w["notice"] == "true"})
		case ActCallOff:
			out = slices.DeleteFunc(out, func(o Appointment) bool { return o.By.String() == w["act"] })
		}
	}
	return out
}

// At is the moment of the appointment; false where it is written in no way that
// is known.
func (a Appointment) At(cal catalogue.Calendar) (time.Time, bool) { return ParseMoment(a.When, cal) }

// asks are the actions that ask something of a unit, with the limit that runs
// until it answered.
var asks = map[Action]catalogue.LimitCode{ActTask: LimitTask, ActCallOut: LimitCallOut}

// Asked is what a unit was asked to do on the case and has not answered yet: a
// co-handler's task, a call-out.
type Asked struct {
	Act
	Unit catalogue.UnitID
}

// Asked returns what waits for an answer, of ActTask or ActCallOut.
func (c *Case) Asked(a Action) []Asked {
	waits := c.waiting(asks[a])
	if len(waits) == 0 {
		return nil
	}
	var out []Asked
	for _, act := range c.Acts {
		if act.Action == a && waits[act.By] {
			out = append(out, Asked{Act: act, Unit: catalogue.UnitID(act.Words["unit"])})
		}
	}
	return out
}

// runs reports whether the limit that an entry started is running.
func (c *Case) runs(l catalogue.LimitCode, by EntryID) bool {
	for i := range c.Clocks { // a Clock is long: it is not copied to be looked at
		if k := &c.Clocks[i]; k.Limit == l && k.By == by && k.Stop.IsZero() {
			return true
		}
	}
	return false
}

// waiting returns the entries whose limit of a kind is running.
func (c *Case) waiting(l catalogue.LimitCode) map[EntryID]bool {
	var by map[EntryID]bool
	for i := range c.Clocks {
		if k := &c.Clocks[i]; k.Limit == l && k.Stop.IsZero() {
			if by == nil {
				by = map[EntryID]bool{}
			}
			by[k.By] = true
		}
	}
	return by
}

// owesPaper reports whether an emergency was reported whose paper is still to come.
func (c *Case) owesPaper() bool { return len(c.owing()) > 0 }

// owing returns the units that reported an emergency and owe its paper.
func (c *Case) owing() []catalogue.UnitID {
	var out []catalogue.UnitID
	for _, k := range c.Clocks {
		if k.Limit == LimitEmergencyPaper && k.Stop.IsZero() {
			l, _ := c.Line(k.By)
			out = append(out, l.Unit)
		}
	}
	return out
}

// OwesPaper returns the units that reported an emergency and owe its paper.
func (c *Case) OwesPaper() []catalogue.UnitID { return c.owing() }

// askedOf returns the units that owe an answer, whatever the case's state says of
// the turn.
func (c *Case) askedOf() []catalogue.UnitID {
	out := c.owing()
	for a := range asks {
		for _, asked := range c.Asked(a) {
			out = append(out, asked.Unit)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// owes reports whether the person's unit was asked for something that she may
// answer.
func owes(c *Case, p Person, ix Lookup) bool {
	mine := func(u catalogue.UnitID) bool { return p.Alone || u == p.Unit }
	answer := map[Action]Action{ActTask: ActReplyTask, ActCallOut: ActAnswerCall}
	for asking, a := range answer {
		if slices.ContainsFunc(c.Asked(asking), func(asked Asked) bool { return mine(asked.Unit) }) && Allowed(c, p, a, ix) == "" {
			return true
		}
	}
	if slices.ContainsFunc(c.Orders(), func(o Order) bool { return mine(o.To) }) && Allowed(c, p, ActReplyOrder, ix) == "" {
		return true
	}
	return slices.ContainsFunc(c.owing(), mine) && Allowed(c, p, ActEmergencyPaper, ix) == ""
}

// TakesPart reports whether a unit has a part in the case, beyond seeing it.
func (c *Case) TakesPart(u catalogue.UnitID) bool {
	return u == c.Holder || u == c.Registrar || c.handles(u) || slices.Contains(c.Joined, u)
}

// handles reports whether a unit handles the case, as lead or beside it.
func (c *Case) handles(u catalogue.UnitID) bool { return u == c.Lead || slices.Contains(c.Co, u) }

// tidy ends what nobody can answer any more: the case came to its end or was refused,
// or the unit that was asked no longer handles it, or must not see it.
func (f *fold) tidy() {
	c := f.c
	over := c.Ended() || c.State == StateRefused
	f.stopWhere(func(k *Clock) bool {
		switch {
		case k.Limit == LimitTask:
			return over || !c.handles(k.Asked)
		case k.Limit == LimitReply, k.Limit == LimitReplyUrgent:
			return !c.handles(k.Asked)
		case k.Limit == LimitRectify, k.Limit == LimitConsult:
			u := c.addressee(k.By)
			return u != "" && !c.handles(u)
		case k.Limit == LimitCallOut, k.Limit == LimitOrder:
			return over || c.mustNotSee(k.Asked)
		case k.Limit == LimitEmergencyPaper, isDuty(k.Limit):
			return over
		}
		return false
	})
}

// crosses reports whether the case goes beyond one region, trade or department:
// then one unit alone does not handle it (seed: “跨区域、跨行业、跨部门”).
func (c *Case) crosses() bool {
	for _, f := range []Field{FieldCrossRegion, FieldCrossTrade, FieldCrossDepartment} {
		if c.Value(f) == "yes" {
			return true
		}
	}
	return false
}

// UpReason says why a case should go up a level.
type UpReason string

// The reasons.
const (
	UpFailed  UpReason = "failed"  // no agreement was reached at this level
	UpLate    UpReason = "late"    // two limits or more were missed
	UpCrosses UpReason = "crosses" // it goes beyond one region, trade or department, and one unit has it alone
	UpRefused UpReason = "refused" // units sent it back twice or more
)

// ShouldGoUp returns why the holder should think of sending the case up: advice,
// from the case's own facts. A case that has ended, or whose holder has nobody
// above, needs none.
func ShouldGoUp(c *Case, ix Lookup, now time.Time) []UpReason {
	if !c.Exists() || c.Ended() || ix.Parent(c.Holder) == "" {
		return nil
	}
	var out []UpReason
	if *c.standing() == StateFailed {
		out = append(out, UpFailed)
	}
	returned := 0
	for _, l := range c.Timeline {
		if l.Effect == Applied && slices.Contains(l.Kinds, string(ActReturn)) {
			returned++
		}
	}
	if len(late(Limits(c, ix, now))) >= 2 {
		out = append(out, UpLate)
	}
	if c.Lead != "" && c.alone() {
		out = append(out, UpCrosses)
	}
	if returned >= 2 {
		out = append(out, UpRefused)
	}
	return out
}
