package casework_test

import (
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// extensible is a case that was taken in hand at a moment, with a limit of the length
// and extension given in the place of the one for handling.
func extensible(t *testing.T, when string, l catalogue.Limit) (casework.Case, *catalogue.Index) {
	t.Helper()
	cat := sample.Catalogue()
	l.Code, l.Since, l.Name, l.Basis, l.Source = casework.LimitHandle, 1, "办理", "law", "某法某条"
	cat.Limits = []catalogue.Limit{l}
	c := fold(
		by(grid1, entry(1, nil, registered())),
		by(mediator1, entry(2, []int{1}, &casework.Accepted{})),
		done(t, when, by(mediator1, entry(3, []int{2}, &casework.Mediated{Method: "03", Result: "再谈"}))),
	)
	return c, catalogue.NewIndex(cat)
}

func days(n int) catalogue.Span { return catalogue.Span{N: n, Unit: catalogue.Days} }

// Ensure that a limit is extended as far as its law lets it and not a day further,
// over month ends, holidays and leap days.
func TestExtensible(t *testing.T) {
	for _, tt := range []struct {
		name   string
		when   string
		limit  catalogue.Limit
		latest string // empty: it cannot be extended
	}{
		{"信访工作条例 art. 34: 60 days and 30, over a year's end", "2025-11-10 09:00", catalogue.Limit{Span: days(60), Extension: days(30)}, "2026-02-08"},
		{"信访工作条例 art. 34: over a leap day", "2023-12-31 09:00", catalogue.Limit{Span: days(60), Extension: days(30)}, "2024-03-30"},
		{"信访工作条例 art. 34: over a February without one", "2025-01-01 09:00", catalogue.Limit{Span: days(30), Extension: days(30)}, "2025-03-02"},
		{"特邀调解规定 art. 27: 30 days and 30, the first end put off by a holiday (民事诉讼法 art. 85)", "2026-09-01 09:00",
			catalogue.Limit{Span: days(30), Extension: days(30), Roll: true}, "2026-11-07"},
		{"two months from the last of December end with February", "2023-12-31 09:00",
			catalogue.Limit{Span: catalogue.Span{N: 1, Unit: catalogue.Months}, Extension: catalogue.Span{N: 1, Unit: catalogue.Months}}, "2024-02-29"},
		{"working days, over the National Day", "2026-09-28 09:00",
			catalogue.Limit{Span: catalogue.Span{N: 2, Unit: catalogue.WorkDays}, Extension: catalogue.Span{N: 1, Unit: catalogue.WorkDays}}, "2026-10-08"},
		{"hours", "2026-10-12 09:00",
			catalogue.Limit{Span: catalogue.Span{N: 24, Unit: catalogue.Hours}, Extension: catalogue.Span{N: 24, Unit: catalogue.Hours}}, "2026-10-14"},
		{"劳动争议调解仲裁法 art. 14: none", "2026-10-12 09:00", catalogue.Limit{Span: days(15)}, ""},
		{"信访工作条例 art. 35, 36: none", "2026-10-12 09:00", catalogue.Limit{Span: days(30)}, ""},
	} {
		c, ix := extensible(t, tt.when, tt.limit)
		if got := casework.Extensible(&c, ix)[casework.LimitHandle]; got != tt.latest {
			t.Errorf("%s: until %q, want %q", tt.name, got, tt.latest)
			continue
		}
		day, err := time.Parse(time.DateOnly, tt.latest)
		if err != nil {
			ev := &casework.Extended{Limit: casework.LimitHandle, Until: "2030-01-01"}
			if why := casework.Fits(&c, ev, "", ix); why != casework.WhyNoExtension || casework.Basis(&c, ev, ix) != "某法某条" {
				t.Errorf("%s: %q by %q", tt.name, why, casework.Basis(&c, ev, ix))
			}
			continue
		}
		for off, want := range map[int]casework.Why{0: "", 1: casework.WhyTooLong, 40: casework.WhyTooLong, -400: casework.WhyNotLater} {
			until := day.AddDate(0, 0, off).Format(time.DateOnly)
			for _, ev := range []casework.Event{&casework.Extended{Limit: casework.LimitHandle, Until: until}, &casework.ExtensionAsked{Limit: casework.LimitHandle, Until: until}} {
				if why := casework.Fits(&c, ev, "", ix); why != want {
					t.Errorf("%s: %s until %s: %q, want %q", tt.name, ev.Kind(), until, why, want)
				}
			}
		}
	}
}

// Ensure that all extensions together are no longer than the law lets one be, that a
// pause between them counts beside them, and that the first day stays known.
func TestExtended_InAll(t *testing.T) {
	s := at(t, casework.StateAccepted)
	s.add(mediator1, &casework.Mediated{Method: "03", Result: "再谈"}) // 2026-10-12: due 2026-11-11, at most 2026-12-11
	extend := func(until string) *casework.Extended {
		return &casework.Extended{Limit: casework.LimitHandle, Until: until, Reason: "等待鉴定"}
	}
	now := func() casework.Running {
		c := s.fold()
		for _, r := range casework.Limits(&c, ix, start) {
			if r.Limit == casework.LimitHandle && !r.Stopped {
				return r
			}
		}
		t.Fatal("the limit does not run")
		return casework.Running{}
	}
	day := func(at time.Time) string { return ix.Calendar().LastDay(at).Format(time.DateOnly) }
	fits := func(until string) casework.Why {
		c := s.fold()
		return casework.Fits(&c, extend(until), "", ix)
	}
	if day(now().Due) != "2026-11-11" {
		t.Fatalf("due on %s", day(now().Due))
	}
	s.add(mediator1, extend("2026-12-01"))
	if r := now(); day(r.Due) != "2026-12-01" || day(r.OriginalDue) != "2026-11-11" || r.Extended != 1 {
		t.Errorf("extended: due %s, at first %s", day(r.Due), day(r.OriginalDue))
	}
	for until, want := range map[string]casework.Why{"2026-12-01": casework.WhyNotLater, "2026-12-11": "", "2026-12-12": casework.WhyTooLong, "2026-12-31": casework.WhyTooLong} {
		if why := fits(until); why != want {
			t.Errorf("again until %s: %q, want %q", until, why, want)
		}
	}
	n := len(s.entries)
	s.entries = append(s.entries,
		done(t, "2026-10-20 09:00", by(mediator1, entry(n+1, []int{n}, suspend))),
		done(t, "2026-10-25 09:00", by(mediator1, entry(n+2, []int{n + 1}, resume))))
	if day(now().Due) != "2026-12-06" || fits("2026-12-16") != "" || fits("2026-12-17") != casework.WhyTooLong {
		t.Errorf("five days of pause: due %s, %q, %q", day(now().Due), fits("2026-12-16"), fits("2026-12-17"))
	}
	s.add(mediator1, extend("2026-11-30"))
	if why := s.last(); why != casework.WhyNotLater {
		t.Errorf("a shorter extension that arrives late: %q", why)
	}
	s.add(mediator1, extend("2026-12-16"))
	last := len(s.entries) - 1
	s.entries[last] = done(t, "2026-11-01 09:00", s.entries[last])
	if r := now(); day(r.Due) != "2026-12-16" || day(r.OriginalDue) != "2026-11-11" || r.Extended != 2 {
		t.Errorf("extended twice: due %s, at first %s", day(r.Due), day(r.OriginalDue))
	}
}

// Ensure that an extension is given by who answers for the case and never by the unit
// that asks, unless it is both; that the petitioner is told (信访工作条例 art. 34); and
// that what does not run is not extended.
func TestExtended_Who(t *testing.T) {
	c := caseAt(casework.StateHandling)
	for _, tt := range []struct {
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{bureau1, casework.ActAskExtension, ""},
		{sfs1, casework.ActAskExtension, ""},
		{mediator1, casework.ActAskExtension, casework.WhyNotYourUnit},
		{bureau1, casework.ActExtend, casework.WhyNotYourUnit},
		{mediator1, casework.ActExtend, ""},
		{county1, casework.ActExtend, ""},
		{grid1, casework.ActExtend, casework.WhyRole},
	} {
		if why := casework.Allowed(&c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s %s: %q, want %q", tt.who.User, tt.action, why, tt.why)
		}
	}
	told := &casework.Extended{Limit: "petition_handle", Until: "2026-12-31"}
	if why := casework.Fits(&c, told, "", ix); why != casework.WhyTell {
		t.Errorf("the petitioner is not told: %q", why)
	}
	s := at(t, casework.StateHandling)
	for _, ev := range []casework.Event{
		&casework.Extended{Limit: casework.LimitRoute, Until: "2026-12-31", Reason: "x"},
		&casework.ExtensionAsked{Limit: "no_such", Until: "2026-12-31", Reason: "x"},
	} {
		who := mediator1
		if ev.Num() == casework.NumExtensionAsked {
			who = bureau1
		}
		if s.add(who, ev); s.last() != casework.WhyNotRunning {
			t.Errorf("%s of what does not run: %q", ev.Kind(), s.last())
		}
	}
}

// Ensure that the county holds an extension beyond the law's that reaches it all the
// same, and one of who may not give it.
func TestJudge_Extended(t *testing.T) {
	entries := caseEntries(casework.StateHandling)
	n := len(entries)
	c := fold(entries...)
	for _, tt := range []struct {
		who   casework.Person
		until string
		why   casework.Why
	}{
		{mediator1, "2026-12-01", ""}, {mediator1, "2027-12-01", casework.WhyTooLong}, {bureau1, "2026-12-01", casework.WhyNotYourUnit},
	} {
		e := by(tt.who, entry(n+1, []int{n}, &casework.Extended{Limit: casework.LimitHandle, Until: tt.until, Reason: "x"}))
		if why := casework.Judge(&c, &e, ix); why != tt.why {
			t.Errorf("%s until %s: %q, want %q", tt.who.User, tt.until, why, tt.why)
		}
	}
}
