package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Right is a row of a table as it lets somebody act: what, where, as what of the
// case, by which of her roles.
type Right struct {
	Action Action
	States []State // in which it may be done; none: it makes the case
	Who    Relation
	Roles  []catalogue.Role
	Unseen bool // of confidential cases that she is not shown
}

// Rights returns what the roles may do to a kind of matter, in the order of its
// table.
func Rights(m Matter, roles []catalogue.Role) []Right {
	t, ok := TableOf(m)
	if !ok {
		return nil
	}
	var out []Right
	for _, r := range append([]Rule{t.Register}, t.Rules...) {
		out = append(out, r.rights(roles)...)
	}
	return out
}

// rights returns how the rule lets somebody of these roles act.
func (r *Rule) rights(roles []catalogue.Role) (out []Right) {
	add := func(who Relation, may []catalogue.Role) {
		by := slices.DeleteFunc(slices.Clone(roles), func(role catalogue.Role) bool { return !slices.Contains(may, role) })
		if who != 0 && len(by) > 0 {
			out = append(out, Right{r.Action, r.From, who, by, r.Unseen})
		}
	}
	add(r.Who&^r.Beside.Who, r.Roles)
	add(r.Beside.Who, r.Beside.Roles)
	return out
}

// WhoMay returns who may do an action to the case as it stands; where its state does
// not let it be done, who may where it does.
func WhoMay(c *Case, a Action) []Right {
	t, ok := TableOf(c.Matter)
	if !ok {
		return nil
	}
	var out []Right
	for _, r := range t.candidates(a, c.State) {
		for _, right := range r.rights(r.Roles) {
			if !slices.ContainsFunc(out, func(o Right) bool { return o.Who == right.Who && slices.Equal(o.Roles, right.Roles) }) {
				out = append(out, right)
			}
		}
	}
	return out
}

// StatesOf returns the states in which an action can be done, each once.
func (t *Table) StatesOf(a Action) []State {
	var out []State
	for i := range t.Rules {
		if t.Rules[i].Action != a {
			continue
		}
		for _, s := range t.Rules[i].From {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// WaysTo returns the actions that bring the case at once to where another can be done.
// To what takes a case back to an earlier stage nothing leads that anybody would want.
func WaysTo(c *Case, a Action) []Action {
	t, ok := TableOf(c.Matter)
	if !ok || t.takesBack(a) {
		return nil
	}
	states := t.StatesOf(a)
	var out []Action
	for i := range t.Rules {
		r := &t.Rules[i]
		if r.To != "" && slices.Contains(states, r.To) && slices.Contains(r.From, c.State) && r.barred(c) == "" && !slices.Contains(out, r.Action) {
			out = append(out, r.Action)
		}
	}
	return out
}

// takesBack reports whether an action leads to an earlier stage than all that it is
// done in.
func (t *Table) takesBack(a Action) bool {
	stage := func(s State) int {
		return slices.Index(Stages, (&Case{Matter: t.Matter, State: s}).Stage())
	}
	r, ok := t.AnyRule(a)
	return ok && !slices.ContainsFunc(t.StatesOf(a), func(s State) bool { return stage(s) <= stage(r.To) })
}

// Relations returns all relations, one by one.
func Relations() []Relation {
	return []Relation{Registrar, Holder, Superior, Lead, CoHandler, Guest, Overseer}
}

// Names returns the relations that r is made of, as words know them; "anyone"
// where whoever sees the case may.
func (r Relation) Names() []string {
	if r == Anyone {
		return []string{"anyone"}
	}
	names := map[Relation]string{Registrar: "registrar", Holder: "holder", Superior: "superior",
		Lead: "lead", CoHandler: "co_handler", Guest: "guest", Overseer: "overseer"}
	var out []string
	for _, one := range Relations() {
		if r&one != 0 {
			out = append(out, names[one])
		}
	}
	return out
}

// Covered is a place whose cases are delivered to a unit for the place alone,
// with the places in it that are another's.
type Covered struct {
	Place  catalogue.DivisionCode
	Except []catalogue.DivisionCode
}

// Reach returns the places whose cases are delivered to a unit that has no part
// in them, the highest of each chain.
func Reach(unit catalogue.UnitID, ix Lookup) []Covered {
	divisions := ix.Catalogue().Divisions
	in := make(map[catalogue.DivisionCode]bool, len(divisions))
	parent := make(map[catalogue.DivisionCode]catalogue.DivisionCode, len(divisions))
	for _, d := range divisions {
		c := Case{State: StateRegistered, Fields: map[Field]Register{FieldDivision: {Value: string(d.Code)}}}
		in[d.Code], parent[d.Code] = slices.Contains(Recipients(&c, ix), unit), d.Parent
	}
	var out []Covered
	at := map[catalogue.DivisionCode]int{}
	for _, d := range divisions {
		if in[d.Code] && !in[d.Parent] {
			at[d.Code] = len(out)
			out = append(out, Covered{Place: d.Code})
		}
	}
	for _, d := range divisions {
		if in[d.Code] || !in[d.Parent] {
			continue
		}
		top := d.Parent
		for in[parent[top]] {
			top = parent[top]
		}
		out[at[top]].Except = append(out[at[top]].Except, d.Code)
	}
	return out
}

// Use is what one kind of matter does with a limit: the actions that start it and
// those that stop it, in the order of its table. That a case came to its end stops
// limits, too; it is not said of each.
type Use struct {
	Matter Matter
	Starts []Action
	Stops  []Action
}

// byEvents are the limits that events start and stop by what they say, beside the
// rules of the tables.
var byEvents = map[catalogue.LimitCode]struct{ starts, stops []Action }{
	LimitTask:              {[]Action{ActTask}, []Action{ActReplyTask}},
	LimitCallOut:           {[]Action{ActCallOut}, []Action{ActAnswerCall}},
	LimitOrder:             {[]Action{ActSupervise}, []Action{ActReplyOrder, ActWithdrawOrder}},
	LimitEmergencyPaper:    {[]Action{ActEmergency}, []Action{ActEmergencyPaper}},
	LimitProtection:        {[]Action{ActDutyDone}, []Action{ActDutyDone}},
	LimitProtectionUrgent:  {[]Action{ActDutyDone}, []Action{ActDutyDone}},
	LimitPerform:           {[]Action{ActSettleOnSpot}, []Action{ActBreach}},
	LimitHandle:            {[]Action{ActBreach}, nil},
	LimitConfirm:           {[]Action{ActSettleOnSpot}, []Action{ActBreach}},
	LimitReply:             {[]Action{ActPropose}, []Action{ActReplyProposal}},
	LimitReplyUrgent:       {[]Action{ActPropose}, []Action{ActReplyProposal}},
	LimitRectify:           {[]Action{ActConsult, ActNotice, ActJudgment}, []Action{ActRectified}},
	LimitLookBack:          {[]Action{ActPlanLookBack}, []Action{ActLookBack}},
	LimitReportMajor:       {[]Action{ActRegister, ActAmend}, []Action{ActEmergency}},
	LimitOnlineContact:     {[]Action{ActAccept, ActEntrust}, nil},
	LimitPetitionAskReview: {[]Action{ActOpinion}, nil}, LimitPetitionReview: {[]Action{ActAskReview}, nil},
	LimitPetitionAskRecheck: {[]Action{ActReview}, nil}, LimitPetitionRecheck: {[]Action{ActAskRecheck}, nil},
}

// Uses returns which kinds of matter have a limit, and what starts and stops it;
// none of one that nothing starts by itself.
func Uses(l catalogue.LimitCode) []Use {
	if graded(l) {
		l = LimitHandle // it runs beside that one, where the dispute has its difficulty
	}
	var out []Use
	for _, m := range Matters {
		t := tables[m]
		u := Use{Matter: m}
		by := byEvents[l]
		for _, r := range append([]Rule{t.Register}, t.Rules...) {
			starts := slices.Contains(r.Starts, l) || slices.Contains(by.starts, r.Action)
			stops := slices.Contains(r.Stops, l) || slices.Contains(by.stops, r.Action)
			if starts && !slices.Contains(u.Starts, r.Action) {
				u.Starts = append(u.Starts, r.Action)
			}
			if stops && !slices.Contains(u.Stops, r.Action) && !slices.Contains(byTheEnd, r.Action) {
				u.Stops = append(u.Stops, r.Action)
			}
		}
		if len(u.Starts) > 0 {
			out = append(out, u)
		}
	}
	return out
}

// byTheEnd are the actions that stop whatever runs.
var byTheEnd = []Action{ActVoid, ActClose, ActMerge, ActTransfer, ActReopen}
