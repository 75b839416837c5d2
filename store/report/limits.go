package report

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// class tells what a limit is a limit of.
type class uint8

const (
	other   class = iota
	accept        // 受理: to say whether it is taken up
	route         // 分流、签收
	settle        // 办理: to settle it
	follow        // 回访、评价
	perform       // the parties' own, of an agreement
	right         // a party may act in it and nobody must
	court         // a court's
)

// classes of the limits; duties of a sign and whatever a county adds are other.
var classes = map[catalogue.LimitCode]class{
	casework.LimitTriage:           accept,
	casework.LimitEntrustAccept:    accept,
	casework.LimitPetitionRegister: accept, // 信访工作条例 art. 22
	casework.LimitPetitionNotice:   accept, // art. 23
	casework.LimitMatterRoute:      accept,
	casework.LimitLeadAssess:       accept,

	casework.LimitRoute:          route,
	casework.LimitSignFor:        route,
	casework.LimitPetitionObject: route,
	casework.LimitMatterSignFor:  route,
	casework.LimitMatterHandUp:   route,

	casework.LimitHandle:          settle,
	casework.LimitSimple:          settle,
	casework.LimitOrdinary:        settle,
	casework.LimitComplex:         settle,
	casework.LimitLabour:          settle,
	casework.LimitEntrusted:       settle,
	casework.LimitPetitionHandle:  settle, // art. 34
	casework.LimitPetitionReview:  settle,
	casework.LimitPetitionRecheck: settle,
	casework.LimitMatterHandle:    settle,
	casework.LimitConsult:         settle,
	casework.LimitReply:           settle,
	casework.LimitReplyUrgent:     settle,
	casework.LimitRectify:         settle,

	casework.LimitRevisit:  follow,
	casework.LimitRate:     follow,
	casework.LimitLookBack: follow,

	casework.LimitPerform: perform,

	casework.LimitConfirm:            right, // 人民调解法 art. 33
	casework.LimitPetitionAskReview:  right, // 信访工作条例 art. 35
	casework.LimitPetitionAskRecheck: right, // art. 36
	casework.LimitCivilNotice:        right,

	casework.LimitCourtAccept:      court,
	casework.LimitCourtDecide:      court,
	casework.LimitProtection:       court,
	casework.LimitProtectionUrgent: court,
}

func (l *Limit) class() class { return classes[l.Code] }

// duty reports whether a unit must keep it.
func (l *Limit) duty() bool {
	c := l.class()
	return c != right && c != perform && c != court
}

// missed reports whether it had run out unmet by a moment. An extension that came too late
// mends nothing.
func (l *Limit) missed(at int64) bool { return l.Ran != 0 && l.Ran <= at || l.ranOut(at) }

// ranOut is missed by the day that holds now.
func (l *Limit) ranOut(at int64) bool {
	switch {
	case l.Due > at || l.Stop != 0 && l.Stop < l.Due:
		return false
	case l.Paused != 0 && l.Paused <= at:
		return l.Paused >= l.Due
	}
	return true
}

// overdue reports whether it had run out and still ran at a moment.
func (l *Limit) overdue(at int64) bool { return l.ranOut(at) && (l.Stop == 0 || l.Stop > at) }

// limitsOf returns the limits of a case with whom they bind.
func limitsOf(c *casework.Case, ix *catalogue.Index) []Limit {
	var out []Limit
	all := casework.Limits(c, ix, c.UpdatedAt)
	for i := range c.Clocks {
		k := &c.Clocks[i]
		if len(all) == 0 {
			break
		}
		r := &all[0]
		if r.Limit != k.Limit || r.By != k.By || r.Start.After(k.Start) {
			continue // it has no length that is known
		}
		all = all[1:]
		l := Limit{Code: k.Limit, Unit: keeper(c, k), Start: r.Start.UnixMilli(), Due: r.Due.UnixMilli(),
			Original: r.OriginalDue.UnixMilli(), Yellow: r.Yellow.UnixMilli(), Right: classes[k.Limit] == right}
		if !r.Paused.IsZero() {
			l.Paused = r.Paused.UnixMilli()
		}
		if !k.Stop.IsZero() {
			l.Stop = k.Stop.UnixMilli()
		}
		for n, e := range k.Extended {
			l.Extended = append(l.Extended, e.At.UnixMilli())
			if l.Ran == 0 {
				l.Ran = ranBefore(c, k, n, ix)
			}
		}
		for _, u := range k.Urged {
			l.Urged = max(l.Urged, slices.Index([]casework.Grade{"", casework.GradeYellow, casework.GradeRed, casework.GradeUp}, u.Grade))
		}
		out = append(out, l)
	}
	return out
}

// ranBefore returns when a limit had run out before its n-th extension; 0: it had not.
func ranBefore(c *casework.Case, k *casework.Clock, n int, ix *catalogue.Index) int64 {
	at := k.Extended[n].At
	then := *c
	clock := *k
	clock.Extended, clock.Pauses, clock.Stop = k.Extended[:n], nil, time.Time{}
	for _, p := range k.Pauses {
		if p.From.Before(at) {
			if p.To.IsZero() || p.To.After(at) {
				p.To = at // a pause that lasted then had moved it so far
			}
			clock.Pauses = append(clock.Pauses, p)
		}
	}
	then.Clocks = []casework.Clock{clock}
	for _, r := range casework.Limits(&then, ix, at) {
		if !r.Due.After(at) {
			return r.Due.UnixMilli()
		}
	}
	return 0
}

// keeper is the unit whose a limit is to keep: the one that was asked; of a limit that runs
// the first of those whose turn it is, which is also the one that the county urges; of one
// that was stopped the one that had the case until then. What is done after the settlement
// is for who answers for the case.
func keeper(c *casework.Case, k *casework.Clock) catalogue.UnitID {
	cl := classes[k.Limit]
	switch {
	case k.Asked != "":
		return k.Asked
	case cl == court:
		return c.Agreement.Confirmation.Court
	case k.Limit == casework.LimitConsult, k.Limit == casework.LimitRectify, k.Limit == casework.LimitReply, k.Limit == casework.LimitReplyUrgent,
		k.Limit == casework.LimitLeadAssess:
		for _, a := range c.Acts {
			if to := cmp.Or(a.Words["unit"], a.Words["to"]); a.By == k.By && to != "" {
				return catalogue.UnitID(to)
			}
		}
		if k.Limit == casework.LimitLeadAssess {
			l, _ := c.Line(k.By)
			return l.Unit
		}
	}
	if k.Stop.IsZero() {
		if turn := casework.Turn(c); len(turn) > 0 {
			return turn[0]
		}
		return c.Holder
	}
	h := handUntil(c, k)
	if h.Lead != "" && cl != follow {
		return h.Lead
	}
	return h.Unit
}

// handUntil is who had the case before a limit was stopped.
func handUntil(c *casework.Case, k *casework.Clock) casework.Hand {
	if len(c.Hands) == 0 {
		return casework.Hand{}
	}
	place := func(uid casework.EntryID) int {
		return slices.IndexFunc(c.Timeline, func(l casework.Line) bool { return l.UID == uid })
	}
	h, began := c.Hands[0], place(k.By)
	for _, next := range c.Hands[1:] {
		n := place(next.By)
		if n > began && (n < 0 || !c.Timeline[n].At.Before(k.Stop)) {
			break
		}
		h = next
	}
	return h
}
