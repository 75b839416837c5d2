package text

import (
	"iter"
	"math/bits"
	"unicode/utf8"
)

// IndexKeys is how many keys an Index speaks of.
const IndexKeys = 256

// Index says quickly which of a few hundred keys a query cannot match. For each of
// a fixed number of marks it holds the set of keys that have it: pairs of
// characters, pairs of letters that spell, whole syllables. A query needs some
// marks; keys without them need not be looked at. Pairs of characters share sets,
// so a key that has them all must still be matched.
//
// What stands in it is only ever added to: it takes as much memory for one word as
// for many, 521 bytes a key.
type Index struct{ marks []Set }

// Set is a set of an Index's keys.
type Set [IndexKeys / 64]uint64

// Has reports whether key i is in the set.
func (s *Set) Has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }

// Add puts key i into the set.
func (s *Set) Add(i int) { s[i/64] |= 1 << (i % 64) }

// And leaves what is in both sets.
func (s *Set) And(o *Set) {
	for i := range s {
		s[i] &= o[i]
	}
}

// Or adds what is in the other set.
func (s *Set) Or(o *Set) {
	for i := range s {
		s[i] |= o[i]
	}
}

// Everything is the set of all keys.
func Everything() Set { return everything }

var everything = Set{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

// The marks: pairs of characters by a hash, then pairs of letters, then syllables.
const (
	charPairs   = 3072
	letters     = 26
	letterPairs = charPairs
	syllables   = letterPairs + letters*letters
)

var marks = syllables + u16(0)

// NewIndex makes an index of no keys.
func NewIndex() *Index { return &Index{make([]Set, marks)} }

func charPair(a, b rune) int {
	return int((uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA77) >> 8 % charPairs)
}

func letterPair(a, b byte) int { return letterPairs + letters*int(a-'a') + int(b-'a') }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// Add adds a key, made by Keys, as number i.
func (x *Index) Add(i int, key string) {
	var before rune // 0: the key or a line begins
	var first uint32
	for _, r := range key {
		p := readingsOf(r)
		switch {
		case r == '\n':
			before = 0
			continue
		case isSign(r):
			continue // signs do not part characters
		}
		initials := p.initials()
		if r >= 'a' && r <= 'z' {
			initials = 1 << (r - 'a')
		}
		for k := 0; k < readingsPerSet; k++ {
			id := p.syllableID(k)
			if id == 0 {
				break
			}
			x.marks[syllables+id].Add(i)
			if s := p.syllable(k); len(s) > 1 {
				x.marks[letterPair(s[0], s[1])].Add(i)
			}
		}
		if before != 0 {
			x.marks[charPair(before, r)].Add(i)
			x.addLetters(i, first, initials)
		}
		before, first = r, initials
	}
}

// addLetters marks that characters which begin with any of some letters follow
// each other.
func (x *Index) addLetters(i int, first, second uint32) {
	for a := range ones(first) {
		for b := range ones(second) {
			x.marks[letterPair('a'+byte(a), 'a'+byte(b))].Add(i)
		}
	}
}

// Find returns which keys may match a query, and which of them certainly do.
func (x *Index) Find(q Query) (may, must Set) {
	may, must = everything, everything
	for _, w := range q.words {
		if w.written == w.text { // what is written otherwise than it spells may stand anywhere
			set := x.word(w.text)
			may.And(&set)
		}
		if t := w.written; len(t) != 2 || !isLetter(t[0]) || !isLetter(t[1]) {
			must = Set{} // only pairs of letters are known for certain
		}
	}
	must.And(&may)
	return may, must
}

// word returns which keys may have a word as Match finds it. From its end to its
// start it works out which keys may spell the rest of the word from there on,
// where a character begins there.
func (x *Index) word(w string) Set {
	if len(w) > maxSpelled {
		w = w[:maxSpelled]
		for !utf8.ValidString(w) {
			w = w[:len(w)-1]
		}
	}
	var from [maxSpelled + 1]Set
	from[len(w)] = everything
	for i := len(w) - 1; i >= 0; i-- {
		if utf8.RuneStart(w[i]) {
			from[i] = x.rest(w[i:], from[i:])
		}
	}
	return from[0]
}

// rest is one step of word: from are the sets for what is left after so many
// bytes.
func (x *Index) rest(w string, from []Set) Set {
	r, n := utf8.DecodeRuneInString(w)
	set := from[n]
	if !isLetter(w[0]) {
		next, _ := utf8.DecodeRuneInString(w[n:])
		if len(w) > n && !isLetter(w[n]) && !isSign(r) && !isSign(next) {
			set.And(&x.marks[charPair(r, next)])
		}
		return set
	}
	if len(w) > 1 && w[1] == 'h' && (w[0] == 'z' || w[0] == 'c' || w[0] == 's') {
		set.Or(&from[2])
	}
	for id := syllableFrom[w[0]-'a']; id < syllableFrom[w[0]-'a'+1]; id++ {
		s := syllable(id)
		switch {
		case len(s) >= len(w):
			if s[:len(w)] == w {
				set.Or(&x.marks[syllables+id])
			}
		case w[:len(s)] == s:
			both := x.marks[syllables+id]
			both.And(&from[len(s)])
			set.Or(&both)
		}
	}
	if len(w) > 1 && isLetter(w[1]) {
		set.And(&x.marks[letterPair(w[0], w[1])])
	}
	return set
}

// ones yields the places of the bits that are set.
func ones(n uint32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; n != 0; n &= n - 1 {
			if !yield(bits.TrailingZeros32(n)) {
				return
			}
		}
	}
}
