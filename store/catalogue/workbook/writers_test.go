package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/catalogue/workbook"
)

// rewritten returns the sample's workbook with every part passed through fn; a part
// of which nothing is left is left out.
func rewritten(t *testing.T, fn func(name, text string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(untouched()), int64(len(untouched())))
	if err != nil {
		t.Fatal(err)
	}
	parts := make(map[string]string)
	for _, f := range z.File {
		r, err := f.Open()
		must(err)
		b, err := io.ReadAll(r)
		must(err)
		if text := fn(f.Name, string(b)); text != "" {
			parts[f.Name] = text
		}
	}
	return zipped(parts)
}

// strings that the sample's workbook shares, as they stand in its XML.
func shared(t *testing.T) []string {
	var out []string
	rewritten(t, func(name, text string) string {
		if strings.HasSuffix(name, "sharedStrings.xml") {
			for _, m := range regexp.MustCompile(`(?s)<si>(.*?)</si>`).FindAllStringSubmatch(text, -1) {
				out = append(out, m[1])
			}
		}
		return text
	})
	return out
}

var (
	sharedCell = regexp.MustCompile(`<c r="([A-Z]+\d+)"( s="\d+")? t="s"><v>(\d+)</v></c>`)
	styleOf    = regexp.MustCompile(` s="\d+"`)
	styleAttr  = regexp.MustCompile(` (s|style|customFormat)="[^"]*"`)
	nameOfCell = regexp.MustCompile(`<c r="[A-Z]+\d+"`)
	tag        = regexp.MustCompile(`<(/?)([A-Za-z])`)
	number     = regexp.MustCompile(`(<c r="[A-Z]+\d+"(?: s="\d+")?>)<v>(\d+)</v>`)
)

func isSheet(name string) bool { return strings.HasPrefix(name, "xl/worksheets/sheet") }

// inSheets passes the parts that are sheets through fn.
func inSheets(fn func(string) string) func(string, string) string {
	return func(name, text string) string {
		if isSheet(name) {
			return fn(text)
		}
		return text
	}
}

// Ensure that a workbook says the same, whichever program saved it: programs write
// the same cells in many ways.
func TestRead_Writers(t *testing.T) {
	texts := shared(t)
	plainText := func(si string) string {
		var b strings.Builder
		d := xml.NewDecoder(strings.NewReader("<x>" + si + "</x>"))
		for {
			token, err := d.Token()
			if err != nil {
				return b.String()
			}
			if c, ok := token.(xml.CharData); ok {
				b.Write(c)
			}
		}
	}
	text := func(format string) func(string) string {
		return func(s string) string {
			return sharedCell.ReplaceAllStringFunc(s, func(m string) string {
				sub := sharedCell.FindStringSubmatch(m)
				i, _ := strconv.Atoi(sub[3])
				var esc bytes.Buffer
				must(xml.EscapeText(&esc, []byte(plainText(texts[i]))))
				return fmt.Sprintf(format, sub[1], esc.String())
			})
		}
	}
	for _, tt := range []struct {
		name string
		fn   func(name, text string) string
	}{
		{"texts within the cells", inSheets(text(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`))},
		{"texts within the cells, in pieces", inSheets(text(`<c r="%s" t="inlineStr"><is><r><rPr><sz val="11"/></rPr><t xml:space="preserve">%s</t></r><r><t></t></r></is></c>`))},
		{"texts as what formulas come to, without any", inSheets(text(`<c r="%s" t="str"><v>%s</v></c>`))},
		{"no styles", func(name, text string) string {
			switch {
			case strings.HasSuffix(name, "styles.xml"):
				return ""
			case strings.HasSuffix(name, "workbook.xml.rels"):
				return regexp.MustCompile(`<Relationship [^>]*styles[^>]*></Relationship>`).ReplaceAllString(text, "")
			case isSheet(name):
				return styleAttr.ReplaceAllString(text, "")
			}
			return text
		}},
		{"styles that do not exist", inSheets(func(s string) string { return styleOf.ReplaceAllString(s, ` s="999"`) })},
		{"empty rows and cells below", inSheets(func(s string) string {
			return strings.Replace(s, "</sheetData>", `<row r="4000" s="1" customFormat="1"><c r="A4000" s="1"/><c r="B4000" s="1" t="s"></c></row>`+
				`<row r="1048576" ht="15"><c r="A1048576" s="2"/><c r="XFD1048576" s="2"/></row></sheetData>`, 1)
		})},
		{"blanks below", inSheets(func(s string) string {
			return strings.Replace(s, "</sheetData>", `<row r="900"><c r="A900" t="inlineStr"><is><t xml:space="preserve"> 　</t></is></c></row></sheetData>`, 1)
		})},
		{"rows and cells without their names", inSheets(func(s string) string {
			// Only where no cell is left out do the names follow from the order.
			return regexp.MustCompile(`(?s)<row r="1"[^>]*>.*?</row>`).ReplaceAllStringFunc(s, func(row string) string {
				return nameOfCell.ReplaceAllString(strings.Replace(row, ` r="1"`, "", 1), `<c`)
			})
		})},
		{"a prefix before every name", func(name, text string) string {
			if !isSheet(name) && !strings.HasSuffix(name, "sharedStrings.xml") {
				return text
			}
			text = tag.ReplaceAllString(text, "<${1}x:$2")
			return strings.Replace(text, ` xmlns="`, ` xmlns:x="`, 1)
		}},
		{"the strict form's names", func(_, text string) string {
			text = strings.ReplaceAll(text, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
			return strings.ReplaceAll(text, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
		}},
		{"parts named from the root", func(name, text string) string {
			if strings.HasSuffix(name, "workbook.xml.rels") {
				return regexp.MustCompile(`Target="/?(xl/)?`).ReplaceAllString(text, `Target="/xl/`)
			}
			return text
		}},
		{"numbers with a point", inSheets(func(s string) string { return number.ReplaceAllString(s, "$1<v>$2.0</v>") })},
		{"numbers in the form of science", inSheets(func(s string) string { return number.ReplaceAllString(s, "$1<v>${2}0E-1</v>") })},
		{"a mark of the byte order, and line breaks", func(_, text string) string {
			return "\ufeff" + strings.ReplaceAll(text, "><row", ">\r\n<row")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := rewritten(t, tt.fn)
			if bytes.Equal(b, rewritten(t, func(_, text string) string { return text })) {
				t.Fatal("nothing was rewritten")
			}
			book := workbook.Read(b)
			for _, f := range book.Locate(catalogue.Validate(book.Catalogue)) {
				t.Fatalf("%+v", f)
			}
			same(t, book.Catalogue, sample.Catalogue())
		})
	}
}

// Ensure that what is wrong is found in workbooks of other programs, too.
func TestRead_WritersFaults(t *testing.T) {
	cell := func(at, xml string) func(string, string) string {
		return func(name, text string) string {
			if name != "xl/worksheets/sheet2.xml" { // 单位
				return text
			}
			return regexp.MustCompile(`<c r="`+at+`"[^>]*>.*?</c>`).ReplaceAllString(text, xml)
		}
	}
	for _, tt := range []struct {
		name, at, xml, want string
	}{
		{"a number with an exponent", "E9", `<c r="E9"><v>4.4162110290101E+13</v></c>`, "单位 E9 上级编号 number 44162110290101"},
		{"more digits than a number has", "E9", `<c r="E9"><v>4.41621102901012E+17</v></c>`, "单位 E9 上级编号 number 4.41621102901012E+17"},
		{"a formula within", "B2", `<c r="B2" t="str"><f>A2</f><v>4416</v></c>`, "单位 B2 名称 formula 4416"},
		{"an error", "B2", `<c r="B2" t="e"><v>#N/A</v></c>`, "单位 B2 名称 error_value #N/A"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := found(rewritten(t, cell(tt.at, tt.xml)))
			if !slices.Contains(got, tt.want) {
				t.Errorf("found\n%s\nwant %s", strings.Join(got, "\n"), tt.want)
			}
		})
	}
}
