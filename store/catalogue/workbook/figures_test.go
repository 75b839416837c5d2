package workbook_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"casedesk/store/catalogue/workbook"
)

// Ensure that figures can be counted with, that what looks like a formula is text, and that
// the same figures give the same bytes.
func TestFigures(t *testing.T) {
	third, many := 1.0/3, 127.0
	table := workbook.Figures{Name: "督办通报表 2026-10", Title: "督办通报表", Heads: []string{"单位", "受理", "化解率"}, Widths: []float64{20, 8, 8},
		Rows: [][]workbook.Figure{
			{{Text: "=HYPERLINK(1)"}, {Number: &many, Format: "General"}, {Number: &third, Format: "0.0%"}},
			{{Text: "001"}, {Text: "N/A"}, {}},
		}, Notes: []string{"=1+1", "说明"}}
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := table.Write(w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same figures give other bytes")
	}
	f, err := excelize.OpenReader(&a)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"A1": "单位", "A2": "=HYPERLINK(1)", "B2": "127", "C2": "33.3%", "A3": "001", "B3": "N/A", "C3": "", "A5": "=1+1", "A6": "说明"} {
		if got, err := f.GetCellValue(table.Name, at); err != nil || got != want {
			t.Errorf("%s shows %q, %v, want %q", at, got, err, want)
		}
		if formula, _ := f.GetCellFormula(table.Name, at); formula != "" {
			t.Errorf("%s is the formula %s", at, formula)
		}
	}
	for at, want := range map[string]excelize.CellType{"A3": excelize.CellTypeSharedString, "B2": excelize.CellTypeUnset, "B3": excelize.CellTypeSharedString} {
		if got, err := f.GetCellType(table.Name, at); err != nil || got != want {
			t.Errorf("%s has the type %v, %v, want %v", at, got, err, want)
		}
	}
}
