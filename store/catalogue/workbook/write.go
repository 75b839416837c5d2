package workbook

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"casedesk/store/catalogue"
)

// lastOffered is the last row that has a list to choose from.
const lastOffered = 5000

// Write writes a catalogue, which Validate found sound. The same catalogue always
// gives the same bytes. Errors come from w.
func Write(w io.Writer, c catalogue.Catalogue) error {
	out, err := newWriter()
	if err != nil {
		return err
	}
	out.view = catalogue.NewIndex(c)
	out.about(c)
	out.list = ranges(out.view)
	for _, s := range sheets {
		s.write(out)
	}
	return out.finish(w)
}

// WriteTable writes a file of one sheet whose cells are all text, ready to print.
func WriteTable(w io.Writer, name string, heads []string, widths []float64, rows [][]string) error {
	out, err := newWriter()
	if err != nil {
		return err
	}
	out.sheet(name)
	for i, h := range heads {
		out.header(i+1, h, widths[i], out.text)
	}
	for n, row := range rows {
		for i, s := range row {
			out.cell(i+1, n+2, s, plain)
		}
		out.do(out.f.SetRowHeight(name, n+2, 48)) // room for scissors
	}
	if len(rows) > 0 {
		out.do(out.f.SetCellStyle(name, "A2", letter(len(heads))+strconv.Itoa(len(rows)+1), out.cut))
	}
	out.do(out.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: ptr(9), Orientation: ptr("landscape"), FitToWidth: ptr(1), FitToHeight: ptr(0)}))
	out.do(out.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: ptr(true)}))
	return out.finish(w)
}

func ptr[T any](v T) *T { return &v }

// writer remembers the first error.
type writer struct {
	f    *excelize.File
	view *catalogue.Index
	list map[catalogue.Table]string // where the codes of a table stand
	err  error
	name string // of the sheet that is being written
	n    int    // sheets begun

	head, text, numbers, seen, long, cut int // styles
}

func newWriter() (*writer, error) {
	out := &writer{f: excelize.NewFile()}
	style := func(s *excelize.Style) int {
		id, err := out.f.NewStyle(s)
		out.do(err)
		return id
	}
	grey := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	out.head = style(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E2F3"}},
		Border: []excelize.Border{{Type: "bottom", Color: "8EA9DB", Style: 1}}})
	out.text = style(&excelize.Style{NumFmt: 49}) // text, so that what looks like a number stays what was typed
	out.numbers = style(&excelize.Style{})
	out.seen = style(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Color: "7F7F7F"}, Fill: grey})
	out.long = style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	edge := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "A6A6A6", Style: 3} }
	out.cut = style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Border: []excelize.Border{edge("left"), edge("right"), edge("top"), edge("bottom")}})
	return out, out.err
}

func (w *writer) do(err error) {
	if w.err == nil && err != nil {
		w.err = fmt.Errorf("write workbook: %w", err)
	}
}

// finish writes the file. A file in memory has nothing to close.
func (w *writer) finish(to io.Writer) error {
	if w.err != nil {
		return w.err
	}
	var b bytes.Buffer
	if _, err := w.f.WriteTo(&b); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if _, err := b.WriteTo(to); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// sheet begins a sheet with a first row that stays in sight.
func (w *writer) sheet(name string) {
	if w.n++; w.n == 1 {
		w.do(w.f.SetSheetName("Sheet1", name))
	} else {
		_, err := w.f.NewSheet(name)
		w.do(err)
	}
	w.name = name
	w.do(w.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}}))
}

// freezeCode lets the first column stay in sight, too: it says which row it is.
func (w *writer) freezeCode() {
	w.do(w.f.SetPanes(w.name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: "B2", ActiveCell: "B2", Pane: "bottomRight"}}}))
}

// header begins a column.
func (w *writer) header(col int, text string, width float64, style int) {
	name := letter(col)
	w.do(w.f.SetColWidth(w.name, name, name, width))
	w.do(w.f.SetColStyle(w.name, name, style))
	w.do(w.f.SetCellStr(w.name, name+"1", text))
	w.do(w.f.SetCellStyle(w.name, name+"1", name+"1", w.head))
}

func (w *writer) cell(col, row int, s string, k kind) {
	at := letter(col) + strconv.Itoa(row)
	switch n, err := strconv.ParseInt(s, 10, 64); {
	case s == "":
	case utf8.RuneCountInString(s) > excelize.TotalCellChars/2: // of which some may take two
		w.do(fmt.Errorf("%s in %s holds %d bytes", at, w.name, len(s)))
	case k == number && err == nil:
		w.do(w.f.SetCellInt(w.name, at, n))
	default:
		w.do(w.f.SetCellStr(w.name, at, escape(s)))
	}
}

// escape is the reverse of unescape: what looks like an escape is text. Excelize
// finds a text that it has by another's escaped form, in capitals; small letters
// keep the two apart.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '_' && len(s) >= i+7 && escaped.MatchString(s[i:i+7]) {
			b.WriteString("_x005f")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func (w *writer) about(c catalogue.Catalogue) {
	w.sheet(sheetAbout)
	w.header(1, "项目", 16, w.long)
	w.header(2, "内容", 60, w.long)
	w.header(3, "怎么填", 60, w.long)
	for i, l := range lines {
		w.cell(1, i+2, l.head, plain)
		w.cell(2, i+2, l.get(c), plain)
		w.cell(3, i+2, l.note, plain)
	}
	row := len(lines) + 3
	for _, note := range notes {
		w.cell(3, row, note, plain)
		row++
	}
	for _, g := range guides {
		row++
		w.cell(1, row, "“"+g.sheet+"”表", plain)
		w.cell(3, row, g.how, plain)
		w.do(w.f.SetCellHyperLink(sheetAbout, "A"+strconv.Itoa(row), "'"+g.sheet+"'!A1", "Location"))
	}
}

func (t *table[R]) write(w *writer) {
	w.sheet(t.name)
	w.freezeCode()
	for i, c := range t.cols {
		style := w.text
		switch c.kind {
		case number:
			style = w.numbers
		case readonly:
			style = w.seen
		}
		w.header(i+1, c.head, c.width, style)
		w.offer(fmt.Sprintf("%s2:%s%d", letter(i+1), letter(i+1), lastOffered), c.offers(w.list))
	}
	rows := t.rows(w.view)
	for n := range rows {
		for i, c := range t.cols {
			w.cell(i+1, n+2, c.get(&rows[n], w.view), c.kind)
		}
	}
	w.do(w.f.AutoFilter(t.name, "A1:"+letter(len(t.cols))+strconv.Itoa(len(rows)+1), nil))
}

// offered are the values of a column that a cell can be filled with from a list.
type offered struct {
	words  []string
	source string // the range where they stand, instead
	only   bool   // nothing else is right
	hint   string // what is told of a cell when it is chosen
}

func (c column[R]) offers(list map[catalogue.Table]string) offered {
	switch {
	case c.kind == yes:
		return offered{words: []string{"是", "否"}, only: true, hint: "是：选“是”。否：留空。"}
	case c.kind == choice:
		return offered{words: c.words.list(), only: true, hint: "请从下拉列表里选。"}
	case c.words != nil:
		return offered{words: c.words.list(), hint: "可从下拉列表里选一项；有几项的，用“、”隔开手工填写。"}
	case c.ref != "":
		return offered{source: list[c.ref], hint: "填" + where(c.ref) + "里有的代码；名称在下次导出时显示在旁边。"}
	case c.fields != nil:
		return offered{words: c.fields, hint: "填栏目的代码；名称在下次导出时显示在旁边。"}
	}
	return offered{}
}

// where says where the codes of a table are found.
func where(t catalogue.Table) string {
	if word := tableWords.word(string(t)); word != string(t) {
		return "“" + sheetCodes + "”表的“" + word + "”"
	}
	return "“" + Name(t) + "”表"
}

// maxList is the most characters that a list of words may have.
const maxList = 255

// offer lets the values of cells be chosen from a list.
func (w *writer) offer(cells string, o offered) {
	if o.hint == "" {
		return
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(cells)
	v.SetInput("怎么填", o.hint)
	switch {
	case o.source != "":
		v.SetSqrefDropList(o.source)
	case len(o.words) > 0 && utf8.RuneCountInString(strings.Join(o.words, ",")) <= maxList:
		w.do(v.SetDropList(o.words))
	}
	if o.only {
		v.SetError(excelize.DataValidationErrorStyleStop, "不能这样填", "请从下拉列表里选。")
	}
	w.do(w.f.AddDataValidation(w.name, v))
}

// ranges says where the codes of each table stand, for lists to choose from: on
// down to where new rows come, or where a sheet holds several tables as far as the
// table's rows do.
func ranges(v *catalogue.Index) map[catalogue.Table]string {
	out := make(map[catalogue.Table]string)
	whole := func(sheet string) string { return fmt.Sprintf("'%s'!$A$2:$A$%d", sheet, lastOffered) }
	for _, s := range sheets {
		for _, t := range s.tables() {
			if _, first := out[t]; !first {
				out[t] = whole(s.title())
			}
		}
	}
	from := 2
	for _, w := range tableWords {
		t := catalogue.Table(w.code)
		n := len(v.Catalogue().Codes(t))
		out[t] = ""
		if n > 0 {
			out[t] = fmt.Sprintf("'%s'!$B$%d:$B$%d", sheetCodes, from, from+n-1)
		}
		from += n
	}
	return out
}
