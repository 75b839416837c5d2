package text

import (
	"strings"
	"unicode"
)

// Fold brings text to the form that searches compare: lower case, full-width
// letters, digits and punctuation as their ASCII twins, every space one space,
// what Clean removes or replaces gone.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r, _ = mapRune(r); r == unicode.ReplacementChar {
			return -1
		}
		return fold(r)
	}, s)
}

func fold(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80, r >= 0x2E80 && r < 0xA000 && r != 0x3000:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return fold(r - 0xFF01 + '!')
	default:
		if unicode.IsSpace(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}
}

// keyTwins are what a Chinese input method sends for an ASCII key, beside the
// full-width forms that are computed.
var keyTwins = map[rune]rune{
	'　': ' ', '、': '/', '。': '.', '·': '`', '￥': '$', '—': '_', '…': '^',
	'“': '"', '”': '"', '‘': '\'', '’': '\'',
	'《': '<', '》': '>', '【': '[', '】': ']', '「': '{', '」': '}',
}

// FoldKey returns the ASCII key that a full-width character was meant as, so
// that key bindings work while an input method is on (？ is ?, １ is 1); any
// other rune as it is. Case is kept.
func FoldKey(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFF01 + '!'
	}
	if twin, ok := keyTwins[r]; ok {
		return twin
	}
	return r
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
