package kit

import (
	"sort"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// LongLimit is the most code points that a field holds: beyond it every key would
// be felt.
const LongLimit = 10_000

// TextField is text of several lines, broken while it is written as it is when it is read.
// What a key costs grows with the line that it changes; of the others only where they
// begin is known, and only those in sight are drawn.
type TextField struct {
	plain
	buffer
	limit  int                 // the most code points that can be saved
	lost   int                 // of the last paste, what exceeded LongLimit
	fewest int                 // lines that it shows where there is no more room
	h      int                 // lines that it shows
	full   func(string) string // writes short forms out; nil: there are none

	w      int              // cells that it was drawn in last
	starts []int            // where the lines on the screen begin, in bytes; nil: to be found
	known  map[string][]int // the same of each paragraph, in its own bytes
	top    int              // the first line in sight
	goal   int              // the cells before the caret that Up and Down keep to; -1: those there are
}

// NewTextField makes a field that shows h lines, for a text of limit code points,
// LongLimit where limit is 0. What is longer stays in the field, so that nothing
// pasted is lost, and is a fault until it is cut.
func NewTextField(h, limit int) *TextField {
	if limit <= 0 {
		limit = LongLimit
	}
	return &TextField{limit: limit, fewest: max(1, h), h: max(1, h), w: 60, goal: -1}
}

// Value is the text as it stands, with what is short written out.
func (f *TextField) Value() Value {
	if f.full != nil {
		return Value{Text: f.full(f.value)}
	}
	return Value{Text: f.value}
}

// Leave writes out what is short, so that it can be read before it is saved.
func (f *TextField) Leave() bool {
	v := f.Value()
	if v.Text == f.value {
		return false
	}
	f.SetValue(v)
	return true
}

// SetValue replaces the text and puts the caret at its end.
func (f *TextField) SetValue(v Value) {
	f.buffer, f.top = buffer{}, 0
	f.insert(v.Text)
	f.lost = 0
}

// Update takes a key or a paste. Up in the first line and Down in the last are
// left to the form, which goes to the next field with them.
func (f *TextField) Update(msg tea.Msg) Reply {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(msg.Content)
		return Changed
	case tea.KeyPressMsg:
		if printable(msg) {
			f.insert(msg.Text)
			return Changed
		}
		return f.press(KeyName(msg))
	}
	return Ignored
}

func (f *TextField) insert(s string) {
	s = text.Clean(s).String()
	room := LongLimit - f.length()
	f.lost = max(0, utf8.RuneCountInString(s)-room)
	f.buffer.insert(text.Clean, firstRunes(s, room))
	f.starts, f.goal = nil, -1
}

// Insert puts a sentence at the caret.
func (f *TextField) Insert(s string) { f.insert(s) }

func (f *TextField) press(name string) Reply {
	was, goal := f.value, f.goal
	f.goal = -1
	row := f.row()
	switch {
	case name == "up" && row == 0, name == "down" && row == len(f.starts)-1:
		return Ignored
	case name == "up":
		f.rise(-1, goal)
	case name == "down":
		f.rise(1, goal)
	case name == "pgup":
		f.rise(-f.h, goal)
	case name == "pgdown":
		f.rise(f.h, goal)
	case name == "ctrl+home":
		f.at = 0
	case name == "ctrl+end":
		f.at = len(f.value)
	case name == "enter":
		if f.length() < LongLimit {
			f.insert("\n")
		}
	case name == "ctrl+k" && f.at == f.end(f.at) && f.at < len(f.value): // the line below comes up
		f.remove(text.Clean, f.at, f.at+1)
	case name == "ctrl+u" && f.at == f.begin(f.at) && f.at > 0: // and this one goes up
		f.remove(text.Clean, f.at-1, f.at)
	case !f.edit(text.Clean, name):
		return Ignored
	}
	if f.value == was {
		return Used
	}
	f.lost, f.starts = 0, nil
	return Changed
}

// rise moves the caret by lines on the screen, to the cell that it left when it was first
// moved so.
func (f *TextField) rise(by, goal int) {
	row := f.row()
	if goal < 0 {
		goal = Width(f.value[f.starts[row]:f.at])
	}
	to := max(0, min(row+by, len(f.starts)-1))
	at, end := f.starts[to], f.rowEnd(to)
	for at < end {
		next := f.next(at)
		// The end of a line that goes on is the beginning of the next one.
		if next > end || next == end && to+1 < len(f.starts) && f.starts[to+1] == end {
			break
		}
		if Width(f.value[f.starts[to]:next]) > goal {
			break
		}
		at = next
	}
	f.at, f.goal = at, goal
}

// layOut finds where lines begin. A paragraph that was there before is not broken again.
func (f *TextField) layOut() {
	if f.starts != nil {
		return
	}
	known, from := make(map[string][]int, len(f.known)), 0
	f.starts = []int{} // never nil again
	for paragraph := range strings.SplitSeq(f.value, "\n") {
		breaks, ok := f.known[paragraph]
		if !ok {
			breaks = text.Breaks(paragraph, f.w-1) // a cell is the caret's at the end of a full line
		}
		known[paragraph] = breaks
		for _, b := range breaks {
			f.starts = append(f.starts, from+b)
		}
		from += len(paragraph) + 1
	}
	f.known = known
}

// wide lays the text out for w cells.
func (f *TextField) wide(w int) {
	if w = max(w, 3); w != f.w {
		f.w, f.starts, f.known = w, nil, nil
	}
	f.layOut()
}

// row is the line of the caret on the screen.
func (f *TextField) row() int {
	f.layOut()
	return sort.Search(len(f.starts), func(i int) bool { return f.starts[i] > f.at }) - 1
}

// rowEnd is where a line on the screen ends, without the sign that ends a paragraph.
func (f *TextField) rowEnd(i int) int {
	if i+1 == len(f.starts) {
		return len(f.value)
	}
	if end := f.starts[i+1]; f.value[end-1] != '\n' {
		return end
	}
	return f.starts[i+1] - 1
}

// Wants is how many more lines than its fewest the text would fill at a width.
func (f *TextField) Wants(w int) int {
	f.wide(w - 2)
	return max(0, len(f.starts)-f.fewest)
}

// Grow gives the field n lines more than its fewest.
func (f *TextField) Grow(n int) { f.h = f.fewest + n }

// Grown is how many lines more than its fewest the field has.
func (f *TextField) Grown() int { return f.h - f.fewest }

// Below is how many lines of the text are out of sight without the focus, which
// shows its beginning.
func (f *TextField) Below() int {
	f.layOut()
	return max(0, len(f.starts)-f.h)
}

// Lines draws the field: what is round the caret, or without the focus the
// beginning of the text.
func (f *TextField) Lines(w int, focused bool) []string {
	w = max(w-2, 3)
	f.wide(w)
	from, caret := 0, -1
	if focused {
		caret = f.row()
		f.top = max(caret-f.h+1, min(f.top, caret, max(0, len(f.starts)-f.h)))
		from = f.top
	}
	lines := make([]string, f.h)
	for i := range lines {
		line := ""
		if row := from + i; row < len(f.starts) {
			line = f.value[f.starts[row]:f.rowEnd(row)]
			if row == caret {
				n := min(f.at-f.starts[row], len(line))
				if head := line[:n]; Width(head) < w { // spaces at a break may lie beyond
					lines[i] = "|" + head + Mark + Fit(line[n:], w-Width(head)) + "|"
					continue
				}
				lines[i] = "|" + Fit(line, w-1) + Mark + " |"
				continue
			}
		}
		lines[i] = "|" + Fit(line, w) + "|"
	}
	return lines
}

func (f *TextField) length() int { return utf8.RuneCountInString(f.value) }

// Left is how many code points may still be typed; below 0: so many are too many.
func (f *TextField) Left() int { return f.limit - f.length() }

// Most is how many code points can be saved.
func (f *TextField) Most() int { return f.limit }

// Shown is the text on one line.
func (f *TextField) Shown() string { return text.Line(f.value).String() }
