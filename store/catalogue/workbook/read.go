package workbook

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"casedesk/store/catalogue"
)

// Book is a workbook that was read.
type Book struct {
	// Catalogue is what the sheets say, as far as they can be read. It is not
	// validated.
	Catalogue catalogue.Catalogue
	// Faults are what is wrong with the cells themselves. A catalogue that has any
	// is for finding the others only.
	Faults []Fault

	spots  map[catalogue.Table][][]spot // where each row of a table stood
	lines  map[string]spot              // where a line of the first sheet stood, by "table.field"
	days   map[string][]spot            // likewise the calendar's days, by its field
	homes  map[catalogue.Table][]*seen  // the sheets of a table
	absent map[catalogue.Table]bool     // tables whose sheet or whose first column is not there
	hidden map[string]map[int]bool      // rows of a sheet that a filter or a person hid; they are read all the same
}

// reader reads a workbook.
type reader struct {
	book    *Book
	file    *file
	present int     // limits that hold now; the others follow
	lit     bool    // there is a sheet of lights
	lights  []light // to be joined to them
	off, on []marked
}

type light struct {
	catalogue.Limit
	spot
}

type marked struct {
	date string
	spot
}

// Read reads a workbook. It always returns a Book; what keeps it from being read
// at all is a fault of it too.
func Read(b []byte) *Book {
	book := &Book{spots: map[catalogue.Table][][]spot{}, lines: map[string]spot{}, days: map[string][]spot{},
		homes: map[catalogue.Table][]*seen{}, absent: map[catalogue.Table]bool{}, hidden: map[string]map[int]bool{}}
	r := &reader{book: book}
	var err error
	if r.file, err = openFile(b); err == nil {
		err = r.sheets()
	}
	if err != nil {
		f := Fault{Problem: NoWorkbook}
		if err == errTooLarge {
			f.Problem = TooLarge
		}
		book.Catalogue, book.Faults = catalogue.Catalogue{}, []Fault{f}
		return book
	}
	r.joinLights()
	c := &book.Catalogue.Calendar
	c.Off, book.days["off"] = inOrder(r.off)
	c.On, book.days["on"] = inOrder(r.on)
	book.Faults = inFileOrder(book.Faults)
	return book
}

// Whole reports whether the file could be read as a workbook.
func (b *Book) Whole() bool {
	return len(b.Faults) != 1 || b.Faults[0].Problem != NoWorkbook && b.Faults[0].Problem != TooLarge
}

func (r *reader) sheets() error {
	byName := make(map[string]sheetPart)
	for _, s := range r.file.sheets {
		name := strings.TrimSpace(s.name)
		if _, twice := byName[name]; twice {
			r.add(Fault{Sheet: name, Problem: TwoSheets})
			continue
		}
		byName[name] = s
	}
	p, there, err := r.part(byName, sheetAbout)
	if err != nil {
		return err
	}
	if there {
		r.about(p)
	}
	for _, s := range sheets {
		p, there, err := r.part(byName, s.title())
		if err != nil {
			return err
		}
		if !there {
			for _, t := range s.tables() {
				r.book.absent[t] = true
			}
			continue
		}
		r.lit = r.lit || s.title() == sheetLights
		s.read(r, p)
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		p, err := r.file.read(byName[name])
		if err != nil {
			return err
		}
		if len(p.rows) > 0 { // an empty one is what Excel adds by itself
			r.add(Fault{Sheet: name, Problem: StraySheet})
		}
	}
	return nil
}

// part takes a sheet out of those that are left and reads its cells.
func (r *reader) part(left map[string]sheetPart, name string) (part, bool, error) {
	s, there := left[name]
	delete(left, name)
	if !there {
		r.add(Fault{Sheet: name, Problem: NoSheet, Value: name})
		return part{}, false, nil
	}
	p, err := r.file.read(s)
	r.book.hidden[name] = map[int]bool{}
	for _, row := range p.rows {
		if row.hidden {
			r.book.hidden[name][row.n] = true
		}
	}
	for _, ref := range p.merged {
		f := Fault{Sheet: name, Problem: Merged, Value: ref}
		corner, _, _ := strings.Cut(ref, ":")
		if col, err := columnOf(corner); err == nil {
			f.Column = letter(col)
			f.Row, _ = strconv.Atoi(strings.TrimLeft(corner, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		}
		r.add(f)
	}
	if p.beyond {
		r.add(Fault{Sheet: name, Row: maxRow + 1, Problem: TooManyRows, Value: strconv.Itoa(maxRow)})
	}
	return p, true, err
}

func (r *reader) add(f Fault) {
	if len(r.book.Faults) < maxFaults {
		r.book.Faults = append(r.book.Faults, f)
	}
}

func (r *reader) fault(s spot, field string, p catalogue.Problem, value string) {
	r.add(s.at(field, p, value))
}

// place notes where the next row of a table stood; some stand on two sheets.
func (b *Book) place(t catalogue.Table, s ...spot) { b.spots[t] = append(b.spots[t], s) }

// read reads the rows of a sheet.
func (t *table[R]) read(r *reader, p part) {
	s := &seen{name: t.name, columns: map[string]found{}, missing: map[string]bool{}}
	for _, of := range t.of {
		r.book.homes[of] = append(r.book.homes[of], s)
	}
	byCol := r.header(t, s, p)
	for _, line := range p.rows {
		if line.n == 1 {
			continue
		}
		var row R
		empty, at := true, spot{s, line.n}
		for _, c := range line.cells {
			i, known := byCol[c.col]
			if !known || t.cols[i].kind == readonly {
				continue
			}
			col := t.cols[i]
			value := r.value(at, col.field, col.kind, c)
			if value == "" {
				continue
			}
			empty = false
			if !col.set(&row, value) {
				p := Unlisted
				if col.kind == number {
					p = BadNumber
				}
				r.fault(at, col.field, p, value)
			}
		}
		if !empty {
			t.take(r, row, at)
		}
	}
}

// header finds the columns by the first row, in whatever order they stand.
func (r *reader) header(t interface{ heads() []head }, s *seen, p part) map[int]int {
	heads := t.heads()
	byName := make(map[string]int, len(heads))
	for i, h := range heads {
		byName[h.text] = i
	}
	byCol := make(map[int]int, len(heads))
	taken := make(map[int]bool, len(heads))
	named := make(map[int]bool)
	for _, line := range p.rows {
		if line.n != 1 {
			continue
		}
		for _, c := range line.cells {
			name := strings.TrimSpace(c.text)
			i, known := byName[name]
			named[c.col] = name != ""
			f := Fault{Sheet: s.name, Row: 1, Column: letter(c.col), Header: name, Value: name}
			switch {
			case name == "":
			case !known && strings.HasSuffix(name, lookMark):
			case !known:
				f.Problem = StrayColumn
				r.add(f)
			case taken[i]:
				f.Problem = TwoColumns
				r.add(f)
			default:
				taken[i], byCol[c.col] = true, i
				s.columns[heads[i].field] = found{c.col, name, heads[i].ref}
			}
		}
	}
	for i, h := range heads {
		if !taken[i] && h.kind != readonly {
			s.missing[h.field] = true
			r.add(Fault{Sheet: s.name, Row: 1, Header: h.text, Value: h.text, Problem: NoColumn})
		}
	}
	for of, homes := range r.book.homes {
		if slices.Contains(homes, s) && s.missing[heads[0].field] {
			r.book.absent[of] = true
		}
	}
	for _, line := range p.rows { // what stands below no header
		for _, c := range line.cells {
			if line.n > 1 && !named[c.col] {
				named[c.col] = true
				r.add(Fault{Sheet: s.name, Row: line.n, Column: letter(c.col), Value: c.text, Problem: StrayColumn})
			}
		}
	}
	return byCol
}

// head is what the header of a column says.
type head struct {
	text, field string
	kind        kind
	width       float64
	words       words
	ref         catalogue.Table
}

func (t *table[R]) heads() []head {
	heads := make([]head, len(t.cols))
	for i, c := range t.cols {
		heads[i] = head{c.head, c.field, c.kind, c.width, c.words, c.ref}
	}
	return heads
}

// value returns what a cell says in a column of that kind. What cannot be taken
// is a fault; for finding others it counts as what it looks like.
func (r *reader) value(s spot, field string, k kind, c cell) string {
	text := strings.TrimSpace(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(c.text))
	switch c.kind {
	case formulaCell:
		r.fault(s, field, Formula, text)
		return text
	case errorCell:
		r.fault(s, field, ErrorValue, text)
		return ""
	case boolCell:
		if k != yes {
			r.fault(s, field, NumberAsText, text)
			return text
		}
		if text == "1" {
			return "是"
		}
		return "否"
	case numberCell, dateCell:
		return r.number(s, field, k, c)
	}
	if k == date && text != "" {
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			r.fault(s, field, BadDate, text)
		}
	}
	switch {
	case (k == coded || k == phone) && shortened.MatchString(text):
		r.fault(s, field, NumberAsText, text)
	case k == coded && strings.ContainsFunc(text, wide):
		r.fault(s, field, FullWidth, text)
	}
	return text
}

// shortened is a long number as spreadsheets show it: its last digits are gone.
var shortened = regexp.MustCompile(`^\d(\.\d+)?E\+\d{2,}$`)

// wide reports whether a letter or digit is of full width, as input methods type it.
func wide(r rune) bool {
	return r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// number is value for a cell that holds a number.
func (r *reader) number(s spot, field string, k kind, c cell) string {
	n, err := strconv.ParseFloat(c.text, 64)
	whole := err == nil && n == math.Trunc(n) && math.Abs(n) < 1e15
	text := c.text
	if whole {
		text = strconv.FormatInt(int64(n), 10)
	}
	switch {
	case k == number:
		if !whole || c.kind == dateCell {
			r.fault(s, field, BadNumber, text)
			return ""
		}
	case k == date:
		// Between 1990 and 2100 no number of days can be taken for another date.
		day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if whole && c.kind == dateCell && n > 30_000 && n < 75_000 {
			return day.AddDate(0, 0, int(n)+r.file.from).Format(time.DateOnly)
		}
		r.fault(s, field, BadDate, text)
	case k == either && whole && c.kind == numberCell:
	default:
		r.fault(s, field, NumberAsText, text)
	}
	return text
}

// joinLights gives the limits that hold now the lights that stand on a sheet of
// their own.
func (r *reader) joinLights() {
	type scope struct {
		code     catalogue.LimitCode
		category string
	}
	lights := make(map[scope]light, len(r.lights))
	used := make(map[scope]bool, len(r.lights))
	for _, l := range r.lights {
		k := scope{l.Code, l.Category}
		if _, twice := lights[k]; twice {
			r.fault(l.spot, "code", catalogue.Duplicate, string(l.Code))
			continue
		}
		lights[k] = l
	}
	limits, spots := r.book.Catalogue.Limits, r.book.spots[catalogue.TableLimits]
	for i := range limits[:r.present] {
		k := scope{limits[i].Code, limits[i].Category}
		l, ok := lights[k]
		if !ok {
			if r.lit {
				r.fault(spots[i][0], "code", NoLight, string(k.code))
			}
			continue
		}
		used[k] = true
		limits[i].YellowPercent, limits[i].Yellow = l.YellowPercent, l.Yellow
		spots[i] = append(spots[i], l.spot)
	}
	for _, l := range r.lights {
		if k := (scope{l.Code, l.Category}); !used[k] && !r.book.absent[catalogue.TableLimits] {
			r.fault(l.spot, "code", NoLimit, string(l.Code))
		}
	}
}

func inOrder(days []marked) (dates []string, spots []spot) {
	slices.SortStableFunc(days, func(a, b marked) int { return strings.Compare(a.date, b.date) })
	for _, d := range days {
		dates, spots = append(dates, d.date), append(spots, d.spot)
	}
	return dates, spots
}
