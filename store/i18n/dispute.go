package i18n

import (
	"cmp"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Standing tells in plain words, as label and text, how a case stands beyond its fields: of
// a dispute first contact, the three steps, attempts, refusals, instalments, confirmation,
// the court's request, what the parties were told; of every case where its parties can go.
// It is empty where there is nothing to tell.
func (w *Words) Standing(c *casework.Case, ix casework.Lookup) [][2]string {
	s := &standing{w: w, c: c, ix: ix}
	if c.Matter == casework.Dispute {
		s.work()
		s.agreement()
		s.court()
		s.told()
	}
	s.next()
	return s.out
}

type standing struct {
	w   *Words
	c   *casework.Case
	ix  casework.Lookup
	out [][2]string
}

func (s *standing) say(label Key, said string) {
	s.out = append(s.out, [2]string{s.w.T(label), said})
}

func (s *standing) choice(field, choice string) string {
	return s.w.T("choice." + field + "." + choice)
}

// steps of the court's checklist, in their order.
var steps = []string{"focus", "law", "follow_up"}

func (s *standing) work() {
	if at, ok := casework.FirstContact(s.c, s.ix); ok {
		s.say("dispute.contacted", at.In(s.ix.Calendar().Location()).Format("2006-01-02 15:04"))
	}
	if done := s.c.ActsOf(casework.ActStep); len(done) > 0 {
		list := ""
		for _, step := range steps {
			state := s.w.T("dispute.step_open")
			for _, act := range done {
				if act.Words["step"] == step {
					state = s.w.T("dispute.step_done")
				}
			}
			list += s.choice("step", step) + " " + state + "  "
		}
		s.say("dispute.steps", list[:len(list)-2])
	}
	if n := len(s.c.ActsOf(casework.ActMediate)); n > 0 {
		s.say("dispute.attempts", s.w.T("dispute.attempt", n))
	}
	for _, d := range s.c.Declined {
		for _, p := range s.c.Parties {
			if p.Element == d.Element {
				s.say("dispute.declined", s.w.T("dispute.declined_by", p.Name, d.Reason))
			}
		}
	}
}

func (s *standing) agreement() {
	a := &s.c.Agreement
	if a.VillageRules != "" {
		s.say("field.village_rules", a.VillageRules)
	}
	if a.EffectiveOn != "" {
		s.say("field.effective_on", a.EffectiveOn)
	}
	if a.Amount != "" {
		s.say("field.agree.amount", a.Amount)
	}
	for i, part := range a.Instalments {
		key := "dispute.unpaid"
		if part.Paid || a.Done == "full" {
			key = "dispute.paid"
		}
		s.out = append(s.out, [2]string{s.w.T("dispute.instalment", i+1), s.w.T(key, part.On, part.Amount)})
	}
	for _, act := range s.c.ActsOf(casework.ActBreach) {
		s.say("dispute.breach", s.choice("follow", act.Words["follow"])+"  "+act.Words["what"])
	}
}

func (s *standing) court() {
	switch k := &s.c.Agreement.Confirmation; {
	case s.c.State == casework.StateConfirming:
		s.say("dispute.confirmation", s.w.T("dispute.confirming", cmp.Or(k.CourtName, s.ix.UnitName(k.Court))))
	case k.Result == "valid":
		s.say("dispute.confirmation", s.w.T("dispute.enforceable", k.Ruling))
	case k.Result != "":
		s.say("dispute.confirmation", s.choice("result", k.Result)+" "+k.Ruling)
	case s.c.State == casework.StateAgreed:
		for _, warning := range casework.ConfirmationWarnings(s.c, s.ix) {
			switch warning {
			case casework.WarnVoluntary, casework.WarnLawful, casework.WarnClear:
				continue // the form asks for them
			}
			s.say("dispute.warnings", s.w.T("warning."+Key(warning)))
		}
	}
	e := &s.c.Entrustment
	if !e.By.IsZero() {
		result := s.w.T("dispute.entrusted_open")
		if !e.Open() {
			result = s.choice("result", e.Result)
		}
		s.say("dispute.entrusted", s.w.T("dispute.entrusted_by", cmp.Or(e.CourtName, s.ix.UnitName(e.Court)), e.Number, s.choice("court_stage", e.Stage), result))
	}
}

func (s *standing) told() {
	for _, a := range []casework.Action{casework.ActRefer, casework.ActTransfer} {
		for _, act := range s.c.ActsOf(a) {
			s.say("dispute.referred", s.ix.CodeName(catalogue.TableReferrals, act.Words["referral"]))
		}
	}
	for _, act := range s.c.ActsOf(casework.ActReply) {
		at := ""
		if l, ok := s.c.Line(act.By); ok {
			at = l.At.In(s.ix.Calendar().Location()).Format(time.DateOnly) + "  "
		}
		s.say("dispute.replied", at+s.choice("way", act.Words["way"])+"  "+act.Words["reply"])
	}
}

// next says where the parties can go, and until when.
func (s *standing) next() {
	for _, step := range casework.NextSteps(s.c, s.ix) {
		if step.Limit == "" {
			s.say("way."+Key(step.Way), s.w.T("next.way", step.Source))
			continue
		}
		said := s.w.T("next.until", step.Last.Format(time.DateOnly))
		if step.Answer.N > 0 {
			said += s.w.T("next.answer", s.w.T("span."+Key(step.Answer.Unit), Arg("n", step.Answer.N)))
		}
		s.out = append(s.out, [2]string{s.w.Limit(step.Limit, s.ix), said})
	}
}
