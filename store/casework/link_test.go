package casework_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"casedesk/store/casework"
)

var otherCase = casework.CaseID{UUID: uuid.MustParse("01920000-0000-7000-8000-000000000002")}

// another is theCase's registration and what followed, as another case.
func another(id casework.CaseID, number string, events ...casework.Event) casework.Case {
	reg := registered()
	reg.Number = number
	entries := []casework.Entry{by(grid1, entry(1, nil, reg))}
	for i, ev := range events {
		entries = append(entries, by(mediator1, entry(i+2, []int{i + 1}, ev)))
	}
	for i := range entries {
		entries[i].Case = id
	}
	return casework.Fold(id, entries)
}

func merge(into casework.CaseID) *casework.Merged {
	return &casework.Merged{Into: into, Reason: "同一件事"}
}

// Ensure that a case is merged from every state in which it runs, in every table,
// that its limits stop with it, and that nothing but remarks and sources is left to
// be written on it.
func TestMerge_EveryTable(t *testing.T) {
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		merges := 0
		for _, s := range table.States {
			if r, ok := table.Rule(casework.ActMerge, s.State); ok {
				merges++
				if s.Ended || r.To != casework.StateMerged {
					t.Errorf("%s: merged from %s to %s", m, s.State, r.To)
				}
			}
		}
		if merges == 0 {
			t.Errorf("%s: a case cannot be merged", m)
		}
		for _, a := range []casework.Action{casework.ActNote, casework.ActUnmerge, casework.ActLink, casework.ActAddSource, casework.ActSettle} {
			if _, ok := table.Rule(a, casework.StateMerged); !ok {
				t.Errorf("%s: a merged case takes no %s", m, a)
			}
		}
		for _, a := range []casework.Action{casework.ActMerge, casework.ActAmend, casework.ActVoid} {
			if _, ok := table.Rule(a, casework.StateMerged); ok {
				t.Errorf("%s: a merged case takes %s", m, a)
			}
		}
	}
}

// Ensure that a merged case goes back to where it stood, and that its limits have
// run on meanwhile.
func TestMerge_Undone(t *testing.T) {
	for _, state := range []casework.State{casework.StateRegistered, casework.StateAccepted, casework.StateAssigned, casework.StateHandling} {
		entries := caseEntries(state)
		n := len(entries)
		before := fold(entries...)
		entries = append(entries, by(mediator1, entry(n+1, []int{n}, merge(otherCase))))
		c := fold(entries...)
		if c.State != casework.StateMerged || !c.Ended() || c.Merged == nil || c.Merged.Into != otherCase || c.Merged.From != state {
			t.Fatalf("%s merged: %s, %+v", state, c.State, c.Merged)
		}
		for _, k := range c.Clocks {
			if k.Stop.IsZero() {
				t.Errorf("%s merged: %s runs", state, k.Limit)
			}
		}
		if casework.Todo(&c, mediator1, ix) {
			t.Errorf("%s merged: still to be done", state)
		}
		entries = append(entries, by(mediator1, entry(n+2, []int{n + 1}, &casework.Unmerged{Reason: "是两件事"})))
		c = fold(entries...)
		if c.State != state || c.Merged != nil || c.Holder != before.Holder || c.Lead != before.Lead {
			t.Errorf("%s undone: %s, %+v", state, c.State, c.Merged)
		}
		for i, k := range c.Clocks {
			if !k.Stop.Equal(before.Clocks[i].Stop) || !k.Start.Equal(before.Clocks[i].Start) {
				t.Errorf("%s undone: %s is %+v, was %+v", state, k.Limit, k, before.Clocks[i])
			}
		}
	}
}

// Ensure that a suspended case that was merged and taken back is not suspended any
// more, and that its clock keeps the pause.
func TestMerge_Suspended(t *testing.T) {
	entries := caseEntries(casework.StateHandling)
	n := len(entries)
	entries = append(entries, by(bureau1, entry(n+1, []int{n}, suspend)),
		by(mediator1, entry(n+2, []int{n + 1}, merge(otherCase))),
		by(mediator1, entry(n+3, []int{n + 2}, &casework.Unmerged{Reason: "是两件事"})))
	c := fold(entries...)
	k := c.Clocks[len(c.Clocks)-1]
	if c.State != casework.StateHandling || c.Before != "" || !k.Stop.IsZero() || len(k.Pauses) != 1 || k.Pauses[0].To.IsZero() {
		t.Errorf("state %s, before %q, %+v", c.State, c.Before, k)
	}
}

// Ensure that two people who merge a case into the same one agree, that two who
// merge it into different ones do not, and that a decision sends it to the other.
func TestMerge_Concurrent(t *testing.T) {
	third := casework.CaseID{UUID: uuid.MustParse("01920000-0000-7000-8000-000000000003")}
	entries := append(caseEntries(casework.StateAccepted),
		by(mediator1, entry(3, []int{2}, merge(otherCase))), by(county1, entry(4, []int{2}, merge(otherCase))),
		by(county1, entry(5, []int{2}, merge(third))))
	c := fold(entries...)
	if effects(c) != "aaaac" || c.Merged.Into != otherCase || len(c.Contested) != 1 {
		t.Fatalf("%s, %+v", effects(c), c.Merged)
	}
	c = fold(append(entries, by(mediator1, entry(6, []int{5}, &casework.Settled{Entry: uid(5), Choice: "take"})))...)
	if c.State != casework.StateMerged || c.Merged.Into != third || c.Merged.From != casework.StateAccepted || len(c.Contested) != 0 {
		t.Errorf("%s, %+v", c.State, c.Merged)
	}
	c = fold(append(entries, by(mediator1, entry(6, []int{5}, &casework.Unmerged{Reason: "是两件事"})))...)
	for _, k := range c.Clocks {
		if k.Limit == casework.LimitRoute && !k.Stop.IsZero() {
			t.Errorf("undone: %+v", k)
		}
	}
}

// Ensure that what somebody wrote on a case without knowing that it was merged is
// kept, and decided like anything that came late.
func TestMerge_LateWords(t *testing.T) {
	entries := append(caseEntries(casework.StateAccepted), by(mediator1, entry(3, []int{2}, merge(otherCase))),
		by(grid1, entry(4, []int{2}, &casework.Noted{Note: "沟又堵了"})), by(grid1, entry(5, []int{2}, amend(casework.FieldTitle, "改了"))))
	c := fold(entries...)
	if effects(c) != "aaaac" || len(c.Notes) != 1 || c.Open() != 1 || c.State != casework.StateMerged {
		t.Errorf("%s, notes %v, open %d, %s", effects(c), c.Notes, c.Open(), c.State)
	}
	if !casework.Todo(&c, mediator1, ix) {
		t.Error("nobody is told of the late amendment")
	}
}

// Ensure that the case that goes on keeps every source once, those of a case that
// was merged on too, and lets them go again.
func TestSources(t *testing.T) {
	dup := another(otherCase, "441621102-2026-0002-BBBB")
	dup.Source = casework.Source{System: "12345", ID: "G-7"}
	dup.Sources = []casework.Taken{{Case: casework.CaseID{UUID: uuid.MustParse("01920000-0000-7000-8000-000000000009")}, Number: "第三件"}}
	entries := append(caseEntries(casework.StateAccepted), by(mediator1, entry(3, []int{2}, dup.AsSources()...)),
		by(county1, entry(4, []int{2}, dup.AsSources()[:1]...)))
	c := fold(entries...)
	if len(c.Sources) != 2 || !c.HasSource(otherCase) || c.Sources[0].Number != dup.Number || c.Sources[0].Source != dup.Source || effects(c) != "aaaa" {
		t.Fatalf("%s, %+v", effects(c), c.Sources)
	}
	c = fold(append(entries, by(mediator1, entry(5, []int{4}, dup.WithoutSources()...)))...)
	if len(c.Sources) != 0 {
		t.Errorf("%+v", c.Sources)
	}
}

// Ensure that links say each relation once and are taken back, and that linking
// lets no unit see a case.
func TestLinks(t *testing.T) {
	link := &casework.Linked{Case: otherCase, Relation: "same_dispute", Basis: "recurs"}
	entries := append(caseEntries(casework.StateAccepted), by(mediator1, entry(3, []int{2}, link)), by(grid1, entry(4, []int{2}, link)),
		by(grid1, entry(5, []int{4}, &casework.Linked{Case: theCase, Relation: "related", Basis: "consent"})))
	c := fold(entries...)
	if links := c.Links(); len(links) != 1 || links[0].Case != otherCase || links[0].Relation != "same_dispute" || links[0].Basis != "recurs" || effects(c) != "aaaac" {
		t.Fatalf("%s, %+v", effects(c), links)
	}
	plain := caseAt(casework.StateAccepted)
	if got, want := casework.Recipients(&c, ix), casework.Recipients(&plain, ix); !slices.Equal(got, want) {
		t.Errorf("a link shows the case to %v, not to %v", got, want)
	}
	c = fold(append(entries, by(mediator1, entry(6, []int{5}, &casework.Unlinked{Act: uid(4)})))...)
	if len(c.Links()) != 0 || len(c.Names()) != 0 {
		t.Errorf("%+v", c.Links())
	}
	if faults := (&casework.Linked{Case: otherCase, Relation: "earlier"}).Check(ix); len(faults) != 1 || faults[0].Field != "basis" {
		t.Errorf("a link without a basis: %v", faults)
	}
}

// Ensure that what needs two cases is judged by both: the one to merge into is
// there, another one and not merged itself; the writer may act on both; and 保密
// of either tells nobody new.
func TestJudgeTwo(t *testing.T) {
	const number = "441621102-2026-0002-BBBB"
	plain := another(otherCase, number)
	merged := another(otherCase, number, merge(theCase))
	voided := another(otherCase, number, &casework.Voided{Reason: "误录"})
	closed := another(otherCase, number, &casework.SettledOnSpot{Agreement: "各让一步", Extent: "full"}, &casework.Closed{Outcome: "好", Reply: "好"})
	reopened := another(otherCase, number, &casework.SettledOnSpot{Agreement: "各让一步", Extent: "full"}, &casework.Closed{Outcome: "好", Reply: "好"},
		&casework.Reopened{Reason: "又来反映"})
	elsewhere := another(otherCase, number, &casework.Accepted{}, &casework.Escalated{To: "441621", Reason: "涉及多镇"})
	secret := another(otherCase, number)
	secret.Confidential = true
	here := caseAt(casework.StateAccepted)
	hidden := here
	hidden.Confidential = true
	tests := []struct {
		name  string
		c     casework.Case
		other *casework.Case
		ev    casework.Event
		who   casework.Person
		why   casework.Why
	}{
		{"into one that is there", here, &plain, merge(otherCase), mediator1, ""},
		{"into one that is closed", here, &closed, merge(otherCase), mediator1, casework.WhyMergeEnded},
		{"into one that was opened again", here, &reopened, merge(otherCase), mediator1, ""},
		{"alone, into one that is closed", here, &closed, merge(otherCase), alone, casework.WhyMergeEnded},
		{"into itself", here, &here, merge(theCase), mediator1, casework.WhySameCase},
		{"into one that is not there", here, nil, merge(otherCase), mediator1, casework.WhyMergeTarget},
		{"in a circle", here, &merged, merge(otherCase), mediator1, casework.WhyMergeTarget},
		{"into one that was voided", here, &voided, merge(otherCase), mediator1, casework.WhyMergeTarget},
		{"into one that is in other hands", here, &elsewhere, merge(otherCase), mediator1, casework.WhyMergeHands},
		{"by who stands above both", here, &elsewhere, merge(otherCase), county1, ""},
		{"by somebody of another town", here, &plain, merge(otherCase), mediator2, casework.WhyMergeHands},
		{"保密 into one that more see", hidden, &plain, merge(otherCase), mediator1, casework.WhyMoreSee},
		{"into one that is 保密", here, &secret, merge(otherCase), mediator1, casework.WhyMoreSee},
		{"保密 into 保密 of the same units", hidden, &secret, merge(otherCase), mediator1, ""},
		{"alone", hidden, &plain, merge(otherCase), alone, ""},
		{"a source that was merged here", here, &merged, &casework.SourceAdded{Case: otherCase}, mediator1, ""},
		{"a source that was not", here, &plain, &casework.SourceAdded{Case: otherCase}, mediator1, casework.WhyNotMerged},
		{"a source that is not there", here, nil, &casework.SourceAdded{Case: otherCase}, mediator1, casework.WhyNotMerged},
		{"a link to one that is not there", here, nil, &casework.Linked{Case: otherCase}, mediator1, ""},
		{"a link to one that is 保密", here, &secret, &casework.Linked{Case: otherCase}, mediator1, casework.WhyMoreSee},
		{"a link from one that is 保密", hidden, &plain, &casework.Linked{Case: otherCase}, mediator1, ""},
	}
	for _, tt := range tests {
		other := func(id casework.CaseID) *casework.Case {
			switch id {
			case otherCase:
				return tt.other
			case theCase:
				return &tt.c
			}
			return nil
		}
		none := func(casework.EntryID) *casework.Entry { return nil }
		if why := casework.JudgeTwo(&tt.c, []casework.Event{tt.ev}, tt.who, other, none, ix); why != tt.why {
			t.Errorf("%s: %q, want %q", tt.name, why, tt.why)
		}
		// What a release or a decision lets have its effect is judged as much.
		late, want := entry(9, nil, tt.ev), tt.why
		if tt.ev.Num() == casework.NumLinked && tt.other == nil {
			want = casework.WhyMoreSee // the county held it by a case that is not here
		}
		earlier := func(id casework.EntryID) *casework.Entry { return &late }
		for _, ev := range []casework.Event{&casework.Released{Entry: uid(9)}, &casework.Settled{Entry: uid(9), Choice: "take"}} {
			if why := casework.JudgeTwo(&tt.c, []casework.Event{ev}, tt.who, other, earlier, ix); why != want {
				t.Errorf("%s, %s: %q, want %q", tt.name, ev.Kind(), why, want)
			}
		}
		if why := casework.JudgeTwo(&tt.c, []casework.Event{&casework.Settled{Entry: uid(9), Choice: "keep"}}, tt.who, other, earlier, ix); why != "" {
			t.Errorf("%s, left out: %q", tt.name, why)
		}
		hide := []casework.Event{&casework.Confided{Confidential: "yes"}, tt.ev}
		if why := casework.JudgeTwo(&tt.c, hide, tt.who, other, none, ix); why == "" {
			t.Errorf("%s: judged by who saw the case before the same entry hid it", tt.name)
		}
	}
}

// Ensure that what is held can be left out by who answers for the case, that this is
// no way to let it have its effect, and that a held registration is not left out.
func TestSettle_LeavesOutWhatIsHeld(t *testing.T) {
	bad := entry(3, []int{2}, merge(otherCase))
	bad.Stamp.Verdict, bad.Stamp.Why = casework.Held, casework.WhyMergeTarget
	entries := append(caseEntries(casework.StateAccepted), bad)
	leave := &casework.Settled{Entry: uid(3), Choice: "keep"}
	take := &casework.Settled{Entry: uid(3), Choice: "take"}
	held := fold(entries...)
	if casework.Allowed(&held, mediator1, casework.ActSettle, ix) != "" {
		t.Error("nobody may leave it out")
	}
	c := fold(append(entries, by(mediator1, entry(4, []int{2}, leave)))...)
	line, _ := c.Line(uid(3))
	if len(c.HeldNow) != 0 || c.State != casework.StateAccepted || c.Decided(line) != "leave" || effects(c) != "aaha" {
		t.Errorf("%s, held %v, %q, %s", effects(c), c.HeldNow, c.Decided(line), c.State)
	}
	// A decision on the decision lets it have no effect either.
	c = fold(append(entries, by(mediator1, entry(4, []int{2}, leave)), by(mediator1, entry(5, []int{4}, take)),
		by(mediator1, entry(6, []int{5}, &casework.Settled{Entry: uid(5), Choice: "take"})))...)
	if c.State != casework.StateAccepted || c.Merged != nil {
		t.Errorf("held words had their effect: %s", c.State)
	}
	first := by(grid1, entry(1, nil, registered()))
	first.Stamp.Verdict, first.Stamp.Why = casework.Held, casework.WhyRole
	c = fold(first, by(mediator1, entry(2, nil, &casework.Settled{Entry: uid(1), Choice: "keep"})))
	if len(c.HeldNow) != 1 {
		t.Error("a held registration was left out")
	}
}

// Ensure that a confidential case which is merged into another one is named there by
// its id alone, with what was merged into it before: whoever joins the other later
// does not learn its number or where it came from.
func TestAsSources_Confidential(t *testing.T) {
	third := casework.CaseID{UUID: uuid.MustParse("01920000-0000-7000-8000-000000000003")}
	dup := another(otherCase, "441621102-2026-0002-BBBB", &casework.SourceAdded{Case: third, Number: "441621102-2026-0003-CCCC", Channel: "06"})
	if n := len(dup.AsSources()); n != 2 {
		t.Fatalf("%d sources", n)
	}
	dup.Confidential = true
	for i, ev := range dup.AsSources() {
		got := *ev.(*casework.SourceAdded)
		if want := (casework.SourceAdded{Case: []casework.CaseID{otherCase, third}[i]}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	c := fold(append(caseEntries(casework.StateAccepted), by(mediator1, entry(3, []int{2}, dup.AsSources()...)))...)
	if len(c.Sources) != 2 || !c.HasSource(otherCase) || c.Sources[0].Number != "" {
		t.Errorf("%+v", c.Sources)
	}
}
