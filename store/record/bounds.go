package record

import (
	"encoding/binary"
	"fmt"
)

// Bound refuses bytes that would take far more memory decoded than they are
// long: an empty map is one byte, but as an element of a list it becomes a whole
// struct. No array of b may have more than each elements, and all arrays
// together no more than all; nothing may be nested deeper than maxDepth, tags
// counted, for the codec follows what it passes over on its stack without a bound.
// What is only malformed is left to decoding. Errors wrap ErrTooLarge.
func Bound(b []byte, each, all int) error {
	var open [maxDepth]uint64 // how much is to come of each value that b is within
	deep := 0
	for left := all; len(b) > 0; {
		major, n, rest := head(b)
		b = rest
		within := uint64(0)
		switch {
		case n == indefinite && major >= 2 && major <= 5:
			return fmt.Errorf("%w: a value without a length", ErrTooLarge)
		case major == 2 || major == 3: // bytes, text
			b = b[min(n, uint64(len(b))):]
		case major == 4:
			if n > uint64(each) || n > uint64(left) {
				return fmt.Errorf("%w: a list of %d", ErrTooLarge, n)
			}
			left -= int(n)
			within = n
		case major == 5: // a map
			within = 2 * min(n, uint64(len(b)))
		case major == 6: // a tag
			within = 1
		}
		if within > 0 {
			if deep == maxDepth {
				return fmt.Errorf("%w: nested too deep", ErrTooLarge)
			}
			open[deep] = within
			deep++
			continue
		}
		for deep > 0 {
			if open[deep-1]--; open[deep-1] > 0 {
				break
			}
			deep-- // it has ended, and is one of those that it is within
		}
	}
	return nil
}

// indefinite is the length of what does not tell one. Nobody writes that here.
const indefinite = ^uint64(0)

// head splits the head of a CBOR item from what follows it.
func head(b []byte) (major byte, n uint64, rest []byte) {
	major, n = b[0]>>5, uint64(b[0]&31)
	b = b[1:]
	switch {
	case n < 24:
		return major, n, b
	case n > 27:
		return major, indefinite, b
	}
	size := 1 << (n - 24)
	if len(b) < size {
		return major, indefinite, nil
	}
	var wide [8]byte
	copy(wide[8-size:], b)
	return major, binary.BigEndian.Uint64(wide[:]), b[size:]
}
