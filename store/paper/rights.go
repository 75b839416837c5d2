package paper

import (
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/i18n"
)

// Rights is the sheet that tells a party its rights and duties, and what it can do next,
// as the case stands (seed: “引导群众依法逐级反映诉求”; 人民调解法 art. 4, 23, 24, 26;
// 信访工作条例 art. 18 to 36).
func Rights(words *i18n.Words, c *casework.Case, ix casework.Lookup, d Desk) Paper {
	w := &writer{Words: words}
	w.centre(w.T("paper.rights"))
	w.rule()
	head(w, c, ix, d)
	w.rule()
	w.rights(c)
	w.gap()
	w.line(w.T("paper.head.next"))
	w.now(c, ix, d.Now)
	w.next(c, ix, d.Now)
	w.gap()
	w.line(w.T("paper.sign"))
	return w.Paper
}

// rights tells the law's rights and duties of a party of the kind of matter.
func (w *writer) rights(c *casework.Case) {
	w.line(w.T("paper.head.rights"))
	switch {
	case c.Confidential && c.Matter != casework.Petition:
		w.general()
	case c.Matter == casework.Petition:
		w.say("paper.petition.rights")
		w.items(numbered("paper.petition.right", 8)...)
		w.gap()
		w.line(w.T("paper.head.duties"))
		w.say("paper.petition.duties")
		w.items(numbered("paper.petition.duty", 3)...)
	case c.State == casework.StateConsulted:
		w.say("paper.consultation.rights")
	case c.Matter == casework.Dispute:
		w.say("paper.free")
		w.say("paper.mediation.rights")
		w.items(numbered("paper.mediation.right", 4)...)
		w.gap()
		w.line(w.T("paper.head.duties"))
		w.say("paper.mediation.duties")
		w.items(numbered("paper.mediation.duty", 3)...)
	default:
		w.general()
	}
}

func (w *writer) general() {
	w.say("paper.general.rights")
	w.gap()
	w.line(w.T("paper.head.duties"))
	w.say("paper.general.duties")
}

// now tells how far the case has come.
func (w *writer) now(c *casework.Case, ix casework.Lookup, now time.Time) {
	step := w.T("progress." + string(casework.ProgressOf(c)))
	if day, ok := casework.PartyDay(c, ix, now); ok {
		w.paragraph(w.T("paper.now_due", step, day.Format(time.DateOnly)))
		return
	}
	w.paragraph(w.T("paper.now", step))
}

// next tells what comes, and what the party itself can do elsewhere, until when.
func (w *writer) next(c *casework.Case, ix casework.Lookup, now time.Time) {
	switch p := casework.ProgressOf(c); {
	case p == casework.ProgressWaits:
		w.say("paper.next.waits")
	case p == casework.ProgressElsewhere:
		w.say("paper.next.elsewhere")
	case p == casework.ProgressVoided:
	case c.Matter == casework.Dispute:
		w.dispute(c, ix, now)
	case p == casework.ProgressResult && c.State == casework.StateResolved:
		w.say("paper.next.result")
	case c.State == casework.StateFinal:
		w.say("paper.next.final")
	case p == casework.ProgressEnded:
		w.say("paper.next.ended")
	case c.Matter == casework.Petition:
		w.say("paper.next.petition")
	default:
		w.say("paper.next.general")
	}
	w.ways(c, ix)
}

func (w *writer) dispute(c *casework.Case, ix casework.Lookup, now time.Time) {
	switch c.State {
	case casework.StateConsulted:
		w.say("paper.next.consulted")
	case casework.StateFailed, casework.StateRefused, casework.StateTransferred:
		w.say("paper.next.other")
	case casework.StateAgreed, casework.StateConfirming:
		w.say("paper.next.agreed")
		w.confirm(c, ix, now)
	case casework.StateResolved:
		w.say("paper.next.result")
		w.confirm(c, ix, now)
	case casework.StateClosed:
		w.say("paper.next.ended")
	default:
		w.say("paper.next.mediate")
	}
}

// confirm says until when both sides may ask the court to confirm their agreement.
func (w *writer) confirm(c *casework.Case, ix casework.Lookup, now time.Time) {
	for _, r := range casework.Limits(c, ix, now) {
		if r.Limit == casework.LimitConfirm && !r.Stopped && r.Light != casework.Red {
			w.paragraph(w.T("paper.next.confirm", ix.Calendar().LastDay(r.Due).Format(time.DateOnly)))
		}
	}
}

// ways are where the parties can turn as the case stands, each with its last day.
func (w *writer) ways(c *casework.Case, ix casework.Lookup) {
	timed := false
	for _, s := range casework.NextSteps(c, ix) {
		said := ""
		switch {
		case s.Limit == casework.LimitConfirm: // said with the agreement
			continue
		case s.Limit == "":
			said = w.T("way." + string(s.Way))
		default:
			timed = true
			said = w.T("paper.next.way", w.Limit(s.Limit, ix), s.Last.Format(time.DateOnly))
			if s.Answer.N > 0 {
				said += w.T("paper.next.answer", w.T("span."+string(s.Answer.Unit), i18n.Arg("n", s.Answer.N)))
			}
		}
		if s.Source != "" && !strings.Contains(s.Source, unverified) {
			said += w.T("paper.next.source", s.Source)
		}
		w.paragraph(said + w.T("paper.next.stop"))
	}
	if timed {
		w.say("paper.next.promise")
	}
}

// unverified marks a source that was not looked up again: a worker may read that, a party
// is not told of an article that may be another.
const unverified = "待核对"
