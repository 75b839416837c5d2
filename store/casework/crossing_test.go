package casework_test

import (
	"cmp"
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// crossing are the flags by which a case goes beyond one unit.
var crossing = []casework.Field{casework.FieldCrossRegion, casework.FieldCrossTrade, casework.FieldCrossDepartment}

// Ensure that no kind of matter lets one unit alone settle, answer or decide what
// crosses regions, trades or departments, whatever the flag; that a meeting with
// another unit, or its cooperation, opens the way; and that without a flag nothing
// of this is asked.
func TestAlone(t *testing.T) {
	petition := func() *steps { return &steps{t: t, entries: petitionAt(t, casework.StateAccepted)} }
	delegated := func() *steps {
		return &steps{t: t, entries: matterAt("ZF-001", casework.StateHandling)}
	}
	filed := func() *steps {
		reg := registered()
		reg.Matter = casework.PublicInterest
		s := &steps{t: t, entries: []casework.Entry{by(grid1, entry(1, nil, reg))}}
		s.add(mediator1, sendLead.ev)
		s.add(procurator, receiveLead.ev)
		s.add(procurator, fileLead.ev)
		return s
	}
	met := &casework.Met{When: "2026-10-12 09:00", Place: "镇政府", Units: []catalogue.UnitID{"441621-rsj"}, Minutes: "会商", Decisions: "联合办理"}
	for _, tt := range []struct {
		name string
		at   func() *steps
		who  casework.Person
		ev   casework.Event
	}{
		{"dispute", func() *steps { return at(t, casework.StateRegistered) }, mediator1, samples[casework.ActSettleOnSpot]},
		{"dispute", func() *steps { return at(t, casework.StateAccepted) }, mediator1, samples[casework.ActMediate]},
		{"dispute", func() *steps { return at(t, casework.StateAccepted) }, mediator1, samples[casework.ActAgree]},
		{"petition", petition, mediator1, petitionActs()[casework.ActInquire]},
		{"petition", petition, mediator1, petitionActs()[casework.ActMediate]},
		{"petition", petition, mediator1, petitionActs()[casework.ActAgree]},
		{"petition", petition, mediator1, petitionActs()[casework.ActOpinion]},
		{"lead", filed, procurator, propose("441621-sthjj", "no", "2026-10-12")},
		{"matter", delegated, enforcer1, matterEvents[casework.ActDecide]},
		{"matter", delegated, enforcer1, matterEvents[casework.ActHandUp]},
	} {
		for _, flag := range crossing {
			s := tt.at()
			n := len(s.entries)
			s.add(mediator1, amend(flag, "yes"))
			c := s.fold()
			if why := casework.Allowed(&c, tt.who, casework.Action(tt.ev.Kind()), ix); why != casework.WhyNeedsJoint {
				t.Errorf("%s, %s, %s: offered (%q)", tt.name, flag, tt.ev.Kind(), why)
			}
			has := cmp.Or(c.Lead, c.Holder)
			s.add(mediator1, &casework.Met{When: "2026-10-12 09:00", Place: "镇政府", Units: []catalogue.UnitID{has}, Minutes: "自议", Decisions: "再议"})
			if s.add(tt.who, tt.ev); s.last() != casework.WhyNeedsJoint {
				t.Errorf("%s, %s, %s by one unit alone: %q", tt.name, flag, tt.ev.Kind(), s.last())
			}
			s.entries = s.entries[:n+1]
			s.add(mediator1, met)
			if s.add(tt.who, tt.ev); s.last() != "" {
				t.Errorf("%s, %s, %s after a meeting: %q", tt.name, flag, tt.ev.Kind(), s.last())
			}
		}
		s := tt.at()
		if s.add(tt.who, tt.ev); s.last() != "" {
			t.Errorf("%s, %s without a flag: %q", tt.name, tt.ev.Kind(), s.last())
		}
	}
	for _, c := range []*casework.Cooperated{
		{Units: []catalogue.UnitID{"441621-zrzyj"}, Agreement: "协作意见"}, {Region: "邻县检察院", Agreement: "协作意见"},
	} {
		s := filed()
		s.add(mediator1, amend(casework.FieldCrossRegion, "yes"))
		s.add(procurator, c)
		if s.add(procurator, propose("441621-sthjj", "no", "2026-10-12")); s.last() != "" {
			t.Errorf("a proposal with cooperation %v: %q", c, s.last())
		}
	}
}

// Ensure that who handles a delegated matter beside the town goes on helping when it
// is handed up, so that one that crosses can still be decided.
func TestHandedUp_Jointly(t *testing.T) {
	s := &steps{t: t, entries: matterAt("ZF-001", casework.StateRegistered)}
	s.add(mediator1, amend(casework.FieldCrossDepartment, "yes"))
	s.add(mediator1, &casework.Assigned{Lead: enforce, Co: []catalogue.UnitID{"441621-rsj", housing}})
	s.add(mediator1, matterEvents[casework.ActHandUp])
	if c := s.fold(); s.last() != "" || !slices.Equal(c.Co, []catalogue.UnitID{"441621-rsj"}) {
		t.Errorf("handed up: %q, beside it %v", s.last(), c.Co)
	}
	s.add(bureau1, &casework.SignedFor{})
	if s.add(bureau1, matterEvents[casework.ActDecide]); s.last() != "" {
		t.Errorf("decided: %q", s.last())
	}
}

// Ensure that a meeting which names the lead makes it lead where the unit that
// answers for the case wrote it and somebody has the case in hand; that who was there
// handles it too, and nobody is put out; and that elsewhere it is a record.
func TestMet_Lead(t *testing.T) {
	met := &casework.Met{When: "2026-10-12 09:00", Place: "镇政府", Units: []catalogue.UnitID{"441621-rsj", "441621-zrzyj"},
		Minutes: "会商", Decisions: "由人社局牵头", Lead: "441621-rsj"}
	for _, tt := range []struct {
		name  string
		state casework.State
		who   casework.Person
		lead  catalogue.UnitID
		co    []catalogue.UnitID
	}{
		{"by the holder", casework.StateHandling, mediator1, "441621-rsj", []catalogue.UnitID{"441621102-sfs", "441621-zrzyj", bureau1.Unit}},
		{"by the holder, not signed for yet", casework.StateAssigned, mediator1, "441621-rsj", []catalogue.UnitID{"441621102-sfs", "441621-zrzyj", bureau1.Unit}},
		{"by the lead", casework.StateHandling, bureau1, bureau1.Unit, []catalogue.UnitID{"441621102-sfs"}},
		{"before it is assigned", casework.StateAccepted, mediator1, "", nil},
		{"after it is settled", casework.StateResolved, mediator1, village1, nil},
	} {
		s := at(t, tt.state)
		s.add(tt.who, met)
		c := s.fold()
		if s.last() != "" || c.State != tt.state || c.Lead != tt.lead || !slices.Equal(c.Co, tt.co) {
			t.Errorf("%s: %q, %s, lead %s, co %v", tt.name, s.last(), c.State, c.Lead, c.Co)
		}
		if !slices.Contains(casework.Recipients(&c, ix), "441621-zrzyj") {
			t.Errorf("%s: who was there does not see it", tt.name)
		}
	}
	// Written without knowing that the lead has changed: a record only.
	s := at(t, casework.StateHandling)
	n := len(s.entries)
	s.add(mediator1, &casework.Met{When: met.When, Place: "x", Units: met.Units, Minutes: "x", Decisions: "x", Lead: "441621-zrzyj"})
	s.entries = append(s.entries, by(mediator1, entry(n+2, []int{n}, met)))
	if c := s.fold(); s.last() != "" || c.Lead != "441621-zrzyj" {
		t.Errorf("late: %q, lead %s", s.last(), c.Lead)
	}
}

// 信访工作条例 art. 33: mediation is voluntary; nobody mediates a petition against a
// party's refusal, and an opinion is given all the same.
func TestPetition_DeclinedArt33(t *testing.T) {
	reg := petitioned(nil)
	reg.Parties = []casework.Party{{Element: zhang, Role: "applicant", Name: "张三"}, {Element: li, Role: "respondent", Name: "李四"}}
	declined := []casework.Event{reg, &casework.Accepted{}, samples[casework.ActDecline]}
	for _, tt := range []struct {
		action casework.Action
		why    casework.Why
	}{
		{casework.ActMediate, casework.WhyDeclined}, {casework.ActAgree, casework.WhyDeclined},
		{casework.ActInquire, ""}, {casework.ActOpinion, ""},
	} {
		c := fold(history(append(slices.Clone(declined), petitionActs()[tt.action])...)...)
		if l := c.Timeline[len(c.Timeline)-1]; l.Why != tt.why {
			t.Errorf("%s: %q, want %q", tt.action, l.Why, tt.why)
		}
		c = fold(history(append(slices.Clone(declined), samples[casework.ActConsent], petitionActs()[tt.action])...)...)
		if l := c.Timeline[len(c.Timeline)-1]; l.Why != "" {
			t.Errorf("%s after the consent: %q", tt.action, l.Why)
		}
	}
}

// Ensure that a department may say of a lead that it is not its business, with a
// reason: what was asked of it runs no longer, what was asked of others does; the
// procuratorate addresses another where nobody is left.
func TestLead_Returned(t *testing.T) {
	asked := []step{sendLead, receiveLead, fileLead, {procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")}}
	second := step{procurator, "2026-11-10 10:00", propose("441621-zrzyj", "no", "2026-11-10")}
	notice := step{procurator, "2026-11-10 11:00", &casework.RectifyOrdered{Unit: "441621-zrzyj", What: "清理", Due: "2026-12-01"}}
	returned := func(p casework.Person) step {
		return step{p, "2026-11-11 10:00", &casework.Returned{Reason: "不属本局职责"}}
	}
	replied := step{lands, "2026-11-10 15:00", &casework.ProposalReplied{Of: uid(6), Reply: "已清理"}}
	for _, tt := range []struct {
		name  string
		steps []step
		state casework.State
		lead  catalogue.UnitID
		runs  []casework.EntryID
	}{
		{"the only one", []step{returned(ecology)}, casework.StateFiled, "", nil},
		{"the first of two", []step{second, returned(ecology)}, casework.StateProposed, "441621-zrzyj", []casework.EntryID{uid(6)}},
		{"the second of two", []step{second, returned(lands)}, casework.StateProposed, "441621-sthjj", []casework.EntryID{uid(5)}},
		{"both", []step{second, returned(lands), returned(ecology)}, casework.StateFiled, "", nil},
		{"beside one who replied", []step{second, replied, returned(ecology)}, casework.StateReplied, "441621-zrzyj", nil},
		{"of a notice", []step{notice, returned(lands)}, casework.StateRectifying, "441621-sthjj", []casework.EntryID{uid(5)}},
		{"asked again", []step{returned(ecology), second}, casework.StateProposed, "441621-zrzyj", []casework.EntryID{uid(7)}},
	} {
		c := lead(t, append(slices.Clone(asked), tt.steps...)...)
		var runs []casework.EntryID
		for _, k := range c.Clocks {
			if k.Stop.IsZero() {
				runs = append(runs, k.By)
			}
		}
		if c.State != tt.state || c.Lead != tt.lead || !slices.Equal(runs, tt.runs) {
			t.Errorf("%s: %s, lead %s, %v run", tt.name, c.State, c.Lead, runs)
		}
	}
	c := lead(t, append(slices.Clone(asked), second)...)
	for _, p := range []casework.Person{ecology, lands} {
		if why := casework.Allowed(&c, p, casework.ActReturn, ix); why != "" {
			t.Errorf("%s may not: %q", p.Unit, why)
		}
	}
	if why := casework.Allowed(&c, procurator, casework.ActReturn, ix); why == "" {
		t.Error("the procuratorate returns what it asked of others")
	}
}

// Ensure that a lead that was closed has no clock of a reply left, however many ran.
func TestLead_ClosedEndsReplies(t *testing.T) {
	c := lead(t, sendLead, receiveLead, fileLead,
		step{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")},
		step{procurator, "2026-11-10 10:00", propose("441621-zrzyj", "no", "2026-11-10")},
		step{procurator, "2026-11-12 10:00", &casework.Rectified{Extent: "full", Result: "全部清理"}},
		step{procurator, "2026-11-13 10:00", &casework.Closed{Outcome: "整改到位"}})
	if n := running(&c, casework.LimitReply); n != 0 {
		t.Errorf("%d run on", n)
	}
}

// Ensure that units which do not agree whose a lead or a delegated matter is turn to
// their common superior, as those of a petition do (信访工作条例 art. 24).
func TestCompetenceDisputed_EveryMatterArt24(t *testing.T) {
	proposed := lead(t, sendLead, receiveLead, fileLead, step{procurator, "2026-11-09 10:00", propose("441621-sthjj", "no", "2026-11-09")})
	for _, tt := range []struct {
		name   string
		c      casework.Case
		who    casework.Person
		with   catalogue.UnitID
		state  casework.State
		decide casework.Action
	}{
		{"lead", lead(t), mediator1, "441621104", casework.StateRegistered, casework.ActSendLead},
		{"lead", proposed, ecology, "441621-zrzyj", casework.StateFiled, casework.ActNotice},
		{"matter", fold(matterAt("ZF-001", casework.StateHandling)...), enforcer1, "441621-zrzyj", casework.StateRegistered, casework.ActAssign},
		{"matter", fold(matterAt("ZF-001", casework.StateHandedUp)...), bureau1, "441621-rsj", casework.StateRegistered, casework.ActAssign},
	} {
		if why := casework.Allowed(&tt.c, tt.who, casework.ActDisputeCompetence, ix); why != "" {
			t.Errorf("%s of %s in %s: %q", tt.name, tt.who.Unit, tt.c.State, why)
		}
		ev := (&casework.CompetenceDisputed{With: tt.with, Reason: "职责不明"}).WithSuperior(&tt.c, ix)
		e := by(tt.who, entry(40, []int{len(tt.c.Timeline)}, ev))
		if why := casework.Judge(&tt.c, &e, ix); why != "" {
			t.Errorf("%s with %s: %q", tt.name, tt.with, why)
		}
		tt.c.Apply(&e, nil)
		if tt.c.State != tt.state || tt.c.Holder != "441621" || tt.c.Lead != "" || running(&tt.c, casework.LimitReply) != 0 {
			t.Errorf("%s with %s: %s, holder %s, lead %s", tt.name, tt.with, tt.c.State, tt.c.Holder, tt.c.Lead)
		}
		if why := casework.Allowed(&tt.c, county1, tt.decide, ix); why != "" {
			t.Errorf("%s: the superior may not %s: %q", tt.name, tt.decide, why)
		}
	}
	// Before it is sent, who answers for a lead may hand it one level up.
	c := lead(t)
	if why := casework.Allowed(&c, mediator1, casework.ActEscalate, ix); why != "" {
		t.Errorf("sent up: %q", why)
	}
	c = lead(t, step{mediator1, "2026-11-02 10:00", &casework.Escalated{To: "441621", Reason: "涉及两镇"}})
	if c.State != casework.StateRegistered || c.Holder != "441621" || running(&c, casework.LimitTriage) != 1 {
		t.Errorf("sent up: %s, holder %s", c.State, c.Holder)
	}
}
