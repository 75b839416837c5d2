package report

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// formula is a rate as counties hand it in: which cases it is about (its denominator),
// which of them it counts (its numerator), and which are left out of both although a reader
// might look for them. store/i18n has its name, "formula.<code>", and the rule in words,
// "formula.<code>.rule"; docs/figures.md has them all.
type formula struct {
	code string
	base func(*view, *Fact) bool
	part func(*view, *Fact) bool
	left func(*view, *Fact) bool // nil: none
	says bool                    // it counts says of parties instead of cases: see satisfied
}

// formulas of a county's overview, in its order.
var formulas = []formula{
	{code: "settle_rate", // 化解率
		base: (*view).received, part: (*view).resolved},
	{code: "on_time_rate", // 按期化解率
		base: func(v *view, f *Fact) bool { return v.settled(f) || v.open(f) && v.overdue(f) },
		part: func(v *view, f *Fact) bool { return v.settled(f) && !v.late(f, "") },
		left: func(v *view, f *Fact) bool { return v.open(f) && !v.overdue(f) }},
	{code: "finish_on_time_rate", // 按期办结率
		base: func(v *view, f *Fact) bool { met, missed := v.decided(f, settle, ""); return met || missed },
		part: func(v *view, f *Fact) bool { _, missed := v.decided(f, settle, ""); return !missed },
		left: func(v *view, f *Fact) bool {
			met, missed := v.decided(f, settle, "")
			return v.open(f) && !met && !missed
		}},
	{code: "handled_rate", // 调处率
		base: (*view).received,
		part: func(v *view, f *Fact) bool { return v.seen(f.Handled) }},
	{code: "success_rate", // 成功率
		base: func(v *view, f *Fact) bool {
			return v.received(f) && (v.in.Index.Setting(catalogue.SuccessOver) == "received" || v.seen(f.Handled))
		},
		part: func(v *view, f *Fact) bool { return v.seen(f.Handled) && v.succeeded(f) }},
	{code: "accept_on_time_rate", // 及时受理率
		base: func(v *view, f *Fact) bool { met, missed := v.decided(f, accept, ""); return met || missed },
		part: func(v *view, f *Fact) bool { _, missed := v.decided(f, accept, ""); return !missed },
		left: func(v *view, f *Fact) bool {
			met, missed := v.decided(f, accept, "")
			return v.holds(f.Registered) && !met && !missed
		}},
	{code: "performed_rate", // 协议履行率
		base: (*view).fellDue,
		part: func(v *view, f *Fact) bool { return f.Agreement.Done == "full" && v.resolved(f) },
		left: func(v *view, f *Fact) bool {
			return v.seen(f.Agreement.At) && f.Agreement.Done != "full" && f.Agreement.Due >= v.today()
		}},
	{code: "confirmed_rate", // 司法确认率
		base: func(v *view, f *Fact) bool { return v.holds(f.Agreement.At) },
		part: (*view).confirmed},
	{code: "revisited_rate", // 回访率
		base: func(v *view, f *Fact) bool { return v.holds(f.Closed) && v.resolved(f) },
		part: func(v *view, f *Fact) bool { return v.seen(f.Agreement.Revisited) }},
	{code: "rated_rate", // 参评率
		base: (*view).settled,
		part: (*view).rated},
	{code: "satisfied_rate", says: true},                               // 满意率
	levelFormula("in_village_rate", catalogue.Village, catalogue.Grid), // 不出村率
	levelFormula("in_town_rate", catalogue.Town),                       // 不出镇率
	levelFormula("in_county_rate", catalogue.County),                   // 不出县率
}

// levelFormula is the share of what was settled that was settled at a level.
func levelFormula(code string, levels ...catalogue.Level) formula {
	return formula{code: code, base: (*view).settled, part: func(_ *view, f *Fact) bool {
		for _, l := range levels {
			if f.ResolvedAt == l {
				return true
			}
		}
		return false
	}}
}

// fellDue reports whether the agreement was to be performed in the period: its last day
// lies in it and is over, or it was performed in it and before that day. So each is counted
// once.
func (v *view) fellDue(f *Fact) bool {
	a := &f.Agreement
	if !v.seen(a.At) {
		return false
	}
	day := a.Due
	if a.Done == "full" && v.resolved(f) {
		if done := v.day(f.Resolved); day == "" || done <= day {
			return v.holds(f.Resolved)
		}
	}
	return v.holdsDay(day) && day < v.today()
}

// confirmed reports whether a court had found the agreement valid.
func (v *view) confirmed(f *Fact) bool {
	return f.Agreement.Confirmed == "valid" && v.seen(f.Agreement.Ruled)
}

// rated reports whether a party had its say since the case was taken up last.
func (v *view) rated(f *Fact) bool {
	for _, r := range f.Ratings {
		if r.Round == f.Round && v.seen(r.At) {
			return true
		}
	}
	return false
}

// satisfied reports whether a say counts as content, as the county has it.
func (v *view) satisfied(say string) bool {
	return say == "satisfied" || say == "basic" && v.in.Index.Setting(catalogue.SatisfiedFrom) == "basic"
}

// own reports whether the party itself spoke, and no worker for it.
func (r *Rating) own() bool { return r.Way == casework.WayFace || r.Way == casework.WayCode }

// cell counts the formula for one case.
func (o *formula) cell(v *view, c *Cell, i int32, f *Fact) {
	if o.says {
		for k := range f.Ratings {
			if r := &f.Ratings[k]; v.holds(r.At) && r.own() {
				c.share(i, v.satisfied(r.Satisfaction))
			}
		}
		return
	}
	if o.base(v, f) {
		c.share(i, o.part(v, f))
	}
}
