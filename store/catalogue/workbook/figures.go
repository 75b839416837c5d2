package workbook

import (
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Figures is a file of one sheet with figures, ready to print and to go on counting with.
type Figures struct {
	Name, Title string // of the sheet; of the printed page
	Heads       []string
	Widths      []float64
	Rows        [][]Figure
	Notes       []string // below the rows
}

// Figure is a cell: a number in a spreadsheet's format, or text.
type Figure struct {
	Text   string
	Number *float64
	Format string
}

// Write writes the file. The same figures always give the same bytes. Errors come from w.
func (t *Figures) Write(w io.Writer) error {
	out, err := newWriter()
	if err != nil {
		return err
	}
	out.sheet(t.Name)
	for i, h := range t.Heads {
		out.header(i+1, h, t.Widths[i], out.numbers)
	}
	formats := map[string]int{}
	for n, row := range t.Rows {
		for i, f := range row {
			at := letter(i+1) + strconv.Itoa(n+2)
			if f.Number == nil {
				out.cell(i+1, n+2, f.Text, plain)
				out.do(out.f.SetCellStyle(t.Name, at, at, out.text))
				continue
			}
			style, known := formats[f.Format]
			if !known {
				style, err = out.f.NewStyle(&excelize.Style{CustomNumFmt: &f.Format})
				out.do(err)
				formats[f.Format] = style
			}
			out.do(out.f.SetCellFloat(t.Name, at, *f.Number, -1, 64))
			out.do(out.f.SetCellStyle(t.Name, at, at, style))
		}
	}
	for i, note := range t.Notes {
		out.cell(1, len(t.Rows)+3+i, note, plain)
	}
	out.do(out.f.SetHeaderFooter(t.Name, &excelize.HeaderFooterOptions{OddHeader: "&C" + t.Title, OddFooter: "&C&P / &N"}))
	out.do(out.f.SetPageLayout(t.Name, &excelize.PageLayoutOptions{Size: ptr(9), Orientation: ptr("landscape"), FitToWidth: ptr(1), FitToHeight: ptr(0)}))
	out.do(out.f.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: ptr(true)}))
	return out.finish(w)
}
