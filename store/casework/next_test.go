package casework_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// named are steps by their limits and ways.
func named(steps []casework.Step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, string(s.Limit)+string(s.Way))
	}
	return out
}

// 人民调解法 art. 26: whose mediation failed is told where to go, and until when.
func TestNextSteps(t *testing.T) {
	for _, tt := range []struct {
		name, category string
		limit          catalogue.LimitCode
		last           string
		answer         catalogue.Span
		beside         []string // what else is open to whom mediation failed, in its order
	}{
		{"劳动争议调解仲裁法 art. 27: one year", "0701", casework.LimitLabourArbitration, "2027-11-20", catalogue.Span{N: 45, Unit: catalogue.Days}, nil},
		{"农村土地承包经营纠纷调解仲裁法 art. 18: two years", "0901", casework.LimitLandArbitration, "2028-11-20", catalogue.Span{}, []string{"lawsuit"}},
		{"行政复议法 art. 20: sixty days", "1102", casework.LimitAskAdminReview, "2027-01-19", catalogue.Span{N: 60, Unit: catalogue.Days}, []string{"ask_admin_suit"}},
		{"行政复议法 art. 20, 涉民政", "1202", casework.LimitAskAdminReview, "2027-01-19", catalogue.Span{N: 60, Unit: catalogue.Days}, []string{"ask_admin_suit"}},
		{"行政复议法 art. 20, 行政执法", "13", casework.LimitAskAdminReview, "2027-01-19", catalogue.Span{N: 60, Unit: catalogue.Days}, []string{"ask_admin_suit"}},
		{"土地管理法 art. 14: 宅基地 is no matter for the land's arbitrators", "0902", "", "", catalogue.Span{}, []string{"government", "lawsuit"}},
		{"neighbours go to the court", "0201", "", "", catalogue.Span{}, []string{"lawsuit"}},
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
				want := tt.beside
				if tt.limit != "" {
					want = append([]string{string(tt.limit)}, want...)
				}
				if c.State == casework.StateTransferred { // they were sent where it goes on
					want = slices.DeleteFunc(slices.Clone(want), func(w string) bool { return w == "lawsuit" || w == "government" })
				}
				if got := named(steps); !slices.Equal(got, want) {
					t.Errorf("%s: %v, want %v", c.State, got, want)
					continue
				}
				if tt.limit == "" {
					continue
				}
				if steps[0].Limit != tt.limit || steps[0].Last.Format(time.DateOnly) != tt.last || steps[0].Answer != tt.answer || steps[0].Source == "" {
					t.Errorf("%s: %+v", c.State, steps)
				}
			}
		})
	}
}

// Ensure that the parties are told where they can go as each kind of case stands, with
// the last day of each term and the article.
func TestNextSteps_AsItStands(t *testing.T) {
	type move struct {
		when string
		ev   casework.Event
	}
	written := &casework.Agreed{Form: "written", Agreement: "赔偿二千元", Due: "2027-12-31"}
	unkept := &casework.Breached{What: "到期不付", Follow: "urge"}
	valid := &casework.Confirmed{Result: "valid", Ruling: "（2026）粤1621民特1号", RuledOn: "2026-12-01"}
	agreed := func(category string, then ...move) []move {
		reg := quarrel()
		reg.Fields[casework.FieldCategory] = category
		return append([]move{{"2026-11-02 09:00", reg}, {"2026-11-02 10:00", &casework.Accepted{}}, {"2026-11-03 09:00", written}}, then...)
	}
	asked := move{"2026-11-10 09:00", applied}
	petition := func(then ...move) []move {
		return append([]move{{"2026-11-02 09:00", petitioned(nil)}}, then...)
	}
	answered := func(day string) []move {
		return petition(move{"2026-11-02 10:00", &casework.Accepted{}}, move{day + " 16:00",
			&casework.Opined{Decision: "reject", Opinion: "不支持", Laws: "某法", DeliveredOn: day}})
	}
	decision := func(kind, decidedOn, servedOn string) []move {
		return []move{{"2026-11-02 09:00", matter("ZF-002")}, {"2026-11-02 10:00", &casework.Assigned{Lead: enforce}}, {"2026-11-02 11:00", &casework.SignedFor{}},
			{"2029-03-01 09:00", &casework.DecidedMatter{Decision: kind, DecidedOn: decidedOn, ServedOn: servedOn, Laws: "某法", Document: "罚字1号"}}}
	}
	for _, tt := range []struct {
		name  string
		moves []move
		want  []string // each with its last day
	}{
		{"an agreement that is kept", agreed("0201"), nil},
		{"not kept, and agreed anew", agreed("0201", move{"2026-12-01 09:00", &casework.Breached{What: "不付", Follow: "remediate"}}, move{"2026-12-02 09:00", written}), nil},
		{"人民调解法 art. 32: not kept", agreed("0201", move{"2028-01-05 09:00", unkept}), []string{"lawsuit"}},
		{"劳动争议调解仲裁法 art. 15, 16: not kept", agreed("0701", move{"2028-02-29 09:00", unkept}), []string{"labour_arbitration 2029-02-28", "payment_order"}},
		{"民事诉讼法 art. 250: confirmed and not kept, from the last day for it", agreed("0201", asked, move{"2026-12-01 17:00", valid}, move{"2028-01-05 09:00", unkept}),
			[]string{"ask_enforcement 2029-12-31"}},
		{"民事诉讼法 art. 206: confirmation refused", agreed("0201", asked, move{"2026-12-01 17:00", &casework.Confirmed{Result: "rejected", Ruling: "2号"}}),
			[]string{"mediate_again", "lawsuit"}},
		{"人民调解法 art. 32, 33: not taken up by the court", agreed("0201", asked, move{"2026-11-12 17:00", &casework.Confirmed{Result: "not_accepted"}}),
			[]string{"confirm 2026-12-03", "lawsuit"}},
		{"人民调解法 art. 33: the application was withdrawn", agreed("0201", asked, move{"2026-11-12 17:00", &casework.Confirmed{Result: "withdrawn"}}), []string{"confirm 2026-12-03"}},
		{"人民调解工作若干规定 art. 24: refused", []move{{"2026-11-02 09:00", quarrel()}, {"2026-11-02 10:00", &casework.Refused{Reason: "不属调解范围"}}}, []string{"lawsuit"}},
		{"人民调解法 art. 17: void", []move{{"2026-11-02 09:00", quarrel()}, {"2026-11-02 10:00", &casework.Voided{Reason: "申请人撤回"}}}, []string{"apply_again"}},
		{"信访工作条例 art. 35: answered", answered("2026-11-30"), []string{"petition_ask_review 2026-12-30"}},
		{"信访工作条例 art. 35: answered at a month's end", answered("2027-01-31"), []string{"petition_ask_review 2027-03-02"}},
		{"信访工作条例 art. 36: reviewed", append(answered("2026-11-30"), move{"2026-12-07 09:00", &casework.ReviewAsked{AskedOn: "2026-12-07", To: "441621", Reason: "不服"}},
			move{"2026-12-31 09:00", &casework.Reviewed{Decision: "uphold", Opinion: "维持", Laws: "同上", DeliveredOn: "2026-12-31"}}),
			[]string{"petition_ask_recheck 2027-01-30"}},
		{"信访工作条例 art. 36: rechecked", append(answered("2026-11-30"), move{"2026-12-07 09:00", &casework.ReviewAsked{AskedOn: "2026-12-07", To: "441621", Reason: "不服"}},
			move{"2026-12-31 09:00", &casework.Reviewed{Decision: "uphold", Opinion: "维持", Laws: "同上", DeliveredOn: "2026-12-31"}},
			move{"2027-01-05 09:00", &casework.RecheckAsked{AskedOn: "2027-01-05", Organ: "市政府", Reason: "不服"}},
			move{"2027-01-20 09:00", &casework.Rechecked{Decision: "uphold", Opinion: "维持", Laws: "同上", DeliveredOn: "2027-01-20"}}),
			[]string{"end"}},
		{"信访工作条例 art. 23: not taken up", petition(move{"2026-11-02 10:00", &casework.Refused{Reason: "不属职权范围"}}), []string{"competent"}},
		{"信访工作条例 art. 36: it was ended before", petition(move{"2026-11-02 10:00", &casework.RepeatRefused{Ground: "ended", Number: "1", Reason: "已终结"}}), []string{"end"}},
		{"信访工作条例 art. 20: it is under way", petition(move{"2026-11-02 10:00", &casework.RepeatRefused{Ground: "under_way", Number: "1", Reason: "正在办理"}}), nil},
		{"信访工作条例 art. 28, 31: split out", petition(move{"2026-11-02 10:00", &casework.SplitOut{Route: "arbitration", Organ: "仲裁委", ToldOn: "2026-11-02", Reason: "劳动争议"}}), []string{"arbitration"}},
		{"行政复议法 art. 20, 行政诉讼法 art. 46: a penalty, from its service", decision("penalty", "2028-08-29", "2028-08-31"),
			[]string{"ask_admin_review 2028-10-30", "ask_admin_suit 2029-02-28"}},
		{"行政诉讼法 art. 46: in a leap year", decision("enforcement", "2027-08-31", ""), []string{"ask_admin_review 2027-10-30", "ask_admin_suit 2028-02-29"}},
		{"a service that was done", decision("served", "2027-08-31", ""), nil},
		{"行政复议法 art. 20: a matter that was refused", []move{{"2026-11-02 09:00", matter("ZF-002")}, {"2026-11-30 10:00", &casework.Refused{Reason: "材料不符"}}},
			[]string{"ask_admin_review 2027-01-29"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var entries []casework.Entry
			for i, m := range tt.moves {
				var parents []int
				if i > 0 {
					parents = []int{i}
				}
				entries = append(entries, done(t, m.when, entry(i+1, parents, m.ev)))
			}
			c := fold(entries...)
			for _, l := range c.Timeline {
				if l.Effect != casework.Applied {
					t.Fatalf("%s: %s (%s)", l.Kinds, l.Effect, l.Why)
				}
			}
			steps := casework.NextSteps(&c, ix)
			got := named(steps)
			for i, s := range steps {
				if !s.Last.IsZero() {
					got[i] += " " + s.Last.Format(time.DateOnly)
				}
				if s.Source == "" || s.Told.IsZero() {
					t.Errorf("%s: source %q, told %s", got[i], s.Source, s.Told)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: %q, want %q", c.State, got, tt.want)
			}
		})
	}
}

// 检察公益诉讼解释 art. 13: until the notice is over, organs and organisations may sue.
func TestNextSteps_LeadArt13(t *testing.T) {
	c := lead(t, sendLead, receiveLead, fileLead, step{procurator, "2026-11-12 10:00", &casework.NoticePublished{Where: "检察日报", PublishedOn: "2026-11-12"}})
	steps := casework.NextSteps(&c, ix)
	if len(steps) != 1 || steps[0].Limit != casework.LimitCivilNotice || steps[0].Last.Format(time.DateOnly) != "2026-12-14" {
		t.Errorf("%+v", steps)
	}
}

// Ensure that every route of a petition that is split out is a way that has words.
func TestNextSteps_Routes(t *testing.T) {
	ways := []casework.Way{casework.WayCourt, casework.WayPolice, casework.WayProcuracy, casework.WayArbitration, casework.WayOrgan, casework.WayDiscipline}
	for _, s := range casework.FieldsOf(new(casework.SplitOut)) {
		for _, route := range s.Choices {
			if !slices.Contains(ways, casework.Way(route)) {
				t.Errorf("%s is no way", route)
			}
		}
	}
}
