package words

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// dayOf is a day in a sentence.
func (d Desk) dayOf(t time.Time) string {
	t = t.In(d.Index().Calendar().Location())
	return d.T("urging.day", int(t.Month()), t.Day())
}

// Urging is a sentence about one time that the county urged a limit.
func (d Desk) Urging(u casework.Urging, limit catalogue.LimitCode) string {
	return d.T("urging."+string(u.Grade), d.dayOf(u.At), d.Limit(limit, d.Index()), d.Unit(u.To))
}

// Order are the sentences about an order: from whom, to whom, how strong, why, until when;
// and what became of it.
func (d Desk) Order(g casework.Given) []string {
	out := []string{
		d.T("order.given", d.Unit(g.From), d.dayOf(g.At), d.Unit(g.To), d.T("choice.grade."+string(g.Grade)), d.Masked(g.Words["reason"])),
		d.T("order.due", g.Due),
	}
	if !g.Reply.At.IsZero() {
		out = append(out, d.T("order.reply", d.Unit(g.Reply.Unit), d.dayOf(g.Reply.At), d.Masked(g.Reply.Text)))
	}
	if !g.Back.At.IsZero() {
		out = append(out, d.T("order.back", d.Unit(g.Back.Unit), d.dayOf(g.Back.At), d.Masked(g.Back.Text)))
	}
	switch {
	case len(out) > 2:
	case g.Runs:
		out = append(out, d.T("order.none"))
	default:
		out = append(out, d.T("order.over"))
	}
	return out
}

// mayAnswer are the acts that the form of an action may name, where not all of its kind:
// of orders those that wait for the person's unit, or that it gave; of call-outs those that
// wait.
func (d Desk) mayAnswer(a casework.Action, c *casework.Case) (acts []casework.Act, some bool) {
	p := d.Store.Person("")
	switch a {
	case casework.ActReplyOrder, casework.ActWithdrawOrder:
		for _, o := range c.Orders() {
			unit := o.To
			if a == casework.ActWithdrawOrder {
				unit = o.From
			}
			if p.Alone || unit == p.Unit {
				acts = append(acts, o.Act)
			}
		}
		return acts, true
	case casework.ActAnswerCall:
		for _, asked := range c.Asked(casework.ActCallOut) {
			acts = append(acts, asked.Act)
		}
		return acts, true
	}
	return nil, false
}

// Answerable are the acts of a kind that the form of an action may name.
func (d Desk) Answerable(a, of casework.Action, c *casework.Case) []casework.Act {
	if acts, some := d.mayAnswer(a, c); some {
		return acts
	}
	return c.ActsOf(of)
}

// orderWords are the sentences about the orders that a form is about.
func (d Desk) orderWords(c *casework.Case, a casework.Action) []string {
	acts, _ := d.mayAnswer(a, c)
	var out []string
	for _, g := range c.Given() {
		if slices.ContainsFunc(acts, func(act casework.Act) bool { return act.By == g.By }) {
			out = append(out, d.Order(g)[:2]...)
		}
	}
	return out
}

// CallWords are the sentences about the call-outs that wait for the answer of the person's
// unit: who called, when, and what for.
func (d Desk) CallWords(c *casework.Case) []string {
	p := d.Store.Person("")
	var out []string
	for _, call := range c.Calls() {
		if call.Runs && (p.Alone || call.To == p.Unit) {
			out = append(out, d.T("call.waits", d.Unit(call.From), d.When(call.At), d.Unit(call.To), d.Masked(call.Words["note"])))
		}
	}
	return out
}
