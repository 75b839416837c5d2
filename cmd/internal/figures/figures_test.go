package figures

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/store/text"
)

// pages are every report of cases whose titles and numbers are as bad as they get.
func pages(t *testing.T, lang i18n.Lang) (out []*page) {
	ix := catalogue.NewIndex(sample.Catalogue())
	now := time.Date(2026, 10, 20, 12, 0, 0, 0, ix.Calendar().Location())
	var facts []report.Fact
	for i, title := range []string{strings.Repeat("很长的标题", 30), "=cmd|' /C calc'!A0", "+86", "-1", "@SUM(1)", "\t=1", "＝1", "a\x1b[31mb\nc,\"d\""} {
		f := report.Fact{Number: "441621102-2026-00001-" + strings.Repeat("X", i+1), Matter: casework.Dispute, State: casework.StateHandling, Title: title,
			Category: "0201", Division: "441621102901", Registrar: "441621102", Holder: "441621102", By: "grid1", Registered: now.Add(-time.Hour).UnixMilli(), Backlog: true}
		f.ID.UUID[15] = byte(i + 1)
		facts = append(facts, f)
	}
	for _, r := range report.Reports() {
		s := r.Make(&report.Input{Facts: facts, Index: ix, Period: report.Month(now), Now: now})
		out = append(out, newPage(i18n.New(lang), ix, &s, "441621"))
	}
	return out
}

// Ensure that no report is wider than a terminal, and that a case's number can be told from
// others.
func TestLines_Fit(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		for _, p := range pages(t, lang) {
			lines, _ := p.lines(screen)
			for _, l := range lines {
				if text.Dirty(l) || text.Line(l).Width() > screen {
					t.Errorf("%s in %s: %q", p.sheet.Report, lang, l)
				}
			}
			for i, c := range p.sheet.Columns {
				for _, width := range []int{screen, 60, 50} {
					narrow, _ := p.lines(width)
					if head := p.heads[i+1]; c.Kind == report.Lamp && !strings.Contains(strings.Join(narrow, "\n"), head) {
						t.Errorf("%s in %s has no %s in %d cells:\n%s", p.sheet.Report, lang, head, width, strings.Join(narrow, "\n"))
					}
				}
			}
			if all, whole := p.lines(0); !whole || len(all) < 2+len(p.rows) {
				t.Errorf("%s: a page without bounds is not whole", p.sheet.Report)
			}
			if p.sheet.Report == "work_list" && !strings.Contains(strings.Join(lines, "\n"), "1-XXXXXXXX ") {
				t.Errorf("the ends of numbers are lost:\n%s", strings.Join(lines, "\n"))
			}
		}
	}
}

// Ensure that no cell of a file begins as a formula does, but for numbers of ours.
func TestCSV_Inert(t *testing.T) {
	for _, p := range pages(t, i18n.ZH) {
		var b bytes.Buffer
		if err := p.csv(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(b.String(), "\ufeff") || text.Dirty(strings.ReplaceAll(strings.TrimPrefix(b.String(), "\ufeff"), "\r\n", "\n")) {
			t.Errorf("%s: %q", p.sheet.Report, b.String())
		}
		for _, c := range strings.FieldsFunc(strings.TrimPrefix(b.String(), "\ufeff"), func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
			c = strings.TrimPrefix(c, `"`)
			if strings.IndexAny(c, "=@＝＋－＠") == 0 || strings.IndexAny(c, "+-") == 0 && !strings.HasSuffix(c, "%") {
				t.Errorf("%s: the cell %q", p.sheet.Report, c)
			}
		}
	}
}
