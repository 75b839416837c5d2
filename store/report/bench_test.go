package report_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/report"
)

// benchCases is a county's number of cases; they are as many copies of fewer histories as
// it takes.
const benchCases, benchHistories = 100_000, 1000

// BenchmarkReports makes each report of a month over a county's cases. "of-fold" is its
// share of what folding the same cases once takes, which is what a county would do that
// kept no facts.
func BenchmarkReports(b *testing.B) {
	w := newWorld(3)
	var cases []casework.Case
	var facts []report.Fact
	var fold time.Duration
	for range benchHistories {
		c, entries := w.history()
		began := time.Now()
		c = casework.Fold(c.ID, entries)
		fold += time.Since(began)
		cases, facts = append(cases, c), append(facts, report.FactOf(&c, ix()))
	}
	b.Run("facts", func(b *testing.B) {
		for b.Loop() {
			for i := range cases {
				report.FactOf(&cases[i], ix())
			}
		}
		b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(fold), "of-fold")
	})
	fold *= benchCases / benchHistories
	facts = slices.Repeat(facts, benchCases/benchHistories)
	month := period(b, "2026-10")
	for _, r := range report.Reports() {
		b.Run(string(r.Name), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Make(&report.Input{Facts: facts, Index: ix(), Now: today, Period: month, By: "category"})
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(fold), "of-fold")
		})
	}
}
