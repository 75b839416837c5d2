package text_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"casedesk/store/text"
)

// Ensure each class of dangerous or invisible character meets its fate.
func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain Chinese", "张三与李四因排水沟起争执，互不相让。", "张三与李四因排水沟起争执，互不相让。"},
		{"lines", "一\r\n二\r三\n四\u2028五\u2029六", "一\n二\n三\n四\n五\n六"},
		{"whitespace controls", "a\tb\vc\fd", "a b c d"},
		{"escape sequence", "\x1b[31m红\x1b[0m", "\uFFFD[31m红\uFFFD[0m"},
		{"operating system command", "\x1b]52;c;aGk=\x07", "\uFFFD]52;c;aGk=\uFFFD"},
		{"device control string", "\x1bP1$r\x1b\\", "\uFFFDP1$r\uFFFD\\"},
		{"eight-bit CSI", "a\u009b2Jb", "a\uFFFD2Jb"},
		{"raw eight-bit CSI", "a\x9b2Jb", "a\uFFFD2Jb"},
		{"backspace, null, delete", "a\bb\x00c\x7f", "a\uFFFDb\uFFFDc\uFFFD"},
		{"bidi override", "\u202e123\u202c\u2066\u2069\u200f\u061c", "\uFFFD123\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
		{"tags", "x\U000E0041\U000E007F", "x\uFFFD\uFFFD"},
		{"zero width", "张\u200b三\u200c\u200d\u2060\ufeff\u00ad", "张三"},
		{"variation selectors", "❤\ufe0f葛\U000E0100", "❤葛"},
		{"private use", "\ue863\U000F0000", "\uFFFD\uFFFD"},
		{"noncharacter", "\ufdd0\U0002FFFF", "\uFFFD\uFFFD"},
		{"invalid UTF-8", "中\xe4\xb8", "中\uFFFD\uFFFD"},
		{"surrogate half", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
		{"rare names", "𬭚㛃𠀀\U00033000", "𬭚㛃𠀀\U00033000"},
		{"accents", "cafe\u0301", "cafe\u0301"},
		{"mark with no base", "\u0301a\n\u0301b", "\uFFFDa\n\uFFFDb"},
		{"flood of marks", "张" + strings.Repeat("\u0335", 40) + "三", "张" + strings.Repeat("\u0335", 8) + "\uFFFD三"},
		{"family of emoji", "👩\u200d👧", "👩👧"},
		{"skin tone", "👍🏽", "👍"},
		{"flag and half a flag", "🇨🇳🇨", "🇨🇳\uFFFD"},
		{"conjoining jamo", "\u1112\u1161", "\uFFFD"},
		{"full-width space", "　　第一段", "　　第一段"},
	} {
		if got := text.Clean(c.in).String(); got != c.want {
			t.Errorf("%s: Clean(%+q) = %+q, want %+q", c.name, c.in, got, c.want)
		}
		if dirty := text.Dirty(c.in); dirty != (c.in != c.want) {
			t.Errorf("%s: Dirty = %v", c.name, dirty)
		}
	}
}

// Ensure a Line never has a newline.
func TestLine(t *testing.T) {
	if got := text.Line("一\r\n二\t三").String(); got != "一 二 三" {
		t.Errorf("Line = %q", got)
	}
	if !text.Line(" 　\n").IsEmpty() || text.Line("。").IsEmpty() {
		t.Error("IsEmpty is wrong")
	}
}

// Ensure every single code point, alone and between others, comes out safe.
func TestClean_EveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := string(r)
		mustBeSafe(t, s)
		mustBeSafe(t, "中"+s+"a")
		if got := text.Line(s); got.Width() != ansi.StringWidth("x"+got.String()+"x")-2 {
			t.Fatalf("%U joins what stands beside it", r)
		}
	}
}

// Ensure random hostile text comes out safe.
func TestClean_Random(t *testing.T) {
	rng := newRand(t)
	for range 20000 {
		mustBeSafe(t, hostile(rng, 12))
	}
}

func mustBeSafe(t *testing.T, in string) {
	t.Helper()
	if fault := unsafeIn(in); fault != "" {
		t.Fatalf("Clean(%+q) = %+q: %s", in, text.Clean(in).String(), fault)
	}
}

// unsafeIn says what is wrong with the cleaned form of in.
func unsafeIn(in string) string {
	out := text.Clean(in).String()
	switch {
	case !utf8.ValidString(out):
		return "not UTF-8"
	case text.Clean(out).String() != out:
		return "cleaning again changes it"
	case text.Dirty(in) != (in != out):
		return "Dirty disagrees"
	case strings.Contains(text.Line(in).String(), "\n"):
		return "Line has a newline"
	case ansi.StringWidth(out) != ansi.StringWidthWc(out):
		return "renderer and terminal measure it differently"
	case ansi.Strip(out) != out && !strings.Contains(out, "\n"):
		return "holds an escape sequence"
	}
	for _, r := range out {
		if r != '\n' && !unicode.IsGraphic(r) && (r < 0x20000 || r > 0x3FFFD) {
			return "holds a character that is not visible"
		}
	}
	return ""
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"张三\r\n李四", "\x1b]8;;http://x\x1b\\link", "a\u0301\u0301\u200d", "🇨🇳🇨", "\u1100\u1161\u11a8", "\u0915\u094d\u0937",
		"\xff\xc2\x9b", "\u0d4eA", "中\u302e", "\U000E0001", "कि",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { mustBeSafe(t, s) })
}

func BenchmarkClean(b *testing.B) {
	plain := strings.Repeat("双方因排水沟走向发生争执，经劝说未果。", 10)
	for _, c := range []struct{ name, s string }{{"chinese", plain}, {"hostile", plain + "\x1b[2Je\u0301" + plain}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.s)))
			b.ReportAllocs()
			for b.Loop() {
				text.Clean(c.s)
			}
		})
	}
}

// newRand returns randomness whose seed a failing test prints.
func newRand(t *testing.T) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 1))
}

// hostile returns up to n pieces of what people and attackers may write.
func hostile(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range rng.IntN(n + 1) {
		switch rng.IntN(8) {
		case 0:
			b.WriteRune(rune(0x4E00 + rng.IntN(0x5000)))
		case 1:
			b.WriteRune(rune(' ' + rng.IntN(95)))
		case 2:
			b.WriteString(pick(rng, "，", "。", "（", "）", "“", "”", "《", "》", "…", "—", " ", "　", "\n", "1", "。"))
		case 3:
			b.WriteString(pick(rng, "\u0301", "\u200b", "\u200d", "\ufe0f", "🇨", "👍", "🏽", "\u1100", "\u1161", "\u093f", "\u094d", "\u0915", "\u0d4e"))
		case 4:
			b.WriteString(pick(rng, "\x1b[", "\x1b]", "\x1bP", "\u009b", "\r", "\b", "\t", "\u202e", "\u2066", "\U000E0041"))
		case 5:
			b.WriteByte(byte(rng.IntN(256)))
		case 6:
			b.WriteRune(rune(rng.IntN(unicode.MaxRune)))
		default:
			b.WriteString(pick(rng, "word", "2026-01-05", "13800138000", "张伟华", "𬭚", "ﾞ", "ｱ"))
		}
	}
	return b.String()
}

func pick(rng *rand.Rand, from ...string) string { return from[rng.IntN(len(from))] }
