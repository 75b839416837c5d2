package seal

import (
	"crypto/hpke"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// CountyKey is the public half of a county's recovery key: every laptop that
// enrols seals its data key to it.
type CountyKey struct{ pub hpke.PublicKey }

// CountySecret is the private half. It is written on paper or to a file that is
// carried away, and never lies on the server.
type CountySecret struct{ priv hpke.PrivateKey }

const (
	countyPrefix     = "CDR1-"
	countySecretSize = 32
	countyInfo       = "casedesk/seal/v1/county"
)

// NewCountySecret makes a key pair: ML-KEM-768 with X25519, for what is sealed
// today must still be closed when today's curves are broken.
func NewCountySecret() (CountySecret, error) {
	priv, err := hpke.MLKEM768X25519().GenerateKey()
	if err != nil {
		return CountySecret{}, fmt.Errorf("make county recovery key: %w", err)
	}
	return CountySecret{priv}, nil
}

// String returns the secret as text for paper: CDR1- and fourteen groups of
// four characters, the last of which checks the others.
func (s CountySecret) String() string {
	b, err := s.priv.Bytes()
	if err != nil {
		panic("seal: " + err.Error()) // only for keys held outside this process
	}
	return countyPrefix + writeCode("county", b)
}

// ParseCountySecret reads what String wrote, as leniently as a recovery code.
func ParseCountySecret(text string) (CountySecret, error) {
	text = strings.Map(plainChar, strings.TrimSpace(text))
	// plainChar has already made the prefix's letters plain.
	rest, ok := strings.CutPrefix(text, countyPrefix)
	if !ok {
		return CountySecret{}, fmt.Errorf("no county recovery key: %w", ErrCode)
	}
	b, err := readCode("county", rest, countySecretSize)
	if err != nil {
		return CountySecret{}, err
	}
	priv, err := hpke.MLKEM768X25519().NewPrivateKey(b)
	if err != nil {
		return CountySecret{}, fmt.Errorf("county recovery key: %w", ErrCode)
	}
	return CountySecret{priv}, nil
}

// Public returns the half that laptops are given.
func (s CountySecret) Public() CountyKey { return CountyKey{s.priv.PublicKey()} }

// Bytes returns the public key's encoding, for the county's catalogue or an
// enrolment answer.
func (k CountyKey) Bytes() []byte { return k.pub.Bytes() }

// ParseCountyKey reads what Bytes returned.
func ParseCountyKey(b []byte) (CountyKey, error) {
	pub, err := hpke.MLKEM768X25519().NewPublicKey(b)
	if err != nil {
		return CountyKey{}, fmt.Errorf("county recovery key: %w", ErrCode)
	}
	return CountyKey{pub}, nil
}

// Fingerprint names the key: the first 16 bytes of its SHA-256 in hexadecimal.
func (k CountyKey) Fingerprint() string {
	h := sha256.Sum256(k.Bytes())
	return hex.EncodeToString(h[:16])
}

// NewCountySlot seals key to the county's recovery key.
func NewCountySlot(key *DataKey, county CountyKey, created time.Time) (Slot, error) {
	s := newSlot(County, created)
	s.CountyKey = county.Fingerprint()
	// HPKE's one-shot form takes no associated data; the slot's header goes
	// into info, which binds it as well.
	sealed, err := hpke.Seal(county.pub, hpke.HKDFSHA256(), hpke.AES256GCM(), s.countyInfo(), key.b[:])
	if err != nil {
		return Slot{}, fmt.Errorf("seal to county: %w", err)
	}
	s.Wrapped = sealed
	s.Sum = s.sum()
	return s, nil
}

// OpenCounty returns the data key, ErrWrongPassphrase for another county's key,
// or ErrDamaged.
func (s Slot) OpenCounty(secret CountySecret) (*DataKey, error) {
	if err := s.whole(County); err != nil {
		return nil, err
	}
	return asKey(hpke.Open(secret.priv, hpke.HKDFSHA256(), hpke.AES256GCM(), s.countyInfo(), s.Wrapped))
}

func (s *Slot) countyInfo() []byte { return join([]byte(countyInfo), s.header()) }
