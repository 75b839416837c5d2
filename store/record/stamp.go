package record

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"math"
	"time"

	"casedesk/store/casework"
)

// MACSize is the size of a stamp's authentication code in bytes.
const MACSize = 16

const stampDomain = "casedesk stamp v1\x00"

// MarshalStamp encodes a stamp: an array; times are Unix milliseconds.
func MarshalStamp(s *casework.Stamp) []byte { return encodeStamp(s, s.MAC) }

func encodeStamp(s *casework.Stamp, mac []byte) []byte {
	e := Encoder{make([]byte, 0, 96)}
	e.Array(8)
	e.Bytes(s.Epoch.UUID[:])
	e.Uint(s.N)
	e.Int(unixMilli(s.Received))
	e.Int(unixMilli(s.Effective))
	e.Bool(s.Doubtful)
	e.Uint(uint64(s.Verdict))
	e.Text(string(s.Why))
	e.Bytes(mac)
	return e.B
}

// OpenStamp decodes a stamp.
func OpenStamp(b []byte) (*casework.Stamp, error) {
	d, s := NewDecoder(b), new(casework.Stamp)
	d.Array(8)
	d.Fixed(s.Epoch.UUID[:])
	s.N = d.Uint(math.MaxUint64)
	s.Received, s.Effective = milliTime(d.Int()), milliTime(d.Int())
	s.Doubtful = d.Bool()
	s.Verdict = casework.Verdict(d.Uint(math.MaxUint8))
	s.Why = casework.Why(d.Text())
	s.MAC = bytes.Clone(d.Bytes())
	if err := d.End(); err != nil {
		return nil, fmt.Errorf("stamp: %w", err)
	}
	for _, t := range []time.Time{s.Received, s.Effective} {
		if y := t.Year(); y < 1 || y > 9999 { // in a fold, which keeps times as text, it could not be read again
			return nil, fmt.Errorf("stamp: %w", ErrEncoding)
		}
	}
	if s.N == 0 || s.Epoch.IsZero() || s.Verdict < casework.Admitted || s.Verdict > casework.Copy {
		return nil, fmt.Errorf("stamp: %w", ErrEncoding)
	}
	return s, nil
}

// SignStamp sets the stamp's MAC: with it the county knows a stamp of its own
// when a laptop offers the entry again after a restore, and gives it its old
// place. Nobody else needs to check it: a laptop believes what comes over the
// connection to the county's pinned key.
func SignStamp(key []byte, hash casework.Hash, s *casework.Stamp) {
	s.MAC = stampMAC(key, hash, s)
}

// CheckStamp reports whether the county that holds key made the stamp for the
// entry with that hash.
func CheckStamp(key []byte, hash casework.Hash, s *casework.Stamp) bool {
	return hmac.Equal(stampMAC(key, hash, s), s.MAC)
}

func stampMAC(key []byte, hash casework.Hash, s *casework.Stamp) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(stampDomain))
	m.Write(hash[:])
	m.Write(encodeStamp(s, nil))
	return m.Sum(nil)[:MACSize]
}
