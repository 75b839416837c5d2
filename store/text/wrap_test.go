package text_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"casedesk/store/text"
)

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
		{"一……二——三", 5, "一……|二——|三"},
		{"阿依古丽·买买提", 8, "阿依古|丽·买买|提"},
		{"call 13800138000 now", 12, "call|13800138000|now"},
		{"a13800138000138", 6, "a13800|138000|138"},
		{"abcdefgh。", 4, "abcd|efg|h。"},
		{"他说don’t去", 8, "他说|don’t去"},
		{"一\n\n二", 10, "一||二"},
		{"", 10, ""},
		{"  缩进一二三四", 8, "  缩进|一二三四"},
		{"中文abc中文", 6, "中文|abc中|文"},
		{"，，，，，", 4, "，，|，，|，"},
		{"一二", 0, "一|二"},
		{"把这个文件夹移走或换一个文件夹，再加入。", 36, "把这个文件夹移走或换一个文件夹，再|加入。"},
		{"把这个文件夹移走或者换一个文件夹，再见。", 38, "把这个文件夹移走或者换一个文件夹，|再见。"},
		// dates, numbers and their units
		{"定于2026-10-05开庭", 13, "定于|2026-10-05开|庭"},
		{"定于2026-10-05开庭", 8, "定于|2026-10-|05开庭"},
		{"定于2026年10月5日开庭", 14, "定于|2026年10月5日|开庭"},
		{"等办的共 10 件。", 12, "等办的共|10 件。"},
		{"赔偿12000元整", 10, "赔偿|12000元整"},
		{"按期率达到98.4%了", 12, "按期率达到|98.4%了"},
		{"人民调解法第三十二条规定", 18, "人民调解法|第三十二条规定"},
		{"查看 /home/desk/copy.zip 即可", 12, "查看|/home/desk/|copy.zip 即|可"},
	} {
		if got := joined(text.Clean(c.in).Wrap(c.w)); got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

// Ensure the lines of a heading are even, and no more than they must be.
func TestText_WrapEven(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"邻里纠纷", 6, "邻里|纠纷"}, {"按期化解率", 8, "按期化|解率"}, {"合计", 4, "合计"}, {"", 4, ""}, {"due on time", 8, "due on|time"},
	} {
		if got := joined(text.Line(c.in).WrapEven(c.w)); got != c.want {
			t.Errorf("WrapEven(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

const (
	neverFirst = "，。、；：？！）》」』”’…—·％"
	neverLast  = "（《「『“‘￥"
)

// Ensure random lines fit, lose nothing but spaces, and start and end with no
// banned sign unless the line before had no better place to break.
func TestText_Wrap_Random(t *testing.T) {
	rng := newRand(t)
	for range 20000 {
		if fault := wrapFault(hostile(rng, 30), 2+rng.IntN(20)); fault != "" {
			t.Fatal(fault)
		}
	}
	for range 5000 {
		var b strings.Builder
		for range rng.IntN(30) {
			b.WriteString(pick(rng, "中", "文", "字", "，", "。", "（", "）", "“", "”"))
		}
		if fault := wrapFault(b.String(), 4+rng.IntN(20)); fault != "" {
			t.Fatal(fault)
		}
	}
}

// Ensure that prose whose signs are as people set them breaks no rule at all, in lines of
// as many cells as its longest piece that holds together.
func TestText_Wrap_Prose(t *testing.T) {
	rng := newRand(t)
	for range 5000 {
		var b strings.Builder
		for range 1 + rng.IntN(12) {
			b.WriteString(phrase(rng))
		}
		w := 20 + rng.IntN(80)
		lines := text.Clean(b.String()).Wrap(w)
		for i, l := range lines {
			runes := []rune(l.String())
			if i > 0 && strings.ContainsRune(neverFirst, runes[0]) || i < len(lines)-1 && strings.ContainsRune(neverLast, runes[len(runes)-1]) {
				t.Fatalf("Wrap(%q, %d): line %d is %q", b.String(), w, i, l)
			}
		}
		for _, whole := range []string{"2026-10-05", "2026年3月5日", "98.4%", "12000元", "第十二条", "13800138000", "100 件", "casedesk"} {
			if n := strings.Count(b.String(), whole); n != strings.Count(joined(lines), whole) {
				t.Fatalf("Wrap(%q, %d) = %q: %s is broken", b.String(), w, joined(lines), whole)
			}
		}
	}
}

// phrase is a piece of prose with the signs that belong to it.
func phrase(rng *rand.Rand) string {
	said := pick(rng, "双方", "到场调解", "排水沟占了路", "2026-10-05", "2026年3月5日", "共 100 件", "98.4%", "赔12000元", "依第十二条", "打13800138000", "用casedesk")
	said = pick(rng, "", "（", "《", "“") + said
	said += map[string]string{"（": "）", "《": "》", "“": "”"}[string([]rune(said)[0])]
	return said + pick(rng, "，", "。", "；", "！")
}

func FuzzText_Wrap(f *testing.F) {
	f.Add("他说：“不行”。", 7)
	f.Add("定于2026年10月5日 09:00（星期一）开庭", 10)
	f.Add("  a\n（（（一）））  ", 4)
	f.Fuzz(func(t *testing.T, s string, w int) {
		if fault := wrapFault(s, w%200); fault != "" {
			t.Fatal(fault)
		}
	})
}

// wrapFault says what is wrong with the lines that a text is broken into.
func wrapFault(s string, w int) string {
	x, room := text.Clean(s), max(w, 2)
	lines := x.Wrap(w)
	said := func(why string) string { return why + ": " + x.String() + " = " + joined(lines) }
	for _, l := range lines {
		if l.Width() > room {
			return said("too wide")
		}
	}
	if bare(joined(lines)) != bare(x.String()) {
		return said("lost text")
	}
	at := 0 // of the lines: paragraphs break where they please
	for paragraph := range strings.SplitSeq(x.String(), "\n") {
		n := len(text.Clean(paragraph).Wrap(w))
		for i := at + 1; i < at+n; i++ {
			if why := breaksBadly(lines[i-1].String(), lines[i].String()); why != "" {
				return said(why)
			}
		}
		at += n
	}
	return ""
}

// breaksBadly reports a break that breaks a rule though the line before had a place for it
// that breaks none.
func breaksBadly(before, after string) string {
	bad := func(a, b rune) bool {
		return strings.ContainsRune(neverLast, a) || strings.ContainsRune(neverFirst, b)
	}
	left, right := []rune(before), []rune(after)
	if len(left) == 0 || len(right) == 0 || !bad(left[len(left)-1], right[0]) {
		return ""
	}
	for i := 1; i < len(left); i++ {
		if han(left[i-1]) && han(left[i]) {
			return "breaks badly between " + before + " and " + after
		}
	}
	return ""
}
func han(r rune) bool { return r >= 0x4E00 && r < 0xA000 }
