package workbook_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/catalogue/workbook"
)

// Ensure that the sheet lists every setting with its default and what may be filled in,
// set or not, in the words of choices, which its cells offer.
func TestSettings_Sheet(t *testing.T) {
	c := sample.Catalogue()
	c.Settings = []catalogue.Setting{{Code: catalogue.UrgeByMessage, Value: "yellow", Source: "县平安办〔2026〕3号"}}
	f, err := excelize.OpenReader(bytes.NewReader(written(t, c)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("设置")
	if err != nil || len(rows) != len(catalogue.Settings())+1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	want := []string{"urge_by_message", "哪些催办发短信", "黄灯起", "红灯起", rows[1][4], "县平安办〔2026〕3号"}
	if !slices.Equal(rows[1], want) {
		t.Errorf("%q, want %q", rows[1], want)
	}
	lists, err := f.GetDataValidations("设置")
	if err != nil {
		t.Fatal(err)
	}
	for i, spec := range catalogue.Settings() {
		row := rows[i+1]
		if row[0] != string(spec.Code) || row[1] == "" || row[3] == "" && spec.Default != "" || len(row[4]) < 20 || i > 0 && row[2] != "" {
			t.Errorf("%s: %q", spec.Code, row)
		}
		cell, _ := excelize.CoordinatesToCellName(3, i+2)
		at := slices.IndexFunc(lists, func(v *excelize.DataValidation) bool { return v.Sqref == cell })
		if at < 0 || (len(spec.Choices) > 0) != (strings.Count(lists[at].Formula1, ",") == len(spec.Choices)-1 && lists[at].Formula1 != "") {
			t.Errorf("%s: the cell %s offers %+v", spec.Code, cell, lists)
		}
	}
}

// Ensure that what somebody fills in is set, in whatever order the columns stand, and
// that what is left at its default is not, unless an order says so.
func TestSettings_Read(t *testing.T) {
	fill := func(f *excelize.File, cells map[string]string) {
		for at, v := range cells {
			must(f.SetCellStr("设置", at, v))
		}
	}
	for name, tt := range map[string]struct {
		edit func(*excelize.File)
		want []catalogue.Setting
	}{
		"nothing":             {func(*excelize.File) {}, nil},
		"the defaults":        {func(f *excelize.File) { fill(f, map[string]string{"C2": "红灯起", "C5": "5"}) }, nil},
		"a default by order":  {func(f *excelize.File) { fill(f, map[string]string{"C5": "5", "F5": "3号"}) }, []catalogue.Setting{{Code: "daily_cap", Value: "5", Source: "3号"}}},
		"a choice":            {func(f *excelize.File) { fill(f, map[string]string{"C2": "黄灯起"}) }, []catalogue.Setting{{Code: "urge_by_message", Value: "yellow"}}},
		"a number":            {func(f *excelize.File) { must(f.SetCellInt("设置", "C5", 7)) }, []catalogue.Setting{{Code: "daily_cap", Value: "7"}}},
		"quiet hours as ever": {func(f *excelize.File) { fill(f, map[string]string{"C3": "20:00", "C4": "07:00"}) }, []catalogue.Setting{{Code: "quiet_from", Value: "20:00"}, {Code: "quiet_to", Value: "07:00"}}},
		"the value before the code": {func(f *excelize.File) {
			must(f.InsertCols("设置", "A", 1))
			fill(f, map[string]string{"A1": "值", "D1": "", "A2": "都不发"})
		}, []catalogue.Setting{{Code: "urge_by_message", Value: "none"}}},
	} {
		book := workbook.Read(edited(t, tt.edit))
		if got := book.Catalogue.Settings; len(book.Faults) > 0 || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v %+v, want %+v", name, got, book.Faults, tt.want)
		}
	}
}
