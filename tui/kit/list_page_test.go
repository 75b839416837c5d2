package kit_test

import (
	"testing"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that a page key shows another page at once, with the cursor where it was on the
// screen, that no row between two pages is passed over, and that the last press goes to the
// very end.
func TestList_Page(t *testing.T) {
	var l kit.List
	l.SetLen(25)
	l.SetHeight(10)
	for i, want := range []struct {
		key      string
		top, cur int
	}{
		{"pgdown", 9, 9}, {"pgdown", 15, 18}, {"pgdown", 15, 24}, {"pgdown", 15, 24},
		{"pgup", 6, 15}, {"pgup", 0, 6}, {"pgup", 0, 0},
		{"down", 0, 1}, {"down", 0, 2}, {"pgdown", 9, 11}, {"pgup", 0, 2},
	} {
		l.Update(tuitest.Key(want.key))
		if l.Top() != want.top || l.Cursor() != want.cur {
			t.Fatalf("%d, %s: top %d, cursor %d, not %d and %d", i, want.key, l.Top(), l.Cursor(), want.top, want.cur)
		}
	}
	l.SetLen(3) // all are seen: the ends
	l.Update(tuitest.Key("pgdown"))
	if l.Cursor() != 2 || l.Top() != 0 {
		t.Errorf("top %d, cursor %d of 3 rows", l.Top(), l.Cursor())
	}
}
