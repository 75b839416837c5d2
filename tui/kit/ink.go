package kit

import (
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Ink is a way to draw a piece of text. Only the terminal's own foreground and
// background, bold, reverse and the colours 1 to 6 (black on them) are used, so that the desk
// can be read on black, on blue and on white, and in print. An ink never says
// anything that a word or a sign beside it does not say too.
type Ink uint8

// The inks.
const (
	Plain Ink = iota
	Strong
	Chosen // the row or the choice under the cursor
	Red
	Green
	Yellow
	Blue
	Cyan
	Shade2 // of a heat table: more than a little
	Shade3
	Shade4      // the most
	Quiet       // what nobody needs to read: see meaning.go
	Found       // what a search found
	FoundChosen // likewise, in the row under the cursor
)

var inks = [...]ansi.Style{
	Strong:      ansi.NewStyle().Bold(),
	Chosen:      ansi.NewStyle().Reverse(true),
	Red:         ansi.NewStyle().Bold().ForegroundColor(ansi.Red),
	Green:       ansi.NewStyle().ForegroundColor(ansi.Green),
	Yellow:      ansi.NewStyle().Bold().ForegroundColor(ansi.Yellow),
	Blue:        ansi.NewStyle().Bold().ForegroundColor(ansi.Blue),
	Cyan:        ansi.NewStyle().ForegroundColor(ansi.Cyan),
	Shade2:      ansi.NewStyle().ForegroundColor(ansi.Black).BackgroundColor(ansi.Cyan),
	Shade3:      ansi.NewStyle().ForegroundColor(ansi.Black).BackgroundColor(ansi.Yellow),
	Shade4:      ansi.NewStyle().Bold().ForegroundColor(ansi.Black).BackgroundColor(ansi.Red),
	Quiet:       ansi.NewStyle().Faint(),
	Found:       ansi.NewStyle().Bold().Underline(true),
	FoundChosen: ansi.NewStyle().Bold().Underline(true).Reverse(true),
}

// On draws s in the ink. Inks do not nest: draw the pieces, then join them.
func (i Ink) On(s string) string {
	if i == Plain || s == "" {
		return s
	}
	return inks[i].Styled(s)
}

// Profile is the colour profile that the environment demands over what the
// terminal can do; ok is false where it demands nothing. NO_COLOR counts with
// any value that is not empty, as no-color.org has it.
func Profile(env func(string) string) (p colorprofile.Profile, ok bool) {
	if env("NO_COLOR") != "" {
		return colorprofile.ASCII, true
	}
	return colorprofile.Unknown, false
}
