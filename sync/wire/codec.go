package wire

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"

	"casedesk/store/record"
)

// dictionary is trained on generated pages of entries. A later one gets another
// file and id; decoders then know both.
//
//go:generate go run ./internal/dictgen -o dictionary-1.zdict
//go:embed dictionary-1.zdict
var dictionary []byte

// Dictionary returns the dictionary that messages are packed with, for who
// compares sizes.
func Dictionary() []byte { return bytes.Clone(dictionary) }

// A frame ends with a checksum, which readers check: bytes that went wrong behind
// TLS, in somebody's memory, are noticed before anything is made of them.
var packer = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary),
		zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithWindowSize(1<<20), zstd.WithEncoderCRC(true))
	if err != nil {
		panic("wire: " + err.Error()) // the dictionary is part of the program
	}
	return e
})

var unpacker = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderDicts(dictionary),
		zstd.WithDecoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithDecoderMaxMemory(MaxMessage), zstd.WithDecoderMaxWindow(MaxMessage))
	if err != nil {
		panic("wire: " + err.Error())
	}
	return d
})

// Encode returns a message as it travels. It returns ErrLimit for one that a
// receiver would refuse.
func Encode(v any) ([]byte, error) {
	plain, err := record.MarshalInto(make([]byte, 0, about(v)), v)
	if err != nil {
		return nil, err
	}
	b := packer().EncodeAll(plain, make([]byte, 0, len(plain)/3+64))
	if len(plain) > MaxMessage || len(b) > MaxPacked {
		return nil, fmt.Errorf("%w: %d bytes, %d unpacked", ErrLimit, len(b), len(plain))
	}
	return b, nil
}

// about is roughly how long a message gets.
func about(v any) int {
	const each, rest = 160, 1 << 10 // of an element besides its bytes, of everything else
	size := rest
	switch v := v.(type) {
	case *Request:
		for i := range v.Up {
			size += each + len(v.Up[i].Raw)
		}
	case *Reply:
		size += each*len(v.Stamps) + len(v.Catalogue)
		for _, f := range v.Feeds {
			for i := range f.Lines {
				size += each + len(f.Lines[i].Raw)
			}
		}
	}
	return size
}

// maxElements bounds the elements of all lists of a message together.
const maxElements = 2 * MaxItems

// Decode reads a message. However well it is packed, no more than MaxMessage
// bytes are unpacked, and no list of more than MaxItems is built. Errors wrap ErrLimit or ErrMalformed.
func Decode(b []byte, v any) error {
	if len(b) > MaxPacked {
		return fmt.Errorf("%w: %d bytes", ErrLimit, len(b))
	}
	plain, err := unpacker().DecodeAll(b, nil)
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return fmt.Errorf("%w: unpacked", ErrLimit)
	case err != nil:
		return fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	if err := record.Bound(plain, MaxItems, maxElements); err != nil {
		return fmt.Errorf("%w: %v", ErrLimit, err)
	}
	if err := record.UnmarshalLenient(plain, v); err != nil {
		return fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	return nil
}
