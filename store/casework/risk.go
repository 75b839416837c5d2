package casework

import (
	"slices"
	"strconv"
	"time"

	"casedesk/store/catalogue"
)

// Signs of risk stand on a case and never on a person: what was seen, what must be
// done about it, what was done. They count while the case runs and end with it.
const (
	ActRisk      Action = "risk"
	ActClearRisk Action = "clear_risk"
	ActDutyDone  Action = "duty_done"
)

// The numbers of the kinds.
const (
	NumRiskSeen    Number = 47
	NumRiskCleared Number = 48
	NumDutyDone    Number = 49
)

// The limits of a court that was asked for a protection order (反家庭暴力法 art. 28). That
// of the duty to help with it is the catalogue's.
const (
	LimitProtection       catalogue.LimitCode = "protection_order"
	LimitProtectionUrgent catalogue.LimitCode = "protection_order_urgent"
)

var riskKinds = map[Number]func() Event{
	NumRiskSeen:    func() Event { return new(RiskSeen) },
	NumRiskCleared: func() Event { return new(RiskCleared) },
	NumDutyDone:    func() Event { return new(DutyDone) },
}

// riskRules are about signs of risk in a case, never of a person, and the duties
// that follow from them. Whoever has to do with the case may see a sign; only who
// answers for the case may say that it is gone.
func riskRules(p phases) []Rule {
	return []Rule{
		{Action: ActRisk, Group: GroupRisk, From: p.running,
			Who: Anyone, Roles: everybody, Kept: true,
			New: func() Event { return new(RiskSeen) }},
		{Action: ActDutyDone, Group: GroupRisk, From: p.running,
			Who: Anyone, Roles: everybody, Kept: true,
			Bars: []Bar{{WhyNoSign, func(c *Case) bool { return len(Signs(c)) == 0 }}},
			New:  func() Event { return new(DutyDone) }},
		{Action: ActClearRisk, Group: GroupRisk, From: p.running,
			Who: Holder | Superior | Lead, Roles: handlers, Kept: true,
			Bars: []Bar{{WhyNoSign, func(c *Case) bool { return len(Signs(c)) == 0 }}},
			New:  func() Event { return new(RiskCleared) }},
	}
}

// tableLimits are the limits that the tables' own actions start or stop. A county
// gives the duties of a sign codes of their own.
var tableLimits = map[catalogue.LimitCode]bool{LimitTask: true, LimitOrder: true, LimitCallOut: true, LimitEmergencyPaper: true,
	LimitReply: true, LimitReplyUrgent: true, LimitRectify: true, LimitLookBack: true,
	LimitSimple: true, LimitOrdinary: true, LimitComplex: true, LimitOnlineContact: true}

// isDuty reports whether a limit can be that of a duty: what an entry says of duties
// starts and stops nothing else.
func isDuty(l catalogue.LimitCode) bool { return !tableLimits[l] }

// Sign is a sign of risk that a case shows.
type Sign struct {
	By   EntryID // the entry that saw it
	Code string  // a code of the table of risks
}

// Signs returns the signs that a case shows, in the order in which they were seen:
// none of one that has ended.
func Signs(c *Case) []Sign {
	if c.Ended() {
		return nil
	}
	var out []Sign
	for _, a := range c.Acts {
		switch a.Action {
		case ActRisk:
			out = append(out, Sign{By: a.By, Code: a.Words["sign"]})
		case ActClearRisk:
			out = slices.DeleteFunc(out, func(s Sign) bool { return s.By.String() == a.Words["of"] })
		}
	}
	return out
}

// OpenDuty is something that must still be done because of a sign.
type OpenDuty struct {
	Sign Sign
	catalogue.RiskDuty
}

// OpenDuties returns what must still be done because of the signs that a case
// shows, by the newest catalogue; of retired duties those whose clock still runs.
func OpenDuties(c *Case, ix Lookup) []OpenDuty {
	var out []OpenDuty
	for _, s := range Signs(c) {
		for _, d := range ix.RiskDuties(s.Code) {
			if !c.dutyDone(s.By, d.Code) && (!d.Retired || c.runs(d.Limit, s.By)) {
				out = append(out, OpenDuty{Sign: s, RiskDuty: d})
			}
		}
	}
	return out
}

func (c *Case) dutyDone(sign EntryID, duty catalogue.DutyCode) bool {
	return slices.ContainsFunc(c.Acts, func(a Act) bool {
		return a.Action == ActDutyDone && a.Words["of"] == sign.String() && a.Words["duty"] == string(duty)
	})
}

// Signs that the facts of a case itself suggest; a person decides whether to note
// them.
const (
	signMany         = "many"
	signWages        = "wages"
	signMissedLimits = "missed_limits"
	signHandovers    = "handovers"
	signPromise      = "broken_promise"
)

// Suggestion is a sign that the facts of a case suggest, with the number that does.
type Suggestion struct {
	Code   string
	Number int
}

// Suggested returns the signs that the case's own facts suggest and that nobody
// noted: people, missed limits, handovers, a performance that is overdue. From
// which number on is the county's to say (Code.From); nothing is suggested without.
func Suggested(c *Case, ix Lookup, now time.Time) []Suggestion {
	if c.Ended() || !c.Exists() {
		return nil
	}
	people, _ := strconv.Atoi(c.Value(FieldPeople))
	missed, promise := 0, 0
	for _, r := range late(Limits(c, ix, now)) {
		if r.Limit == LimitPerform {
			promise++
		} else {
			missed++
		}
	}
	facts := []Suggestion{{signMany, people}, {signMissedLimits, missed}, {signHandovers, c.Passed()}, {signPromise, promise}}
	if under(ix, c.Value(FieldCategory), categoryLabour) {
		facts = append(facts, Suggestion{signWages, people})
	}
	return slices.DeleteFunc(facts, func(s Suggestion) bool {
		row, known := ix.Code(catalogue.TableRisks, s.Code)
		noted := slices.ContainsFunc(c.Acts, func(a Act) bool { return a.Action == ActRisk && a.Words["sign"] == s.Code })
		return !known || row.Retired || row.From == 0 || s.Number < row.From || noted
	})
}

// categoryLabour is GB/T 31000's 劳动人事争议.
const categoryLabour = "07"

// under reports whether a category is another or stands below it.
func under(ix Lookup, category, above string) bool {
	for code := category; code != ""; {
		if code == above {
			return true
		}
		row, _ := ix.Category(code)
		code = row.Parent
	}
	return false
}
