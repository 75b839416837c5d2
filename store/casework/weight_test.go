package casework_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// moved is an event with the county time at which it was written.
type moved struct {
	when string
	ev   casework.Event
}

// lived folds a dispute of these fields, registered on 2026-09-28, and what was done then.
func lived(t *testing.T, fields casework.Fields, moves ...moved) casework.Case {
	t.Helper()
	reg := quarrel()
	for f, v := range fields {
		reg.Fields[f] = v
	}
	entries := []casework.Entry{done(t, "2026-09-28 09:00", entry(1, nil, reg))}
	for i, m := range moves {
		entries = append(entries, done(t, m.when, entry(i+2, []int{i + 1}, m.ev)))
		c := fold(entries...)
		if l := c.Timeline[len(c.Timeline)-1]; l.Effect != casework.Applied {
			t.Fatalf("%s in %s: %s (%s)", m.ev.Kind(), c.State, l.Effect, l.Why)
		}
	}
	return fold(entries...)
}

// how is how a limit of a case stands: its last days in order, those stopped in brackets.
func how(c *casework.Case, l catalogue.LimitCode, x casework.Lookup) string {
	out := ""
	for _, r := range casework.Limits(c, x, start) {
		if r.Limit != l {
			continue
		}
		day := x.Calendar().LastDay(r.Due).Format(time.DateOnly)
		if r.Stopped {
			day = "(" + day + ")"
		}
		out += " " + day
	}
	if out == "" {
		return ""
	}
	return out[1:]
}

// 东至县: a simple dispute in one day, an ordinary one in seven, a complex one in twenty,
// from when it is taken in hand and beside 《人民调解工作若干规定》 art. 33's month.
func TestDispute_DifficultyClocks(t *testing.T) {
	taken := func(day string) []moved {
		return []moved{{"2026-09-28 10:00", &casework.Accepted{}}, {day + " 10:00", samples[casework.ActMediate]}}
	}
	on := func(v string) casework.Fields { return casework.Fields{casework.FieldDifficulty: v} }
	weigh := func(day, v string) moved { return moved{day + " 11:00", amend(casework.FieldDifficulty, v)} }
	for _, tt := range []struct {
		name                            string
		fields                          casework.Fields
		moves                           []moved
		simple, ordinary, hard, general string
	}{
		{"not weighed", nil, taken("2026-11-09"), "", "", "", "2026-12-09"},
		{"registered only", on("simple"), nil, "", "", "", ""},
		{"simple, before a holiday", on("simple"), taken("2026-09-30"), "2026-10-01", "", "", "2026-10-30"},
		{"ordinary, over a year's end", on("ordinary"), taken("2026-12-28"), "", "2027-01-04", "", "2027-01-27"},
		{"complex, over a month's end", on("complex"), taken("2027-02-10"), "", "", "2027-03-02", "2027-03-12"},
		{"complex, in a leap year", on("complex"), taken("2028-02-10"), "", "", "2028-03-01", "2028-03-11"},
		{"weighed while it is handled", nil, append(taken("2026-11-09"), weigh("2026-11-12", "ordinary")), "", "2026-11-19", "", "2026-12-09"},
		{"weighed anew: the first day stays in history, the month does not move", on("simple"), append(taken("2026-11-09"), weigh("2026-11-12", "complex")),
			"(2026-11-10)", "", "2026-12-02", "2026-12-09"},
		{"it ends with the handling", on("ordinary"), append(taken("2026-11-09"), moved{"2026-11-10 10:00", samples[casework.ActAgree]}),
			"", "(2026-11-16)", "", "(2026-12-09)"},
		{"and begins again with it", on("ordinary"), append(taken("2026-11-09"), moved{"2026-11-10 10:00", samples[casework.ActAgree]},
			moved{"2026-11-30 10:00", &casework.Breached{What: "不付", Follow: "remediate"}}), "", "(2026-11-16) 2026-12-07", "", "(2026-12-09) 2026-12-30"},
		{"it stands still with it", on("ordinary"), append(taken("2026-11-09"), moved{"2026-11-10 10:00", suspend}, moved{"2026-11-20 10:00", resume}),
			"", "2026-11-26", "", "2026-12-19"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := lived(t, tt.fields, tt.moves...)
			for l, want := range map[catalogue.LimitCode]string{casework.LimitSimple: tt.simple, casework.LimitOrdinary: tt.ordinary,
				casework.LimitComplex: tt.hard, casework.LimitHandle: tt.general} {
				if got := how(&c, l, ix); got != want {
					t.Errorf("%s: %q, want %q", l, got, want)
				}
			}
		})
	}
}

// Ensure that a delay that both the difficulty's limit and the general one show is one
// delay for who thinks of sending the case up.
func TestDispute_DifficultyLateOnce(t *testing.T) {
	c := lived(t, casework.Fields{casework.FieldDifficulty: "simple"}, moved{"2026-09-28 10:00", &casework.Accepted{}}, moved{"2026-09-28 11:00", samples[casework.ActMediate]})
	red := 0
	now := local(t, "2026-11-20 10:00")
	for _, r := range casework.Limits(&c, ix, now) {
		if r.Light == casework.Red {
			red++
		}
	}
	if up := casework.ShouldGoUp(&c, ix, now); red != 2 || slices.Contains(up, casework.UpLate) {
		t.Errorf("%d limits are red, sent up for %v", red, up)
	}
}

// 重大纠纷 within six hours: from when a dispute is marked as major until it is reported
// upward, in whichever way; hours run through holidays.
func TestDispute_MajorClocks(t *testing.T) {
	major := casework.Fields{casework.FieldMajor: "yes"}
	mark := func(when, v string) moved { return moved{when, amend(casework.FieldMajor, v)} }
	accept := moved{"2026-09-28 10:00", &casework.Accepted{}}
	reported := samples[casework.ActReportMajor]
	for _, tt := range []struct {
		name   string
		fields casework.Fields
		moves  []moved
		due    []string // when the report is due of each time that it was marked; stopped ones in brackets
	}{
		{"not major", nil, []moved{accept}, nil},
		{"at registration", major, nil, []string{"2026-09-28 15:00"}},
		{"on the eve of a holiday", nil, []moved{accept, mark("2026-09-30 22:00", "yes")}, []string{"2026-10-01 04:00"}},
		{"reported", major, []moved{accept, {"2026-09-28 11:00", reported}}, []string{"(2026-09-28 15:00)"}},
		{"nothing starts it again", major, []moved{accept, {"2026-09-28 11:00", reported}, {"2026-09-28 12:00", samples[casework.ActMediate]}}, []string{"(2026-09-28 15:00)"}},
		{"sent up", major, []moved{accept, {"2026-09-28 11:00", samples[casework.ActEscalate]}}, []string{"(2026-09-28 15:00)"}},
		{"an emergency", major, []moved{accept, {"2026-09-28 11:00", &casework.Emergency{Above: "441621", Danger: "many", Reason: "聚集"}}}, []string{"(2026-09-28 15:00)"}},
		{"sent up before it was major", nil, []moved{accept, {"2026-09-28 11:00", samples[casework.ActEscalate]}, mark("2026-09-28 12:00", "yes")}, []string{"2026-09-28 18:00"}},
		{"a mistake", major, []moved{accept, mark("2026-09-28 11:00", "no")}, []string{"(2026-09-28 15:00)"}},
		{"after all", major, []moved{accept, mark("2026-09-28 11:00", "no"), mark("2027-02-28 23:00", "yes")}, []string{"(2026-09-28 15:00)", "2027-03-01 05:00"}},
		{"it stands still for nobody", major, []moved{accept, {"2026-09-28 11:00", suspend}}, []string{"2026-09-28 15:00"}},
		{"a refusal does not report it", major, []moved{accept, {"2026-09-28 11:00", samples[casework.ActRefuse]}}, []string{"2026-09-28 15:00"}},
		{"a question that was answered", major, []moved{{"2026-09-28 10:00", samples[casework.ActAdvise]}}, []string{"(2026-09-28 15:00)"}},
		{"it ends with the case", major, []moved{accept, {"2026-09-28 11:00", &casework.Voided{Reason: "录错"}}}, []string{"(2026-09-28 15:00)"}},
	} {
		c := lived(t, tt.fields, tt.moves...)
		var got []string
		for _, r := range casework.Limits(&c, ix, start) {
			if r.Limit == casework.LimitReportMajor {
				due := r.Due.In(start.Location()).Format("2006-01-02 15:04")
				if r.Stopped {
					due = "(" + due + ")"
				}
				got = append(got, due)
			}
		}
		if !slices.Equal(got, tt.due) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.due)
		}
	}
}

// 人民法院在线调解规则 art. 15, 24: who accepted a request from before the filing has three
// working days to ask the other side; the thirty days count from then.
func TestDispute_OnlineArt15And24(t *testing.T) {
	request := func(online, stage string) *casework.Entrusted {
		return &casework.Entrusted{Court: court, Number: "（2026）粤1621诉前调1号", Stage: stage, ReceivedOn: "2026-09-28", Online: online}
	}
	before := moved{"2026-09-28 10:00", request("yes", "before")}
	accept := func(when string) moved { return moved{when, &casework.Accepted{}} }
	taken := accept("2026-09-30 10:00")
	for _, tt := range []struct {
		name  string
		moves []moved
		want  string
	}{
		{"not accepted yet", []moved{before}, ""},
		{"accepted before 国庆", []moved{before, taken}, "2026-10-10"},
		{"accepted before New Year's Day", []moved{before, accept("2026-12-31 10:00")}, "2027-01-06"},
		{"over a month's end", []moved{before, accept("2026-11-27 10:00")}, "2026-12-02"},
		{"over a leap day", []moved{before, accept("2028-02-28 10:00")}, "2028-03-02"},
		{"not online", []moved{{"2026-09-28 10:00", request("no", "before")}, taken}, ""},
		{"on trial", []moved{{"2026-09-28 10:00", request("yes", "trial")}, taken}, ""},
		{"asked for what was accepted already", []moved{taken, {"2026-10-09 10:00", request("yes", "before")}}, "2026-10-13"},
		{"contacted", []moved{before, taken, {"2026-10-09 10:00", &casework.Contacted{}}}, "(2026-10-10)"},
		{"the other side refuses", []moved{before, taken, {"2026-10-09 10:00", samples[casework.ActDecline]}}, "(2026-10-10)"},
		{"they met", []moved{before, taken, {"2026-10-09 10:00", samples[casework.ActMediate]}}, "(2026-10-10)"},
		{"reported back", []moved{before, taken, {"2026-10-09 10:00", &casework.ReportedBack{Result: "failure", Returned: "yes"}}}, "(2026-10-10)"},
	} {
		c := lived(t, nil, tt.moves...)
		if got := how(&c, casework.LimitOnlineContact, ix); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for want, moves := range map[string][]moved{
		"2026-10-28": {before}, // its papers, until it is accepted
		"2026-10-30": {before, taken},
		"2026-11-02": {before, accept("2026-10-02 10:00")}, // a Sunday: the next working day
		"2026-10-29": {{"2026-09-28 10:00", &casework.Entrusted{Court: court, Number: "1", Stage: "before", ReceivedOn: "2026-09-28", Online: "yes", Due: "2026-10-29"}}, taken},
	} {
		c := lived(t, nil, moves...)
		if got := how(&c, casework.LimitEntrusted, ix); got != want {
			t.Errorf("art. 24: %q, want %q", got, want)
		}
	}
	late := lived(t, nil, before, taken, moved{"2026-10-20 10:00", &casework.Contacted{At: "2026-10-10 09:30"}})
	for _, r := range casework.Limits(&late, ix, local(t, "2026-10-21 10:00")) {
		if r.Limit == casework.LimitOnlineContact && r.Light == casework.Red {
			t.Error("a contact in time that was written down later is late")
		}
	}
}

// The first revisit waits until seven days are full (本单位默认): before that it is warned
// of, and forbidden on no day.
func TestRevisit_NotBefore(t *testing.T) {
	for settled, first := range map[string]string{
		"2026-09-28": "2026-10-06", // it counts holidays
		"2026-11-27": "2026-12-05", // a month's end
		"2028-02-25": "2028-03-04", // a leap day
	} {
		c := lived(t, nil, moved{settled + " 10:00", samples[casework.ActSettleOnSpot]})
		day := local(t, first+" 00:00")
		for _, r := range casework.Limits(&c, ix, start) {
			if r.Limit == casework.LimitRevisit && !r.NotBefore.Equal(day) || r.Limit != casework.LimitRevisit && !r.NotBefore.IsZero() {
				t.Errorf("%s of what was settled on %s: not before %s, want %s", r.Limit, settled, r.NotBefore, first)
			}
		}
		for now, want := range map[time.Time]int{day.Add(-time.Minute): 1, day: 0} {
			if got := casework.Warnings(&c, casework.ActRevisit, ix, now); len(got) != want {
				t.Errorf("settled on %s, revisited at %s: %v", settled, now, got)
			}
		}
		again := lived(t, nil, moved{settled + " 10:00", samples[casework.ActSettleOnSpot]}, moved{settled + " 11:00", samples[casework.ActRevisit]})
		if got := casework.Warnings(&again, casework.ActRevisit, ix, day.Add(-time.Minute)); len(got) != 0 {
			t.Errorf("a second revisit: %v", got)
		}
	}
}

// Ensure that a county whose catalogue has none of these limits sees none of them run,
// and goes by the general one.
func TestWeight_CountyWithout(t *testing.T) {
	own := []catalogue.LimitCode{casework.LimitSimple, casework.LimitOrdinary, casework.LimitComplex, casework.LimitReportMajor,
		casework.LimitOnlineContact, casework.LimitRevisitFrom}
	plain := without(own...)
	c := lived(t, casework.Fields{casework.FieldDifficulty: "simple", casework.FieldMajor: "yes"},
		moved{"2026-09-28 10:00", &casework.Entrusted{Court: court, Number: "1", Stage: "before", ReceivedOn: "2026-09-28", Online: "yes"}},
		moved{"2026-09-28 11:00", &casework.Accepted{}}, moved{"2026-09-28 12:00", samples[casework.ActMediate]})
	for _, l := range own {
		if got := how(&c, l, plain); got != "" {
			t.Errorf("%s: %s", l, got)
		}
	}
	if how(&c, casework.LimitHandle, plain) == "" || how(&c, casework.LimitSimple, ix) == "" {
		t.Error("the general limit does not run, or the difficulty's does not where the county has it")
	}
	settled := lived(t, nil, moved{"2026-09-28 10:00", samples[casework.ActSettleOnSpot]})
	if got := casework.Warnings(&settled, casework.ActRevisit, plain, local(t, "2026-09-28 11:00")); len(got) != 0 {
		t.Errorf("warned of %v", got)
	}
}

// without is the sample county without some limits.
func without(ls ...catalogue.LimitCode) *catalogue.Index {
	c := sample.Catalogue()
	c.Limits = slices.DeleteFunc(c.Limits, func(l catalogue.Limit) bool { return slices.Contains(ls, l.Code) })
	return catalogue.NewIndex(c)
}
