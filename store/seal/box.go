package seal

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"sync"
)

const (
	step       = 64        // sealed values grow in these steps, which hides lengths roughly
	generation = uint16(1) // of the data key; re-keying a file writes the next
	header     = 1 + 2     // suite, generation
	nonceSize  = 12
	tagSize    = 16
)

// Box seals and opens the values of one file and makes its opaque keys. It is
// safe for concurrent use.
type Box struct {
	file   []byte
	aead   cipher.AEAD
	opaque []byte
}

// NewBox derives the value key and the key of opaque names from the data key.
// file is the file's random id, bound to every value, so that a value moved
// into another file does not open there. The data key is not kept.
func NewBox(key *DataKey, file []byte) *Box {
	return &Box{
		file:   append([]byte(nil), file...),
		aead:   newAEAD(derive(key.b[:], file, "values")),
		opaque: derive(key.b[:], file, "names"),
	}
}

// Zero wipes the key of opaque names and drops the value key. The box panics
// when used afterwards.
func (b *Box) Zero() {
	clear(b.opaque)
	b.opaque, b.aead = nil, nil
}

// pads are used again for padding; they hold nothing in between.
var pads = sync.Pool{New: func() any { return new([]byte) }}

// Place names where a value lies: a value opens only at the place it was
// sealed for. schema is the version of the plain bytes' encoding.
func Place(bucket string, key []byte, schema byte) []byte {
	return append(join(make([]byte, 0, len(bucket)+len(key)+5), []byte(bucket), key), schema)
}

// Seal returns suite byte, generation (2 bytes), nonce (12 bytes) and the
// AES-256-GCM ciphertext of plain, padded to a multiple of 64 bytes, bound to
// the file and the place.
func (b *Box) Seal(place, plain []byte) []byte {
	padded := (4 + len(plain) + step - 1) / step * step
	room := pads.Get().(*[]byte)
	defer func() { clear(*room); pads.Put(room) }()
	*room = append(binary.BigEndian.AppendUint32((*room)[:0], uint32(len(plain))), plain...)
	in := append(*room, make([]byte, padded-len(*room))...)
	*room = in
	out := make([]byte, header, header+nonceSize+padded+tagSize)
	out[0] = byte(Suite1)
	binary.BigEndian.PutUint16(out[1:], generation)
	return b.aead.Seal(out, nil, in, b.bind(out[:header], place))
}

// Open returns a copy of what was sealed at place, or ErrDamaged.
func (b *Box) Open(place, sealed []byte) ([]byte, error) {
	if !known(sealed) {
		return nil, ErrDamaged
	}
	return unpad(b.aead.Open(nil, nil, sealed[header:], b.bind(sealed[:header], place)))
}

// known reports whether the head of a sealed value is one that this version
// writes.
func known(sealed []byte) bool {
	return len(sealed) >= header+nonceSize+step+tagSize && sealed[0] == byte(Suite1) &&
		binary.BigEndian.Uint16(sealed[1:]) == generation
}

// unpad takes the plain bytes out of what was opened.
func unpad(in []byte, err error) ([]byte, error) {
	if err != nil || len(in) < 4 {
		return nil, ErrDamaged
	}
	n := binary.BigEndian.Uint32(in)
	if uint64(n) > uint64(len(in)-4) {
		return nil, ErrDamaged
	}
	return in[4 : 4+n : 4+n], nil
}

func (b *Box) bind(head, place []byte) []byte {
	return join(make([]byte, 0, len(head)+len(b.file)+len(place)+4), head, b.file, place)
}

// OpaqueSize is the length in bytes of an opaque key.
const OpaqueSize = 16

// Opaque returns a key that tells nothing about its parts to whoever lacks the
// data key. Equal parts in the same domain give equal keys.
func (b *Box) Opaque(domain string, parts ...[]byte) [OpaqueSize]byte {
	mac := hmac.New(sha256.New, b.opaque)
	mac.Write(join(make([]byte, 0, 64), append([][]byte{[]byte(domain)}, parts...)...))
	var out [OpaqueSize]byte
	copy(out[:], mac.Sum(nil))
	return out
}
