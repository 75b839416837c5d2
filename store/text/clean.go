package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks a character may carry. No living
// orthography needs more than four; floods of hundreds bury the lines around.
const maxMarks = 8

const replacement = "\uFFFD"

func clean(s string) string {
	i := cleanPrefix(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	marked := false
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\r' && i+n < len(s) && s[i+n] == '\n' {
			n++
		}
		i += n
		r, m := mapRune(r)
		marked = marked || m
		if r >= 0 {
			b.WriteRune(r)
		}
	}
	if marked {
		return cleanClusters(b.String())
	}
	return b.String()
}

// cleanPrefix returns the length of the longest prefix of s that needs no look
// at all: nearly every text of this program is Chinese and ASCII alone.
func cleanPrefix(s string) int {
	for i, r := range s {
		if !plain(r) && r != '\n' {
			return i
		}
	}
	return len(s)
}

// plain reports whether r is a visible character that never joins another one.
// Latin, punctuation, kana and all ideographs are plain; the rest is looked at.
func plain(r rune) bool {
	switch {
	case r < 0x7F:
		return r >= ' '
	case r < 0x2000:
		return r > 0xA0 && r < 0x250 && r != 0xAD
	case r < 0x3000:
		return r >= 0x2010 && r <= 0x2027 || r >= 0x2460 && r <= 0x25FF
	case r < 0x3400:
		return r <= 0x3029 || r >= 0x3030 && r <= 0x303F || r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FF
	case r < 0xA000:
		return true // ideographs and their extension A, hexagrams between them
	case r < 0x10000:
		return r >= 0xFF01 && r <= 0xFF60
	default:
		return ideographic(r)
	}
}

// ideographic reports whether r lies where Unicode puts rare ideographs, the
// ones that later versions will add included.
func ideographic(r rune) bool { return r >= 0x20000 && r <= 0x3FFFF && r&0xFFFF < 0xFFFE }

// mapRune returns what stands for r in cleaned text, or -1 for nothing, and
// whether it may join other characters, so that clusters must be looked at.
func mapRune(r rune) (rune, bool) {
	switch {
	case plain(r), r == '\n', r == unicode.ReplacementChar:
		return r, false
	case r == '\r', r == 0x2028, r == 0x2029:
		return '\n', false
	case r == '\t', r == '\v', r == '\f':
		return ' ', false
	case unicode.Is(unicode.Bidi_Control, r), r >= 0xE0000 && r <= 0xE007F:
		return unicode.ReplacementChar, false
	case invisible(r):
		return -1, false
	case !unicode.IsGraphic(r):
		return unicode.ReplacementChar, false
	default:
		return r, true
	}
}

// invisible reports whether r shows nothing by itself and only changes, if
// anything, the style of what stands before it.
func invisible(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200D || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r == 0x180E ||
		r >= 0x1F3FB && r <= 0x1F3FF ||
		unicode.Is(unicode.Variation_Selector, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// cleanClusters looks at what readers take for one character.
func cleanClusters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		c, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(c):]
		b.WriteString(cleanCluster(c))
	}
	return b.String()
}

// cleanCluster lets through one visible character with its marks, and a flag.
// Renderers measure by cluster, terminals by character: these are the clusters
// in which both come to the same number of cells.
func cleanCluster(c string) string {
	base, n := utf8.DecodeRuneInString(c)
	if flagHalf(base) {
		if second, m := utf8.DecodeRuneInString(c[n:]); n+m == len(c) && flagHalf(second) {
			return c
		}
		return replacement
	}
	if joins(base) {
		return replacement
	}
	marks := 0
	for i, r := range c[n:] {
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			return replacement
		}
		if marks++; marks > maxMarks {
			return c[:n+i] + replacement
		}
	}
	return c
}

// joins reports whether r becomes one with whatever is drawn beside it.
func joins(r rune) bool {
	if plain(r) || r == '\n' {
		return false
	}
	c, _ := ansi.FirstGraphemeCluster("x"+string(r)+"x", ansi.GraphemeWidth)
	d, _ := ansi.FirstGraphemeCluster(string(r)+"x", ansi.GraphemeWidth)
	return len(c) > 1 || len(d) > utf8.RuneLen(r)
}

func flagHalf(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
