package figures

import (
	"strings"

	"casedesk/store/report"
	"casedesk/store/text"
)

const (
	screen = 80 // cells of a terminal
	gap    = 2
	least  = 4  // cells of a column of numbers
	brief  = 8  // to which texts are shortened, if they must be
	terse  = 6  // and if that is not enough
	tail   = 12 // to which case numbers are: their ends tell them apart
)

// show writes the page for people, as wide as a terminal at most.
func (a *ask) show(p *page) error {
	lines, whole := p.lines(screen)
	switch {
	case len(p.rows) == 0:
		lines = []string{p.title, "", a.run.Words.T("cli.report.none")}
	case !whole:
		lines = append(lines, a.run.Words.T("cli.report.wide"))
	}
	lines = append(lines, "")
	for _, n := range p.notes {
		for _, l := range text.Line(n).Wrap(screen) {
			lines = append(lines, l.String())
		}
	}
	return a.run.Line(strings.Join(lines, "\n"))
}

// lines are the title, the headings and the rows, whole if they fit into so many cells; 0
// is any number. Columns that do not are left out from the right.
func (p *page) lines(width int) (out []string, whole bool) {
	widths, whole := p.widths(width)
	heads, height := make([][]text.Text, len(widths)), 0
	for i, w := range widths {
		if w > 0 {
			heads[i] = text.Line(p.heads[i]).WrapEven(w)
			height = max(height, len(heads[i]))
		}
	}
	write := func(cell func(i int) text.Text) {
		var b strings.Builder
		for i, w := range widths {
			if w == 0 {
				continue
			}
			if i > 0 {
				b.WriteString(strings.Repeat(" ", gap))
			}
			if p.isText(i) {
				b.WriteString(cell(i).Pad(w).String())
			} else {
				b.WriteString(cell(i).PadLeft(w).String())
			}
		}
		out = append(out, strings.TrimRight(b.String(), " "))
	}
	out = append(out, p.title, "")
	for n := range height {
		write(func(i int) text.Text {
			if below := height - len(heads[i]); n >= below {
				return heads[i][n-below]
			}
			return text.Text{}
		})
	}
	for _, row := range p.rows {
		write(func(i int) text.Text {
			if over := len(row[i]) - widths[i]; i == 0 && over > 0 && len(row[i]) == text.Line(row[i]).Width() {
				return text.Line(".." + row[i][over+2:])
			}
			return text.Line(row[i])
		})
	}
	return out, whole
}

// widths are the cells of each column, 0 for one that is left out, and whether that is all
// there is. Reasons are shortened last; a light is never left out.
func (p *page) widths(width int) (widths []int, whole bool) {
	whole = true
	sum := -gap
	for i := range p.heads {
		w := p.least(i)
		for _, row := range p.rows {
			w = max(w, text.Line(row[i]).Width())
		}
		widths = append(widths, w)
		sum += w + gap
	}
	shorten := func(to int, reasons bool) {
		for width > 0 && sum > width { // the widest text
			at := -1
			for i, w := range widths {
				if p.isText(i) && w > p.brief(i, to) && (at < 0 || w > widths[at]) && p.kind(i) != report.Day && (reasons || !p.reason(i)) {
					at = i
				}
			}
			if at < 0 {
				return
			}
			widths[at]--
			sum--
			whole = false
		}
	}
	shorten(brief, false)
	shorten(terse, false)
	shorten(terse, true)
	for i := len(widths) - 1; i > 0 && width > 0 && sum > width; i-- {
		if p.kind(i) != report.Lamp {
			sum -= widths[i] + gap
			widths[i], whole = 0, false
		}
	}
	// Headings are given what is left, those that take the most lines first.
	for {
		at, most := -1, 1
		for i, w := range widths {
			if n := len(text.Line(p.heads[i]).Wrap(w)); w > 0 && n > most {
				at, most = i, n
			}
		}
		if at < 0 || width > 0 && sum >= width {
			return widths, whole
		}
		widths[at]++
		sum++
	}
}

// least is what a column takes at least: words of its heading that have letters stay whole.
func (p *page) least(column int) int {
	return max(least, min(text.Line(p.heads[column]).WidestWord(), 10))
}

// brief is to how many cells a column of words may be shortened, where others are to so many.
func (p *page) brief(column, to int) int {
	if column == 0 && p.listed {
		return tail
	}
	return to
}

// reason reports whether a column says why its rows are there.
func (p *page) reason(column int) bool { return column > 0 && p.sheet.Columns[column-1].Name == "why" }

func (p *page) kind(column int) report.Kind {
	if column == 0 {
		return report.Words
	}
	return p.sheet.Columns[column-1].Kind
}
