package casework

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Instalment is one payment of an agreement.
type Instalment struct {
	On     string // the last day for it, "2006-01-02"
	Amount string // yuan
	Paid   bool
}

// BadPlan is a line of an instalment plan that is no day and amount; the fault's limit says
// which line.
const BadPlan Problem = "bad_plan"

// FieldInstalments is the field of a form that holds a plan.
const FieldInstalments = "instalments"

// maxInstalments is how many payments an agreement may be cut into: five years of months.
const maxInstalments = 60

// ReadInstalments reads a plan as people type it: a line, or what stands between
// semicolons, for each payment, its day and its amount: "2026-12-01 500.00". It returns
// the payments in the order of their days, and the first fault.
func ReadInstalments(plan string) ([]Instalment, Fault) {
	var out []Instalment
	var fault Fault
	n := 0
	for _, line := range strings.FieldsFunc(plan, func(r rune) bool { return strings.ContainsRune("\n\r;；", r) }) {
		parts := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\u3000,，", r) })
		if len(parts) == 0 {
			continue
		}
		n++
		part := Instalment{On: parts[0], Amount: strings.TrimSuffix(parts[len(parts)-1], "元")}
		_, err := time.Parse(time.DateOnly, part.On)
		if len(parts) != 2 || err != nil || !moneyForm.MatchString(part.Amount) || n > maxInstalments {
			if fault.Problem == "" {
				fault = Fault{Field: FieldInstalments, Problem: BadPlan, Limit: n}
			}
			continue
		}
		out = append(out, part)
	}
	slices.SortStableFunc(out, func(a, b Instalment) int { return strings.Compare(a.On, b.On) })
	return out, fault
}

// planDay is what a payment begins with in a plan: its day, behind whatever parts it
// from the payment before.
var planDay = regexp.MustCompile(`(?:^|[\n\r;；])[ \t\x{3000}]*[^ \t\x{3000},，\n\r;；]+`)

// FullInstalments writes the days of a plan out in full that are typed as in other
// fields of dates: 12.5, 下月3号, 明天. It must be done where the plan is written:
// whoever reads it later has another today. What is no day stays as it was typed.
func FullInstalments(plan string, today time.Time) string {
	return planDay.ReplaceAllStringFunc(plan, func(s string) string {
		day := strings.TrimLeft(s, "\n\r;； \t\u3000")
		t, err := text.DateAhead(day, today)
		if err != nil {
			return s
		}
		return strings.TrimSuffix(s, day) + t.Format(time.DateOnly)
	})
}

// NextDue is the day by which something of the agreement is to be performed next:
// that of the first payment that is open, else the agreement's own; empty: no day.
func (a *Agreement) NextDue() string {
	if n := a.NextInstalment(); n > 0 {
		return a.Instalments[n-1].On
	}
	return a.Due
}

// NextInstalment is the number of the first payment that is open, counted from 1; 0: none.
func (a *Agreement) NextInstalment() int {
	return slices.IndexFunc(a.Instalments, func(part Instalment) bool { return !part.Paid }) + 1
}

// awaitPerformance lets the limit of performance run to what is due next. What was
// late stays seen: the limit of the next payment is another one.
func (f *fold) awaitPerformance() {
	day := f.c.Agreement.NextDue()
	switch k := f.running(LimitPerform); {
	case day == "":
		f.stop(LimitPerform) // no day was agreed, so no limit runs
	case k != nil && k.Due != "" && k.Due != day:
		f.stop(LimitPerform)
		f.start(LimitPerform, day)
	case k == nil || k.Due == "":
		f.due(LimitPerform, day)
	}
}

// remediate takes the agreement back: the parties mediate anew.
func (f *fold) remediate(a Action) Why {
	why := f.move(a, StateHandling)
	if why == "" {
		f.c.Agreement = Agreement{}
		f.stop(LimitPerform, LimitConfirm)
		f.start(LimitHandle, "")
	}
	return why
}

// Confirmation is what became of asking a court to confirm the agreement (司法确认).
type Confirmation struct {
	Court     catalogue.UnitID
	CourtName string // of one that has no desk here
	Number    string // the court's
	Result    string // "valid", "rejected", "not_accepted", "withdrawn"; empty: none yet
	Ruling    string // the ruling's number
	RuledOn   string
}

// Enforceable reports whether the agreement can be enforced: a court found it valid
// (人民调解法 art. 33).
func (a *Agreement) Enforceable() bool { return a.Confirmation.Result == "valid" }

// ruled reports whether a court has ruled on the agreement as it stands.
func (c *Case) ruled() bool {
	r := c.Agreement.Confirmation.Result
	return r == "valid" || r == "rejected"
}

// Warning is something to look at before an action is done, which forbids nothing;
// store/i18n has the sentence "warning.<code>".
type Warning string

// Warnings are shown before the action that they are about.
const (
	WarnStatus    Warning = "status"    // marriage, descent, adoption: a court does not confirm (民诉解释 art. 355 (3))
	WarnTitle     Warning = "title"     // title to things, intellectual property: likewise (art. 355 (5))
	WarnNotCivil  Warning = "not_civil" // no matter of the civil courts: likewise (art. 355 (1))
	WarnCourt     Warning = "court"     // no matter of the courts, or of this one (art. 355 (1), (2))
	WarnSpecial   Warning = "special"   // a matter of another special procedure (art. 355 (4))
	WarnNoDue     Warning = "no_due"    // nothing says when to perform: is the content clear? (art. 358)
	WarnVoluntary Warning = "voluntary" // a court refuses what was not agreed freely (art. 358)
	WarnLawful    Warning = "lawful"    // or breaks the law, harms others, offends good morals
	WarnClear     Warning = "clear"     // or is not clear
	WarnNoReply   Warning = "no_reply"  // nobody has noted that the parties were told
	WarnEarly     Warning = "early"     // the first revisit should wait some days
)

// notConfirmed are categories, and what lies under them, whose agreements a court may
// not take up.
var notConfirmed = []struct {
	category string
	why      Warning
}{
	{"0101", WarnStatus}, {"0102", WarnStatus},
	{"0403", WarnTitle}, {"0901", WarnTitle}, {"0902", WarnTitle}, {"0903", WarnTitle}, {"0904", WarnTitle}, {"1001", WarnTitle},
}

// ConfirmationWarnings returns for what reasons a court might not take up, or might
// refuse, an application to confirm the agreement (民诉解释 art. 355, 358), the certain
// ones first. Screens and paper show them before anybody signs.
func ConfirmationWarnings(c *Case, ix Lookup) []Warning {
	var out []Warning
	category := c.Value(FieldCategory)
	for _, n := range notConfirmed {
		if strings.HasPrefix(category, n.category) {
			out = append(out, n.why)
		}
	}
	if code, ok := ix.Category(category); ok && code.NotCivil {
		out = append(out, WarnNotCivil)
	}
	if c.Agreement.Due == "" && len(c.Agreement.Instalments) == 0 {
		out = append(out, WarnNoDue)
	}
	return append(out, WarnCourt, WarnSpecial, WarnVoluntary, WarnLawful, WarnClear)
}

// Warnings returns what to look at before an action is done to the case at now.
func Warnings(c *Case, a Action, ix Lookup, now time.Time) []Warning {
	switch {
	case a == ActApplyConfirmation:
		return ConfirmationWarnings(c, ix)
	case a == ActClose && c.Matter == Dispute && len(c.ActsOf(ActReply)) == 0:
		return []Warning{WarnNoReply}
	case a == ActRevisit && early(c, ix, now):
		return []Warning{WarnEarly}
	}
	return nil
}
