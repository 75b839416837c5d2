package kit

import (
	"sync/atomic"
)

// Display is how the desk is drawn on one kind of terminal, as the person wants it. The zero
// value leaves everything to the program.
type Display struct {
	Colours Colours `json:"colours,omitempty"`
	Signs   Signs   `json:"signs,omitempty"`
	Cells   Cells   `json:"cells,omitempty"`
	// Measured is how many cells the terminal was seen to move on for a sign of ambiguous
	// width; 0: it was not asked yet.
	Measured int  `json:"measured,omitempty"`
	Mouse    bool `json:"mouse,omitempty"`
}

// Colours is a choice of inks.
type Colours string

// The choices of colours.
const (
	ColoursAuto Colours = ""         // fit for the background, if the terminal tells it, else for any
	Dark        Colours = "dark"     // for a dark background
	Light       Colours = "light"    // for a light one
	Contrast    Colours = "contrast" // as strong as can be
	Mono        Colours = "mono"     // none
)

// Signs is a choice of what charts are drawn with.
type Signs string

// The choices of signs.
const (
	SignsAuto Signs = "" // by what is known of the terminal
	Blocks    Signs = "blocks"
	ASCII     Signs = "ascii"
)

// Cells is a choice of how wide signs of ambiguous width are taken to be: quotation marks,
// dashes, circled numbers, lines and blocks, which the console of a Chinese Windows draws two
// cells wide and nearly all other terminals one.
type Cells string

// The choices of cells. They count from the next start on.
const (
	CellsAuto Cells = "" // as measured
	OneCell   Cells = "one"
	TwoCells  Cells = "two"
)

// The choices in the order in which they are offered.
var (
	AllColours = []Colours{ColoursAuto, Dark, Light, Contrast, Mono}
	AllSigns   = []Signs{SignsAuto, Blocks, ASCII}
	AllCells   = []Cells{CellsAuto, OneCell, TwoCells}
)

// Ambiguous is a sign of ambiguous width, by which terminals are measured.
const Ambiguous = "\u2014"

// Wide reports whether this run of the program counts two cells for a sign of ambiguous
// width. It cannot change: see Mark.
func Wide() bool { return Width(Ambiguous) == 2 }

// WantsWide reports whether a run with this display should.
func (d Display) WantsWide() bool {
	return d.Cells == TwoCells || d.Cells == CellsAuto && d.Measured == 2
}

// plain reports whether charts are made of ASCII signs on a terminal that is plain by itself
// or not. Blocks that are two cells wide are no bars.
func (d Display) plain(terminal bool) bool {
	return Wide() || d.Signs == ASCII || d.Signs == SignsAuto && terminal
}

// screen is the one terminal of the program as it is drawn on now.
type screen struct {
	display    Display
	plain      bool // of the terminal itself
	background background
}

type background uint8

const (
	unknownBackground background = iota
	darkBackground
	lightBackground
)

var shown atomic.Pointer[screen]

func init() { shown.Store(new(screen)) }

// Use draws everything as the display says from now on; plain says that the terminal is one
// for ASCII signs by itself (PlainTerminal). It holds for the whole program, which has one
// terminal.
func Use(d Display, plain bool) {
	shown.Store(&screen{display: d, plain: plain, background: shown.Load().background})
}

// InUse is the display that was given to Use last.
func InUse() Display { return shown.Load().display }

// Background is what the terminal said of its background.
func Background(dark bool) {
	now := *shown.Load()
	now.background = lightBackground
	if dark {
		now.background = darkBackground
	}
	shown.Store(&now)
}

// inks are those that are drawn with now.
func (s *screen) inks() *[lastInk + 1]style {
	switch c := s.display.Colours; {
	case c == Dark, c == ColoursAuto && s.background == darkBackground:
		return &darkInks
	case c == Light, c == ColoursAuto && s.background == lightBackground:
		return &lightInks
	case c == Contrast:
		return &contrastInks
	case c == Mono:
		return &monoInks
	}
	return &anyInks
}

// Known takes out of a display what this version does not know, and what cannot be.
func (d Display) Known() Display {
	d.Colours = known(AllColours, d.Colours)
	d.Signs = known(AllSigns, d.Signs)
	d.Cells = known(AllCells, d.Cells)
	if d.Measured != 1 && d.Measured != 2 {
		d.Measured = 0
	}
	return d
}

func known[T comparable](all []T, one T) T {
	for _, k := range all {
		if k == one {
			return one
		}
	}
	return all[0]
}
