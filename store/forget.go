package store

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/seal"
)

// Forget makes the profile unreadable for ever, as a county asks of a laptop that
// it revoked: the slots go first, then the keyring's part of the key, then the
// file's bytes are written over and the file, its snapshots, ballast and witness
// removed. What stays is a note of whose word it was, so that whoever opens the
// folder later is told what became of it; it is written first. The store is closed;
// Link and Profile still answer. It refuses with revoked, and does nothing, while
// there is work that the county has not got.
func (s *Store) Forget() error {
	unsent := casework.Refuse(casework.CodeRevoked, "")
	err := s.update(true, func(t *txn) error {
		if t.st.unsent() > 0 {
			return unsent
		}
		if err := s.leaveNote(); err != nil {
			return err
		}
		for _, kind := range []seal.Kind{seal.Passphrase, seal.Recovery, seal.County} {
			if err := t.replaceSlots(kind, nil); err != nil {
				return err
			}
		}
		t.st.BackupSlot = nil
		return nil
	})
	if errors.Is(err, unsent) {
		return err
	}
	s.mu.Lock()
	s.wrote = false // no first pages are kept
	s.mu.Unlock()
	ring := s.opt.Keyring.Delete(s.pepperName())
	err = errors.Join(err, s.Close(), destroy(s.dir))
	s.dropWitness()
	s.dropBallast()
	snapshots, _ := os.ReadDir(s.snapshotDir())
	for _, e := range snapshots {
		err = errors.Join(err, overwrite(s.snapshotDir()+string(os.PathSeparator)+e.Name()))
	}
	os.Remove(s.snapshotDir())
	return refuse(errors.Join(err, ring))
}

// revokedName is the file that stays in the folder of a forgotten profile.
const revokedName = "revoked"

// Revocation is what a folder says of the profile that was in it. It names nobody.
type Revocation struct {
	County string    `json:"county"`
	At     time.Time `json:"at"` // when the profile was forgotten, by the laptop's clock
}

// Revoked reports whether the folder's profile was forgotten because its county
// revoked the laptop. Such a folder takes no other profile.
func Revoked(dir string) (Revocation, bool) {
	data, err := os.ReadFile(filepath.Join(dir, revokedName))
	if err != nil {
		return Revocation{}, false
	}
	var r Revocation
	_ = json.Unmarshal(data, &r) // that the file is there is what counts
	return r, true
}

// wasRevoked refuses a folder whose profile was forgotten.
func wasRevoked(dir string) error {
	if _, gone := Revoked(dir); gone {
		return casework.Refuse(casework.CodeRevoked, WhyForgotten)
	}
	return nil
}

func (s *Store) leaveNote() error {
	r := Revocation{At: s.opt.Clock.Now().UTC().Truncate(time.Second)}
	if county := s.state().County; county != nil {
		r.County = county.Name
	}
	note, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, revokedName), append(note, '\n'), 0o600)
}

// destroy takes a folder's file its name, and then its bytes: one that is half written
// over must not stand under the name of a profile.
func destroy(dir string) error {
	gone := filepath.Join(dir, goneName)
	if err := errors.Join(os.Rename(filepath.Join(dir, fileName), gone), boltfile.SyncDir(dir)); err != nil {
		return err
	}
	return overwrite(gone)
}

// overwrite writes zeros over a file, syncs it and removes it. On disks that move
// data about this is no proof; that the slots are gone is what counts.
func overwrite(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	return errors.Join(err, f.Sync(), f.Close(), os.Remove(path))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
