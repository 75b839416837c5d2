package text_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"casedesk/store/text"
)

// Ensure cutting and padding keep to the cell.
func TestText_Pad(t *testing.T) {
	for _, c := range []struct {
		in          string
		w           int
		cut, padded string
	}{
		{"张三", 6, "张三", "张三  "},
		{"张三", 4, "张三", "张三"},
		{"来访群众登记", 5, "来访", "来.. "},
		{"来访群众登记", 6, "来访群", "来访.."},
		{"abcdef", 5, "abcde", "abc.."},
		{"张三", 3, "张", "张 "},
		{"张三", 1, "", " "},
		{"一\n二", 5, "一 二", "一 二"},
		{"张三", 0, "", ""},
		{"张三", -1, "", ""},
	} {
		x := text.Clean(c.in)
		if got := x.Cut(c.w).String(); got != c.cut {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.w, got, c.cut)
		}
		if got := x.Pad(c.w).String(); got != c.padded {
			t.Errorf("Pad(%q, %d) = %q, want %q", c.in, c.w, got, c.padded)
		}
	}
	if got := text.Line("7").PadLeft(3).String(); got != "  7" {
		t.Errorf("PadLeft = %q", got)
	}
	if got := text.Clean("张\n张三\n").Width(); got != 4 {
		t.Errorf("Width of lines = %d, want 4", got)
	}
}

// Ensure widths are exact for random text, by both ways of measuring.
func TestText_Width_Random(t *testing.T) {
	rng := newRand(t)
	for range 20000 {
		x, w := text.Clean(hostile(rng, 20)), rng.IntN(24)
		for name, got := range map[string]text.Text{"Pad": x.Pad(w), "PadLeft": x.PadLeft(w)} {
			if ansi.StringWidth(got.String()) != w || ansi.StringWidthWc(got.String()) != w {
				t.Fatalf("%s(%+q, %d) = %+q is %d cells", name, x, w, got, got.Width())
			}
		}
		for name, got := range map[string]text.Text{"Cut": x.Cut(w), "Short": x.Short(w)} {
			if got.Width() > w || x.OneLine().Width() > w && got.Width() < w-3 {
				t.Fatalf("%s(%+q, %d) = %+q is %d cells", name, x, w, got, got.Width())
			}
		}
		if text.Dirty(x.Cut(w).String()) {
			t.Fatalf("Cut(%+q, %d) is not clean", x, w)
		}
	}
}

// Ensure lines break where Chinese typesetting and words allow.
func TestText_Wrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"双方同意，签字。", 8, "双方同|意，签|字。"},
		{"他说：“不行”。", 8, "他说：|“不行”。"},
		{"见《民法典》第", 4, "见|《民|法|典》|第"},
		{"他说：“不行”。", 7, "他说：|“不|行”。"},
		{"call 13800138000 now", 12, "call|13800138000|now"},
		{"a13800138000138", 6, "a13800|138000|138"},
		{"一\n\n二", 10, "一||二"},
		{"", 10, ""},
		{"  缩进一二三四", 8, "  缩进一|二三四"},
		{"中文abc中文", 6, "中文|abc中|文"},
		{"，，，，，", 4, "，，|，，|，"},
		{"一二", 0, "一|二"},
	} {
		if got := joined(text.Clean(c.in).Wrap(c.w)); got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

const (
	neverFirst = "，。、；：？！）》」』”’"
	neverLast  = "（《「『“‘"
)

// Ensure random lines fit, lose nothing but spaces, and start and end with no
// banned sign unless the line before had no better place to break.
func TestText_Wrap_Random(t *testing.T) {
	rng := newRand(t)
	for range 20000 {
		x, w := text.Clean(hostile(rng, 30)), 2+rng.IntN(20)
		lines := x.Wrap(w)
		for _, l := range lines {
			if l.Width() > w {
				t.Fatalf("Wrap(%+q, %d): %+q is %d cells", x, w, l, l.Width())
			}
		}
		if got, want := bare(joined(lines)), bare(x.String()); got != want {
			t.Fatalf("Wrap(%+q, %d) = %+q lost text", x, w, lines)
		}
	}
	for range 5000 {
		var b strings.Builder
		for range rng.IntN(30) {
			b.WriteString(pick(rng, "中", "文", "字", "，", "。", "（", "）", "“", "”"))
		}
		w := 4 + rng.IntN(20)
		lines := text.Clean(b.String()).Wrap(w)
		for i := 1; i < len(lines); i++ {
			mustBreakWell(t, lines[i-1].String(), lines[i].String())
		}
	}
}

func mustBreakWell(t *testing.T, before, after string) {
	t.Helper()
	bad := func(a, b rune) bool {
		return strings.ContainsRune(neverLast, a) || strings.ContainsRune(neverFirst, b)
	}
	left, right := []rune(before), []rune(after)
	if !bad(left[len(left)-1], right[0]) {
		return
	}
	for i := 1; i < len(left); i++ {
		if !bad(left[i-1], left[i]) {
			t.Fatalf("%q | %q breaks badly, and a better place was at %d", before, after, i)
		}
	}
}

func joined(lines []text.Text) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.String())
	}
	return strings.Join(all, "|")
}

func bare(s string) string { return strings.NewReplacer(" ", "", "\n", "", "|", "").Replace(s) }
