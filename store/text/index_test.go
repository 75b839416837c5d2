package text_test

import (
	"strings"
	"testing"

	"casedesk/store/text"
)

// Ensure an index never hides a key that matches, and calls none certain that does
// not, whatever the keys and the queries are.
func TestIndex_Random(t *testing.T) {
	rng := newRand(t)
	syllables := strings.Fields("zhang wei hua li na chang pai shui gou zh sh w l z x y qi an nv")
	common := []rune("张伟华李娜排水沟长单解乐重西安吕某、，。 -1387zwxé\n〇𬭚")
	word := func(n int) string {
		var b strings.Builder
		for range 1 + rng.IntN(n) {
			switch rng.IntN(4) {
			case 0:
				b.WriteString(pick(rng, syllables...))
			case 1:
				b.WriteString(hostile(rng, 2))
			default:
				b.WriteRune(common[rng.IntN(len(common))])
			}
		}
		return b.String()
	}
	for range 40 {
		x, keys := text.NewIndex(), make([]string, text.IndexKeys)
		for i := range keys {
			if keys[i] = text.Keys(word(30), word(10)); i%3 > 0 {
				keys[i] = text.Keys(word(4))
			}
			x.Add(i, keys[i])
		}
		for range 200 {
			typed := word(5)
			if from := []rune(keys[rng.IntN(len(keys))]); len(from) > 0 && rng.IntN(2) == 0 { // a part of a key
				at := rng.IntN(len(from))
				typed = string(from[at:min(len(from), at+1+rng.IntN(4))])
			}
			q := text.NewQuery(typed)
			may, must := x.Find(q)
			for i, key := range keys {
				is := q.Match(key)
				if is && !may.Has(i) {
					t.Fatalf("%+q is hidden from %+q", key, typed)
				}
				if !is && must.Has(i) {
					t.Fatalf("%+q is certain for %+q and does not match", key, typed)
				}
			}
		}
	}
}

// Ensure an index leaves few keys to look at where a word is rare.
func TestIndex_Find(t *testing.T) {
	x := text.NewIndex()
	for i := range text.IndexKeys {
		key := text.Keys("双方因排水沟走向发生争执，经劝说未果")
		if i == 7 {
			key = text.Keys("张伟华称魑魅横行")
		}
		x.Add(i, key)
	}
	for _, typed := range []string{"魑魅", "张伟华", "chimei", "zhangwei", "zhwh", "cmhx", "chi魅"} {
		may, _ := x.Find(text.NewQuery(typed))
		n := 0
		for i := range text.IndexKeys {
			if may.Has(i) {
				n++
			}
		}
		if n != 1 || !may.Has(7) {
			t.Errorf("%s: %d keys", typed, n)
		}
	}
}
