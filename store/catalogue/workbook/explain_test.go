package workbook_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
)

func opened(t *testing.T) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(untouched()))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rowsOf returns a sheet's rows by the text of their first cell; of several the first.
func rowsOf(t *testing.T, f *excelize.File, sheet string) (heads []string, rows map[string][]string) {
	t.Helper()
	all, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows = make(map[string][]string)
	for _, r := range all[1:] {
		if len(r) > 0 && rows[r[0]] == nil {
			rows[r[0]] = append(r, make([]string, len(all[0]))...)
		}
	}
	return all[0], rows
}

// Ensure that beside every bare code a clerk reads what it stands for.
func TestLook(t *testing.T) {
	f := opened(t)
	for _, tt := range []struct{ sheet, row, head, want string }{
		{"期限", "triage", "何时起算、何时停止（只看）", "矛盾纠纷：登记时起算，受理、"},
		{"期限", "perform", "何时起算、何时停止（只看）", "达成协议"},
		{"期限", "labour_mediation", "类别名称（只看）", "劳动"},
		{"期限", "handle", "类别名称（只看）", "所有类别"},
		{"期限", "petition_review", "何时起算、何时停止（只看）", "信访诉求：请求复查时起算，出具复查意见、"},
		{"期限", "care", "何时起算、何时停止（只看）", "记下风险（有自伤"},
		{"期限", "labour_award", "何时起算、何时停止（只看）", "不自动计时：案件到了"},
		{"期限", "report_major", "何时起算、何时停止（只看）", "矛盾纠纷：登记、修改时起算"},
		{"期限", "handle_simple", "何时起算、何时停止（只看）", "矛盾纠纷：签收、调解、违约时起算"},
		{"期限", "task", "何时起算、何时停止（只看）", "各类事项：交协办任务时起算，回复任务时停止"},
		{"亮灯", "handle", "期限名称（只看）", "调处办理"},
		{"风险职责", "domestic", "风险情形（只看）", "家庭"},
		{"风险职责", "domestic", "期限名称和长短（只看）", "报告公安机关（6 小时）"},
		{"常用语", "remedies", "用在哪些表单（只看）", "调解"},
		{"单位", "441602", "管辖地区名称（只看）", "源城区"},
		{"类别", "0201", "上级名称（只看）", "邻里"},
	} {
		heads, rows := rowsOf(t, f, tt.sheet)
		got := ""
		for i, h := range heads {
			if h == tt.head && rows[tt.row] != nil {
				got = rows[tt.row][i]
			}
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s %s %s: %q, want %q", tt.sheet, tt.row, tt.head, got, tt.want)
		}
	}
}

// Ensure that every limit which a table starts is explained, and that every sheet has
// a line that says how it is filled in.
func TestLook_Whole(t *testing.T) {
	f := opened(t)
	_, rows := rowsOf(t, f, "期限")
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, r := range append(table.Rules, table.Register) {
			for _, l := range r.Starts {
				if row := rows[string(l)]; row == nil || strings.Contains(row[2], "不自动计时") {
					t.Errorf("%s: %q", l, row)
				}
			}
		}
	}
	for _, l := range sample.Catalogue().Limits {
		if strings.Contains(l.Source, "不自动计时") && !strings.Contains(rows[string(l.Code)][2], "不自动计时") {
			t.Errorf("%s is said to run: %q", l.Code, rows[string(l.Code)][2])
		}
	}
	_, about := rowsOf(t, f, "说明")
	for _, sheet := range f.GetSheetList()[1:] {
		if row := about["“"+sheet+"”表"]; row == nil || len([]rune(row[2])) < 15 {
			t.Errorf("no word on how %s is filled in", sheet)
		}
	}
}

// Ensure that where a cell is a choice there is a list to choose from, that codes are
// text whatever is typed, and that headers stay in sight.
func TestWrite_Sheets(t *testing.T) {
	f := opened(t)
	for _, tt := range []struct{ sheet, column, want string }{
		{"单位", "C", `"属地单位,功能区,部门"`},
		{"单位", "E", "'单位'!$A$2:$A$5000"},
		{"单位", "J", `"是,否"`},
		{"人员", "E", `"网格员,调解员,综治中心,平安办,经办人,法院,检察院,领导"`},
		{"期限", "G", `"小时,日,工作日,月"`},
		{"期限", "M", `"法定,本单位规定"`},
		{"风险职责", "C", `"报告公安机关,`},
		{"风险职责", "E", "'期限'!$A$2:$A$5000"},
		{"调解力量", "C", "'代码'!$B$"},
	} {
		list, err := f.GetDataValidations(tt.sheet)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, v := range list {
			if strings.HasPrefix(v.Sqref, tt.column+"2:") {
				got = v.Formula1
			}
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s %s: %q, want %q", tt.sheet, tt.column, got, tt.want)
		}
	}
	for sheet, columns := range map[string]string{"单位": "AEI", "人员": "AC", "网格": "ACE", "调解力量": "ACG"} {
		for _, c := range columns {
			id, err := f.GetColStyle(sheet, string(c))
			must(err)
			style, err := f.GetStyle(id)
			if err != nil || style.NumFmt != 49 {
				t.Errorf("%s %c is not text: %v %v", sheet, c, style, err)
			}
		}
	}
	for _, sheet := range f.GetSheetList() {
		if p, err := f.GetPanes(sheet); err != nil || !p.Freeze || p.YSplit != 1 {
			t.Errorf("%s: %+v, %v", sheet, p, err)
		}
	}
}
