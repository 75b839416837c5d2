package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that the day list holds the appointments of one's own cases and what is
// due, today and in the next days, each in its order, and lets go of what was called
// off; and that a start shows the same.
func TestDay(t *testing.T) {
	clk := newClock()
	dir := t.TempDir()
	s := create(t, dir, options(clk))
	at := func(days int, hour string) string {
		return clk.now.AddDate(0, 0, days).Format(time.DateOnly) + " " + hour
	}
	appoint := func(title, when, purpose string) (casework.CaseID, casework.EntryID) {
		saved := register(t, s, title)
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Accepted{}}}))
		made := must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{
			&casework.Appointed{When: when, Place: "村委会", Purpose: purpose}}}))
		return saved.Case, made.UID
	}
	late, _ := appoint("后天的", at(2, "09:00"), "回访")
	today, made := appoint("今天的", at(0, "15:00"), "调解")
	appoint("下月的", at(30, "09:00"), "")
	triage := register(t, s, "今晚到期的") // 24 hours to be accepted in
	titles := func(list store.List) (out []string) {
		for _, w := range list.Rows {
			out = append(out, w.Title)
		}
		return out
	}
	list := func() store.List { return must[store.List](t)(s.Rows(store.Query{Tab: store.TabToday})) }
	// Routing is due in three working days, so what was accepted today comes too.
	want := []string{"今天的", "今晚到期的", "后天的", "下月的"}
	if got := titles(list()); !slices.Equal(got, want) || list().Tabs[store.TabToday] != 4 {
		t.Fatalf("coming: %v, want %v", got, want)
	}
	if part := must[store.List](t)(s.Rows(store.Query{Tab: store.TabToday, Offset: 1, Limit: 2})); !slices.Equal(titles(part), want[1:3]) || part.Total != 4 {
		t.Errorf("a part of it: %v of %d", titles(part), part.Total)
	}
	day := must[[]store.Doing](t)(s.Day(clk.now))
	if len(day) != 1 || day[0].Row.ID != today || day[0].What != "调解" || day[0].Place != "村委会" {
		t.Errorf("today: %+v", day)
	}
	next := must[[]store.Doing](t)(s.Day(clk.now.AddDate(0, 0, 1)))
	if len(next) != 1 || next[0].Row.ID != triage.Case || next[0].Limit != casework.LimitTriage {
		t.Errorf("tomorrow: %+v", next)
	}
	if row := list().Rows[2]; row.ID != late || row.Next.Format("15:04") != "09:00" {
		t.Errorf("the next appointment: %+v", row)
	}
	must[store.Saved](t)(s.Append(store.Work{Case: today, Events: []casework.Event{&casework.CalledOff{Act: made, Reason: "改期"}}}))
	if day = must[[]store.Doing](t)(s.Day(clk.now)); len(day) != 0 {
		t.Errorf("called off: %+v", day)
	}
	whole := titles(list())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, options(clk))
	defer s.Close()
	first, ok := s.FirstPage(store.TabToday)
	if !ok || !slices.Equal(titles(first), whole) {
		t.Errorf("at the next start: %v, want %v", titles(first), whole)
	}
}

// Ensure that what should have happened is refused when it lies in the future, and
// that a laptop whose clock is behind does not refuse today's date: the county told
// it the time, or the clock was put back by hand.
func TestAppend_Future(t *testing.T) {
	refused := func(s *store.Store, day string) bool {
		t.Helper()
		saved := register(t, s, "排水沟纠纷")
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Accepted{}}}))
		_, err := s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Mediated{Method: "03", Result: "再谈", HappenedOn: day}}})
		var r *casework.Refusal
		if errors.As(err, &r) && !(r.Code == casework.CodeInvalid && r.Faults[0].Field == "happened_on" && r.Faults[0].Problem == casework.InFuture) {
			t.Fatal(err)
		}
		return err != nil
	}
	clk := newClock() // 2026-10-12
	s := create(t, t.TempDir(), options(clk))
	defer s.Close()
	if refused(s, "2026-10-12") || !refused(s, "2026-10-13") {
		t.Error("today is refused, or tomorrow is not")
	}
	newCounty(t, village, town).join(s, "mediator1", town)
	s.Hear(time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC))
	if refused(s, "2026-11-20") || !refused(s, "2026-11-21") {
		t.Error("the county said that it is later, and is not believed")
	}
}

// Ensure that today's visit is on the list however many are planned after it.
func TestDay_ManyAhead(t *testing.T) {
	clk := newClock()
	s := create(t, t.TempDir(), options(clk))
	defer s.Close()
	saved := register(t, s, "每周走访的")
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Accepted{}}}))
	for week := range 26 {
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{
			&casework.Appointed{When: clk.now.AddDate(0, 0, 7*week).Format(time.DateOnly) + " 15:00", Place: "其家中", Purpose: "走访"}}}))
	}
	day := must[[]store.Doing](t)(s.Day(clk.now))
	if len(day) != 1 || day[0].What != "走访" {
		t.Errorf("today: %+v", day)
	}
}
