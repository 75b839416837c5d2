package county_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/report"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// BenchmarkReports makes every report of a month as a county's server does: from the facts
// that it keeps beside its cases. All is told against folding the same cases once in the
// same run: reading the facts, reading them and making every report, and the month's list
// asked for by itself. CASEDESK_CASES is the number of cases.
func BenchmarkReports(b *testing.B) {
	n := 2000
	if s := os.Getenv("CASEDESK_CASES"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	w := newWorld(b)
	l := w.laptop("mediator1")
	l.sync()
	for done := 0; done < n; {
		from := len(l.mine)
		for range min(100, n-done) {
			done++
			id, uid := casework.CaseID{UUID: l.id()}, casework.EntryID{UUID: l.id()}
			reg := registered(village)
			reg.Fields[casework.FieldFacts] = strings.Repeat("两家为水沟争吵多年，村里调过三次没有结果。", 12)
			l.write(id, uid, nil, reg)
			for _, ev := range []casework.Event{&casework.Contacted{Way: "phone"}, &casework.Accepted{}, &casework.Mediated{Method: "talk", Result: strings.Repeat("双方意见接近。", 20)},
				&casework.Agreed{Form: "oral", Agreement: strings.Repeat("一方清沟，另一方补偿。", 10), Due: "2026-04-01"}} {
				seen := []casework.EntryID{uid}
				uid = casework.EntryID{UUID: l.id()}
				l.write(id, uid, seen, ev)
			}
		}
		req := &wire.Request{Version: 1, Room: 1, Clock: wire.Clock{Wall: l.now.UnixMilli()}}
		for _, k := range l.mine[from:] {
			req.Up = append(req.Up, wire.Item{Raw: k.raw})
			delete(l.held, k.rec.Hash)
		}
		if reply, err := w.Exchange(ctx, l.public(), req); err != nil || len(reply.Stamps) < len(req.Up) {
			b.Fatal(len(req.Up), err)
		}
		l.now = l.now.Add(time.Minute)
	}
	began := time.Now()
	if got, err := w.FoldAll(ctx); err != nil || got != n {
		b.Fatal(got, err)
	}
	fold := time.Since(began)
	ix := catalogue.NewIndex(sample.Catalogue())
	period := report.Month(w.now.In(ix.Calendar().Location()))
	var read, all, list time.Duration
	for b.Loop() {
		began := time.Now()
		facts, err := w.Facts(ctx)
		if err != nil || len(facts) != n {
			b.Fatal(len(facts), err)
		}
		read += time.Since(began)
		for _, r := range report.Reports() {
			r.Make(&report.Input{Facts: facts, Index: ix, Period: period, Now: w.now.Add(time.Hour), By: "category"})
		}
		all += time.Since(began)
		began = time.Now()
		if _, err := w.Report(ctx, county.ReportOrder{Report: "work_list", Period: period, Now: w.now.Add(time.Hour)}); err != nil {
			b.Fatal(err)
		}
		list += time.Since(began)
	}
	b.ReportMetric(float64(fold.Microseconds())/float64(n), "us/fold")
	for unit, d := range map[string]time.Duration{"read/fold": read, "all/fold": all, "list/fold": list} {
		b.ReportMetric(float64(d)/float64(b.N)/float64(fold), unit)
	}
}
