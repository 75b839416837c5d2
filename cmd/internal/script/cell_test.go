package script_test

import (
	"os"
	"regexp"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// cell works on a workbook as a spreadsheet does: cell FILE SHEET CELL = TEXT
// types a text, cell FILE SHEET CELL := NUMBER a number, and cell FILE SHEET CELL ~
// PATTERN checks what stands there.
func cell(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 5 {
		ts.Fatalf("usage: cell FILE SHEET CELL =|:=|~ VALUE")
	}
	path := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(path)
	ts.Check(err)
	defer f.Close()
	switch args[3] {
	case "=":
		ts.Check(f.SetCellStr(args[1], args[2], args[4]))
	case ":=":
		n, err := strconv.ParseInt(args[4], 10, 64)
		ts.Check(err)
		ts.Check(f.SetCellInt(args[1], args[2], n))
	default:
		got, err := f.GetCellValue(args[1], args[2])
		ts.Check(err)
		kind, err := f.GetCellType(args[1], args[2])
		ts.Check(err)
		if regexp.MustCompile("^(?:"+args[4]+")$").MatchString(got) == neg {
			ts.Fatalf("%s!%s is %q, %s (negated: %v)", args[1], args[2], got, args[4], neg)
		}
		if kind != excelize.CellTypeSharedString {
			ts.Fatalf("%s!%s is no text", args[1], args[2])
		}
		return
	}
	b, err := f.WriteToBuffer()
	ts.Check(err)
	ts.Check(os.WriteFile(path, b.Bytes(), 0o600))
}
