package wire

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
)

// Code is a slip's one-time secret.
type Code [10]byte

// Fingerprint is the first half of the SHA-256 of a county's public key: what a
// laptop knows of it before it has met it.
type Fingerprint [16]byte

// FingerprintOf returns the fingerprint of a key.
func FingerprintOf(key ed25519.PublicKey) Fingerprint {
	sum := sha256.Sum256(key)
	return Fingerprint(sum[:16])
}

// String returns f in lower-case hexadecimal.
func (f Fingerprint) String() string { return hex.EncodeToString(f[:]) }

// Slip is what a county prints for a person who enrols a laptop.
type Slip struct {
	Code   Code
	County Fingerprint
	// Address is the county's, as "https://host" or "https://host:port".
	Address string
}

// The text form is CDS1- and groups of five characters: Crockford's base 32,
// which has no I, L, O and U, of the code, the fingerprint, the address without
// its scheme, and three bytes of a checksum.
const (
	slipPrefix   = "CDS1"
	slipAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	slipScheme   = "https://"
	slipSum      = 3
	slipFixed    = len(Code{}) + len(Fingerprint{}) + slipSum
	maxAddress   = 255
)

// String returns the slip as one line.
func (s Slip) String() string {
	b := append(append([]byte{}, s.Code[:]...), s.County[:]...)
	b = append(b, strings.TrimPrefix(s.Address, slipScheme)...)
	b = append(b, slipCheck(b)...)
	var text strings.Builder
	text.WriteString(slipPrefix)
	for i, c := range toBase32(b) {
		if i%5 == 0 {
			text.WriteByte('-')
		}
		text.WriteByte(c)
	}
	return text.String()
}

// ParseSlip reads a slip as a person types it: letters of either case, O for 0,
// I or L for 1, with or without dashes and spaces. Errors wrap ErrSlip.
func ParseSlip(text string) (Slip, error) {
	var s Slip
	plain := strings.Map(slipChar, strings.TrimSpace(text))
	rest, ok := strings.CutPrefix(plain, slipPrefix)
	if !ok {
		return s, fmt.Errorf("%w: it does not begin with %s", ErrSlip, slipPrefix)
	}
	if len(rest) > 2*(slipFixed+maxAddress) {
		return s, fmt.Errorf("%w: too long", ErrSlip)
	}
	b, ok := fromBase32(rest)
	if !ok || len(b) <= slipFixed {
		return s, fmt.Errorf("%w: characters are missing or do not belong", ErrSlip)
	}
	b, sum := b[:len(b)-slipSum], b[len(b)-slipSum:]
	if string(slipCheck(b)) != string(sum) {
		return s, fmt.Errorf("%w: a character is mistyped", ErrSlip)
	}
	s.Address = slipScheme + string(b[copy(s.County[:], b[copy(s.Code[:], b):])+len(s.Code):])
	return s, CheckAddress(s.Address)
}

// CheckAddress returns nil for an address that a slip can hold.
func CheckAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || address != slipScheme+u.Host ||
		len(u.Host) > maxAddress || u.Hostname() == "" {
		return fmt.Errorf("%w: address %q is not of the form https://host:port", ErrSlip, address)
	}
	return nil
}

func slipCheck(b []byte) []byte {
	sum := sha256.Sum256(append([]byte("casedesk slip v1\x00"), b...))
	return sum[:slipSum]
}

// slipChar makes a typed character plain, and drops what only sets groups apart.
func slipChar(r rune) rune {
	if r >= '！' && r <= '～' { // full-width twins, as input methods type them
		r -= '！' - '!'
	}
	switch {
	case r >= 'a' && r <= 'z':
		r -= 'a' - 'A'
	case r == '-' || r == ' ' || r == '　' || r == '\t' || r == '–' || r == '—' || r == '‐':
		return -1
	}
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return r
}

func toBase32(b []byte) []byte {
	var out []byte
	var acc, bits uint
	for _, c := range b {
		acc, bits = acc<<8|uint(c), bits+8
		for ; bits >= 5; bits -= 5 {
			out = append(out, slipAlphabet[acc>>(bits-5)&31])
		}
	}
	if bits > 0 {
		out = append(out, slipAlphabet[acc<<(5-bits)&31])
	}
	return out
}

// fromBase32 refuses characters outside the alphabet, a length that toBase32
// does not make, and bits after the last byte.
func fromBase32(text string) ([]byte, bool) {
	var out []byte
	var acc, bits uint
	for _, c := range text {
		v := strings.IndexRune(slipAlphabet, c)
		if v < 0 {
			return nil, false
		}
		acc, bits = acc<<5|uint(v), bits+5
		if bits >= 8 {
			bits -= 8
			out = append(out, byte(acc>>bits))
		}
	}
	return out, bits < 5 && acc&(1<<bits-1) == 0
}
