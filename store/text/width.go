package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns how many terminal cells the text takes; of several lines, the
// widest one's. It measures as the renderer does.
func (t Text) Width() int {
	if !strings.Contains(t.s, "\n") {
		return ansi.StringWidth(t.s)
	}
	widest := 0
	for line := range strings.SplitSeq(t.s, "\n") {
		widest = max(widest, ansi.StringWidth(line))
	}
	return widest
}

// Cut returns as much of the text, made one line, as fits in w cells. It may be
// one cell narrower than w, as a wide character is never split.
func (t Text) Cut(w int) Text {
	t = t.OneLine()
	return Text{t.s[:fits(t.s, w)]}
}

// Short is Cut that shows a cut by ".." at the end. The dots are ASCII because
// old Chinese consoles draw an ellipsis two cells wide; below 4 cells there is
// no room for them.
func (t Text) Short(w int) Text {
	t = t.OneLine()
	switch {
	case t.Width() <= w:
		return t
	case w < 4:
		return t.Cut(w)
	default:
		return Text{t.s[:fits(t.s, w-2)] + ".."}
	}
}

// Pad returns the text as one line of exactly w cells: shortened as by Short or
// filled with spaces on the right. A w below zero counts as zero.
func (t Text) Pad(w int) Text {
	t = t.Short(w)
	return Text{t.s + strings.Repeat(" ", max(0, w-t.Width()))}
}

// PadLeft is Pad with the spaces on the left, for numbers in columns.
func (t Text) PadLeft(w int) Text {
	t = t.Short(w)
	return Text{strings.Repeat(" ", max(0, w-t.Width())) + t.s}
}

// fits returns how many bytes of the line s fit in w cells.
func fits(s string, w int) int {
	i := 0
	for i < len(s) {
		c, cells := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
		if w -= cells; w < 0 {
			break
		}
		i += len(c)
	}
	return i
}
