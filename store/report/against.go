package report

import (
	"cmp"
	"slices"
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// against builds a sheet that sets this year beside the last, in groups of rows that turn
// up as cases tell them.
type against struct {
	s     Sheet
	views [2]*view // this year, last year
	rows  map[string]map[Label]*Row
}

func (v *view) against(n Name) *against {
	return &against{
		s:     v.sheet(n, Column{Name: "this"}, Column{Name: "last"}, Column{Name: "change", Kind: Change}, Column{Name: "points", Kind: Points}),
		views: [2]*view{v, v.lastYear()}, rows: map[string]map[Label]*Row{}}
}

// each calls do for both years with every case, and with the cell of a row in that year.
func (a *against) each(do func(w *view, i int32, f *Fact, cell func(group string, l Label, k Kind) *Cell)) {
	for y, w := range a.views {
		w.each(func(i int32, f *Fact) {
			do(w, i, f, func(group string, l Label, k Kind) *Cell { return &a.row(group, l, k).Cells[y] })
		})
	}
}

func (a *against) row(group string, l Label, k Kind) *Row {
	rows := a.rows[group]
	if rows == nil {
		rows = map[Label]*Row{}
		a.rows[group] = rows
	}
	r := rows[l]
	if r == nil {
		r = &Row{Label: l, Kind: k, Cells: make([]Cell, len(a.s.Columns))}
		rows[l] = r
	}
	return r
}

// put appends a group's rows in order, below a heading unless that is empty, or the group.
func (a *against) put(heading, group string, order func(a, b Label) int) {
	if heading != "" && len(a.rows[group]) > 0 {
		h := Row{Label: Label{Key: heading}, Kind: Words, Cells: make([]Cell, len(a.s.Columns))}
		for c := range h.Cells {
			h.Cells[c].Blank = true
		}
		a.s.Rows = append(a.s.Rows, h)
	}
	first := len(a.s.Rows)
	for _, r := range a.rows[group] {
		compare(r)
		a.s.Rows = append(a.s.Rows, *r)
	}
	slices.SortFunc(a.s.Rows[first:], func(x, y Row) int { return order(x.Label, y.Label) })
}

// listed orders labels by a list of what follows the prefix of their keys.
func listed[T ~string](prefix string, list ...T) func(a, b Label) int {
	at := func(l Label) int { return slices.Index(list, T(strings.TrimPrefix(l.Key, prefix))) }
	return func(a, b Label) int { return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a.Key, b.Key)) }
}

// petitionSteps are what was done about petitions, in the order of the report.
var petitionSteps = []casework.Action{casework.ActAccept, casework.ActAssign, casework.ActObject, casework.ActAcceptObjection,
	casework.ActOpinion, casework.ActAskReview, casework.ActReview, casework.ActAskRecheck, casework.ActRecheck, casework.ActConclude,
	casework.ActSplitOut, casework.ActRefuse, casework.ActRefuseRepeat, casework.ActSupervise}

// petitions is the yearly report on petitions (信访工作条例 art. 41): how many, in what form,
// about what, about whose business, what was done about them and what the petitioners said.
// Batches and people are two measures: 批次 and 人次.
func petitions(in *Input) Sheet {
	v := newView(in)
	a := v.against("petitions")
	row := func(name string) Label { return Label{Key: "report.petitions.row." + name} }
	rates := []figure{rate("accept_on_time_rate"), rate("finish_on_time_rate"), rate("satisfied_rate")}
	a.each(func(w *view, i int32, f *Fact, cell func(string, Label, Kind) *Cell) {
		if f.Matter != casework.Petition {
			return
		}
		if w.holds(f.Registered) {
			class := none
			if c, ok := in.Index.Category(f.Category); ok && c.Petition != "" {
				class = Label{Table: catalogue.TablePetitionClasses, Code: c.Petition}
			}
			cell("sum", row("petitions"), Count).add(i, 1)
			cell("class", class, Count).add(i, 1)
			cell("unit", unitLabel(f.Unit()), Count).add(i, 1)
		}
		for _, visit := range f.Visits {
			if w.holdsDay(visit.On) {
				cell("sum", row("batches"), Count).add(i, 1)
				cell("sum", row("people"), Amount).add(i, float64(visit.People))
				cell("form", Label{Key: "choice.petition_form." + visit.Form}, Count).add(i, 1)
			}
		}
		step := func(action casework.Action) *Cell {
			return cell("step", Label{Key: "action." + string(action)}, Count)
		}
		for _, done := range f.Works {
			if w.holds(done.At) && slices.Contains(petitionSteps, done.Action) {
				step(done.Action).add(i, 1)
			}
		}
		for _, o := range f.Orders {
			if w.holds(o.Given) {
				step(casework.ActSupervise).add(i, 1)
			}
		}
		for _, r := range rates {
			r.cell(w, cell("rate", Label{Key: "formula." + r.code}, Share), i, f)
		}
	})
	a.put("", "sum", listed("report.petitions.row.", "petitions", "batches", "people"))
	a.put("report.petitions.by_form", "form", listed("choice.petition_form.", "letter", "visit", "call", "online"))
	a.put("report.petitions.by_class", "class", inTable(in.Index, catalogue.TablePetitionClasses))
	a.put("report.petitions.by_unit", "unit", byUnit(in.Index))
	a.put("report.petitions.by_step", "step", listed("action.", petitionSteps...))
	a.put("report.petitions.by_rate", "rate", listed("formula.", "accept_on_time_rate", "finish_on_time_rate", "satisfied_rate"))
	v.counted(&a.s)
	a.s.Notes = append(a.s.Notes, Note{Key: "report.note.petitions"})
	for _, r := range rates {
		a.s.Notes = append(a.s.Notes, ruleNote(r.code, in.Index))
	}
	return a.s
}

// matterDeeds are what the delegated catalogue lets towns do, in the order of the table;
// the first three are counted together as well (检查、处罚、强制).
var matterDeeds = []string{"inspect", "penalty", "enforcement", "served", "dismissed"}

// matters counts delegated matters by type of item, what was done about them, and beside
// them the disputes and petitions of the same time, each against the last year.
func matters(in *Input) Sheet {
	v := newView(in)
	a := v.against("matters")
	row := func(name string) Label { return Label{Key: "report.matters.row." + name} }
	a.each(func(w *view, i int32, f *Fact, cell func(string, Label, Kind) *Cell) {
		if f.Matter != casework.Delegated {
			if w.received(f) && f.Matter != casework.PublicInterest {
				cell("cases", row("cases"), Count).add(i, 1)
			}
			return
		}
		if w.received(f) {
			kind := none
			if item, ok := in.Index.Item(f.Item); ok && item.Type != "" {
				kind = Label{Text: item.Type}
			}
			cell("sum", row("received"), Count).add(i, 1)
			cell("type", kind, Count).add(i, 1)
		}
		for _, done := range f.Works {
			deed := done.What
			switch {
			case !w.holds(done.At):
				continue
			case done.Action == casework.ActInspect:
				deed = "inspect"
			case done.Action == casework.ActHandUp:
				deed = "hand_up"
			}
			switch slices.Index(matterDeeds, deed) {
			case -1:
				if deed == "hand_up" {
					cell("deed", row(deed), Count).add(i, 1)
				}
				continue
			case 0, 1, 2:
				cell("deed", row("enforced"), Count).add(i, 1)
			}
			cell("deed", row(deed), Count).add(i, 1)
		}
	})
	a.put("", "sum", listed[string]("report.matters.row."))
	a.put("report.matters.by_type", "type", func(x, y Label) int { return cmp.Or(last(x)-last(y), cmp.Compare(x.Text, y.Text)) })
	a.put("report.matters.by_deed", "deed", listed("report.matters.row.", append([]string{"enforced"}, append(slices.Clone(matterDeeds), "hand_up")...)...))
	a.put("report.matters.by_case", "cases", listed[string]("report.matters.row."))
	v.counted(&a.s)
	a.s.Notes = append(a.s.Notes, Note{Key: "formula.change.rule"})
	return a.s
}

// effects adds up what leads of public interest brought about: area restored, waste dealt
// with, money recovered.
func effects(in *Input) Sheet {
	v := newView(in)
	a := v.against("effects")
	for _, kind := range effectKinds {
		a.row("", Label{Key: "report.effects.row." + kind}, Amount)
	}
	a.each(func(w *view, i int32, f *Fact, cell func(string, Label, Kind) *Cell) {
		for _, e := range f.Effects {
			if w.holdsDay(e.On) {
				cell("", Label{Key: "report.effects.row." + e.Kind}, Amount).add(i, float64(e.Amount))
			}
		}
	})
	for _, r := range a.rows[""] {
		for y := range a.views { // hundredths until all was added up
			r.Cells[y].Value /= 100
		}
	}
	a.put("", "", listed("report.effects.row.", effectKinds...))
	v.counted(&a.s)
	a.s.Notes = append(a.s.Notes, Note{Key: "report.note.effects"}, Note{Key: "formula.change.rule"})
	return a.s
}

// courts tells by court what became of the cases that it asked others to mediate, and of
// what was brought before it: 调撤率 is what ended by mediation or withdrawal, of all that
// ended, and not of all that came in.
func courts(in *Input) Sheet {
	v := newView(in)
	s := v.sheet("court")
	g := newGrid(append(counts("received", "closed", "mediated", "withdrawn"), Column{Name: "withdrawal_rate", Kind: Share},
		Column{Name: "asked", Kind: Count}, Column{Name: "confirmed", Kind: Count})...)
	v.each(func(i int32, f *Fact) {
		at := func(u catalogue.UnitID) []Cell {
			if u == "" {
				return g.row(Label{Key: "report.court.elsewhere"}).Cells
			}
			return g.row(unitLabel(u)).Cells
		}
		leads := func() []Cell { return g.row(Label{Key: "report.court.leads"}).Cells }
		end := func(cells []Cell, mediated, withdrawn bool) {
			cells[1].add(i, 1)
			cells[4].share(i, mediated || withdrawn)
			if mediated {
				cells[2].add(i, 1)
			}
			if withdrawn {
				cells[3].add(i, 1)
			}
		}
		if e := &f.Entrusted; v.holdsDay(e.On) {
			at(e.Court)[0].add(i, 1)
		}
		if e := &f.Entrusted; v.holds(e.Reported) {
			end(at(e.Court), e.Result == "success", false)
		}
		for _, w := range f.Works {
			if w.Action == casework.ActJudgment && v.holds(w.At) {
				end(leads(), w.What == "mediated", w.What == "withdrawn")
			}
		}
		if a := &f.Agreement; a.Confirmed != "" && v.holds(a.At) {
			at(a.Court)[5].add(i, 1)
			if v.confirmed(f) {
				at(a.Court)[6].add(i, 1)
			}
		}
	})
	units := byUnit(in.Index)
	g.sheet(&s, func(a, b Label) int { return cmp.Or(cmp.Compare(a.Key, b.Key), units(a, b)) })
	v.counted(&s)
	s.Notes = append(s.Notes, Note{Key: "formula.withdrawal_rate.rule"})
	return s
}
