package hostile_test

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// attacks are what terminals act on, hide, or draw elsewhere.
var attacks = []string{
	"\x1b[31m", "\x1b[2J", "\x1b[6n", "\x1b[?1049l", "\x1b]0;title\a", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1b]52;c;QQ==\a", "\x1b]52;c;QQ==",
	"\x1bPq#0\x1b\\", "\x1b_apc\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\x1bc", "\x1b", "\u009b31m", "\u009d0;t\u009c", "\u0090q\u009c", "\u0085",
	"\x9b31m", "\xff\xfe", "\u202e", "\u2066\u2067\u2068\u2069", "\u200e\u061c", "\u200b\u200c\u200d\u2060", "\U000E0001\U000E0041", "\ufeff", "\ue000", "\U00100000",
	"\r", "\b\b\b", "\x00", "\x7f", "\a", "\x0e\x0f", "\u2028\u2029", "\v\f", "e" + strings.Repeat("\u0301", 300), "\u115f\u3164", "\ufff9\ufffb", "\u0600",
}

// all is every attack at once; its beginning is in every column that is drawn.
var all = "甲" + strings.Join(attacks, "") + "乙"

// sgr is colour and weight, all that a screen's content may hold besides text.
var sgr = regexp.MustCompile(`^\x1b\[[0-9;:]*m`)

// faults finds what is no text: sequences but those of the pattern, controls but
// newlines, and characters that hide, turn or carry what nobody sees.
func faults(s string, allowed *regexp.Regexp) (found []string) {
	for i := 0; i < len(s); {
		if allowed != nil {
			if n := len(allowed.FindString(s[i:])); n > 0 {
				i += n
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		bad := r == utf8.RuneError && n == 1 || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Bidi_Control) && r != '\n'
		if bad || r == 0x115f || r == 0x3164 {
			found = append(found, fmt.Sprintf("%+q at %d in %+q", s[i:i+n], i, s[max(0, i-20):min(len(s), i+20)]))
		}
		i += n
	}
	marks := 0
	for _, r := range s {
		if marks++; !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
		}
		if marks > 8 {
			found = append(found, "a pile of marks")
			break
		}
	}
	return found
}

// kinds counts the control sequences that a program wrote, without what they
// carry. Those that open a string (OSC, DCS, APC, PM, SOS) stand under "string".
func kinds(b []byte) map[string]int {
	out := map[string]int{}
	for i := 0; i+1 < len(b); i++ {
		if b[i] != 0x1b {
			continue
		}
		switch {
		case b[i+1] == '[':
			private, j := "", i+2
			for ; j < len(b) && (b[j] < '@' || b[j] > '~'); j++ {
			}
			if strings.IndexByte("<=>?", b[i+2]) >= 0 {
				private = string(b[i+2 : min(j, len(b))])
			}
			out["CSI "+private+string(b[min(j, len(b)-1)])]++
			i = j
		case strings.IndexByte("]P_^X", b[i+1]) >= 0:
			out["string"]++
		default:
			out["ESC "+string(b[i+1])]++
		}
	}
	return out
}

// controls are the bytes below a space that a program wrote outside sequences.
func controls(b []byte) string {
	found := map[byte]bool{}
	for _, c := range b {
		if c < ' ' && c != 0x1b {
			found[c] = true
		}
	}
	var out []byte
	for c := range byte(' ') {
		if found[c] {
			out = append(out, c)
		}
	}
	return string(out)
}
