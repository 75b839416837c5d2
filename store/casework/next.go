package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Limits of ways outside the platform that a party is told of: nothing here starts
// them, and what comes of them is not ours. For which categories a way is open, the
// catalogue's rows say.
const (
	LimitLabourArbitration catalogue.LimitCode = "labour_arbitration" // 劳动争议调解仲裁法 art. 27
	LimitLabourAward       catalogue.LimitCode = "labour_award"       // art. 43
	LimitLandArbitration   catalogue.LimitCode = "land_arbitration"   // 农村土地承包经营纠纷调解仲裁法 art. 18
	LimitAskAdminReview    catalogue.LimitCode = "ask_admin_review"   // 行政复议法 art. 20
	LimitAdminReview       catalogue.LimitCode = "admin_review"       // art. 62
)

// ways are those limits, each with how long an answer then takes.
var ways = []struct{ ask, answer catalogue.LimitCode }{
	{LimitLabourArbitration, LimitLabourAward},
	{LimitLandArbitration, ""},
	{LimitAskAdminReview, LimitAdminReview},
}

// Step is what a party can do next outside the platform, and until when.
type Step struct {
	Limit  catalogue.LimitCode
	Told   time.Time      // when the party was told
	Last   time.Time      // 0:00 of the last day, counted from the day on which it was told
	Answer catalogue.Span // how long an answer then takes; empty: no limit is known
	Source string         // the article
}

// NextSteps returns what the parties of a dispute that failed, was refused or was
// transferred can do elsewhere (人民调解法 art. 26: they are told of it). The law may
// let a term begin on another day, such as that on which the right was known to be
// infringed; so the day is what they are told, and no promise.
func NextSteps(c *Case, ix Lookup) []Step {
	if c.Matter != Dispute {
		return nil
	}
	ended := map[State]Action{StateFailed: ActFail, StateRefused: ActRefuse, StateTransferred: ActTransfer}[c.State]
	var told time.Time
	for _, l := range c.Timeline {
		if l.Effect == Applied && slices.Contains(l.Kinds, string(ended)) {
			told = l.At
		}
	}
	if told.IsZero() {
		return nil
	}
	var out []Step
	cal := ix.Calendar()
	for _, w := range ways {
		category := c.Value(FieldCategory)
		ask, ok := ix.LimitAt(w.ask, category, ix.Version())
		if !ok || ask.Span.N <= 0 {
			continue
		}
		due := cal.Add(told, ask.Span)
		if ask.Roll {
			due = cal.Roll(due)
		}
		answer, _ := ix.LimitAt(w.answer, category, ix.Version())
		out = append(out, Step{Limit: w.ask, Told: told, Last: cal.LastDay(due), Answer: answer.Span, Source: ask.Source})
	}
	return out
}
