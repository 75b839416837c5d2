package kit_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that the cursor stays among the rows and in sight whatever happens to
// the number of rows and of lines.
func TestList_Random(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewSource(seed))
	keys := []string{"up", "down", "pgup", "pgdown", "home", "end"}
	var l kit.List
	n, h := 0, 0
	for range 5000 {
		switch rng.Intn(6) {
		case 0:
			n = rng.Intn(60)
			l.SetLen(n)
		case 1:
			h = rng.Intn(25)
			l.SetHeight(h)
		case 2:
			l.Select(rng.Intn(80) - 10)
		default:
			l.Update(tuitest.Key(keys[rng.Intn(len(keys))]))
		}
		lines := l.Lines(20, true, func(i, w int) string { return fmt.Sprintf("第%d件", i) })
		if len(lines) != min(n, h) {
			t.Fatalf("%d rows in %d lines: drew %d", n, h, len(lines))
		}
		if n == 0 {
			if l.Cursor() != -1 {
				t.Fatalf("cursor is %d of none", l.Cursor())
			}
			continue
		}
		screen, cursor := kit.PlaceCursor(strings.Join(lines, "\n"))
		if h > 0 && (cursor == nil || !strings.HasPrefix(kit.Bare(strings.Split(screen, "\n")[cursor.Y]), fmt.Sprintf("> 第%d件", l.Cursor()))) {
			t.Fatalf("cursor %v is not on row %d of\n%s", cursor, l.Cursor(), screen)
		}
	}
}

// A key and a drawing of a list must cost the same whatever its length.
func BenchmarkList(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var l kit.List
			l.SetLen(n)
			l.SetHeight(20)
			down := tuitest.Key("pgdown")
			b.ReportAllocs()
			for b.Loop() {
				if l.Cursor() == n-1 {
					l.Select(0)
				}
				l.Update(down)
				l.Lines(80, true, func(i, w int) string {
					return kit.Fit("绿 3天", 8) + kit.Fit("李家与王家因排水沟争吵", 40) + "龙窝镇"
				})
			}
		})
	}
}

// A key in a form that is filled in, the screen drawn after it.
func BenchmarkForm(b *testing.B) {
	d := &desk{form: kit.NewForm(seat, "intake", intake())}
	d.w, d.h = 80, 24
	d.form.Set("facts", kit.Value{Text: strings.Repeat("两家共用一条排水沟，王家堵沟。\n", 100)})
	d.form.Focus("title")
	b.ReportAllocs()
	for b.Loop() {
		d.take(tuitest.Key("张"))
		d.take(tuitest.Key("backspace"))
		d.View()
	}
}
