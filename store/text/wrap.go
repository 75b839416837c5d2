package text

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Characters that Chinese typesetting keeps off the start and the end of a
// line (避头尾, GB/T 15834), with their ASCII kin.
const (
	neverFirst = "，。、；：？！）》」』〉】〕〗”’…—～·％‰℃)]}>,.;:?!%"
	neverLast  = "（《「『〈【〔〖“‘￥＄([{<$"
)

// Wrap breaks the text into lines of at most w cells (at least 2, so that a
// wide character fits). Lines of the text stay lines, empty ones included;
// words of letters and digits stay whole where a line can hold them; no line
// starts or ends with punctuation that may not stand there, unless a run of it
// is longer than a line. Spaces at a break are dropped.
func (t Text) Wrap(w int) []Text {
	w = max(w, 2)
	var lines []Text
	for line := range strings.SplitSeq(t.s, "\n") {
		lines = wrapLine(lines, line, w)
	}
	return lines
}

func wrapLine(lines []Text, s string, w int) []Text {
	start, brk, cells := 0, 0, 0 // brk: the last place that the line may end at, or start
	for i := 0; i < len(s); {
		c, width := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
		if i > start && mayBreak(s, i) {
			brk = i
		}
		if c != " " && cells+width > w && i > start {
			if brk == start {
				brk = i
			}
			lines = append(lines, Text{strings.TrimRight(s[start:brk], " ")})
			start = brk + len(s[brk:]) - len(strings.TrimLeft(s[brk:], " "))
			i, brk, cells = start, start, 0
			continue
		}
		cells += width
		i += len(c)
	}
	if rest := s[start:]; ansi.StringWidth(rest) > w {
		rest = strings.TrimRight(rest, " ")
		return append(lines, Text{rest})
	}
	return append(lines, Text{s[start:]})
}

// mayBreak reports whether a line may end before s[i].
func mayBreak(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	switch {
	case after == ' ':
		return false // the spaces stay with the line that they end
	case before == ' ':
		return !strings.ContainsRune(neverFirst, after)
	case strings.ContainsRune(neverFirst, after), strings.ContainsRune(neverLast, before):
		return false
	default:
		return !word(before) || !word(after)
	}
}

// word reports whether r belongs to a word that is not broken: what is written
// with letters, digits and the signs inside numbers, dates and addresses.
func word(r rune) bool { return r > ' ' && r < 0x2000 && r != '-' && r != '/' }
