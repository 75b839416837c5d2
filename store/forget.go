package store

import (
	"errors"
	"io"
	"os"

	"casedesk/store/seal"
)

// Forget makes the profile unreadable for ever, as a county asks of a laptop that
// it revoked: the slots go first, then the keyring's part of the key, then the
// file's bytes are written over and the file, its snapshots, ballast and witness
// removed. The store is closed. What was not handed in is lost; the caller sees to
// it before.
func (s *Store) Forget() error {
	err := s.update(true, func(t *txn) error {
		for _, kind := range []seal.Kind{seal.Passphrase, seal.Recovery, seal.County} {
			if err := t.replaceSlots(kind, nil); err != nil {
				return err
			}
		}
		t.st.BackupSlot = nil
		return nil
	})
	s.mu.Lock()
	s.wrote = false // no first pages are kept
	s.mu.Unlock()
	ring := s.opt.Keyring.Delete(s.pepperName())
	err = errors.Join(err, s.Close(), overwrite(s.path()))
	s.dropWitness()
	s.dropBallast()
	snapshots, _ := os.ReadDir(s.snapshotDir())
	for _, e := range snapshots {
		err = errors.Join(err, overwrite(s.snapshotDir()+string(os.PathSeparator)+e.Name()))
	}
	os.Remove(s.snapshotDir())
	return refuse(errors.Join(err, ring))
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
