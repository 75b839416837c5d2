package kit_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// What a sign costs at the end of a long text of a form, with the drawing of the form.
func BenchmarkLongText(b *testing.B) {
	d := &desk{form: kit.NewForm(seat, "intake", intake())}
	d.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.form.Focus("facts")
	d.form.Update(tea.PasteMsg{Content: strings.Repeat("两家共用一条排水沟，王家堵沟，李家进水。\n", 5000/21)})
	d.View()
	for b.Loop() {
		d.Update(tea.KeyPressMsg{Text: "水", Code: '水'})
		d.View()
		d.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
		d.View()
	}
}

// Ensure that whatever is typed, a long text is drawn in its width with all of it there, the
// caret in sight between the signs where the next one will stand, and that a sign typed and
// erased changes nothing.
func TestTextField_Random(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	keys := []string{"left", "right", "up", "down", "home", "end", "ctrl+home", "ctrl+end", "pgup", "pgdown", "enter", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+left", "ctrl+right"}
	texts := []string{"李", "，", "。”", "（", "  ", " ", "abc", "2026年10月5日", "㛃", "𬭚", "e\u0301", "\u0301", "👨\u200d👩\u200d👧", "\u200d", "排水沟，", "\n", strings.Repeat("很长的一段话。", 9)}
	for range 60 {
		f := kit.NewTextField(1+r.IntN(5), 0)
		for range 80 {
			if r.IntN(2) == 0 {
				f.Update(tuitest.Key(keys[r.IntN(len(keys))]))
			} else {
				f.Update(tea.PasteMsg{Content: texts[r.IntN(len(texts))]})
			}
			w := 8 + r.IntN(60)
			shown := strings.Join(f.Lines(w, true), "\n")
			if n := strings.Count(shown, kit.Mark); n != 1 {
				t.Fatalf("seed %d: %d carets in\n%s", seed, n, shown)
			}
			f.Grow(f.Wants(w))
			lines := f.Lines(w, true)
			var all strings.Builder
			for _, line := range lines {
				if n := kit.Width(line); n != w {
					t.Fatalf("seed %d: a line of %d cells, not %d: %q", seed, n, w, line)
				}
				all.WriteString(strings.Trim(strings.ReplaceAll(line, kit.Mark, ""), "|"))
			}
			bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
			value := f.Value().Text
			if bare(all.String()) != bare(value) {
				t.Fatalf("seed %d: %q is drawn as\n%s", seed, value, strings.Join(lines, "\n"))
			}
			f.Update(tea.KeyPressMsg{Text: "界", Code: '界'})
			if shown := strings.Join(f.Lines(w, true), "\n"); !strings.Contains(shown, "界"+kit.Mark) && !strings.Contains(shown, "|"+kit.Mark) {
				t.Fatalf("seed %d: the caret is not behind the sign typed:\n%s", seed, shown)
			}
			f.Update(tuitest.Key("backspace"))
			if got := f.Value().Text; got != value {
				t.Fatalf("seed %d: %q became %q", seed, value, got)
			}
			f.Grow(0)
		}
	}
}

// Ensure that Up and Down go by the lines on the screen and keep to their cell, over lines
// that are shorter, and leave the field at its ends.
func TestTextField_Lines(t *testing.T) {
	f := kit.NewTextField(6, 0)
	f.SetValue(kit.Value{Text: "两家共用一条排水沟王家堵沟李家进水\n短\n王家说沟在自家地里要求改道"})
	at := func(w int) (x, y int) {
		for y, line := range f.Lines(w, true) {
			if before, _, ok := strings.Cut(line, kit.Mark); ok {
				return kit.Width(before), y
			}
		}
		t.Fatal("no caret")
		return 0, 0
	}
	const w = 24 // ten signs a line
	for i, want := range [][2]int{{7, 4}, {7, 3}, {3, 2}, {7, 1}, {7, 0}} {
		if x, y := at(w); x != want[0] || y != want[1] {
			t.Errorf("step %d: the caret is at %d,%d, want %d,%d\n%s", i, x, y, want[0], want[1], strings.Join(f.Lines(w, true), "\n"))
		}
		if reply := f.Update(tuitest.Key("up")); (i == 4) != (reply == kit.Ignored) {
			t.Errorf("step %d: %v", i, reply)
		}
	}
}
