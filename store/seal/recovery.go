package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
)

// RecoveryCode is the secret that is printed once at set-up and opens the file
// without a passphrase and without a keyring: 120 random bits.
type RecoveryCode struct{ b [recoverySize]byte }

const (
	recoverySize = 15 // 120 bits: 24 characters
	checkSize    = 4  // characters, 20 bits
)

// NewRecoveryCode makes a random code.
func NewRecoveryCode() RecoveryCode {
	var c RecoveryCode
	rand.Read(c.b[:])
	return c
}

// String returns 24 characters of Crockford's base 32 and 4 that check them, in
// seven groups of four: what stands on paper.
func (c RecoveryCode) String() string { return writeCode("recovery", c.b[:]) }

// ParseRecoveryCode reads a typed code. Case, spaces and hyphens do not matter,
// full-width letters count, O is read as 0, and I and L as 1. A typing mistake
// is ErrCode.
func ParseRecoveryCode(s string) (RecoveryCode, error) {
	b, err := readCode("recovery", s, recoverySize)
	if err != nil {
		return RecoveryCode{}, err
	}
	var c RecoveryCode
	copy(c.b[:], b)
	return c, nil
}

// NewRecoverySlot wraps key under a recovery code. The code is random and long
// enough that it needs no stretching.
func NewRecoverySlot(key *DataKey, code RecoveryCode, created time.Time) Slot {
	s := newSlot(Recovery, created)
	s.Salt = newSalt()
	s.wrap(key, derive(code.b[:], s.Salt, "recovery"))
	return s
}

// OpenRecovery returns the data key, ErrWrongPassphrase or ErrDamaged.
func (s Slot) OpenRecovery(code RecoveryCode) (*DataKey, error) {
	if err := s.whole(Recovery); err != nil {
		return nil, err
	}
	return s.unwrap(derive(code.b[:], s.Salt, "recovery"))
}

// crockford leaves out I, L, O and U, which people misread.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// writeCode writes b and its check characters in groups of four.
func writeCode(domain string, b []byte) string {
	chars := toBase32(b) + checkChars(domain, b)
	var out strings.Builder
	for i, c := range chars {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteRune(c)
	}
	return out.String()
}

// readCode reads what writeCode wrote for size bytes.
func readCode(domain, s string, size int) ([]byte, error) {
	chars := (size*8 + 4) / 5
	digits := make([]byte, 0, chars+checkSize)
	for _, r := range s {
		switch r = plainChar(r); {
		case r == ' ' || r == '-':
			continue
		case len(digits) == chars+checkSize:
			return nil, fmt.Errorf("too long: %w", ErrCode)
		}
		i := strings.IndexRune(crockford, r)
		if i < 0 {
			return nil, fmt.Errorf("character %q: %w", r, ErrCode)
		}
		digits = append(digits, byte(i))
	}
	if len(digits) != chars+checkSize {
		return nil, fmt.Errorf("%d characters of %d: %w", len(digits), chars+checkSize, ErrCode)
	}
	b := fromBase32(digits[:chars], size)
	// The check covers b; the written form is unique, so bits left over in the
	// last character must be zero.
	want := toBase32(b) + checkChars(domain, b)
	for i, d := range digits {
		if crockford[d] != want[i] {
			return nil, fmt.Errorf("check characters: %w", ErrCode)
		}
	}
	return b, nil
}

// plainChar undoes what input methods and eyes do to a letter.
func plainChar(r rune) rune {
	switch {
	case r >= '！' && r <= '～': // full-width forms
		r -= '！' - '!'
	case r == '\u3000', r == '\t', r == '\n', r == '\r':
		return ' '
	case r == '–', r == '—', r == '－':
		return '-'
	}
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return r
}

func checkChars(domain string, b []byte) string {
	h := sha256.Sum256(join([]byte("casedesk/code"), []byte(domain), b))
	return toBase32(h[:3])[:checkSize]
}

func toBase32(b []byte) string {
	var out strings.Builder
	var acc, bits uint
	for _, c := range b {
		acc, bits = acc<<8|uint(c), bits+8
		for bits >= 5 {
			bits -= 5
			out.WriteByte(crockford[acc>>bits&31])
		}
	}
	if bits > 0 {
		out.WriteByte(crockford[acc<<(5-bits)&31])
	}
	return out.String()
}

func fromBase32(digits []byte, size int) []byte {
	out := make([]byte, 0, size)
	var acc, bits uint
	for _, d := range digits {
		acc, bits = acc<<5|uint(d), bits+5
		if bits >= 8 && len(out) < size {
			bits -= 8
			out = append(out, byte(acc>>bits))
		}
	}
	return out
}
