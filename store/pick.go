package store

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Pick names cases that the board counts; Store.Picked returns them.
type Pick string

// The picks. "Mine" are the units that the person serves.
const (
	PickOrders  Pick = "orders"  // an order waits for the reply of mine
	PickCalls   Pick = "calls"   // a call-out waits for the answer of mine
	PickTasks   Pick = "tasks"   // a task does, or the paper of an emergency
	PickRed     Pick = "red"     // overdue, and the person's to do
	PickYellow  Pick = "yellow"  // due soon, likewise
	PickLater   Pick = "later"   // the person's to do, not due soon, and in none of those above or below
	PickWaits   Pick = "waits"   // something on it is contested or held, likewise
	PickSign    Pick = "sign"    // 待签收
	PickRoute   Pick = "route"   // 待受理、待研判、待分流
	PickTell    Pick = "tell"    // settled or not, and the parties are to be told
	PickArrived Pick = "arrived" // since yesterday: somebody else registered it
	PickMoved   Pick = "moved"   // since yesterday: somebody else did something on a case that the person registered
	PickPassed  Pick = "passed"  // since yesterday: it went from one unit to another
	PickTurned  Pick = "turned"  // since yesterday: it became overdue
	PickSettled Pick = "settled" // since yesterday: it was settled or came to an end
	PickGiven   Pick = "given"   // an order of mine waits for its reply
	PickReplied Pick = "replied" // since yesterday: an order of mine was replied to
	PickGreen   Pick = "green"   // mine have it in hand, by its light
	PickAmber   Pick = "amber"
	PickOverdue Pick = "overdue"
	PickPaused  Pick = "paused"
	PickFree    Pick = "free"
	PickAllRed  Pick = "all_red" // overdue, whoever has it
)

// asks are what runs between the person's units and others, a bit each.
type asks uint8

const (
	owesOrder asks = 1 << iota
	owesCall
	owesTask
	gaveOrder
)

// stillCalls stands for the answer of a call-out that has none.
const stillCalls = int64(-1)

// watch notes what the board and the tab of supervised cases need.
func (w *row) watch(c *casework.Case, st *state, ix *catalogue.Index) {
	mine := func(u catalogue.UnitID) bool { return st.County == nil || slices.Contains(st.Units, u) }
	for i := range c.Timeline {
		if l := &c.Timeline[i]; l.Actor != st.User && l.Effect != casework.HeldBack {
			w.News = max(w.News, l.At.UnixMilli())
		}
	}
	w.Arrived, w.Turned = c.RegisteredAt.UnixMilli(), c.Since().UnixMilli()
	if n := len(c.Hands); c.Passed() > 0 {
		l, _ := c.Line(c.Hands[n-1].By)
		w.Passed = l.At.UnixMilli()
	}
	owes := map[casework.Action]asks{casework.ActTask: owesTask, casework.ActCallOut: owesCall}
	for a, bit := range owes {
		if slices.ContainsFunc(c.Asked(a), func(o casework.Asked) bool { return mine(o.Unit) }) {
			w.Asks |= bit
		}
	}
	if slices.ContainsFunc(c.OwesPaper(), mine) {
		w.Asks |= owesTask
	}
	for _, call := range c.Calls() {
		switch {
		case !mine(call.From):
		case call.Runs:
			w.Called = stillCalls
		case w.Called != stillCalls && !call.Answer.At.IsZero():
			w.Called = max(w.Called, call.Answer.At.UnixMilli())
		}
	}
	for _, o := range c.Orders() {
		day, _ := time.ParseInLocation(time.DateOnly, o.Due, ix.Calendar().Location())
		due := day.AddDate(0, 0, 1)
		if mine(o.To) {
			w.Asks |= owesOrder
			w.Owed = first(w.Owed, due)
		}
		if mine(o.From) {
			w.Asks |= gaveOrder
			w.Given = first(w.Given, due)
		}
		if mine(o.To) || mine(o.From) {
			w.supervised(o.Grade, o.From, due)
		}
	}
	for _, g := range c.Given() {
		if mine(g.From) && !g.Reply.At.IsZero() {
			w.Replied = max(w.Replied, g.Reply.At.UnixMilli())
		}
	}
	for _, l := range casework.Limits(c, ix, c.UpdatedAt) {
		for _, u := range l.Urged {
			if !l.Stopped {
				w.supervised(u.Grade, "", l.Due)
			}
		}
	}
}

// first is the earlier of a moment that is known, 0 for none, and another one.
func first(known int64, t time.Time) int64 {
	if known == 0 {
		return t.UnixMilli()
	}
	return min(known, t.UnixMilli())
}

// supervised takes over an order or an urging that is stronger than what is known, or as
// strong and due before it.
func (w *row) supervised(g casework.Grade, by catalogue.UnitID, due time.Time) {
	if g.Stronger(w.Grade) || g == w.Grade && due.UnixMilli() < w.Answer {
		w.Grade, w.Urger, w.Answer = g, by, due.UnixMilli()
	}
}

// looking is a look at rows at a moment.
type looking struct {
	st             *state
	now, yesterday int64
}

func (s *Store) looking(now time.Time) looking {
	return looking{s.state(), now.UnixMilli(), s.yesterday(now)}
}

// yesterday is the beginning of the day before, since when changes are told.
func (s *Store) yesterday(now time.Time) int64 {
	return s.Catalogue().Calendar().Midnight(now).AddDate(0, 0, -1).UnixMilli()
}

// has reports whether one of the person's units has the case in hand.
func (l *looking) has(w *row) bool {
	if l.st.County == nil {
		return true
	}
	return slices.Contains(l.st.Units, cmp.Or(w.Lead, w.Holder))
}

// overdue reports whether the case's first limit is over and does not stand still.
func (l *looking) overdue(w *row) bool { return w.Due != 0 && w.Paused == 0 && l.now >= w.Due }

// is reports whether a case that did not come to an end is one of a pick; of one that did,
// see ended.
func (l *looking) is(w *row, p Pick) bool {
	light := func(want casework.Light) bool { return w.light(time.UnixMilli(l.now)) == want }
	settled := w.State == casework.StateResolved || w.State.Ended()
	switch p {
	case PickWaits:
		return w.Todo && (w.Contested > 0 || w.Held > 0)
	case PickArrived:
		return !w.Mine && w.Arrived >= l.yesterday
	case PickMoved:
		return w.Mine && w.News >= l.yesterday
	case PickReplied:
		return w.Replied != 0 && w.Replied >= l.yesterday
	case PickPassed:
		return w.Passed >= l.yesterday
	case PickSettled:
		return settled && w.Turned >= l.yesterday
	}
	if w.State.Ended() {
		return false
	}
	switch p {
	case PickOrders:
		return w.Asks&owesOrder != 0
	case PickCalls:
		return w.Asks&owesCall != 0
	case PickTasks:
		return w.Asks&owesTask != 0
	case PickGiven:
		return w.Asks&gaveOrder != 0
	case PickRed:
		return w.Todo && light(casework.Red)
	case PickYellow:
		return w.Todo && light(casework.Yellow)
	case PickLater:
		elsewhere := settled || w.Contested+w.Held > 0 || w.Asks&(owesOrder|owesCall|owesTask) != 0 // another pick has it
		return w.Todo && !elsewhere && !light(casework.Red) && !light(casework.Yellow)
	case PickSign:
		return w.Todo && w.State == casework.StateAssigned
	case PickRoute:
		early := w.Stage == casework.StageIntake || w.Stage == casework.StageAssess || w.Stage == casework.StageRoute
		return w.Todo && early && w.State != casework.StateAssigned
	case PickTell:
		return w.Todo && settled
	case PickTurned:
		return l.overdue(w) && w.Due >= l.yesterday
	case PickAllRed:
		return l.overdue(w)
	case PickGreen:
		return l.has(w) && light(casework.Green)
	case PickAmber:
		return l.has(w) && light(casework.Yellow)
	case PickOverdue:
		return l.has(w) && light(casework.Red)
	case PickPaused:
		return l.has(w) && light(casework.Grey)
	case PickFree:
		return l.has(w) && light(casework.None)
	}
	return false
}

// Picks are all picks, in the order in which a board would show them.
var Picks = []Pick{PickOrders, PickCalls, PickRed, PickTasks, PickWaits, PickYellow, PickTell, PickLater, PickSign, PickRoute, PickGiven, PickReplied,
	PickArrived, PickMoved, PickPassed, PickTurned, PickSettled, PickOverdue, PickAmber, PickGreen, PickPaused, PickFree, PickAllRed}

// due is when what a pick names a case for is due: the reply to an order, else what is due
// first on the case.
func (p Pick) due(w *row) int64 {
	switch p {
	case PickOrders:
		return w.Owed
	case PickGiven:
		return w.Given
	}
	return w.Due
}

// sooner is the order of picked cases: what is due first.
func (p Pick) sooner(a, b *row) int {
	one, other := p.due(a), p.due(b)
	if one != other && (one == 0 || other == 0) {
		return cmp.Compare(other, one)
	}
	return cmp.Or(cmp.Compare(one, other), cmp.Compare(b.Updated, a.Updated), slices.Compare(a.ID.UUID[:], b.ID.UUID[:]))
}

// show shows a row of a pick. Where the pick is about orders, the row's limit is the
// order's own: a case in good time says nothing of an order that is overdue.
func (p Pick) show(w *row, st *state, ix *catalogue.Index, now time.Time) Row {
	out := w.show(st, ix, now)
	if p != PickOrders && p != PickGiven || p.due(w) == 0 {
		return out
	}
	cal := ix.Calendar()
	out.Limit, out.Original = casework.LimitOrder, time.Time{}
	out.Due = time.UnixMilli(p.due(w)).In(cal.Location())
	out.DaysLeft, out.Light = cal.DaysLeft(now, out.Due), casework.LightAt(now, cal.LastDay(out.Due), out.Due)
	return out
}
