package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"time"

	"golang.org/x/crypto/argon2"
)

// Params are the cost of deriving a key from a passphrase by Argon2id. They
// are stored in the slot, so that they can rise without locking anybody out.
type Params struct {
	Time    uint32 `json:"time"`    // passes over the memory
	Memory  uint32 `json:"memory"`  // KiB
	Threads uint8  `json:"threads"` //
	// Weak lifts the floor, for tests alone. It is not stored: opening obeys
	// whatever cost the slot states.
	Weak bool `json:"-"`
}

// Default takes about a quarter of a second on a small laptop.
var Default = Params{Time: 3, Memory: 64 << 10, Threads: 4}

// affordable bounds what a forged slot can make a laptop spend: 2 GiB, 64 passes.
func (p Params) affordable() bool {
	return p.Time >= 1 && p.Time <= 64 && p.Threads >= 1 && p.Memory >= 8*uint32(p.Threads) && p.Memory <= 2<<20
}

// strong reports whether p costs at least the default, which is the floor.
func (p Params) strong() bool {
	return p.Weak || p.Time >= Default.Time && p.Memory >= Default.Memory && p.Threads >= 1
}

// PepperSize is the length in bytes of the keyring's part of a key.
const PepperSize = 32

// NewPassphraseSlot wraps key under a passphrase. pepper is PepperSize secret
// bytes from the machine's keyring, or nil where there is none. Params below
// the floor are ErrWeak.
func NewPassphraseSlot(key *DataKey, passphrase string, pepper []byte, p Params, created time.Time) (Slot, error) {
	if !p.affordable() || !p.strong() {
		return Slot{}, ErrWeak
	}
	if pepper != nil && len(pepper) != PepperSize {
		return Slot{}, fmt.Errorf("pepper of %d bytes: %w", len(pepper), ErrNoPepper)
	}
	p.Weak = false
	s := newSlot(Passphrase, created)
	s.Salt, s.Params = newSalt(), &p
	if pepper != nil {
		s.Pepper, s.PepperCheck = true, s.pepperCheck(pepper)
	}
	s.wrap(key, s.stretch(passphrase, pepper))
	return s, nil
}

// OpenPassphrase returns the data key, ErrWrongPassphrase, ErrDamaged, or
// ErrNoPepper when the slot needs a pepper and this one is not it.
func (s Slot) OpenPassphrase(passphrase string, pepper []byte) (*DataKey, error) {
	if err := s.whole(Passphrase); err != nil {
		return nil, err
	}
	if s.Params == nil || !s.Params.affordable() {
		return nil, ErrDamaged
	}
	if !s.Pepper {
		pepper = nil
	} else if len(pepper) != PepperSize || !hmac.Equal(s.PepperCheck, s.pepperCheck(pepper)) {
		return nil, ErrNoPepper
	}
	return s.unwrap(s.stretch(passphrase, pepper))
}

// stretch derives the wrapping key: HKDF of Argon2id's output and the pepper.
func (s *Slot) stretch(passphrase string, pepper []byte) []byte {
	pass := []byte(passphrase)
	stretched := argon2.IDKey(pass, s.Salt, s.Params.Time, s.Params.Memory, s.Params.Threads, keySize)
	secret := append(stretched, pepper...)
	kek := derive(secret, s.Salt, "passphrase")
	clear(pass)
	clear(secret)
	return kek
}

// pepperCheck tells one pepper from another without telling what it is: the
// pepper is random, so nothing can be guessed from it.
func (s *Slot) pepperCheck(pepper []byte) []byte {
	mac := hmac.New(sha256.New, pepper)
	mac.Write(s.Salt)
	return mac.Sum(nil)[:8]
}
