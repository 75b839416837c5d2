package text_test

import (
	"strings"
	"testing"

	"casedesk/store/text"
)

// Ensure that what is marked in a text is what a search finds in it.
func TestQuery_Spans(t *testing.T) {
	for _, test := range []struct{ typed, in, want string }{
		{"排水沟", "李家与王家因排水沟争吵", "李家与王家因[排水沟]争吵"},
		{"psg", "李家与王家因排水沟争吵", "李家与王家因[排水沟]争吵"},
		{"paishui", "李家与王家因排水沟争吵", "李家与王家因[排水]沟争吵"},
		{"王 psg", "王家的排水沟，王家", "[王]家的[排水沟]，[王]家"},
		{"zhwh", "张伟华称", "[张伟华]称"},
		{"138", "电话１３８００", "电话[１３８]００"},
		{"ABC", "甲ａｂｃ乙", "甲[ａｂｃ]乙"},
		{"张伟华", "张、伟·华", "[张、伟·华]"},
		{"a-b", "x A-B", "x [A-B]"},
		{"没有", "排水沟", "排水沟"},
		{"", "排水沟", "排水沟"},
		{"水沟 排水", "排水沟", "[排水沟]"},
	} {
		got, from := "", 0
		for _, s := range text.NewQuery(test.typed).Spans(test.in) {
			got += test.in[from:s.From] + "[" + test.in[s.From:s.To] + "]"
			from = s.To
		}
		if got += test.in[from:]; got != test.want {
			t.Errorf("%s in %s: %s", test.typed, test.in, got)
		}
	}
}

// Ensure that a text of one line has marks if and only if a query of one word
// matches it, whatever both are.
func FuzzQuery_Spans(f *testing.F) {
	f.Add("psg", "李家与王家因排水沟争吵")
	f.Add("ａ1", "甲A１乙")
	f.Fuzz(func(t *testing.T, typed, in string) {
		q := text.NewQuery(strings.Join(strings.Fields(typed), ""))
		if in = text.Line(in).String(); q.IsEmpty() {
			return
		}
		spans := q.Spans(in)
		if q.Match(text.Keys(in)) != (len(spans) > 0) {
			t.Fatalf("%q in %q: %v", typed, in, spans)
		}
		at := 0
		for _, s := range spans {
			if s.From < at || s.To <= s.From || s.To > len(in) {
				t.Fatalf("%q in %q: %v", typed, in, spans)
			}
			at = s.To
		}
	})
}

// Ensure that whoever types on asks for less: what matches a query matches all that it
// begins with.
func FuzzQuery_TypedOn(f *testing.F) {
	f.Add("zhwh 排水", "张伟华因排水沟", 3)
	f.Add("l-ü'a", "绿", 2)
	f.Fuzz(func(t *testing.T, typed, in string, n int) {
		runes := []rune(typed)
		if n < 0 || n > len(runes) {
			return
		}
		key := text.Keys(in)
		whole, part := text.NewQuery(typed), text.NewQuery(string(runes[:n]))
		if whole.Match(key) && !part.Match(key) {
			t.Fatalf("%q matches %q, and %q does not", typed, key, string(runes[:n]))
		}
	})
}
