package county_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// urged are a laptop's cases with what the county said of each of their limits.
func (l *laptop) urged() (out []string) {
	l.t.Helper()
	seen := map[casework.CaseID]bool{}
	for _, k := range l.held {
		id := k.rec.Entry.Case
		if id.IsZero() || seen[id] {
			continue
		}
		seen[id] = true
		c := l.fold(id)
		for _, k := range c.Clocks {
			for _, u := range k.Urged {
				out = append(out, fmt.Sprintf("%s %s %s %s %s", id, k.Limit, u.Grade, u.To, u.At.Format("01-02 15:04")))
			}
		}
	}
	slices.Sort(out)
	return out
}

// supervise looks at what is due whenever something is, until a moment.
func (w *world) supervise(until time.Time) (urged int) {
	w.t.Helper()
	for range 10_000 {
		tick, err := w.Supervise(ctx, w.now)
		if err != nil {
			w.t.Fatal(err)
		}
		if urged += tick.Urged; tick.Next.IsZero() || tick.Next.After(until) {
			w.now = until
			return urged
		}
		if !tick.Next.After(w.now) {
			w.t.Fatalf("at %s the next one is at %s", w.now, tick.Next)
		}
		w.now = tick.Next
	}
	w.t.Fatal("there is no end of urging")
	return 0
}

// agree checks that laptops hold a case alike.
func agree(t *testing.T, id casework.CaseID, ls ...*laptop) {
	t.Helper()
	first := ls[0].fold(id)
	for _, l := range ls[1:] {
		c := l.fold(id)
		equal(t, "digest at "+string(l.user), casework.Digest(&c), casework.Digest(&first))
	}
}

func (w *world) at(days int) time.Time { return w.now.AddDate(0, 0, days) }

// Ensure that the county urges a limit at its moments, once each, and that laptops
// receive it as the county's own signed word and fold it alike.
func TestSupervise(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	equal(t, "urged", w.supervise(w.at(30)), 3)
	grid.sync()
	mediator.sync()
	want := []string{
		id.String() + " triage red 441621102 03-03 01:00",
		id.String() + " triage up 441621 03-06 16:00", // the end of the third work day, by the county's clock
		id.String() + " triage yellow 441621102 03-02 17:48",
	}
	equal(t, "told", mediator.urged(), want)
	agree(t, id, mediator, grid)
	for _, l := range []*laptop{grid, mediator} {
		c := l.fold(id)
		last := c.Timeline[len(c.Timeline)-1]
		equal(t, "writer", last.Actor, "county")
		if i := slices.IndexFunc(l.keys, func(k wire.LogKey) bool { return k.Log == last.Name.Log }); i < 0 || l.keys[i].User != "county" || !bytes.Equal(l.keys[i].Key, w.conf.Key.Public()) {
			t.Errorf("%s does not know whose word it is", l.user)
		}
		for _, k := range l.held {
			if k.rec.Entry.UID == last.UID && k.rec.Verify(w.conf.Key.Public()) != nil {
				t.Error("the signature is not the county's")
			}
		}
		equal(t, "verdict of the newest own entry", l.mine[len(l.mine)-1].verdict(t), "admitted ")
	}
	// What is written by who had not seen it lands all the same, and ends it.
	mediator.add(id, &casework.Accepted{})
	mediator.sync()
	c := mediator.fold(id)
	equal(t, "contested", len(c.Contested), 0)
	equal(t, "state", c.State, casework.StateAccepted)
	w.mustVerify()
}

func (w *world) roll(n int) int { return int(w.seed.Uint64() % uint64(n)) }

// Ensure that no clock, however it is set, makes the county say a thing twice.
func TestSupervise_Clock(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	grid.register(village)
	grid.sync()
	day := 24 * time.Hour
	right := w.now
	total := 0
	for _, off := range []time.Duration{2 * day, day, 0, 3 * day, -day, 8 * day, 7 * day, 400 * day, 5 * day} {
		w.now = right.Add(off)
		tick, err := w.Supervise(ctx, w.now)
		if err != nil {
			t.Fatal(err)
		}
		total += tick.Urged
	}
	equal(t, "urged", total, 2) // red, whose yellow was missed, and up
	w.now = right.Add(8 * day)
	grid.sync()
	equal(t, "told", len(grid.urged()), 2)
	w.mustVerify()
}

// Ensure that what is due is known again after a restart, and to a program that opens the
// ledger of one that did not supervise.
func TestSupervise_Reopened(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.sync()
	w.supervise(w.now.Add(17 * time.Hour))
	for _, unindex := range []bool{false, true} {
		if unindex {
			if err := w.Unindex(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.conf.Ledger.Close(); err != nil {
			t.Fatal(err)
		}
		w.open(w.conf)
		if err := w.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		w.mustVerify()
		tick, err := w.Supervise(ctx, w.now)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "next", tick.Next, time.Date(2026, 3, 3, 1, 0, 0, 0, time.UTC))
	}
	equal(t, "urged", w.supervise(w.at(20)), 2)
	grid.sync()
	equal(t, "told", len(grid.urged()), 3)
	equal(t, "key", slices.ContainsFunc(grid.keys, func(k wire.LogKey) bool { return k.User == "county" }), true)
	c := grid.fold(id)
	equal(t, "entries", len(c.Timeline), 4)
	w.mustVerify()
}

// Ensure that several counties on one ledger say everything once.
func TestSupervise_Several(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	const cases = 250 // more than one Update looks at
	for range cases {
		grid.register(village)
	}
	grid.sync()
	w.now = w.now.AddDate(0, 0, 2)
	var all sync.WaitGroup
	urged := make([]int, 3)
	for i := range urged {
		other, err := county.New(ctx, w.conf)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			tick, err := other.Supervise(ctx, w.now)
			if err != nil {
				t.Error(err)
			}
			urged[i] = tick.Urged
		})
	}
	all.Wait()
	equal(t, "urged", urged[0]+urged[1]+urged[2], cases)
	grid.sync()
	equal(t, "told", len(grid.urged()), cases)
	w.mustVerify()
}

// Ensure that a case that is damaged keeps no other one waiting, and is said to be.
func TestSupervise_Damaged(t *testing.T) {
	w := newWorld(t)
	var log bytes.Buffer
	conf := w.conf
	conf.Log = slog.New(slog.NewTextHandler(&log, nil))
	var err error
	if w.County, err = county.New(ctx, conf); err != nil {
		t.Fatal(err)
	}
	grid := w.laptop("grid1")
	bad := grid.register(village)
	grid.register(village)
	grid.sync()
	if err := w.Lose(ctx, bad); err != nil {
		t.Fatal(err)
	}
	if w.County, err = county.New(ctx, conf); err != nil { // which keeps no fold
		t.Fatal(err)
	}
	w.now = w.now.AddDate(0, 0, 2)
	for range 3 {
		tick, err := w.Supervise(ctx, w.now)
		if err != nil || !tick.Next.After(w.now) {
			t.Fatalf("%+v, %v", tick, err)
		}
	}
	if said := log.String(); strings.Count(said, "cannot be supervised") != 1 || !strings.Contains(said, bad.String()) {
		t.Errorf("the operator is told %s", said)
	}
	grid.sync()
	equal(t, "told", len(grid.urged()), 1)
}

// Ensure that a catalogue with another calendar moves what is due.
func TestSupervise_Catalogue(t *testing.T) {
	w := newWorld(t)
	mediator := w.laptop("mediator1")
	id := mediator.register(village, &casework.Accepted{}) // route: three work days
	mediator.sync()
	cat := sample.Catalogue()
	cat.Version = 2
	cat.Calendar.Off = append(slices.Clone(cat.Calendar.Off), "2026-03-04", "2026-03-05")
	slices.Sort(cat.Calendar.Off)
	if _, err := w.Publish(ctx, cat); err != nil {
		t.Fatal(err)
	}
	w.mustVerify()
	w.supervise(w.at(8))
	mediator.sync()
	// 3-03, 3-06, 3-09 instead of 3-03, 3-04, 3-05.
	equal(t, "told", mediator.urged(), []string{id.String() + " route red 441621102 03-09 16:00", id.String() + " route yellow 441621102 03-07 09:06"})
	w.mustVerify()
}

// Ensure that what the county said comes back to one that was restored from before, of a
// log that it knows and of one that it never heard of, and that all agree.
func TestSupervise_Restored(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	equal(t, "urged", w.supervise(w.now.Add(17*time.Hour)), 1) // yellow
	mediator.sync()

	// Of a log that it knows: it is restored at once, and says the same again before
	// anybody gives it back.
	second := w.restored(file)
	equal(t, "urged", second.supervise(second.now.Add(8*time.Hour)), 2) // yellow anew, and red
	mediator.move(second)
	mediator.sync()
	equal(t, "told", len(mediator.urged()), 2)
	second.mustVerify()

	// Of one that it never heard of: the county is put back once more.
	third := second.restored(file)
	third.now = second.now.Add(time.Hour)
	fresh := third.laptop("county1")
	for _, l := range []*laptop{mediator, grid} {
		l.move(third)
		l.sync()
	}
	equal(t, "urged", third.supervise(third.at(10)), 1) // up: the others came back
	for range 2 {
		for _, l := range []*laptop{mediator, grid, fresh} {
			l.sync()
		}
	}
	equal(t, "told", len(fresh.urged()), 3)
	agree(t, id, mediator, grid, fresh)
	c := fresh.fold(id)
	equal(t, "entries", len(c.Timeline), 5) // one of them says nothing
	for _, l := range c.Timeline {
		if l.Effect != casework.Applied {
			t.Errorf("%s is %s", l.UID, l.Effect)
		}
	}
	logs := map[casework.LogID]bool{}
	for _, k := range fresh.keys {
		if k.User == "county" {
			logs[k.Log] = bytes.Equal(k.Key, w.conf.Key.Public())
		}
	}
	equal(t, "the county's logs", len(logs), 3)
	for log, own := range logs {
		if !own {
			t.Errorf("log %s has another key", log)
		}
	}
	third.mustVerify()
}

// Ensure that every limit of a year of cases is urged at its moments and once, whatever
// day people act on and however often the county looks.
func TestSupervise_Year(t *testing.T) {
	w := newWorld(t)
	grid, mediator, bureau := w.laptop("grid1"), w.laptop("mediator1"), w.laptop("bureau1")
	office := w.laptop("county1")
	ix := catalogue.NewIndex(sample.Catalogue())
	var ids []casework.CaseID
	for day := range 365 {
		at := w.now.Add(time.Duration(8+w.roll(30)) * time.Hour)
		w.supervise(at)
		if day%9 == 0 && day < 300 {
			ids = append(ids, grid.register(village))
			grid.sync()
			mediator.sync()
		}
		if len(ids) == 0 || w.roll(3) > 0 {
			continue
		}
		id := ids[w.roll(len(ids))]
		l, ev := mediator, casework.Event(&casework.Accepted{})
		l.sync()
		c := l.fold(id)
		switch c.State {
		case casework.StateAccepted:
			ev = &casework.Assigned{Lead: "441621-zjj"}
		case casework.StateAssigned:
			l, ev = bureau, &casework.SignedFor{}
		case casework.StateHandling:
			l, ev = bureau, &casework.Agreed{Form: "oral", Agreement: "各让一步", Due: w.now.AddDate(0, 0, 20).Format(time.DateOnly)}
		case casework.StateAgreed:
			l, ev = bureau, &casework.Performed{Extent: "full"}
		case casework.StateResolved, casework.StateClosed:
			continue
		}
		l.sync()
		l.add(id, ev)
		l.sync()
		if v := l.mine[len(l.mine)-1].verdict(t); v != "admitted " {
			t.Fatalf("%s is %s", ev.Kind(), v)
		}
	}
	w.supervise(w.now)
	office.sync()
	mediator.sync()
	kinds := map[casework.Grade]int{}
	for _, id := range ids {
		agree(t, id, office, mediator)
		c := office.fold(id)
		urged := map[string][]casework.Urging{}
		for _, k := range c.Clocks {
			urged[fmt.Sprint(k.Limit, k.By)] = k.Urged
		}
		for _, r := range casework.Limits(&c, ix, w.now) {
			end := w.now
			for _, k := range c.Clocks {
				if k.Limit == r.Limit && k.By == r.By && r.Stopped {
					end = k.Stop
				}
			}
			var want []string
			say := func(g casework.Grade, at time.Time) {
				if at = at.Add(time.Millisecond - 1).Truncate(time.Millisecond); at.Before(end) {
					want = append(want, string(g)+" "+at.UTC().String())
					kinds[g]++
				}
			}
			if r.Limit != casework.LimitConfirm {
				if r.Yellow.Before(r.Due) {
					say(casework.GradeYellow, r.Yellow)
				}
				say(casework.GradeRed, r.Due)
				say(casework.GradeUp, ix.Calendar().Add(r.Due, catalogue.Span{N: 3, Unit: catalogue.WorkDays}))
			}
			var got []string
			for _, u := range urged[fmt.Sprint(r.Limit, r.By)] {
				got = append(got, string(u.Grade)+" "+u.At.UTC().String())
			}
			equal(t, fmt.Sprintf("case %s, %s from %s to %s, ended %s", id, r.Limit, r.Start, r.Due, end), got, want)
		}
	}
	for _, g := range []casework.Grade{casework.GradeYellow, casework.GradeRed, casework.GradeUp} {
		if kinds[g] < 20 {
			t.Errorf("%d were urged %s", kinds[g], g)
		}
	}
	w.mustVerify()
}

// Ensure that who watches wakes for what comes and ends when told.
func TestWatch(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	clock := w.conf.Clock
	var mu sync.Mutex
	conf := w.conf
	conf.Clock = func() time.Time { mu.Lock(); defer mu.Unlock(); return clock() }
	var err error
	if w.County, err = county.New(ctx, conf); err != nil {
		t.Fatal(err)
	}
	stop := w.watching()
	time.Sleep(50 * time.Millisecond) // it sleeps: nothing is due
	grid.register(village)
	mu.Lock()
	w.now = w.now.Add(30 * time.Hour) // before it comes to the county
	mu.Unlock()
	grid.sync()
	for range 500 {
		if grid.sync(); len(grid.urged()) > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	equal(t, "told", len(grid.urged()), 1)
	stop()
}

// watching lets the county watch until stop is called.
func (w *world) watching() (stop func()) {
	until, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { w.Watch(until); close(done) }()
	return func() { cancel(); <-done }
}

// Ensure that a county that was restored says nothing again that laptops are about to give
// back: it waits for them, and no longer.
func TestWatch_Restored(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.sync()
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	w.supervise(w.at(2))
	grid.sync()
	w = w.restored(file)
	grid.move(w)
	stop := w.watching()
	time.Sleep(100 * time.Millisecond)
	stop()
	grid.sync()
	w.now = w.now.Add(15 * time.Minute)
	stop = w.watching()
	time.Sleep(100 * time.Millisecond)
	stop()
	grid.sync()
	c := grid.fold(id)
	equal(t, "entries", len(c.Timeline), 3)
	w.now = w.at(3)
	stop = w.watching()
	for range 500 {
		if grid.sync(); len(grid.urged()) > 2 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	equal(t, "told", len(grid.urged()), 3)
	w.mustVerify()
}

// Ensure that no laptop can write as the county, nor take the name of its log.
func TestSupervise_Forged(t *testing.T) {
	w := newWorld(t)
	grid, mallory := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	w = w.restored(file)
	equal(t, "urged", w.supervise(w.at(2)), 2)
	for _, l := range []*laptop{grid, mallory} {
		l.move(w)
		l.sync()
	}
	c := mallory.fold(id)
	own := c.Timeline[len(c.Timeline)-1].Name.Log

	// An urging of her own is held, whoever she says that she is.
	word := &casework.Urged{Grade: casework.GradeUp, Limit: casework.LimitTriage, Start: c.Clocks[0].By, To: "441621", Due: "2026-03-03"}
	mallory.add(id, word)
	mallory.sync()
	equal(t, "her urging", mallory.mine[len(mallory.mine)-1].verdict(t), "held "+string(casework.WhyRole))
	mallory.user = "county"
	mallory.add(id, word)
	mallory.sync()
	equal(t, "in the county's name", mallory.mine[len(mallory.mine)-1].verdict(t), "held "+string(casework.WhyWrongUser))
	mallory.user = "mediator1"

	// The name of the county's log is the county's.
	mine := mallory.log
	mallory.log = own
	kept := mallory.mine
	mallory.mine = nil
	mallory.write(casework.CaseID{}, casework.EntryID{UUID: mallory.id()}, nil, &casework.LogOpened{Reason: casework.LogEnrolled, Key: mallory.public()})
	reply, err := mallory.Exchange(ctx, mallory.public(), mallory.request())
	if err != nil || len(reply.Forks) != 1 || reply.Forks[0].Log != own || len(reply.Stamps) > 0 {
		t.Fatalf("told %+v, %v", reply, err)
	}
	w.mustVerify()

	// While a restored county does not know it, she takes it; the county gets it back.
	second := w.restored(file)
	mallory.move(second)
	if reply, err = mallory.Exchange(ctx, mallory.public(), mallory.request()); err != nil || len(reply.Stamps) != 1 {
		t.Fatalf("told %+v, %v", reply, err)
	}
	mallory.log, mallory.mine = mine, kept
	grid.move(second)
	grid.sync()
	late := second.laptop("county1")
	late.sync()
	i := slices.IndexFunc(late.keys, func(k wire.LogKey) bool { return k.Log == own })
	if i < 0 || !bytes.Equal(late.keys[i].Key, w.conf.Key.Public()) {
		t.Errorf("whose log it is: %+v", late.keys)
	}
	equal(t, "told", len(late.urged()), 2)
	agree(t, id, grid, late)
	second.mustVerify()
}

// Ensure that nobody lets a word have its effect that was held because only the county
// writes it: an urging, a say by the slip's code.
func TestSupervise_ForgedReleased(t *testing.T) {
	w := newWorld(t)
	grid, office := w.laptop("grid1"), w.laptop("county1")
	id := grid.register(village)
	grid.add(id, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})
	grid.sync()
	c := grid.fold(id)
	said := &casework.Said{Way: casework.WayCode, Satisfaction: "satisfied", Efficiency: "satisfied", Leader: "satisfied"}
	for _, ev := range []casework.Event{said, &casework.Urged{Grade: casework.GradeUp, Limit: casework.LimitRate, Start: c.Timeline[1].UID, To: region, Due: "2030-01-01"}} {
		grid.write(id, casework.EntryID{UUID: w.id()}, []casework.EntryID{c.Timeline[1].UID}, ev)
	}
	grid.sync()
	office.sync()
	office.unit = region
	forged := grid.mine[len(grid.mine)-2:]
	for i, why := range []casework.Why{casework.WhyByCode, casework.WhyRole} {
		equal(t, "forged", forged[i].verdict(t), "held "+string(why))
		office.write(id, casework.EntryID{UUID: w.id()}, []casework.EntryID{c.Timeline[1].UID}, &casework.Released{Entry: forged[i].rec.Entry.UID})
		office.sync()
		equal(t, "released", office.mine[len(office.mine)-1].verdict(t), "held "+string(why))
	}
	grid.sync()
	equal(t, "ratings", len(grid.rated(id)), 0)
	equal(t, "urged", len(grid.urged()), 0)
	w.mustVerify()
}
