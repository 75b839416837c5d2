package casework_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

var petition1 = casework.Person{User: "petition1", Unit: "441621-xfj"}

// petitioned is a petition from 龙窝镇 with more fields.
func petitioned(more casework.Fields) *casework.Registered {
	r := &casework.Registered{Matter: casework.Petition, Number: "441621-xfj-2026-0001-AAAA", Holder: "441621102",
		Fields: casework.Fields{casework.FieldCategory: "0602", casework.FieldTitle: "请求退还购房订金",
			casework.FieldFacts: "因征信问题不能贷款，请求退还订金", casework.FieldDivision: "441621102901", casework.FieldPetitionForm: "visit"}}
	maps.Copy(r.Fields, more)
	return r
}

// petitionActs are the acts of a petition, each as it is done when it fits.
func petitionActs() map[casework.Action]casework.Event {
	acts := map[casework.Action]casework.Event{}
	for _, ev := range []casework.Event{
		&casework.Accepted{}, &casework.PetitionerTold{ToldOn: "2026-10-12", Way: "post", Document: "告字1号"},
		&casework.SignedFor{}, &casework.Assigned{Lead: "441621-zjj", Co: []catalogue.UnitID{"441621-scjgj"}},
		&casework.Objected{Reason: "不属本局职权"}, &casework.ObjectionAccepted{},
		&casework.CompetenceDisputed{With: "441621-scjgj", Reason: "不属本局职权", To: "441621"}, &casework.ObjectionRejected{Reason: "属贵局职权"},
		&casework.Inquired{Inquiry: "hearing", Result: "双方到场陈述"}, &casework.Mediated{Method: "02", Result: "愿退一半"},
		&casework.Agreed{Form: "written", Agreement: "退还订金", Due: "2026-11-01"}, &casework.Performed{Extent: "full"},
		&casework.Failed{Reason: "未履行", Remedies: "已告知"},
		&casework.Opined{Decision: "support", Opinion: "应当退还", Laws: "消费者权益保护法", DeliveredOn: "2026-10-12"},
		&casework.ReviewAsked{AskedOn: "2026-10-12", To: "441621", Reason: "不服"},
		&casework.Reviewed{Decision: "uphold", Opinion: "维持原意见", Laws: "同上", DeliveredOn: "2026-10-12"},
		&casework.RecheckAsked{AskedOn: "2026-10-12", Organ: "市政府", Reason: "不服"},
		&casework.Rechecked{Decision: "uphold", Opinion: "维持复查意见", Laws: "同上", DeliveredOn: "2026-10-12"},
		&casework.Concluded{Ground: "satisfied", ConcludedOn: "2026-10-12"},
		&casework.Contacted{}, &casework.Visited{HappenedOn: "2026-10-12", PetitionForm: "call", People: 1},
		&casework.Revisited{By: "phone", Performed: "yes"}, &casework.Rated{Satisfaction: "satisfied", Efficiency: "basic", Leader: "satisfied"},
		&casework.OfficeRated{Office: "basic"}, &casework.Closed{Outcome: "已退款", Reply: "已告知"},
		&casework.Escalated{To: "441621", Reason: "涉及全县"},
		&casework.SplitOut{Route: "lawsuit", Organ: "紫金县人民法院", ToldOn: "2026-10-12", Reason: "应当诉讼解决"},
		&casework.Refused{Reason: "不属信访事项"}, &casework.RepeatRefused{Ground: "under_way", Number: "XF-1", Reason: "镇里正在办"},
		&casework.Reopened{Reason: "有新情况"}, suspend, resume, &casework.Voided{Reason: "录错"},
	} {
		acts[casework.Action(ev.Kind())] = ev
	}
	return acts
}

// ways are the acts by which a petition comes to a state from its registration.
var ways = map[casework.State][]casework.Action{
	casework.StateRegistered: nil,
	casework.StateAccepted:   {casework.ActAccept},
	casework.StateAssigned:   {casework.ActAccept, casework.ActAssign},
	casework.StateObjected:   {casework.ActAccept, casework.ActAssign, casework.ActObject},
	casework.StateHandling:   {casework.ActAccept, casework.ActAssign, casework.ActSignFor},
	casework.StateAgreed:     {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActAgree},
	casework.StateOpined:     {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActOpinion},
	casework.StateReviewing:  {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActOpinion, casework.ActAskReview},
	casework.StateReviewed: {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActOpinion,
		casework.ActAskReview, casework.ActReview},
	casework.StateRechecking: {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActOpinion,
		casework.ActAskReview, casework.ActReview, casework.ActAskRecheck},
	casework.StateFinal: {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActOpinion,
		casework.ActAskReview, casework.ActReview, casework.ActAskRecheck, casework.ActRecheck},
	casework.StateResolved:  {casework.ActAccept, casework.ActAgree, casework.ActPerform},
	casework.StateClosed:    {casework.ActAccept, casework.ActAgree, casework.ActPerform, casework.ActClose},
	casework.StateRefused:   {casework.ActRefuse},
	casework.StateSplitOut:  {casework.ActSplitOut},
	casework.StateVoided:    {casework.ActVoid},
	casework.StateSuspended: {casework.ActAccept, casework.ActAssign, casework.ActSignFor, casework.ActSuspend},
}

// petitionAt are the entries of a petition that came to a state.
func petitionAt(t *testing.T, s casework.State) []casework.Entry {
	t.Helper()
	acts := petitionActs()
	entries := []casework.Entry{by(petition1, entry(1, nil, petitioned(nil)))}
	for _, a := range ways[s] {
		n := len(entries) + 1
		p := mediator1
		if slices.Contains([]casework.Action{casework.ActSignFor, casework.ActObject, casework.ActOpinion}, a) {
			p = bureau1
		}
		entries = append(entries, by(p, entry(n, []int{n - 1}, acts[a])))
	}
	if s == casework.StateMerged {
		entries = append(entries, by(mediator1, entry(2, []int{1}, merge(otherCase))))
	}
	if c := fold(entries...); c.State != s || len(c.Contested) > 0 {
		t.Fatalf("the petition stands at %s, want %s; contested %v", c.State, s, c.Contested)
	}
	return entries
}

// Ensure that in each state of a petition exactly these acts may be done and lead
// exactly there; all others are refused as not of this state.
func TestPetition_Matrix(t *testing.T) {
	const stays = "" // it may be done and changes no state
	type to = map[casework.State]casework.State
	matrix := map[casework.Action]to{
		casework.ActAccept: {casework.StateRegistered: casework.StateAccepted},
		casework.ActTellPetitioner: {casework.StateRegistered: stays, casework.StateAccepted: stays, casework.StateAssigned: stays,
			casework.StateObjected: stays, casework.StateHandling: stays, casework.StateRefused: stays},
		casework.ActSignFor:         {casework.StateAssigned: casework.StateHandling},
		casework.ActAssign:          {casework.StateAccepted: casework.StateAssigned, casework.StateHandling: casework.StateAssigned},
		casework.ActObject:          {casework.StateAssigned: casework.StateObjected},
		casework.ActAcceptObjection: {casework.StateObjected: casework.StateAccepted},
		casework.ActDisputeCompetence: {casework.StateAccepted: stays, casework.StateAssigned: casework.StateAccepted,
			casework.StateObjected: casework.StateAccepted, casework.StateHandling: casework.StateAccepted},
		casework.ActRejectObjection: {casework.StateObjected: casework.StateAssigned},
		casework.ActInquire: {casework.StateAccepted: casework.StateHandling, casework.StateHandling: stays,
			casework.StateReviewing: stays, casework.StateRechecking: stays},
		casework.ActMediate:    {casework.StateAccepted: casework.StateHandling, casework.StateHandling: stays},
		casework.ActAgree:      {casework.StateAccepted: casework.StateAgreed, casework.StateHandling: casework.StateAgreed},
		casework.ActPerform:    {casework.StateAgreed: casework.StateResolved},
		casework.ActFail:       {casework.StateAgreed: casework.StateHandling},
		casework.ActOpinion:    {casework.StateAccepted: casework.StateOpined, casework.StateHandling: casework.StateOpined},
		casework.ActAskReview:  {casework.StateOpined: casework.StateReviewing},
		casework.ActReview:     {casework.StateReviewing: casework.StateReviewed},
		casework.ActAskRecheck: {casework.StateReviewed: casework.StateRechecking},
		casework.ActRecheck:    {casework.StateRechecking: casework.StateFinal},
		casework.ActConclude:   {casework.StateOpined: casework.StateResolved, casework.StateReviewed: casework.StateResolved},
		casework.ActContact: {casework.StateRegistered: stays, casework.StateAccepted: stays, casework.StateAssigned: stays,
			casework.StateObjected: stays, casework.StateHandling: stays, casework.StateAgreed: stays, casework.StateOpined: stays,
			casework.StateReviewing: stays, casework.StateReviewed: stays, casework.StateRechecking: stays,
			casework.StateResolved: stays, casework.StateSuspended: stays},
		casework.ActVisit: {casework.StateRegistered: stays, casework.StateAccepted: stays, casework.StateAssigned: stays,
			casework.StateObjected: stays, casework.StateHandling: stays, casework.StateAgreed: stays, casework.StateOpined: stays,
			casework.StateReviewing: stays, casework.StateReviewed: stays, casework.StateRechecking: stays,
			casework.StateResolved: stays, casework.StateSuspended: stays, casework.StateFinal: stays, casework.StateClosed: stays,
			casework.StateRefused: stays, casework.StateSplitOut: stays, casework.StateVoided: stays},
		casework.ActRevisit: {casework.StateResolved: stays, casework.StateClosed: stays, casework.StateFinal: stays},
		casework.ActRate: {casework.StateOpined: stays, casework.StateReviewed: stays, casework.StateResolved: stays,
			casework.StateClosed: stays, casework.StateFinal: stays},
		casework.ActRateOffice: {casework.StateOpined: stays, casework.StateReviewed: stays, casework.StateResolved: stays,
			casework.StateClosed: stays, casework.StateFinal: stays},
		casework.ActClose:    {casework.StateResolved: casework.StateClosed},
		casework.ActEscalate: {casework.StateAccepted: stays, casework.StateHandling: casework.StateAccepted},
		casework.ActSplitOut: {casework.StateRegistered: casework.StateSplitOut, casework.StateAccepted: casework.StateSplitOut,
			casework.StateHandling: casework.StateSplitOut},
		casework.ActRefuse:       {casework.StateRegistered: casework.StateRefused, casework.StateAccepted: casework.StateRefused},
		casework.ActRefuseRepeat: {casework.StateRegistered: casework.StateRefused, casework.StateAccepted: casework.StateRefused},
		casework.ActReopen: {casework.StateResolved: casework.StateAccepted, casework.StateRefused: casework.StateAccepted,
			casework.StateClosed: casework.StateAccepted, casework.StateSplitOut: casework.StateAccepted},
		casework.ActSuspend: {casework.StateAccepted: casework.StateSuspended, casework.StateAssigned: casework.StateSuspended,
			casework.StateHandling: casework.StateSuspended, casework.StateReviewing: casework.StateSuspended,
			casework.StateRechecking: casework.StateSuspended},
		casework.ActResume: {casework.StateSuspended: casework.StateHandling},
		casework.ActVoid: {casework.StateRegistered: casework.StateVoided, casework.StateAccepted: casework.StateVoided,
			casework.StateAssigned: casework.StateVoided, casework.StateObjected: casework.StateVoided,
			casework.StateHandling: casework.StateVoided, casework.StateAgreed: casework.StateVoided,
			casework.StateOpined: casework.StateVoided, casework.StateReviewing: casework.StateVoided,
			casework.StateReviewed: casework.StateVoided, casework.StateRechecking: casework.StateVoided,
			casework.StateResolved: casework.StateVoided, casework.StateRefused: casework.StateVoided,
			casework.StateSuspended: casework.StateVoided},
	}
	barred := map[casework.Action]map[casework.State]casework.Why{
		casework.ActReopen:     {casework.StateFinal: casework.WhyFinal},
		casework.ActAskReview:  {casework.StateFinal: casework.WhyFinal},
		casework.ActAskRecheck: {casework.StateFinal: casework.WhyFinal},
		casework.ActClose:      {casework.StateRefused: casework.WhyNoNotice},
	}
	table, _ := casework.TableOf(casework.Petition)
	acts := petitionActs()
	for _, s := range table.States {
		entries := petitionAt(t, s.State)
		n := len(entries)
		before := fold(entries...)
		for a, ev := range acts {
			to, fits := matrix[a][s.State]
			want := casework.WhyState
			if why := barred[a][s.State]; why != "" {
				want = why
			} else if fits {
				want = ""
			}
			if to == stays {
				to = s.State
			}
			if why := casework.Allowed(&before, alone, a, ix); why != want {
				t.Errorf("%s at %s: %q, want %q", a, s.State, why, want)
			}
			c := fold(append(slices.Clone(entries), by(mediator1, entry(n+1, []int{n}, ev)))...)
			switch l := c.Timeline[n]; {
			case want != "" && (l.Effect != casework.Contested || l.Why != want || c.State != s.State):
				t.Errorf("%s at %s: %s because %q, then %s", a, s.State, l.Effect, l.Why, c.State)
			case want == "" && (l.Effect != casework.Applied || c.State != to):
				t.Errorf("%s at %s: %s because %q, then %s, want %s", a, s.State, l.Effect, l.Why, c.State, to)
			}
			if c.Ended() {
				for _, k := range c.Clocks {
					if k.Stop.IsZero() {
						t.Errorf("%s at %s: %s runs in a petition that has ended", a, s.State, k.Limit)
					}
				}
			}
		}
	}
	for _, a := range table.Actions() {
		r, _ := table.AnyRule(a)
		if _, tested := matrix[a]; !tested && (r.Group == "" || r.Group == casework.GroupProceed) {
			t.Errorf("%s is not in the matrix", a)
		}
	}
}

// Ensure that who may take the steps of a petition is as the table says: a 信访局
// what it registered or holds, a department what it was handed, a grid worker
// none but what the petitioner says to her.
func TestPetition_Authority(t *testing.T) {
	for _, tt := range []struct {
		state  casework.State
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{casework.StateRegistered, petition1, casework.ActAccept, ""}, // it registered it
		{casework.StateRegistered, mediator1, casework.ActAccept, ""},
		{casework.StateRegistered, county1, casework.ActAccept, ""},
		{casework.StateRegistered, grid1, casework.ActAccept, casework.WhyRole},
		{casework.StateRegistered, bureau1, casework.ActAccept, casework.WhyNotYourUnit},
		{casework.StateRegistered, grid1, casework.ActVisit, ""},
		{casework.StateRegistered, grid1, casework.ActRefuse, casework.WhyRole},
		{casework.StateAccepted, petition1, casework.ActAssign, casework.WhyNotYourUnit}, // the town accepted and holds it
		{casework.StateAccepted, mediator1, casework.ActAssign, ""},
		{casework.StateAssigned, bureau1, casework.ActObject, ""},
		{casework.StateAssigned, mediator1, casework.ActObject, casework.WhyNotLead},
		{casework.StateObjected, bureau1, casework.ActAcceptObjection, casework.WhyNotYourUnit},
		{casework.StateObjected, mediator1, casework.ActAcceptObjection, ""},
		{casework.StateObjected, county1, casework.ActRejectObjection, ""}, // art. 24: the common superior
		{casework.StateHandling, bureau1, casework.ActOpinion, ""},
		{casework.StateHandling, mediator2, casework.ActOpinion, casework.WhyNotYourUnit},
		{casework.StateReviewing, county1, casework.ActReview, ""},
		{casework.StateReviewing, bureau1, casework.ActReview, casework.WhyNotYourUnit}, // nobody reviews her own opinion
		{casework.StateReviewing, mediator1, casework.ActReview, casework.WhyNotYourUnit},
		{casework.StateReviewing, bureau1, casework.ActVisit, ""}, // but she goes on seeing it
		{casework.StateReviewed, bureau1, casework.ActAskRecheck, ""},
		{casework.StateResolved, grid1, casework.ActRateOffice, ""},
	} {
		c := fold(petitionAt(t, tt.state)...)
		if why := casework.Allowed(&c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s %s at %s: %q, want %q", tt.who.User, tt.action, tt.state, why, tt.why)
		}
	}
	c := fold(by(petition1, entry(1, nil, petitioned(nil))), by(petition1, entry(2, []int{1}, &casework.Accepted{})))
	if c.Holder != petition1.Unit {
		t.Fatalf("it is held by %s", c.Holder)
	}
	for a, why := range map[casework.Action]casework.Why{casework.ActAssign: "", casework.ActOpinion: "", casework.ActEscalate: ""} {
		if got := casework.Allowed(&c, petition1, a, ix); got != why {
			t.Errorf("petition1 %s: %q", a, got)
		}
	}
}

// Ensure that each limit of a petition runs as long as its article says: days by
// the calendar, holidays or not, worked days for an objection alone.
func TestPetition_Clocks(t *testing.T) {
	acts := petitionActs()
	type step struct {
		on    string
		event casework.Event
	}
	accept, assign, sign := acts[casework.ActAccept], acts[casework.ActAssign], acts[casework.ActSignFor]
	opinion := func(day string) casework.Event {
		return &casework.Opined{Decision: "explain", Opinion: "意见", Laws: "条例", DeliveredOn: day}
	}
	ask := func(day string) casework.Event {
		return &casework.ReviewAsked{AskedOn: day, To: "441621", Reason: "不服"}
	}
	review := func(day string) casework.Event {
		return &casework.Reviewed{Decision: "uphold", Opinion: "维持", Laws: "条例", DeliveredOn: day}
	}
	askAgain := func(day string) casework.Event {
		return &casework.RecheckAsked{AskedOn: day, Organ: "市政府", Reason: "不服"}
	}
	for name, tt := range map[string]struct {
		steps []step // the registration is on the first one's day
		limit catalogue.LimitCode
		last  string // the last day in time
	}{
		"art. 22: 15 days to register and forward": {[]step{{"2026-11-02 09:00", nil}}, casework.LimitPetitionRegister, "2026-11-17"},
		"art. 22: the last day in the Spring Festival counts": {[]step{{"2026-02-05 17:00", nil}},
			casework.LimitPetitionRegister, "2026-02-20"},
		"art. 22: from before a leap day":            {[]step{{"2028-02-20 09:00", nil}}, casework.LimitPetitionRegister, "2028-03-06"},
		"art. 22: not accepting, forwarding ends it": {[]step{{"2026-11-02 09:00", nil}, {"2026-11-03 09:00", accept}}, casework.LimitPetitionRegister, "2026-11-17"},
		"art. 23: 15 days to tell, at a month's end": {[]step{{"2026-01-31 09:00", nil}}, casework.LimitPetitionNotice, "2026-02-15"},
		"art. 23: 15 days to tell from when it was handed over": {[]step{{"2026-11-02 09:00", nil}, {"2026-11-03 09:00", accept}, {"2026-11-10 09:00", assign}},
			casework.LimitPetitionNotice, "2026-11-25"},
		"art. 23: 5 worked days to object, over a weekend": {[]step{{"2026-11-02 09:00", nil}, {"2026-11-03 09:00", accept}, {"2026-11-05 09:00", assign}},
			casework.LimitPetitionObject, "2026-11-12"},
		"art. 23: 5 worked days to object, over National Day, the Saturday after it worked": {[]step{{"2026-09-20 09:00", nil}, {"2026-09-21 09:00", accept}, {"2026-09-29 09:00", assign}},
			casework.LimitPetitionObject, "2026-10-12"},
		"art. 34: 60 days from acceptance": {[]step{{"2026-11-02 09:00", nil}, {"2026-11-03 09:00", accept}}, casework.LimitPetitionHandle, "2027-01-02"},
		"art. 34: 60 days from when the unit took it, over a leap day": {[]step{{"2028-01-02 09:00", nil}, {"2028-01-03 09:00", accept},
			{"2028-01-04 09:00", assign}, {"2028-01-05 09:00", sign}}, casework.LimitPetitionHandle, "2028-03-05"},
		"art. 35: 30 days to ask, from delivery and not from when it was recorded": {[]step{{"2026-08-02 09:00", nil}, {"2026-08-03 09:00", accept},
			{"2026-09-10 09:00", opinion("2026-08-31")}}, casework.LimitPetitionAskReview, "2026-09-30"},
		"art. 35: 30 days to ask, delivered on the day": {[]step{{"2026-08-02 09:00", nil}, {"2026-08-03 09:00", accept},
			{"2026-09-10 09:00", opinion("2026-09-10")}}, casework.LimitPetitionAskReview, "2026-10-10"},
		"art. 35: 30 days to review, from January into a short February": {[]step{{"2025-12-01 09:00", nil}, {"2025-12-02 09:00", accept},
			{"2026-01-05 09:00", opinion("2026-01-05")}, {"2026-01-31 16:00", ask("2026-01-30")}}, casework.LimitPetitionReview, "2026-03-01"},
		"art. 36: 30 days to ask, the last of them in National Day": {[]step{{"2026-07-01 09:00", nil}, {"2026-07-02 09:00", accept},
			{"2026-08-01 09:00", opinion("2026-08-01")}, {"2026-08-10 09:00", ask("2026-08-10")}, {"2026-09-03 09:00", review("2026-09-03")}},
			casework.LimitPetitionAskRecheck, "2026-10-03"},
		"art. 36: 30 days to recheck": {[]step{{"2026-07-01 09:00", nil}, {"2026-07-02 09:00", accept}, {"2026-08-01 09:00", opinion("2026-08-01")},
			{"2026-08-10 09:00", ask("2026-08-10")}, {"2026-09-03 09:00", review("2026-09-03")}, {"2026-09-20 09:00", askAgain("2026-09-18")}},
			casework.LimitPetitionRecheck, "2026-10-18"},
		"art. 36: the days of the hearing do not count": {[]step{{"2026-07-01 09:00", nil}, {"2026-07-02 09:00", accept}, {"2026-08-01 09:00", opinion("2026-08-01")},
			{"2026-08-10 09:00", ask("2026-08-10")}, {"2026-09-03 09:00", review("2026-09-03")}, {"2026-09-20 09:00", askAgain("2026-09-18")},
			{"2026-09-22 09:00", &casework.Suspended{Reason: "听证"}}, {"2026-09-29 09:00", resume}},
			casework.LimitPetitionRecheck, "2026-10-25"},
	} {
		var entries []casework.Entry
		for i, s := range tt.steps {
			if s.event == nil {
				s.event = petitioned(nil)
			}
			entries = append(entries, done(t, s.on, entry(i+1, []int{i}, s.event)))
		}
		c := fold(entries...)
		if len(c.Contested) > 0 {
			t.Fatalf("%s: contested %+v", name, c.Timeline)
		}
		running := slices.DeleteFunc(casework.Limits(&c, ix, entries[len(entries)-1].Wall), func(r casework.Running) bool {
			return r.Limit != tt.limit || r.Stopped
		})
		if len(running) != 1 {
			t.Fatalf("%s: it runs %d times", name, len(running))
		}
		if last := ix.Calendar().LastDay(running[0].Due).Format("2006-01-02"); last != tt.last {
			t.Errorf("%s: until %s, want %s", name, last, tt.last)
		}
	}
}

// Ensure that what ends each limit ends it, and that the 60 days of art. 34 can be
// made longer by at most 30.
func TestPetition_ClocksStop(t *testing.T) {
	acts := petitionActs()
	for _, tt := range []struct {
		limit catalogue.LimitCode
		state casework.State // in which it runs
		by    []casework.Action
	}{
		{casework.LimitPetitionRegister, casework.StateRegistered, []casework.Action{casework.ActRefuse, casework.ActRefuseRepeat, casework.ActSplitOut, casework.ActVoid}},
		{casework.LimitPetitionRegister, casework.StateAccepted, []casework.Action{casework.ActAssign, casework.ActInquire, casework.ActMediate, casework.ActOpinion, casework.ActAgree}},
		{casework.LimitPetitionNotice, casework.StateRegistered, []casework.Action{casework.ActTellPetitioner}},
		{casework.LimitPetitionNotice, casework.StateAssigned, []casework.Action{casework.ActTellPetitioner}},
		{casework.LimitPetitionNotice, casework.StateRefused, []casework.Action{casework.ActTellPetitioner}},
		{casework.LimitPetitionObject, casework.StateAssigned, []casework.Action{casework.ActObject, casework.ActSignFor}},
		{casework.LimitPetitionHandle, casework.StateHandling, []casework.Action{casework.ActOpinion, casework.ActAgree, casework.ActSplitOut, casework.ActAssign}},
		{casework.LimitPetitionAskReview, casework.StateOpined, []casework.Action{casework.ActAskReview, casework.ActConclude}},
		{casework.LimitPetitionReview, casework.StateReviewing, []casework.Action{casework.ActReview}},
		{casework.LimitPetitionAskRecheck, casework.StateReviewed, []casework.Action{casework.ActAskRecheck, casework.ActConclude}},
		{casework.LimitPetitionRecheck, casework.StateRechecking, []casework.Action{casework.ActRecheck}},
	} {
		entries := petitionAt(t, tt.state)
		n := len(entries)
		if c := fold(entries...); !runs(c, tt.limit) {
			t.Errorf("%s does not run at %s", tt.limit, tt.state)
		}
		for _, a := range tt.by {
			if c := fold(append(slices.Clone(entries), by(mediator1, entry(n+1, []int{n}, acts[a])))...); runs(c, tt.limit) || len(c.Contested) > 0 {
				t.Errorf("%s runs on after %s", tt.limit, a)
			}
		}
	}
	limit, ok := ix.LimitAt(casework.LimitPetitionHandle, "", 1)
	if want := (catalogue.Span{N: 30, Unit: catalogue.Days}); !ok || limit.Extension != want {
		t.Errorf("extension %+v", limit.Extension)
	}
}

func runs(c casework.Case, l catalogue.LimitCode) bool {
	return slices.ContainsFunc(c.Clocks, func(k casework.Clock) bool { return k.Limit == l && k.Stop.IsZero() })
}

// Ensure that an objection is decided by who handed the petition over, that one who
// was told to take it does not object again, and that another may (art. 23, 24).
func TestPetition_Objection(t *testing.T) {
	acts := petitionActs()
	entries := append(petitionAt(t, casework.StateObjected), by(mediator1, entry(5, []int{4}, acts[casework.ActRejectObjection])))
	c := fold(entries...)
	if c.State != casework.StateAssigned || c.Lead != bureau1.Unit {
		t.Fatalf("rejected: %s, lead %s", c.State, c.Lead)
	}
	if why := casework.Allowed(&c, bureau1, casework.ActObject, ix); why != casework.WhyOverruled {
		t.Errorf("objecting again: %q", why)
	}
	entries = append(entries, by(bureau1, entry(6, []int{5}, acts[casework.ActSignFor])),
		by(mediator1, entry(7, []int{6}, &casework.Assigned{Lead: "441621-rsj"})))
	c = fold(entries...)
	if why := casework.Allowed(&c, casework.Person{User: "bureau3", Unit: "441621-rsj"}, casework.ActObject, ix); why != "" {
		t.Errorf("another unit objects: %q", why)
	}
	c = fold(append(petitionAt(t, casework.StateObjected), by(mediator1, entry(5, []int{4}, acts[casework.ActAcceptObjection])))...)
	if c.State != casework.StateAccepted || c.Lead != "" || len(c.Co) != 0 || c.Holder != mediator1.Unit {
		t.Errorf("agreed to: %s, lead %q, co %v, holder %s", c.State, c.Lead, c.Co, c.Holder)
	}
}

// Ensure that a review goes to the unit above and, where the opinion is set aside,
// the petition back to who gave it, and that the recheck ends it (art. 35, 36).
func TestPetition_Review(t *testing.T) {
	opined := petitionAt(t, casework.StateOpined)
	c := fold(opined...)
	asked := func(to catalogue.UnitID) casework.Entry {
		return by(bureau1, entry(6, []int{5}, &casework.ReviewAsked{AskedOn: "2026-10-12", To: to, Reason: "不服"}))
	}
	for to, want := range map[catalogue.UnitID]casework.Why{"441621": "", "441621109": casework.WhyNotOneAbove, "441621-rsj": casework.WhyNotOneAbove, "": ""} {
		e := asked(to)
		if why := casework.Judge(&c, &e, ix); why != want {
			t.Errorf("asking %q: %q, want %q", to, why, want)
		}
	}
	reviewing := append(slices.Clone(opined), asked("441621"))
	c = fold(reviewing...)
	if c.Holder != "441621" || c.Lead != "" || !slices.Equal(c.Joined, []catalogue.UnitID{"441621102", "441621-zjj", "441621-scjgj"}) {
		t.Fatalf("under review: holder %s, lead %q, joined %v", c.Holder, c.Lead, c.Joined)
	}
	redo := &casework.Reviewed{Decision: "redo", Opinion: "事实不清", Laws: "条例", DeliveredOn: "2026-10-12"}
	c = fold(append(slices.Clone(reviewing), by(county1, entry(7, []int{6}, redo)))...)
	if c.State != casework.StateHandling || c.Holder != "441621102" || c.Lead != "441621-zjj" || !runs(c, casework.LimitPetitionHandle) || runs(c, casework.LimitPetitionAskRecheck) {
		t.Errorf("to be handled anew: %s, holder %s, lead %s", c.State, c.Holder, c.Lead)
	}
	outside := fold(append(slices.Clone(opined), by(mediator1, entry(6, []int{5}, &casework.ReviewAsked{AskedOn: "2026-10-12", Organ: "市政府", Reason: "不服"})))...)
	if outside.Holder != "441621102" || outside.Lead != "441621-zjj" {
		t.Errorf("asked outside: holder %s, lead %s", outside.Holder, outside.Lead)
	}
	if f := (&casework.ReviewAsked{AskedOn: "2026-10-12", Reason: "不服"}).Check(ix); len(f) != 1 || f[0].Problem != casework.ProblemReviewer {
		t.Errorf("nobody asked: %v", f)
	}
	if f := (&casework.RecheckAsked{AskedOn: "2026-10-12", To: "441621", Organ: "市政府", Reason: "不服"}).Check(ix); len(f) != 1 || f[0].Problem != casework.ProblemReviewer {
		t.Errorf("two asked: %v", f)
	}
	final := petitionAt(t, casework.StateFinal)
	n := len(final)
	c = fold(append(final, by(mediator1, entry(n+1, []int{1}, &casework.Reopened{Reason: "又来了"})),
		by(county1, entry(n+2, []int{n + 1}, &casework.Settled{Entry: uid(n + 1), Choice: "take"})))...)
	if c.State != casework.StateFinal || c.Open() != 2 {
		t.Errorf("reopened by a decision: %s, open %d", c.State, c.Open())
	}
	if c.Reply == "" {
		t.Error("nothing is recorded as told")
	}
}

// Ensure that a review is asked for within 30 days of delivery, and that only their
// end closes a petition whose author said nothing (art. 35, 36).
func TestPetition_Terms(t *testing.T) {
	opined := fold(petitionAt(t, casework.StateOpined)...) // delivered on 2026-10-12
	reviewed := fold(petitionAt(t, casework.StateReviewed)...)
	conclude := func(ground, on string) casework.Event { return &casework.Concluded{Ground: ground, ConcludedOn: on} }
	for name, tt := range map[string]struct {
		c     casework.Case
		event casework.Event
		why   casework.Why
	}{
		"art. 35: asked on the 30th day":    {opined, &casework.ReviewAsked{AskedOn: "2026-11-11", To: "441621", Reason: "不服"}, ""},
		"art. 35: asked on the 31st":        {opined, &casework.ReviewAsked{AskedOn: "2026-11-12", To: "441621", Reason: "不服"}, casework.WhyTermOver},
		"art. 36: asked on the 30th day":    {reviewed, &casework.RecheckAsked{AskedOn: "2026-11-11", Organ: "市政府", Reason: "不服"}, ""},
		"art. 36: asked on the 31st":        {reviewed, &casework.RecheckAsked{AskedOn: "2026-11-12", Organ: "市政府", Reason: "不服"}, casework.WhyTermOver},
		"art. 35: no request, the 30th":     {opined, conclude("no_request", "2026-11-11"), casework.WhyTermRuns},
		"art. 35: no request, the 31st":     {opined, conclude("no_request", "2026-11-12"), ""},
		"art. 36: no request, the 31st":     {reviewed, conclude("no_request", "2026-11-12"), ""},
		"satisfied at once":                 {opined, conclude("satisfied", "2026-10-12"), ""},
		"art. 33: an oral agreement":        {fold(petitionAt(t, casework.StateHandling)...), &casework.Agreed{Form: "oral", Agreement: "退款"}, casework.WhyNotWritten},
		"art. 33: a written agreement":      {fold(petitionAt(t, casework.StateHandling)...), &casework.Agreed{Form: "written", Agreement: "退款"}, ""},
		"a dispute may be agreed on orally": {caseAt(casework.StateHandling), &casework.Agreed{Form: "oral", Agreement: "退款"}, ""},
	} {
		if why := casework.Fits(&tt.c, tt.event, "", ix); why != tt.why {
			t.Errorf("%s: %q, want %q", name, why, tt.why)
		}
	}
	entries := append(petitionAt(t, casework.StateOpined),
		done(t, "2026-11-12 10:00", by(mediator1, entry(6, []int{5}, conclude("no_request", "2026-11-12")))))
	if c := fold(entries...); c.State != casework.StateClosed || c.Reply != "应当退还" || runs(c, casework.LimitRate) {
		t.Errorf("no request: %s, reply %q", c.State, c.Reply)
	}
}

// Ensure that a refusal is closed only once the petitioner was told in writing
// (art. 23), and that its clock runs until then.
func TestPetition_RefusedTold(t *testing.T) {
	acts := petitionActs()
	for _, a := range []casework.Action{casework.ActRefuse, casework.ActRefuseRepeat} {
		entries := []casework.Entry{by(petition1, entry(1, nil, petitioned(nil))), by(petition1, entry(2, []int{1}, acts[a]))}
		c := fold(entries...)
		if why := casework.Allowed(&c, petition1, casework.ActClose, ix); why != casework.WhyNoNotice || !runs(c, casework.LimitPetitionNotice) {
			t.Errorf("%s: closing: %q", a, why)
		}
		c = fold(append(entries, by(petition1, entry(3, []int{2}, acts[casework.ActTellPetitioner])))...)
		if why := casework.Allowed(&c, petition1, casework.ActClose, ix); why != "" || runs(c, casework.LimitPetitionNotice) {
			t.Errorf("%s, told: closing: %q", a, why)
		}
		c = fold(append(entries, by(petition1, entry(3, []int{2}, acts[casework.ActTellPetitioner])), by(petition1, entry(4, []int{3}, &casework.Reopened{Reason: "又提出"})),
			by(petition1, entry(5, []int{4}, acts[a])))...)
		if why := casework.Allowed(&c, petition1, casework.ActClose, ix); why != casework.WhyNoNotice || c.State != casework.StateRefused {
			t.Errorf("%s once more, after the first was told: closing in %s: %q", a, c.State, why)
		}
	}
}

// Ensure that 批次 and 人次 are counted apart, and that a crowd sends at most five
// (art. 20).
func TestPetition_Batches(t *testing.T) {
	visit := func(form string, people, speak int) *casework.Visited {
		return &casework.Visited{HappenedOn: "2026-10-12", PetitionForm: form, People: people, Representatives: speak}
	}
	c := fold(entry(1, nil, petitioned(casework.Fields{casework.FieldPeople: "3"})), entry(2, []int{1}, visit("visit", 12, 5)),
		entry(3, []int{2}, visit("letter", 1, 0)))
	if batches, persons := c.Batches(); batches != 3 || persons != 16 {
		t.Errorf("%d times, %d persons", batches, persons)
	}
	if batches, persons := fold2(petitioned(nil)).Batches(); batches != 1 || persons != 1 {
		t.Errorf("nothing said: %d times, %d persons", batches, persons)
	}
	for _, tt := range []struct {
		form          string
		people, speak int
		fault         bool
	}{
		{"visit", 5, 0, false}, {"visit", 6, 0, true}, {"visit", 6, 5, false}, {"visit", 60, 6, true}, {"letter", 60, 0, false}, {"letter", 60, 6, true},
	} {
		want := []casework.Fault{{Field: "representatives", Problem: casework.ProblemRepresentatives, Limit: 5}}
		if !tt.fault {
			want = nil
		}
		if got := visit(tt.form, tt.people, tt.speak).Check(ix); !slices.Equal(got, want) {
			t.Errorf("again, %+v: %v", tt, got)
		}
		fields := casework.Fields{casework.FieldPetitionForm: tt.form, casework.FieldPeople: fmt.Sprint(tt.people)}
		if tt.speak > 0 {
			fields[casework.FieldRepresentatives] = fmt.Sprint(tt.speak)
		}
		if got := petitioned(fields).Check(ix); !slices.Equal(got, want) {
			t.Errorf("first, %+v: %v", tt, got)
		}
	}
	if got := amend(casework.FieldRepresentatives, "6").Check(ix); len(got) != 1 {
		t.Errorf("amended to six: %v", got)
	}
}

func fold2(ev casework.Event) *casework.Case { c := fold(entry(1, nil, ev)); return &c }

// Ensure that what accuses somebody is confidential and names the unit, from the
// registration on and as long as it accuses (art. 30).
func TestPetition_Accusation(t *testing.T) {
	village := []catalogue.UnitID{"441621102901"}
	for name, tt := range map[string]struct {
		fields       casework.Fields
		confidential bool
		about        []catalogue.UnitID
		faults       []string
	}{
		"a claim":                   {nil, false, nil, nil},
		"flagged, open":             {casework.Fields{casework.FieldAccusation: "yes"}, false, village, []string{"confidential"}},
		"flagged, about nobody":     {casework.Fields{casework.FieldAccusation: "yes"}, true, nil, []string{"about_units"}},
		"flagged, neither":          {casework.Fields{casework.FieldAccusation: "yes"}, false, nil, []string{"confidential", "about_units"}},
		"by its kind":               {casework.Fields{casework.FieldDemand: "accusation"}, false, nil, []string{"confidential", "about_units"}},
		"about officials' conduct":  {casework.Fields{casework.FieldCategory: "1502"}, false, nil, []string{"confidential", "about_units"}},
		"about personnel":           {casework.Fields{casework.FieldCategory: "1501"}, true, village, nil},
		"about a unit, and open":    {nil, false, village, []string{"confidential"}},
		"as it should be":           {casework.Fields{casework.FieldAccusation: "yes"}, true, village, nil},
		"a claim kept confidential": {nil, true, nil, []string{}},
	} {
		r := petitioned(tt.fields)
		r.Confidential, r.About = tt.confidential, tt.about
		r.Holder = casework.FirstHolder("441621102", r.Confidential, r.About, ix)
		var got []string
		for _, f := range r.Check(ix) {
			if f.Problem != casework.ProblemAccusation {
				t.Errorf("%s: %+v", name, f)
			}
			got = append(got, f.Field)
		}
		if !slices.Equal(got, tt.faults) {
			t.Errorf("%s: %v, want %v", name, got, tt.faults)
		}
		e := by(petition1, entry(1, nil, r))
		accuses := len(tt.fields) > 0
		if why := casework.Judge(&casework.Case{}, &e, ix); (why == casework.WhyAccusation) != (accuses && len(tt.faults) > 0) {
			t.Errorf("%s: judged %q", name, why)
		}
	}
	open := fold(entry(1, nil, petitioned(nil)))
	if why := casework.Fits(&open, amend(casework.FieldAccusation, "yes"), "", ix); why != casework.WhyAccusation {
		t.Errorf("an open one becomes an accusation: %q", why)
	}
	r := petitioned(casework.Fields{casework.FieldAccusation: "yes"})
	r.Confidential, r.About, r.Holder = true, village, "441621"
	c := fold(by(petition1, entry(1, nil, r)))
	if got := casework.Recipients(&c, ix); !slices.Equal(got, []catalogue.UnitID{"441621", "441621-xfj"}) {
		t.Errorf("it goes to %v", got)
	}
	for name, ev := range map[string]casework.Event{
		"lifted": &casework.Confided{Confidential: "no", Reason: "x"}, "no longer named": &casework.Confided{Confidential: "yes", Reason: "x"},
	} {
		if why := casework.Fits(&c, ev, "", ix); why != casework.WhyAccusation {
			t.Errorf("%s: %q", name, why)
		}
	}
	for name, ev := range map[string]casework.Event{
		"handed to the accused": &casework.Assigned{Lead: village[0]}, "reviewed by the accused": &casework.ReviewAsked{To: village[0]},
	} {
		at := []casework.Entry{by(petition1, entry(1, nil, r)), by(county1, entry(2, []int{1}, &casework.Accepted{}))}
		if _, asks := ev.(*casework.ReviewAsked); asks {
			at = append(at, by(county1, entry(3, []int{2}, &casework.Opined{DeliveredOn: "2026-10-12"})))
		}
		n := len(at)
		c := fold(append(at, by(county1, entry(n+1, []int{n}, ev)))...)
		if l := c.Timeline[n]; l.Why != casework.WhyConfidential {
			t.Errorf("%s: %s %q", name, l.Effect, l.Why)
		}
	}
}

// Ensure that a petition does not stay with a lead that it becomes confidential
// about, and that its clocks are those of one that was given back.
func TestPetition_TakenFromLead(t *testing.T) {
	entries := petitionAt(t, casework.StateHandling)
	c := fold(append(entries, by(county1, entry(5, []int{4}, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{bureau1.Unit}, Reason: "涉及该局"})))...)
	if c.State != casework.StateAccepted || c.Lead != "" || !runs(c, casework.LimitPetitionRegister) || runs(c, casework.LimitRoute) || runs(c, casework.LimitPetitionObject) {
		t.Errorf("%s, lead %q, %+v", c.State, c.Lead, c.Clocks)
	}
}

// Ensure that no history of a petition, in whatever order, stops the fold, and that
// it comes to the same entry by entry.
func TestPetition_Total(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	acts := petitionActs()
	names := slices.Sorted(maps.Keys(acts))
	persons := []casework.Person{mediator1, county1, bureau1, petition1}
	for round := range 300 {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		entries := []casework.Entry{by(petition1, entry(1, nil, petitioned(nil)))}
		for n := 2; n < 25; n++ {
			ev := acts[names[r.IntN(len(names))]]
			if r.IntN(6) == 0 {
				ev = &casework.Settled{Entry: uid(1 + r.IntN(n)), Choice: "take"}
			}
			entries = append(entries, by(persons[r.IntN(len(persons))], entry(n, []int{1 + r.IntN(n-1)}, ev)))
		}
		c := fold(entries...)
		again := casework.Case{ID: theCase}
		for i := range entries {
			again.Apply(&entries[i], func(u casework.EntryID) *casework.Entry {
				j := slices.IndexFunc(entries, func(e casework.Entry) bool { return e.UID == u })
				if j < 0 {
					return nil
				}
				return &entries[j]
			})
		}
		if casework.Digest(&c) != casework.Digest(&again) {
			t.Fatalf("seed %d round %d: two folds differ", seed, round)
		}
		for _, k := range c.Clocks {
			if !k.Stop.IsZero() && k.Stop.Before(k.Start) {
				t.Fatalf("seed %d round %d: %+v", seed, round, k)
			}
		}
	}
}

// 信访工作条例 art. 19, 20: what is under way already is not accepted again, unless the
// link that says so was wrong.
func TestPetition_UnderWayArt19(t *testing.T) {
	link := func(relation string) *casework.Linked {
		return &casework.Linked{Case: otherCase, Relation: relation, Basis: "recurs"}
	}
	at := func(ev casework.Event, more ...casework.Event) casework.Case {
		entries := []casework.Entry{by(petition1, entry(1, nil, petitioned(nil))), by(petition1, entry(2, []int{1}, ev))}
		for _, m := range more {
			entries = append(entries, by(petition1, entry(len(entries)+1, []int{len(entries)}, m)))
		}
		return fold(entries...)
	}
	for name, tt := range map[string]struct {
		c   casework.Case
		why casework.Why
	}{
		"under way":    {at(link("under_way")), casework.WhyUnderWay},
		"only related": {at(link("related")), ""},
		"unlinked":     {at(link("under_way"), &casework.Unlinked{Act: uid(2)}), ""},
	} {
		if why := casework.Allowed(&tt.c, petition1, casework.ActAccept, ix); why != tt.why {
			t.Errorf("%s: accepting: %q, want %q", name, why, tt.why)
		}
		if why := casework.Allowed(&tt.c, petition1, casework.ActRefuseRepeat, ix); why != "" {
			t.Errorf("%s: refusing: %q", name, why)
		}
	}
	if c := at(link("under_way"), &casework.Accepted{}); c.State != casework.StateRegistered || c.Open() != 1 {
		t.Errorf("accepted unseen: %s, open %d", c.State, c.Open())
	}
}

// 信访工作条例 art. 28, 31: what is for the courts or another procedure of law is
// neither accepted, handed on nor answered: it is split out.
func TestPetition_LitigationArt31(t *testing.T) {
	yes, no := amend(casework.FieldLitigation, "yes"), amend(casework.FieldLitigation, "no")
	for state, actions := range map[casework.State][]casework.Action{
		casework.StateRegistered: {casework.ActAccept},
		casework.StateAccepted:   {casework.ActAssign, casework.ActOpinion},
		casework.StateHandling:   {casework.ActAssign, casework.ActOpinion},
	} {
		entries := petitionAt(t, state)
		n := len(entries)
		entries = append(entries, by(mediator1, entry(n+1, []int{n}, yes)))
		litigious := fold(entries...)
		plain := fold(append(entries, by(mediator1, entry(n+2, []int{n + 1}, no)))...)
		for _, a := range actions {
			if why := casework.Allowed(&litigious, alone, a, ix); why != casework.WhyLitigation {
				t.Errorf("%s of one for the courts in %s: %q", a, state, why)
			}
			if why := casework.Allowed(&plain, alone, a, ix); why != "" {
				t.Errorf("%s of one that is not in %s: %q", a, state, why)
			}
		}
		if why := casework.Allowed(&litigious, alone, casework.ActSplitOut, ix); why != "" {
			t.Errorf("splitting it out in %s: %q", state, why)
		}
	}
}
