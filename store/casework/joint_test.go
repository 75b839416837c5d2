package casework_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

var (
	sfs1   = casework.Person{User: "sfs1", Unit: "441621102-sfs"}
	court1 = casework.Person{User: "court1", Unit: "441621102-ft"}
)

// steps writes a case by one entry after another, each of who saw all before.
type steps struct {
	t       *testing.T
	entries []casework.Entry
}

// at begins with a case that came to a state: in 龙窝镇, once assigned led by the
// county's housing bureau with the town's 司法所 as co-handler.
func at(t *testing.T, state casework.State) *steps {
	return &steps{t: t, entries: caseEntries(state)}
}

// add writes an event and returns its entry's uid.
func (s *steps) add(p casework.Person, ev casework.Event) casework.EntryID {
	n := len(s.entries) + 1
	e := entry(n, []int{n - 1}, ev)
	s.entries = append(s.entries, by(p, e))
	return e.UID
}

func (s *steps) fold() casework.Case { return fold(s.entries...) }

// last is what became of the last entry.
func (s *steps) last() casework.Why {
	c := s.fold()
	return c.Timeline[len(c.Timeline)-1].Why
}

func running(c *casework.Case, l catalogue.LimitCode) (n int) {
	for _, k := range c.Clocks {
		if k.Limit == l && k.Stop.IsZero() {
			n++
		}
	}
	return n
}

// Ensure that an appointment stands until it is called off, in which state the case
// may be, and that only one that was made can be called off.
func TestAppointed(t *testing.T) {
	s := at(t, casework.StateHandling)
	first := s.add(bureau1, &casework.Appointed{When: "2026-11-30 14:30", Place: "村委会", With: "双方", Purpose: "调解", Notice: true})
	second := s.add(sfs1, &casework.Appointed{When: "2026-12-01T09:00:00+08:00", Place: "现场"})
	c := s.fold()
	got := c.Appointments()
	if len(got) != 2 || got[0].By != first || got[0].Place != "村委会" || !got[0].Notice || got[0].Purpose != "调解" {
		t.Fatalf("appointments: %+v", got)
	}
	for i, want := range []string{"2026-11-30 14:30", "2026-12-01 09:00"} {
		if when, ok := got[i].At(ix.Calendar()); !ok || !when.Equal(local(t, want)) {
			t.Errorf("appointment %d is at %s, want %s", i, when, want)
		}
	}
	s.add(bureau1, &casework.CalledOff{Act: first, Reason: "当事人外出"})
	if c = s.fold(); len(c.Appointments()) != 1 || c.Appointments()[0].By != second {
		t.Errorf("after calling one off: %+v", c.Appointments())
	}
	s.add(bureau1, &casework.CalledOff{Act: uid(99), Reason: "没有这一次"})
	if why := s.last(); why != casework.WhyNoAppointment {
		t.Errorf("calling off what nobody made: %q", why)
	}
	c = caseAt(casework.StateHandling)
	if why := casework.Allowed(&c, bureau1, casework.ActCallOff, ix); why != casework.WhyNoAppointment {
		t.Errorf("calling off is offered without an appointment: %q", why)
	}
	if why := casework.Allowed(&c, mediator2, casework.ActAppoint, ix); why != casework.WhyNotYourUnit {
		t.Errorf("another town makes an appointment: %q", why)
	}
}

// Ensure that two people may call the same appointment off without knowing of each
// other.
func TestCalledOff_Twice(t *testing.T) {
	s := at(t, casework.StateHandling)
	made := s.add(bureau1, &casework.Appointed{When: "2026-11-30 14:30", Place: "村委会"})
	n := len(s.entries)
	off := &casework.CalledOff{Act: made, Reason: "改期"}
	c := fold(append(s.entries, by(bureau1, entry(n+1, []int{n}, off)), by(sfs1, entry(n+2, []int{n}, off)))...)
	if len(c.Contested) != 0 || len(c.Appointments()) != 0 {
		t.Errorf("contested %v, appointments %v", c.Contested, c.Appointments())
	}
}

// Ensure that people are invited only with the parties' consent (人民调解法 art. 20).
func TestInvited_ConsentArt20(t *testing.T) {
	for _, tt := range []struct {
		ev    *casework.Invited
		fault string
		why   casework.Why
	}{
		{&casework.Invited{People: []string{"r1", "r2"}, Consent: true}, "", ""},
		{&casework.Invited{People: []string{"r1"}}, "consent", casework.WhyNoConsent},
		{&casework.Invited{Consent: true}, "people", ""},
		{&casework.Invited{People: []string{"nobody"}, Consent: true}, "people", ""},
	} {
		got := ""
		if faults := tt.ev.Check(ix); len(faults) > 0 {
			got = faults[0].Field
		}
		s := at(t, casework.StateHandling)
		s.add(bureau1, tt.ev)
		if got != tt.fault || s.last() != tt.why {
			t.Errorf("%+v: fault %q, contested %q", tt.ev, got, s.last())
		}
	}
}

// Ensure that each co-handler answers its own task, within the task's own day, and
// that it has the turn as long as it owes a reply; and that a case is not closed
// before.
func TestTasked(t *testing.T) {
	s := at(t, casework.StateHandling)
	first := s.add(bureau1, &casework.Tasked{Unit: sfs1.Unit, What: "核对调解协议", Due: "2026-10-20"})
	second := s.add(bureau1, &casework.Tasked{Unit: court1.Unit, What: "释明法律", Due: "2026-10-15"})
	c := s.fold()
	if !slices.Contains(c.Co, court1.Unit) || running(&c, casework.LimitTask) != 2 || len(c.Asked(casework.ActTask)) != 2 {
		t.Fatalf("co-handlers %v, %d limits, asked %v", c.Co, running(&c, casework.LimitTask), c.Asked(casework.ActTask))
	}
	due := map[catalogue.LimitCode][]string{}
	for _, r := range casework.Limits(&c, ix, start) {
		due[r.Limit] = append(due[r.Limit], ix.Calendar().LastDay(r.Due).Format(time.DateOnly))
	}
	if !slices.Equal(due[casework.LimitTask], []string{"2026-10-20", "2026-10-15"}) {
		t.Errorf("tasks are due on %v", due[casework.LimitTask])
	}
	if !casework.Todo(&c, court1, ix) || !slices.Contains(casework.Turn(&c), court1.Unit) {
		t.Error("who got a task does not have the turn")
	}
	s.add(sfs1, &casework.TaskReplied{Act: second, Text: "替别人答", Done: "yes"})
	if why := s.last(); why != casework.WhyNotAsked {
		t.Errorf("another unit's task is answered: %q", why)
	}
	s.add(court1, &casework.TaskReplied{Act: second, Text: "已释明", Done: "yes"})
	if c = s.fold(); running(&c, casework.LimitTask) != 1 || casework.Todo(&c, court1, ix) {
		t.Errorf("after a reply %d tasks run; still to do: %v", running(&c, casework.LimitTask), casework.Todo(&c, court1, ix))
	}
	s.add(bureau1, &casework.Agreed{Form: "oral", Agreement: "各让一步"})
	s.add(bureau1, &casework.Performed{Extent: "full"})
	c = s.fold()
	if why := casework.Allowed(&c, mediator1, casework.ActClose, ix); why != casework.WhyOpenTask {
		t.Errorf("closing with an open task: %q", why)
	}
	s.add(mediator1, &casework.TaskReplied{Act: first, Text: "司法所电话答复：无误", Done: "yes"})
	if why := s.last(); why != "" {
		t.Errorf("the holder writes down a unit's reply: %q", why)
	}
	s.add(mediator1, &casework.Closed{Outcome: "化解", Reply: "已告知"})
	if c = s.fold(); c.State != casework.StateClosed {
		t.Errorf("the case stands at %s", c.State)
	}
}

// Ensure that a task ends with the part that a unit has in the case, and with the
// case.
func TestTasked_Ends(t *testing.T) {
	for name, end := range map[string]func(*steps){
		"returned": func(s *steps) { s.add(bureau1, &casework.Returned{Reason: "不属本局"}) },
		"voided":   func(s *steps) { s.add(mediator1, &casework.Voided{Reason: "登记有误"}) },
		"to others": func(s *steps) {
			s.add(bureau1, &casework.CompetenceDisputed{With: "441621-rsj", Reason: "不属本局", To: "441621"})
		},
	} {
		s := at(t, casework.StateHandling)
		s.add(bureau1, &casework.Tasked{Unit: sfs1.Unit, What: "核对", Due: "2026-10-20"})
		end(s)
		if c := s.fold(); running(&c, casework.LimitTask) != 0 || s.last() != "" {
			t.Errorf("%s: a task still runs, or %q", name, s.last())
		}
	}
}

// Ensure that what was asked on a case that is refused then waits for nobody, and so
// does not keep it from being closed; and that duties of its signs end with it.
func TestTasked_Refused(t *testing.T) {
	s := at(t, casework.StateAccepted)
	s.add(mediator1, &casework.Tasked{Unit: sfs1.Unit, What: "核对", Due: "2026-10-20"})
	s.add(mediator1, &casework.CalledOut{Unit: "441621-rsj", Note: "请派员到场"})
	s.add(mediator1, (&casework.RiskSeen{Sign: "weapon"}).WithDuties(ix))
	s.add(mediator1, &casework.Refused{Reason: "当事人撤回"})
	c := s.fold()
	for _, k := range c.Clocks {
		if k.Stop.IsZero() {
			t.Errorf("%s runs on a case that was refused", k.Limit)
		}
	}
	if why := casework.Allowed(&c, mediator1, casework.ActClose, ix); why != "" {
		t.Errorf("it cannot be closed: %q", why)
	}
}

// Ensure that a unit that is called out sees the case, owes an answer and gives it
// itself.
func TestCalledOut(t *testing.T) {
	s := at(t, casework.StateAccepted)
	call := s.add(mediator1, &casework.CalledOut{Unit: "441621-rsj", Note: "请派员到场"})
	bureau3 := casework.Person{User: "bureau3", Unit: "441621-rsj"}
	c := s.fold()
	if !slices.Contains(casework.Recipients(&c, ix), bureau3.Unit) || !casework.Todo(&c, bureau3, ix) || running(&c, casework.LimitCallOut) != 1 {
		t.Errorf("who was called does not know of it: %v", casework.Recipients(&c, ix))
	}
	if casework.Todo(&c, sfs1, ix) {
		t.Error("who was not called has something to do")
	}
	if why := casework.Allowed(&c, sfs1, casework.ActAnswerCall, ix); why != casework.WhyNotYourUnit {
		t.Errorf("who has no part in it may answer: %q", why)
	}
	other := *s
	other.add(sfs1, &casework.CallAnswered{Act: call, Text: "代答"})
	if why := other.last(); why != casework.WhyNotAsked {
		t.Errorf("somebody else answers: %q", why)
	}
	noted := *s
	noted.add(mediator1, &casework.CallAnswered{Act: call, Text: "电话答复：半小时到"})
	if c = noted.fold(); noted.last() != "" || running(&c, casework.LimitCallOut) != 0 || casework.Allowed(&c, mediator1, casework.ActAnswerCall, ix) != casework.WhyNoCall {
		t.Errorf("the holder writes down the answer of a unit without a desk: %q", noted.last())
	}
	s.add(bureau3, &casework.CallAnswered{Act: call, Text: "半小时到"})
	if c = s.fold(); s.last() != "" || running(&c, casework.LimitCallOut) != 0 || casework.Todo(&c, bureau3, ix) {
		t.Errorf("the call was answered: %q, %d run", s.last(), running(&c, casework.LimitCallOut))
	}
}

// Ensure that a call waits no longer for a unit that may not see the case any more
// (信访工作条例 art. 30).
func TestCalledOut_ThenAbout(t *testing.T) {
	s := at(t, casework.StateAccepted)
	s.add(mediator1, &casework.CalledOut{Unit: "441621-rsj", Note: "请到场"})
	s.add(mediator1, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621-rsj"}, Reason: "反映该局"})
	if c := s.fold(); s.last() != "" || running(&c, casework.LimitCallOut) != 0 {
		t.Errorf("%d calls wait for who must not see it", running(&c, casework.LimitCallOut))
	}
}

// Ensure that nobody is called to a confidential case that is about it
// (信访工作条例 art. 30).
func TestCalledOut_Art30(t *testing.T) {
	s := at(t, casework.StateAccepted)
	s.add(mediator1, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621-rsj"}, Reason: "反映该局"})
	s.add(mediator1, &casework.CalledOut{Unit: "441621-rsj", Note: "请到场"})
	if c := s.fold(); s.last() != casework.WhyConfidential || slices.Contains(casework.Recipients(&c, ix), "441621-rsj") {
		t.Errorf("called out: %q", s.last())
	}
}

// Ensure that an emergency goes past levels to any unit above, that who is on the
// spot goes on, that the levels between see it, and that the paper is owed until it
// is handed in.
func TestEmergency(t *testing.T) {
	s := &steps{t: t}
	reg := registered()
	reg.Holder, reg.Fields[casework.FieldDivision] = "441621102901", "441621102901"
	s.add(grid1, reg)
	c := s.fold()
	ev := (&casework.Emergency{Above: "441621", Danger: "injury", Reason: "有人受伤"}).WithBetween(&c, ix)
	if !slices.Equal(ev.Between, []catalogue.UnitID{"441621102"}) {
		t.Fatalf("between: %v", ev.Between)
	}
	s.add(grid1, ev)
	c = s.fold()
	if c.Holder != "441621" || !slices.Contains(c.Joined, "441621102") || !slices.Contains(c.Joined, "441621102901") || running(&c, casework.LimitEmergencyPaper) != 1 {
		t.Errorf("holder %s, joined %v", c.Holder, c.Joined)
	}
	if !casework.Todo(&c, grid1, ix) {
		t.Error("who reported does not owe the paper")
	}
	s.add(grid1, &casework.EmergencyPaper{Text: "书面报告"})
	if c = s.fold(); s.last() != "" || running(&c, casework.LimitEmergencyPaper) != 0 {
		t.Errorf("the paper: %q", s.last())
	}
	lead := at(t, casework.StateHandling)
	lead.add(bureau1, &casework.Emergency{Above: "441621", Danger: "weapon", Reason: "持刀"})
	if c = lead.fold(); c.State != casework.StateHandling || c.Lead != bureau1.Unit || c.Holder != "441621" {
		t.Errorf("in hand: %s, lead %s, holder %s", c.State, c.Lead, c.Holder)
	}
}

// Ensure that of a confidential case the levels between learn nothing.
func TestEmergency_Confidential(t *testing.T) {
	s := &steps{t: t}
	reg := registered()
	reg.Confidential, reg.Holder, reg.Fields[casework.FieldDivision] = true, "441621102901", "441621102901"
	s.add(grid1, reg)
	s.add(grid1, &casework.Emergency{Above: "441621", Danger: "injury", Reason: "有人受伤", Between: []catalogue.UnitID{"441621102"}})
	if c := s.fold(); c.Holder != "441621" || slices.Contains(casework.Recipients(&c, ix), "441621102") {
		t.Errorf("holder %s, seen by %v", c.Holder, casework.Recipients(&c, ix))
	}
}

// Ensure that an emergency that was written without knowing that the case had gone
// up already does not take it down again.
func TestEmergency_Late(t *testing.T) {
	s := at(t, casework.StateAccepted)
	n := len(s.entries)
	s.add(mediator1, &casework.Escalated{To: "441621", Reason: "涉及全县"})
	s.entries = append(s.entries, by(grid1, entry(n+2, []int{n}, &casework.Emergency{Above: "441621102", Danger: "many", Reason: "聚集"})))
	if c := s.fold(); c.Holder != "441621" || s.last() != "" || running(&c, casework.LimitEmergencyPaper) != 1 {
		t.Errorf("holder %s, %q", c.Holder, s.last())
	}
}

// Ensure that a county judges to whom cases go: an emergency to a unit above, and a
// dispute of competence to the superior that both have (信访工作条例 art. 24).
func TestTargets_Joint(t *testing.T) {
	c := caseAt(casework.StateHandling)
	hands := []casework.Hand{c.Hand()}
	for _, tt := range []struct {
		name string
		ev   casework.Event
		why  casework.Why
	}{
		{"to the county", &casework.Emergency{Above: "441621"}, ""},
		{"to another county", &casework.Emergency{Above: "441622"}, casework.WhyNotAbove},
		{"down to the village", &casework.Emergency{Above: "441621102901"}, casework.WhyNotAbove},
		{"past a stranger", &casework.Emergency{Above: "441621", Between: []catalogue.UnitID{"441622"}}, casework.WhyNotAbove},
		{"art. 24: town and county bureau", &casework.CompetenceDisputed{With: "441621-rsj", To: "441621"}, ""},
		{"art. 24: lead and holder", &casework.CompetenceDisputed{With: "441621102", To: "441621"}, ""},
		{"art. 24: not the common superior", &casework.CompetenceDisputed{With: "441621-rsj", To: "441622"}, casework.WhyNoSuperior},
		{"art. 24: nobody above both", &casework.CompetenceDisputed{With: "441622-none"}, casework.WhyNoSuperior},
		{"a task for nobody", &casework.Tasked{Unit: "none"}, casework.WhyNoTarget},
		{"a call to nobody", &casework.CalledOut{Unit: "none"}, casework.WhyNoTarget},
	} {
		if why := casework.Targets(&c, hands, tt.ev, ix); why != tt.why {
			t.Errorf("%s: %q, want %q", tt.name, why, tt.why)
		}
	}
}

// Ensure that a dispute of competence goes to the common superior, which decides by
// assigning the case (信访工作条例 art. 24).
func TestCompetenceDisputed_Art24(t *testing.T) {
	s := at(t, casework.StateHandling)
	c := s.fold()
	s.add(bureau1, (&casework.CompetenceDisputed{With: "441621-rsj", Reason: "属劳动争议"}).WithSuperior(&c, ix))
	c = s.fold()
	if c.State != casework.StateAccepted || c.Holder != "441621" || c.Lead != "" || len(c.Co) != 0 {
		t.Fatalf("%s, holder %s, lead %s", c.State, c.Holder, c.Lead)
	}
	if why := casework.Allowed(&c, county1, casework.ActAssign, ix); why != "" {
		t.Errorf("the superior decides: %q", why)
	}
	if why := casework.Allowed(&c, mediator1, casework.ActAssign, ix); why == "" {
		t.Error("the town decides as well")
	}
}

// Ensure that a dispute of competence about a petition stops no clock that runs for
// the petitioner (信访工作条例 art. 23, 34).
func TestCompetenceDisputed_Petition(t *testing.T) {
	s := &steps{t: t, entries: petitionAt(t, casework.StateHandling)}
	before := s.fold()
	s.add(bureau1, (&casework.CompetenceDisputed{With: "441621-scjgj", Reason: "属市场监管"}).WithSuperior(&before, ix))
	c := s.fold()
	if s.last() != "" || c.State != casework.StateAccepted || c.Holder != "441621" {
		t.Fatalf("%s, holder %s, %q", c.State, c.Holder, s.last())
	}
	started := func(c casework.Case) time.Time {
		for _, k := range c.Clocks {
			if k.Limit == casework.LimitPetitionHandle && k.Stop.IsZero() {
				return k.Start
			}
		}
		return time.Time{}
	}
	if got, want := started(c), started(before); got.IsZero() || !got.Equal(want) {
		t.Errorf("the sixty days run from %s, before from %s", got, want)
	}
}

// Ensure that a case across regions, trades or departments is not given to one unit
// alone.
func TestAssigned_NeedsJoint(t *testing.T) {
	for _, f := range []casework.Field{casework.FieldCrossRegion, casework.FieldCrossTrade, casework.FieldCrossDepartment} {
		s := at(t, casework.StateAccepted)
		s.add(mediator1, amend(f, "yes"))
		s.add(mediator1, &casework.Assigned{Lead: bureau1.Unit})
		if why := s.last(); why != casework.WhyNeedsJoint {
			t.Errorf("%s, one unit alone: %q", f, why)
		}
		s.add(mediator1, &casework.Assigned{Lead: bureau1.Unit, Co: []catalogue.UnitID{bureau1.Unit}})
		if why := s.last(); why != casework.WhyNeedsJoint {
			t.Errorf("%s, the lead beside itself: %q", f, why)
		}
		s.add(mediator1, &casework.Assigned{Lead: bureau1.Unit, Co: []catalogue.UnitID{sfs1.Unit}})
		if why := s.last(); why != "" {
			t.Errorf("%s, jointly: %q", f, why)
		}
	}
	s := at(t, casework.StateAccepted)
	s.add(mediator1, amend(casework.FieldCrossRegion, "no"))
	s.add(mediator1, &casework.Assigned{Lead: bureau1.Unit})
	if why := s.last(); why != "" {
		t.Errorf("it crosses nothing: %q", why)
	}
}

// Ensure that every pair of holder and lead can give a case back, with a reason.
func TestReturned(t *testing.T) {
	for _, lead := range []casework.Person{bureau1, sfs1, court1, {User: "petition1", Unit: "441621-xfj"}} {
		s := at(t, casework.StateAccepted)
		s.add(mediator1, &casework.Assigned{Lead: lead.Unit})
		c := s.fold()
		why := casework.Allowed(&c, lead, casework.ActReturn, ix)
		if sign := casework.Allowed(&c, lead, casework.ActSignFor, ix); sign != "" {
			t.Errorf("%s signs for it: %q", lead.Unit, sign)
		}
		s.add(lead, &casework.Returned{Reason: "不属职权范围"})
		if c = s.fold(); why != "" || c.State != casework.StateAccepted || c.Holder != mediator1.Unit || c.Lead != "" {
			t.Errorf("%s: %q, %s", lead.Unit, why, c.State)
		}
	}
	if faults := new(casework.Returned).Check(ix); len(faults) != 1 || faults[0].Field != "reason" {
		t.Errorf("without a reason: %v", faults)
	}
}

// Ensure that what is written without knowing of each other comes to the same case
// whichever way it arrives, where the county's order is the same.
func TestJoint_Converges(t *testing.T) {
	s := at(t, casework.StateHandling)
	n := len(s.entries)
	task := s.add(bureau1, &casework.Tasked{Unit: sfs1.Unit, What: "核对", Due: "2026-10-20"})
	late := []casework.Entry{
		by(sfs1, entry(n+2, []int{n + 1}, &casework.TaskReplied{Act: task, Text: "已核对", Done: "yes"})),
		by(bureau1, entry(n+3, []int{n + 1}, &casework.Returned{Reason: "不属本局"})),
		by(mediator1, entry(n+4, []int{n}, &casework.CalledOut{Unit: "441621-rsj", Note: "到场"})),
		by(grid1, entry(n+5, []int{n}, &casework.Emergency{Above: "441621", Danger: "many", Reason: "聚集"})),
		by(mediator1, entry(n+6, []int{n}, &casework.Extended{Limit: casework.LimitHandle, Until: "2026-11-30", Reason: "等待鉴定"})),
		by(bureau1, entry(n+7, []int{n + 1}, &casework.Appointed{When: "2026-11-30 14:30", Place: "村委会"})),
	}
	var want string
	for i := range late {
		turned := append(slices.Clone(late[i:]), late[:i]...)
		c := fold(append(slices.Clone(s.entries), turned...)...)
		if got := casework.Digest(&c); want == "" {
			want = got
		} else if got != want {
			t.Errorf("turned by %d: another case", i)
		}
	}
}

// Ensure that facts of a case suggest when it should go up, to its holder only as
// long as there is somebody above.
func TestShouldGoUp(t *testing.T) {
	in := func(days int) time.Time { return start.AddDate(0, 0, days) }
	for _, tt := range []struct {
		name string
		made func(*steps)
		now  time.Time
		want []casework.UpReason
	}{
		{"nothing", func(*steps) {}, in(1), nil},
		{"failed", func(s *steps) { s.add(bureau1, &casework.Failed{Reason: "谈不成", Remedies: "可以起诉"}) }, in(1), []casework.UpReason{casework.UpFailed}},
		{"one limit missed", func(*steps) {}, in(60), nil},
		{"two limits missed", func(s *steps) { s.add(bureau1, &casework.CalledOut{Unit: "441621-rsj", Note: "到场"}) }, in(60), []casework.UpReason{casework.UpLate}},
		{"crosses, one unit alone", func(s *steps) {
			s.add(bureau1, &casework.Returned{Reason: "缺材料"})
			s.add(mediator1, &casework.Assigned{Lead: bureau1.Unit})
			s.add(mediator1, amend(casework.FieldCrossTrade, "yes"))
		}, in(1), []casework.UpReason{casework.UpCrosses}},
		{"crosses, jointly", func(s *steps) { s.add(mediator1, amend(casework.FieldCrossTrade, "yes")) }, in(1), nil},
		{"sent back twice", func(s *steps) {
			s.add(bureau1, &casework.Returned{Reason: "一"})
			s.add(mediator1, &casework.Assigned{Lead: sfs1.Unit})
			s.add(sfs1, &casework.Returned{Reason: "二"})
		}, in(1), []casework.UpReason{casework.UpRefused}},
		{"with the county already", func(s *steps) {
			s.add(bureau1, &casework.Failed{Reason: "谈不成", Remedies: "可以起诉"})
			s.add(mediator1, &casework.Escalated{To: "441621", Reason: "涉及全县"})
			s.add(county1, &casework.Mediated{Method: "03", Result: "未成"})
			s.add(county1, &casework.Failed{Reason: "谈不成", Remedies: "可以起诉"})
		}, in(1), nil},
	} {
		s := at(t, casework.StateHandling)
		tt.made(s)
		c := s.fold()
		if got := casework.ShouldGoUp(&c, ix, tt.now); !slices.Equal(got, tt.want) || s.last() != "" {
			t.Errorf("%s: %v, want %v (%q)", tt.name, got, tt.want, s.last())
		}
	}
}

// Ensure that all that one person may ask of units on a case is folded, each task with
// its own clock; what that costs grows with their number, and not with its square.
func TestTasked_Many(t *testing.T) {
	s := at(t, casework.StateHandling)
	for range 1000 {
		s.add(bureau1, &casework.Tasked{Unit: sfs1.Unit, What: "核对", Due: "2026-10-20"})
		s.add(bureau1, &casework.CalledOut{Unit: "441621-rsj", Note: "请派员到场"})
	}
	c := s.fold()
	if n := running(&c, casework.LimitTask); n != 1000 {
		t.Errorf("%d tasks run", n)
	}
}
