package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// Grid is a table of which one cell is under the cursor. Its first column stays when it
// goes to the right, and so does a last row that sums up the others. It draws only what is
// seen.
type Grid struct {
	GridData

	row, col  int
	top, left int
	h         int // rows that were seen last, but for the sum
}

// GridData is what a table shows. Measuring it takes its time for many rows.
type GridData struct {
	corner  string
	columns []GridColumn
	rows    []GridRow
	label   int  // the widest label
	heat    bool // a sign beside each number says how much it is of the most
	most    float64
}

// GridColumn is a column of a table.
type GridColumn struct {
	Head  string
	Words bool // texts, on the left and shortened where there is no room; else numbers, on the right
	Day   bool // words that are never shortened

	cells int // the widest cell
}

// GridRow is a row of a table.
type GridRow struct {
	Label   string
	Cells   []string
	Values  []float64 // of a heat table; nil: it is none
	Inks    []Ink     // of the cells; nil: the table's own
	Sum     bool      // it sums up others
	Heading bool      // it has no cells
}

const (
	widestWords = 30 // cells of a text, if it is not the only one
	fewestWords = 6  // to which texts are shortened
	leastHead   = 4  // to which a heading is broken
	widestHead  = 10 // of a word in letters that a heading keeps whole
	headLines   = 2
)

// NewGridData measures what a table shows. corner is the heading of its labels.
func NewGridData(corner string, columns []GridColumn, rows []GridRow) GridData {
	d := GridData{corner: corner, columns: columns, rows: rows, label: Width(corner)}
	for i := range rows {
		r := &rows[i]
		d.heat = d.heat || r.Values != nil
		for _, v := range r.Values {
			d.most = max(d.most, v)
		}
		d.label = max(d.label, Width(r.Label))
		for k, c := range r.Cells {
			columns[k].cells = max(columns[k].cells, Width(c))
		}
	}
	return d
}

// Set gives the table what it shows. The cursor stays on its cell as far as there is one
// with that label and heading.
func (g *Grid) Set(d GridData) {
	label, head := "", ""
	if g.row < len(g.rows) && g.col < len(g.columns) {
		label, head = g.rows[g.row].Label, g.columns[g.col].Head
	}
	g.GridData = d
	columns, rows := d.columns, d.rows
	if g.row >= len(rows) || rows[g.row].Label != label {
		for i := range rows {
			if rows[i].Label == label {
				g.row = i
				break
			}
		}
	}
	if g.col >= len(columns) || columns[g.col].Head != head {
		for i := range columns {
			if columns[i].Head == head {
				g.col = i
				break
			}
		}
	}
	g.Select(g.row, g.col)
}

// Select puts the cursor on a cell, or on the nearest there is.
func (g *Grid) Select(row, col int) {
	g.row = max(0, min(row, len(g.rows)-1))
	g.col = max(0, min(col, len(g.columns)-1))
}

// Cursor is the cell under the cursor; ok is false where there is none.
func (g *Grid) Cursor() (row, col int, ok bool) {
	return g.row, g.col, len(g.rows) > 0 && len(g.columns) > 0
}

// Rows and Columns are how many there are.
func (g *Grid) Rows() int    { return len(g.rows) }
func (g *Grid) Columns() int { return len(g.columns) }

// Update moves the cursor and reports whether the key was one of the table's.
func (g *Grid) Update(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	page := max(1, g.h-1)
	switch KeyName(k) {
	case "up":
		g.Select(g.row-1, g.col)
	case "down":
		g.Select(g.row+1, g.col)
	case "left":
		g.Select(g.row, g.col-1)
	case "right":
		g.Select(g.row, g.col+1)
	case "pgup":
		g.Select(g.row-page, g.col)
	case "pgdown":
		g.Select(g.row+page, g.col)
	case "home":
		g.Select(g.row, 0)
	case "end":
		g.Select(g.row, len(g.columns)-1)
	case "ctrl+home":
		g.Select(0, g.col)
	case "ctrl+end":
		g.Select(len(g.rows)-1, g.col)
	default:
		return false
	}
	return true
}

// layout is how a table lies on so many cells.
type layout struct {
	label  int
	widths []int
	gap    int
}

// lay finds the widths. Texts are shortened before a column is left out; headings stand
// in two lines at most, and columns are no wider for them than that needs.
func (g *Grid) lay(w int) layout {
	l := layout{label: min(g.label, max(w/3, 10)), gap: 2}
	sum := func() int {
		n := l.label
		for _, c := range l.widths {
			n += l.gap + c
		}
		return n + 1 // for the end of the cursor's frame
	}
	for _, c := range g.columns {
		n := max(c.cells, 2)
		if g.heat {
			n++
		}
		if c.Words && !c.Day {
			n = min(n, widestWords)
		}
		n = max(n, min(Width(c.Head), leastHead), min(text.Line(c.Head).WidestWord(), widestHead))
		for len(text.Line(c.Head).Wrap(n)) > headLines {
			n++
		}
		l.widths = append(l.widths, n)
	}
	whole := l.label + 1
	for i, c := range g.columns {
		whole += max(l.widths[i], Width(c.Head))
	}
	if n := len(g.columns); sum() > w || whole+2*n > w && whole+n <= w {
		l.gap = 1
	}
	for over := sum() - w; over > 0; over-- {
		at := -1
		for i, n := range l.widths {
			if g.columns[i].Words && !g.columns[i].Day && n > fewestWords && (at < 0 || n > l.widths[at]) {
				at = i
			}
		}
		if at < 0 {
			break
		}
		l.widths[at]--
	}
	// Headings that would break are given what is left.
	for i := range l.widths {
		for need := Width(g.columns[i].Head); l.widths[i] < need && sum() < w; l.widths[i]++ {
		}
	}
	return l
}

// seen is how many columns there is room for from one on; one at least.
func (l layout) seen(from, w int) int {
	room, n := w-l.label-1, 0
	for _, c := range l.widths[from:] {
		if room -= l.gap + c; room < 0 {
			break
		}
		n++
	}
	return max(n, 1)
}

// Grid draws a table w cells wide and at most h lines high.
func (s Seat) Grid(g *Grid, w, h int, focused bool) []string {
	if len(g.columns) == 0 {
		return nil
	}
	if Read(w) {
		return s.readGrid(g)
	}
	l := g.lay(w)
	g.left = max(0, min(g.left, g.col, len(g.columns)-1))
	for g.col >= g.left+l.seen(g.left, w) {
		g.left++
	}
	for g.left > 0 && g.left-1+l.seen(g.left-1, w) >= len(g.columns) { // no empty room on the right
		g.left--
	}
	until := min(g.left+l.seen(g.left, w), len(g.columns))
	lines := g.heads(l, until, w)
	body := g.rows
	var sum *GridRow
	if n := len(body); n > 1 && body[n-1].Sum {
		sum, body = &body[n-1], body[:n-1]
	}
	room := max(0, h-len(lines))
	if sum != nil {
		room = max(0, room-1)
	}
	g.h = room
	at := min(g.row, len(body)-1)
	g.top = max(0, min(g.top, at, len(body)-room))
	if at >= g.top+room {
		g.top = at - room + 1
	}
	for i := g.top; i < len(body) && i < g.top+room; i++ {
		lines = append(lines, s.gridRow(g, &body[i], l, i == g.row, until, focused, w))
	}
	if sum != nil {
		lines = append(lines, s.gridRow(g, sum, l, g.row == len(body), until, focused, w))
	}
	return lines
}

// heads draws the headings, with "<" and ">" where there are more columns.
func (g *Grid) heads(l layout, until, w int) []string {
	height := 1
	broken := make([][]text.Text, until)
	for i := g.left; i < until; i++ {
		broken[i] = text.Line(g.columns[i].Head).WrapEven(l.widths[i])
		height = max(height, min(len(broken[i]), headLines))
	}
	lines := make([]string, height)
	for n := range height {
		line := Fit("", l.label)
		if n == height-1 {
			line = text.Line(g.corner).Pad(l.label).String()
		}
		for i := g.left; i < until; i++ {
			part := text.Text{}
			if k := n - (height - len(broken[i])); k >= 0 && k < len(broken[i]) {
				part = broken[i][k]
			}
			gap := strings.Repeat(" ", l.gap)
			if n == 0 && i == g.left && i > 0 { // there is more on the left
				gap = "<" + gap[1:]
			}
			line += gap + align(part, l.widths[i], g.columns[i].Words)
		}
		if line = Fit(line, w); n == 0 && until < len(g.columns) {
			line = Fit(line, w-1) + ">"
		}
		lines[n] = Strong.On(line)
	}
	return lines
}

func align(t text.Text, w int, left bool) string {
	if left {
		return t.Short(w).Pad(w).String()
	}
	return t.PadLeft(w).String()
}

func (s Seat) gridRow(g *Grid, r *GridRow, l layout, chosen bool, until int, focused bool, w int) string {
	ink := Plain
	if r.Sum || r.Heading {
		ink = Strong
	}
	var b strings.Builder
	b.WriteString(ink.On(text.Line(r.Label).Short(l.label).Pad(l.label).String()))
	closing := false
	for i := g.left; i < until; i++ {
		cell := ""
		if i < len(r.Cells) {
			cell = r.Cells[i]
		}
		if g.heat {
			sign := " "
			if i < len(r.Values) {
				sign = s.Shade(r.Values[i], g.most)
			}
			cell += sign
		}
		body := align(text.Line(cell), l.widths[i], g.columns[i].Words)
		gap := strings.Repeat(" ", l.gap)
		if closing {
			gap = "]" + gap[1:]
			closing = false
		}
		at := chosen && i == g.col
		if at {
			gap = gap[:len(gap)-1] + "["
			closing = true
		}
		b.WriteString(gap)
		paint := ink
		if i < len(r.Inks) && r.Inks[i] != Plain {
			paint = r.Inks[i]
		}
		if i < len(r.Values) {
			paint = shades[shade(r.Values[i], g.most)].ink
		}
		if at {
			paint = Chosen
			if focused {
				b.WriteString(Mark)
			}
		}
		b.WriteString(paint.On(body))
	}
	if closing {
		b.WriteString("]")
	}
	return Fit(b.String(), w)
}
