package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Bounds of a file. A county of 10,000 people takes a hundredth of them.
const (
	MaxFile   = 16 << 20 // bytes of the file
	maxPlain  = 48 << 20 // bytes of the parts that are read, unpacked
	maxParts  = 2000     // files in the file
	maxSheets = 100
	maxRow    = 100_000 // the last row that may hold something
)

var (
	errNoWorkbook = errors.New("no workbook")
	errTooLarge   = errors.New("workbook is too large")
)

// cellKind is what a cell was typed or computed as.
type cellKind int

const (
	textCell cellKind = iota
	numberCell
	dateCell // a number that is shown as a date
	boolCell
	errorCell // #REF!
	formulaCell
)

// cell is a cell that is not empty.
type cell struct {
	col  int // from 1
	kind cellKind
	text string // as it is stored; of a formula, what it last came to
}

type row struct {
	n      int // from 1, as people see it
	hidden bool
	cells  []cell
}

// part is a sheet's cells in the order of the file.
type part struct {
	rows   []row
	merged []string // ranges of merged cells, "B2:C4"
	beyond bool     // rows after maxRow were left out
}

// file is an .xlsx that is being read.
type file struct {
	parts  map[string]*zip.File
	left   int64 // bytes that may still be unpacked
	sheets []sheetPart
	shared []string
	dates  []bool // by style: numbers are shown as dates
	from   int    // the day before day 1, as days since 1899-12-30
}

type sheetPart struct{ name, path string }

// openFile reads what is common to the sheets. Errors are errNoWorkbook or
// errTooLarge.
func openFile(b []byte) (*file, error) {
	if len(b) > MaxFile {
		return nil, errTooLarge
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, errNoWorkbook
	}
	if len(z.File) > maxParts {
		return nil, errTooLarge
	}
	f := &file{parts: make(map[string]*zip.File), left: maxPlain}
	for _, p := range z.File {
		if name := strings.TrimPrefix(p.Name, "/"); f.parts[name] == nil {
			f.parts[name] = p
		}
	}
	root, err := f.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, book := range root {
		if strings.HasSuffix(book.kind, "/officeDocument") {
			return f, f.readBook(book.target)
		}
	}
	return nil, errNoWorkbook
}

// relation is a line of a .rels file.
type relation struct{ id, kind, target string }

func (f *file) relations(name, folder string) (list []relation, err error) {
	err = f.each(name, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			list = append(list, relation{attr(e, "Id"), attr(e, "Type"), strings.TrimPrefix(target, "/")})
		}
		return nil
	})
	return list, err
}

func (f *file) readBook(name string) error {
	folder, base := path.Split(name)
	rels, err := f.relations(path.Join(folder, "_rels", base+".rels"), folder)
	if err != nil {
		return err
	}
	target := make(map[string]string, len(rels))
	for _, r := range rels {
		target[r.id] = r.target
		switch {
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			err = f.readShared(r.target)
		case strings.HasSuffix(r.kind, "/styles"):
			err = f.readStyles(r.target)
		}
		if err != nil {
			return err
		}
	}
	return f.each(name, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if on := attr(e, "date1904"); on == "1" || on == "true" {
				f.from = 1462
			}
		case "sheet":
			if f.sheets = append(f.sheets, sheetPart{attr(e, "name"), target[attr(e, "id")]}); len(f.sheets) > maxSheets {
				return errTooLarge
			}
		}
		return nil
	})
}

// each calls fn at the start of every element of a part.
func (f *file) each(name string, fn func(*xml.Decoder, xml.StartElement) error) error {
	p := f.parts[name]
	if p == nil {
		return errNoWorkbook
	}
	if p.UncompressedSize64 > uint64(f.left) { // who says less than there is, is cut off
		return errTooLarge
	}
	in, err := p.Open()
	if err != nil {
		return errNoWorkbook
	}
	defer in.Close()
	d := xml.NewDecoder(&bounded{in, &f.left})
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errTooLarge):
			return errTooLarge
		case err != nil:
			return errNoWorkbook
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := fn(d, e); err != nil {
				if errors.Is(err, errTooLarge) {
					return errTooLarge
				}
				return errNoWorkbook
			}
		}
	}
}

// bounded reads no more than is left for all parts together.
type bounded struct {
	io.Reader
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.Reader.Read(p[:min(int64(len(p)), *b.left)])
	*b.left -= int64(n)
	return n, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (f *file) readShared(name string) error {
	return f.each(name, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := textIn(d)
		f.shared = append(f.shared, s)
		return err
	})
}

// textIn returns the text within the element that was started, without what
// tells how it is spoken.
func textIn(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth, spoken, in := 1, 0, false; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "rPh" && spoken == 0 {
				spoken = depth
			}
			in = t.Name.Local == "t" && spoken == 0
		case xml.EndElement:
			if depth == spoken {
				spoken = 0
			}
			depth--
			in = false
		case xml.CharData:
			if in {
				b.Write(t)
			}
		}
	}
	return unescape(b.String()), nil
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads the form that texts have for characters that XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 16)
		return string(utf16.Decode([]uint16{uint16(n)}))
	})
}

func (f *file) readStyles(name string) error {
	formats, inCells := map[string]string{}, false
	return f.each(name, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			formats[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				f.dates = append(f.dates, isDate(attr(e, "numFmtId"), formats))
			}
		}
		return nil
	})
}

var notShown = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.`)

// isDate reports whether a number format shows numbers as dates: those that are
// built in, the Chinese ones among them, and whatever shows a year, a month, a day.
func isDate(id string, formats map[string]string) bool {
	if code, own := formats[id]; own {
		return strings.ContainsAny(strings.ToLower(notShown.ReplaceAllString(code, "")), "ymd")
	}
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58)
}

// read reads the cells of a sheet.
func (f *file) read(s sheetPart) (part, error) {
	var p part
	n, col, hidden := 0, 0, false
	err := f.each(s.path, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			n, col, hidden = n+1, 0, attr(e, "hidden") == "1" || attr(e, "hidden") == "true"
			if r := attr(e, "r"); r != "" {
				at, err := strconv.Atoi(r)
				if err != nil || at < 1 {
					return errNoWorkbook
				}
				n = at
			}
		case "c":
			col++
			if ref := attr(e, "r"); ref != "" {
				at, err := columnOf(ref)
				if err != nil {
					return err
				}
				col = at
			}
			c, err := f.cell(d, e, col)
			switch {
			case err != nil:
				return err
			case c.text == "" && c.kind != formulaCell:
				return nil
			case n > maxRow:
				p.beyond = true
				return nil
			}
			if last := len(p.rows) - 1; last < 0 || p.rows[last].n != n {
				p.rows = append(p.rows, row{n: n, hidden: hidden})
			}
			at := &p.rows[len(p.rows)-1]
			at.cells = append(at.cells, c)
		case "mergeCell":
			if len(p.merged) < maxFaults {
				p.merged = append(p.merged, attr(e, "ref"))
			}
		}
		return nil
	})
	return p, err
}

// cell reads the cell that was started.
func (f *file) cell(d *xml.Decoder, e xml.StartElement, col int) (cell, error) {
	c := cell{col: col}
	kind, formula := attr(e, "t"), false
	for done := false; !done; {
		token, err := d.Token()
		if err != nil {
			return c, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "f":
				formula, err = true, d.Skip()
			case "v":
				c.text, err = value(d)
			case "is":
				c.text, err = textIn(d)
			default:
				err = d.Skip()
			}
			if err != nil {
				return c, err
			}
		case xml.EndElement:
			done = true
		}
	}
	switch kind {
	case "s":
		if c.text == "" { // it was emptied
			break
		}
		i, err := strconv.Atoi(strings.TrimSpace(c.text))
		if err != nil || i < 0 || i >= len(f.shared) {
			return c, errNoWorkbook
		}
		c.text = f.shared[i]
	case "str":
		c.text = unescape(c.text)
	case "inlineStr":
	case "b":
		c.kind = boolCell
	case "e":
		c.kind = errorCell
	case "d": // an ISO date, which the newest form of the format has
		c.text, _, _ = strings.Cut(c.text, "T00:00:00")
	default:
		c.kind, c.text = numberCell, strings.TrimSpace(c.text)
		if style, err := strconv.Atoi(attr(e, "s")); err == nil && style >= 0 && style < len(f.dates) && f.dates[style] {
			c.kind = dateCell
		}
	}
	if formula {
		c.kind = formulaCell
	}
	return c, nil
}

// value reads the plain text of the element that was started.
func value(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

// columnOf returns the column of a cell's name, "AB12".
func columnOf(ref string) (int, error) {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' {
			break
		}
		if n = n*26 + int(r-'A') + 1; n > 16384 {
			return 0, errNoWorkbook
		}
	}
	if n == 0 {
		return 0, errNoWorkbook
	}
	return n, nil
}

// letter is the name of a column, "AB".
func letter(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}
