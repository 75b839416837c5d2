package figures

import (
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/store/text"
)

// page is a sheet in a language's words.
type page struct {
	sheet *report.Sheet
	unit  catalogue.UnitID  // for which it was made; empty: all
	cases []casework.CaseID // by the indexes in the sheet's cells; nil: not wanted

	name   string     // of the report
	title  string     // with its period and unit
	listed bool       // the rows' labels are case numbers
	heads  []string   // of the rows' labels, then of the columns
	rows   [][]string // likewise
	notes  []string
}

func newPage(w *i18n.Words, ix *catalogue.Index, s *report.Sheet, under catalogue.UnitID) *page {
	line := func(s string) string { return text.Line(s).String() }
	named := func(l report.Label) string { return line(l.In(ix, w.T)) }
	p := &page{sheet: s, unit: under, name: w.T("report." + string(s.Report)), heads: []string{w.T("cli.report.row." + rowsOf(s))}}
	p.title, p.listed = p.name+"  "+s.Period.Name, rowsOf(s) == "case"
	if under != "" {
		p.title += "  " + line(ix.UnitName(under))
	}
	for _, c := range s.Columns {
		head := "report." + string(s.Report) + "." + c.Name
		if !w.Has(head) {
			head = "report.column." + c.Name
		}
		if c.Label != (report.Label{}) {
			p.heads = append(p.heads, named(c.Label))
		} else {
			p.heads = append(p.heads, w.T(head))
		}
	}
	for i, r := range s.Rows {
		row := []string{named(r.Label)}
		for k, c := range r.Cells {
			said := s.Text(i, k)
			switch kind := s.KindOf(i, k); {
			case c.Blank:
			case kind == report.Words:
				said = named(c.Label)
			case kind == report.Lamp:
				said = w.T("light." + c.Text)
			}
			row = append(row, said)
		}
		p.rows = append(p.rows, row)
	}
	for _, n := range s.Notes {
		p.notes = append(p.notes, w.T(n.Key, n.Args...))
	}
	return p
}

// rowsOf says what the rows of a sheet are about.
func rowsOf(s *report.Sheet) string {
	r, _ := report.Find(s.Report)
	for _, row := range s.Rows {
		switch {
		case row.Total:
		case row.Label.Table == catalogue.TableUnits:
			return "unit"
		case row.Label.Table == catalogue.TablePeople:
			return "person"
		case row.Label.Table == catalogue.TableDivisions:
			return "place"
		case row.Label.Table == "" && row.Label.Key == "" && r.Listed:
			return "case"
		}
	}
	return "item"
}

// isText reports whether a column, counted from the rows' labels, is one of words.
func (p *page) isText(column int) bool {
	if column == 0 {
		return true
	}
	k := p.sheet.Columns[column-1].Kind
	return k == report.Words || k == report.Day || k == report.Lamp
}

type pageJSON struct {
	Report  report.Name      `json:"report"`
	Label   string           `json:"label"`
	Period  periodJSON       `json:"period"`
	Unit    catalogue.UnitID `json:"unit"`
	Columns []columnJSON     `json:"columns"`
	Rows    []rowJSON        `json:"rows"`
	Notes   []string         `json:"notes"`
}

// periodJSON is a period; its last day belongs to it.
type periodJSON struct {
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

type columnJSON struct {
	Name  string      `json:"name"`
	Label string      `json:"label"`
	Kind  report.Kind `json:"kind"`
}

type rowJSON struct {
	Label string      `json:"label"`
	Code  string      `json:"code,omitempty"` // of what the label names
	Kind  report.Kind `json:"kind,omitempty"` // of the cells in columns without one
	Total bool        `json:"total"`
	Cells []cellJSON  `json:"cells"`
}

type cellJSON struct {
	Value  float64  `json:"value"`
	Of     float64  `json:"of"`
	Number *float64 `json:"number"`
	Text   string   `json:"text"` // of a light its code
	Cases  []string `json:"cases,omitempty"`
	Base   []string `json:"base,omitempty"` // the cases that Of counts
}

func (p *page) json() pageJSON {
	s := p.sheet
	out := pageJSON{Report: s.Report, Label: p.name, Unit: p.unit, Columns: []columnJSON{}, Rows: []rowJSON{}, Notes: append([]string{}, p.notes...),
		Period: periodJSON{s.Period.Name, s.Period.From.Format(time.DateOnly), s.Period.To.AddDate(0, 0, -1).Format(time.DateOnly)}}
	for i, c := range s.Columns {
		out.Columns = append(out.Columns, columnJSON{c.Name, p.heads[i+1], c.Kind})
	}
	for i, r := range s.Rows {
		row := rowJSON{Label: p.rows[i][0], Code: r.Label.Code, Kind: r.Kind, Total: r.Total, Cells: []cellJSON{}}
		for k, c := range r.Cells {
			cell := cellJSON{Value: c.Value, Of: c.Of, Text: p.rows[i][k+1], Cases: p.ids(c.Cases), Base: p.ids(c.Base)}
			if n, ok := c.Number(s.KindOf(i, k)); ok {
				cell.Number = &n
			}
			if s.KindOf(i, k) == report.Lamp {
				cell.Text = c.Text
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (p *page) ids(indexes []int32) []string {
	if p.cases == nil {
		return nil
	}
	out := make([]string, len(indexes))
	for i, n := range indexes {
		out[i] = p.cases[n].String()
	}
	return out
}
