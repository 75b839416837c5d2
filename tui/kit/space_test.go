package kit_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that prose, facts, columns and sheets stay within their width, whatever stands in
// them, that prose is never wider than eyes can follow, and that nothing of it is lost.
func TestSpace_Random(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewSource(seed))
	pieces := []string{"", "龙窝镇", "，", "（", "）", "2026-10-05", "word", " ", "㛃", "𬭚", "á", "👨‍👩‍👧", "“", "”—…", "\n", "98.4%"}
	said := func(most int) string {
		var b strings.Builder
		for range rng.Intn(most) {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		return b.String()
	}
	bare := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(kit.Bare(s)) }
	for range 500 {
		w := 20 + rng.Intn(300)
		within := func(what string, lines []string, most int) {
			t.Helper()
			for _, line := range lines {
				if kit.Width(line) > most {
					t.Fatalf("%s of %d cells for %d: %q", what, kit.Width(line), most, line)
				}
			}
		}
		one := said(60)
		lines := kit.Signed(kit.Danger, "! ", one, w)
		within("prose", lines, min(w, kit.Prose))
		if got, want := bare(strings.TrimPrefix(kit.Bare(strings.Join(lines, "")), "! ")), bare(text.Clean(one).String()); got != want {
			t.Fatalf("prose lost something: %q, want %q", got, want)
		}
		within("a fact", kit.Fact("标签", one, 12, w, kit.Plain), w)
		var rows [][]string
		for range 1 + rng.Intn(5) {
			row := make([]string, 1+rng.Intn(4))
			for i := range row {
				row[i] = text.Line(said(12)).String()
			}
			rows = append(rows, row)
		}
		for _, line := range kit.Columns(rows, w) {
			if kit.Width(line) != w {
				t.Fatalf("columns of %d cells for %d: %q", kit.Width(line), w, line)
			}
		}
		s := kit.NewSheet(w, rng.Intn(40))
		for range rng.Intn(8) {
			switch rng.Intn(5) {
			case 0:
				s.Say(kit.Plain, said(30))
			case 1:
				s.Sign(kit.Warning, "!", said(30))
			case 2:
				s.Gap()
			case 3:
				s.Section("小标题")
			case 4:
				s.Line(kit.Columns(rows, s.Width())...)
			}
		}
		within("a sheet", s.Lines(), w)
		aside, left := kit.Aside(w)
		within("two pieces", kit.Beside(rows[0], kit.Columns(rows, aside), max(0, left), 5), max(w, aside+3))
	}
}

// Ensure that a sheet never has two blank lines, and begins with one where there is room.
func TestSheet_Gaps(t *testing.T) {
	for h, want := range map[int]int{13: 4, 21: 5} {
		s := kit.NewSheet(60, h)
		s.Gap()
		s.Say(kit.Plain, "一")
		s.Gap()
		s.Gap()
		s.Section("二")
		s.Sign(kit.Danger, "!", "三")
		if s.Len() != want {
			t.Errorf("%d lines in a body of %d: %q", s.Len(), h, s.Lines())
		}
		if last := s.Lines()[s.Len()-1]; !strings.HasPrefix(kit.Bare(last), "! 三") {
			t.Errorf("the sign is not in the gutter: %q", last)
		}
	}
}

// Ensure that choices are taken by their digit and by Enter, and that other keys are not theirs.
func TestChoices(t *testing.T) {
	c := &kit.Choices{}
	c.Offer("一", "二", "三")
	for _, step := range []struct {
		key    string
		chosen int
		used   bool
	}{{"3", 2, true}, {"enter", 0, true}, {"down", -1, true}, {"enter", 1, true}, {"4", -1, false}, {"0", -1, false}, {"esc", -1, false}} {
		if chosen, used := c.Update(tuitest.Key(step.key)); chosen != step.chosen || used != step.used {
			t.Errorf("%s: %d %v, want %d %v", step.key, chosen, used, step.chosen, step.used)
		}
	}
	if got := fmt.Sprintf("%q", kit.Bare(c.Lines(12, true)[2])); got != `"  3  三     "` {
		t.Error(got)
	}
}
