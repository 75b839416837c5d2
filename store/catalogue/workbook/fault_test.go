package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/catalogue/workbook"
)

// untouched is the sample as a workbook.
var untouched = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	must(workbook.Write(&b, sample.Catalogue()))
	return b.Bytes()
})

// edited returns the sample after somebody worked on it with a spreadsheet.
func edited(t testing.TB, edit func(*excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(untouched()))
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// found returns everything that is wrong with a workbook that was made from the
// sample, as one line each.
func found(b []byte) (list []string) {
	book := workbook.Read(b)
	var rules []catalogue.Fault
	if book.Whole() {
		next := catalogue.Next(sample.Catalogue(), book.Catalogue)
		rules = append(catalogue.Validate(next), catalogue.Supersedes(sample.Catalogue(), next)...)
	}
	for _, f := range book.Locate(rules) {
		list = append(list, fmt.Sprintf("%s %s%d %s %s %s", f.Sheet, f.Column, f.Row, f.Header, f.Problem, f.Value))
	}
	return list
}

// unlit are the faults of the sample's limits without lights.
var unlit = func() (list []string) {
	for i, l := range sample.Catalogue().Limits {
		list = append(list, fmt.Sprintf("期限 A%d 代码 no_light %s", i+2, l.Code))
	}
	return list
}()

// Ensure that whatever people do to a workbook is found, where they see it, and
// nothing else is.
func TestFaults(t *testing.T) {
	set := func(sheet, at string, v any) func(*excelize.File) {
		return func(f *excelize.File) { must(f.SetCellValue(sheet, at, v)) }
	}
	text := func(sheet, at, v string) func(*excelize.File) {
		return func(f *excelize.File) { must(f.SetCellStr(sheet, at, v)) }
	}
	for _, tt := range []struct {
		name string
		edit func(*excelize.File)
		want []string
	}{
		{"nothing", func(*excelize.File) {}, nil},
		{"an empty sheet that Excel adds", func(f *excelize.File) { _, err := f.NewSheet("Sheet1"); must(err) }, nil},
		{"columns in another order", func(f *excelize.File) {
			must(f.InsertCols("日历", "A", 1))
			for n := 1; n < 400; n++ {
				v, _ := f.GetCellValue("日历", fmt.Sprint("D", n))
				must(f.SetCellStr("日历", fmt.Sprint("A", n), v))
				must(f.SetCellStr("日历", fmt.Sprint("D", n), ""))
			}
		}, nil},
		{"blanks around a name and a line break within", text("人员", "B2", " 陈\n示一　"), nil},
		{"the code instead of the word", text("单位", "C2", "area"), nil},
		{"no instead of nothing", text("人员", "F2", "否"), nil},
		{"a tick", set("类别", "I2", true), nil},
		{"a name as it is looked at", text("单位", "F9", "别的"), nil},
		{"a date of Excel's", func(f *excelize.File) {
			must(f.SetCellValue("认领", "E2", time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)))
		}, nil},
		{"a date counted from 1904", func(f *excelize.File) {
			on := true
			must(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}))
			must(f.SetCellValue("认领", "E2", time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)))
		}, nil},
		{"another length", func(f *excelize.File) { must(f.SetCellInt("期限", "F2", 48)) }, nil},
		{"a length typed as text", text("期限", "F2", "48"), nil},
		{"another light", func(f *excelize.File) { must(f.SetCellInt("亮灯", "E2", 50)) }, nil},

		{"a setting typed as a number", set("设置", "C5", 7), nil},
		{"a setting typed as its default", text("设置", "C5", "5"), nil},
		{"a choice by its word", text("设置", "C2", "都不发"), nil},
		{"a choice by its code", text("设置", "C2", "none"), nil},
		{"quiet hours, one end the default", func(f *excelize.File) {
			must(f.SetCellStr("设置", "C3", "22:00"))
			must(f.SetCellStr("设置", "C4", "08:00"))
		}, nil},
		{"a setting's row removed", func(f *excelize.File) { must(f.RemoveRow("设置", 5)) }, nil},
		{"no such choice", text("设置", "C2", "绿灯起"), []string{"设置 C2 值 unknown 绿灯起"}},
		{"too many texts", set("设置", "C5", 101), []string{"设置 C5 值 malformed 101"}},
		{"half a text", set("设置", "C5", 1.5), []string{"设置 C5 值 number 1.5"}},
		{"a time that Excel counts", set("设置", "C3", 0.875), []string{"设置 C3 值 number 0.875"}},
		{"half of the quiet hours", text("设置", "C3", "22:00"), []string{"设置 C3 值 misplaced 22:00"}},
		{"an order that sets nothing", text("设置", "F5", "县平安办〔2026〕3号"), []string{"设置 C5 值 missing "}},
		{"a setting renamed", text("设置", "A5", "cap"), []string{"设置 A5 代码 unknown cap"}},
		{"a setting added", func(f *excelize.File) {
			must(f.SetCellStr("设置", "A30", "moon"))
			must(f.SetCellStr("设置", "C30", "1"))
		}, []string{"设置 A30 代码 unknown moon"}},
		{"a value of no setting", text("设置", "C30", "1"), []string{"设置 A30 代码 missing "}},

		{"merged cells", func(f *excelize.File) { must(f.MergeCell("单位", "H5", "I6")) }, []string{"单位 H5  merged H5:I6"}},
		{"a sheet removed", func(f *excelize.File) { must(f.DeleteSheet("常用语")) }, []string{"常用语 0  no_sheet 常用语"}},
		{"the sheet removed that all others name", func(f *excelize.File) { must(f.DeleteSheet("单位")) }, []string{"单位 0  no_sheet 单位"}},
		{"a sheet added", func(f *excelize.File) {
			_, err := f.NewSheet("草稿")
			must(err)
			must(f.SetCellStr("草稿", "A1", "x"))
		},
			[]string{"草稿 0  stray_sheet "}},
		{"a column renamed", text("单位", "A1", "编码"), []string{"单位 1 编号 no_column 编号", "单位 A1 编码 stray_column 编码"}},
		{"a column without its header", text("人员", "E1", ""), []string{"人员 1 岗位 no_column 岗位", "人员 E2  stray_column 网格员"}},
		{"a column added", text("人员", "H1", "手机"), []string{"人员 H1 手机 stray_column 手机"}},
		{"a column twice", text("人员", "H1", "备注"), []string{"人员 H1 备注 two_columns 备注"}},
		{"words below no header", text("人员", "J3", "x"), []string{"人员 J3  stray_column x"}},
		{"a code twice", text("代码", "B3", "01"), []string{"代码 B3 代码 duplicate 01", "代码 0 代码 removed 02"}},
		{"a unit of itself", text("单位", "E2", "441602"), []string{"单位 E2 上级编号 cycle 441602"}},
		{"a limit of nothing", func(f *excelize.File) { must(f.SetCellInt("期限", "F2", 0)) }, []string{"期限 F2 时长 malformed 0"}},
		{"a limit below nothing", func(f *excelize.File) { must(f.SetCellInt("期限", "F2", -1)) }, []string{"期限 F2 时长 bad_number -1"}},
		{"a limit of a day less than ten years", func(f *excelize.File) {
			must(f.SetCellInt("期限", "F3", 3649))
			must(f.SetCellStr("期限", "G3", "日"))
		}, nil},
		{"a limit of ten years", func(f *excelize.File) {
			must(f.SetCellInt("期限", "F3", 3650))
			must(f.SetCellStr("期限", "G3", "日"))
		}, []string{"期限 F3 时长 malformed 3650"}},
		{"a limit without what it counts", text("期限", "G2", ""), []string{"期限 G2 时长单位 missing "}},
		{"a limit in moons", text("期限", "G2", "旬"), []string{"期限 G2 时长单位 unknown 旬"}},
		{"half a day", func(f *excelize.File) { must(f.SetCellFloat("期限", "F2", 0.5, 1, 64)) }, []string{"期限 F2 时长 bad_number 0.5"}},
		{"a version typed", func(f *excelize.File) { must(f.SetCellInt("期限", "L2", 9)) }, []string{"期限 L2 自第几版 misplaced 9", "期限 0 代码 removed triage"}},
		{"a light removed", func(f *excelize.File) { must(f.RemoveRow("亮灯", 2)) }, []string{"期限 A2 代码 no_light triage"}},
		{"every light but one removed", func(f *excelize.File) {
			for n := 3; n < free; n++ {
				for _, col := range "ACEFG" {
					must(f.SetCellStr("亮灯", fmt.Sprintf("%c%d", col, n), ""))
				}
			}
		}, unlit[1:]},
		{"a light of no limit", text("亮灯", at("A"), "x"), []string{"亮灯 " + at("A") + " 期限代码 no_limit x"}},
		{"a light twice", text("亮灯", at("A"), "triage"), []string{"亮灯 " + at("A") + " 期限代码 duplicate triage"}},
		{"a light beyond all", func(f *excelize.File) { must(f.SetCellInt("亮灯", "E2", 101)) }, []string{"亮灯 E2 剩余百分之几亮黄灯 malformed 101"}},
		{"a light in moons", func(f *excelize.File) { must(f.SetCellStr("亮灯", "G4", "旬")) }, []string{"亮灯 G4 黄灯单位 unknown 旬"}},
		{"a date in another form", text("认领", "E2", "2021/1/1"), []string{"认领 E2 起始日期 bad_date 2021/1/1", "认领 0 事项编号 removed ZF-001 441621102 2021-01-01"}},
		{"no such day", text("认领", "F5", "2026-02-30"), []string{"认领 F5 截止日期 bad_date 2026-02-30"}},
		{"a date as a bare number", func(f *excelize.File) { must(f.SetCellInt("认领", "F5", 20260630)) }, []string{"认领 F5 截止日期 bad_date 20260630"}},
		{"a date with a time", set("认领", "F5", time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)), []string{"认领 F5 截止日期 bad_date 46203.5"}},
		{"an end before the beginning", text("认领", "F5", "2025-06-30"), []string{"认领 F5 截止日期 misplaced 2025-06-30"}},
		{"a day both free and worked", text("日历", "A3", "2021-01-01"), []string{"日历 A3 日期 duplicate 2021-01-01"}},
		{"a day of neither kind", text("日历", "C3", "半天"), []string{"日历 C3 放假或上班 unlisted 半天"}},
		{"an id as a number", func(f *excelize.File) { must(f.SetCellInt("单位", "A2", 441602)) }, []string{"单位 A2 编号 number 441602"}},
		{"a telephone as a number", func(f *excelize.File) { must(f.SetCellInt("单位", "I2", 13800138000)) }, []string{"单位 I2 电话 number 13800138000"}},
		{"a formula", func(f *excelize.File) {
			must(f.SetCellInt("人员", "B2", 7))
			must(f.SetCellFormula("人员", "B2", "3+4"))
		}, []string{"人员 B2 姓名 formula 7"}},
		{"an id that was a number and lost its end", text("单位", "E9", "4.41621E+11"), []string{"单位 E9 上级编号 number 4.41621E+11"}},
		{"a telephone that was a number", text("单位", "I9", "1.38001E+10"), []string{"单位 I9 电话 number 1.38001E+10"}},
		{"a remark that reads like one", text("单位", "K9", "4.41621E+11"), nil},
		{"digits of full width in a code", text("单位", "E9", "４４１６２１"), []string{"单位 E9 上级编号 full_width ４４１６２１"}},
		{"digits of full width in one code of several", text("人员", "C2", "441621102901，４４１６９９"), []string{"人员 C2 单位编号 full_width 441621102901，４４１６９９"}},
		{"a length of full width", text("期限", "F2", "２４"), []string{"期限 F2 时长 bad_number ２４"}},
		{"blanks around a code", text("单位", "E9", "　441621 "), nil},
		{"a blank within a code", text("单位", "E9", "4416 21"), []string{"单位 E9 上级编号 unknown 4416 21"}},
		{"a formula for a length", func(f *excelize.File) { must(f.SetCellFormula("期限", "F2", "12*2")) }, []string{"期限 F2 时长 formula 24"}},
		{"a sheet renamed", func(f *excelize.File) { must(f.SetSheetName("期限", "时限")) }, []string{"期限 0  no_sheet 期限", "时限 0  stray_sheet "}},
		{"a unit that is its own ancestor", func(f *excelize.File) {
			must(f.SetCellStr("单位", "E2", "441621"))
			must(f.SetCellStr("单位", "E3", "441602"))
		}, []string{"单位 E3 上级编号 cycle 441602"}},
		{"an unknown unit", text("人员", "C2", "441621102901、441699"), []string{"人员 C2 单位编号 unknown 441699"}},
		{"an unknown role", text("人员", "E2", "网格长"), []string{"人员 E2 岗位 unknown 网格长"}},
		{"an unknown class of petitions", text("类别", "G3", "77"), []string{"类别 G3 信访分类 unknown 77"}},
		{"an unknown table", text("代码", "A3", "颜色"), []string{"代码 A3 代码表 unlisted 颜色", "代码 0 代码 removed 02"}},
		{"neither yes nor no", text("类别", "J3", "停"), []string{"类别 J3 停用 unlisted 停"}},
		{"a row removed", func(f *excelize.File) { must(f.RemoveRow("人员", 2)) }, []string{"网格 E2 网格员账号 unknown grid1", "网格 E3 网格员账号 unknown grid1", "人员 0 账号 removed grid1"}},
		{"a grid removed", func(f *excelize.File) { must(f.RemoveRow("网格", 2)) }, []string{"网格 0 代码 removed 44162110290101"}},
		{"no name", text("说明", "B2", ""), []string{"说明 B2 内容 missing "}},
		{"no zone", text("说明", "B5", ""), []string{"说明 B5 内容 missing "}},
		{"a line of the first sheet removed", func(f *excelize.File) { must(f.RemoveRow("说明", 5)) }, []string{"说明 0  no_line 时区"}},
		{"years upside down", text("说明", "B8", "2000"), []string{"说明 B8 内容 misplaced 2000"}},
		{"a row where nobody looks", text("常用语", "A100001", "x"), []string{"常用语 100001  too_many_rows 100000"}},
		{"several at once", func(f *excelize.File) {
			must(f.MergeCell("单位", "H5", "I6"))
			must(f.SetCellStr("人员", "C2", "441699"))
			must(f.SetCellInt("期限", "F2", 0))
			must(f.DeleteSheet("常用语"))
		}, []string{"单位 H5  merged H5:I6", "人员 C2 单位编号 unknown 441699", "期限 F2 时长 malformed 0", "常用语 0  no_sheet 常用语"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := found(edited(t, tt.edit)); !slices.Equal(got, tt.want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// Ensure that everything that is wrong is told in one run, each at its cell, and that
// a row that nobody sees is told as such.
func TestFaults_AtOnce(t *testing.T) {
	b := edited(t, func(f *excelize.File) {
		must(f.MergeCell("单位", "A4", "B4"))
		must(f.SetCellInt("单位", "A5", 441623))
		must(f.SetCellStr("单位", "E2", "441621"))
		must(f.SetCellStr("单位", "E3", "441602"))
		must(f.SetCellStr("单位", "E9", "4.41621E+11"))
		must(f.SetCellStr("单位", "E10", "４４１６２１"))
		must(f.SetCellStr("单位", "L1", "传真"))
		must(f.SetCellStr("人员", "C2", "441699"))
		must(f.SetRowVisible("人员", 2, false))
		must(f.SetCellStr("认领", "F5", "2026年6月30日"))
		must(f.SetCellStr("代码", "B3", "01"))
		must(f.SetCellInt("期限", "F2", 0))
		must(f.SetCellInt("期限", "F3", 3650))
		must(f.SetCellStr("期限", "G3", "日"))
		must(f.SetCellFormula("期限", "F4", "1+1"))
		must(f.DeleteSheet("常用语"))
		must(f.SetSheetName("调解力量", "力量"))
	})
	want := []string{
		"单位 L1 传真 stray_column 传真",
		"单位 E3 上级编号 cycle 441602",
		"单位 A4  merged A4:B4",
		"单位 B4 名称 missing ", // the name that merging took away
		"单位 A5 编号 number 441623",
		"单位 E9 上级编号 number 4.41621E+11",
		"单位 E10 上级编号 full_width ４４１６２１",
		"人员 C2 单位编号 unknown 441699",
		"代码 B3 代码 duplicate 01",
		"代码 0 代码 removed 02",
		"认领 F5 截止日期 bad_date 2026年6月30日",
		"期限 F2 时长 malformed 0",
		"期限 F3 时长 malformed 3650",
		"期限 F4 时长 formula 2",
		"调解力量 0  no_sheet 调解力量",
		"常用语 0  no_sheet 常用语",
		"力量 0  stray_sheet ",
	}
	if got := found(b); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	book := workbook.Read(b)
	for _, f := range book.Locate(catalogue.Validate(catalogue.Next(sample.Catalogue(), book.Catalogue))) {
		if hidden := f.Sheet == "人员" && f.Row == 2; f.Hidden != hidden {
			t.Errorf("%+v: hidden %v", f, hidden)
		}
	}
}

// free is the first row that is empty in the sheets of limits and of lights.
var free = len(sample.Catalogue().Limits) + 2

func at(column string) string { return fmt.Sprintf("%s%d", column, free) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// Ensure that a changed number is a new row from the next version on, and that
// the old one stays.
func TestNext(t *testing.T) {
	book := workbook.Read(edited(t, func(f *excelize.File) {
		must(f.SetCellInt("期限", "F2", 48))
		must(f.SetCellStr("期限", at("A"), "new"))
		must(f.SetCellStr("期限", at("B"), "新的"))
		must(f.SetCellInt("期限", at("F"), 5))
		must(f.SetCellStr("期限", at("G"), "日"))
		must(f.SetCellStr("期限", at("M"), "法定"))
		must(f.SetCellStr("亮灯", at("A"), "new"))
	}))
	next := catalogue.Next(sample.Catalogue(), book.Catalogue)
	for _, f := range append(book.Faults, book.Locate(append(catalogue.Validate(next), catalogue.Supersedes(sample.Catalogue(), next)...))...) {
		t.Errorf("%+v", f)
	}
	x := catalogue.NewIndex(next)
	for version, want := range map[uint64]int{1: 24, 2: 48} {
		if l, ok := x.LimitAt("triage", "", version); !ok || l.Span.N != want {
			t.Errorf("version %d: %+v", version, l)
		}
	}
	if l, ok := x.LimitAt("new", "", 2); !ok || l.Since != 2 {
		t.Errorf("the new one: %+v", l)
	}
	// The old row is on a sheet of its own from now on, and comes back.
	again := workbook.Read(written(t, next))
	same(t, again.Catalogue, next)
	if l := again.Catalogue.Limits[0]; l.Span.N != 48 || l.Since != 2 {
		t.Errorf("the row that holds: %+v", l)
	}
}

// zipped makes a file of parts.
func zipped(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		must(err)
		_, err = w.Write([]byte(text))
		must(err)
	}
	must(z.Close())
	return b.Bytes()
}

const (
	rels = `<Relationships><Relationship Id="1" Type="x/officeDocument" Target="b.xml"/></Relationships>`
	book = `<workbook xmlns:r="r"><sheets><sheet name="人员" r:id="s"/></sheets></workbook>`
	to   = `<Relationships><Relationship Id="s" Type="x/worksheet" Target="s.xml"/></Relationships>`
)

// Ensure that a file that is no workbook, or a larger one than any, is told as one
// fault, soon and within little memory.
func TestRead_Hostile(t *testing.T) {
	parts := func(sheet string) []byte {
		return zipped(map[string]string{"_rels/.rels": rels, "b.xml": book, "_rels/b.xml.rels": to, "s.xml": sheet})
	}
	for _, tt := range []struct {
		name string
		b    []byte
		want string // the first fault's problem
	}{
		{"nothing", nil, "no_workbook"},
		{"text", []byte("编号,名称\n1,甲\n"), "no_workbook"},
		{"an old .xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), "no_workbook"},
		{"an empty zip", zipped(nil), "no_workbook"},
		{"half a file", written(t, sample.Catalogue())[:9000], "no_workbook"},
		{"no sheet", zipped(map[string]string{"_rels/.rels": rels, "b.xml": book, "_rels/b.xml.rels": to}), "no_workbook"},
		{"a string that is not there", parts(`<sheetData><row r="2"><c r="A2" t="s"><v>5</v></c></row></sheetData>`), "no_workbook"},
		{"too many bytes", make([]byte, workbook.MaxFile+1), "too_large"},
		{"a bomb", parts(`<sheetData>` + strings.Repeat(" ", 50<<20) + `</sheetData>`), "too_large"},
		{"the last cell of a sheet, often", parts(`<sheetData>` + strings.Repeat(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, 10_000) + `</sheetData>`), "no_sheet"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			b := workbook.Read(tt.b)
			if len(b.Faults) == 0 || string(b.Faults[0].Problem) != tt.want {
				t.Errorf("%.5v", b.Faults)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// Ensure that no file makes reading a workbook fail in any way but by faults, and
// that what is read can be validated, located and, where it is sound, written and
// read again as it is.
func FuzzRead(f *testing.F) {
	small := sample.Catalogue()
	small.Divisions, small.Categories, small.Calendar.Off = small.Divisions[:12], small.Categories[:3], small.Calendar.Off[:2]
	small.Units, small.People = small.Units[:3], small.People[:2]
	small.Limits, small.Duties, small.Claims, small.RiskDuties, small.Resolvers = small.Limits[:2], nil, nil, small.RiskDuties[:1], nil
	f.Add(written(f, small), `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>账号</t></is></c></row><row r="2"><c r="A2" t="str"><f>B2</f><v>grid1</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row></sheetData><mergeCells><mergeCell ref="B2:C3"/></mergeCells></worksheet>`)
	head := `<row r="1"><c r="A1" t="inlineStr"><is><r><t>账</t></r><r><t>号</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c><c r="C1" t="str"><v>单位编号</v></c><c r="B1" t="str"><v>姓名</v></c></row>`
	for _, rows := range []string{
		`<row><c><v>441621102901001234</v></c></row><row r="9"/><row r="3"><c r="ZZ3"><v>1</v></c></row>`,
		`<row r="2"><c r="C2" t="str"><v>a、b _x000D_ _x005F_x000D_</v></c><c r="A2" t="d"><v>2026-01-05T00:00:00</v></c></row>`,
		`<row r="0"><c r="A0"/></row>`, `<row r="2"><c r="2A"><v>x</v></c></row>`, `<row r="2"><c t="s"><v>-1</v></c></row>`,
		`<row r="99999999999999999999"><c><v>1</v></c></row>`, `<row r="2"><c s="4" t="n"><v>1e999</v></c><c><v>NaN</v></c></row>`,
	} {
		f.Add([]byte("PK"), `<worksheet><sheetData>`+head+rows+`</sheetData></worksheet>`)
	}
	f.Fuzz(func(t *testing.T, b []byte, people string) {
		if len(b) > 1<<20 || len(people) > 1<<20 {
			return
		}
		// The people's sheet by itself, too: hardly any change of a packed file gets as far.
		alone := workbook.Read(zipped(map[string]string{"_rels/.rels": rels, "b.xml": book, "_rels/b.xml.rels": to, "s.xml": people}))
		alone.Locate(catalogue.Validate(alone.Catalogue))
		read := workbook.Read(b)
		rules := append(catalogue.Validate(read.Catalogue), catalogue.Supersedes(small, read.Catalogue)...)
		if len(read.Locate(rules)) > 0 || len(catalogue.Validate(read.Catalogue)) > 0 {
			return
		}
		again := workbook.Read(written(t, read.Catalogue))
		if len(again.Faults) > 0 {
			t.Fatalf("it was written in a way that cannot be read: %+v", again.Faults[0])
		}
		same(t, again.Catalogue, read.Catalogue)
	})
}
