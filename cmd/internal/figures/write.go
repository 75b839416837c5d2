package figures

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strings"

	"casedesk/cmd/internal/cli"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/workbook"
	"casedesk/store/report"
	"casedesk/store/text"
)

// writers write a page, by the ending of the file's name.
var writers = map[string]func(*page, *bytes.Buffer) error{
	".txt":  (*page).txt,
	".csv":  (*page).csv,
	".xlsx": (*page).xlsx,
	".json": func(p *page, b *bytes.Buffer) error { return json.NewEncoder(b).Encode(p.json()) },
}

type writtenJSON struct {
	File   string           `json:"file"`
	Report report.Name      `json:"report"`
	Period periodJSON       `json:"period"`
	Unit   catalogue.UnitID `json:"unit"`
	Rows   int              `json:"rows"`
}

// write writes the page to a new file that is its owner's alone: lists name cases.
func (a *ask) write(p *page) error {
	if err := save(a.run, p, a.output); err != nil {
		return err
	}
	if a.run.JSON {
		j := p.json()
		return a.run.Object(writtenJSON{File: a.output, Report: j.Report, Period: j.Period, Unit: j.Unit, Rows: len(p.rows)})
	}
	return a.run.Print("cli.report.written", p.title, a.output, len(p.rows))
}

// save writes the page in the form that the file's name ends in.
func save(run *cli.Run, p *page, file string) error {
	var b bytes.Buffer
	if err := writers[strings.ToLower(filepath.Ext(file))](p, &b); err != nil {
		return err
	}
	out, err := run.CreateSecret(file, "output")
	if err != nil {
		return err
	}
	if err := out.WriteAll(b.Bytes()); err != nil {
		out.Discard()
		return run.BadFile(file, "output", err)
	}
	return nil
}

func (p *page) txt(b *bytes.Buffer) error {
	lines, _ := p.lines(0)
	lines = append(append(lines, ""), p.notes...)
	b.WriteString(strings.Join(lines, "\n") + "\n")
	return nil
}

// csv writes what spreadsheets open by a double click: with a byte order mark, lines that
// end as Windows has them, and no text that they would take for a formula.
func (p *page) csv(b *bytes.Buffer) error {
	b.WriteString("\ufeff")
	w := csv.NewWriter(b)
	w.UseCRLF = true
	var lines [][]string
	lines = append(lines, inert(p.heads))
	for i, row := range p.rows {
		out := inert(row)
		for k, c := range p.sheet.Rows[i].Cells {
			if _, number := c.Number(p.sheet.KindOf(i, k)); number {
				out[k+1] = row[k+1] // "+7.6%" is one of ours
			}
		}
		lines = append(lines, out)
	}
	lines = append(lines, []string{""}, inert([]string{p.title}))
	for _, n := range p.notes {
		lines = append(lines, inert([]string{n}))
	}
	return w.WriteAll(lines)
}

// inert marks as text what a spreadsheet would take for a formula.
func inert(row []string) []string {
	out := make([]string, len(row))
	for i, s := range row {
		if out[i] = s; strings.IndexAny(s, "=+-@\t\r＝＋－＠") == 0 {
			out[i] = "'" + s
		}
	}
	return out
}

func (p *page) xlsx(b *bytes.Buffer) error {
	s := p.sheet
	t := workbook.Figures{Name: sheetName(p.title), Title: p.title, Heads: p.heads, Notes: p.notes}
	for i, row := range p.rows {
		line := []workbook.Figure{{Text: row[0]}}
		for k, c := range s.Rows[i].Cells {
			kind := s.KindOf(i, k)
			f := workbook.Figure{Text: row[k+1]}
			if n, ok := c.Number(kind); ok {
				f = workbook.Figure{Number: &n, Format: numberFormat(kind, s.Decimals)}
			}
			if kind == report.Points && f.Number != nil {
				*f.Number *= 100
			}
			line = append(line, f)
		}
		t.Rows = append(t.Rows, line)
	}
	for i, h := range p.heads {
		w := text.Line(h).Width() + 2
		for _, row := range p.rows {
			w = max(w, text.Line(row[i]).Width()+2)
		}
		t.Widths = append(t.Widths, float64(min(w, 48)))
	}
	return t.Write(b)
}

// numberFormat is how a spreadsheet shows a number.
func numberFormat(k report.Kind, decimals int) string {
	places := "0"
	if decimals > 0 {
		places += "." + strings.Repeat("0", decimals)
	}
	switch k {
	case report.Share:
		return places + "%"
	case report.Change:
		return "+" + places + "%;-" + places + "%;" + places + "%"
	case report.Points:
		return "+" + places + ";-" + places + ";" + places
	case report.Days, report.Average:
		return places
	}
	return "General"
}

// sheetName is a name that a sheet may have: short, and without the signs by which
// formulas refer to sheets.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, s)
	return text.Line(s).Cut(30).String()
}
