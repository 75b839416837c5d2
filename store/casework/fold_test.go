package casework_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"

	"github.com/google/uuid"
)

var start = time.Date(2026, 10, 12, 9, 0, 0, 0, time.FixedZone("", 8*3600))

func uid(n int) casework.EntryID {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[8:], uint64(n))
	return casework.EntryID{UUID: u}
}

var (
	theCase = casework.CaseID{UUID: uuid.MustParse("01920000-0000-7000-8000-000000000001")}
	epoch   = casework.Epoch{UUID: uuid.MustParse("01920000-0000-7000-8000-0000000000ee")}
	logA    = casework.LogID{UUID: uuid.MustParse("01920000-0000-7000-8000-00000000000a")}
)

// entry builds the n-th admitted entry of the case, written by town's mediator
// unless changed, who had seen the entries named.
func entry(n int, parents []int, events ...casework.Event) casework.Entry {
	e := casework.Entry{
		Name: casework.Name{Log: logA, Seq: uint64(n)}, UID: uid(n), Case: theCase,
		Actor: "mediator1", Unit: "441621102", Wall: start.Add(time.Duration(n) * time.Hour),
		Schema: casework.Schema, Catalogue: 1, Events: events,
		Stamp: &casework.Stamp{Epoch: epoch, N: uint64(n), Verdict: casework.Admitted,
			Received: start.Add(time.Duration(n) * time.Hour), Effective: start.Add(time.Duration(n) * time.Hour)},
	}
	for _, p := range parents {
		e.Parents = append(e.Parents, uid(p))
	}
	return e
}

func registered() *casework.Registered {
	return &casework.Registered{
		Matter: casework.Dispute, Number: "441621102-2026-0001-AAAA", Holder: "441621102",
		Fields: casework.Fields{casework.FieldCategory: "0201", casework.FieldTitle: "排水沟纠纷",
			casework.FieldFacts: "两家为排水沟争吵", casework.FieldDivision: "441621102"},
	}
}

func amend(f casework.Field, v string) *casework.Amended {
	return &casework.Amended{Fields: casework.Fields{f: v}}
}

func fold(entries ...casework.Entry) casework.Case { return casework.Fold(theCase, entries) }

func effects(c casework.Case) string {
	s := ""
	for _, l := range c.Timeline {
		s += string(l.Effect[0])
	}
	return s
}

// Ensure that a case walks the dispute's table from registration to closing.
func TestFold_Life(t *testing.T) {
	steps := []struct {
		event casework.Event
		state casework.State
		stage casework.Stage
	}{
		{registered(), casework.StateRegistered, casework.StageIntake},
		{&casework.Contacted{}, casework.StateRegistered, casework.StageIntake},
		{&casework.Accepted{}, casework.StateAccepted, casework.StageAssess},
		{&casework.Assigned{Lead: "441621-zjj", Co: []catalogue.UnitID{"441621102-sfs"}}, casework.StateAssigned, casework.StageRoute},
		{&casework.SignedFor{}, casework.StateHandling, casework.StageJoint},
		{&casework.Mediated{Method: "03", Result: "双方同意再谈"}, casework.StateHandling, casework.StageJoint},
		{&casework.Agreed{Form: "written", Agreement: "各让一步", Due: "2026-11-01"}, casework.StateAgreed, casework.StageJoint},
		{&casework.Performed{Extent: "partial"}, casework.StateAgreed, casework.StageJoint},
		{&casework.Performed{Extent: "full"}, casework.StateResolved, casework.StageMonitor},
		{&casework.Revisited{By: "visit", Performed: "yes"}, casework.StateResolved, casework.StageMonitor},
		{&casework.Rated{Satisfaction: "satisfied", Efficiency: "basic", Leader: "satisfied"}, casework.StateResolved, casework.StageMonitor},
		{&casework.Closed{Outcome: "已履行", Reply: "已当面告知双方"}, casework.StateClosed, casework.StageMonitor},
	}
	var entries []casework.Entry
	for i, s := range steps {
		var parents []int
		if i > 0 {
			parents = []int{i}
		}
		entries = append(entries, entry(i+1, parents, s.event))
		c := fold(entries...)
		if c.State != s.state || c.Stage() != s.stage {
			t.Fatalf("after %s: state %s, stage %s; want %s, %s", s.event.Kind(), c.State, c.Stage(), s.state, s.stage)
		}
		if l := c.Timeline[i]; l.Effect != casework.Applied {
			t.Fatalf("%s: %s because %s", s.event.Kind(), l.Effect, l.Why)
		}
	}
	c := fold(entries...)
	for _, k := range c.Clocks {
		if k.Stop.IsZero() {
			t.Errorf("limit %s still runs in a closed case", k.Limit)
		}
	}
}

// Ensure that an action which does not fit where it lands is contested, kept,
// and has its effect once it is taken.
func TestFold_LateRefusal(t *testing.T) {
	entries := []casework.Entry{
		entry(1, nil, registered()),
		entry(2, []int{1}, &casework.Accepted{}),
		entry(3, []int{2}, &casework.Assigned{Lead: "441621-zjj"}),
		entry(4, []int{1}, &casework.Refused{Reason: "双方不再需要调解"}), // written offline, seen only 1
	}
	c := fold(entries...)
	if c.State != casework.StateAssigned || !slices.Equal(c.Contested, []casework.EntryID{uid(4)}) {
		t.Fatalf("state %s, contested %v", c.State, c.Contested)
	}
	if l, _ := c.Line(uid(4)); l.Why != casework.WhyState {
		t.Errorf("why %s, want state", l.Why)
	}
	taken := fold(append(entries, entry(5, []int{3, 4}, &casework.Settled{Entry: uid(4), Choice: "take"}))...)
	if taken.State != casework.StateRefused || taken.Open() != 0 {
		t.Errorf("taken: state %s, open %d", taken.State, taken.Open())
	}
	kept := fold(append(entries,
		entry(5, []int{3, 4}, &casework.Settled{Entry: uid(4), Choice: "keep"}),
		entry(6, []int{3, 4}, &casework.Settled{Entry: uid(4), Choice: "take"}))...)
	if kept.State != casework.StateAssigned || len(kept.Contested) != 1 || kept.Contested[0] != uid(6) {
		t.Errorf("kept, then taken by another: state %s, contested %v", kept.State, kept.Contested)
	}
}

// Ensure that concurrent writes of one field stand side by side, those of
// different fields merge, and a write that saw the other replaces it.
func TestFold_FieldConflict(t *testing.T) {
	base := []casework.Entry{
		entry(1, nil, registered()),
		entry(2, []int{1}, amend(casework.FieldTitle, "甲")),
		entry(3, []int{1}, &casework.Amended{Fields: casework.Fields{casework.FieldTitle: "乙", casework.FieldPeople: "3"}}),
	}
	c := fold(base...)
	if got := c.Value(casework.FieldTitle); got != "甲" {
		t.Errorf("title %q: what landed first is shown", got)
	}
	if got := c.Value(casework.FieldPeople); got != "3" {
		t.Errorf("people %q: another field just merges", got)
	}
	if len(c.Conflicts) != 1 || c.Conflicts[0].Others[0].Value != "乙" || c.Open() != 1 {
		t.Fatalf("conflicts %+v, open %d", c.Conflicts, c.Open())
	}
	tests := map[string]struct {
		next  casework.Entry
		title string
		open  int
	}{
		"keep":      {entry(4, []int{2, 3}, &casework.Settled{Entry: uid(3), Choice: "keep"}), "甲", 0},
		"take":      {entry(4, []int{2, 3}, &casework.Settled{Entry: uid(3), Choice: "take"}), "乙", 0},
		"saw both":  {entry(4, []int{2, 3}, amend(casework.FieldTitle, "丙")), "丙", 0},
		"saw first": {entry(4, []int{2}, amend(casework.FieldTitle, "丙")), "丙", 1},
		"same":      {entry(4, []int{1}, amend(casework.FieldTitle, "甲")), "甲", 1},
	}
	for name, tt := range tests {
		c := fold(append(slices.Clone(base), tt.next)...)
		if c.Value(casework.FieldTitle) != tt.title || c.Open() != tt.open {
			t.Errorf("%s: title %q, open %d; want %q, %d", name, c.Value(casework.FieldTitle), c.Open(), tt.title, tt.open)
		}
	}
}

// Ensure that a held entry has no effect until it is released, and then has it
// at the place of the release.
func TestFold_Held(t *testing.T) {
	held := entry(2, []int{1}, &casework.Accepted{})
	held.Stamp.Verdict, held.Stamp.Why = casework.Held, casework.WhyRole
	entries := []casework.Entry{entry(1, nil, registered()), held}
	c := fold(entries...)
	if c.State != casework.StateRegistered || effects(c) != "ah" || len(c.HeldNow) != 1 {
		t.Fatalf("state %s, effects %s, held %v", c.State, effects(c), c.HeldNow)
	}
	c = fold(append(entries, entry(3, []int{1}, &casework.Released{Entry: uid(2)}))...)
	if c.State != casework.StateAccepted || effects(c) != "aaa" || len(c.HeldNow) != 0 {
		t.Errorf("released: state %s, effects %s, held %v", c.State, effects(c), c.HeldNow)
	}
}

// Ensure that what a newer version wrote is kept, shown and without effect.
func TestFold_Unknown(t *testing.T) {
	c := fold(entry(1, nil, registered()),
		entry(2, []int{1}, &casework.Accepted{}, &casework.Unknown{N: 999, Payload: []byte{0xa0}}),
		entry(3, []int{2}, amend("place.grid", "7")),
		entry(4, []int{3}, &casework.Noted{Note: "照样能记"}))
	if effects(c) != "auua" || c.Unknown != 2 || c.State != casework.StateRegistered {
		t.Errorf("effects %s, unknown %d, state %s", effects(c), c.Unknown, c.State)
	}
}

// Ensure that an entry is applied whole or not at all.
func TestFold_Atomic(t *testing.T) {
	c := fold(entry(1, nil, registered()),
		entry(2, []int{1}, &casework.Noted{Note: "一"}, amend(casework.FieldTitle, "新"), &casework.SignedFor{}))
	if effects(c) != "ac" || len(c.Notes) != 0 || c.Value(casework.FieldTitle) != "排水沟纠纷" {
		t.Errorf("effects %s, notes %d, title %q", effects(c), len(c.Notes), c.Value(casework.FieldTitle))
	}
}

// Ensure that a uid has effect once, however many logs it was issued in.
func TestFold_Reissued(t *testing.T) {
	again := entry(3, []int{1}, &casework.Noted{Note: "一"})
	again.UID = uid(2)
	c := fold(entry(1, nil, registered()), entry(2, []int{1}, &casework.Noted{Note: "一"}), again)
	if len(c.Notes) != 1 || len(c.Timeline) != 2 {
		t.Errorf("%d notes, %d lines", len(c.Notes), len(c.Timeline))
	}
}

// Ensure that the fold does not depend on the order of arrival, that folding
// one by one gives the same, and that nothing makes it fail or drop an entry.
func TestFold_Property(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	for round := range 300 {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		entries := randomHistory(r, 2+r.IntN(25))
		want := fold(entries...)
		if len(want.Timeline) != len(entries) {
			t.Fatalf("seed %d round %d: %d lines of %d entries", seed, round, len(want.Timeline), len(entries))
		}
		shuffled := slices.Clone(entries)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := fold(shuffled...); casework.Digest(&got) != casework.Digest(&want) {
			t.Fatalf("seed %d round %d: another order, another case", seed, round)
		}
		one := casework.Case{ID: theCase}
		for i := range entries {
			one.Apply(&entries[i], func(id casework.EntryID) *casework.Entry {
				j := slices.IndexFunc(entries, func(e casework.Entry) bool { return e.UID == id })
				if j < 0 {
					return nil
				}
				return &entries[j]
			})
		}
		if casework.Digest(&one) != casework.Digest(&want) {
			t.Fatalf("seed %d round %d: one by one, another case", seed, round)
		}
	}
}

func randomHistory(r *rand.Rand, n int) []casework.Entry {
	entries := []casework.Entry{entry(1, nil, registered())}
	for i := 2; i <= n; i++ {
		var parents []int
		for p := 1; p < i; p++ {
			if r.IntN(3) == 0 {
				parents = append(parents, p)
			}
		}
		target := uid(1 + r.IntN(n))
		choices := []casework.Event{
			amend(casework.FieldTitle, fmt.Sprint(r.IntN(3))), amend(casework.FieldFacts, fmt.Sprint(r.IntN(3))),
			&casework.Accepted{}, &casework.Refused{Reason: "理由"}, &casework.Assigned{Lead: "441621-zjj"}, &casework.SignedFor{},
			&casework.Returned{Reason: "理由"}, &casework.Mediated{}, &casework.Agreed{Form: "oral"}, &casework.Performed{Extent: "full"},
			&casework.Settled{Entry: target, Choice: []string{"keep", "take"}[r.IntN(2)]}, &casework.Released{Entry: target},
			&casework.Noted{Note: "记"}, &casework.Unknown{N: 500}, registered(), &casework.Reopened{Reason: "理由"},
			&casework.SettledOnSpot{Extent: []string{"full", "later"}[r.IntN(2)]}, &casework.Voided{}, &casework.Escalated{To: "441621"},
			&casework.PartyAdded{Element: casework.ElementID{UUID: uid(i).UUID}, Name: "甲"}, &casework.PartyRemoved{Element: casework.ElementID(target)},
			&casework.Suspended{Reason: "待鉴定"}, &casework.Resumed{}, &casework.Suspended{Reason: "待鉴定"}, &casework.Resumed{},
			&casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621-zjj"}, Holder: "441621"},
		}
		events := []casework.Event{choices[r.IntN(len(choices))]}
		for r.IntN(3) == 0 {
			events = append(events, choices[r.IntN(len(choices))])
		}
		e := entry(i, parents, events...)
		e.Stamp.Effective = e.Stamp.Effective.Add(time.Duration(r.IntN(11)-5) * time.Hour) // done in another order than it came
		if r.IntN(8) == 0 {
			e.Stamp.Verdict, e.Stamp.Why = casework.Held, casework.WhyRole
		}
		entries = append(entries, e)
	}
	return entries
}

// Ensure that a released entry counts as seen by whoever saw the release.
func TestFold_ReleasedIsSeen(t *testing.T) {
	held := entry(2, []int{1}, amend(casework.FieldTitle, "甲"))
	held.Stamp.Verdict, held.Stamp.Why = casework.Held, casework.WhyRole
	c := fold(entry(1, nil, registered()), held,
		entry(3, []int{1}, &casework.Released{Entry: uid(2)}),
		entry(4, []int{3}, amend(casework.FieldTitle, "乙")),
		entry(5, []int{1}, &casework.Released{Entry: uid(2)}))
	if c.Value(casework.FieldTitle) != "乙" || effects(c) != "aaaaa" {
		t.Errorf("title %q, effects %s", c.Value(casework.FieldTitle), effects(c))
	}
}

// Ensure that a decision is protected like any other write, and that settling a
// contrary decision reverses it.
func TestFold_DecisionsAreWords(t *testing.T) {
	base := []casework.Entry{
		entry(1, nil, registered()),
		entry(2, []int{1}, amend(casework.FieldTitle, "甲")),
		entry(3, []int{1}, amend(casework.FieldTitle, "乙")),
		entry(4, []int{2, 3}, &casework.Settled{Entry: uid(3), Choice: "keep"}),
	}
	unseen := fold(append(slices.Clone(base), entry(5, []int{2, 3}, amend(casework.FieldTitle, "丙")))...)
	if unseen.Value(casework.FieldTitle) != "甲" || unseen.Open() != 1 {
		t.Errorf("a write that had not seen the decision: title %q, open %d", unseen.Value(casework.FieldTitle), unseen.Open())
	}
	two := append(slices.Clone(base), entry(5, []int{2, 3}, &casework.Settled{Entry: uid(3), Choice: "take"}))
	if c := fold(two...); c.Value(casework.FieldTitle) != "甲" || c.Open() != 1 {
		t.Fatalf("two decisions: title %q, open %d", c.Value(casework.FieldTitle), c.Open())
	}
	reversed := fold(append(two, entry(6, []int{4, 5}, &casework.Settled{Entry: uid(5), Choice: "take"}))...)
	if reversed.Value(casework.FieldTitle) != "乙" || reversed.Open() != 0 {
		t.Errorf("reversed: title %q, open %d", reversed.Value(casework.FieldTitle), reversed.Open())
	}
}

// Ensure that an act of a unit that the case had left unseen is contested.
func TestFold_MovedOn(t *testing.T) {
	c := fold(entry(1, nil, registered()),
		entry(2, []int{1}, &casework.Accepted{}),
		entry(3, []int{2}, &casework.Escalated{To: "441621", Reason: "超出权限"}),
		entry(4, []int{2}, &casework.Mediated{Method: "03", Result: "谈成"})) // the town had not seen 3
	if l, _ := c.Line(uid(4)); l.Effect != casework.Contested || l.Why != casework.WhyMoved {
		t.Errorf("%s because %s", l.Effect, l.Why)
	}
	c = fold(by(grid1, entry(1, nil, registered())), by(mediator1, entry(2, []int{1}, &casework.Accepted{})),
		by(grid1, entry(3, []int{1}, &casework.Voided{Reason: "录错"})))
	if l, _ := c.Line(uid(3)); c.State != casework.StateAccepted || l.Why != casework.WhyMoved {
		t.Errorf("a void that had not seen the acceptance: state %s, %s", c.State, l.Why)
	}
	c = fold(append([]casework.Entry{}, entry(1, nil, registered()), entry(2, []int{1}, &casework.Accepted{}),
		entry(3, []int{2}, &casework.Noted{Note: "x"}), entry(4, []int{2}, &casework.Mediated{Method: "03", Result: "谈成"}))...)
	if l, _ := c.Line(uid(4)); l.Effect != casework.Applied {
		t.Errorf("nothing moved, yet %s because %s", l.Effect, l.Why)
	}
}

// Ensure that releases which lead back to themselves come to an end.
func TestFold_ReleasesInCircles(t *testing.T) {
	release := func(n, what int, held bool) casework.Entry {
		e := entry(n, []int{1}, &casework.Released{Entry: uid(what)})
		if held {
			e.Stamp.Verdict, e.Stamp.Why = casework.Held, casework.WhyRole
		}
		return e
	}
	for name, entries := range map[string][]casework.Entry{
		"of itself":     {release(2, 2, true), release(3, 2, false), release(4, 4, false)},
		"of each other": {release(2, 3, true), release(3, 2, true), release(4, 2, false), release(5, 3, false)},
	} {
		if c := fold(append(entries, entry(1, nil, registered()))...); len(c.Timeline) != len(entries)+1 {
			t.Errorf("%s: %+v", name, c.Timeline)
		}
	}
}

// Ensure that decisions which lead back to themselves come to an end.
func TestFold_DecisionsInCircles(t *testing.T) {
	settle := func(n, what int, choice string) casework.Entry {
		return entry(n, []int{1}, &casework.Settled{Entry: uid(what), Choice: choice})
	}
	for name, entries := range map[string][]casework.Entry{
		"of itself":               {settle(2, 2, "take"), settle(3, 2, "take")},
		"of each other":           {settle(2, 3, "take"), settle(3, 2, "take"), settle(4, 2, "take")},
		"of itself, kept, turned": {settle(2, 2, "take"), settle(3, 2, "keep"), settle(4, 2, "take"), settle(5, 4, "take")},
	} {
		if c := fold(append(entries, entry(1, nil, registered()))...); len(c.Timeline) != len(entries)+1 {
			t.Errorf("%s: %+v", name, c.Timeline)
		}
	}
}

// Ensure that released entries which release others, and are undone, come to an end:
// unbounded, every level here would run the ones below it twice.
func TestFold_ReleasesInLevels(t *testing.T) {
	const levels = 60
	entries := []casework.Entry{entry(1, nil, registered())}
	held := func(n int, events ...casework.Event) {
		e := entry(n, []int{1}, events...)
		e.Stamp.Verdict, e.Stamp.Why = casework.Held, casework.WhyWrongUser
		entries = append(entries, e)
	}
	held(2, &casework.Noted{Note: "说"})
	held(3, &casework.Noted{Note: "说"})
	for i := range levels {
		for j := range 2 {
			held(4+2*i+j, &casework.Released{Entry: uid(2 + 2*i)}, &casework.Released{Entry: uid(3 + 2*i)}, &casework.Settled{Entry: uid(999), Choice: "take"})
		}
	}
	last := 4 + 2*levels
	entries = append(entries, by(county1, entry(last, []int{1}, &casework.Released{Entry: uid(last - 1)})))
	if c := fold(entries...); len(c.Timeline) != len(entries) {
		t.Errorf("%d lines of %d", len(c.Timeline), len(entries))
	}
}

// Ensure that of an entry that writes a field twice one version waits, which a
// decision settles.
func TestFold_FieldTwiceInOneEntry(t *testing.T) {
	amend := func(v string) casework.Event {
		return &casework.Amended{Fields: casework.Fields{casework.FieldTitle: v}}
	}
	c := fold(entry(1, nil, registered()), entry(2, []int{1}, amend("甲")), entry(3, []int{1}, amend("乙"), amend("丙")),
		by(county1, entry(4, []int{2, 3}, &casework.Settled{Entry: uid(3), Choice: "keep"})))
	if len(c.Contested) > 0 || len(c.Conflicts) > 0 || c.Value(casework.FieldTitle) != "甲" {
		t.Errorf("contested %v, conflicts %v, title %s", c.Contested, c.Conflicts, c.Value(casework.FieldTitle))
	}
}
