package report_test

import (
	"strings"
	"testing"

	"casedesk/store/i18n"
	"casedesk/store/report"
)

// Ensure that everything that a sheet says has words in both languages, and that the
// world of the tests brings most reports something to say.
func TestWords(t *testing.T) {
	_, facts := made()
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		words := i18n.New(lang)
		missing := map[string]bool{}
		say := func(key string, args ...any) string {
			s := words.T(key, args...)
			if strings.HasPrefix(s, "[") || strings.Contains(s, "{") {
				missing[key] = true
			}
			return s
		}
		label := func(l report.Label) {
			if l.Table == "limits" || l.Key != "" {
				l.In(ix(), say)
			}
		}
		for _, r := range report.Reports() {
			say("report." + string(r.Name))
			for _, by := range append(report.Dimensions(), "") {
				for _, across := range []string{"", "month"} {
					if r.Name != "cross" && (by != "" || across != "") {
						continue
					}
					s := sheetOf(t, r.Name, report.Input{Facts: facts, Period: period(t, "2026"), By: by, Across: across})
					if len(s.Rows) < 2 {
						t.Errorf("%s has %d rows", r.Name, len(s.Rows))
					}
					for _, c := range s.Columns {
						if c.Label != (report.Label{}) {
							label(c.Label)
						} else if !words.Has("report." + string(r.Name) + "." + c.Name) {
							say("report.column." + c.Name)
						}
					}
					for i, row := range s.Rows {
						label(row.Label)
						if len(row.Cells) != len(s.Columns) {
							t.Errorf("%s row %d has %d cells for %d columns", r.Name, i, len(row.Cells), len(s.Columns))
						}
						for k, c := range row.Cells {
							label(c.Label)
							if s.KindOf(i, k) == report.Lamp && !c.Blank {
								say("light." + c.Text)
							}
							if s.KindOf(i, k) == "" {
								t.Errorf("%s row %d column %s has no kind", r.Name, i, s.Columns[k].Name)
							}
						}
					}
					for _, n := range s.Notes {
						say(n.Key, n.Args...)
					}
				}
			}
		}
		for _, d := range report.Dimensions() {
			say("dimension." + d)
		}
		for _, m := range report.Measures() {
			say("measure." + m)
		}
		for _, p := range []report.PeriodProblem{report.PeriodUnclear, report.PeriodFuture, report.PeriodBackwards, report.PeriodLong} {
			say("period."+string(p), "x")
		}
		for key := range missing {
			t.Errorf("%s: no words for %s", lang, key)
		}
	}
}
