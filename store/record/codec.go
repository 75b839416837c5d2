package record

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/ugorji/go/codec"
)

// ErrEncoding reports bytes that are not what Marshal would have written, or
// not of the shape asked for.
var ErrEncoding = errors.New("record: malformed encoding")

// maxDepth bounds nesting, so that hostile bytes cannot exhaust the stack.
const maxDepth = 16

func handle(strict bool) *codec.CborHandle {
	h := new(codec.CborHandle)
	h.Canonical = true // map keys in the order of their bytes, shortest heads
	h.ErrorIfNoField = strict
	h.ErrorIfNoArrayExpand = strict
	h.RecursiveEmptyCheck = true // an empty slice is empty wherever its memory lies, or equal values would differ
	h.MaxDepth = maxDepth
	h.MaxInitLen = 1024  // a hostile length allocates no more than this ahead of its bytes
	h.TimeRFC3339 = true // as text; times come back in UTC, to the microsecond
	return h
}

var strict, lenient = handle(true), handle(false)

// Marshal encodes v as deterministic CBOR (doc.go says by what rules): equal values give
// equal bytes.
func Marshal(v any) ([]byte, error) {
	room := rooms.Get().(*[]byte)
	b, err := MarshalInto(*room, v)
	out := bytes.Clone(b) // as long as it is: an encoding grows several times before that is known
	if err == nil && cap(b) <= maxRoom {
		clear(b) // it may be somebody's words
		*room = b[:0]
		rooms.Put(room)
	}
	return out, err
}

// rooms are used again for encoding; they hold nothing in between.
var rooms = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }}

const maxRoom = 64 << 10

// MarshalInto is Marshal with memory for the result, which is replaced where it
// does not suffice. What b holds is overwritten.
func MarshalInto(b []byte, v any) ([]byte, error) {
	e := encoders.Get().(*codec.Encoder)
	defer encoders.Put(e)
	e.ResetBytes(&b)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return b, nil
}

// Encoders and decoders are dear to make and are used again.
var (
	encoders = sync.Pool{New: func() any { return codec.NewEncoderBytes(new([]byte), strict) }}
	decoders = map[*codec.CborHandle]*sync.Pool{strict: decodersOf(strict), lenient: decodersOf(lenient)}
)

func decodersOf(h *codec.CborHandle) *sync.Pool {
	return &sync.Pool{New: func() any { return codec.NewDecoderBytes(nil, h) }}
}

// Unmarshal decodes exactly one value. Unknown fields and bytes after the value
// are errors; every error wraps ErrEncoding.
func Unmarshal(b []byte, v any) error { return decode(strict, b, v) }

// UnmarshalLenient is Unmarshal for values of this program's own caches: fields
// that are not known are passed over.
func UnmarshalLenient(b []byte, v any) error { return decode(lenient, b, v) }

func decode(h *codec.CborHandle, b []byte, v any) error {
	d := decoders[h].Get().(*codec.Decoder)
	defer decoders[h].Put(d)
	d.ResetBytes(b)
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("%w: %T: %v", ErrEncoding, v, err)
	}
	if n := d.NumBytesRead(); n != len(b) {
		return fmt.Errorf("%w: %T: %d bytes after the value", ErrEncoding, v, len(b)-n)
	}
	return nil
}
