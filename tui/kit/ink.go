package kit

import (
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Ink is a way to draw a piece of text. An ink never says anything that a word or a sign
// beside it does not say too.
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

	lastInk = FoundChosen
)

type style = ansi.Style

func ink() style { return ansi.NewStyle() }

// rgb is a colour that terminals with fewer colours replace by their nearest.
func rgb(hex uint32) ansi.Color {
	return ansi.RGBColor{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex)}
}

// anyInks can be read on black, on PowerShell's blue and on white, and in print, whatever the
// terminal makes of its sixteen colours: of those they are. Red is the light one, which dark
// blue does not swallow, and the others are not bold, because consoles make a bold colour a
// light one, which white swallows. TestInks reckons it.
var anyInks = [lastInk + 1]style{
	Strong:      ink().Bold(),
	Chosen:      ink().Reverse(true),
	Red:         ink().Bold().ForegroundColor(ansi.BrightRed),
	Green:       ink().ForegroundColor(ansi.Green),
	Yellow:      ink().ForegroundColor(ansi.Yellow),
	Blue:        ink().ForegroundColor(ansi.Cyan),
	Cyan:        ink().ForegroundColor(ansi.Cyan),
	Shade2:      ink().ForegroundColor(ansi.Black).BackgroundColor(ansi.Cyan),
	Shade3:      ink().ForegroundColor(ansi.Black).BackgroundColor(ansi.Yellow),
	Shade4:      ink().ForegroundColor(ansi.BrightWhite).BackgroundColor(ansi.Red),
	Quiet:       ink().Faint(),
	Found:       ink().Bold().Underline(true),
	FoundChosen: ink().Bold().Underline(true).Reverse(true),
}

// darkInks are for a background that is black, dark grey or dark blue.
var darkInks = [lastInk + 1]style{
	Strong:      ink().Bold(),
	Chosen:      ink().Reverse(true),
	Red:         ink().Bold().ForegroundColor(rgb(0xff7b72)),
	Green:       ink().ForegroundColor(rgb(0x7ee787)),
	Yellow:      ink().Bold().ForegroundColor(rgb(0xffd866)),
	Blue:        ink().Bold().ForegroundColor(rgb(0x8ab4ff)),
	Cyan:        ink().ForegroundColor(rgb(0x76d9e6)),
	Shade2:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0x5fafaf)),
	Shade3:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0xd7af5f)),
	Shade4:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0xff7b72)),
	Quiet:       ink().Faint(),
	Found:       ink().Bold().Underline(true),
	FoundChosen: ink().Bold().Underline(true).Reverse(true),
}

// lightInks are for a background that is white or nearly so.
var lightInks = [lastInk + 1]style{
	Strong:      ink().Bold(),
	Chosen:      ink().Reverse(true),
	Red:         ink().Bold().ForegroundColor(rgb(0xa40000)),
	Green:       ink().ForegroundColor(rgb(0x006400)),
	Yellow:      ink().Bold().ForegroundColor(rgb(0x7a4b00)),
	Blue:        ink().Bold().ForegroundColor(rgb(0x0037a8)),
	Cyan:        ink().ForegroundColor(rgb(0x005f6b)),
	Shade2:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0xafd7d7)),
	Shade3:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0xffd787)),
	Shade4:      ink().ForegroundColor(ansi.BrightWhite).BackgroundColor(rgb(0xa40000)),
	Quiet:       ink().Faint(),
	Found:       ink().Bold().Underline(true),
	FoundChosen: ink().Bold().Underline(true).Reverse(true),
}

// contrastInks stand on their own background, black or white on a strong colour.
var contrastInks = [lastInk + 1]style{
	Strong:      ink().Bold(),
	Chosen:      ink().Bold().Reverse(true),
	Red:         ink().Bold().ForegroundColor(ansi.BrightWhite).BackgroundColor(rgb(0xa00000)),
	Green:       ink().Bold().ForegroundColor(ansi.BrightWhite).BackgroundColor(rgb(0x006000)),
	Yellow:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0xffff00)),
	Blue:        ink().Bold().ForegroundColor(ansi.BrightWhite).BackgroundColor(rgb(0x0000a0)),
	Cyan:        ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0x00ffff)),
	Shade2:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0x00ffff)),
	Shade3:      ink().ForegroundColor(ansi.Black).BackgroundColor(rgb(0xffff00)),
	Shade4:      ink().Bold().ForegroundColor(ansi.BrightWhite).BackgroundColor(rgb(0xa00000)),
	Found:       ink().Bold().Underline(true),
	FoundChosen: ink().Bold().Underline(true).Reverse(true),
}

// monoInks have no colour at all.
var monoInks = [lastInk + 1]style{
	Strong:      ink().Bold(),
	Chosen:      ink().Reverse(true),
	Red:         ink().Bold().Underline(true),
	Yellow:      ink().Underline(true),
	Shade3:      ink().Bold(),
	Shade4:      ink().Bold().Underline(true),
	Quiet:       ink().Faint(),
	Found:       ink().Bold().Underline(true),
	FoundChosen: ink().Bold().Underline(true).Reverse(true),
}

// On draws s in the ink. Inks do not nest: draw the pieces, then join them.
func (i Ink) On(s string) string {
	if i == Plain || s == "" {
		return s
	}
	st := shown.Load().inks()[i]
	if len(st) == 0 {
		return s
	}
	return st.Styled(s)
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
