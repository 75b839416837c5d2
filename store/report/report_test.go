package report_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
)

// Ensure that the figures that reports of counties print come out to the digit.
func TestFormat(t *testing.T) {
	tests := []struct {
		name     string
		kind     report.Kind
		cell     report.Cell
		decimals int
		want     string
	}{
		{"settled of received: 125 of 127", report.Share, report.Cell{Value: 125, Of: 127}, 1, "98.4%"},
		{"调撤率: 128 of 363", report.Share, report.Cell{Value: 128, Of: 363}, 1, "35.3%"},
		{"comprehensive cases: 6161 to 6632", report.Change, report.Cell{Value: 6632, Of: 6161}, 1, "+7.6%"},
		{"livelihood: 434300 to 606328", report.Change, report.Cell{Value: 606328, Of: 434300}, 1, "+39.6%"},
		{"on time: 125 of 125", report.Share, report.Cell{Value: 125, Of: 125}, 1, "100.0%"},
		{"forms have two decimals", report.Share, report.Cell{Value: 128, Of: 363}, 2, "35.26%"},
		{"half up", report.Share, report.Cell{Value: 1, Of: 800}, 2, "0.13%"},
		{"half up where binary numbers would not", report.Share, report.Cell{Value: 1005, Of: 100000}, 2, "1.01%"},
		{"two of three", report.Share, report.Cell{Value: 2, Of: 3}, 1, "66.7%"},
		{"less than all is not all", report.Share, report.Cell{Value: 1999, Of: 2000}, 2, "99.95%"},
		{"of none", report.Share, report.Cell{}, 1, "N/A"},
		{"from none", report.Change, report.Cell{Value: 3}, 1, "N/A"},
		{"fell", report.Change, report.Cell{Value: 1, Of: 3}, 1, "-66.7%"},
		{"the same", report.Change, report.Cell{Value: 3, Of: 3}, 1, "0.0%"},
		{"fell by less than is shown", report.Change, report.Cell{Value: 99999, Of: 100000}, 1, "0.0%"},
		{"points: from 1/3 to 1/2", report.Points, report.Cell{Value: 1*3 - 1*2, Of: 2 * 3}, 1, "+16.7"},
		{"days", report.Days, report.Cell{Value: 7, Of: 2}, 1, "3.5"},
		{"an average of none", report.Average, report.Cell{}, 1, "N/A"},
		{"a count", report.Count, report.Cell{Value: 1234567}, 1, "1234567"},
		{"an amount", report.Amount, report.Cell{Value: 12.5}, 1, "12.50"},
		{"a whole amount", report.Amount, report.Cell{Value: 28820}, 1, "28820"},
		{"a day", report.Day, report.Cell{Text: "2026-10-01"}, 1, "2026-10-01"},
		{"nothing to say", report.Share, report.Cell{Value: 1, Of: 1, Blank: true}, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := report.Format(tt.kind, tt.cell, tt.decimals); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// fact is a dispute that the town has, registered on a day of October.
func fact(n int, change func(f *report.Fact)) report.Fact {
	var f report.Fact
	f.ID.UUID[14], f.ID.UUID[15] = byte(n>>8), byte(n)
	f.Number, f.Matter, f.State = fmt.Sprintf("441621102-2026-%04d", n), casework.Dispute, casework.StateHandling
	f.Category, f.Division, f.Registrar, f.Holder = "0201", "441621102901", "441621102901", "441621102"
	f.Registered = on("2026-10-01")
	f.Handled = f.Registered
	if change != nil {
		change(&f)
	}
	return f
}

// on is noon of a day.
func on(day string) int64 {
	d, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		panic(err)
	}
	return d.Add(12 * time.Hour).UnixMilli()
}

// term is a term to settle a case.
func term(start, due, stop string) report.Limit {
	l := report.Limit{Code: casework.LimitHandle, Unit: "441621102", Start: on(start), Due: on(due), Original: on(due), Yellow: on(due)}
	if stop != "" {
		l.Stop = on(stop)
	}
	return l
}

// county127 is what the seed tells: 127 received, 125 settled in time, two still inside
// their term.
func county127() []report.Fact {
	var out []report.Fact
	for n := range 127 {
		out = append(out, fact(n, func(f *report.Fact) {
			if f.Limits = []report.Limit{term("2026-10-01", "2026-11-10", "")}; n < 125 {
				f.State, f.Resolved, f.ResolvedAt = casework.StateResolved, on("2026-10-20"), catalogue.Town
				f.Limits[0].Stop = f.Resolved
			}
		}))
	}
	return out
}

// find returns the cell of a row and a column.
func find(t testing.TB, s *report.Sheet, row func(report.Row) bool, column string) (text string, cell report.Cell) {
	t.Helper()
	r := slices.IndexFunc(s.Rows, row)
	c := slices.IndexFunc(s.Columns, func(c report.Column) bool { return c.Name == column })
	if r < 0 || c < 0 {
		t.Fatalf("%s has no row or no column %s", s.Report, column)
	}
	return s.Text(r, c), s.Rows[r].Cells[c]
}

func keyed(key string) func(report.Row) bool {
	return func(r report.Row) bool { return r.Label.Key == key }
}

func total(r report.Row) bool { return r.Total }

// Ensure that 127 received of which 125 were settled in time and two are inside their term
// make 98.4 % settled and 100 % settled on time, and that the two are not hidden.
func TestOnTime_127Received125Settled(t *testing.T) {
	in := report.Input{Facts: county127(), Period: period(t, "2026-10")}
	overview := sheetOf(t, "overview", in)
	for code, want := range map[string]string{"received": "127", "resolved": "125", "open": "2", "settle_rate": "98.4%", "on_time_rate": "100.0%"} {
		if got, _ := find(t, &overview, keyed("formula."+code), "this"); got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	if !slices.ContainsFunc(overview.Notes, func(n report.Note) bool { return n.Key == "formula.on_time_rate.left" && n.Args[0] == 2 }) {
		t.Errorf("the two that are left out are not told of: %v", overview.Notes)
	}
	table := sheetOf(t, "supervision", in)
	for column, want := range map[string]string{"received": "127", "due": "125", "on_time": "125", "late": "0", "red": "0", "on_time_rate": "100.0%"} {
		if got, cell := find(t, &table, total, column); got != want || column == "on_time" && len(cell.Cases) != 125 {
			t.Errorf("%s is %s with %d cases, want %s", column, got, len(cell.Cases), want)
		}
	}
}

// Ensure that a rate that one overdue case spoils is never whole.
func TestOnTime_OverdueOpenCounts(t *testing.T) {
	facts := county127()
	facts[126].Limits[0].Due = on("2026-10-25")
	overview := sheetOf(t, "overview", report.Input{Facts: facts, Period: period(t, "2026-10")})
	if got, cell := find(t, &overview, keyed("formula.on_time_rate"), "this"); got != "99.2%" || cell.Of != 126 {
		t.Errorf("%s of %v, want 99.2%% of 126", got, cell.Of)
	}
}

// Ensure that 调撤率 divides by what was closed (363) and not by what came in (456).
func TestCourt_128Of363(t *testing.T) {
	var facts []report.Fact
	for n := range 456 {
		facts = append(facts, fact(n, func(f *report.Fact) {
			f.Entrusted = report.Entrusted{Court: "441621102-ft", On: "2026-10-02"}
			if n < 363 {
				f.Entrusted.Reported, f.Entrusted.Result = on("2026-10-20"), "failure"
			}
			if n < 128 {
				f.Entrusted.Result = "success"
			}
		}))
	}
	s := sheetOf(t, "court", report.Input{Facts: facts, Period: period(t, "2026-10")})
	for column, want := range map[string]string{"received": "456", "closed": "363", "mediated": "128", "withdrawal_rate": "35.3%"} {
		if got, _ := find(t, &s, total, column); got != want {
			t.Errorf("%s is %s, want %s", column, got, want)
		}
	}
}

// Ensure that a number is set against the same period of last year: 6161 to 6632 is +7.6 %.
func TestChange_6161To6632(t *testing.T) {
	facts := make([]report.Fact, 0, 6161+6632)
	for n := range 6161 {
		facts = append(facts, fact(n, func(f *report.Fact) { f.Registered = on("2025-10-15") }))
	}
	for n := range 6632 {
		facts = append(facts, fact(n, nil))
	}
	s := sheetOf(t, "overview", report.Input{Facts: facts, Period: period(t, "2026-10")})
	if got, _ := find(t, &s, keyed("formula.received"), "change"); got != "+7.6%" {
		t.Errorf("received changed by %s, want +7.6%%", got)
	}
}

// Ensure that a running period is set against as much of last year as has passed of it.
func TestChange_RunningPeriod(t *testing.T) {
	facts := []report.Fact{
		fact(1, func(f *report.Fact) { f.Registered = on("2026-11-03") }),
		fact(2, func(f *report.Fact) { f.Registered = on("2025-11-05") }),
		fact(3, func(f *report.Fact) { f.Registered = on("2025-11-25") }), // after today's day
	}
	s := sheetOf(t, "overview", report.Input{Facts: facts, Period: period(t, "2026-11")})
	if got, _ := find(t, &s, keyed("formula.received"), "last"); got != "1" {
		t.Errorf("last year until today: %s, want 1", got)
	}
}

// Ensure that a month's figures stay what they were once it is over.
func TestPeriod_StaysAsItWas(t *testing.T) {
	f := fact(1, func(f *report.Fact) {
		f.State, f.Resolved = casework.StateResolved, on("2026-11-08")
		f.Limits = []report.Limit{term("2026-10-01", "2026-10-21", "2026-11-08")}
	})
	for month, want := range map[string]string{"2026-10": "0.0%", "2026-11": "0.0%"} { // open and late, then settled late
		s := sheetOf(t, "overview", report.Input{Facts: []report.Fact{f}, Period: period(t, month)})
		if got, _ := find(t, &s, keyed("formula.on_time_rate"), "this"); got != want {
			t.Errorf("%s: %s, want %s", month, got, want)
		}
		resolved, _ := find(t, &s, keyed("formula.resolved"), "this")
		if want := map[string]string{"2026-10": "0", "2026-11": "1"}[month]; resolved != want {
			t.Errorf("%s: %s settled, want %s", month, resolved, want)
		}
	}
}

// Ensure that each unit answers for its own terms.
func TestSupervision_OwnTerms(t *testing.T) {
	f := fact(1, func(f *report.Fact) {
		f.Lead, f.State, f.Resolved = "441621-zjj", casework.StateResolved, on("2026-10-28")
		first := term("2026-10-01", "2026-10-10", "2026-10-12") // the town was late
		second := term("2026-10-12", "2026-11-10", "2026-10-28")
		second.Unit = "441621-zjj"
		f.Limits = []report.Limit{first, second}
	})
	s := sheetOf(t, "supervision", report.Input{Facts: []report.Fact{f}, Period: period(t, "2026-10")})
	of := func(u string) func(report.Row) bool { return func(r report.Row) bool { return r.Label.Code == u } }
	if got, _ := find(t, &s, of("441621102"), "on_time_rate"); got != "0.0%" {
		t.Errorf("the town: %s", got)
	}
	if got, _ := find(t, &s, of("441621-zjj"), "on_time_rate"); got != "100.0%" {
		t.Errorf("the bureau: %s", got)
	}
}

// Ensure that what the county set decides what counts as success and as satisfied.
func TestFormulas_Settings(t *testing.T) {
	facts := []report.Fact{
		fact(1, func(f *report.Fact) {
			f.State, f.Resolved = casework.StateResolved, on("2026-10-20")
			f.Ratings = []report.Rating{{At: on("2026-10-21"), Way: "face", Satisfaction: "basic"}, {At: on("2026-10-21"), Way: "code", Satisfaction: "satisfied"},
				{At: on("2026-10-21"), Satisfaction: "unsatisfied"}}
		}),
		fact(2, func(f *report.Fact) { f.Handled = 0 }),
	}
	for _, tt := range []struct{ over, from, success, satisfied string }{
		{"handled", "basic", "100.0%", "100.0%"},
		{"received", "satisfied", "50.0%", "50.0%"},
	} {
		cat := ix().Catalogue()
		cat.Settings = []catalogue.Setting{{Code: catalogue.SuccessOver, Value: tt.over}, {Code: catalogue.SatisfiedFrom, Value: tt.from}}
		s := sheetOf(t, "overview", report.Input{Facts: facts, Period: period(t, "2026-10"), Index: catalogue.NewIndex(cat)})
		if got, _ := find(t, &s, keyed("formula.success_rate"), "this"); got != tt.success {
			t.Errorf("success over %s: %s, want %s", tt.over, got, tt.success)
		}
		if got, _ := find(t, &s, keyed("formula.satisfied_rate"), "this"); got != tt.satisfied {
			t.Errorf("satisfied from %s: %s, want %s", tt.from, got, tt.satisfied)
		}
	}
}

// Ensure that the ways in which a party had its say stand apart.
func TestPerformance_WaysApart(t *testing.T) {
	f := fact(1, func(f *report.Fact) {
		f.State, f.Resolved = casework.StateResolved, on("2026-10-20")
		f.Ratings = []report.Rating{{At: on("2026-10-21"), Way: "face", Satisfaction: "satisfied", Efficiency: "satisfied", Leader: "satisfied"},
			{At: on("2026-10-21"), Way: "code", Satisfaction: "unsatisfied", Efficiency: "basic", Leader: "unsatisfied"},
			{At: on("2026-10-21"), Satisfaction: "satisfied", Efficiency: "unsatisfied", Leader: "satisfied"}}
	})
	s := sheetOf(t, "performance", report.Input{Facts: []report.Fact{f}, Period: period(t, "2026-10")})
	for column, want := range map[string]string{"rated_rate": "100.0%", "satisfied_rate": "50.0%", "face_satisfaction": "100.0%", "face_leader": "100.0%",
		"code_satisfaction": "0.0%", "code_efficiency": "100.0%", "hand_efficiency": "0.0%", "hand": "1", "on_time_rate": "100.0%"} {
		if got, _ := find(t, &s, total, column); got != want {
			t.Errorf("%s is %s, want %s", column, got, want)
		}
	}
}

// Ensure that a calendar that ends before the period is told of.
func TestNotes_CalendarEndsBefore(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, zone)
	for name, want := range map[string]bool{"2026-10": false, "2027-02": true, "2026-12-01..2027-01-31": true} {
		p, err := report.ParsePeriod(name, zone, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range report.Reports() {
			s := r.Make(&report.Input{Index: ix(), Period: p, Now: now})
			if got := slices.ContainsFunc(s.Notes, func(n report.Note) bool { return n.Key == "report.note.calendar" && n.Args[1] == 2026 }); got != want {
				t.Errorf("%s of %s: the calendar is told of: %v", r.Name, name, got)
			}
		}
	}
}

// Ensure that periods are read as people write them and that what is none says why.
func TestParsePeriod(t *testing.T) {
	tests := []struct {
		in, name, from, to string
		problem            report.PeriodProblem
	}{
		{in: "2026-10", name: "2026-10", from: "2026-10-01", to: "2026-11-01"},
		{in: " ２０２６－１ ", name: "2026-01", from: "2026-01-01", to: "2026-02-01"},
		{in: "2026", name: "2026", from: "2026-01-01", to: "2027-01-01"},
		{in: "2026-q3", name: "2026-Q3", from: "2026-07-01", to: "2026-10-01"},
		{in: "2026-W43", name: "2026-W43", from: "2026-10-19", to: "2026-10-26"},
		{in: "2026-w1", name: "2026-W01", from: "2025-12-29", to: "2026-01-05"},
		{in: "2020-W53", name: "2020-W53", from: "2020-12-28", to: "2021-01-04"},
		{in: "2026-10-01..2026-10-07", name: "2026-10-01..2026-10-07", from: "2026-10-01", to: "2026-10-08"},
		{in: "2026-11-12..2026-11-12", name: "2026-11-12..2026-11-12", from: "2026-11-12", to: "2026-11-13"},
		{in: "2026-11", name: "2026-11", from: "2026-11-01", to: "2026-12-01"}, // the running month
		{in: "2026-11-01..2027-01-31", name: "2026-11-01..2027-01-31", from: "2026-11-01", to: "2027-02-01"},
		{in: "2026-12", problem: report.PeriodFuture},
		{in: "2027", problem: report.PeriodFuture},
		{in: "2026-W47", problem: report.PeriodFuture},
		{in: "2026-11-13..2026-11-14", problem: report.PeriodFuture},
		{in: "2026-10-07..2026-10-01", problem: report.PeriodBackwards},
		{in: "2010-01-01..2026-10-01", problem: report.PeriodLong},
		{in: "", problem: report.PeriodUnclear},
		{in: "10", problem: report.PeriodUnclear},
		{in: "上个月", problem: report.PeriodUnclear},
		{in: "2026-13", problem: report.PeriodUnclear},
		{in: "2026-00", problem: report.PeriodUnclear},
		{in: "2026-Q5", problem: report.PeriodUnclear},
		{in: "2026-W54", problem: report.PeriodUnclear},
		{in: "2025-W53", problem: report.PeriodUnclear}, // 2025 has 52 weeks
		{in: "2026-W00", problem: report.PeriodUnclear},
		{in: "2026-02-30..2026-03-01", problem: report.PeriodUnclear},
		{in: "2026-10-01..", problem: report.PeriodUnclear},
		{in: "0001", problem: report.PeriodUnclear},
		{in: "2026-10-01", problem: report.PeriodUnclear},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			p, err := report.ParsePeriod(tt.in, zone, today)
			var wrong *report.PeriodError
			switch {
			case tt.problem != "":
				if !errors.As(err, &wrong) || wrong.Problem != tt.problem || wrong.Text != tt.in {
					t.Errorf("got %+v %v, want %s", p, err, tt.problem)
				}
			case err != nil || p.Name != tt.name || p.From.Format(time.DateOnly) != tt.from || p.To.Format(time.DateOnly) != tt.to:
				t.Errorf("got %s %s %s %v", p.Name, p.From, p.To, err)
			}
		})
	}
}

// Ensure that the year before of a period is what people mean by it.
func TestPeriod_LastYear(t *testing.T) {
	for in, want := range map[string]string{
		"2026-10": "2025-10 2025-10-01 2025-11-01", "2026": "2025 2025-01-01 2026-01-01", "2026-Q3": "2025-Q3 2025-07-01 2025-10-01",
		"2026-W43": "2025-W43 2025-10-20 2025-10-27", "2020-W53": "2019-W52 2019-12-23 2019-12-30", "2024-02": "2023-02 2023-02-01 2023-03-01",
		"2025-02": "2024-02 2024-02-01 2024-03-01", "2024-02-29..2024-02-29": "2023-02-28..2023-02-28 2023-02-28 2023-03-01",
		"2026-10-01..2026-10-07": "2025-10-01..2025-10-07 2025-10-01 2025-10-08",
	} {
		p := period(t, in).LastYear()
		if got := p.Name + " " + p.From.Format(time.DateOnly) + " " + p.To.Format(time.DateOnly); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// Ensure that whatever is read as a period is one, by its own name too.
func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2026", "2026-10", "2026-W43", "2026-Q3", "2026-10-01..2026-10-07", "2024-02-29..2024-02-29", "..", "2026-W99", "９９９９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := report.ParsePeriod(s, zone, today)
		if err != nil {
			if wrong := new(report.PeriodError); !errors.As(err, &wrong) || wrong.Problem == "" {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		again, err := report.ParsePeriod(p.Name, zone, today)
		if err != nil || again != p || !p.From.Before(p.To) || p.From.After(today) {
			t.Fatalf("%q: %+v, again %+v %v", s, p, again, err)
		}
		for _, q := range []report.Period{p.LastYear(), p.Back()} {
			if !q.From.Before(q.To) || !q.From.Before(p.From) {
				t.Fatalf("%q: before it %+v", s, q)
			}
			if named, err := report.ParsePeriod(q.Name, zone, today); q.From.Year() >= 1990 && (err != nil || named != q) {
				t.Fatalf("%q: before it %+v, which its name reads as %+v %v", s, q, named, err)
			}
		}
	})
}

// Ensure that the rows of a sheet add up to its total, and that every number of cases has
// so many cases behind it.
func TestSheets_AddUp(t *testing.T) {
	_, facts := made()
	for _, r := range report.Reports() {
		for _, in := range []report.Input{{}, {Under: "441621102"}, {Matter: casework.Petition}, {By: "town", Across: "category"}, {By: "risk", Across: "unit"},
			{By: "month", Across: "channel", Measure: "people"}, {By: "cause", Across: "week", Measure: "batches"}} {
			if in.By != "" && r.Name != "cross" {
				continue
			}
			for _, name := range []string{"2026-10", "2026", "2026-W43"} {
				in.Facts, in.Period = facts, period(t, name)
				s := sheetOf(t, r.Name, in)
				checkSheet(t, &s, len(facts))
			}
		}
	}
}

func checkSheet(t *testing.T, s *report.Sheet, facts int) {
	t.Helper()
	last := len(s.Rows) - 1
	for c, column := range s.Columns {
		var value, of float64
		var cases []int32
		for r, row := range s.Rows {
			cell := row.Cells[c]
			kind := s.KindOf(r, c)
			if bad := func(list []int32) bool {
				return !slices.IsSorted(list) || len(list) > 0 && (list[0] < 0 || int(list[len(list)-1]) >= facts)
			}; bad(cell.Cases) || bad(cell.Base) {
				t.Fatalf("%s %s row %d: cases that there are not, or out of order", s.Report, column.Name, r)
			}
			switch {
			case cell.Blank:
			case kind == report.Count && float64(len(cell.Cases)) != cell.Value,
				kind == report.Share && (float64(len(cell.Cases)) != cell.Value || float64(len(cell.Base)) != cell.Of || cell.Value > cell.Of),
				kind == report.Days && float64(len(cell.Base)) != cell.Of:
				t.Errorf("%s %s row %d: %v of %v with %d and %d cases", s.Report, column.Name, r, cell.Value, cell.Of, len(cell.Cases), len(cell.Base))
			}
			if r < last {
				value, of, cases = value+cell.Value, of+cell.Of, append(cases, cell.Cases...)
			}
		}
		if last < 0 || !s.Rows[last].Total || s.Report == "levels" && column.Name != "resolved" || column.Name == "change" {
			continue
		}
		sum := s.Rows[last].Cells[c]
		if slices.Sort(cases); !sum.Blank && (!near(sum.Value, value) || sum.Of != of || !slices.Equal(sum.Cases, cases)) {
			t.Errorf("%s %s: the total is %v of %v, the rows add up to %v of %v", s.Report, column.Name, sum.Value, sum.Of, value, of)
		}
	}
}

// near allows for sums of money in yuan, whose rows were divided by a hundred.
func near(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

// Ensure that a draw is the same each time, differs from period to period, and is about
// one in so many.
func TestSample_Draw(t *testing.T) {
	var facts []report.Fact
	for n := range 4000 {
		facts = append(facts, fact(n, func(f *report.Fact) {
			f.Registered += int64(n) * 600_000 // none within minutes of another
			f.By = "mediator1"
			f.Works = []report.Work{{At: on("2026-10-02"), User: "mediator1", Unit: "441621102", Action: casework.ActRegister},
				{At: on("2026-11-02"), User: "mediator1", Unit: "441621102", Action: casework.ActMediate}}
		}))
	}
	drawn := func(name string) []string {
		var out []string
		s := sheetOf(t, "sample", report.Input{Facts: facts, Period: period(t, name)})
		for _, r := range s.Rows {
			if r.Cells[0].Label.Key == "report.sample.drawn" {
				out = append(out, r.Label.Text)
			}
		}
		return out
	}
	october := drawn("2026-10")
	if again := drawn("2026-10"); !slices.Equal(october, again) {
		t.Error("the draw is another one each time")
	}
	if n := len(october); n < 150 || n > 250 {
		t.Errorf("%d of 4000 were drawn, want about 200", n)
	}
	if november := drawn("2026-11"); slices.Equal(october, november) {
		t.Error("the draw is the same for each period")
	}
}

// Ensure that patterns of invented cases come to a person's eyes.
func TestSample_Patterns(t *testing.T) {
	work := func(f *report.Fact, as ...casework.Action) {
		f.By = "mediator1"
		for _, a := range as {
			f.Works = append(f.Works, report.Work{At: f.Registered, User: "mediator1", Unit: "441621102", Action: a})
		}
	}
	var facts []report.Fact
	for n := range 5 { // five within minutes
		facts = append(facts, fact(n, func(f *report.Fact) {
			f.Registered += int64(n) * 60_000
			work(f, casework.ActRegister)
		}))
	}
	for n := range 2 { // the same words
		facts = append(facts, fact(10+n, func(f *report.Fact) {
			f.Registered = on("2026-10-05") + int64(n)*7_200_000
			f.Prints[1] = 4711
			work(f, casework.ActRegister, casework.ActAgree)
		}))
	}
	facts = append(facts, fact(20, func(f *report.Fact) { // from registration to performance within minutes
		f.Registered, f.State, f.Resolved = on("2026-10-08"), casework.StateResolved, on("2026-10-08")+120_000
		work(f, casework.ActRegister, casework.ActAgree, casework.ActPerform)
	}))
	facts = append(facts, fact(30, func(f *report.Fact) { // on the spot: that is how it is
		f.Registered, f.State, f.Resolved = on("2026-10-09"), casework.StateResolved, on("2026-10-09")+120_000
		work(f, casework.ActRegister, casework.ActSettleOnSpot)
	}))
	s := sheetOf(t, "sample", report.Input{Facts: facts, Period: period(t, "2026-10")})
	got := map[string]int{}
	for _, r := range s.Rows {
		got[r.Cells[0].Label.Key]++
	}
	if got["report.sample.burst"] != 5 || got["report.sample.same_text"] != 2 || got["report.sample.quick"] != 1 {
		t.Errorf("found %v", got)
	}
}

// Ensure that a category that rises against its own past is told of with its cases, and
// that nothing is compared before there is a past.
func TestWarning_Rises(t *testing.T) {
	var facts []report.Fact
	at := func(daysAgo, n int, category string) {
		for range n {
			facts = append(facts, fact(len(facts), func(f *report.Fact) {
				f.Registered, f.Category = today.AddDate(0, 0, -daysAgo).UnixMilli(), category
			}))
		}
	}
	at(5, 8, "0201") // 8 now, before that 3 a window: +167 %
	at(5, 8, "0701") // 8 now, before that 6 a window
	in := report.Input{Facts: facts, Period: period(t, "2026-11")}
	if s := sheetOf(t, "warning", in); len(s.Rows) != 0 {
		t.Errorf("without a past %d rows rise", len(s.Rows))
	} else if s.Notes[1].Key != "report.note.rise_none" {
		t.Errorf("without a past it says %v", s.Notes[1])
	}
	for k := 1; k <= 6; k++ {
		at(5+30*k, 3, "0201")
		at(5+30*k, 6, "0701")
	}
	at(250, 1, "0601")
	in.Facts = facts
	s := sheetOf(t, "warning", in)
	var found []string
	for _, r := range s.Rows {
		found = append(found, r.Label.Code)
		if len(r.Cells[2].Cases) != int(r.Cells[2].Value) || r.Cells[3].Of != 6 {
			t.Errorf("%+v", r)
		}
	}
	if !slices.Equal(found, []string{"02"}) {
		t.Errorf("rising: %v, want 02", found)
	}
}

// Ensure that no open case drops off the month's list.
func TestWorkList_EveryOpenCase(t *testing.T) {
	_, facts := made()
	s := sheetOf(t, "work_list", report.Input{Facts: facts, Period: period(t, "2026-11")})
	listed := map[int32]bool{}
	for _, r := range s.Rows {
		listed[r.Cells[0].Cases[0]] = true
	}
	for i, f := range facts {
		if open := !f.State.Ended() && f.State != ""; open && !listed[int32(i)] {
			t.Errorf("%s stands in %s and on no list", f.Number, f.State)
		}
	}
}

// Ensure that a confidential case is counted and never listed by its title.
func TestLists_Secret(t *testing.T) {
	_, facts := made()
	for _, r := range report.Reports() {
		s := sheetOf(t, r.Name, report.Input{Facts: facts, Period: period(t, "2026")})
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				if r.Listed && len(row.Cells[0].Cases) > 0 {
					if f := facts[row.Cells[0].Cases[0]]; f.Secret && c.Label.Text == f.Title {
						t.Fatalf("%s shows %s", r.Name, f.Title)
					}
				}
			}
		}
	}
}

// Ensure that a report for a unit tells nothing of a confidential case that is kept from it,
// also where it, or a unit below it, had the case once: 信访工作条例 art. 30.
func TestReports_Accused(t *testing.T) {
	const accused, below catalogue.UnitID = "441621102", "441621102901"
	_, facts := made()
	n := slices.IndexFunc(facts, func(f report.Fact) bool { return f.Unit() == accused && len(f.Works) > 0 })
	secret := facts[n]
	secret.ID.UUID[0]++
	secret.Secret, secret.About = true, []catalogue.UnitID{accused}
	told := func(r report.Name, in report.Input) string {
		in.Facts = append(slices.Clone(facts), secret)
		in.Period = period(t, "2026")
		got := fmt.Sprint(sheetOf(t, r, in))
		in.Facts = facts
		if got != fmt.Sprint(sheetOf(t, r, in)) {
			return "it"
		}
		return "nothing"
	}
	for _, r := range report.Reports() {
		for _, under := range []catalogue.UnitID{accused, below} {
			if got := told(r.Name, report.Input{Under: under}); got != "nothing" {
				t.Errorf("%s for %s tells of %s", r.Name, under, got)
			}
		}
	}
	if got := told("supervision", report.Input{Under: "441621"}); got != "it" {
		t.Errorf("the county is told %s", got)
	}
}

// Ensure that a unit without cases is in the zero report, and whether it was heard from.
func TestZero(t *testing.T) {
	facts := []report.Fact{fact(1, nil)}
	heard := map[catalogue.UnitID]int64{"441621102902": on("2026-11-02"), "441621102903": on("2026-10-02")}
	s := sheetOf(t, "zero", report.Input{Facts: facts, Period: period(t, "2026-10"), Under: "441621102", Heard: heard})
	got := map[string]string{}
	for _, r := range s.Rows {
		got[r.Label.Code] = r.Cells[1].Label.Key
	}
	want := map[string]string{"441621102902": "report.zero.alive", "441621102903": "report.zero.silent"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	s = sheetOf(t, "zero", report.Input{Facts: facts, Period: period(t, "2026-10"), Under: "441621102"})
	if s.Rows[0].Cells[1].Label.Key != "report.zero.unknown" {
		t.Error("a laptop knows what it cannot know")
	}
}

// Ensure that limits are told of as many days ahead as the county sets, and not later ones.
func TestWarning_Soon(t *testing.T) {
	var facts []report.Fact
	for n := range 6 { // due today, and on each of the next days
		facts = append(facts, fact(n, func(f *report.Fact) {
			l := term("2026-11-01", "2026-11-13", "")
			l.Due = time.Date(2026, 11, 13+n, 0, 0, 0, 0, zone).UnixMilli()
			f.Limits = []report.Limit{l}
		}))
	}
	for n, next := range []string{"2026-11-11", "2026-11-12", "2026-11-19", "2026-11-20"} {
		facts = append(facts, fact(10+n, func(f *report.Fact) {
			f.State, f.Agreement = casework.StateAgreed, report.Agreement{Form: "oral", At: on("2026-10-05"), Next: next}
		}))
	}
	s := sheetOf(t, "warning", report.Input{Facts: facts, Period: period(t, "2026-11")})
	var got []string
	for _, r := range s.Rows {
		got = append(got, r.Cells[4].Text)
	}
	want := []string{"2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15", "2026-11-12", "2026-11-19"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Ensure that an agreement is counted once: when it was performed, or when its day was over.
func TestPerformed_CountedOnce(t *testing.T) {
	f := func(due, done string) report.Fact {
		return fact(1, func(f *report.Fact) {
			f.Agreement = report.Agreement{Form: "oral", At: on("2026-09-05"), Due: due}
			if f.State = casework.StateAgreed; done != "" {
				f.State, f.Resolved, f.Agreement.Done = casework.StateResolved, on(done), "full"
			}
		})
	}
	for _, tt := range []struct {
		name, due, done    string
		september, october string
	}{
		{"on its day", "2026-10-10", "2026-10-10", "N/A", "100.0%"},
		{"ahead of it", "2026-10-10", "2026-09-20", "100.0%", "N/A"},
		{"a month late", "2026-09-20", "2026-10-20", "0.0%", "N/A"},
		{"never", "2026-10-10", "", "N/A", "0.0%"},
		{"not due yet", "2026-12-10", "", "N/A", "N/A"},
		{"without a day", "", "2026-10-10", "N/A", "100.0%"},
	} {
		for month, want := range map[string]string{"2026-09": tt.september, "2026-10": tt.october} {
			s := sheetOf(t, "overview", report.Input{Facts: []report.Fact{f(tt.due, tt.done)}, Period: period(t, month)})
			if got, _ := find(t, &s, keyed("formula.performed_rate"), "this"); got != want {
				t.Errorf("%s, %s: %s, want %s", tt.name, month, got, want)
			}
		}
	}
}

// Ensure that a dimension or a measure that there is not is said, and nothing is counted.
func TestCross_Unknown(t *testing.T) {
	for _, in := range []report.Input{{By: "person"}, {Across: "person"}, {Measure: "points"}} {
		in.Facts, in.Period = []report.Fact{fact(1, nil)}, period(t, "2026-10")
		s := sheetOf(t, "cross", in)
		if len(s.Rows) != 0 || !slices.ContainsFunc(s.Notes, func(n report.Note) bool { return n.Key == "report.note.dimension" }) {
			t.Errorf("%+v: %d rows, %v", in, len(s.Rows), s.Notes)
		}
	}
}
