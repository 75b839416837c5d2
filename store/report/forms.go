package report

import (
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// formCategories are the nineteen categories of 《矛盾纠纷排查情况表》 in its order, with the
// categories of GB/T 31000 that belong to each: a code stands for what lies below it, the
// longest that fits decides. The mapping is ours; what fits nowhere is "other".
var formCategories = []struct {
	name  string
	codes []string
}{
	{"religion", []string{"16"}},
	{"veterans", []string{"1202"}},
	{"demolition", []string{"1101", "1102", "1105"}},
	{"building", []string{"0402", "1103", "1104"}},
	{"land", []string{"09"}},
	{"business", []string{"06", "08", "10"}},
	{"labour", []string{"07"}},
	{"restructuring", []string{"1002"}},
	{"environment", []string{"0504"}},
	{"judicial", []string{"14"}},
	{"enforcement", []string{"13"}},
	{"schools", []string{"0501", "1302"}},
	{"maritime", []string{"1003", "1306"}},
	{"officials", []string{"15"}},
	{"village_affairs", []string{"1201"}},
	{"contracted_land", []string{"0901"}},
	{"family", []string{"01", "02"}},
	{"medical", []string{"0502"}},
	{"other", []string{""}},
}

// formCategory is the place of a category in the form.
func formCategory(code string) int {
	at, long := len(formCategories)-1, 0
	for i, c := range formCategories {
		for _, prefix := range c.codes {
			if len(prefix) > long && strings.HasPrefix(code, prefix) {
				at, long = i, len(prefix)
			}
		}
	}
	return at
}

// bands are the numbers of people of the form, each from a number on.
var bands = []struct {
	name string
	from int
}{{"under_50", 0}, {"50_100", 50}, {"100_500", 100}, {"over_500", 500}}

// mass is the scale of 重大群体性事件, which is major whether anybody marked it so or not.
const mass = "03"

// disputes is 《矛盾纠纷排查情况表》: what was found and settled, by the level that found it,
// with the year so far. The bands of people and the categories sum up to what was found, as
// the form asks to be checked.
func disputes(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("disputes", Column{Name: "county"}, Column{Name: "town"}, Column{Name: "village"}, Column{Name: "subtotal"}, Column{Name: "year"})
	s.Decimals = 2
	year := v.of(Period{Name: Year(v.period.From).Name, From: Year(v.period.From).From, To: v.period.To})
	at := map[string]int{}
	row := func(name string, k Kind) {
		at[name] = len(s.Rows)
		s.Rows = append(s.Rows, Row{Label: Label{Key: "report.disputes.row." + name}, Kind: k, Cells: make([]Cell, len(s.Columns))})
	}
	row("found", Count)
	row("handled", Count)
	row("handled_rate", Share)
	row("succeeded", Count)
	row("success_rate", Share)
	for _, c := range formCategories {
		row(c.name+"_found", Count)
		row(c.name+"_handled", Count)
	}
	for _, b := range bands {
		row("people_"+b.name, Count)
	}
	row("major_found", Count)
	row("major_handled", Count)
	row("major_succeeded", Count)
	row("major_success_rate", Share)
	row("sweeps", Count) // 开展集中排查次数: nobody tells it to the platform
	for c := range s.Columns {
		s.Rows[at["sweeps"]].Cells[c].Blank = true
	}
	handledRate, successRate := rate("handled_rate"), rate("success_rate")
	tell := func(w *view, column int, i int32, f *Fact) {
		if !w.received(f) {
			return
		}
		cell := func(name string) *Cell { return &s.Rows[at[name]].Cells[column] }
		handled := w.seen(f.Handled)
		succeeded := handled && w.succeeded(f)
		category := formCategories[formCategory(f.Category)].name
		big := f.Major || f.Scale == mass
		for _, count := range []struct {
			name string
			yes  bool
		}{{"found", true}, {"handled", handled}, {"succeeded", succeeded}, {category + "_found", true}, {category + "_handled", handled},
			{"people_" + bandOf(f), true}, {"major_found", big}, {"major_handled", big && handled}, {"major_succeeded", big && succeeded}} {
			if count.yes {
				cell(count.name).add(i, 1)
			}
		}
		handledRate.cell(w, cell("handled_rate"), i, f)
		successRate.cell(w, cell("success_rate"), i, f)
		if big {
			successRate.cell(w, cell("major_success_rate"), i, f)
		}
	}
	v.each(func(i int32, f *Fact) {
		if f.Matter == casework.Dispute {
			tell(v, v.foundAt(f), i, f)
			tell(v, 3, i, f)
			tell(year, 4, i, f)
		}
	})
	v.counted(&s)
	s.Notes = append(s.Notes, s.check(at), ruleNote("handled_rate", in.Index), ruleNote("success_rate", in.Index),
		Note{Key: "report.note.form_categories"})
	return s
}

// foundAt is the column of the level whose unit registered the case.
func (v *view) foundAt(f *Fact) int {
	u, _ := v.in.Index.Unit(f.Registrar)
	switch u.Level {
	case catalogue.Village, catalogue.Grid:
		return 2
	case catalogue.Town:
		return 1
	}
	return 0
}

// bandOf is the band of the people whom the case concerns; the parties are at least those.
func bandOf(f *Fact) string {
	people, name := max(f.People, f.Parties), ""
	for _, b := range bands {
		if people >= b.from {
			name = b.name
		}
	}
	return name
}

// check adds up the form as whoever signs it would.
func (s *Sheet) check(at map[string]int) Note {
	for c := range s.Columns {
		total := func(name string) float64 { return s.Rows[at[name]].Cells[c].Value }
		found, handled, people := 0.0, 0.0, 0.0
		for _, k := range formCategories {
			found, handled = found+total(k.name+"_found"), handled+total(k.name+"_handled")
		}
		for _, b := range bands {
			people += total("people_" + b.name)
		}
		levels := s.Rows[at["found"]].Cells
		if found != total("found") || handled != total("handled") || people != total("found") ||
			levels[0].Value+levels[1].Value+levels[2].Value != levels[3].Value {
			return Note{Key: "report.note.check_failed"}
		}
	}
	return Note{Key: "report.note.check"}
}

// mediation is 人民调解案件统计: a row for each organisation that mediates.
func mediation(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("mediation")
	s.Decimals = 2
	g := newGrid(Column{Name: "total", Kind: Count}, Column{Name: "parties", Kind: Amount}, Column{Name: "succeeded", Kind: Count},
		Column{Name: "success_rate", Kind: Share}, Column{Name: "difficult", Kind: Count}, Column{Name: "amount", Kind: Amount}, Column{Name: "oral", Kind: Count}, Column{Name: "written", Kind: Count},
		Column{Name: "performed", Kind: Count}, Column{Name: "confirmed", Kind: Count})
	origins := v.codes(g, "origin", catalogue.TableOrigins)
	types := v.codes(g, "type", catalogue.TableMediationTypes)
	v.each(func(i int32, f *Fact) {
		category, _ := in.Index.Category(f.Category)
		if f.Matter != casework.Dispute || category.NotCivil || !v.received(f) || !v.seen(f.Handled) {
			return
		}
		cells := g.row(unitLabel(f.Unit())).Cells
		cells[0].add(i, 1)
		cells[1].add(i, float64(f.Parties))
		succeeded := v.succeeded(f)
		cells[3].share(i, succeeded)
		if f.Hard {
			cells[4].add(i, 1)
		}
		if succeeded {
			cells[2].add(i, 1)
			a := &f.Agreement
			cells[5].add(i, float64(a.Amount)) // in hundredths until all is added up
			switch a.Form {
			case "oral":
				cells[6].add(i, 1)
			case "written":
				cells[7].add(i, 1)
			}
			if a.Done == "full" && v.resolved(f) {
				cells[8].add(i, 1)
			}
			if v.confirmed(f) {
				cells[9].add(i, 1)
			}
		}
		cells[origins(f.Origin)].add(i, 1)
		cells[types(category.Mediation)].add(i, 1)
	})
	g.sheet(&s, byUnit(in.Index))
	for r := range s.Rows {
		s.Rows[r].Cells[5].Value /= 100
	}
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "report.note.mediation"})
	return s
}

// codes adds a column for each row of a code table, and one for what has none; it returns
// the column of a code.
func (v *view) codes(g *grid, name string, t catalogue.Table) func(code string) int {
	at := map[string]int{}
	for _, row := range v.in.Index.Catalogue().Codes(t) {
		if _, twice := at[row.Code]; !twice {
			at[row.Code] = len(g.columns)
			g.columns = append(g.columns, Column{Name: name, Label: Label{Table: t, Code: row.Code}, Kind: Count})
		}
	}
	unknown := len(g.columns)
	g.columns = append(g.columns, Column{Name: name, Label: none, Kind: Count})
	return func(code string) int {
		if c, ok := at[code]; ok {
			return c
		}
		return unknown
	}
}
