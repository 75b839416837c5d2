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

// Ensure that a name is found by what people call it for short: characters of it in their
// order, at least two, and no letters.
func TestShortens(t *testing.T) {
	for _, tt := range []struct {
		short, name string
		want        bool
	}{
		{"住建局", "紫金县住房和城乡建设局", true},
		{"住建", "江东新区住房建设部门", true},
		{"人社局", "紫金县人力资源和社会保障局", true},
		{"住建局", "江东新区住房建设部门", false},
		{"建住", "住房和城乡建设局", false},
		{"住", "住房和城乡建设局", false},
		{"zj", "zjj", false},
		{"住 建", "住房和城乡建设局", false},
		{"", "住房", false},
	} {
		if got := text.Shortens(tt.short, tt.name); got != tt.want {
			t.Errorf("%q for %q: %t", tt.short, tt.name, got)
		}
	}
}
