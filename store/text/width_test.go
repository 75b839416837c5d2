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

func joined(lines []text.Text) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.String())
	}
	return strings.Join(all, "|")
}

func bare(s string) string { return strings.NewReplacer(" ", "", "\n", "", "|", "").Replace(s) }
