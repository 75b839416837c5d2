package kit

import (
	"strings"

	"casedesk/store/text"
)

// The room on a screen, in cells. Bars (title, tabs, status, footer) begin after one
// cell, and all that is read between them after two: the gutter, in which nothing
// but signs stands, ">" at the cursor, "*" at what is required, "!" at what is wrong.
const (
	Edge   = 1   // before the words of a bar
	Gutter = 2   // before the words of the body
	Gap    = 2   // between two pieces of a line, and before what belongs to the line above
	Prose  = 100 // the longest line of prose, and the widest field: eyes find the next line no further
)

// measure is how wide prose is that has w cells.
func measure(w int) int {
	if Read(w) { // its lines end where they end
		return w
	}
	return min(w, Prose)
}

// airy is the height of a body that has room for a blank line below the title.
const airy = 18

// Wrap breaks text from anybody into safe lines of prose, of at most w cells, in an ink.
func Wrap(s string, w int, ink Ink) []string { return Signed(ink, "", s, w) }

// Signed is Wrap with a sign before the first line, and the others below its words.
func Signed(ink Ink, sign, said string, w int) []string {
	var lines []string
	lead := sign
	for _, line := range text.Clean(said).Wrap(measure(w) - Width(sign)) {
		lines = append(lines, ink.On(lead+line.String()))
		lead = strings.Repeat(" ", Width(sign))
	}
	return lines
}

// Section is the heading of a part of a page.
func Section(said string) string { return Strong.On("-- " + said + " --") }

// Fact is what is known of something: a label in a column of so many cells, and the value
// beside it on as many lines as it needs, w cells wide together.
func Fact(label, value string, column, w int, ink Ink) []string {
	var lines []string
	for _, line := range text.Clean(value).Wrap(measure(w - column)) {
		lines = append(lines, Fit(label, column)+ink.On(line.String()))
		label = ""
	}
	return lines
}

// Inset puts lines behind the gutter.
func Inset(lines ...string) []string {
	inset := make([]string, len(lines))
	for i, line := range lines {
		inset[i] = strings.Repeat(" ", Gutter) + line
	}
	return inset
}

// Columns lays rows out so that their cells stand below one another, in at most w cells.
// What does not fit is shortened, the widest column first.
func Columns(rows [][]string, w int) []string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(cell))
		}
	}
	for over := (len(widths) - 1) * Gap; len(widths) > 0; {
		sum, widest := over, 0
		for i, n := range widths {
			sum += n
			if n > widths[widest] {
				widest = i
			}
		}
		if sum <= w || widths[widest] <= fewestWords {
			break
		}
		widths[widest]--
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		for k, cell := range row {
			if k > 0 {
				lines[i] += strings.Repeat(" ", Gap)
			}
			if Width(cell) > widths[k] { // a cell that is cut loses its ink
				cell = text.Line(Bare(cell)).Short(widths[k]).String()
			}
			lines[i] += Fit(cell, widths[k])
		}
		lines[i] = Fit(lines[i], w)
	}
	return lines
}

// Aside is how wide the piece beside a list is on a screen of w cells, and what it leaves
// the list.
func Aside(w int) (aside, left int) {
	aside = max(40, min(w/3, Prose-2*Gutter))
	return aside, w - aside - Width(between)
}

const between = " | "

// Beside puts two pieces side by side on h lines, the left w cells wide.
func Beside(left, right []string, w, h int) []string {
	lines := make([]string, h)
	for i := range lines {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines[i] = Fit(l, w) + between + r
	}
	return lines
}

// Sheet gathers the body of a page that is read from above: prose and facts in the
// gutter's alignment, and parts that have their own, such as lists and forms.
type Sheet struct {
	w     int
	lines []string
}

// NewSheet begins a sheet for a body of w by h cells; where there is room, with a blank
// line below the title.
func NewSheet(w, h int) *Sheet {
	s := &Sheet{w: w}
	if h >= airy {
		s.lines = []string{""}
	}
	return s
}

// Width is the room for what is aligned with the gutter, which is as wide on the right.
func (s *Sheet) Width() int { return max(1, s.w-2*Gutter) }

// Line adds lines that are drawn already.
func (s *Sheet) Line(lines ...string) { s.Part(Inset(lines...)...) }

// Say adds prose.
func (s *Sheet) Say(ink Ink, said string) { s.Line(Wrap(said, s.Width(), ink)...) }

// Sign adds prose with a sign in the gutter, such as "!".
func (s *Sheet) Sign(ink Ink, sign, said string) {
	s.Part(Signed(ink, Fit(sign, Gutter), said, s.Width()+Gutter)...)
}

// Part adds what brings its own gutter: a list, a form, the advice about an error.
func (s *Sheet) Part(lines ...string) { s.lines = append(s.lines, lines...) }

// Gap adds a blank line, but none at the top and no second one.
func (s *Sheet) Gap() {
	if n := len(s.lines); n > 0 && s.lines[n-1] != "" {
		s.lines = append(s.lines, "")
	}
}

// Section begins a part under a heading.
func (s *Sheet) Section(said string) {
	s.Gap()
	s.Line(Section(said))
}

// Len is how many lines there are.
func (s *Sheet) Len() int { return len(s.lines) }

// Lines are the lines so far.
func (s *Sheet) Lines() []string { return s.lines }
