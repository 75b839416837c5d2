package casework_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

const wrongCourt catalogue.UnitID = "441621109-ft" // of another town

// Ensure that a court that was named by mistake is taken out as long as it wrote nothing:
// it is sent the case no more, its limits end, the right one can be named, and the
// history keeps both.
func TestTakenOut_WrongCourt(t *testing.T) {
	s := at(t, casework.StateAccepted)
	entrusted := func(court catalogue.UnitID) *casework.Entrusted {
		return &casework.Entrusted{Court: court, Number: "诉前调1号", Stage: "before", ReceivedOn: "2026-10-08"}
	}
	s.add(mediator1, entrusted(wrongCourt))
	c := s.fold()
	if s.last() != "" || !slices.Contains(casework.Recipients(&c, ix), wrongCourt) || running(&c, casework.LimitEntrusted) != 1 {
		t.Fatalf("entrusted: %q", s.last())
	}
	if why := casework.Allowed(&c, mediator1, casework.ActTakeOut, ix); why != "" {
		t.Fatalf("the holder may not: %q", why)
	}
	for _, p := range []casework.Person{grid1, {User: "court2", Unit: "441621-fy"}} {
		if why := casework.Allowed(&c, p, casework.ActTakeOut, ix); why == "" {
			t.Errorf("%s may", p.User)
		}
	}
	s.add(mediator1, &casework.TakenOut{Unit: wrongCourt, Reason: "选错了法庭"})
	c = s.fold()
	if s.last() != "" || slices.Contains(casework.Recipients(&c, ix), wrongCourt) || running(&c, casework.LimitEntrusted) != 0 || c.Entrustment.Open() {
		t.Errorf("%q; sent to %v; the court waits %v", s.last(), casework.Recipients(&c, ix), c.Entrustment.Open())
	}
	if len(c.ActsOf(casework.ActTakeOut)) != 1 {
		t.Error("the history does not keep it")
	}
	s.add(mediator1, entrusted(court1.Unit))
	c = s.fold()
	if s.last() != "" || c.Entrustment.Court != court1.Unit || !slices.Contains(casework.Recipients(&c, ix), court1.Unit) {
		t.Errorf("the right one: %q, %+v", s.last(), c.Entrustment)
	}
	s.add(court1, &casework.Noted{Note: "材料已收"})
	c = s.fold()
	if why := casework.Allowed(&c, mediator1, casework.ActTakeOut, ix); why != casework.WhyNoneNamed {
		t.Errorf("a court that wrote: %q", why)
	}
	s.add(mediator1, &casework.TakenOut{Unit: court1.Unit, Reason: "选错了法庭"})
	if c = s.fold(); s.last() != casework.WhyActed || !slices.Contains(c.Joined, court1.Unit) {
		t.Errorf("it was taken out: %q", s.last())
	}
}

// Ensure that only who was named, and has not acted, can be taken out, and that what was
// asked of it ends then.
func TestTakenOut(t *testing.T) {
	const rsj catalogue.UnitID = "441621-rsj"
	out := func(u catalogue.UnitID) *casework.TakenOut {
		return &casework.TakenOut{Unit: u, Reason: "写错单位"}
	}
	agree := func(s *steps) { s.add(bureau1, &casework.Agreed{Form: "oral", Agreement: "各让一步"}) }
	for _, tt := range []struct {
		name  string
		state casework.State
		unit  catalogue.UnitID
		do    func(*steps)
		why   casework.Why
	}{
		{"a co-handler with a task", casework.StateHandling, sfs1.Unit, func(s *steps) {
			s.add(bureau1, &casework.Tasked{Unit: sfs1.Unit, What: "核对", Due: "2026-10-20"})
		}, ""},
		{"a unit that was called out", casework.StateHandling, rsj, func(s *steps) {
			s.add(mediator1, &casework.CalledOut{Unit: rsj, Note: "到场"})
		}, ""},
		{"one that met", casework.StateHandling, rsj, func(s *steps) {
			s.add(mediator1, &casework.Met{When: "2026-10-08 09:00", Place: "镇政府", Units: []catalogue.UnitID{rsj}, Minutes: "m", Decisions: "d"})
		}, ""},
		{"a co-handler that replied", casework.StateHandling, sfs1.Unit, func(s *steps) {
			task := s.add(bureau1, &casework.Tasked{Unit: sfs1.Unit, What: "核对", Due: "2026-10-20"})
			s.add(sfs1, &casework.TaskReplied{Act: task, Text: "已核对", Done: "yes"})
		}, casework.WhyActed},
		{"a unit whose answer was written down for it", casework.StateHandling, rsj, func(s *steps) {
			call := s.add(mediator1, &casework.CalledOut{Unit: rsj, Note: "到场"})
			s.add(mediator1, &casework.CallAnswered{Act: call, Text: "电话答复"})
		}, casework.WhyActed},
		{"the lead", casework.StateHandling, bureau1.Unit, func(*steps) {}, casework.WhyNotNamed},
		{"the holder", casework.StateHandling, mediator1.Unit, func(*steps) {}, casework.WhyNotNamed},
		{"the registrar", casework.StateHandling, grid1.Unit, func(*steps) {}, casework.WhyNotNamed},
		{"a stranger", casework.StateHandling, rsj, func(*steps) {}, casework.WhyNotNamed},
		{"art. 33: a court asked to confirm", casework.StateHandling, wrongCourt, func(s *steps) {
			agree(s)
			s.add(mediator1, &casework.ConfirmationApplied{Court: wrongCourt, Jointly: "yes", Voluntary: "yes", Lawful: "yes", Clear: "yes"})
		}, casework.WhyCourtAsked},
		{"art. 33: one from which it was withdrawn", casework.StateHandling, wrongCourt, func(s *steps) {
			agree(s)
			s.add(mediator1, &casework.ConfirmationApplied{Court: wrongCourt, Jointly: "yes", Voluntary: "yes", Lawful: "yes", Clear: "yes"})
			s.add(mediator1, &casework.Confirmed{Result: "withdrawn"})
		}, ""},
		{"art. 33: one that ruled", casework.StateHandling, wrongCourt, func(s *steps) {
			agree(s)
			s.add(mediator1, &casework.ConfirmationApplied{Court: wrongCourt, Jointly: "yes", Voluntary: "yes", Lawful: "yes", Clear: "yes"})
			s.add(mediator1, &casework.Confirmed{Result: "valid", Ruling: "民特1号"})
		}, casework.WhyActed},
	} {
		s := at(t, tt.state)
		tt.do(s)
		if why := s.last(); why != "" {
			t.Fatalf("%s: %q before", tt.name, why)
		}
		before := s.fold()
		if why := casework.Targets(&before, []casework.Hand{before.Hand()}, out(tt.unit), ix); why != tt.why {
			t.Errorf("%s: judged %q, want %q", tt.name, why, tt.why)
		}
		s.add(mediator1, out(tt.unit))
		c := s.fold()
		if why := s.last(); why != tt.why && !(why == casework.WhyNoneNamed && tt.why != "") {
			t.Errorf("%s: %q, want %q", tt.name, why, tt.why)
		}
		if tt.why != "" {
			continue
		}
		if c.TakesPart(tt.unit) || running(&c, casework.LimitTask)+running(&c, casework.LimitCallOut) != 0 {
			t.Errorf("%s: takes part %v, limits run %v", tt.name, c.TakesPart(tt.unit), c.Clocks)
		}
		s.add(mediator1, out(tt.unit)) // somebody else did so without knowing
		if why := s.last(); why != "" {
			t.Errorf("%s: once more: %q", tt.name, why)
		}
	}
}

// Ensure that words that a unit wrote without knowing that it was taken out are not lost,
// whichever comes first.
func TestTakenOut_Concurrent(t *testing.T) {
	s := at(t, casework.StateHandling)
	n := len(s.entries)
	out := by(mediator1, entry(n+1, []int{n}, &casework.TakenOut{Unit: sfs1.Unit, Reason: "写错单位"}))
	word := by(sfs1, entry(n+2, []int{n}, &casework.Noted{Note: "已到现场"}))
	c := fold(append(slices.Clone(s.entries), out)...)
	if why := casework.Judge(&c, &word, ix); why != casework.WhyNotYourUnit {
		t.Errorf("the county lets pass, and shows, what comes from outside: %q", why)
	}
	c = fold(append(slices.Clone(s.entries), word)...)
	if why := casework.Judge(&c, &out, ix); why != casework.WhyActed {
		t.Errorf("who wrote was taken out: %q", why)
	}
	if !c.TakesPart(sfs1.Unit) {
		t.Error("it takes no part")
	}
}
