package seal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Kind tells who opens a slot. Kinds are append-only.
type Kind string

const (
	// Passphrase opens with the person's passphrase and, where Pepper is set,
	// a secret of the machine's keyring.
	Passphrase Kind = "passphrase"
	// Recovery opens with the code on paper.
	Recovery Kind = "recovery"
	// County opens with the private half of the county's recovery key.
	County Kind = "county"
)

// slotFormat is the newest encoding of a slot that this version reads.
const slotFormat = 1

// maxSlot bounds an encoded slot in bytes; the county's, with its HPKE
// encapsulation, takes about 2 KiB.
const maxSlot = 16 << 10

// Slot is the data key wrapped for one way of opening the file. It holds no
// secret. Every field is bound to the wrapped key.
type Slot struct {
	Format  int       `json:"format"`
	ID      string    `json:"id"`   // 16 random bytes in hexadecimal
	Kind    Kind      `json:"kind"` //
	Suite   Suite     `json:"suite"`
	Created time.Time `json:"created"` // whole seconds, UTC
	// Salt feeds the derivation of the wrapping key; empty for County.
	Salt []byte `json:"salt,omitempty"`
	// Params are the cost of a passphrase's derivation; nil for other kinds.
	Params *Params `json:"params,omitempty"`
	// Pepper tells whether the keyring's secret is needed, and PepperCheck
	// whether the one found there is the right one.
	Pepper      bool   `json:"pepper,omitempty"`
	PepperCheck []byte `json:"pepper_check,omitempty"`
	// CountyKey is the fingerprint of the county's recovery key; County only.
	CountyKey string `json:"county_key,omitempty"`
	Wrapped   []byte `json:"wrapped"`
	// Sum tells a damaged slot from a wrong passphrase.
	Sum []byte `json:"sum"`
}

func newSlot(kind Kind, created time.Time) Slot {
	var id [16]byte
	rand.Read(id[:])
	return Slot{
		Format: slotFormat, ID: hex.EncodeToString(id[:]), Kind: kind,
		Suite: Suite1, Created: created.UTC().Truncate(time.Second),
	}
}

func newSalt() []byte {
	salt := make([]byte, 16)
	rand.Read(salt)
	return salt
}

// header is the bytes of everything but the wrapped key, the same for ever.
func (s *Slot) header() []byte {
	num := func(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
	var p Params
	if s.Params != nil {
		p = *s.Params
	}
	pepper := []byte{0}
	if s.Pepper {
		pepper[0] = 1
	}
	return join(nil, num(uint64(s.Format)), []byte(s.ID), []byte(s.Kind), []byte{byte(s.Suite)},
		num(uint64(s.Created.Unix())), s.Salt, num(uint64(p.Time)), num(uint64(p.Memory)), num(uint64(p.Threads)),
		pepper, s.PepperCheck, []byte(s.CountyKey))
}

func (s *Slot) sum() []byte {
	h := sha256.Sum256(join([]byte("casedesk/slot/sum"), s.header(), s.Wrapped))
	return h[:16]
}

// wrap puts the data key into the slot under a wrapping key.
func (s *Slot) wrap(key *DataKey, kek []byte) {
	s.Wrapped = newAEAD(kek).Seal(nil, nil, key.b[:], s.header())
	s.Sum = s.sum()
}

// unwrap takes the data key out. The slot is known to be whole, so a failure
// means a wrong wrapping key.
func (s *Slot) unwrap(kek []byte) (*DataKey, error) {
	return asKey(newAEAD(kek).Open(nil, nil, s.Wrapped, s.header()))
}

func asKey(plain []byte, err error) (*DataKey, error) {
	if err != nil || len(plain) != keySize {
		return nil, ErrWrongPassphrase
	}
	k := new(DataKey)
	copy(k.b[:], plain)
	clear(plain)
	return k, nil
}

// whole reports whether the slot is of the wanted kind and undamaged.
func (s *Slot) whole(kind Kind) error {
	if s.Kind != kind || s.Suite != Suite1 || !bytes.Equal(s.Sum, s.sum()) {
		return ErrDamaged
	}
	return nil
}

// Encode returns the slot's encoded form.
func (s Slot) Encode() []byte {
	out, err := json.Marshal(s)
	if err != nil {
		panic("seal: " + err.Error()) // only for types that JSON lacks, or a year past 9999
	}
	return out
}

// DecodeSlot reads an encoded slot. It returns ErrNewerFormat for a format,
// kind or suite of a later version, and ErrDamaged for anything else that
// Encode does not write.
func DecodeSlot(data []byte) (Slot, error) {
	if len(data) > maxSlot {
		return Slot{}, fmt.Errorf("slot of %d bytes: %w", len(data), ErrDamaged)
	}
	var head struct {
		Format int   `json:"format"`
		Kind   Kind  `json:"kind"`
		Suite  Suite `json:"suite"`
	}
	if err := json.Unmarshal(data, &head); err != nil || head.Format < 1 {
		return Slot{}, fmt.Errorf("read slot: %w", ErrDamaged)
	}
	if head.Format > slotFormat || head.Suite > Suite1 {
		return Slot{}, fmt.Errorf("slot format %d, suite %d: %w", head.Format, head.Suite, ErrNewerFormat)
	}
	var s Slot
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return Slot{}, fmt.Errorf("read slot: %w", ErrDamaged)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Slot{}, fmt.Errorf("bytes after a slot: %w", ErrDamaged)
	}
	s.Created = s.Created.UTC()
	if err := s.whole(s.Kind); err != nil {
		return Slot{}, err
	}
	if s.Params != nil && !s.Params.affordable() {
		return Slot{}, fmt.Errorf("slot cost: %w", ErrDamaged)
	}
	return s, nil
}
