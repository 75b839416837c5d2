// Package seal keeps a laptop's file unreadable to whoever finds it: a random
// data key seals every value, and slots hold that key wrapped for those who may
// open the file (a passphrase, a recovery code on paper, the county's recovery
// key).
//
// Everything secret comes from crypto/rand and never from an injected source:
// a simulation that repeated a nonce would give the key away. What a
// simulation needs to repeat (ids, times) is not made here.
//
// The package knows nothing of cases, files or bbolt; it turns bytes into
// bytes. Package store decides what lies where, and asks the operating
// system's keyring through the Keyring that cmd hands it.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// Suite names a set of algorithms. Numbers are append-only: a file sealed once
// stays readable for ever.
type Suite byte

// Suite1 is SHA-256, HKDF, AES-256-GCM, Argon2id and HPKE with ML-KEM-768 and
// X25519. Suites of SM2, SM3 and SM4 take the next numbers.
const Suite1 Suite = 1

// Errors of opening slots and values. They are compared with errors.Is.
var (
	// ErrWrongPassphrase means that a slot is whole and the passphrase, the
	// recovery code or the county's key does not open it.
	ErrWrongPassphrase = errors.New("seal: wrong passphrase or code")
	// ErrDamaged means that bytes are not what was once sealed at this place.
	ErrDamaged = errors.New("seal: damaged")
	// ErrNewerFormat means that a newer version of the program wrote this.
	ErrNewerFormat = errors.New("seal: newer format")
	// ErrNoPepper means that the slot needs a secret of this machine's keyring
	// that is not there (any more); the recovery code opens the file.
	ErrNoPepper = errors.New("seal: the keyring's part of the key is missing")
	// ErrWeak means that key derivation parameters lie below the floor.
	ErrWeak = errors.New("seal: key derivation parameters below the floor")
	// ErrCode means that a text is no recovery code or key: a typing mistake.
	ErrCode = errors.New("seal: not a valid code")
)

const keySize = 32

// DataKey is the key that seals a file's values. It never leaves memory but
// wrapped in a slot.
type DataKey struct{ b [keySize]byte }

// NewDataKey makes a random data key.
func NewDataKey() *DataKey {
	k := new(DataKey)
	rand.Read(k.b[:]) // never fails: crypto/rand ends the program instead
	return k
}

// Zero wipes the key. Keys derived from it for a Box live on until that Box is
// dropped too.
func (k *DataKey) Zero() { clear(k.b[:]) }

// derive returns a sub-key of secret for one purpose.
func derive(secret, salt []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, salt, "casedesk/seal/v1/"+purpose, keySize)
	if err != nil {
		panic("seal: " + err.Error()) // only for lengths that are constants here
	}
	return key
}

// newAEAD returns AES-256-GCM that writes a fresh random nonce before each
// ciphertext.
func newAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("seal: " + err.Error()) // only for a wrong key length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("seal: " + err.Error())
	}
	return aead
}

// join concatenates parts, each behind its length, so that no two lists of
// parts give the same bytes.
func join(dst []byte, parts ...[]byte) []byte {
	for _, p := range parts {
		dst = binary.AppendUvarint(dst, uint64(len(p)))
		dst = append(dst, p...)
	}
	return dst
}
