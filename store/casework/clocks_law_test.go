package casework_test

import (
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// lastDay is the last day of a limit that runs; empty where none does.
func lastDay(c *casework.Case, l catalogue.LimitCode) string {
	for _, r := range casework.Limits(c, ix, start) {
		if r.Limit == l && !r.Stopped {
			return ix.Calendar().LastDay(r.Due).Format(time.DateOnly)
		}
	}
	return ""
}

// 检察公益诉讼解释 art. 13: a public notice runs thirty days, and to the next working
// day where the last falls on a holiday. The other days of a lead are the county's own.
func TestLead_ClocksInterpretationArt13(t *testing.T) {
	published := func(day string) step {
		return step{procurator, day + " 10:00", &casework.NoticePublished{Where: "检察日报", PublishedOn: day}}
	}
	consulted := func(day string) step {
		return step{procurator, day + " 10:00", &casework.Consulted{Unit: "441621-sthjj", HappenedOn: day, Minutes: "再议", Outcome: "continued"}}
	}
	for _, tt := range []struct {
		name  string
		limit catalogue.LimitCode
		steps []step
		last  string
	}{
		{"sent, over a weekend", casework.LimitLeadAssess, []step{sendLead}, "2026-11-09"},
		{"notice", casework.LimitCivilNotice, []step{sendLead, receiveLead, fileLead, published("2026-11-09")}, "2026-12-09"},
		{"notice, ends on a Saturday", casework.LimitCivilNotice, []step{sendLead, receiveLead, fileLead, published("2026-11-12")}, "2026-12-14"},
		{"notice, ends on New Year's Day", casework.LimitCivilNotice, []step{sendLead, receiveLead, fileLead, published("2026-12-02")}, "2027-01-04"},
		{"consultation", casework.LimitConsult, []step{sendLead, receiveLead, fileLead, consulted("2026-11-09")}, "2026-12-09"},
		{"consultation, over a month's end", casework.LimitConsult, []step{sendLead, receiveLead, fileLead, consulted("2027-01-31")}, "2027-03-02"},
		{"rectify, the notice's own day, a holiday", casework.LimitRectify, []step{sendLead, receiveLead, fileLead,
			{procurator, "2026-11-09 10:00", &casework.RectifyOrdered{Unit: "441621-sthjj", What: "清理", Due: "2027-01-01"}}}, "2027-01-01"},
	} {
		c := lead(t, tt.steps...)
		if got := lastDay(&c, tt.limit); got != tt.last {
			t.Errorf("%s: due on %q, want %s", tt.name, got, tt.last)
		}
	}
}

// 司法确认规定 art. 5: the court decides within fifteen days from taking it up; a last
// day on a holiday moves to the next working day.
func TestDispute_CourtDecidesArt5(t *testing.T) {
	for taken, last := range map[string]string{
		"2026-11-10": "2026-11-25",
		"2027-02-15": "2027-03-02", // a month's end
		"2026-12-17": "2027-01-04", // New Year's Day, a Friday
		"2027-01-22": "2027-02-09", // 春节
	} {
		entries := history(lifeOf("C")...)
		n := len(entries) + 1
		c := fold(append(entries, done(t, taken+" 10:00", entry(n, []int{n - 1}, &casework.ConfirmationAccepted{})))...)
		if got := lastDay(&c, casework.LimitCourtDecide); got != last {
			t.Errorf("taken up on %s: due on %q, want %s", taken, got, last)
		}
	}
}

// Ensure that the limits of a delegated matter run over months' ends and holidays:
// working days skip them, the ninety days of 行政处罚法 art. 60 do not move.
func TestMatter_LimitsArt60(t *testing.T) {
	entries := func(when string, ev casework.Event) []casework.Entry {
		out := []casework.Entry{done(t, when, by(grid1, entry(1, nil, matter("ZF-002"))))}
		for _, ev := range []casework.Event{&casework.Assigned{Lead: enforce}, ev} {
			if ev == nil {
				return out
			}
			n := len(out) + 1
			p := mediator1
			if n == 3 {
				p = enforcer1
			}
			out = append(out, done(t, when, by(p, entry(n, []int{n - 1}, ev))))
		}
		return out
	}
	for _, tt := range []struct {
		when  string
		limit catalogue.LimitCode
		n     int
		last  string
	}{
		{"2026-09-30 10:00", casework.LimitMatterRoute, 1, "2026-10-10"},   // 国庆, and a working Saturday after it
		{"2026-12-31 10:00", casework.LimitMatterSignFor, 2, "2027-01-05"}, // New Year's Day and a weekend
		{"2026-11-30 10:00", casework.LimitMatterHandle, 3, "2027-02-28"},  // a month's end, a Sunday
		{"2026-11-07 10:00", casework.LimitMatterHandle, 3, "2027-02-05"},  // 春节
	} {
		c := fold(entries(tt.when, &casework.SignedFor{})[:tt.n]...)
		if got := lastDay(&c, tt.limit); got != tt.last {
			t.Errorf("%s from %s: due on %q, want %s", tt.limit, tt.when, got, tt.last)
		}
	}
}

// Ensure that what follows from a sign of risk is due as the county's list says: hours
// run through holidays, working days skip them.
func TestRisk_DutyClocks(t *testing.T) {
	for _, tt := range []struct {
		sign  string
		limit catalogue.LimitCode
		when  string
		due   string
	}{
		{"self_harm", "care", "2026-09-30 15:00", "2026-10-01 15:00"},
		{"wages", "higher_level", "2026-09-30 15:00", "2026-10-01 15:00"},
		{"wages", "joint_handling", "2026-09-30 15:00", "2026-10-11 00:00"}, // 国庆: 8, 9 and the working Saturday 10 October
		{"many", "joint_handling", "2026-11-26 15:00", "2026-12-02 00:00"},  // a month's end and a weekend
	} {
		_, c := riskAt(t, tt.sign, tt.when)
		got := ""
		for _, r := range casework.Limits(&c, ix, start) {
			if r.Limit == tt.limit && !r.Stopped {
				got = r.Due.In(start.Location()).Format("2006-01-02 15:04")
			}
		}
		if got != tt.due {
			t.Errorf("%s of %s from %s: due %q, want %s", tt.limit, tt.sign, tt.when, got, tt.due)
		}
	}
}
