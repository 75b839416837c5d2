package text

import (
	"math/bits"
	"slices"
)

// Pairs are pairs of characters that follow each other in a text, each once; at most 64.
type Pairs [][2]rune

// PairsOf returns the first pairs of a key, made by Keys, as an Index marks them.
func PairsOf(key string, most int) Pairs {
	var out Pairs
	eachPair(key, func(pair [2]rune) bool {
		if !slices.Contains(out, pair) {
			out = append(out, pair)
		}
		return len(out) < min(most, 64)
	})
	return out
}

// In counts how many of the pairs are in a key.
func (p Pairs) In(key string) (n int) {
	var found uint64
	eachPair(key, func(pair [2]rune) bool {
		if i := slices.Index(p, pair); i >= 0 && i < 64 {
			found |= 1 << i
		}
		return true
	})
	return bits.OnesCount64(found)
}

// Count adds to each key's count how many of the pairs it may have: some keys are
// said to have one that they lack, none to lack one that it has.
func (x *Index) Count(p Pairs, counts *[IndexKeys]uint8) {
	for _, pair := range p {
		for i, some := range x.marks[charPair(pair[0], pair[1])] {
			for ; some != 0; some &= some - 1 {
				counts[i*64+bits.TrailingZeros64(some)]++
			}
		}
	}
}

func eachPair(key string, fn func([2]rune) bool) {
	var before rune
	for _, r := range key {
		switch {
		case r == '\n':
			before = 0
			continue
		case isSign(r):
			continue
		}
		if before != 0 && !fn([2]rune{before, r}) {
			return
		}
		before = r
	}
}
