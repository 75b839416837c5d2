package text

import (
	_ "embed"
	"sort"
	"strings"
)

//go:generate go run ./internal/pinyingen -o pinyin.bin

// pinyinTable holds the toneless readings of every ideograph, little-endian,
// read in place so that a start pays nothing for it:
//
//	count of syllables, of sets, of rare characters     3 × u16
//	syllables, padded with zeros; the first is none     6 bytes each
//	sets of readings: bits of the first letters (a = 1),
//	then up to five syllables, commonest first           u32 + 5 × u16 each
//	the set of each character U+3400 to U+9FFF           u16 each
//	rare characters and their sets, in order             u24 + u16 each
//
//go:embed pinyin.bin
var pinyinTable string

const (
	denseFrom, denseTo = 0x3400, 0xA000
	syllableBytes      = 6
	readingsPerSet     = 5
	setBytes           = 4 + 2*readingsPerSet
	rareBytes          = 5

	syllablesAt = 6
)

var (
	setsAt  = syllablesAt + syllableBytes*u16(0)
	denseAt = setsAt + setBytes*u16(2)
	rareAt  = denseAt + 2*(denseTo-denseFrom)
	rares   = u16(4)
)

func u16(at int) int { return int(pinyinTable[at]) | int(pinyinTable[at+1])<<8 }

// readings is a place in the table: all toneless readings of one character. 0
// is no readings.
type readings int

// readingsOf finds the readings of r.
func readingsOf(r rune) readings {
	if r >= denseFrom && r < denseTo {
		return readings(u16(denseAt + 2*int(r-denseFrom)))
	}
	if r < 0x3007 {
		return 0
	}
	i := sort.Search(rares, func(i int) bool { return rareAtIndex(i) >= r })
	if i == rares || rareAtIndex(i) != r {
		return 0
	}
	return readings(u16(rareAt + rareBytes*i + 3))
}

func rareAtIndex(i int) rune {
	at := rareAt + rareBytes*i
	return rune(pinyinTable[at]) | rune(pinyinTable[at+1])<<8 | rune(pinyinTable[at+2])<<16
}

// initials returns the first letters of the readings as bits, a being 1.
func (p readings) initials() uint32 {
	at := setsAt + setBytes*int(p)
	return uint32(u16(at)) | uint32(u16(at+2))<<16
}

// syllable returns the i-th reading ("zhang"; ü is v), or "".
func (p readings) syllable(i int) string { return syllable(p.syllableID(i)) }

// syllableID returns the place of the i-th reading in the table of syllables; 0 is
// none.
func (p readings) syllableID(i int) int {
	if i >= readingsPerSet {
		return 0
	}
	return u16(setsAt + setBytes*int(p) + 4 + 2*i)
}

// syllable returns a syllable of the table.
func syllable(id int) string {
	at := syllablesAt + syllableBytes*id
	s := pinyinTable[at : at+syllableBytes]
	if end := strings.IndexByte(s, 0); end >= 0 {
		s = s[:end]
	}
	return s
}

// syllableFrom is where the syllables of each letter begin in their table, and
// behind z where they end.
var syllableFrom = func() (from [27]int) {
	for id := u16(0) - 1; id > 0; id-- {
		from[syllable(id)[0]-'a'] = id
	}
	from[26] = u16(0)
	for i := 25; i >= 0; i-- {
		if from[i] == 0 {
			from[i] = from[i+1] // i, u, v begin none
		}
	}
	return from
}()
