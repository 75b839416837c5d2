package kit_test

import (
	"math/rand"
	"strings"
	"testing"
	"time"

	"charm.land/lipgloss/v2"

	"casedesk/tui/kit"
)

// Ensure that the cursor is found wherever a part lies, however it is cut,
// padded, painted and joined, and that the mark changes no layout.
func TestPlaceCursor_RandomLayouts(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewSource(seed))
	text := func(max int) string {
		var b strings.Builder
		for range rng.Intn(max) {
			b.WriteString(signs[rng.Intn(len(signs))])
		}
		return b.String()
	}
	for range 1000 {
		before, after, w := text(12), text(12), 50+rng.Intn(20)
		above, left := rng.Intn(5), text(8)
		draw := func(mark string) string {
			box := lipgloss.NewStyle().Border(lipgloss.ASCIIBorder()).Padding(0, 1).Render(kit.Fit(before+mark+after, w))
			row := lipgloss.JoinHorizontal(lipgloss.Top, kit.Strong.On(left), box)
			return strings.Repeat(kit.Danger.On(text(5))+"\n", above) + row
		}
		with := draw(kit.Mark)
		screen, cursor := kit.PlaceCursor(with)
		x, y := kit.Width(left)+2+kit.Width(before), above+1
		if cursor == nil || cursor.X != x || cursor.Y != y {
			t.Fatalf("cursor is %v, want %d,%d in\n%s", cursor, x, y, screen)
		}
		if strings.Contains(screen, "\x1b_") {
			t.Fatal("a mark stays")
		}
	}
}

// Ensure that Fit is exact for every width, styled text and marks included.
func TestFit(t *testing.T) {
	for _, s := range []string{"", "abc", "张三丰", "a张b三", kit.Danger.On("张三") + kit.Mark + "丰", "—“”①"} {
		for w := range 12 {
			if got := kit.Width(kit.Fit(s, w)); got != w {
				t.Errorf("%q fitted to %d takes %d", s, w, got)
			}
		}
	}
	if got := kit.Fit("张三"+kit.Mark, 4); !strings.Contains(got, kit.Mark) {
		t.Error("the mark at the end is cut off")
	}
}

// Ensure that NO_COLOR counts with any value.
func TestProfile(t *testing.T) {
	for value, want := range map[string]bool{"": false, "1": true, "yes": true, "0": true} {
		if _, ok := kit.Profile(func(string) string { return value }); ok != want {
			t.Errorf("NO_COLOR=%q: got %v", value, ok)
		}
	}
}
