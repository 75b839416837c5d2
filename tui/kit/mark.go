package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Mark stands where the cursor is to be. It is an empty application command,
// which has no width and survives cutting, padding and joining of lines.
const Mark = "\x1b_c\x1b\\"

// PlaceCursor takes every mark out of a finished screen and returns the cursor
// for the first of them, or nil where there is none.
func PlaceCursor(screen string) (string, *tea.Cursor) {
	i := strings.Index(screen, Mark)
	if i < 0 {
		return screen, nil
	}
	before := screen[:i]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	cursor := tea.NewCursor(ansi.StringWidth(line), strings.Count(before, "\n"))
	cursor.Blink = false
	return strings.ReplaceAll(strings.ReplaceAll(screen, Mark, ""), secretMark, ""), cursor
}

// Fit cuts or pads s to exactly w cells. A wide glyph that would be split is
// left out and its cell blank. Marks and styles do not count.
func Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	n := ansi.StringWidth(s)
	if n > w {
		s = ansi.Truncate(s, w, "")
		n = ansi.StringWidth(s)
	}
	return s + strings.Repeat(" ", w-n)
}

// Width is the number of cells that s takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Bare is s without inks and marks, for a row that is reversed as a whole.
func Bare(s string) string { return ansi.Strip(s) }
