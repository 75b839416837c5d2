package record

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	"casedesk/store/casework"
)

// MACSize is the size of a stamp's authentication code in bytes.
const MACSize = 16

const stampDomain = "casedesk stamp v1\x00"

// stamp is an array; times are Unix milliseconds.
type stamp struct {
	//lint:ignore U1000 the codec reads it
	_struct             bool `codec:",toarray"`
	Epoch               casework.Epoch
	N                   uint64
	Received, Effective int64
	Doubtful            bool
	Verdict             casework.Verdict
	Why                 casework.Why
	MAC                 []byte
}

// MarshalStamp encodes a stamp.
func MarshalStamp(s *casework.Stamp) ([]byte, error) { return Marshal(wire(s, s.MAC)) }

func wire(s *casework.Stamp, mac []byte) *stamp {
	return &stamp{Epoch: s.Epoch, N: s.N, Received: unixMilli(s.Received), Effective: unixMilli(s.Effective),
		Doubtful: s.Doubtful, Verdict: s.Verdict, Why: s.Why, MAC: mac}
}

// OpenStamp decodes a stamp.
func OpenStamp(b []byte) (*casework.Stamp, error) {
	var s stamp
	if err := Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("stamp: %w", err)
	}
	if s.N == 0 || s.Epoch.IsZero() || s.Verdict < casework.Admitted || s.Verdict > casework.Copy {
		return nil, fmt.Errorf("stamp: %w", ErrEncoding)
	}
	return &casework.Stamp{Epoch: s.Epoch, N: s.N, Received: milliTime(s.Received), Effective: milliTime(s.Effective),
		Doubtful: s.Doubtful, Verdict: s.Verdict, Why: s.Why, MAC: s.MAC}, nil
}

// SignStamp sets the stamp's MAC: with it the county knows a stamp of its own
// when a laptop offers the entry again after a restore, and gives it its old
// place. Nobody else needs to check it: a laptop believes what comes over the
// connection to the county's pinned key.
func SignStamp(key []byte, hash casework.Hash, s *casework.Stamp) error {
	mac, err := stampMAC(key, hash, s)
	s.MAC = mac
	return err
}

// CheckStamp reports whether the county that holds key made the stamp for the
// entry with that hash.
func CheckStamp(key []byte, hash casework.Hash, s *casework.Stamp) bool {
	mac, err := stampMAC(key, hash, s)
	return err == nil && hmac.Equal(mac, s.MAC)
}

func stampMAC(key []byte, hash casework.Hash, s *casework.Stamp) ([]byte, error) {
	b, err := Marshal(wire(s, nil))
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte(stampDomain))
	m.Write(hash[:])
	m.Write(b)
	return m.Sum(nil)[:MACSize], nil
}
