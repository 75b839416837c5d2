package kit

import tea "charm.land/bubbletea/v2"

// List is a window on n rows of which it draws only those that are seen, so
// that its cost does not grow with n. It holds no rows; the screen draws row i
// when asked.
type List struct {
	// Prose says that the rows are lines of a text, and which of them lead on; nil: the
	// rows are things to choose from. It matters where the list is read aloud.
	Prose func(i int) bool
	// All is how many rows there are in all, where not all of them are held yet.
	All int

	n, top, cur, h int
	aloud          bool // it was read last, and not drawn
}

// SetLen tells the list how many rows there are; the cursor stays within them.
func (l *List) SetLen(n int) {
	l.n = max(0, n)
	l.Select(l.cur)
}

// Len is the number of rows.
func (l *List) Len() int { return l.n }

// Cursor is the row under the cursor, or -1 where there are none.
func (l *List) Cursor() int {
	if l.n == 0 {
		return -1
	}
	return l.cur
}

// Select puts the cursor on row i, or on the nearest one there is.
func (l *List) Select(i int) {
	l.cur = max(0, min(i, l.n-1))
	l.follow()
}

// SetHeight tells the list how many rows it may draw.
func (l *List) SetHeight(h int) {
	l.h = max(0, h)
	l.follow()
}

// follow keeps the cursor in the window, and the window full where it can be.
func (l *List) follow() {
	if l.cur >= l.top+l.h {
		l.top = l.cur - l.h + 1
	}
	l.top = max(0, min(l.top, l.cur, l.n-l.h))
}

// Top is the first row that is seen.
func (l *List) Top() int { return l.top }

// Below is how many rows there are below those that are seen. Where the list is read, its
// rows say themselves how many there are.
func (l *List) Below() int {
	if l.aloud {
		return 0
	}
	return max(0, l.n-l.top-l.h)
}

// Update moves the cursor and reports whether the key was one of the list's.
func (l *List) Update(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	page := max(1, l.h-1)
	switch KeyName(k) {
	case "up":
		l.Select(l.cur - 1)
	case "down":
		l.Select(l.cur + 1)
	case "pgup":
		l.turn(-page)
	case "pgdown":
		l.turn(page)
	case "home":
		l.Select(0)
	case "end":
		l.Select(l.n - 1)
	default:
		return false
	}
	return true
}

// turn moves the window by so many rows, the cursor with it in its place on the screen;
// where there is no more to see the cursor goes to the end.
func (l *List) turn(by int) {
	l.top = max(0, min(l.top+by, l.n-l.h))
	l.Select(l.cur + by)
}

// Lines draws the rows that are seen, each w cells wide; row gives a row's text
// for the width that it has. The row under the cursor is reversed, but for what a search
// found, and carries
// the sign ">", and the terminal's cursor where focused.
func (l *List) Lines(w int, focused bool, row func(i, w int) string) []string {
	l.aloud = false
	if Read(w) {
		return l.read(w, row)
	}
	lines := make([]string, 0, l.h)
	for i := l.top; i < l.n && len(lines) < l.h; i++ {
		if i != l.cur {
			lines = append(lines, Fit("  "+row(i, w-2), w))
			continue
		}
		mark := ""
		if focused {
			mark = Mark
		}
		lines = append(lines, mark+chosen(row(i, w-2), w))
	}
	return lines
}
