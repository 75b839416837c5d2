package text

import (
	"math/bits"
	"strings"
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
type Query struct{ words []asked }

// asked is a word of a query as it is written, and as it spells pinyin, where v
// stands for ü.
type asked struct{ written, spelled string }

// maxSpelled is the length of the longest word that readings are tried for,
// in bytes; longer ones are found as they are written.
const maxSpelled = 63

// NewQuery reads what a person typed: words parted by spaces, all of which must
// be found.
func NewQuery(s string) Query {
	var q Query
	for _, w := range strings.Fields(strings.NewReplacer("'", "", "’", "").Replace(Fold(s))) {
		q.words = append(q.words, asked{w, strings.ReplaceAll(w, "ü", "v")})
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
	for _, w := range q.words {
		if !strings.Contains(key, w.written) && !spelled(key, w.spelled) {
			return false
		}
	}
	return true
}

// spelled steps through the key once. Bit i of state says that the first i
// bytes of the word are spelled by the characters just before.
func spelled(key, word string) bool {
	if len(word) > maxSpelled {
		return false
	}
	goal := uint64(1) << len(word)
	var state uint64
	for i, r := range key {
		if state == 0 && !mayStart(word[0], key[i], r) {
			continue
		}
		switch p := readingsOf(r); {
		case r == '\n':
			state = 0
		case p != 0:
			state = stepIdeograph(state|1, word, key[i:i+utf8.RuneLen(r)], p)
		case alphanumeric(r):
			state = stepSame(state|1, word, key[i:i+utf8.RuneLen(r)])
		}
		if state&goal != 0 {
			return true
		}
	}
	return false
}

// mayStart reports whether a word that begins with the byte first can begin at
// the character r, whose first byte is c. Nearly all characters end here.
func mayStart(first, c byte, r rune) bool {
	if c == first {
		return true
	}
	return r >= 0x3007 && first >= 'a' && first <= 'z' && readingsOf(r).initials()>>(first-'a')&1 != 0
}

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
