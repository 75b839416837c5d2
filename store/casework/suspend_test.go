package casework_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// local reads "2006-01-02 15:04" as the county's local time.
func local(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", s, start.Location())
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// done sets when an entry was done.
func done(t *testing.T, when string, e casework.Entry) casework.Entry {
	t.Helper()
	e.Wall = local(t, when)
	e.Stamp.Effective, e.Stamp.Received = e.Wall, e.Wall
	return e
}

var (
	suspend = &casework.Suspended{Reason: "等待房屋安全鉴定", Until: "2026-12-20"}
	resume  = &casework.Resumed{Note: "鉴定意见已收到"}
)

// Ensure that a case is suspended and goes on where it stood, in whichever state
// that was, and that in the meantime only what moves nothing may be done.
func TestSuspended(t *testing.T) {
	table, _ := casework.TableOf(casework.Dispute)
	for state, who := range map[casework.State]casework.Person{
		casework.StateAccepted: mediator1, casework.StateAssigned: bureau1, casework.StateHandling: bureau1,
	} {
		entries := caseEntries(state)
		n := len(entries)
		before := fold(entries...)
		entries = append(entries, by(who, entry(n+1, []int{n}, suspend)))
		c := fold(entries...)
		if c.State != casework.StateSuspended || c.Stage() != before.Stage() || !slices.Equal(casework.Turn(&c), casework.Turn(&before)) {
			t.Errorf("%s suspended: %s, stage %s, turn of %v", state, c.State, c.Stage(), casework.Turn(&c))
		}
		if !casework.Todo(&c, who, ix) {
			t.Errorf("%s suspended: nobody remembers it", state)
		}
		for _, o := range casework.Offers(&c, alone, ix) {
			r, fits := table.Rule(o.Action, casework.StateSuspended)
			moves := fits && r.To != "" && !slices.Contains([]casework.Action{casework.ActResume, casework.ActVoid, casework.ActMerge}, o.Action)
			plain := slices.Contains([]casework.Action{casework.ActResume, casework.ActNote, casework.ActAmend, casework.ActAddParty,
				casework.ActRemoveParty, casework.ActConfide, casework.ActContact, casework.ActVoid}, o.Action)
			if moves || plain && !o.Allowed || !fits && o.WhyNot != casework.WhyState || fits && o.WhyNot == casework.WhyState {
				t.Errorf("%s suspended: %s allowed %v, %q", state, o.Action, o.Allowed, o.WhyNot)
			}
		}
		c = fold(append(entries, by(who, entry(n+2, []int{n + 1}, resume)))...)
		if c.State != state || c.Before != "" {
			t.Errorf("%s resumed: %s, before %q", state, c.State, c.Before)
		}
		c = fold(append(entries, by(mediator1, entry(n+2, []int{n + 1}, &casework.Voided{Reason: "重复"})))...)
		if c.State != casework.StateVoided || c.Before != "" {
			t.Errorf("%s voided: %s, before %q", state, c.State, c.Before)
		}
		for _, k := range c.Clocks {
			if k.Stop.IsZero() || slices.ContainsFunc(k.Pauses, func(p casework.Pause) bool { return p.To.IsZero() }) {
				t.Errorf("%s voided: %s still stands: %+v", state, k.Limit, k)
			}
		}
	}
}

// Ensure that who holds or handles the case suspends it, and that those above may
// take it up again.
func TestSuspended_Authority(t *testing.T) {
	entries := caseEntries(casework.StateHandling)
	handling := fold(entries...)
	suspended := fold(append(entries, by(bureau1, entry(len(entries)+1, []int{len(entries)}, suspend)))...)
	for _, tt := range []struct {
		c      casework.Case
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{handling, bureau1, casework.ActSuspend, ""},
		{handling, mediator1, casework.ActSuspend, ""},
		{handling, county1, casework.ActSuspend, casework.WhyNotYourUnit},
		{handling, grid1, casework.ActSuspend, casework.WhyRole},
		{handling, mediator2, casework.ActSuspend, casework.WhyNotYourUnit},
		{handling, bureau1, casework.ActResume, casework.WhyState},
		{suspended, bureau1, casework.ActSuspend, casework.WhyState},
		{suspended, bureau1, casework.ActResume, ""},
		{suspended, mediator1, casework.ActResume, ""},
		{suspended, county1, casework.ActResume, ""},
		{suspended, grid1, casework.ActResume, casework.WhyRole},
		{suspended, mediator2, casework.ActResume, casework.WhyNotYourUnit},
		{suspended, bureau1, casework.ActMediate, casework.WhyState},
	} {
		if why := casework.Allowed(&tt.c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s %s at %s: %q, want %q", tt.who.User, tt.action, tt.c.State, why, tt.why)
		}
	}
	if faults := (&casework.Suspended{Until: "明年"}).Check(ix); len(faults) != 2 {
		t.Errorf("without a reason, until no day: %v", faults)
	}
}

// Ensure that a limit stands still while its case is suspended and moves by that
// time in its own unit, whatever the order in which its pauses took effect.
func TestLimits_Paused(t *testing.T) {
	const route, signFor, handle = "route", "sign_for", "handle"
	version := withLimits(t, catalogue.Limit{Code: route, Span: catalogue.Span{N: 36, Unit: catalogue.Hours}},
		catalogue.Limit{Code: signFor, Span: catalogue.Span{N: 3, Unit: catalogue.WorkDays}, YellowPercent: 30},
		catalogue.Limit{Code: handle, Span: catalogue.Span{N: 10, Unit: catalogue.Days}})
	type step struct {
		when  string
		event casework.Event
	}
	accept, assign, sign := &casework.Accepted{}, &casework.Assigned{Lead: "441621-zjj"}, &casework.SignedFor{}
	for name, tt := range map[string]struct {
		steps         []step
		now           string
		limit         catalogue.LimitCode
		due, original string
		light         casework.Light
		left          int
	}{
		"paused hours": {[]step{{"2026-11-20 10:00", accept}, {"2026-11-21 09:00", suspend}}, "2026-12-20 09:00",
			route, "2026-11-21 22:00", "2026-11-21 22:00", casework.Grey, 0},
		"hours over a weekend": {[]step{{"2026-11-20 10:00", accept}, {"2026-11-20 12:00", suspend}, {"2026-11-23 12:00", resume}}, "2026-11-23 13:00",
			route, "2026-11-24 22:00", "2026-11-21 22:00", casework.Green, 1},
		"paused worked days": {[]step{{"2026-11-20 08:00", accept}, {"2026-11-20 09:00", assign}, {"2026-11-20 10:00", suspend}}, "2027-01-20 09:00",
			signFor, "2026-11-26 00:00", "2026-11-26 00:00", casework.Grey, 5},
		"worked days over a weekend": {[]step{{"2026-11-20 08:00", accept}, {"2026-11-20 09:00", assign}, {"2026-11-20 10:00", suspend}, {"2026-11-23 09:00", resume}},
			"2026-11-23 10:00", signFor, "2026-11-27 00:00", "2026-11-26 00:00", casework.Green, 3},
		"worked days over National Day": {[]step{{"2026-09-28 08:00", accept}, {"2026-09-28 09:00", assign}, {"2026-09-29 10:00", suspend}, {"2026-10-08 09:00", resume}},
			"2026-10-08 10:00", signFor, "2026-10-11 00:00", "2026-10-09 00:00", casework.Yellow, 2},
		"days over two pauses": {[]step{{"2026-11-02 08:00", accept}, {"2026-11-02 09:00", assign}, {"2026-11-02 10:00", sign},
			{"2026-11-04 10:00", suspend}, {"2026-11-07 10:00", resume}, {"2026-11-10 10:00", suspend}, {"2026-11-15 10:00", resume}},
			"2026-11-15 11:00", handle, "2026-11-21 00:00", "2026-11-13 00:00", casework.Green, 5},
		"days, the second pause lasts": {[]step{{"2026-11-02 08:00", accept}, {"2026-11-02 09:00", assign}, {"2026-11-02 10:00", sign},
			{"2026-11-04 10:00", suspend}, {"2026-11-07 10:00", resume}, {"2026-11-10 10:00", suspend}},
			"2026-11-30 11:00", handle, "2026-11-16 00:00", "2026-11-13 00:00", casework.Grey, 5},
		"resumed before it was suspended": {[]step{{"2026-11-20 10:00", accept}, {"2026-11-20 14:00", suspend}, {"2026-11-20 12:00", resume}}, "2026-11-20 15:00",
			route, "2026-11-21 22:00", "2026-11-21 22:00", casework.Green, 1},
		"suspended before the limit began": {[]step{{"2026-11-20 10:00", accept}, {"2026-11-18 12:00", suspend}, {"2026-11-20 13:00", resume}}, "2026-11-20 15:00",
			route, "2026-11-22 01:00", "2026-11-21 22:00", casework.Green, 2},
		"no time counts in two pauses": {[]step{{"2026-11-20 10:00", accept}, {"2026-11-20 11:00", suspend}, {"2026-11-20 14:00", resume},
			{"2026-11-20 12:00", suspend}, {"2026-11-20 15:00", resume}}, "2026-11-20 16:00",
			route, "2026-11-22 02:00", "2026-11-21 22:00", casework.Green, 2},
		"late before, late after": {[]step{{"2026-11-20 10:00", accept}, {"2026-11-22 10:00", suspend}, {"2026-11-25 10:00", resume}}, "2026-11-25 11:00",
			route, "2026-11-24 22:00", "2026-11-21 22:00", casework.Red, -1},
	} {
		entries := []casework.Entry{done(t, "2026-09-01 08:00", entry(1, nil, registered()))}
		for i, s := range tt.steps {
			n := len(entries) + 1
			p := mediator1
			if i > 1 {
				p = bureau1
			}
			entries = append(entries, by(p, done(t, s.when, entry(n, []int{n - 1}, s.event))))
		}
		c := fold(entries...)
		if len(c.Contested) > 0 {
			t.Fatalf("%s: %+v", name, c.Timeline)
		}
		r, ok := casework.Overall(&c, version, local(t, tt.now))
		if !ok || r.Limit != tt.limit || !r.Due.Equal(local(t, tt.due)) || !r.OriginalDue.Equal(local(t, tt.original)) || r.Light != tt.light || r.DaysLeft != tt.left {
			t.Errorf("%s: %v %+v", name, ok, r)
		}
		if (r.Light == casework.Grey) != !r.Paused.IsZero() {
			t.Errorf("%s: paused since %v", name, r.Paused)
		}
	}
}

// withLimits is the sample's catalogue with other limits.
func withLimits(t *testing.T, limits ...catalogue.Limit) casework.Lookup {
	t.Helper()
	c := ix.Catalogue()
	c.Limits = limits
	return catalogue.NewIndex(c)
}

// Ensure that of a limit that was paused no more is yellow than of one that was
// not.
func TestLimits_PausedYellow(t *testing.T) {
	version := withLimits(t, catalogue.Limit{Code: "route", Span: catalogue.Span{N: 100, Unit: catalogue.Hours}, YellowPercent: 10})
	c := fold(done(t, "2026-11-02 08:00", entry(1, nil, registered())), done(t, "2026-11-02 08:00", entry(2, []int{1}, &casework.Accepted{})),
		done(t, "2026-11-03 08:00", entry(3, []int{2}, suspend)), done(t, "2026-12-03 08:00", entry(4, []int{3}, resume)))
	r, _ := casework.Overall(&c, version, local(t, "2026-12-03 09:00"))
	if want := r.Due.Add(-10 * time.Hour); !r.Yellow.Equal(want) || r.Light != casework.Green {
		t.Errorf("yellow from %s, want %s; %s", r.Yellow, want, r.Light)
	}
}

// Ensure that two who suspend or resume a case without knowing of each other are
// told so, and that what was done meanwhile waits and counts once it is taken.
func TestSuspended_Concurrent(t *testing.T) {
	base := append(caseEntries(casework.StateHandling), by(bureau1, entry(5, []int{4}, suspend)))
	twice := by(mediator1, entry(6, []int{4}, suspend))
	if c := fold(append(slices.Clone(base), twice)...); !slices.Equal(c.Contested, []casework.EntryID{uid(6)}) || c.Before != casework.StateHandling {
		t.Errorf("suspended twice: contested %v, before %q", c.Contested, c.Before)
	}
	take := func(n, what int) casework.Entry {
		return by(mediator1, entry(n, []int{n - 1}, &casework.Settled{Entry: uid(what), Choice: "take"}))
	}
	c := fold(append(slices.Clone(base), twice, take(7, 6), by(bureau1, entry(8, []int{7}, resume)))...)
	if c.State != casework.StateHandling || c.Open() != 0 {
		t.Errorf("the second was taken, then resumed: %s, open %d", c.State, c.Open())
	}
	resumed := append(slices.Clone(base), by(bureau1, entry(6, []int{5}, resume)), by(mediator1, entry(7, []int{5}, resume)))
	if c := fold(resumed...); c.State != casework.StateHandling || !slices.Equal(c.Contested, []casework.EntryID{uid(7)}) {
		t.Errorf("resumed twice: %s, contested %v", c.State, c.Contested)
	}
	if c := fold(append(resumed, take(8, 7))...); c.State != casework.StateHandling || c.Open() != 0 {
		t.Errorf("the second was taken: %s, open %d", c.State, c.Open())
	}
	agreed := append(slices.Clone(base), by(bureau1, entry(6, []int{4}, &casework.Agreed{Form: "oral", Agreement: "各让一步"})))
	if c := fold(agreed...); c.State != casework.StateSuspended || c.Open() != 1 {
		t.Errorf("agreed unseen: %s, open %d", c.State, c.Open())
	}
	if c := fold(append(agreed, take(7, 6))...); c.State != casework.StateAgreed || c.Before != "" {
		t.Errorf("the agreement was taken: %s, before %q", c.State, c.Before)
	}
	about := &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621-zjj"}, Reason: "涉及干部", Holder: "441621"}
	c = fold(append(slices.Clone(base), by(county1, entry(6, []int{5}, about)))...)
	if r, ok := casework.Overall(&c, ix, start); c.State != casework.StateSuspended || c.Before != casework.StateAccepted || !ok || r.Limit != casework.LimitRoute || r.Light != casework.Grey {
		t.Errorf("taken from its lead: %s, before %s, %+v", c.State, c.Before, r)
	}
}

// Ensure that a limit that ended before the case was suspended, but whose end landed
// later, is not moved by that pause.
func TestSuspended_EndedBefore(t *testing.T) {
	at := func(e casework.Entry, day int) casework.Entry {
		e.Stamp.Effective = start.AddDate(0, 0, day)
		return e
	}
	first := []casework.Entry{at(by(grid1, entry(1, nil, registered())), 0), at(by(mediator1, entry(2, []int{1}, &casework.Accepted{})), 0),
		at(by(mediator1, entry(3, []int{2}, &casework.Mediated{Method: "03", Result: "谈不拢"})), 0)}
	agreed := at(by(mediator1, entry(6, []int{3}, &casework.Agreed{Form: "oral", Agreement: "各清一段"})), 12)
	handle := func(entries ...casework.Entry) casework.Running {
		c := fold(append(slices.Clone(first), entries...)...)
		for _, r := range casework.Limits(&c, ix, start.AddDate(0, 1, 0)) {
			if r.Limit == casework.LimitHandle {
				return r
			}
		}
		t.Fatal("the limit is gone")
		return casework.Running{}
	}
	want := handle(agreed)
	got := handle(at(by(mediator1, entry(4, []int{3}, &casework.Suspended{Reason: "鉴定"})), 13),
		at(by(mediator1, entry(5, []int{4}, &casework.Resumed{})), 23), agreed)
	if !got.Stopped || !got.Due.Equal(want.Due) || got.Light != want.Light {
		t.Errorf("due %s and %s, was %s and %s", got.Due, got.Light, want.Due, want.Light)
	}
}

// Ensure that no history makes a pause negative or two of them overlap, and that
// limits that may stand still do so exactly while their case is suspended.
func TestSuspended_Property(t *testing.T) {
	table, _ := casework.TableOf(casework.Dispute)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for round := range 500 {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		c := fold(randomHistory(r, 2+r.IntN(30))...)
		if (c.Before != "") != (c.State == casework.StateSuspended) {
			t.Fatalf("seed %d round %d: %s, before %q", seed, round, c.State, c.Before)
		}
		for _, k := range c.Clocks {
			free, paused := k.Start, false
			for _, p := range k.Pauses {
				if paused || p.From.Before(free) || !p.To.IsZero() && p.To.Before(p.From) || !k.Stop.IsZero() && p.To.After(k.Stop) {
					t.Fatalf("seed %d round %d: %+v", seed, round, k)
				}
				free, paused = p.To, p.To.IsZero()
			}
			if paused != (k.Stop.IsZero() && c.State == casework.StateSuspended && slices.Contains(table.Pauses, k.Limit)) {
				t.Fatalf("seed %d round %d: %s with %+v", seed, round, c.State, k)
			}
		}
		for _, l := range casework.Limits(&c, ix, start) {
			if l.Due.Before(l.OriginalDue) {
				t.Fatalf("seed %d round %d: %+v", seed, round, l)
			}
		}
	}
}
