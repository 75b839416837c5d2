package county

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/sync/wire"
)

// The files of a county's folder.
const (
	LedgerFile = "ledger.db"
	KeyFile    = "county.key"
)

// ErrKey reports a key file that is damaged or of a later format.
var ErrKey = errors.New("county key file is damaged or newer than this program")

const keyFormat = 1

// Key is what makes a server this county: laptops pin its public half. Who has
// the file can pretend to be the county, so backups are kept like keys.
type Key struct {
	sign     ed25519.PrivateKey
	mac      []byte // authenticates stamps
	recovery []byte // public key that laptops seal their data keys to
}

// keyFile is the file's contents.
type keyFile struct {
	Format   int    `codec:"format"`
	Seed     []byte `codec:"seed"`
	MAC      []byte `codec:"mac"`
	Recovery []byte `codec:"recovery"`
}

// NewKey makes a county's key. The recovery key's secret half is not needed
// here and never lies on the server.
func NewKey(random io.Reader, recovery seal.CountyKey) (*Key, error) {
	seed := make([]byte, ed25519.SeedSize+32)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("make county key: %w", err)
	}
	return &Key{sign: ed25519.NewKeyFromSeed(seed[:ed25519.SeedSize]), mac: seed[ed25519.SeedSize:], recovery: recovery.Bytes()}, nil
}

// Private returns the key that the county's end of TLS holds.
func (k *Key) Private() ed25519.PrivateKey { return k.sign }

// Public returns the key that laptops pin.
func (k *Key) Public() ed25519.PublicKey { return k.sign.Public().(ed25519.PublicKey) }

// Fingerprint is what slips name the county by.
func (k *Key) Fingerprint() wire.Fingerprint { return wire.FingerprintOf(k.Public()) }

// ParseKey reads what Encode wrote. Errors wrap ErrKey.
func ParseKey(b []byte) (*Key, error) {
	var f keyFile
	if err := record.Unmarshal(b, &f); err != nil || f.Format != keyFormat || len(f.Seed) != ed25519.SeedSize || len(f.MAC) != 32 {
		return nil, ErrKey
	}
	if _, err := seal.ParseCountyKey(f.Recovery); err != nil {
		return nil, ErrKey
	}
	return &Key{sign: ed25519.NewKeyFromSeed(f.Seed), mac: f.MAC, recovery: f.Recovery}, nil
}

// Encode returns the key file's bytes.
func (k *Key) Encode() ([]byte, error) {
	return record.Marshal(&keyFile{Format: keyFormat, Seed: k.sign.Seed(), MAC: k.mac, Recovery: k.recovery})
}

// ReadKey reads the key file of a county's folder.
func ReadKey(dir string) (*Key, error) {
	b, err := os.ReadFile(filepath.Join(dir, KeyFile))
	if err != nil {
		return nil, fmt.Errorf("read county key: %w", err)
	}
	return ParseKey(b)
}

// WriteKey writes the key file of a county's folder, whole or not at all. It
// refuses to replace one: a county whose key is gone has lost its laptops.
func WriteKey(dir string, k *Key) error {
	b, err := k.Encode()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, KeyFile)
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("write county key: %s: %w", path, os.ErrExist)
	}
	tmp, err := os.CreateTemp(dir, KeyFile+".new-*") // 0600
	if err != nil {
		return fmt.Errorf("write county key: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = settle(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write county key: %w", err)
	}
	return nil
}

// settle renames a synced file and makes the rename durable. Windows cannot
// sync a folder and does not need to.
func settle(tmp, path string) error {
	if err := os.Rename(tmp, path); err != nil || runtime.GOOS == "windows" {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
