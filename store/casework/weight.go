package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// The fields by which a dispute's pace is set.
const (
	FieldDifficulty Field = "difficulty" // 难度: how long its handling may take
	FieldMajor      Field = "major"      // 重大纠纷: it is reported upward at once
)

// The limits that follow from them. A county whose catalogue has none of them goes by
// LimitHandle alone, and reports as its signs of risk say.
const (
	LimitSimple      catalogue.LimitCode = "handle_simple"   // 简易
	LimitOrdinary    catalogue.LimitCode = "handle_ordinary" // 普通
	LimitComplex     catalogue.LimitCode = "handle_complex"  // 疑难
	LimitReportMajor catalogue.LimitCode = "report_major"    // marked as major → reported upward
	// LimitRevisitFrom is no limit that runs: it says from when on a first revisit is worth
	// the way.
	LimitRevisitFrom catalogue.LimitCode = "revisit_from"
)

// ActReportMajor tells those above of a major dispute without handing it over. Sending
// it up, or an emergency report, tells them as well.
const ActReportMajor Action = "report_major"

// NumMajorReported is the number of its kind.
const NumMajorReported Number = 45

var weightKinds = map[Number]func() Event{NumMajorReported: func() Event { return new(MajorReported) }}

// WhyNotMajor is returned for a dispute that nobody marked as major.
const WhyNotMajor Why = "not_major"

// byDifficulty are the limits of handling by the difficulty of the dispute.
var byDifficulty = map[string]catalogue.LimitCode{"simple": LimitSimple, "ordinary": LimitOrdinary, "complex": LimitComplex}

var weightFields = []FieldSpec{
	{Name: string(FieldDifficulty), Type: TypeChoice, Choices: []string{"simple", "ordinary", "complex"}, More: true},
	{Name: string(FieldMajor), Type: TypeChoice, Choices: yesNo, More: true},
}

// graded reports whether a limit is one of a difficulty.
func graded(l catalogue.LimitCode) bool {
	return l == LimitSimple || l == LimitOrdinary || l == LimitComplex
}

func (c *Case) notMajor() bool { return c.Value(FieldMajor) != "yes" }

// weigh lets the limits run that follow from how the dispute is weighed. That of its
// difficulty runs beside LimitHandle and as long: who weighs the dispute anew starts
// another, and the month of LimitHandle goes on. A dispute is reported upward once for
// every time that it was marked as major.
func (f *fold) weigh() {
	c := f.c
	if c.Matter != Dispute {
		return
	}
	var pace catalogue.LimitCode
	if f.running(LimitHandle) != nil {
		pace = byDifficulty[c.Value(FieldDifficulty)]
	}
	f.stopWhere(func(k *Clock) bool { return graded(k.Limit) && k.Limit != pace })
	if pace != "" {
		f.start(pace, "")
	}
	if c.notMajor() || c.Ended() {
		f.stop(LimitReportMajor)
		return
	}
	marked := c.Fields[FieldMajor].By
	told := func(k Clock) bool { return k.Limit == LimitReportMajor && (k.By == marked || k.Stop.IsZero()) }
	if !slices.ContainsFunc(c.Clocks, told) {
		f.startAnother(LimitReportMajor, "").By = marked
	}
}

// late returns the limits that were missed, each delay once: of a dispute whose handling
// takes too long, the general limit is no second one beside that of its difficulty.
func late(all []Running) []Running {
	slow := slices.ContainsFunc(all, func(r Running) bool { return r.Light == Red && graded(r.Limit) })
	return slices.DeleteFunc(slices.Clone(all), func(r Running) bool { return r.Light != Red || slow && r.Limit == LimitHandle })
}

// notBefore returns 0:00 of the first day on which what a limit waits for should be
// done; zero where any day will do.
func notBefore(k Clock, category string, ix Lookup) time.Time {
	limit, known := ix.LimitAt(LimitRevisitFrom, category, k.Catalogue)
	if k.Limit != LimitRevisit || !known || !limit.Span.Known() {
		return time.Time{}
	}
	return ix.Calendar().Add(k.Start, limit.Span)
}

// early reports whether the first revisit would come before its time.
func early(c *Case, ix Lookup, now time.Time) bool {
	return slices.ContainsFunc(Limits(c, ix, now), func(r Running) bool { return !r.Stopped && now.Before(r.NotBefore) })
}
