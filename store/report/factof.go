package report

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// What an entry of an action does to a case as figures see it. The fold keeps no states of
// the past: when a case was settled is told by the last entry that could settle it.
var (
	accepts = actions(casework.ActAccept, casework.ActSettleOnSpot, casework.ActAssign, casework.ActHandUp, casework.ActSignFor,
		casework.ActReceiveLead, casework.ActMediate, casework.ActAgree, casework.ActInquire)
	handles = actions(casework.ActMediate, casework.ActSettleOnSpot, casework.ActSignFor, casework.ActAgree, casework.ActInquire,
		casework.ActOpinion, casework.ActInspect, casework.ActDecide, casework.ActConsult, casework.ActPropose, casework.ActNotice)
	settles = map[casework.Matter]map[casework.Action]bool{
		casework.Dispute:        actions(casework.ActSettleOnSpot, casework.ActPerform),
		casework.Petition:       actions(casework.ActPerform, casework.ActConclude, casework.ActRecheck),
		casework.PublicInterest: actions(casework.ActRectified, casework.ActJudgment),
		casework.Delegated:      actions(casework.ActDecide),
	}
	// A lead may be closed when the department has answered in writing: since it was asked
	// last, nothing but the answer settled it.
	asks      = actions(casework.ActPropose, casework.ActNotice, casework.ActConsult, casework.ActSue, casework.ActReopen)
	unsettles = actions(casework.ActRefuse, casework.ActRefuseRepeat, casework.ActAssessLead, casework.ActFail)
	ends      = actions(casework.ActClose, casework.ActConclude, casework.ActAdvise, casework.ActTransfer, casework.ActSplitOut,
		casework.ActRecheck, casework.ActVoid, casework.ActMerge)
	// works are what Fact.Works keeps. Those of subsidized are counted for 以案定补.
	works = func() map[casework.Action]bool {
		m := actions(casework.ActAccept, casework.ActAssign, casework.ActRefuse, casework.ActReturn, casework.ActEscalate, casework.ActTransfer,
			casework.ActAdvise, casework.ActObject, casework.ActAcceptObjection, casework.ActInquire, casework.ActOpinion,
			casework.ActAskReview, casework.ActReview, casework.ActAskRecheck, casework.ActRecheck, casework.ActConclude, casework.ActSplitOut,
			casework.ActRefuseRepeat, casework.ActInspect, casework.ActDecide, casework.ActHandUp, casework.ActJudgment, casework.ActClose,
			casework.ActReopen)
		for _, a := range subsidized {
			m[a] = true
		}
		return m
	}()
	// subsidized are the works for which a county may pay its mediators and grid workers
	// (以案定补), in the order of the table.
	subsidized = []casework.Action{casework.ActRegister, casework.ActContact, casework.ActSettleOnSpot, casework.ActMediate,
		casework.ActAgree, casework.ActPerform, casework.ActRevisit}
)

var effectKinds = []string{"area", "tonnes", "money"}

// leastPrint is how many letters and digits a text has that is no common phrase.
const leastPrint = 12

func actions(as ...casework.Action) map[casework.Action]bool {
	m := make(map[casework.Action]bool, len(as))
	for _, a := range as {
		m[a] = true
	}
	return m
}

// FactOf takes a case's facts from its fold. ix is the newest catalogue.
func FactOf(c *casework.Case, ix *catalogue.Index) Fact {
	f := Fact{ID: c.ID, Number: c.Number, Matter: c.Matter, State: c.State, Title: c.Value(casework.FieldTitle),
		Category: c.Value(casework.FieldCategory), Division: catalogue.DivisionCode(c.Value(casework.FieldDivision)),
		Channel: c.Value(casework.FieldChannel), Origin: c.Value(casework.FieldOrigin), Cause: c.Value(casework.FieldCause),
		Scale: c.Value(casework.FieldScale), Item: c.Value(casework.FieldItem), People: number(c.Value(casework.FieldPeople)),
		Parties: len(c.Parties), Hard: c.Value(casework.FieldDifficulty) == "complex", Major: c.Value(casework.FieldMajor) == "yes", Backlog: c.Value(casework.FieldBacklog) == "yes", Secret: c.Confidential,
		Passed: c.Passed(), Registrar: c.Registrar, Holder: c.Holder, Lead: c.Lead, Co: append([]catalogue.UnitID(nil), c.Co...), By: c.RegisteredBy,
		Happened: c.Value(casework.FieldHappenedOn), Registered: milli(c.RegisteredAt), Told: c.Told, Round: c.Round, Updated: milli(c.UpdatedAt)}
	if c.State == casework.StateSuspended {
		f.State = c.Before
	}
	f.agreed(c)
	f.walk(c)
	if at, ok := casework.FirstContact(c, ix); ok {
		f.Contacted = at.UnixMilli()
	}
	if f.Resolved != 0 {
		u, _ := ix.Unit(f.Unit())
		f.ResolvedAt = u.Level
	}
	f.Limits = limitsOf(c, ix)
	f.acted(c, ix)
	for _, s := range casework.Signs(c) {
		if !slices.Contains(f.Signs, s.Code) {
			f.Signs = append(f.Signs, s.Code)
		}
	}
	if c.Confidential {
		f.About = slices.Clone(c.About)
	} else {
		f.Prints = [2]int64{fingerprint(c.Value(casework.FieldFacts)), fingerprint(c.Agreement.Text)}
	}
	return f
}

// Unit is the unit that a case belongs to in figures: the one that handles it, else the one
// that answers for it.
func (f *Fact) Unit() catalogue.UnitID {
	if f.Lead != "" {
		return f.Lead
	}
	return f.Holder
}

// agreed takes what became of the agreement.
func (f *Fact) agreed(c *casework.Case) {
	a := &c.Agreement
	if a.Form == "" && a.At.IsZero() {
		return
	}
	f.Agreement = Agreement{Form: a.Form, At: milli(a.At), Due: a.Due, Done: a.Done, Amount: hundredths(a.Amount)}
	for _, part := range a.Instalments {
		f.Agreement.Due = max(f.Agreement.Due, part.On)
	}
	if a.Done != "full" {
		f.Agreement.Next = a.NextDue()
	}
	f.Agreement.Court = a.Confirmation.Court
	switch r := a.Confirmation; {
	case r.Result == "valid", r.Result == "withdrawn":
		f.Agreement.Confirmed = r.Result
	case r.Result != "":
		f.Agreement.Confirmed = "refused"
	case r.Court != "" || r.CourtName != "":
		f.Agreement.Confirmed = "asked"
	}
}

// walk takes from the timeline what was done when, and by whom.
func (f *Fact) walk(c *casework.Case) {
	var settled, unsettled, asked int // the place of the last entry that did so, from 1
	var resolved, answered int64
	var objector catalogue.UnitID
	for n, e := range effective(c) {
		l, at := e.line, e.at
		if l.Unit == f.Unit() {
			f.Person = l.Actor
		}
		for _, kind := range l.Kinds {
			a := casework.Action(kind)
			if f.Accepted == 0 && accepts[a] {
				f.Accepted = at
			}
			if f.Handled == 0 && handles[a] {
				f.Handled = at
			}
			switch a {
			case casework.ActReopen:
				f.Reopened = at
			case casework.ActContact:
				if f.Contacted == 0 {
					f.Contacted = at
				}
			case casework.ActRevisit:
				f.Agreement.Revisited = at
			case casework.ActObject:
				objector = l.Unit
			}
			if settles[c.Matter][a] {
				settled, resolved = n+1, at
			}
			if unsettles[a] {
				unsettled = n + 1
			}
			if asks[a] {
				asked = n + 1
			}
			if a == casework.ActReplyProposal {
				answered = at
			}
			if ends[a] && c.State.Ended() {
				f.Closed = at
			}
			if works[a] {
				w := Work{At: at, User: l.Actor, Unit: l.Unit, Action: a}
				if a == casework.ActAcceptObjection {
					w.Unit = objector // it is the one that gave the case back
				}
				f.Works = append(f.Works, w)
			}
		}
	}
	switch f.State {
	case casework.StateClosed:
		switch {
		case c.Matter == casework.PublicInterest && asked > max(settled, unsettled):
			f.Resolved = answered
		case settled > unsettled:
			f.Resolved = resolved
		}
	case casework.StateResolved, casework.StateFinal:
		f.Resolved = cmp.Or(resolved, f.Updated) // it may have been settled in a way that this version does not know
	}
}

// landed is an entry that had its effect, with the moment at which it had.
type landed struct {
	line *casework.Line
	at   int64
}

// effective returns the entries that had their effect, in the order in which they had it:
// one that somebody decided about when that was decided.
func effective(c *casework.Case) []landed {
	out := make([]landed, 0, len(c.Timeline))
	decided := map[casework.EntryID][]casework.EntryID{} // by decision
	for _, d := range c.Settled {
		if d.Choice == "take" || d.Choice == "release" {
			decided[d.By] = append(decided[d.By], d.Entry)
		}
	}
	waits := func(l *casework.Line) bool {
		for _, entries := range decided {
			if slices.Contains(entries, l.UID) {
				return true
			}
		}
		return false
	}
	line := func(uid casework.EntryID) int {
		return slices.IndexFunc(c.Timeline, func(l casework.Line) bool { return l.UID == uid })
	}
	for i := range c.Timeline {
		l := &c.Timeline[i]
		if l.Effect == casework.Applied && !waits(l) {
			out = append(out, landed{l, milli(l.At)})
		}
		for _, uid := range decided[l.UID] {
			if k := line(uid); k >= 0 {
				if d := &c.Timeline[k]; d.Effect == casework.Applied || d.Effect == casework.Contested && c.Decided(*d) == "take" {
					out = append(out, landed{d, milli(l.At)})
				}
			}
		}
	}
	return out
}

// acted takes what the words of the acts tell.
func (f *Fact) acted(c *casework.Case, ix *catalogue.Index) {
	zone := ix.Calendar().Location()
	day := func(at time.Time) string { return at.In(zone).Format(time.DateOnly) }
	if c.Matter == casework.Petition {
		f.Visits = append(f.Visits, Visit{On: day(c.RegisteredAt), People: max(f.People, 1), Form: c.Value(casework.FieldPetitionForm)})
	}
	replied := map[string]int64{}
	for _, a := range c.Acts {
		switch a.Action {
		case casework.ActVisit:
			f.Visits = append(f.Visits, Visit{On: a.Words["happened_on"], People: max(number(a.Words["people"]), 1), Form: a.Words["petition_form"]})
		case casework.ActTurn:
			f.Turns = append(f.Turns, Turn{Into: a.Words["into"], On: a.Words["on"], People: number(a.Words["people"])})
		case casework.ActBreach:
			l, _ := c.Line(a.By)
			f.Agreement.Breached = f.Agreement.Breached || f.Agreement.At != 0 && milli(l.At) >= f.Agreement.At
		case casework.ActConfirmation:
			if l, _ := c.Line(a.By); f.Agreement.At != 0 && milli(l.At) >= f.Agreement.At {
				f.Agreement.Ruled = milli(l.At)
			}
		case casework.ActReplyOrder:
			l, _ := c.Line(a.By)
			if _, before := replied[a.Words["act"]]; !before {
				replied[a.Words["act"]] = milli(l.At)
			}
		case casework.ActEffect:
			l, _ := c.Line(a.By)
			for _, kind := range effectKinds {
				if n := hundredths(a.Words[kind]); n != 0 {
					f.Effects = append(f.Effects, Effect{On: day(l.At), Kind: kind, Amount: n})
				}
			}
		case casework.ActReportBack:
			if l, ok := c.Line(a.By); ok {
				f.Entrusted.Reported = milli(l.At)
			}
		case casework.ActDecide:
			f.say(c, a, "decision")
		case casework.ActJudgment:
			f.say(c, a, "judgment")
		}
	}
	if e := &c.Entrustment; !e.By.IsZero() {
		f.Entrusted.Court, f.Entrusted.On, f.Entrusted.Result = e.Court, e.ReceivedOn, e.Result
	}
	if c.Entrustment.Result == "" {
		f.Entrusted.Reported = 0
	}
	waits := map[casework.EntryID]bool{}
	for _, o := range c.Orders() {
		waits[o.By] = true
	}
	for _, a := range c.ActsOf(casework.ActSupervise) {
		l, _ := c.Line(a.By)
		f.Orders = append(f.Orders, Order{From: l.Unit, To: catalogue.UnitID(a.Words["to"]), Grade: casework.Grade(a.Words["grade"]),
			Given: milli(l.At), Due: a.Words["due"], Replied: replied[a.By.String()], Ended: !waits[a.By]})
	}
	for _, r := range c.Ratings {
		l, _ := c.Line(r.By)
		f.Ratings = append(f.Ratings, Rating{At: milli(l.At), Way: r.Way, Round: r.Round, Satisfaction: r.Satisfaction,
			Efficiency: r.Efficiency, Leader: r.Leader})
	}
}

// say notes of a work what was decided.
func (f *Fact) say(c *casework.Case, a casework.Act, field string) {
	l, _ := c.Line(a.By)
	for i := range f.Works {
		if w := &f.Works[i]; w.Action == a.Action && w.At == milli(l.At) && w.What == "" {
			w.What = a.Words[field]
			return
		}
	}
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// hundredths reads an amount, "1200" or "1200.50", in hundredths; 0 for none. Forms let no
// more than two decimals through.
func hundredths(s string) int64 {
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 54)
	m, err2 := strconv.ParseInt((part + "00")[:2], 10, 64)
	if err != nil || err2 != nil || n < 0 || m < 0 {
		return 0
	}
	return n*100 + m
}

// fingerprint is a number that two texts share when they have the same letters and digits;
// 0 for a text that is too short to be one's own.
func fingerprint(s string) int64 {
	h, n := fnv.New64a(), 0
	var b [4]byte
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
			b = [4]byte{byte(r), byte(r >> 8), byte(r >> 16), byte(r >> 24)}
			h.Write(b[:])
		}
	}
	if n < leastPrint {
		return 0
	}
	return int64(h.Sum64()>>1) | 1
}
