package detail

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// How many of one kind of act, and of the limits that were stopped, are shown
// until all are asked for.
const (
	fewActs    = 3
	fewStopped = 6
)

// risk shows the signs of risk of the case, what must still be done about each,
// and what the facts suggest.
func (d *pen) risk() {
	c, ix := &d.view.Case, d.desk.Index()
	signs, suggested := casework.Signs(c), casework.Suggested(c, ix, d.desk.Now())
	if len(signs)+len(suggested) == 0 {
		return
	}
	d.section("risk.title")
	open := casework.OpenDuties(c, ix)
	for _, s := range signs {
		seen := ""
		if act, ok := c.Act(s.By, casework.ActRisk); ok && act.Words["seen_on"] != "" {
			seen = d.desk.Day(act.Words["seen_on"])
		} else if l, ok := c.Line(s.By); ok {
			seen = d.desk.When(l.At)
		}
		said := d.desk.T("risk.sign", d.desk.Code(catalogue.TableRisks, s.Code), seen)
		d.about(s.By, kit.Danger.On(d.desk.T("risk.mark"))+" "+kit.Fit(said, d.w-3))
		for _, duty := range open {
			if duty.Sign.By == s.By {
				d.about(s.By, kit.Signed(kit.Warning, "   ", d.desk.T("risk.duty_open", duty.Name, duty.Source), d.w)...)
			}
		}
	}
	for _, s := range suggested {
		d.add(words.Wrap(d.desk.T("risk.suggested", d.desk.Code(catalogue.TableRisks, s.Code), s.Number), d.w, kit.Plain)...)
	}
}

// limits shows every limit, those that run first: what it is about where it was
// started by an act, and the day on which it was due before it was extended or
// stood still.
func (d *pen) limits() {
	all := slices.Clone(d.view.Limits)
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b casework.Running) int {
		switch {
		case a.Stopped == b.Stopped:
			return 0
		case a.Stopped:
			return 1
		}
		return -1
	})
	d.section("detail.limits")
	cal := d.desk.Index().Calendar()
	column := 14
	for _, r := range all {
		column = max(column, min(kit.Width(d.desk.Limit(r.Limit, d.desk.Index()))+2, 24))
	}
	running := slices.IndexFunc(all, func(r casework.Running) bool { return r.Stopped })
	if running < 0 {
		running = len(all)
	}
	few := running + fewStopped
	for _, r := range all[:d.shown("limits", len(all), few)] {
		due, said := i18n.Due(r.Due, cal), d.desk.Left(r.Light, r.DaysLeft, r.Due)
		if r.Stopped {
			said = d.desk.T("detail.stopped")
		}
		d.about(r.By, kit.Fit(d.desk.Light(r.Light)+" "+kit.Fit(d.desk.Limit(r.Limit, d.desk.Index()), column)+d.desk.T("detail.due", due)+"  "+said, d.w))
		rest := ""
		if !cal.LastDay(r.OriginalDue).Equal(cal.LastDay(r.Due)) {
			rest = d.desk.FirstDay(r.OriginalDue) + "  "
		}
		if !r.NotBefore.IsZero() && !r.Stopped {
			rest += d.desk.T("limit.not_before", d.desk.Day(casework.Day(r.NotBefore, d.desk.Index()))) + "  "
		}
		if r.Extended > 0 {
			rest += d.desk.T("detail.extended", i18n.Arg("n", r.Extended)) + "  "
		}
		if r.Doubtful {
			rest += d.desk.T("detail.doubt") + "  "
		}
		if !r.Paused.IsZero() {
			rest += d.desk.T("detail.paused", r.Paused.In(d.desk.Now().Location()).Format(time.DateOnly)) + "  "
		}
		if i := slices.IndexFunc(d.view.Case.Acts, func(a casework.Act) bool { return a.By == r.By }); i >= 0 {
			act := d.view.Case.Acts[i]
			rest += d.desk.T("detail.limit_of", d.desk.Action(string(act.Action)), d.desk.ActName(act, &d.view.Case))
		}
		if rest != "" {
			d.about(r.By, kit.Fit("   "+rest, d.w))
		}
		for _, u := range r.Urged {
			d.about(u.By, kit.Signed(gradeInks[u.Grade], "   ", d.desk.Urging(u, r.Limit), d.w)...)
		}
	}
	d.fold("limits", len(all), few)
}

// gradeInks are the inks of orders and urgings; the words say the grade too.
var gradeInks = map[casework.Grade]kit.Ink{casework.GradeYellow: kit.Yellow, casework.GradeRed: kit.Red, casework.GradeUp: kit.Red}

// waitingOrders shows at the top what the case was ordered and nobody has answered yet.
func (d *pen) waitingOrders() { d.given(true) }

// orders shows the other orders with what became of each.
func (d *pen) orders() { d.given(false) }

// given shows orders, those that run first and in the ink of their grade.
func (d *pen) given(unanswered bool) {
	all := slices.DeleteFunc(slices.Clone(d.view.Case.Given()), func(g casework.Given) bool {
		return unanswered != (g.Runs && g.Reply.At.IsZero())
	})
	if len(all) == 0 {
		return
	}
	d.section("order.section", i18n.Arg("n", len(all)))
	for _, runs := range []bool{true, false} {
		for _, g := range all {
			if g.Runs != runs {
				continue
			}
			for i, said := range d.desk.Order(g) {
				ink := kit.Plain
				if i == 0 && runs {
					ink = gradeInks[g.Grade]
				}
				if i > 0 {
					said = "   " + said
				}
				d.about(g.By, words.Wrap(said, d.w, ink)...)
			}
		}
	}
}

// calls shows what the person's unit was called out for and has not answered: it waits for
// nobody else.
func (d *pen) calls() {
	said := d.desk.CallWords(&d.view.Case)
	if len(said) == 0 {
		return
	}
	d.section("call.section")
	for _, call := range said {
		d.add(words.Wrap(call, d.w, kit.Warning)...)
	}
}

// acts shows what was done on the case, a list for each kind of act that there
// is, the newest first, with what answers each below it. A long list is folded.
func (d *pen) acts() {
	for _, doing := range words.Doings(&d.view.Case) {
		if doing.Action == casework.ActSupervise {
			continue // they stand beside the limits
		}
		n := len(doing.Acts)
		d.begin(string(doing.Action), d.desk.T("detail.acts", d.desk.Action(string(doing.Action)), i18n.Arg("n", n)))
		shown := d.shown(string(doing.Action), n, fewActs)
		for _, t := range doing.Acts[:shown] {
			d.thread(t, "")
		}
		d.fold(string(doing.Action), n, fewActs)
	}
}

// shown is how many of n members of a list are shown: few, until all are asked for.
func (d *pen) shown(list string, n, few int) int {
	if d.whole[list] {
		return n
	}
	return min(n, few)
}

// fold adds the line that shows the whole of a longer list, or less of it again.
func (d *pen) fold(list string, n, few int) {
	said := d.desk.T("detail.refold")
	switch shown := d.shown(list, n, few); {
	case n <= few:
		return
	case shown < n:
		said = d.desk.T("detail.unfold", i18n.Arg("n", n-shown))
	}
	d.put(line{text: kit.Fit(said, d.w), fold: list})
}

// thread shows an act and what answers it; what it answers is plain from where it
// stands.
func (d *pen) thread(t words.Thread, indent string) {
	c := &d.view.Case
	said := ""
	if l, ok := c.Line(t.By); ok {
		said = d.desk.When(l.At) + "  " + d.desk.Person(l.Actor)
		if l.Unit != "" {
			said += "  " + d.desk.Unit(l.Unit)
		}
	}
	if indent != "" {
		said = d.desk.Action(string(t.Action)) + "  " + said
	}
	d.about(t.By, d.desk.Receipt(d.view.Receipts[t.By])+" "+kit.Fit(indent+said, d.w-3))
	_, answers := words.About(t.Act, c)
	for _, word := range d.desk.ActWords(t.Act, c) {
		if word.Of != "" && answers && indent != "" {
			continue
		}
		d.about(t.By, d.labelled("   "+indent+word.Label, word.Text)...)
	}
	for _, a := range t.Answers {
		d.thread(a, indent+"  ")
	}
}

// above reports whether what an entry says stands above its line already: the
// fields of a registration, the words of acts.
func (d *pen) above(l casework.Line) bool {
	if slices.Contains(l.Kinds, string(casework.ActRegister)) {
		return true
	}
	for _, a := range []casework.Action{casework.ActSupervise, casework.ActReplyOrder, casework.ActWithdrawOrder} {
		if slices.Contains(l.Kinds, string(a)) {
			return false // above stands how it ended, here how it went
		}
	}
	return len(l.Kinds) > 0 && d.kept[l.UID] == len(l.Kinds)
}
