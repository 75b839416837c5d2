package gallery_test

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/i18n"
	"casedesk/tui/gallery"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// shown is one picture as a model; inked shows the ink of each cell in its place.
type shown struct {
	g     *gallery.Gallery
	i     int
	inked bool
	w, h  int
}

func (s *shown) Init() tea.Cmd { return nil }

func (s *shown) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		s.w, s.h = size.Width, size.Height
	}
	return s, nil
}

func (s *shown) View() tea.View {
	v := s.g.Draw(s.i, s.w, s.h)
	if s.inked {
		v.Content = inkOf(v.Content, s.w, s.h)
	}
	return v
}

// inkOf is a screen with a letter for the ink of each cell: s strong, q quiet, c chosen,
// r y g b t the colours, 2 3 4 the shades; a dot is plain.
func inkOf(content string, w, h int) string {
	screen := uv.NewScreenBuffer(w, h)
	uv.NewStyledString(content).Draw(screen, screen.Bounds())
	var b strings.Builder
	for y := range h {
		if y > 0 {
			b.WriteByte('\n')
		}
		var line strings.Builder
		sign := byte('.')
		for x := range w {
			if cell := screen.CellAt(x, y); cell != nil && !cell.IsZero() { // else the second half of a wide one
				sign = letter(cell.Style)
			}
			line.WriteByte(sign)
		}
		b.WriteString(strings.TrimRight(line.String(), "."))
	}
	return b.String()
}

func letter(s uv.Style) byte {
	switch {
	case s.Attrs&uv.AttrReverse != 0:
		return 'c'
	case s.Bg != nil:
		return named(s.Bg, map[color.Color]byte{ansi.Cyan: '2', ansi.Yellow: '3', ansi.Red: '4'})
	case s.Fg != nil:
		return named(s.Fg, map[color.Color]byte{ansi.Red: 'r', ansi.BrightRed: 'r', ansi.Yellow: 'y', ansi.Green: 'g', ansi.Blue: 'b', ansi.Cyan: 't'})
	case s.Attrs&uv.AttrBold != 0:
		return 's'
	case s.Attrs&uv.AttrFaint != 0:
		return 'q'
	}
	return '.'
}

func named(c color.Color, letters map[color.Color]byte) byte {
	if letter, ok := letters[c]; ok {
		return letter
	}
	return '?'
}

// Ensure what every part looks like in every state, in both languages and at both sizes, and
// in which inks.
func TestGallery_Golden(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		g := gallery.New(i18n.New(lang), false)
		for i := range g.Len() {
			for _, size := range [][2]int{{80, 24}, {120, 40}} {
				d := tuitest.New(t, &shown{g: g, i: i}, size[0], size[1])
				d.Golden(fmt.Sprintf("%s_%s_%dx%d", g.Name(i), lang, size[0], size[1]))
			}
			d := tuitest.New(t, &shown{g: g, i: i, inked: true}, 80, 24)
			d.Golden(fmt.Sprintf("%s_%s_inks", g.Name(i), lang))
		}
	}
}

// Ensure that every picture is exactly as wide and high as its screen, whatever that is, and
// has one title and one footer.
func TestGallery_Sizes(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		g := gallery.New(i18n.New(lang), true)
		for i := range g.Len() {
			for _, size := range [][2]int{{0, 0}, {1, 1}, {59, 16}, {60, 16}, {61, 17}, {80, 24}, {133, 37}, {300, 80}} {
				w, h := size[0], size[1]
				content := g.Draw(i, w, h).Content
				if w == 0 {
					continue
				}
				lines := strings.Split(content, "\n")
				if len(lines) != h {
					t.Fatalf("%s %s at %dx%d has %d lines", g.Name(i), lang, w, h, len(lines))
				}
				for y, line := range lines {
					if n := kit.Width(line); n > w {
						t.Fatalf("%s %s at %dx%d: line %d has %d cells: %q", g.Name(i), lang, w, h, y, n, line)
					}
				}
			}
		}
	}
}

// Ensure that the pages turn round and that keys reach the parts.
func TestGallery_Keys(t *testing.T) {
	g := gallery.New(i18n.New(i18n.ZH), false)
	d := tuitest.New(t, g, 80, 24)
	d.Expect("1 / ")
	d.Press("f5")
	d.Expect(fmt.Sprintf("%d / %d", g.Len(), g.Len()))
	d.Press("f6", "f6", "f6", "f6")
	d.Expect("4 / ")
	_, y, _ := d.Cursor()
	d.Press("down")
	if _, now, _ := d.Cursor(); now != y+1 {
		t.Errorf("the cursor is in line %d, not below %d", now, y)
	}
}
