package casework_test

import (
	"slices"
	"strings"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

const (
	bureau catalogue.UnitID = "441621-zjj"
	office catalogue.UnitID = "441621102-sfs"
)

var center1 = casework.Person{User: "center1", Unit: longwo}

func order(to catalogue.UnitID, g casework.Grade) *casework.Supervised {
	return &casework.Supervised{To: to, Grade: g, Reason: "逾期未办，报处理情况", Due: "2026-10-20"}
}

func answer(act casework.EntryID) *casework.OrderReplied {
	return &casework.OrderReplied{Act: act, Text: "已约双方到场"}
}

func withdraw(act casework.EntryID) *casework.OrderWithdrawn {
	return &casework.OrderWithdrawn{Act: act, Reason: "已经办好"}
}

func said(way string, party casework.ElementID) *casework.Said {
	return &casework.Said{Way: way, Party: party, Satisfaction: "satisfied", Efficiency: "basic", Leader: "unsatisfied"}
}

// orders are the orders that run, each as "unit grade".
func orders(c *casework.Case) (out []string) {
	for _, o := range c.Orders() {
		out = append(out, string(o.To)+" "+string(o.Grade))
	}
	return out
}

// standsAt is a case of a kind of matter that stands in a state, whatever led there.
func standsAt(m casework.Matter, s casework.State) casework.Case {
	r := registered()
	r.Matter = m
	c := fold(by(grid1, entry(1, nil, r)))
	if c.State = s; s == casework.StateSuspended {
		c.Before = casework.StateHandling
	}
	c.Lead = bureau
	return c
}

// does applies an event to a case as its next entry, and returns why it has no effect.
func does(c *casework.Case, p casework.Person, ev casework.Event) casework.Why {
	n := len(c.Timeline) + 1
	e := by(p, entry(n, []int{n - 1}, ev))
	c.Apply(&e, func(casework.EntryID) *casework.Entry { return nil })
	line, _ := c.Line(e.UID)
	return line.Why
}

// Ensure in which states of every table an order is given, answered and withdrawn, a
// turn and a receipt are recorded, the county urges, and a party rates: all of them,
// stated. None of these moves the case.
func TestSupervise_States(t *testing.T) {
	const over = "refused closed voided merged consulted transferred final split_out"
	sayIn := map[casework.Matter]string{casework.Dispute: "resolved closed", casework.Delegated: "resolved closed",
		casework.Petition: "opined reviewed resolved closed final", casework.PublicInterest: ""}
	has := func(list string, s casework.State) bool { return slices.Contains(strings.Fields(list), string(s)) }
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, s := range table.States {
			runs := !has(over, s.State)
			for name, tt := range map[string]struct {
				who  casework.Person
				ev   casework.Event
				may  bool
				with bool // an order runs
			}{
				"supervise":      {county1, order(bureau, casework.GradeYellow), runs, false},
				"reply_order":    {bureau1, answer(uid(2)), runs, true},
				"withdraw_order": {county1, withdraw(uid(2)), runs, true},
				"turn":           {grid1, &casework.Turned{Into: "to_city", On: "2026-10-12"}, !has("voided merged", s.State), false},
				"receipt":        {grid1, &casework.ReceiptGiven{Hash: strings.Repeat("a", 64)}, !has("voided merged", s.State), false},
				"urge":           {casework.Person{}, &casework.Urged{Grade: casework.GradeRed, Limit: "handle", To: bureau, Due: "2026-10-20"}, true, false},
				"say":            {grid1, said("face", zhang), has(sayIn[m], s.State), false},
			} {
				c := standsAt(m, casework.StateRegistered)
				if tt.with {
					if why := does(&c, county1, order(bureau, casework.GradeYellow)); why != "" {
						t.Fatalf("%s: no order: %q", m, why)
					}
				}
				if c.State = s.State; s.State == casework.StateSuspended {
					c.Before = casework.StateHandling
				}
				why, want := does(&c, tt.who, tt.ev), casework.Why("")
				if !tt.may {
					want = casework.WhyState
				}
				if why != want || c.State != s.State {
					t.Errorf("%s, %s at %s: %q, want %q; it stands at %s", m, name, s.State, why, want, c.State)
				}
			}
		}
	}
}

// Ensure whose role and part in the case let her give an order, take one back that her
// unit gave, and answer one, in every table: offices and centres of who answers for the
// case and of those above give them; whoever handles it or was called in replies, and
// nobody who only reads.
func TestSupervise_Who(t *testing.T) {
	parts := []struct {
		name                     string
		unit                     catalogue.UnitID
		gives, withdraws, answer bool
	}{
		{"registered it", "441621109901", false, true, false},
		{"holds it", "441621108", true, true, true},
		{"above its holder", "jiangdong", true, true, false},
		{"leads it", bureau, false, true, true},
		{"helps", "441621-zrzyj", false, true, true},
		{"was called in", "441621-gaj", false, true, true},
		{"the county of the place", "441621", false, true, false},
		{"another town", "441621109", false, false, false},
	}
	cat := sample.Catalogue()
	for _, part := range parts {
		for _, role := range catalogue.Roles() {
			cat.People = append(cat.People, catalogue.Person{User: who(part.unit, role), Name: "某", Units: []catalogue.UnitID{part.unit}, Roles: []catalogue.Role{role}})
		}
	}
	ix := catalogue.NewIndex(cat)
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		c := casework.Case{ID: theCase, Matter: m, State: table.Register.To, Registrar: "441621109901", Holder: "441621108", Lead: bureau,
			Co: []catalogue.UnitID{"441621-zrzyj"}, Joined: []catalogue.UnitID{"441621-gaj"},
			Fields: map[casework.Field]casework.Register{casework.FieldDivision: {Value: "441621102901"}}}
		for _, part := range parts {
			for _, role := range catalogue.Roles() {
				p := casework.Person{User: who(part.unit, role), Unit: part.unit}
				overseer := role == catalogue.Office || role == catalogue.Center
				for a, want := range map[casework.Action]bool{casework.ActSupervise: part.gives && overseer, casework.ActWithdrawOrder: part.withdraws && overseer,
					casework.ActReplyOrder: part.answer && role != catalogue.Leader} {
					if got := casework.May(&c, c.Hand(), p, a, ix) == ""; got != want {
						t.Errorf("%s: %s of who %s may %s: %v, want %v", m, role, part.name, a, got, want)
					}
				}
			}
		}
		for _, a := range []casework.Action{casework.ActUrge, casework.ActReceipt} {
			if slices.ContainsFunc(casework.Offers(&c, casework.Person{User: who("441621108", catalogue.Office), Unit: "441621108"}, ix),
				func(o casework.Offer) bool { return o.Action == a }) {
				t.Errorf("%s: %s is offered as a form", m, a)
			}
		}
	}
}

// Ensure that an order goes to units below, never to the giver's own, to one above nor to
// one beside it.
func TestOrders(t *testing.T) {
	for _, tt := range []struct {
		giver, to catalogue.UnitID
		why       casework.Why
	}{
		{"441621", longwo, ""},
		{"441621", village1, ""},
		{"441621", bureau, ""},
		{"441621", "jiangdong", casework.WhyNotBelow},
		{"441621", "441621", casework.WhyNotBelow},
		{longwo, office, ""},
		{longwo, village1, ""},
		{longwo, "441621109", casework.WhyNotBelow},
		{longwo, longwo, casework.WhyNotBelow},
		{longwo, bureau, casework.WhyNotBelow},
		{longwo, "441621", casework.WhyNotBelow},
		{village1, longwo, casework.WhyNotBelow},
	} {
		if why := casework.Orders(order(tt.to, casework.GradeRed), tt.giver, ix); why != tt.why {
			t.Errorf("%s orders %s: %q, want %q", tt.giver, tt.to, why, tt.why)
		}
	}
	if why := casework.Orders(answer(uid(2)), longwo, ix); why != "" {
		t.Errorf("a reply is judged as an order: %q", why)
	}
}

// Ensure that the county holds back an order of who may not give it.
func TestJudge_Orders(t *testing.T) {
	for name, tt := range map[string]struct {
		who  casework.Person
		to   catalogue.UnitID
		want casework.Why
	}{
		"the county's office":            {county1, bureau, ""},
		"the holder's centre":            {center1, office, ""},
		"the holder's centre, upwards":   {center1, bureau, casework.WhyNotBelow},
		"to itself":                      {county1, "441621", casework.WhyNotBelow},
		"to nobody":                      {county1, "nowhere", casework.WhyNoTarget},
		"a mediator":                     {mediator1, office, casework.WhyRole},
		"who leads it":                   {bureau1, office, casework.WhyRole},
		"another town's":                 {mediator2, office, casework.WhyRole},
		"the county to another's office": {county1, "441621109-sfs", casework.WhyNotBelow},
		"the holder's centre, beside it": {center1, "441621109", casework.WhyNotBelow},
	} {
		c := caseAt(casework.StateHandling)
		e := by(tt.who, entry(5, []int{4}, order(tt.to, casework.GradeYellow)))
		if why := casework.Judge(&c, &e, ix); why != tt.want {
			t.Errorf("%s: %q, want %q", name, why, tt.want)
		}
	}
}

// Ensure that an order names unit, grade, reason and day.
func TestSupervised_Check(t *testing.T) {
	for field, spoil := range map[string]func(*casework.Supervised){
		"to":     func(v *casework.Supervised) { v.To = "" },
		"grade":  func(v *casework.Supervised) { v.Grade = casework.GradeUp },
		"reason": func(v *casework.Supervised) { v.Reason = " " },
		"due":    func(v *casework.Supervised) { v.Due = "20日" },
	} {
		v := order(bureau, casework.GradeRed)
		if faults := v.Check(ix); len(faults) > 0 {
			t.Fatalf("a whole order: %v", faults)
		}
		spoil(v)
		if faults := v.Check(ix); len(faults) != 1 || faults[0].Field != field {
			t.Errorf("%s: %v", field, faults)
		}
	}
}

// Ensure that a stronger order takes the place of the weaker ones that its giver gave the
// unit, that no weaker one is given while it runs, and that orders to others and by
// others run on.
func TestSupervised_Grades(t *testing.T) {
	type given struct {
		who  casework.Person
		to   catalogue.UnitID
		as   casework.Grade
		want casework.Why
	}
	for name, tt := range map[string]struct {
		given []given
		runs  []string
	}{
		"one":           {[]given{{county1, bureau, "yellow", ""}}, []string{"441621-zjj yellow"}},
		"stronger":      {[]given{{county1, bureau, "ordinary", ""}, {county1, bureau, "red", ""}}, []string{"441621-zjj red"}},
		"weaker":        {[]given{{county1, bureau, "red", ""}, {county1, bureau, "yellow", casework.WhyStrongerOrder}}, []string{"441621-zjj red"}},
		"as strong":     {[]given{{county1, bureau, "red", ""}, {county1, bureau, "red", ""}}, []string{"441621-zjj red", "441621-zjj red"}},
		"all the way":   {[]given{{county1, bureau, "ordinary", ""}, {county1, bureau, "ordinary", ""}, {county1, bureau, "yellow", ""}}, []string{"441621-zjj yellow"}},
		"another unit":  {[]given{{county1, bureau, "red", ""}, {county1, office, "ordinary", ""}}, []string{"441621-zjj red", "441621102-sfs ordinary"}},
		"another giver": {[]given{{county1, office, "yellow", ""}, {center1, office, "red", ""}}, []string{"441621102-sfs yellow", "441621102-sfs red"}},
		"another giver's is stronger": {[]given{{county1, office, "red", ""}, {center1, office, "yellow", casework.WhyStrongerOrder}},
			[]string{"441621102-sfs red"}},
	} {
		s := at(t, casework.StateHandling)
		for i, g := range tt.given {
			s.add(g.who, order(g.to, g.as))
			if why := s.last(); why != g.want {
				t.Errorf("%s, order %d: %q, want %q", name, i+1, why, g.want)
			}
		}
		c := s.fold()
		if got := orders(&c); !slices.Equal(got, tt.runs) {
			t.Errorf("%s: %q run, want %q", name, got, tt.runs)
		}
	}
}

// Ensure that two superiors who know nothing of each other both give their orders; the
// weaker one that lands after a stronger waits for a decision and is not lost.
func TestSupervised_TwoSuperiors(t *testing.T) {
	for name, tt := range map[string]struct {
		first, second casework.Grade
		runs          []string
		contested     int
	}{
		"equal":               {"yellow", "yellow", []string{"441621102-sfs yellow", "441621102-sfs yellow"}, 0},
		"the stronger second": {"yellow", "red", []string{"441621102-sfs yellow", "441621102-sfs red"}, 0},
		"the stronger first":  {"red", "ordinary", []string{"441621102-sfs red"}, 1},
	} {
		s := at(t, casework.StateHandling)
		n := len(s.entries)
		c := fold(append(s.entries, by(county1, entry(n+1, []int{n}, order(office, tt.first))), by(center1, entry(n+2, []int{n}, order(office, tt.second))))...)
		if got := orders(&c); !slices.Equal(got, tt.runs) || len(c.Contested) != tt.contested {
			t.Errorf("%s: %q run, %d contested", name, got, len(c.Contested))
		}
		for _, o := range c.Orders() {
			if want := map[casework.Grade]catalogue.UnitID{tt.first: "441621", tt.second: longwo}[o.Grade]; tt.first != tt.second && o.From != want || o.Due != "2026-10-20" {
				t.Errorf("%s: the %s order is of %s, due %s", name, o.Grade, o.From, o.Due)
			}
		}
	}
}

// Ensure that only the unit that was ordered answers, and only the one that gave the
// order takes it back, whoever stands above.
func TestOrder_Ends(t *testing.T) {
	for name, tt := range map[string]struct {
		who  casework.Person
		ev   func(casework.EntryID) casework.Event
		why  casework.Why
		runs int
	}{
		"answered":               {sfs1, func(id casework.EntryID) casework.Event { return answer(id) }, "", 0},
		"answered by another":    {bureau1, func(id casework.EntryID) casework.Event { return answer(id) }, casework.WhyNotAsked, 1},
		"answered by its giver":  {center1, func(id casework.EntryID) casework.Event { return answer(id) }, casework.WhyNotAsked, 1},
		"answered, no such":      {sfs1, func(casework.EntryID) casework.Event { return answer(uid(1)) }, casework.WhyNoOrder, 1},
		"withdrawn":              {center1, func(id casework.EntryID) casework.Event { return withdraw(id) }, "", 0},
		"withdrawn by a higher":  {county1, func(id casework.EntryID) casework.Event { return withdraw(id) }, casework.WhyNotGiver, 1},
		"withdrawn by who is it": {sfs1, func(id casework.EntryID) casework.Event { return withdraw(id) }, casework.WhyNotGiver, 1},
		"withdrawn, no such":     {center1, func(casework.EntryID) casework.Event { return withdraw(uid(1)) }, casework.WhyNoOrder, 1},
	} {
		s := at(t, casework.StateHandling)
		id := s.add(center1, order(office, casework.GradeRed))
		s.add(tt.who, tt.ev(id))
		c := s.fold()
		if why := s.last(); why != tt.why || len(c.Orders()) != tt.runs || running(&c, casework.LimitOrder) != tt.runs {
			t.Errorf("%s: %q, want %q; %d orders run, want %d", name, why, tt.why, len(c.Orders()), tt.runs)
		}
	}
}

// Ensure that who gave an order takes it back although the case went up since.
func TestOrderWithdrawn_AfterEscalation(t *testing.T) {
	s := at(t, casework.StateHandling)
	id := s.add(center1, order(office, casework.GradeRed))
	s.add(mediator1, &casework.Escalated{To: "441621", Reason: "超出权限"})
	c := s.fold()
	back := by(center1, entry(7, []int{6}, withdraw(id)))
	if why := casework.Judge(&c, &back, ix); why != "" || c.Holder != "441621" {
		t.Errorf("held by %s, judged %q", c.Holder, why)
	}
	s.add(center1, withdraw(id))
	if c = s.fold(); s.last() != "" || len(c.Orders()) > 0 {
		t.Errorf("%q, orders %q", s.last(), orders(&c))
	}
}

// Ensure that a reply and a withdrawal that knew nothing of each other both stand, in
// whichever order they land, and that nobody has anything to decide.
func TestOrder_ReplyMeetsWithdrawal(t *testing.T) {
	for _, another := range []bool{false, true} { // another order runs
		for _, replyFirst := range []bool{true, false} {
			s := at(t, casework.StateHandling)
			id := s.add(county1, order(bureau, casework.GradeRed))
			if another {
				s.add(county1, order(office, casework.GradeRed))
			}
			n := len(s.entries)
			one, two := by(bureau1, entry(n+1, []int{n}, answer(id))), by(county1, entry(n+2, []int{n}, withdraw(id)))
			if !replyFirst {
				one, two = by(county1, entry(n+1, []int{n}, withdraw(id))), by(bureau1, entry(n+2, []int{n}, answer(id)))
			}
			c := fold(append(s.entries, one, two)...)
			if len(c.Contested) > 0 || len(c.ActsOf(casework.ActReplyOrder)) != 1 || len(c.ActsOf(casework.ActWithdrawOrder)) != 1 || (len(c.Orders()) > 0) != another {
				t.Errorf("reply first %v, another order %v: contested %v, acts %v, orders %q", replyFirst, another, c.Contested, c.Acts, orders(&c))
			}
		}
	}
}

// Ensure that two colleagues may withdraw the same order, and that once none runs neither
// withdrawing nor replying is offered.
func TestOrderWithdrawn_Twice(t *testing.T) {
	s := at(t, casework.StateHandling)
	id := s.add(center1, order(office, casework.GradeRed))
	c := s.fold()
	for p, a := range map[casework.Person]casework.Action{center1: casework.ActWithdrawOrder, sfs1: casework.ActReplyOrder} {
		if why := casework.Allowed(&c, p, a, ix); why != "" {
			t.Errorf("%s while it runs: %q", a, why)
		}
	}
	n := len(s.entries)
	c = fold(append(s.entries, by(center1, entry(n+1, []int{n}, withdraw(id))), by(center1, entry(n+2, []int{n}, withdraw(id))))...)
	if len(c.Contested) > 0 || len(c.Orders()) > 0 {
		t.Errorf("contested %v, orders %q", c.Contested, orders(&c))
	}
	for p, a := range map[casework.Person]casework.Action{center1: casework.ActWithdrawOrder, sfs1: casework.ActReplyOrder} {
		if why := casework.Allowed(&c, p, a, ix); why != casework.WhyNoOrder {
			t.Errorf("%s without an order: %q", a, why)
		}
	}
}

// Ensure that an order ends with the case, in every table and whichever way it ends, and
// does not come back when the case is taken up again; one that was merged by mistake goes
// on with it.
func TestOrder_EndsWithTheCase(t *testing.T) {
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, a := range []casework.Event{&casework.Closed{Outcome: "已办", Reply: "已告知"}, &casework.Voided{Reason: "录错"}, &casework.Refused{Reason: "不受理"}} {
			r, ok := table.AnyRule(casework.Action(a.Kind()))
			if !ok {
				continue
			}
			c := standsAt(m, table.Register.To)
			does(&c, county1, order(bureau, casework.GradeRed))
			c.State = r.From[0]
			if why := does(&c, mediator1, a); why != "" || len(c.Orders()) > 0 {
				t.Errorf("%s %s: %q, orders %q", m, a.Kind(), why, orders(&c))
			}
		}
	}
	s := at(t, casework.StateResolved)
	id := s.add(county1, order(longwo, casework.GradeRed))
	s.add(mediator1, &casework.Closed{Outcome: "已履行", Reply: "已告知"})
	s.add(mediator1, answer(id))
	if why := s.last(); why != casework.WhyState {
		t.Errorf("answered after the end: %q", why)
	}
	s.add(mediator1, &casework.Reopened{Reason: "又起争执"})
	if c := s.fold(); len(c.Orders()) > 0 {
		t.Errorf("it is there again: %q", orders(&c))
	}
	s = at(t, casework.StateHandling)
	s.add(county1, order(bureau, casework.GradeRed))
	s.add(mediator1, merge(otherCase))
	if c := s.fold(); len(c.Orders()) > 0 {
		t.Errorf("it runs on a merged case: %q", orders(&c))
	}
	s.add(mediator1, &casework.Unmerged{Reason: "不是一件事"})
	if c := s.fold(); len(c.Orders()) != 1 {
		t.Errorf("after the merger was taken back: %q", orders(&c))
	}
}

// Ensure that a unit that is ordered is sent the case and may answer, whatever becomes of
// its part: also when another leads, and that nobody takes it out but who gave the order.
func TestOrder_Joins(t *testing.T) {
	const police catalogue.UnitID = "441621-gaj"
	for name, unit := range map[string]catalogue.UnitID{"who had no part": police, "who leads": bureau, "who helps": office, "who registered": village1} {
		s := at(t, casework.StateHandling)
		s.add(county1, order(unit, casework.GradeRed))
		s.add(bureau1, &casework.Returned{Reason: "不属本单位"})
		s.add(mediator1, &casework.Assigned{Lead: "441621-rsj"})
		c := s.fold()
		if len(c.Orders()) != 1 || !slices.Contains(c.Joined, unit) || !slices.Contains(casework.Recipients(&c, ix), unit) {
			t.Errorf("%s: orders %q, joined %v, sent to %v", name, orders(&c), c.Joined, casework.Recipients(&c, ix))
		}
	}
	s := at(t, casework.StateHandling)
	id := s.add(county1, order(police, casework.GradeRed))
	s.add(mediator1, &casework.TakenOut{Unit: police, Reason: "不需要"})
	if why := s.last(); why != casework.WhyActed {
		t.Errorf("taken out while its order runs: %q", why)
	}
	s.add(county1, withdraw(id))
	s.add(mediator1, &casework.TakenOut{Unit: police, Reason: "写错单位"})
	if c := s.fold(); s.last() != "" || slices.Contains(c.Joined, police) {
		t.Errorf("after the order was withdrawn: %q, %v", s.last(), c.Joined)
	}
}

// Ensure that no order goes to a unit that a confidential case is about or that stands
// below it, and that one that runs ends when the case becomes such (信访工作条例 art. 30).
func TestOrder_Confidential_PetitionRulesArt30(t *testing.T) {
	c := fold(secretCase(longwo)...)
	for unit, want := range map[catalogue.UnitID]casework.Why{longwo: "", office: casework.WhyConfidential, bureau: ""} {
		e := by(county1, entry(2, []int{1}, order(unit, casework.GradeRed)))
		if why := casework.Judge(&c, &e, ix); why != want {
			t.Errorf("the county orders %s: judged %q, want %q", unit, why, want)
		}
	}
	after := fold(append(secretCase(longwo), by(county1, entry(2, []int{1}, order(longwo, casework.GradeRed))))...)
	if line, _ := after.Line(uid(2)); line.Why != casework.WhyConfidential || len(after.Orders()) > 0 || slices.Contains(casework.Recipients(&after, ix), longwo) {
		t.Errorf("to whom it is about: %q, orders %q, sent to %v", line.Why, orders(&after), casework.Recipients(&after, ix))
	}
	s := at(t, casework.StateHandling)
	s.add(county1, order(office, casework.GradeRed))
	s.add(county1, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{office}, Reason: "反映该所"})
	after = s.fold()
	if len(after.Orders()) > 0 || slices.Contains(casework.Recipients(&after, ix), office) {
		t.Errorf("it became about the unit: orders %q, sent to %v", orders(&after), casework.Recipients(&after, ix))
	}
}

// Ensure that an order waits for the unit that was ordered and nobody else, until it
// replied.
func TestTodo_Order(t *testing.T) {
	s := at(t, casework.StateHandling)
	c := s.fold()
	next := casework.Person{User: "sfs2", Unit: "441621109-sfs"}
	if casework.Todo(&c, next, ix) {
		t.Fatal("it waits for the office before it was ordered")
	}
	id := s.add(county1, order(next.Unit, casework.GradeYellow))
	c = s.fold()
	if !casework.Todo(&c, next, ix) || casework.Todo(&c, court1, ix) || casework.Todo(&c, casework.Person{User: "leader1", Unit: "441621"}, ix) {
		t.Error("the order waits for others than whom it was given")
	}
	s.add(next, answer(id))
	if c = s.fold(); casework.Todo(&c, next, ix) {
		t.Error("it waits after the reply")
	}
}

// Ensure that the order's day is its limit, red after it, and that the case's own limits
// are as they were.
func TestOrder_Limit(t *testing.T) {
	s := at(t, casework.StateHandling)
	before := s.fold()
	s.add(county1, order(bureau, casework.GradeYellow))
	c := s.fold()
	for day, want := range map[string]casework.Light{"2026-10-12 12:00": casework.Green, "2026-10-20 23:00": casework.Yellow, "2026-10-21 00:00": casework.Red} {
		i := slices.IndexFunc(casework.Limits(&c, ix, local(t, day)), func(r casework.Running) bool { return r.Limit == casework.LimitOrder })
		if i < 0 || casework.Limits(&c, ix, local(t, day))[i].Light != want {
			t.Errorf("on %s: %+v, want %s", day, casework.Limits(&c, ix, local(t, day)), want)
		}
	}
	if len(c.Clocks) != len(before.Clocks)+1 || c.State != before.State || c.Holder != before.Holder || c.Lead != before.Lead {
		t.Errorf("an order moved the case: %s %s %s, %d clocks", c.State, c.Holder, c.Lead, len(c.Clocks))
	}
}

// Ensure that a worker writes the party's say down once, and again only when the case
// was taken up anew and came to an end once more; in every table that has it.
func TestRated_OnceARound(t *testing.T) {
	rated := &casework.Rated{Satisfaction: "satisfied", Efficiency: "basic", Leader: "basic"}
	for m, from := range map[casework.Matter]casework.State{casework.Dispute: casework.StateResolved, casework.Petition: casework.StateResolved, casework.Delegated: casework.StateResolved} {
		c := standsAt(m, from)
		first := does(&c, grid1, rated)
		second := does(&c, mediator1, rated)
		does(&c, mediator1, &casework.Reopened{Reason: "又起争执"})
		again := c.Round
		c.State = from // handled and settled anew
		third := does(&c, grid1, rated)
		if first != "" || second != casework.WhyRated || third != "" || again != 1 || len(c.Ratings) != 2 || c.Ratings[0].Round != 0 || c.Ratings[1].Round != 1 {
			t.Errorf("%s: %q, %q, in round %d %q; %+v", m, first, second, again, third, c.Ratings)
		}
	}
}

// Ensure that of two workers who rate the same case offline the second is contested,
// that a decision either way ends that, and that the say counts once.
func TestRated_Concurrent(t *testing.T) {
	rate := func(n int, p casework.Person, how string) casework.Entry {
		return by(p, entry(n, []int{2}, &casework.Rated{Satisfaction: how, Efficiency: how, Leader: how}))
	}
	entries := append(caseEntries(casework.StateResolved), rate(3, grid1, "satisfied"), rate(4, mediator1, "unsatisfied"))
	c := fold(entries...)
	if line, _ := c.Line(uid(4)); line.Why != casework.WhyRated || len(c.Contested) != 1 || len(c.Ratings) != 1 {
		t.Fatalf("the second is %s (%s), ratings %+v", line.Effect, line.Why, c.Ratings)
	}
	settle := func(choice string) casework.Case {
		return fold(append(slices.Clone(entries), by(mediator1, entry(5, []int{3, 4}, &casework.Settled{Entry: uid(4), Choice: choice})))...)
	}
	if kept := settle("keep"); len(kept.Contested) > 0 || len(kept.Ratings) != 1 || kept.Ratings[0].Satisfaction != "satisfied" {
		t.Errorf("kept: contested %v, %+v", kept.Contested, kept.Ratings)
	}
	if taken := settle("take"); len(taken.Ratings) != 1 {
		t.Errorf("taken: %+v", taken.Ratings)
	}
}

// Ensure that the six things that are not to happen are facts of the case: recorded as
// often as they happened, by whoever has to do with it, after its end too, on no day to
// come, and that they change nothing else.
func TestTurned(t *testing.T) {
	s := at(t, casework.StateHandling)
	before := s.fold()
	for _, into := range []string{"to_city", "to_province", "to_beijing", "criminal", "violent", "mass", "mass"} {
		v := &casework.Turned{Into: into, On: "2026-10-12", People: 12}
		if faults := v.Check(ix); len(faults) > 0 {
			t.Errorf("%s: %v", into, faults)
		}
		s.add(sfs1, v)
		if why := s.last(); why != "" {
			t.Errorf("%s: %q", into, why)
		}
	}
	c := s.fold()
	if len(c.ActsOf(casework.ActTurn)) != 7 || c.State != before.State || len(c.Clocks) != len(before.Clocks) || len(c.Joined) > 0 {
		t.Errorf("%d turns, %s, %d clocks, %v", len(c.ActsOf(casework.ActTurn)), c.State, len(c.Clocks), c.Joined)
	}
	s.add(sfs1, &casework.Turned{Into: "to_city", On: "2030-01-01"})
	if why := s.last(); why != casework.WhyFuture {
		t.Errorf("on a day to come: %q", why)
	}
	if len((&casework.Turned{Into: "to_mars", On: "2026-10-12"}).Check(ix)) != 1 {
		t.Error("something else passes")
	}
}
