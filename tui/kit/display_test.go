package kit_test

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casedesk/tui/kit"
)

// palettes are what terminals make of the sixteen colours.
var palettes = map[string][16]uint32{
	"Windows Terminal": {0x0C0C0C, 0xC50F1F, 0x13A10E, 0xC19C00, 0x0037DA, 0x881798, 0x3A96DD, 0xCCCCCC, 0x767676, 0xE74856, 0x16C60C, 0xF9F1A5, 0x3B78FF, 0xB4009E, 0x61D6D6, 0xF2F2F2},
	"old console":      {0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0xFF0000, 0x00FF00, 0xFFFF00, 0x0000FF, 0xFF00FF, 0x00FFFF, 0xFFFFFF},
	"xterm":            {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF},
	"Linux console":    {0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA, 0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF},
	"GNOME":            {0x171421, 0xC01C28, 0x26A269, 0xA2734C, 0x12488B, 0xA347BA, 0x2AA1B3, 0xD0CFCC, 0x5E5C64, 0xF66151, 0x33D17A, 0xE9AD0C, 0x2A7BDE, 0xC061CB, 0x33C7DE, 0xFFFFFF},
}

var grounds = map[string][]uint32{
	"dark":  {0x000000, 0x0C0C0C, 0x171421},
	"blue":  {0x012456},
	"light": {0xFFFFFF, 0xF2F2F2},
}

// contrast is that of WCAG 2: 1 for one colour on itself, 21 for black on white.
func contrast(a, b uint32) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c uint32) float64 {
	sum := 0.0
	for i, part := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(c>>(16-8*i)&0xFF) / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += part * v
	}
	return sum
}

var sgr = regexp.MustCompile("\x1b\\[([0-9;:]*)m")

// drawn is the colours that an ink is drawn in; where brighten is set the terminal makes a
// bold colour a light one. fg and bg are -1 where they are the terminal's own.
func drawn(t *testing.T, ink kit.Ink, palette [16]uint32, brighten bool) (fg, bg int64, bold bool) {
	t.Helper()
	fg, bg = -1, -1
	index := -1
	found := sgr.FindStringSubmatch(ink.On("x"))
	if found == nil {
		return fg, bg, false
	}
	ns := strings.FieldsFunc(found[1], func(r rune) bool { return r == ';' || r == ':' })
	for i := 0; i < len(ns); i++ {
		n, err := strconv.Atoi(ns[i])
		if err != nil {
			t.Fatal(err)
		}
		color := func() int64 { // 38;2;r;g;b
			r, _ := strconv.Atoi(ns[i+2])
			g, _ := strconv.Atoi(ns[i+3])
			b, _ := strconv.Atoi(ns[i+4])
			i += 4
			return int64(r)<<16 | int64(g)<<8 | int64(b)
		}
		switch {
		case n == 1:
			bold = true
		case n == 38:
			fg = color()
		case n == 48:
			bg = color()
		case n >= 30 && n <= 37:
			index = n - 30
		case n >= 90 && n <= 97:
			index = n - 82
		case n >= 40 && n <= 47:
			bg = int64(palette[n-40])
		}
	}
	if index >= 0 {
		if bold && brighten && index < 8 {
			index += 8
		}
		fg = int64(palette[index])
	}
	return fg, bg, bold
}

// Ensure that every ink can be read on the backgrounds that it is for, whatever the terminal
// makes of its colours: the inks for any background on all of them.
func TestInks(t *testing.T) {
	defer kit.Use(kit.Display{}, false)
	all := []string{"dark", "blue", "light"}
	for _, tt := range []struct {
		colours kit.Colours
		grounds []string
		least   float64
	}{
		// Yellow on white is what the sixteen colours give at best.
		{kit.ColoursAuto, all, 2.2},
		{kit.Dark, []string{"dark", "blue"}, 4.5},
		{kit.Light, []string{"light"}, 4.5},
		{kit.Contrast, all, 7},
		{kit.Mono, all, 21},
	} {
		kit.Use(kit.Display{Colours: tt.colours}, false)
		for ink := kit.Strong; ink <= kit.Shade4; ink++ {
			for name, palette := range palettes {
				for _, brighten := range []bool{false, true} {
					fg, bg, _ := drawn(t, ink, palette, brighten)
					for _, ground := range tt.grounds {
						for _, own := range grounds[ground] {
							on := uint32(own)
							if bg >= 0 {
								on = uint32(bg)
							}
							if fg < 0 {
								if bg >= 0 {
									t.Errorf("%q ink %d: a background with the terminal's own text on it", tt.colours, ink)
								}
								continue
							}
							least := tt.least
							if name == "xterm" && ground == "light" && tt.colours == kit.ColoursAuto {
								least = 1.2 // its yellow, green and cyan are light ones; so are they in every program
							}
							if got := contrast(uint32(fg), on); got < least {
								t.Errorf("%q ink %d on %s of %s, bold is light: %v: contrast %.1f, at least %.1f", tt.colours, ink, ground, name, brighten, got, least)
							}
						}
					}
				}
			}
		}
	}
}

// Ensure that the display changes what is drawn at once, and nothing but that.
func TestUse(t *testing.T) {
	defer kit.Use(kit.Display{}, false)
	word := "红"
	var seen []string
	for _, c := range kit.AllColours {
		kit.Use(kit.Display{Colours: c}, false)
		if got := kit.Bare(kit.Danger.On(word)); got != word {
			t.Errorf("%s: %q", c, got)
		}
		seen = append(seen, kit.Danger.On(word))
	}
	for i, a := range seen {
		for k, b := range seen[:i] {
			if a == b {
				t.Errorf("%q and %q are drawn alike", kit.AllColours[i], kit.AllColours[k])
			}
		}
	}
	kit.Use(kit.Display{}, false)
	any := kit.Danger.On(word)
	kit.Background(true)
	dark := kit.Danger.On(word)
	kit.Background(false)
	light := kit.Danger.On(word)
	kit.Use(kit.Display{Colours: kit.Dark}, false)
	if any == dark || dark == light || kit.Danger.On(word) != dark {
		t.Error("the inks do not follow the background, or do where one was chosen")
	}
	kit.Use(kit.Display{Colours: kit.Mono}, false)
	if strings.Contains(fmt.Sprint(kit.Danger.On(word), kit.Shade4.On(word)), "3") {
		t.Errorf("mono has a colour: %q", kit.Danger.On(word))
	}
}

// Ensure that charts are made of blocks or of ASCII signs as the person says, and as the
// terminal is where she says nothing.
func TestUse_Signs(t *testing.T) {
	defer kit.Use(kit.Display{}, false)
	for _, tt := range []struct {
		signs kit.Signs
		plain bool
		want  string
	}{
		{kit.SignsAuto, false, "█"}, {kit.SignsAuto, true, "#"},
		{kit.Blocks, false, "█"}, {kit.Blocks, true, "█"},
		{kit.ASCII, false, "#"}, {kit.ASCII, true, "#"},
	} {
		kit.Use(kit.Display{Signs: tt.signs}, tt.plain)
		if got := kit.Bare(seat.ShareBar(1, 1, 1)); got != tt.want {
			t.Errorf("%q on a terminal that is plain: %v: %q, want %q", tt.signs, tt.plain, got, tt.want)
		}
	}
}

// Ensure that what a file may hold and this version does not know is left out.
func TestDisplay_Known(t *testing.T) {
	d := kit.Display{Colours: "sepia", Signs: "braille", Cells: "three", Measured: 7, Mouse: true}
	if got := d.Known(); got != (kit.Display{Mouse: true}) {
		t.Errorf("%+v", got)
	}
	d = kit.Display{Colours: kit.Light, Signs: kit.ASCII, Cells: kit.TwoCells, Measured: 2}
	if got := d.Known(); got != d || !got.WantsWide() {
		t.Errorf("%+v", got)
	}
	if (kit.Display{Measured: 2, Cells: kit.OneCell}).WantsWide() || !(kit.Display{Measured: 2}).WantsWide() || (kit.Display{}).WantsWide() {
		t.Error("what is chosen does not go before what was measured")
	}
}
