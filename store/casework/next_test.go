package casework_test

import (
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// 人民调解法 art. 26: whose mediation failed is told where to go, and until when.
func TestNextSteps(t *testing.T) {
	for _, tt := range []struct {
		name, category string
		limit          catalogue.LimitCode
		last           string
		answer         catalogue.Span
	}{
		{"劳动争议调解仲裁法 art. 27: one year", "0701", casework.LimitLabourArbitration, "2027-11-20", catalogue.Span{N: 45, Unit: catalogue.Days}},
		{"农村土地承包经营纠纷调解仲裁法 art. 18: two years", "0901", casework.LimitLandArbitration, "2028-11-20", catalogue.Span{}},
		{"行政复议法 art. 20: sixty days", "1102", casework.LimitAskAdminReview, "2027-01-19", catalogue.Span{N: 60, Unit: catalogue.Days}},
		{"行政复议法 art. 20, 涉民政", "1202", casework.LimitAskAdminReview, "2027-01-19", catalogue.Span{N: 60, Unit: catalogue.Days}},
		{"行政复议法 art. 20, 行政执法", "13", casework.LimitAskAdminReview, "2027-01-19", catalogue.Span{N: 60, Unit: catalogue.Days}},
		{"宅基地 is no matter for the land's arbitrators", "0902", "", "", catalogue.Span{}},
		{"neighbours have none of these ways", "0201", "", "", catalogue.Span{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			entries := caseEntries(casework.StateHandling)
			n := len(entries)
			entries = append(entries,
				by(mediator1, done(t, "2026-11-19 09:00", entry(n+1, []int{n}, &casework.Amended{Fields: casework.Fields{casework.FieldCategory: tt.category}}))))
			open := fold(entries...)
			if steps := casework.NextSteps(&open, ix); len(steps) != 0 {
				t.Errorf("told before it failed: %+v", steps)
			}
			failed := fold(append(entries, by(mediator1, done(t, "2026-11-20 16:00", entry(n+2, []int{n + 1}, &casework.Failed{Reason: "谈不拢", Remedies: "已告知"}))))...)
			moved := fold(append(entries, by(mediator1, done(t, "2026-11-20 16:00", entry(n+2, []int{n + 1}, &casework.Transferred{Referral: "02", Reason: "应由仲裁处理"}))))...)
			for _, c := range []casework.Case{failed, moved} {
				steps := casework.NextSteps(&c, ix)
				if tt.limit == "" {
					if len(steps) != 0 {
						t.Errorf("%s: %+v", c.State, steps)
					}
					continue
				}
				if len(steps) != 1 || steps[0].Limit != tt.limit || steps[0].Last.Format(time.DateOnly) != tt.last || steps[0].Answer != tt.answer || steps[0].Source == "" {
					t.Errorf("%s: %+v", c.State, steps)
				}
			}
		})
	}
}
