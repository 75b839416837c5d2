package text

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Keys returns the search key of a record: its texts folded, one a line, which
// Match and Query look through. Readings are looked up while matching, so a key
// costs no more than its text and never goes stale.
func Keys(parts ...string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.ReplaceAll(Fold(p), "\n", " "))
	}
	return b.String()
}

// Match reports whether key, made by Keys, has what query asks for. Whoever
// looks through many keys makes the Query once.
func Match(key, query string) bool { return NewQuery(query).Match(key) }

// Query is something looked for.
type Query struct{ words []sought }

// sought is one word of a query.
type sought struct {
	written string  // as it is written
	text    string  // as it spells pinyin, where v stands for ü
	first   string  // its first character
	starts  *starts // where that is a letter: the characters that it begins
	second  *starts // where the next is one too: the characters that that begins,
	both    *starts // and those of which a reading begins with both
	whole   bool    // it has no sign, and is not too long to be spelled
}

// maxSpelled is the length of the longest word that readings are tried for,
// in bytes; longer ones are found as they are written.
const maxSpelled = 63

// NewQuery reads what a person typed: words parted by spaces, all of which must
// be found.
func NewQuery(s string) Query {
	var q Query
	for _, written := range strings.Fields(strings.NewReplacer("'", "", "’", "").Replace(Fold(s))) {
		t := strings.ReplaceAll(written, "ü", "v")
		_, n := utf8.DecodeRuneInString(t)
		w := sought{written: written, text: t, first: t[:n],
			whole: len(t) <= maxSpelled && t == written && !strings.ContainsFunc(t, isSign)}
		if isLetter(t[0]) {
			w.starts = &startsOf()[t[0]-'a']
			if len(t) > 1 && isLetter(t[1]) {
				w.second, w.both = &startsOf()[t[1]-'a'], w.starts.with(t[:2])
			}
		}
		q.words = append(q.words, w)
	}
	return q
}

// IsEmpty reports whether the query asks for nothing; it then matches all.
func (q Query) IsEmpty() bool { return len(q.words) == 0 }

// Match reports whether every word of the query is in key: as it is written,
// or as consecutive characters each given by itself, by its pinyin or by the
// first letter of it (zh, ch, sh too), the last one's pinyin perhaps unfinished.
// So 张伟华 is found by 张伟, zhangweihua, zhangweih, zwh, 张wh. All readings of a
// character count. Signs between characters do not part them, lines do.
func (q Query) Match(key string) bool {
	for i := range q.words {
		if !q.words[i].in(key) {
			return false
		}
	}
	return true
}

// Shortens reports whether a name may be called short for another: two characters or more
// that stand in it in this order, as 住建局 for 住房和城乡建设局. It fits far more loosely
// than Match, so it is asked where that found nothing.
func Shortens(short, name string) bool {
	left := []rune(Fold(short))
	if len(left) < 2 || slices.ContainsFunc(left, func(r rune) bool { return readingsOf(r) == 0 }) {
		return false
	}
	for _, r := range Fold(name) {
		if len(left) > 0 && r == left[0] {
			left = left[1:]
		}
	}
	return len(left) == 0
}

// in reports whether the word is in key. One without signs is spelled, by itself,
// wherever it is written.
func (w *sought) in(key string) bool {
	if len(w.text) > maxSpelled {
		return strings.Contains(key, w.written)
	}
	return !w.whole && strings.Contains(key, w.written) || w.spelled(key)
}

// isSign reports whether Match passes a character over.
func isSign(r rune) bool { return readingsOf(r) == 0 && !alphanumeric(r) }

// spelled steps through the key once. Bit i of state says that the first i
// bytes of the word are spelled by the characters just before.
func (w *sought) spelled(key string) bool {
	goal := uint64(1) << len(w.text)
	var state uint64
	for i := 0; i < len(key); {
		if state == 0 {
			if i = w.next(key, i); i < 0 {
				return false
			}
		}
		r, n := utf8.DecodeRuneInString(key[i:])
		switch p := readingsOf(r); {
		case r == '\n':
			state = 0
		case p != 0:
			state = stepIdeograph(state|1, w.text, key[i:i+n], p)
		case alphanumeric(r):
			state = stepSame(state|1, w.text, key[i:i+n])
		}
		if state&goal != 0 {
			return true
		}
		i += n
	}
	return false
}

// next returns the place of the first character from i on at which the word may
// begin, -1 if there is none. Nearly all characters of all keys are passed over
// here.
func (w *sought) next(key string, i int) int {
	if w.starts == nil {
		n := strings.Index(key[i:], w.first)
		if n < 0 {
			return -1
		}
		return i + n
	}
	for i < len(key) {
		c := key[i]
		if c < utf8.RuneSelf {
			if c == w.text[0] {
				return i
			}
			i++
			continue
		}
		if c>>4 == 0xE && len(key)-i >= 3 { // as nearly all ideographs are written
			r := rune(c&0xF)<<12 | rune(key[i+1]&0x3F)<<6 | rune(key[i+2]&0x3F)
			if w.starts.has(r) && (w.second == nil || w.both.has(r) || w.goesOn(key[i+3:])) {
				return i
			}
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(key[i:])
		if readingsOf(r).initials()>>(w.text[0]-'a')&1 != 0 {
			return i
		}
		i += n
	}
	return -1
}

// goesOn reports whether the word's second letter can stand for the next
// character.
func (w *sought) goesOn(rest string) bool {
	for _, r := range rest {
		switch {
		case r == '\n':
			return false
		case r < utf8.RuneSelf:
			if alphanumeric(r) {
				return byte(r) == w.text[1]
			}
		case r > 0xFFFF || w.second.has(r):
			return true // or perhaps
		case !isSign(r):
			return false
		}
	}
	return false
}

// starts are the characters of the Basic Multilingual Plane whose readings begin
// with one letter.
type starts [1 << 16 / 64]uint64

func (s *starts) has(r rune) bool { return s[r>>6]>>(r&63)&1 != 0 }

// with returns those of the characters of which a reading begins with a text.
func (s *starts) with(begin string) *starts {
	out := new(starts)
	for i, some := range s {
		for ; some != 0; some &= some - 1 {
			r := rune(i<<6 | bits.TrailingZeros64(some))
			p := readingsOf(r)
			for k := 0; p.syllableID(k) != 0; k++ {
				if strings.HasPrefix(p.syllable(k), begin) {
					out[i] |= 1 << (r & 63)
				}
			}
		}
	}
	return out
}

// startsOf returns the starts of each letter.
var startsOf = sync.OnceValue(func() *[26]starts {
	all := new([26]starts)
	for r := rune(0x3007); r <= 0xFFFF; r++ {
		for letter := range ones(readingsOf(r).initials()) {
			all[letter][r>>6] |= 1 << (r & 63)
		}
	}
	return all
})

// stepSame lets a character be spelled by itself alone.
func stepSame(state uint64, word, char string) (next uint64) {
	for ; state != 0; state &= state - 1 {
		i := bits.TrailingZeros64(state)
		if strings.HasPrefix(word[i:], char) {
			next |= 1 << (i + len(char))
		}
	}
	return next
}

// stepIdeograph lets a character be spelled by itself and by all its readings.
func stepIdeograph(state uint64, word, char string, p readings) (next uint64) {
	initials := p.initials()
	for ; state != 0; state &= state - 1 {
		i := bits.TrailingZeros64(state)
		rest := word[i:]
		if c := rest[0]; c < 'a' || c > 'z' {
			if strings.HasPrefix(rest, char) {
				next |= 1 << (i + len(char))
			}
			continue
		} else if initials>>(c-'a')&1 == 0 {
			continue
		}
		next |= 1<<(i+1) | stepReadings(rest, p)<<i
	}
	return next
}

// stepReadings returns, as bits, how many bytes of rest a reading of p spells
// beyond its first letter.
func stepReadings(rest string, p readings) (next uint64) {
	for k := 0; ; k++ {
		s := p.syllable(k)
		switch {
		case s == "":
			return next
		case strings.HasPrefix(rest, s):
			next |= 1 << len(s)
		case strings.HasPrefix(s, rest):
			next |= 1 << len(rest)
		}
		if len(s) > 2 && s[1] == 'h' && strings.HasPrefix(rest, s[:2]) {
			next |= 1 << 2
		}
	}
}
