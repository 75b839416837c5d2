package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/seal"
)

// Backup writes a copy of the whole profile to a file while the store stays in
// use, reads all of it back and only then lets it appear under its name, in the
// place of an older one. It returns the size in bytes.
//
// The copy is sealed as the profile is. Its slots need no keyring: it opens with
// the passphrase, the recovery code or the county's key on any machine. Put into
// an empty folder as desk.db it is a profile; that its log may not be continued
// is noticed there.
func (s *Store) Backup(file string) (int64, error) {
	tmp := file + ".tmp"
	size, err := s.backup(tmp)
	if err == nil {
		err = settleFile(tmp, file)
	}
	if err != nil {
		os.Remove(tmp)
		return 0, refuse(fmt.Errorf("backup: %w", err))
	}
	return size, nil
}

func (s *Store) backup(tmp string) (int64, error) {
	os.Remove(tmp)
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	var st state
	err = s.view(func(r reader) error {
		if err := readState(r, &st); err != nil {
			return err
		}
		_, err := r.tx.WriteTo(f)
		return err
	})
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, err
	}
	if err := loosen(tmp, st.BackupSlot); err != nil {
		return 0, err
	}
	if err := s.verify(tmp, &st); err != nil {
		return 0, err
	}
	info, err := os.Stat(tmp)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// loosen puts the slot without a pepper in the place of those with one.
func loosen(file string, backupSlot []byte) error {
	plain, err := seal.DecodeSlot(backupSlot)
	if err != nil {
		return err
	}
	db, err := boltfile.Open(file, 0o600, bolt.Options{Timeout: lockPatience, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		t := &txn{reader: reader{tx: tx}}
		if err := t.replaceSlots(seal.Passphrase, []seal.Slot{plain}); err != nil {
			return err
		}
		return tx.Bucket(bucketMeta).Delete(metaOpen)
	})
	return errors.Join(err, db.Close())
}

// verify reads every page and opens every value of a copy.
func (s *Store) verify(file string, st *state) error {
	db, err := boltfile.Open(file, 0o600, bolt.Options{Timeout: lockPatience, ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := boltfile.Check(db); err != nil {
		return err
	}
	return boltfile.View(db, func(tx *bolt.Tx) error {
		r := reader{s.box, tx}
		var got state
		if err := readState(r, &got); err != nil {
			return err
		}
		if got.Serial != st.Serial {
			return fmt.Errorf("copy of another moment: %w", seal.ErrDamaged)
		}
		return eachBucket(tx, func(name []byte, b *bolt.Bucket) error {
			err := b.ForEach(func(k, v []byte) error {
				_, err := s.box.Open(seal.Place(string(name), k, valueSchema), v)
				return err
			})
			if err != nil {
				return fmt.Errorf("bucket %s: %w", name, err)
			}
			return nil
		})
	})
}

// keptSnapshots is how many snapshots a folder keeps.
const keptSnapshots = 3

func (s *Store) snapshotDir() string { return filepath.Join(s.dir, "snapshots") }

// Snapshot backs up into a folder under the moment's name and drops all but the
// newest three snapshots there. An empty folder name means "snapshots" beside
// the profile's file.
func (s *Store) Snapshot(dir string) (file string, err error) {
	if dir == "" {
		dir = s.snapshotDir()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", refuse(err)
	}
	name := "desk-" + s.opt.Clock.Now().UTC().Format("20060102T150405.000") + ".db"
	file = filepath.Join(dir, name)
	if _, err := s.Backup(file); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return file, refuse(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "desk-") && strings.HasSuffix(e.Name(), ".db") && e.Name() != name {
			names = append(names, e.Name())
		}
	}
	// os.ReadDir sorts, so the oldest come first; the clock may have been set
	// back, so the new one is not among those that can go.
	for len(names) > keptSnapshots-1 {
		os.Remove(filepath.Join(dir, names[0]))
		names = names[1:]
	}
	return file, nil
}
