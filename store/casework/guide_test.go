package casework_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that every state that is no end says what brings the case on, and that each of
// those actions has a rule there.
func TestTables_Next(t *testing.T) {
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, s := range table.States {
			if s.Ended == (len(s.Next) > 0) {
				t.Errorf("%s: %s has the next steps %v", m, s.State, s.Next)
			}
			for _, a := range s.Next {
				if _, ok := table.Rule(a, s.State); !ok {
					t.Errorf("%s: %s is not possible in %s", m, a, s.State)
				}
			}
		}
	}
}

// Ensure that what may be done to many cases at once ends, rates, voids and hands on
// nothing, changes no fact, and asks for no more than a remark.
func TestTables_ManyAreHarmless(t *testing.T) {
	found := 0
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, r := range table.Rules {
			if !r.Many {
				continue
			}
			found++
			if slices.Contains([]casework.Group{casework.GroupCorrect, casework.GroupLink, casework.GroupRisk, casework.GroupSupervise}, r.Group) {
				t.Errorf("%s: %s is one of %s", m, r.Action, r.Group)
			}
			if slices.Contains([]casework.Action{casework.ActRate, casework.ActSay, casework.ActVoid, casework.ActClose}, r.Action) {
				t.Errorf("%s: %s is not harmless", m, r.Action)
			}
			for _, to := range append(slices.Clone(r.Or), r.To) {
				if to.Ended() || to == casework.StateResolved || to == casework.StateRefused || to == casework.StateFailed {
					t.Errorf("%s: %s leads to %s", m, r.Action, to)
				}
			}
			for _, f := range casework.FieldsOf(r.New()) {
				if f.Name != "note" && (f.Required || f.Type != casework.TypeText) {
					t.Errorf("%s: %s asks for %s", m, r.Action, f.Name)
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing may be done to many cases")
	}
}

// Ensure that the next step is the one that somebody would take who knows the trade, with
// the limit that it ends, and that others are told for whom it waits.
func TestNextStep(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	grid := casework.Person{User: "grid1", Unit: "441621102901"}
	town := casework.Person{User: "mediator1", Unit: "441621102"}
	sfs := casework.Person{User: "sfs1", Unit: "441621102-sfs"}
	at := time.Date(2021, 7, 8, 9, 0, 0, 0, ix.Calendar().Location())
	do := func(c casework.Case, p casework.Person, ev casework.Event) casework.Case {
		t.Helper()
		then, why := casework.Foresee(&c, ev, p, at, ix.Version())
		if why != "" {
			t.Fatalf("%s: %s", ev.Kind(), why)
		}
		return then
	}
	registered := do(casework.Case{}, grid, &casework.Registered{Matter: casework.Dispute, Holder: "441621102",
		Fields: casework.Fields{casework.FieldDivision: "441621102901", casework.FieldCategory: "0101"}})
	accepted := do(registered, town, &casework.Accepted{})
	assigned := do(accepted, town, &casework.Assigned{Lead: "441621102-sfs"})
	handling := do(assigned, sfs, &casework.SignedFor{})
	contacted := do(handling, sfs, &casework.Contacted{Way: "phone", Note: "约好了"})
	mediated := do(contacted, sfs, &casework.Mediated{})
	for _, tt := range []struct {
		name  string
		c     casework.Case
		p     casework.Person
		want  casework.Action
		mine  bool
		limit catalogue.LimitCode
	}{
		{"registered, who answers for it", registered, town, casework.ActAccept, true, casework.LimitTriage},
		{"registered, who registered it", registered, grid, casework.ActAccept, false, casework.LimitTriage},
		{"registered, who stands above", registered, casework.Person{User: "county1", Unit: "441621"}, casework.ActAccept, false, casework.LimitTriage},
		{"assigned, the lead", assigned, sfs, casework.ActSignFor, true, casework.LimitSignFor},
		{"assigned, who assigned it", assigned, town, casework.ActSignFor, false, casework.LimitSignFor},
		{"in hand", handling, sfs, casework.ActContact, true, ""},
		{"in hand, both sides were asked", contacted, sfs, casework.ActMediate, true, ""},
		{"in hand, after a meeting", mediated, sfs, casework.ActAgree, true, casework.LimitHandle},
	} {
		g := casework.NextStep(&tt.c, tt.p, ix, at)
		if g.Action != tt.want || g.Mine != tt.mine || g.Limit.Limit != tt.limit {
			t.Errorf("%s: %s, hers %t, ends %q; want %s, %t, %q", tt.name, g.Action, g.Mine, g.Limit.Limit, tt.want, tt.mine, tt.limit)
		}
	}
	if g := casework.NextStep(&assigned, town, ix, at); !slices.Equal(g.Units, []catalogue.UnitID{"441621102-sfs"}) {
		t.Errorf("it waits for %v", g.Units)
	}
	ordered := do(assigned, casework.Person{User: "county1", Unit: "441621"}, &casework.Supervised{To: "441621102", Grade: "yellow", Reason: "请尽快", Due: "2021-07-12"})
	if g := casework.NextStep(&ordered, grid, ix, at); g.Action != casework.ActSignFor || !slices.Equal(g.Units, []catalogue.UnitID{"441621102-sfs"}) {
		t.Errorf("%s waits for %v: an order does not make its unit sign", g.Action, g.Units)
	}
	if registered.State != casework.StateRegistered || len(registered.Timeline) != 1 {
		t.Error("looking ahead changed the case")
	}
}

// Ensure that whoever may do everything is never left without a next step before the end.
func TestNextStep_EveryState(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	at := time.Date(2021, 7, 8, 9, 0, 0, 0, time.UTC)
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, s := range table.States {
			c := casework.Case{Matter: m, State: s.State}
			if s.State == casework.StateSuspended {
				c.Before = table.Register.To
			}
			if g := casework.NextStep(&c, casework.Person{Alone: true}, ix, at); g.Mine == s.Ended {
				t.Errorf("%s: in %s the next step is %q, hers %t", m, s.State, g.Action, g.Mine)
			}
		}
	}
}

// Ensure that only what is harmless is done to many cases, and of that nothing that passes
// a case on or past what has to be looked at first.
func TestTogether(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	town := casework.Person{User: "mediator1", Unit: "441621102"}
	office := casework.Person{User: "county1", Unit: "441621"}
	at := time.Date(2021, 7, 8, 9, 0, 0, 0, time.UTC)
	c, _ := casework.Foresee(&casework.Case{}, &casework.Registered{Matter: casework.Dispute, Holder: "441621102",
		Fields: casework.Fields{casework.FieldDivision: "441621102901"}}, town, at, 1)
	held := c
	held.HeldNow = []casework.EntryID{{}}
	for _, tt := range []struct {
		name string
		c    casework.Case
		p    casework.Person
		a    casework.Action
		want casework.Why
	}{
		{"to accept", c, town, casework.ActAccept, ""},
		{"a remark", c, office, casework.ActNote, ""},
		{"to take it over", c, office, casework.ActAccept, casework.WhyPasses},
		{"what ends it", c, town, casework.ActVoid, casework.WhyOneByOne},
		{"what does not fit", c, town, casework.ActSignFor, casework.WhyNotLead},
		{"with something held", held, town, casework.ActNote, casework.WhyLookFirst},
	} {
		if got := casework.Together(&tt.c, tt.p, tt.a, ix); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
