package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// told is what the county says of a case until a moment if it looks whenever it says that
// it has to: when, of which limit, in which grade, to whom, for which last day.
func told(t *testing.T, until string, entries []casework.Entry) (said []string, all []casework.Entry) {
	t.Helper()
	all = slices.Clone(entries)
	for range 100 {
		c := fold(all...)
		at, ok := casework.NextUrging(&c, ix)
		if !ok || at.After(local(t, until)) {
			return said, all
		}
		if early := casework.DueUrgings(&c, ix, at.Add(-time.Second)); len(early) > 0 {
			t.Fatalf("%+v is due before %s", early, at)
		}
		due := casework.DueUrgings(&c, ix, at)
		if len(due) == 0 {
			t.Fatalf("nothing is due at %s", at)
		}
		for _, u := range due {
			all = append(all, countySays(len(all)+1, at, u))
			said = append(said, fmt.Sprintf("%s %s %s %s %s", at.In(start.Location()).Format("01-02 15:04"), u.Limit, u.Grade, u.To, u.Due[5:]))
		}
	}
	t.Fatal("there is no end of urging")
	return nil, nil
}

func countySays(n int, at time.Time, u casework.Urged) casework.Entry {
	e := entry(n, []int{n - 1}, &u)
	e.Actor, e.Unit = casework.County, ""
	e.Stamp.Effective, e.Stamp.Received = at, at
	return e
}

// opened are the entries of a dispute that a town's unit has accepted and takes in hand.
func opened(t *testing.T) []casework.Entry {
	return []casework.Entry{
		done(t, "2026-10-12 09:00", by(grid1, entry(1, nil, registered()))),
		done(t, "2026-10-12 10:00", by(mediator1, entry(2, []int{1}, &casework.Accepted{}))),
	}
}

// Ensure that a limit is urged when its light turns yellow, when it is over, and when that
// was ignored, each once, at its moment and to whom it binds; and what moves that.
func TestDueUrgings(t *testing.T) {
	handing := func(n int, day string) casework.Entry {
		return done(t, day, by(mediator1, entry(n, []int{n - 1}, &casework.Assigned{Lead: "441621-zjj"})))
	}
	tests := map[string]struct {
		entries []casework.Entry
		until   string
		want    []string
	}{
		"24 hours, and nobody accepts it": {opened(t)[:1], "2026-11-30 00:00", []string{
			"10-13 01:48 triage yellow 441621102 10-13", // 30% of the hours are left
			"10-13 09:00 triage red 441621102 10-13",
			"10-17 00:00 triage up 441621 10-13", // three work days after the day of the red one
		}},
		"3 work days over a weekend": {[]casework.Entry{
			done(t, "2026-10-15 08:00", by(grid1, entry(1, nil, registered()))),
			done(t, "2026-10-15 09:00", by(mediator1, entry(2, []int{1}, &casework.Accepted{}))), // a Thursday
		}, "2026-11-30 00:00", []string{
			"10-19 07:30 route yellow 441621102 10-20",
			"10-21 00:00 route red 441621102 10-20", // it is over with the last day, which is a Tuesday
			"10-27 00:00 route up 441621 10-20",     // Wednesday's red one, then Thursday, Friday, Monday
		}},
		"to the unit that it was assigned to, then to the one above it": {append(opened(t), handing(3, "2026-10-13 10:00")), "2026-11-30 00:00", []string{
			"10-15 00:00 sign_for yellow 441621-zjj 10-15",
			"10-16 00:00 sign_for red 441621-zjj 10-15",
			"10-22 00:00 sign_for up 441621 10-15",
		}},
		"what was done in time is not urged": {append(opened(t), handing(3, "2026-10-13 10:00"),
			done(t, "2026-10-13 11:00", by(bureau1, entry(4, []int{3}, &casework.SignedFor{})))), "2026-10-20 00:00", nil},
		"an order binds the unit that it is given to": {append(opened(t), handing(3, "2026-10-13 10:00"),
			done(t, "2026-10-13 11:00", by(bureau1, entry(4, []int{3}, &casework.SignedFor{}))),
			done(t, "2026-10-13 11:00", by(mediator1, entry(5, []int{4}, &casework.Supervised{To: "441621-zjj", Grade: casework.GradeRed, Reason: "r", Due: "2026-10-16"})))),
			"2026-10-23 00:00", []string{
				"10-15 22:30 order yellow 441621-zjj 10-16",
				"10-17 00:00 order red 441621-zjj 10-16",
				"10-22 00:00 order up 441621 10-16", // a Saturday's red one: Monday, Tuesday, Wednesday
			}},
		"nothing while it stands still, and by the day that moved": {append(opened(t), handing(3, "2026-10-12 11:00"),
			done(t, "2026-10-12 12:00", by(bureau1, entry(4, []int{3}, &casework.SignedFor{}))), // handle: 30 days, until 11-11
			done(t, "2026-11-02 09:00", by(bureau1, entry(5, []int{4}, suspend))),
			done(t, "2026-11-12 09:00", by(bureau1, entry(6, []int{5}, resume)))), "2026-11-25 00:00", []string{
			"11-12 20:24 handle yellow 441621-zjj 11-21",
			"11-22 00:00 handle red 441621-zjj 11-21",
		}},
		"none that stands still": {append(opened(t), handing(3, "2026-10-12 11:00"),
			done(t, "2026-10-12 12:00", by(bureau1, entry(4, []int{3}, &casework.SignedFor{}))),
			done(t, "2026-11-02 09:00", by(bureau1, entry(5, []int{4}, suspend)))), "2027-11-25 00:00", nil},
		"none of a case that has ended": {append(opened(t)[:1],
			done(t, "2026-10-12 10:00", by(mediator1, entry(2, []int{1}, &casework.Voided{Reason: "r"})))), "2027-11-30 00:00", nil},
		"none of a case that was merged": {append(opened(t)[:1],
			done(t, "2026-10-12 10:00", by(mediator1, entry(2, []int{1}, &casework.Merged{Into: casework.CaseID{UUID: uid(9).UUID}, Reason: "r"})))), "2027-11-30 00:00", nil},
	}
	for name, tt := range tests {
		got, all := told(t, tt.until, tt.entries)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n%s\nwant:\n%s", name, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
		c := fold(all...)
		if due := casework.DueUrgings(&c, ix, local(t, tt.until)); len(due) > 0 {
			t.Errorf("%s: %+v is due once more", name, due)
		}
	}
}

// Ensure that who comes late says the strongest grade alone, and never the weaker ones.
func TestDueUrgings_Missed(t *testing.T) {
	entries := opened(t)[:1]
	c := fold(entries...)
	due := casework.DueUrgings(&c, ix, local(t, "2026-10-20 09:00"))
	if len(due) != 1 || due[0].Grade != casework.GradeRed {
		t.Fatalf("due %+v", due)
	}
	entries = append(entries, countySays(2, local(t, "2026-10-20 09:00"), due[0]))
	c = fold(entries...)
	for _, now := range []string{"2026-10-13 02:00", "2026-10-20 09:00", "2026-10-23 23:59"} { // a clock that was set back, too
		if due := casework.DueUrgings(&c, ix, local(t, now)); len(due) > 0 {
			t.Errorf("at %s %+v is due", now, due)
		}
	}
	if next, ok := casework.NextUrging(&c, ix); !ok || !next.Equal(local(t, "2026-10-24 00:00")) {
		t.Errorf("next %s", next)
	}
}

// Ensure that a limit that was given more time is urged anew for its later day, and one
// whose day came nearer again is not.
func TestDueUrgings_Extended(t *testing.T) {
	entries := append(opened(t), done(t, "2026-10-12 11:00", by(mediator1, entry(3, []int{2}, &casework.Assigned{Lead: "441621-zjj"}))),
		done(t, "2026-10-12 12:00", by(bureau1, entry(4, []int{3}, &casework.SignedFor{}))))
	got, entries := told(t, "2026-11-12 09:00", entries)
	n := len(entries) + 1
	entries = append(entries, done(t, "2026-11-12 10:00", by(mediator1, entry(n, []int{n - 1}, &casework.Extended{Limit: casework.LimitHandle, Until: "2026-12-01", Reason: "r"}))))
	more, entries := told(t, "2026-12-05 00:00", entries)
	want := []string{"11-02 20:24 handle yellow 441621-zjj 11-11", "11-12 00:00 handle red 441621-zjj 11-11",
		"11-22 20:24 handle yellow 441621-zjj 12-01", "12-02 00:00 handle red 441621-zjj 12-01"}
	if got = append(got, more...); !slices.Equal(got, want) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// A working day that was declared since draws nothing nearer: it is said of a later day.
	n = len(entries)
	c := fold(append(slices.Clone(entries[:n-1]), countySays(n, local(t, "2026-12-02 00:00"),
		casework.Urged{Grade: casework.GradeRed, Limit: casework.LimitHandle, Start: uid(4), To: "441621-zjj", Due: "2026-12-03"}))...)
	if due := casework.DueUrgings(&c, ix, local(t, "2026-12-02 09:00")); len(due) > 0 {
		t.Errorf("%+v is due", due)
	}
}

// Ensure that no unit is told of a 保密 case that it is about, or that does not see it.
func TestDueUrgings_Confidential(t *testing.T) {
	reg := registered()
	reg.Confidential, reg.About, reg.Holder = true, []catalogue.UnitID{"441621102"}, "441621"
	got, _ := told(t, "2026-12-30 00:00", []casework.Entry{done(t, "2026-10-12 09:00", by(grid1, entry(1, nil, reg)))})
	want := []string{"10-13 01:48 triage yellow 441621 10-13", "10-13 09:00 triage red 441621 10-13"}
	if !slices.Equal(got, want) { // nobody is above the county
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// A unit that must not see the case any more owes nothing in it; one that is above
	// and does not see it is told nothing.
	entries := append(opened(t), done(t, "2026-10-12 11:00", by(mediator1, entry(3, []int{2}, &casework.Assigned{Lead: "441621109"}))),
		done(t, "2026-10-12 12:00", by(county1, entry(4, []int{3}, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{"441621109"}, Holder: "441621", Reason: "r"}))))
	got, all := told(t, "2027-12-30 00:00", entries)
	c := fold(all...)
	for _, k := range c.Clocks {
		for _, u := range k.Urged {
			if u.To == "441621109" || u.To == "441621" {
				t.Errorf("%s was told: %v", u.To, got)
			}
		}
	}
	if len(got) == 0 {
		t.Error("nobody was told")
	}
}

// Ensure that two urgings of one limit, day and grade are one, wherever they come from,
// and that of several limits of one entry each is urged to its own unit.
func TestUrged_Once(t *testing.T) {
	entries := append(opened(t), done(t, "2026-10-12 11:00", by(mediator1, entry(3, []int{2},
		&casework.CalledOut{Unit: "441621-zjj", Note: "n"}, &casework.CalledOut{Unit: "441621-rsj", Note: "n"}))))
	got, all := told(t, "2026-10-13 12:00", entries)
	want := []string{"10-13 03:48 call_out yellow 441621-zjj 10-13", "10-13 03:48 call_out yellow 441621-rsj 10-13",
		"10-13 11:00 call_out red 441621-zjj 10-13", "10-13 11:00 call_out red 441621-rsj 10-13"}
	if !slices.Equal(got, want) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	again := all[len(all)-1]
	again.UID, again.Stamp = uid(99), &casework.Stamp{Epoch: epoch, N: 99, Verdict: casework.Admitted, Effective: again.Stamp.Effective}
	c := fold(append(all, again)...)
	for _, k := range c.Clocks {
		if k.Limit == casework.LimitCallOut && (len(k.Urged) != 2 || k.Urged[0].To != k.Asked || k.Urged[1].To != k.Asked) {
			t.Errorf("%s was urged %+v", k.Asked, k.Urged)
		}
	}
	if line, _ := c.Line(uid(99)); line.Effect != casework.Applied {
		t.Errorf("the second one is %s", line.Effect)
	}
}

// Ensure that terms in which a party or an organ may act bind nobody: 人民调解法 art. 33,
// 信访工作条例 arts. 35 and 36, 检察公益诉讼解释 art. 13.
func TestDueUrgings_Rights(t *testing.T) {
	for _, l := range []catalogue.LimitCode{casework.LimitConfirm, casework.LimitPetitionAskReview, casework.LimitPetitionAskRecheck, casework.LimitCivilNotice} {
		c := caseAt(casework.StateAgreed)
		c.Clocks = []casework.Clock{{Limit: l, Start: start, Catalogue: 1, By: uid(1)}}
		if next, ok := casework.NextUrging(&c, ix); ok {
			t.Errorf("%s is urged at %s", l, next)
		}
	}
}

// Ensure that a court's limit binds the court, and nobody who waits for it.
func TestBound_Court(t *testing.T) {
	for _, then := range [][]casework.Event{nil, {&casework.ConfirmationAccepted{}}} {
		c := fold(history(append(lifeOf("C"), then...)...)...)
		found := false
		for _, k := range c.Clocks {
			if k.Stop.IsZero() && (k.Limit == casework.LimitCourtAccept || k.Limit == casework.LimitCourtDecide) {
				found = true
				if bound := casework.Bound(&c, &k, casework.Turn(&c)); bound != court {
					t.Errorf("%s binds %q", k.Limit, bound)
				}
			}
		}
		if !found {
			t.Error("no court has a limit")
		}
	}
}

// Ensure that who stands in for a unit that nobody serves any more is told in its place.
func TestDueUrgings_Stranded(t *testing.T) {
	cat := sample.Catalogue()
	for i := range cat.People {
		if slices.Contains(cat.People[i].Units, "441621-zjj") {
			cat.People[i].Left = true
		}
	}
	c := fold(append(opened(t), done(t, "2026-10-13 10:00", by(mediator1, entry(3, []int{2}, &casework.Assigned{Lead: "441621-zjj"}))))...)
	for now, want := range map[*catalogue.Index]catalogue.UnitID{ix: "441621-zjj", catalogue.NewIndex(cat): "441621102"} {
		due := casework.DueUrgings(&c, now, local(t, "2026-10-16 09:00"))
		if len(due) != 1 || due[0].To != want {
			t.Errorf("due %+v, want to %s", due, want)
		}
	}
}

// Ensure that a case of which one person made as much as a case takes in costs an update no
// more than that: the county asks it at every entry who is to be urged, and the fold at
// every order which others run.
func TestNextUrging_Many(t *testing.T) {
	for name, ask := range map[string]casework.Event{"tasks": &casework.Tasked{Unit: bureau, Due: "2026-10-20"}, "orders": order(bureau, casework.GradeOrdinary)} {
		const n = 1500
		all := []casework.Entry{by(grid1, entry(1, nil, registered())), by(grid1, entry(2, []int{1}, &casework.Accepted{}))}
		for i := range n {
			all = append(all, by(center1, entry(i+3, []int{i + 2}, ask)))
		}
		began := time.Now()
		c := fold(all...)
		if _, ok := casework.NextUrging(&c, ix); !ok || len(c.Clocks) < n {
			t.Fatalf("%s: %d limits, none to be urged", name, len(c.Clocks))
		}
		if took := time.Since(began); took > 3*time.Second { // it was 13 seconds and 5
			t.Errorf("%s: it took %s", name, took)
		}
	}
}
