package county_test

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/report"
	"casedesk/sync/county"
)

// mustFacts checks that the county's facts are those of the cases as a laptop that sees
// them all holds them.
func (w *world) mustFacts(l *laptop, ix *catalogue.Index) []report.Fact {
	w.t.Helper()
	got, err := w.Facts(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	seen := map[casework.CaseID]bool{}
	var want []report.Fact
	for _, k := range l.held {
		id := k.rec.Entry.Case
		if id.IsZero() || seen[id] {
			continue
		}
		seen[id] = true
		if c := l.fold(id); c.Exists() {
			want = append(want, report.FactOf(&c, ix))
		}
	}
	slices.SortFunc(want, func(a, b report.Fact) int { return bytes.Compare(a.ID.UUID[:], b.ID.UUID[:]) })
	if !reflect.DeepEqual(got, want) {
		w.t.Fatalf("the county has the facts\n%+v\nwant\n%+v", got, want)
	}
	return got
}

func factOf(facts []report.Fact, id casework.CaseID) report.Fact {
	i := slices.IndexFunc(facts, func(f report.Fact) bool { return f.ID == id })
	return facts[i]
}

// Ensure that facts follow their cases: entry by entry, to another catalogue, out of
// another program's hands, and through a restore.
func TestFacts(t *testing.T) {
	w := newWorld(t)
	grid, mediator, office := w.laptop("grid1"), w.laptop("mediator1"), w.laptop("county1")
	ix := catalogue.NewIndex(sample.Catalogue())
	sync := func() {
		for _, l := range []*laptop{grid, mediator, office, mediator} {
			l.sync()
		}
	}
	id, second := grid.register(village), grid.register(village)
	sync()
	sync()
	if facts := w.mustFacts(office, ix); len(facts) != 2 || factOf(facts, id).Accepted != 0 {
		t.Fatalf("facts of two new cases: %+v", facts)
	}
	w.now = w.now.Add(time.Hour)
	mediator.add(id, &casework.Accepted{})
	sync()
	sync()
	if f := factOf(w.mustFacts(office, ix), id); f.Accepted != w.now.UnixMilli() {
		t.Errorf("accepted at %d, want %d", f.Accepted, w.now.UnixMilli())
	}
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}

	// Holidays that were not known move the limits.
	was := w.mustFacts(office, ix)
	cat := sample.Catalogue()
	for d := range 20 {
		cat.Calendar.Off = append(cat.Calendar.Off, w.now.AddDate(0, 0, d+1).Format(time.DateOnly))
	}
	slices.Sort(cat.Calendar.Off)
	cat.Calendar.Off = slices.Compact(cat.Calendar.Off)
	if done, err := w.Renew(ctx, cat, false); err != nil || !done.Published {
		t.Fatal(done, err)
	}
	cat, err := w.Catalogue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ix = catalogue.NewIndex(cat)
	if now := w.mustFacts(office, ix); reflect.DeepEqual(now, was) {
		t.Error("no limit has moved")
	}

	// What another program kept is not read, whether a sweep has come to it or not.
	if err := w.Misfit(ctx); err != nil {
		t.Fatal(err)
	}
	w.mustFacts(office, ix)
	w.mustVerify()
	if err := w.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	w.mustFacts(office, ix)
	w.mustVerify()

	// A fact that is another case's is found.
	if err := w.SwapFacts(ctx, id, second); err != nil {
		t.Fatal(err)
	}
	v, err := w.Verify(ctx)
	if err != nil || len(v.Faults) != 1 || !strings.Contains(v.Faults[0].Fault, second.String()) {
		t.Errorf("a swapped fact: %+v, %v", v.Faults, err)
	}

	// What came after a backup comes back, and with it its facts.
	mediator.add(second, &casework.Accepted{})
	sync()
	sync()
	r := w.restored(file)
	for _, l := range []*laptop{mediator, grid, office, mediator} {
		l.move(r)
		l.sync()
	}
	office.sync()
	facts := r.mustFacts(office, catalogue.NewIndex(sample.Catalogue()))
	if factOf(facts, second).Accepted == 0 {
		t.Errorf("after the restore: %+v", facts)
	}
	r.mustVerify()
}

// Ensure that a fact that cannot be read is made from its case, and reported.
func TestFacts_Spoilt(t *testing.T) {
	w := newWorld(t)
	grid, office := w.laptop("grid1"), w.laptop("county1")
	ids := []casework.CaseID{grid.register(village), grid.register(village)}
	grid.sync()
	office.sync()
	for _, id := range ids {
		if err := w.SpoilFacts(ctx, id); err != nil {
			t.Fatal(err)
		}
		w.mustFacts(office, catalogue.NewIndex(sample.Catalogue()))
	}
	found, err := w.Verify(ctx)
	if err != nil || len(found.Faults) != len(ids) {
		t.Errorf("verify found %+v, %v", found.Faults, err)
	}
}

// Ensure that facts are whole while a sweep is under way, that cases of which nothing has
// come into being have none, and that the operator is told how far it is.
func TestFacts_DuringSweep(t *testing.T) {
	w := newWorld(t)
	grid, office := w.laptop("grid1"), w.laptop("county1")
	for range 450 {
		grid.register(village)
	}
	grid.write(casework.CaseID{UUID: grid.id()}, casework.EntryID{UUID: grid.id()}, nil, &casework.Noted{Note: "没有这个案件"})
	grid.sync()
	office.sync()
	ix := catalogue.NewIndex(sample.Catalogue())
	if err := w.Misfit(ctx); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if n := len(w.mustFacts(office, ix)); n != 450 {
			t.Fatalf("%d facts", n)
		}
		w.mustVerify()
		if err := w.SweepOnce(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	conf := w.conf
	conf.Log = slog.New(slog.NewTextHandler(&said, nil))
	again, err := county.New(ctx, conf)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Misfit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := again.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said.String(), "cases=451 done=true") {
		t.Errorf("the operator is told %q", said.String())
	}
}

// Ensure that a zero report knows whom the county heard from since the period ended.
func TestReport_Heard(t *testing.T) {
	w := newWorld(t)
	before := w.laptop("grid2") // of another village
	before.sync()
	w.now = time.Date(2026, 4, 1, 1, 0, 0, 0, time.UTC)
	after := w.laptop("mediator2")
	after.sync()
	ix := catalogue.NewIndex(sample.Catalogue())
	period, err := report.ParsePeriod("2026-03", ix.Calendar().Location(), w.now)
	if err != nil {
		t.Fatal(err)
	}
	made, err := w.Report(ctx, county.ReportOrder{Report: "zero", Period: period, Now: w.now})
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, row := range made.Sheet.Rows {
		told[row.Label.Code] = row.Cells[1].Label.Key + " " + row.Cells[2].Text
	}
	equal(t, "heard before the end", told[string(before.unit)], "report.zero.silent 2026-03-02")
	equal(t, "heard since", told[string(after.unit)], "report.zero.alive 2026-04-01")
	equal(t, "never heard", told["441622100"], "report.zero.silent ")
	if _, err := w.Report(ctx, county.ReportOrder{Report: "nothing", Period: period, Now: w.now}); failureCode(err) == "<nil>" {
		t.Error("there is a report nothing")
	}
}
