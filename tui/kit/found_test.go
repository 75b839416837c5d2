package kit_test

import (
	"math/rand"
	"strings"
	"testing"

	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that what was found stands out, wherever a line is cut, and that the width is kept.
func TestLit(t *testing.T) {
	const title = "李家与王家因排水沟争吵"
	for _, test := range []struct {
		typed string
		w     int
		want  string
	}{
		{"psg", 30, "李家与王家因[排水沟]争吵        "},
		{"psg", 18, "李家与王家因[排水].."},
		{"psg", 14, "李家与王家因.."},
		{"李 争吵", 22, "[李]家与王家因排水沟[争吵]"},
		{"", 22, title},
	} {
		line := kit.Lit(title, text.NewQuery(test.typed).Spans(title), test.w)
		if kit.Width(line) != test.w {
			t.Errorf("%s in %d cells takes %d", test.typed, test.w, kit.Width(line))
		}
		open, shut, _ := strings.Cut(kit.Found.On("x"), "x")
		if got := strings.NewReplacer(open, "[", shut, "]").Replace(line); got != test.want {
			t.Errorf("%s in %d cells: %q", test.typed, test.w, got)
		}
	}
	rng := rand.New(rand.NewSource(1))
	for range 300 {
		typed := []string{"psg", "王", "李家", "沟争"}[rng.Intn(4)]
		w := rng.Intn(30)
		if got := kit.Width(kit.Lit(title, text.NewQuery(typed).Spans(title), w)); got != w {
			t.Fatalf("%s in %d cells takes %d", typed, w, got)
		}
	}
}

// Ensure that the row under the cursor shows what was found.
func TestList_Found(t *testing.T) {
	var l kit.List
	l.SetLen(1)
	l.SetHeight(1)
	line := l.Lines(12, true, func(int, int) string { return kit.Danger.On("红") + " 排" + kit.Found.On("水") + "沟" })[0]
	if !strings.Contains(line, kit.FoundChosen.On("水")) || kit.Width(line) != 12 || strings.Contains(line, kit.Danger.On("红")) {
		t.Errorf("%q", line)
	}
}

// Ensure that the piece around a match says what stands before it.
func TestAround(t *testing.T) {
	line := strings.Repeat("两家多年不和。", 20) + "因排水沟走向发生争执，经劝说未果。"
	spans := text.NewQuery("psg").Spans(line)
	piece, moved := kit.Around(line, spans, 40)
	if !strings.HasPrefix(piece, "..") || len(moved) != 1 || piece[moved[0].From:moved[0].To] != "排水沟" || kit.Width(piece[:moved[0].From]) > 14 || kit.Width(piece[:moved[0].From]) < 6 {
		t.Errorf("%q %v", piece, moved)
	}
}

// Ensure that a text from before goes when one types, and stays when one moves in it.
func TestAgainField(t *testing.T) {
	for _, test := range []struct{ keys, want string }{
		{"", "排水"}, {"a", "a"}, {"backspace", ""}, {"delete", ""}, {"left a", "排a水"}, {"end a", "排水a"}, {"f5 a", "a"}, {"backspace a", "a"},
	} {
		var f kit.AgainField
		f.Begin("排水")
		for _, key := range strings.Fields(test.keys) {
			f.Update(tuitest.Key(key))
		}
		if f.Value() != test.want {
			t.Errorf("%s: %q", test.keys, f.Value())
		}
		if w := kit.Width(f.Line(10, true)); w != 10 {
			t.Errorf("%s: %d cells", test.keys, w)
		}
	}
}
