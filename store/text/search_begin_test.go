package text_test

import (
	"testing"
	"unicode/utf8"

	"casedesk/store/text"
)

// Ensure that a match by the letters of readings begins at each character that
// begins with them, wherever it stands: the quick search for beginnings passes
// none over.
func TestMatch_Beginnings(t *testing.T) {
	rng := newRand(t)
	for range 3000 {
		before := text.Keys(hostile(rng, 8))
		signs := pick(rng, "", "、", " ", "，。", "-")
		for _, c := range []struct{ name, query string }{
			{"张" + signs + "伟华", "zwh"}, {"张" + signs + "伟", "zhangwei"}, {"排水" + signs + "沟", "psg"}, {"z" + signs + "伟", "zw"}, {"伟" + signs + "z9", "wz9"},
		} {
			if key := before + c.name + text.Keys(hostile(rng, 4)); utf8.ValidString(key) && !text.Match(key, c.query) {
				t.Fatalf("%+q is not found by %s", key, c.query)
			}
		}
	}
}
