package text

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Characters that Chinese typesetting keeps off the start and the end of a
// line (避头尾: GB/T 15834, CLREQ 3.1.5), with their ASCII kin.
const (
	neverFirst = "，。、；：？！）》」』〉】〕〗”’…—–～·‧・•％‰℃°′″／］｝＞々〟)]}>,.;:?!%"
	neverLast  = "（《「『〈【〔〖“‘［｛＜〝￥＄￡([{<$"
)

// Characters that stay with a number: what is counted or measured after it,
// the parts of a date or a time, and the digits of Chinese itself.
const (
	units    = "年月日号时点分秒刻天周旬季期届岁代个件次条款项章节人户名位份页行列组批处级层步家所村镇元角万亿千百十多余倍折米里亩斤吨升度米栋楼室种样类宗起场回遍字"
	ofDates  = "年月时点分"
	numerals = "〇零一二三四五六七八九十百千万亿两"
	ordered  = "条款项章节编期批次届号" // what a Chinese number counts in a law or in a row
)

// Wrap breaks the text into lines of at most w cells (at least 2, so that a
// wide character fits). Lines of the text stay lines, empty ones included. No line
// starts or ends with punctuation that may not stand there: what stands before it is
// taken along to the next line. Words of letters and digits stay whole, and so do
// dates and numbers with their units. Each of this holds where one line has room
// for it, and where it has not, what matters less is broken first: numbers and dates, then
// words, then the rules of punctuation. Long lines leave no single sign to the last one.
// Spaces at a break are dropped.
func (t Text) Wrap(w int) []Text {
	w = max(w, 2)
	var lines []Text
	for line := range strings.SplitSeq(t.s, "\n") {
		lines = wrapLine(lines, line, w)
	}
	return lines
}

// ease is how well a line may end at a place.
type ease uint8

const (
	never  ease = iota // only where there is no other place
	inWord             // within a word
	inUnit             // within a date, a number and its unit, words with a hyphen or a slash between
	well
	eases
)

// WrapEven is Wrap with the lines as even as they can be without being more, for
// headings of columns.
func (t Text) WrapEven(w int) []Text {
	lines := t.Wrap(w)
	for v := w - 1; len(lines) > 1 && v >= 2; v-- {
		even := t.Wrap(v)
		if len(even) > len(lines) {
			break
		}
		lines = even
	}
	return lines
}

// WidestWord is how many cells the widest of its words takes that are written in letters,
// or what stands before a colon.
func (t Text) WidestWord() int {
	widest := 0
	if before, _, ok := strings.Cut(t.s, "："); ok {
		widest = ansi.StringWidth(before + "：")
	}
	for _, word := range strings.Fields(t.s) {
		if n := ansi.StringWidth(word); n == len(word) {
			widest = max(widest, n)
		}
	}
	return widest
}

func wrapLine(lines []Text, s string, w int) []Text {
	begun, start := 0, 0 // begun: where the line before start does
	for {
		end, whole := lineEnd(s, start, w)
		if whole {
			break
		}
		lines = append(lines, Text{strings.TrimRight(s[start:end], " ")})
		begun, start = start, pastSpaces(s, end)
	}
	rest := s[start:]
	if n := ansi.StringWidth(rest); n > w {
		rest = strings.TrimRight(rest, " ")
	} else if start > 0 && n <= lone && w >= 5*lone {
		if end := company(s, begun, start); end > begun {
			lines[len(lines)-1], rest = Text{strings.TrimRight(s[begun:end], " ")}, s[end:]
		}
	}
	return append(lines, Text{rest})
}

// Breaks is where the lines of a paragraph begin that is being written, in bytes. It is
// broken as Wrap breaks it, but that the spaces at a break stay at the end of their line,
// beyond its width if need be, and that the last line may be a single sign, behind which
// more is written.
func Breaks(paragraph string, w int) []int {
	w = max(w, 2)
	starts := []int{0}
	for start := 0; ; {
		end, whole := lineEnd(paragraph, start, w)
		if whole {
			return starts
		}
		start = pastSpaces(paragraph, end)
		if start == len(paragraph) {
			return starts
		}
		starts = append(starts, start)
	}
}

func pastSpaces(s string, i int) int { return i + len(s[i:]) - len(strings.TrimLeft(s[i:], " ")) }

// lineEnd is where the line ends that begins at start; whole: all the rest is one line.
func lineEnd(s string, start, w int) (end int, whole bool) {
	var ends [eases]int // the last place of each ease; not after start: there is none
	cells := 0
	for i := start; i < len(s); {
		c, width := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
		if i > start && c != " " {
			ends[mayEnd(s[start:i], s[i:])] = i
			if cells+width > w {
				for e := well; e > never; e-- {
					if ends[e] > start {
						return ends[e], false
					}
				}
				return i, false
			}
		}
		cells += width
		i += len(c)
	}
	return len(s), true
}

// lone is how many cells a sign and its full stop take: as a paragraph's last line they
// look lost (孤字), where lines are long enough to spare something.
const lone = 4

// company is where the line from begun to start may end earlier, to give the last line
// some words more; not after begun: nowhere near.
func company(s string, begun, start int) (end int) {
	for i := begun; i < start; {
		if i > begun && s[i] != ' ' && mayEnd(s[begun:i], s[i:]) == well {
			end = i
		}
		c, _ := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
		i += len(c)
	}
	if ansi.StringWidth(s[end:start]) > 2*lone {
		return begun
	}
	return end
}

// mayEnd is how well a line may end after left, where right, which begins with no
// space, goes on.
func mayEnd(left, right string) ease {
	head := strings.TrimRight(left, " ")
	spaced := len(head) < len(left)
	before, n := utf8.DecodeLastRuneInString(head)
	earlier, _ := utf8.DecodeLastRuneInString(head[:len(head)-n])
	after, _ := utf8.DecodeRuneInString(right)
	switch {
	case n == 0 || strings.ContainsRune(neverFirst, after) || strings.ContainsRune(neverLast, before):
		return never
	case digit(before) && strings.ContainsRune(units, after):
		return inUnit
	case spaced:
		return well
	case word(before) && word(after):
		if before == '-' || before == '/' {
			return inUnit
		}
		return inWord
	case before == '’' && letter(earlier) && letter(after): // don’t
		return inWord
	case digit(earlier) && strings.ContainsRune(ofDates, before) && digit(after): // 10月5日
		return inUnit
	case before == '第' && (digit(after) || strings.ContainsRune(numerals, after)):
		return inUnit
	case strings.ContainsRune(numerals, before) && (strings.ContainsRune(numerals, after) || strings.ContainsRune(ordered, after)):
		return inUnit
	}
	return well
}

// word reports whether r belongs to a word that is not broken: what is written
// with letters, digits and the signs inside numbers, dates and addresses.
func word(r rune) bool { return r > ' ' && r < 0x2000 }

func letter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

func digit(r rune) bool { return '0' <= r && r <= '9' || '０' <= r && r <= '９' }
