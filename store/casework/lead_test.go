package casework_test

import (
	"slices"
	"strings"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

var (
	procurator = casework.Person{User: "procurator1", Unit: "441621-jcy"}
	ecology    = casework.Person{User: "bureau4", Unit: "441621-sthjj"}
	lands      = casework.Person{User: "bureau5", Unit: "441621-zrzyj"}
)

// a step of a lead's life: who did what, on which day.
type step struct {
	who  casework.Person
	when string
	ev   casework.Event
}

// lead folds a lead that grid1 registered on 2026-11-02 and what was done then.
func lead(t *testing.T, steps ...step) casework.Case {
	t.Helper()
	reg := registered()
	reg.Matter, reg.Fields[casework.FieldTitle] = casework.PublicInterest, "河道倾倒垃圾"
	entries := []casework.Entry{done(t, "2026-11-02 09:00", by(grid1, entry(1, nil, reg)))}
	for i, s := range steps {
		entries = append(entries, done(t, s.when, by(s.who, entry(i+2, []int{i + 1}, s.ev))))
		c := fold(entries...)
		if l, _ := c.Line(uid(i + 2)); l.Effect != casework.Applied {
			t.Fatalf("step %d, %s in %s: %s (%s)", i+1, s.ev.Kind(), c.State, l.Effect, l.Why)
		}
	}
	return fold(entries...)
}

var (
	sendLead    = step{mediator1, "2026-11-02 15:00", &casework.LeadSent{To: "441621-jcy", Materials: "照片三张"}}
	receiveLead = step{procurator, "2026-11-03 09:00", &casework.LeadReceived{Number: "紫检公益〔2026〕1号"}}
	fileLead    = step{procurator, "2026-11-05 09:00", &casework.LeadAssessed{Assessment: "filed", Reason: "存在损害公共利益的情形"}}
)

func propose(unit catalogue.UnitID, urgent, served string) *casework.Proposed {
	return &casework.Proposed{Unit: unit, Proposal: "清理垃圾，恢复河道", Urgent: urgent, ServedOn: served}
}

// Ensure that every action of a lead is offered in the states named here, and in no
// other: the table said a second time.
func TestLead_Matrix(t *testing.T) {
	const working = "filed consulting proposed rectifying replied"
	want := map[casework.Action]string{
		casework.ActSendLead: "registered refused", casework.ActReceiveLead: "sent registered", casework.ActAssessLead: "received",
		casework.ActConsult: working, casework.ActPropose: working, casework.ActReplyProposal: "filed consulting proposed rectifying replied litigating resolved",
		casework.ActNotice: working, casework.ActRectified: "consulting proposed rectifying replied", casework.ActPublicNotice: "filed consulting",
		casework.ActSue: working, casework.ActJudgment: "litigating", casework.ActLookBack: "replied resolved closed",
		casework.ActClose: "resolved replied refused", casework.ActRefuse: "registered", casework.ActReopen: "resolved refused closed",
		casework.ActSuspend: working, casework.ActResume: "suspended", casework.ActVoid: "registered",
		casework.ActReturn: "consulting proposed rectifying", casework.ActEscalate: "registered",
		casework.ActDisputeCompetence: "registered consulting proposed rectifying",
		casework.ActPlanLookBack:      "rectifying replied resolved closed",
		casework.ActEvidence:          "registered sent received filed consulting proposed rectifying replied litigating resolved suspended",
		casework.ActCooperate:         "registered sent received filed consulting proposed rectifying replied litigating resolved suspended",
		casework.ActEffect:            "registered sent received filed consulting proposed rectifying replied litigating resolved suspended closed",
	}
	table, _ := casework.TableOf(casework.PublicInterest)
	for action, states := range want {
		for _, s := range table.States {
			c := casework.Case{ID: theCase, Matter: casework.PublicInterest, State: s.State, Holder: "441621102",
				Acts: []casework.Act{{By: uid(9), Action: casework.ActPropose}}}
			why := casework.Allowed(&c, alone, action, ix)
			if fits := slices.Contains(strings.Fields(states), string(s.State)); fits && why != "" || !fits && why != casework.WhyState {
				t.Errorf("%s in %s: %q", action, s.State, why)
			}
		}
	}
	own := []casework.Group{casework.GroupProceed, ""}
	for _, r := range table.Rules {
		if _, named := want[r.Action]; !named && slices.Contains(own, r.Group) {
			t.Errorf("%s is in the table and not in the test", r.Action)
		}
	}
}

// Ensure that who may do what on a lead is the procuratorate for what is the
// procuratorate's, and the department that answers for what is the department's.
func TestLead_Who(t *testing.T) {
	filed := lead(t, sendLead, receiveLead, fileLead)
	proposed := lead(t, sendLead, receiveLead, fileLead, step{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")})
	for _, tt := range []struct {
		c      *casework.Case
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{&filed, procurator, casework.ActPropose, ""},
		{&filed, mediator1, casework.ActPropose, casework.WhyRole},
		{&filed, ecology, casework.ActPropose, casework.WhyRole},
		{&filed, grid1, casework.ActEvidence, ""},
		{&filed, lands, casework.ActEvidence, casework.WhyNotYourUnit},
		{&proposed, ecology, casework.ActReplyProposal, ""},
		{&proposed, lands, casework.ActReplyProposal, casework.WhyNotYourUnit},
		{&proposed, procurator, casework.ActReplyProposal, casework.WhyRole},
		{&proposed, procurator, casework.ActSue, ""},
		{&filed, casework.Person{User: "leader1", Unit: "441621"}, casework.ActNote, casework.WhyReadsOnly},
	} {
		if why := casework.Allowed(tt.c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s %s in %s: %q, want %q", tt.who.User, tt.action, tt.c.State, why, tt.why)
		}
	}
	for _, u := range []catalogue.UnitID{"441621-jcy", "441621-sthjj", "441621102", "441621"} {
		if !slices.Contains(casework.Recipients(&proposed, ix), u) {
			t.Errorf("%s does not get to see it", u)
		}
	}
	if slices.Contains(casework.Recipients(&proposed, ix), "441621-zrzyj") {
		t.Error("a department that has nothing to do with it gets to see it")
	}
	registeredOnly := lead(t)
	if why := casework.Targets(&registeredOnly, []casework.Hand{registeredOnly.Hand()}, &casework.LeadSent{To: "441621-sthjj"}, ix); why != casework.WhyNoTarget {
		t.Errorf("sent to a unit without a procurator: %q", why)
	}
}

// Ensure that who was called out, or registered the lead in the village, does not act
// on it as the procuratorate does: closing, suspending, ordering, letting others in.
func TestLead_GuestsAreNoProcuratorate(t *testing.T) {
	steps := []step{sendLead, receiveLead, fileLead,
		{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")},
		{mediator1, "2026-11-10 10:00", &casework.CalledOut{Unit: lands.Unit, Note: "请到场"}}}
	working := lead(t, steps...)
	resolved := lead(t, append(steps, step{ecology, "2026-11-12 10:00", &casework.Rectified{Extent: "full", Result: "已清理"}})...)
	village := casework.Person{User: "mediator1", Unit: grid1.Unit}
	own := ix.Catalogue()
	own.People = slices.Clone(own.People)
	for i := range own.People {
		if own.People[i].User == village.User {
			own.People[i].Units = append(slices.Clone(own.People[i].Units), village.Unit)
		}
	}
	ix := catalogue.NewIndex(own)
	for _, tt := range []struct {
		c       *casework.Case
		actions []casework.Action
	}{
		{&working, []casework.Action{casework.ActSuspend, casework.ActNotice, casework.ActRectified, casework.ActCooperate}},
		{&resolved, []casework.Action{casework.ActClose, casework.ActPlanLookBack}},
	} {
		for _, a := range tt.actions {
			for _, p := range []casework.Person{lands, village} {
				if why := casework.Allowed(tt.c, p, a, ix); why != casework.WhyRole {
					t.Errorf("%s %s in %s: %q", p.User, a, tt.c.State, why)
				}
			}
			if why := casework.Allowed(tt.c, procurator, a, ix); why != "" {
				t.Errorf("the procuratorate, %s in %s: %q", a, tt.c.State, why)
			}
		}
	}
}

// 检察公益诉讼解释 art. 21: two months from the service of the proposal, or fifteen
// days where it is urgent; calendar days and months, without a shift for holidays.
func TestLead_ReplyInterpretationArt21(t *testing.T) {
	for _, tt := range []struct{ urgent, served, last string }{
		{"no", "2026-11-09", "2027-01-09"},
		{"no", "2026-12-31", "2027-02-28"}, // a month's end
		{"no", "2027-12-29", "2028-02-29"}, // a leap day
		{"no", "2026-08-03", "2026-10-03"}, // 国庆: it does not move
		{"yes", "2026-11-09", "2026-11-24"},
		{"yes", "2028-02-20", "2028-03-06"}, // over a leap day
	} {
		day := tt.served + " 10:00"
		c := lead(t, sendLead, receiveLead, fileLead, step{procurator, day, propose("441621-sthjj", tt.urgent, tt.served)})
		running := slices.DeleteFunc(casework.Limits(&c, ix, local(t, day)), func(r casework.Running) bool { return r.Stopped })
		if len(running) != 1 {
			t.Fatalf("served on %s: running %v", tt.served, running)
		}
		if got := ix.Calendar().LastDay(running[0].Due).Format("2006-01-02"); got != tt.last {
			t.Errorf("served on %s, urgent %s: the reply is due on %s, want %s", tt.served, tt.urgent, got, tt.last)
		}
	}
}

// Ensure that a proposal written down days after its service counts from the service,
// that each of several has its own clock, and that the lead waits for the last reply.
func TestLead_SeveralProposals(t *testing.T) {
	steps := []step{sendLead, receiveLead, fileLead,
		{procurator, "2026-11-12 10:00", propose("441621-sthjj", "no", "2026-11-09")},
		{procurator, "2026-11-13 10:00", propose("441621-zrzyj", "yes", "2026-11-13")}}
	c := lead(t, steps...)
	if c.Lead != "441621-sthjj" || !slices.Equal(c.Co, []catalogue.UnitID{"441621-zrzyj"}) {
		t.Errorf("lead %s, helped by %v", c.Lead, c.Co)
	}
	first, second := uid(5), uid(6)
	due := func(c *casework.Case) map[casework.EntryID]string {
		out := map[casework.EntryID]string{}
		for _, r := range casework.Limits(c, ix, local(t, "2026-11-14 09:00")) {
			if !r.Stopped {
				out[r.By] = ix.Calendar().LastDay(r.Due).Format("2006-01-02")
			}
		}
		return out
	}
	if got := due(&c); got[first] != "2027-01-09" || got[second] != "2026-11-28" {
		t.Errorf("due %v", got)
	}
	steps = append(steps, step{lands, "2026-11-20 10:00", &casework.ProposalReplied{Of: second, Reply: "已清理"}})
	c = lead(t, steps...)
	if got := due(&c); c.State != casework.StateProposed || got[first] == "" || got[second] != "" {
		t.Errorf("after one reply of two: %s, due %v", c.State, got)
	}
	steps = append(steps, step{ecology, "2026-11-21 10:00", &casework.ProposalReplied{Of: first, Reply: "已整改"}})
	if c = lead(t, steps...); c.State != casework.StateReplied || len(due(&c)) != 0 {
		t.Errorf("after both: %s, due %v", c.State, due(&c))
	}
}

// Ensure that a written reply is taken after all was put right too, that closing ends
// the clocks of all proposals and notices, and that a proposal that never was answered
// does not hold up those made once the matter is opened again.
func TestLead_RepliesAndClosing(t *testing.T) {
	left := func(c *casework.Case) (out []string) {
		for _, k := range c.Clocks {
			if k.Stop.IsZero() {
				out = append(out, string(k.Limit))
			}
		}
		return out
	}
	steps := []step{sendLead, receiveLead, fileLead,
		{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")},
		{procurator, "2026-11-10 10:00", propose("441621-zrzyj", "no", "2026-11-10")},
		{ecology, "2026-11-12 10:00", &casework.Rectified{Extent: "full", Result: "全部清理"}}}
	c := lead(t, append(slices.Clone(steps), step{ecology, "2026-11-13 10:00", &casework.ProposalReplied{Of: uid(5), Reply: "已整改"}})...)
	if c.State != casework.StateResolved || !slices.Equal(left(&c), []string{"proposal_reply"}) {
		t.Errorf("replied when resolved: %s, %v run", c.State, left(&c))
	}
	steps = append(steps, step{procurator, "2026-11-14 10:00", &casework.Closed{Outcome: "整改到位", Reply: "已告知"}})
	if c = lead(t, steps...); len(left(&c)) != 0 {
		t.Errorf("closed, and %v run", left(&c))
	}
	steps = append(steps, step{procurator, "2026-12-14 10:00", &casework.Reopened{Reason: "反弹"}},
		step{procurator, "2026-12-15 10:00", propose("441621-sthjj", "yes", "2026-12-15")},
		step{ecology, "2026-12-16 10:00", &casework.ProposalReplied{Of: uid(10), Reply: "再次清理"}})
	if c = lead(t, steps...); c.State != casework.StateReplied {
		t.Errorf("opened again, proposed and answered: %s", c.State)
	}
}

// Ensure that a look-back that was not planned leaves the planned ones standing, and
// that a planned one is the earliest of them.
func TestLead_PlannedLookBacks(t *testing.T) {
	steps := []step{sendLead, receiveLead, fileLead,
		{procurator, "2026-11-09 10:00", &casework.RectifyOrdered{Unit: "441621-sthjj", What: "清理", Due: "2026-11-20"}},
		{ecology, "2026-11-16 10:00", &casework.Rectified{Extent: "full", Result: "全部清理"}},
		{procurator, "2026-11-17 10:00", &casework.LookBackPlanned{On: "2027-05-25"}},
		{procurator, "2026-11-17 11:00", &casework.LookBackPlanned{On: "2026-11-25"}}}
	for occasion, want := range map[string][]string{"planned": {"2027-05-25"}, "ad_hoc": {"2027-05-25", "2026-11-25"}} {
		c := lead(t, append(slices.Clone(steps), step{grid1, "2026-11-25 10:00", &casework.LookedBack{Occasion: occasion, Finding: "kept", Text: "河道干净"}})...)
		var got []string
		for _, k := range c.Clocks {
			if k.Limit == casework.LimitLookBack && k.Stop.IsZero() {
				got = append(got, k.Due)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: planned are %v, want %v", occasion, got, want)
		}
	}
}

// Ensure that a look-back may open a closed matter again, that a planned one
// outlives the closing, and that measured effects stay with the case.
func TestLead_LookBack(t *testing.T) {
	steps := []step{sendLead, receiveLead, fileLead,
		{procurator, "2026-11-09 10:00", &casework.Consulted{Unit: "441621-sthjj", HappenedOn: "2026-11-09", Minutes: "同意清理", Outcome: "agreed", Due: "2026-11-16"}},
		{ecology, "2026-11-15 10:00", &casework.Rectified{Extent: "partial", Result: "清理一半"}},
		{ecology, "2026-11-16 10:00", &casework.Rectified{Extent: "full", Result: "全部清理"}},
		{ecology, "2026-11-16 11:00", &casework.EffectMeasured{Tonnes: "12.5", Basis: "过磅单"}},
		{procurator, "2026-11-17 10:00", &casework.LookBackPlanned{On: "2026-11-25"}},
		{procurator, "2026-11-18 10:00", &casework.Closed{Outcome: "整改到位"}}}
	c := lead(t, steps...)
	if c.State != casework.StateClosed {
		t.Fatalf("state %s", c.State)
	}
	planned := false
	for _, r := range casework.Limits(&c, ix, local(t, "2026-11-26 00:00")) {
		planned = planned || r.Limit == casework.LimitLookBack && !r.Stopped && r.Light == casework.Red
		if r.Limit != casework.LimitLookBack && !r.Stopped {
			t.Errorf("%s runs on after the closing", r.Limit)
		}
	}
	if !planned {
		t.Error("the planned look-back was forgotten with the closing")
	}
	kept := lead(t, append(slices.Clone(steps), step{grid1, "2026-11-25 10:00", &casework.LookedBack{Occasion: "planned", Finding: "kept", Text: "河道干净"}})...)
	if kept.State != casework.StateClosed || len(casework.Limits(&kept, ix, local(t, "2026-12-25 00:00"))) == 0 {
		t.Errorf("kept: %s", kept.State)
	}
	back := lead(t, append(slices.Clone(steps), step{grid1, "2026-11-25 10:00", &casework.LookedBack{Occasion: "planned", Finding: "relapsed", Text: "又见垃圾", Reopen: "yes"}})...)
	if back.State != casework.StateFiled {
		t.Errorf("relapsed: %s", back.State)
	}
	if acts := back.ActsOf(casework.ActEffect); len(acts) != 1 || acts[0].Words["tonnes"] != "12.5" {
		t.Errorf("effects: %v", acts)
	}
}

// Ensure that a lead whose answering unit does nothing ends in court, and that what
// the court orders is rectified.
func TestLead_Litigation(t *testing.T) {
	steps := []step{sendLead, receiveLead, fileLead,
		{procurator, "2026-11-09 10:00", propose("441621-sthjj", "yes", "2026-11-09")},
		{procurator, "2026-11-26 10:00", &casework.Sued{Suit: "administrative", Court: "紫金县人民法院", Reason: "逾期未履职"}}}
	if c := lead(t, steps...); c.State != casework.StateLitigating || c.Stage() != casework.StageMonitor {
		t.Errorf("state %s", c.State)
	}
	for result, want := range map[string]casework.State{"supported": casework.StateRectifying, "partly": casework.StateRectifying,
		"mediated": casework.StateRectifying, "dismissed": casework.StateResolved, "withdrawn": casework.StateResolved} {
		c := lead(t, append(slices.Clone(steps), step{procurator, "2026-12-10 10:00", &casework.Judged{Judgment: result, Due: "2026-12-31"}})...)
		if c.State != want {
			t.Errorf("%s: %s, want %s", result, c.State, want)
		}
	}
}

// Ensure that a lead whose answering department must not see it any more, because it is
// about that one, waits for whoever answers for the case, and not for nobody.
func TestLead_NobodyLeads(t *testing.T) {
	c := lead(t, sendLead, receiveLead, fileLead,
		step{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")},
		step{mediator1, "2026-11-10 10:00", &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621-sthjj"}, Reason: "反映该局"}})
	if c.Lead != "" || !slices.Contains(casework.Turn(&c), c.Holder) || !casework.Todo(&c, mediator1, ix) {
		t.Errorf("led by %q in %s, it waits for %v", c.Lead, c.State, casework.Turn(&c))
	}
	co := lead(t, sendLead, receiveLead, fileLead,
		step{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")},
		step{procurator, "2026-11-09 11:00", propose("441621-zrzyj", "no", "2026-11-09")},
		step{mediator1, "2026-11-10 10:00", &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621-sthjj"}, Reason: "反映该局"}},
		step{procurator, "2026-11-11 10:00", propose("441621-zrzyj", "no", "2026-11-11")})
	if co.Lead != "441621-zrzyj" || len(co.Co) != 0 {
		t.Errorf("led by %s with %v", co.Lead, co.Co)
	}
	if running(&c, casework.LimitReply) != 0 {
		t.Error("a reply is awaited of who must not see the case")
	}
}
