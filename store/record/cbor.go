package record

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The forms that everything else is made of — entries, stamps, and what a store
// keeps of them — are written and read by hand: they are most of what travels
// and lies, and their arrays never change. Encoder and Decoder know just that
// part of CBOR (RFC 8949) that they need: unsigned and negative integers, byte
// and text strings, arrays, booleans; definite lengths, shortest heads. So every
// value has one encoding.

// The major types of CBOR.
const (
	majorUint  = 0
	majorNeg   = 1
	majorBytes = 2
	majorText  = 3
	majorArray = 4
)

const (
	codeFalse = 0xf4
	codeTrue  = 0xf5
)

// Encoder appends values to its bytes.
type Encoder struct{ B []byte }

func (e *Encoder) head(major byte, n uint64) {
	major <<= 5
	switch {
	case n < 24:
		e.B = append(e.B, major|byte(n))
	case n <= math.MaxUint8:
		e.B = append(e.B, major|24, byte(n))
	case n <= math.MaxUint16:
		e.B = binary.BigEndian.AppendUint16(append(e.B, major|25), uint16(n))
	case n <= math.MaxUint32:
		e.B = binary.BigEndian.AppendUint32(append(e.B, major|26), uint32(n))
	default:
		e.B = binary.BigEndian.AppendUint64(append(e.B, major|27), n)
	}
}

// Array begins an array of n elements.
func (e *Encoder) Array(n int) { e.head(majorArray, uint64(n)) }

// Uint appends an unsigned integer.
func (e *Encoder) Uint(n uint64) { e.head(majorUint, n) }

// Int appends an integer.
func (e *Encoder) Int(n int64) {
	if n < 0 {
		e.head(majorNeg, uint64(-1-n))
		return
	}
	e.head(majorUint, uint64(n))
}

// Bool appends a truth value.
func (e *Encoder) Bool(v bool) {
	if v {
		e.B = append(e.B, codeTrue)
		return
	}
	e.B = append(e.B, codeFalse)
}

// Bytes appends a byte string.
func (e *Encoder) Bytes(b []byte) { e.head(majorBytes, uint64(len(b))); e.B = append(e.B, b...) }

// Text appends a text string.
func (e *Encoder) Text(s string) { e.head(majorText, uint64(len(s))); e.B = append(e.B, s...) }

// Decoder reads values off its bytes. The first value that is not what was asked
// for, or not in its one encoding, ends it: all that is read after that is zero,
// and Err tells. What it returns points into the bytes, unless said otherwise.
type Decoder struct {
	b   []byte
	err error
}

// NewDecoder returns a Decoder of b.
func NewDecoder(b []byte) *Decoder { return &Decoder{b: b} }

// Err returns an error that wraps ErrEncoding when something was malformed.
func (d *Decoder) Err() error { return d.err }

// End is Err, and refuses bytes after the last value.
func (d *Decoder) End() error {
	if d.err == nil && len(d.b) > 0 {
		d.fail("bytes after the value")
	}
	return d.err
}

func (d *Decoder) fail(what string) {
	if d.err == nil {
		d.err = fmt.Errorf("%w: %s", ErrEncoding, what)
	}
	d.b = nil
}

// head reads the head of a value of a major type.
func (d *Decoder) head(major byte) uint64 {
	if len(d.b) == 0 || d.b[0]>>5 != major {
		d.fail("another value was expected")
		return 0
	}
	n, size := uint64(d.b[0]&31), 0
	switch {
	case n < 24:
		d.b = d.b[1:]
		return n
	case n <= 27:
		size = 1 << (n - 24)
	}
	if size == 0 || len(d.b) <= size {
		d.fail("a head that is cut off, or without a length")
		return 0
	}
	var wide [8]byte
	copy(wide[8-size:], d.b[1:1+size])
	n = binary.BigEndian.Uint64(wide[:])
	if size == 1 && n < 24 || size > 1 && n>>(4*size) == 0 {
		d.fail("a head that is not the shortest")
		return 0
	}
	d.b = d.b[1+size:]
	return n
}

// Array reads the head of an array of exactly n elements.
func (d *Decoder) Array(n int) {
	if got := d.head(majorArray); d.err == nil && got != uint64(n) {
		d.fail("an array of another length")
	}
}

// List reads the head of an array of up to most elements and returns their
// number. Each element takes a byte at least, so no more are promised than are
// there.
func (d *Decoder) List(most int) int {
	n := d.head(majorArray)
	if n > uint64(most) || n > uint64(len(d.b)) {
		d.fail("too long a list")
		return 0
	}
	return int(n)
}

// Uint reads an unsigned integer of up to most.
func (d *Decoder) Uint(most uint64) uint64 {
	n := d.head(majorUint)
	if n > most {
		d.fail("too large a number")
		return 0
	}
	return n
}

// Int reads an integer.
func (d *Decoder) Int() int64 {
	negative := len(d.b) > 0 && d.b[0]>>5 == majorNeg
	major := byte(majorUint)
	if negative {
		major = majorNeg
	}
	n := d.head(major)
	if n > math.MaxInt64 {
		d.fail("too large a number")
		return 0
	}
	if negative && d.err == nil {
		return -1 - int64(n)
	}
	return int64(n)
}

// Bool reads a truth value.
func (d *Decoder) Bool() bool {
	if len(d.b) == 0 || d.b[0] != codeFalse && d.b[0] != codeTrue {
		d.fail("a truth value was expected")
		return false
	}
	v := d.b[0] == codeTrue
	d.b = d.b[1:]
	return v
}

func (d *Decoder) string(major byte) []byte {
	n := d.head(major)
	if n > uint64(len(d.b)) {
		d.fail("a string that is cut off")
		return nil
	}
	s := d.b[:n:n]
	d.b = d.b[n:]
	return s
}

// Bytes reads a byte string; nil when it is empty.
func (d *Decoder) Bytes() []byte {
	if b := d.string(majorBytes); len(b) > 0 {
		return b
	}
	return nil
}

// Text reads a text string, as a copy.
func (d *Decoder) Text() string { return string(d.string(majorText)) }

// Fixed reads a byte string of exactly the length of into.
func (d *Decoder) Fixed(into []byte) {
	if b := d.string(majorBytes); d.err == nil && len(b) != len(into) {
		d.fail("a byte string of another length")
	} else {
		copy(into, b)
	}
}
