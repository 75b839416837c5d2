package kit

import (
	"math"
	"strings"

	"casedesk/store/text"
)

// Bar is a row of a bar chart.
type Bar struct {
	Label  string
	Text   string  // the number as people read it
	Value  float64 // below 0, or no number at all: there is no bar
	Most   float64 // what a whole bar stands for; 0: nothing has a bar
	Trough bool    // the whole is seen too
}

// Eighths of a cell, and signs of a column of so many eighths of a line.
var (
	across = []rune("▏▎▍▌▋▊▉█")
	upward = []rune("▁▂▃▄▅▆▇█")
)

// Bars draws a chart of bars, a line each, w cells wide: the label, the number, the bar.
func (s Seat) Bars(bars []Bar, w int) []string {
	label, number := 0, 0
	for _, b := range bars {
		label, number = max(label, Width(b.Label)), max(number, Width(b.Text))
	}
	label = min(label, max(w/3, 8))
	room := max(0, w-label-number-3)
	lines := make([]string, len(bars))
	for i, b := range bars {
		lines[i] = text.Line(b.Label).Pad(label).String() + "  " + text.Line(b.Text).PadLeft(number).String() + " "
		if b.Value >= 0 && b.Most > 0 {
			lines[i] += s.bar(b.Value/b.Most, room, b.Trough)
		}
		lines[i] = Fit(lines[i], w)
	}
	return lines
}

// ShareBar draws a part of a whole, w cells wide.
func (s Seat) ShareBar(part, of float64, w int) string {
	if of <= 0 {
		return Fit("", w)
	}
	return Fit(s.bar(part/of, w, true), w)
}

// bar draws a part of w cells. What is more than nothing is seen, and what is less than
// the whole does not look like it.
func (s Seat) bar(part float64, w int, trough bool) string {
	if math.IsNaN(part) || w <= 0 {
		return ""
	}
	part = min(max(part, 0), 1)
	full, rest := "#", "."
	eighths := int(math.Round(part * float64(w) * 8))
	if part > 0 {
		eighths = max(eighths, 1)
	}
	if part < 1 && trough {
		eighths = min(eighths, 8*w-1)
	}
	if s.plain() {
		n := (eighths + 7) / 8
		if part < 1 && trough {
			n = min(n, max(w-1, 1))
		}
		eighths = 8 * n
	} else {
		full, rest = "█", "░"
	}
	drawn := strings.Repeat(full, eighths/8)
	if eighths%8 > 0 {
		drawn += string(across[eighths%8-1])
	}
	if trough {
		return Cyan.On(drawn) + strings.Repeat(rest, w-Width(drawn))
	}
	return Cyan.On(drawn)
}

// Trend is a row of numbers of which the last is the newest.
type Trend struct {
	Label  string
	Values []float64 // NaN where there is none
	Texts  []string  // the numbers as people read them
	Heads  []string  // what the numbers are of
	At     int       // the one under the cursor; below 0: none
}

// Trend draws how numbers went, w cells wide: a line with the first, the last, the least and
// the greatest of them, then h lines of columns.
func (s Seat) Trend(t Trend, w, h int) []string {
	first, last, least, most := -1, -1, -1, -1
	for i, v := range t.Values {
		if math.IsNaN(v) {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		if least < 0 || v < t.Values[least] {
			least = i
		}
		if most < 0 || v > t.Values[most] {
			most = i
		}
	}
	head := Strong.On(t.Label)
	if first >= 0 {
		of := func(i int) string { return t.Texts[i] }
		head += "  " + s.Say("kit.trend", of(first), of(last), of(least), of(most))
	}
	lines := []string{Fit(head, w)}
	n := len(t.Values)
	if n == 0 {
		return lines
	}
	cell := min(max(w/n, 1), 6)
	top := 0.0
	if most >= 0 {
		top = t.Values[most]
	}
	for line := h - 1; line >= 0; line-- {
		var b strings.Builder
		for i, v := range t.Values {
			sign := " "
			if !math.IsNaN(v) {
				sign = s.column(v, top, line, h)
			}
			drawn := strings.Repeat(sign, max(cell-1, 1))
			if i == t.At {
				drawn = Yellow.On(drawn)
			} else {
				drawn = Cyan.On(drawn)
			}
			b.WriteString(drawn + strings.Repeat(" ", cell-max(cell-1, 1)))
		}
		lines = append(lines, Fit(b.String(), w))
	}
	return lines
}

// column is the sign of a column in one of h lines, of which line 0 is the lowest.
func (s Seat) column(v, top float64, line, h int) string {
	if top <= 0 || v <= 0 {
		if line == 0 {
			return "_"
		}
		return " "
	}
	eighths := max(1, int(math.Round(v/top*float64(8*h)))) - 8*line
	switch {
	case eighths <= 0:
		return " "
	case !s.plain():
		return string(upward[min(eighths, 8)-1])
	case h == 1: // one line of digits
		return string('0' + rune(min(max(int(math.Round(v/top*9)), 1), 9)))
	case eighths <= 4:
		return "."
	}
	return "#"
}

// shades are the signs and inks of a heat table, from a little to the most.
var shades = []struct {
	sign, plain string
	ink         Ink
}{{" ", " ", Plain}, {"░", ".", Plain}, {"▒", ":", Shade2}, {"▓", "+", Shade3}, {"█", "#", Shade4}}

// shade is how much of the most a value is, in four steps; 0 for nothing.
func shade(v, most float64) int {
	if v <= 0 || most <= 0 || math.IsNaN(v) {
		return 0
	}
	return min(1+int(v/most*4), 4)
}

// Shade is the sign that stands beside the number of a heat table's cell.
func (s Seat) Shade(v, most float64) string {
	one := shades[shade(v, most)]
	if s.plain() {
		return one.plain
	}
	return one.sign
}
