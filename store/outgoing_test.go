package store_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that what waits and what the county has is counted as it is, up to which
// entry, and that drafts are told apart.
func TestStore_Outgoing(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	first := register(t, s, "排水沟纠纷")
	o := must[store.Outgoing](t)(s.Outgoing())
	if o.Entries != 2 || o.Cases != 1 || o.Oldest.IsZero() || o.Delivered != 0 || !o.Upto.At.IsZero() {
		t.Errorf("before: %+v", o)
	}
	c.exchange(s)
	c.backed = store.Mark{Epoch: c.epoch, N: 1}
	c.exchange(s)
	oldest := must[store.Saved](t)(s.Append(store.Work{Case: first.Case, Events: note("一")}))
	register(t, s, "鸡进菜地")
	must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "半"}}))
	dropped := must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "丢"}}))
	ok(t, s.DropDraft(dropped.ID))
	o = must[store.Outgoing](t)(s.Outgoing())
	if o.Entries != 2 || o.Cases != 2 || o.Drafts != 1 || o.Delivered != 2 || o.BackedUp != 1 || o.Upto.Seq != 2 || o.Upto.Case != first.Case {
		t.Errorf("between: %+v", o)
	}
	all := must[[]store.OwnRecord](t)(s.OwnRecords(false, 10))
	if len(all) != 4 || all[0].Row.Title != "鸡进菜地" || all[1].UID != oldest.UID || !all[1].At.Equal(o.Oldest) ||
		all[2].Receipt != store.Delivered || all[3].Receipt != store.BackedUp || !all[3].Case.IsZero() {
		t.Errorf("records: %+v", all)
	}
	if unsent := must[[]store.OwnRecord](t)(s.OwnRecords(true, 10)); len(unsent) != 2 || unsent[0].Receipt != store.SavedHere || unsent[0].Kinds[0] != "register" {
		t.Errorf("unsent: %+v", unsent)
	}
	if few := must[[]store.OwnRecord](t)(s.OwnRecords(false, 1)); len(few) != 1 {
		t.Errorf("%d of at most one", len(few))
	}
}

// Ensure that what is written again in a new log is told once, and that marks fall back
// with a county that was restored.
func TestStore_OwnRecords_Again(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	register(t, s, "排水沟纠纷")
	c.exchange(s)
	n, feeds := c.n, len(c.feeds[village])
	register(t, s, "鸡进菜地")
	ok(t, s.Rotate(casework.LogForked))
	told := map[casework.EntryID]int{}
	for _, r := range must[[]store.OwnRecord](t)(s.OwnRecords(false, 100)) {
		if told[r.UID]++; told[r.UID] > 1 {
			t.Errorf("%v is told twice", r.Kinds)
		}
	}
	if len(told) != 4 {
		t.Errorf("%d records", len(told))
	}
	c.exchange(s)
	c.restore(n, feeds)
	if _, err := s.Absorb(c.answer(s.Position(), nil)); err != nil {
		t.Fatal(err)
	}
	o := must[store.Outgoing](t)(s.Outgoing())
	if o.Entries == 0 || must[[]store.OwnRecord](t)(s.OwnRecords(false, 1))[0].Receipt != store.SavedHere {
		t.Errorf("after the restore: %+v", o)
	}
}

// Ensure that what is held is told with its reason until somebody releases it, and to
// whom it is not her own as well.
func TestStore_HeldRecords(t *testing.T) {
	c := newCounty(t, village, "441621")
	grid, other := c.laptop("grid1", village), c.laptop("county1", "441621")
	saved := register(t, grid, "排水沟纠纷")
	second := register(t, grid, "鸡进菜地")
	c.exchange(grid)
	c.hold = casework.WhyNotYourUnit
	held := must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Events: note("再说一句")}))
	must[store.Saved](t)(grid.Append(store.Work{Case: second.Case, Events: note("又一句")}))
	c.exchange(grid)
	c.hold = ""
	c.exchange(other)
	for who, s := range map[string]*store.Store{"who wrote it": grid, "another": other} {
		all := must[[]store.HeldRecord](t)(s.HeldRecords(10))
		if len(all) != 2 || all[0].Own != (s == grid) || all[0].Line.Why != casework.WhyNotYourUnit || all[0].Case.ID != all[0].Row.ID {
			t.Errorf("%s: %+v", who, all)
		}
	}
	if w := must[store.Waiting](t)(grid.Waiting()); len(w.Held) != 2 || w.Held[0].Title == w.Held[1].Title {
		t.Errorf("what stands in the way of a hand-over: %+v", w.Held)
	}
	receipt := func() (store.Receipt, casework.Why) {
		for _, r := range must[[]store.OwnRecord](t)(grid.OwnRecords(false, 10)) {
			if r.UID == held.UID {
				return r.Receipt, r.Why
			}
		}
		return "", ""
	}
	if got, why := receipt(); got != store.Withheld || why != casework.WhyNotYourUnit {
		t.Errorf("held: %s, %s", got, why)
	}
	must[store.Saved](t)(other.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Released{Entry: held.UID}}}))
	c.exchange(other)
	c.exchange(grid)
	if got, why := receipt(); got != store.Delivered || why != "" {
		t.Errorf("released: %s, %s", got, why)
	}
}

// Ensure that what came from elsewhere is told by case, new, changed or withdrawn, the
// newest first, over a restart, and what the person wrote herself is not.
func TestStore_Arrivals(t *testing.T) {
	c := newCounty(t, village, town)
	grid := c.laptop("grid1", village)
	dir := t.TempDir()
	clk := newClock()
	mine := create(t, dir, options(clk))
	c.join(mine, "mediator1", town)
	a, b := register(t, grid, "甲"), register(t, grid, "乙")
	must[store.Saved](t)(grid.Append(store.Work{Case: a.Case, Events: note("一")}))
	register(t, mine, "自己的")
	c.exchange(grid)
	c.exchange(mine)
	what := func(s *store.Store, since time.Time) string {
		said := ""
		for _, a := range must[[]store.Arrival](t)(s.Arrivals(since)) {
			said += a.Title + " " + string(a.What) + "  "
		}
		return said
	}
	if got := what(mine, time.Time{}); got != "甲 new  乙 new  " {
		t.Errorf("at first: %s", got)
	}
	must[store.Saved](t)(grid.Append(store.Work{Case: a.Case, Events: note("二")}))
	c.exchange(grid)
	c.exchange(mine)
	if got := what(mine, time.Time{}); got != "甲 new  乙 new  " {
		t.Errorf("the same day: %s", got)
	}
	clk.now = clk.now.AddDate(0, 0, 1)
	midnight := time.Date(2026, 10, 13, 0, 0, 0, 0, clk.now.Location())
	must[store.Saved](t)(grid.Append(store.Work{Case: b.Case, Events: note("三")}))
	c.exchange(grid)
	c.withdraw(town, a.Case, "")
	c.exchange(mine)
	if got := what(mine, midnight); got != " withdrawn  乙 changed  " {
		t.Errorf("the next day: %s", got)
	}
	ok(t, mine.Close())
	if got := what(open(t, dir, options(clk)), time.Time{}); got != " withdrawn  乙 changed  " {
		t.Errorf("after a restart: %s", got)
	}
}

// Ensure that a clock that is off is told by how much, and that nothing is said where
// nothing is known.
func TestStore_Skew(t *testing.T) {
	c := newCounty(t, village)
	for _, ahead := range []time.Duration{0, 3 * time.Hour, -40 * 24 * time.Hour} {
		clk := newClock()
		s := create(t, t.TempDir(), options(clk))
		if off, known := s.Skew(); known {
			t.Errorf("without a county: %s", off)
		}
		c.join(s, "grid1", village)
		s.Hear(clk.Now().Add(-ahead))
		off, known := s.Skew()
		if off = off.Round(time.Minute); !known || off != ahead {
			t.Errorf("%s ahead: %s, %v", ahead, off, known)
		}
	}
}

// Ensure that a damaged list of what came in is told by a check, and keeps nothing from
// coming in: it begins anew.
func TestStore_Arrivals_Damaged(t *testing.T) {
	c := newCounty(t, village, town)
	s, other := c.laptop("mediator1", town), c.laptop("grid1", village)
	register(t, other, "排水沟纠纷")
	c.exchange(other)
	c.exchange(s)
	ok(t, s.Save([]store.SavedSearch{{"红的", "灯:红"}}))
	if report := must[store.Report](t)(s.Check(t.Context())); len(report.Faults) != 0 {
		t.Errorf("whole: %+v", report.Faults)
	}
	ok(t, s.SpoilBeside())
	if report := must[store.Report](t)(s.Check(t.Context())); len(report.Faults) != 2 {
		t.Errorf("damaged: %+v", report.Faults)
	}
	register(t, other, "鸡进菜地")
	c.exchange(other)
	c.exchange(s)
	if came := must[[]store.Arrival](t)(s.Arrivals(time.Time{})); len(came) != 1 || came[0].Title != "鸡进菜地" {
		t.Errorf("came: %+v", came)
	}
}

// Ensure that without a county nothing waits to be sent, however it is asked.
func TestStore_OutgoingAlone(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	register(t, s, "排水沟纠纷")
	if o := must[store.Outgoing](t)(s.Outgoing()); o.Entries != 0 {
		t.Errorf("%+v", o)
	}
	if unsent := must[[]store.OwnRecord](t)(s.OwnRecords(true, 10)); len(unsent) != 0 {
		t.Errorf("%d records wait", len(unsent))
	}
	if own := must[[]store.OwnRecord](t)(s.OwnRecords(false, 10)); len(own) != 2 {
		t.Errorf("%d records of two", len(own))
	}
}
