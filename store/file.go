package store

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/seal"
)

// Files of a profile's folder.
const (
	fileName    = "desk.db"
	ballastName = "ballast"
)

// formatVersion is the newest layout of the file that this version reads.
const formatVersion = 1

// lockPatience is how long opening waits for another window to let go.
const lockPatience = 3 * time.Second

// allocStep is by how much the file grows at a time, in bytes.
const allocStep = 1 << 20

func (s *Store) path() string { return filepath.Join(s.dir, fileName) }

// openBolt opens the file with every default that keeps data safe: each commit
// is synced, the free list too.
func openBolt(path string, o Options) (*bolt.DB, error) {
	db, err := boltfile.Open(path, 0o600, bolt.Options{
		Timeout: lockPatience, FreelistType: bolt.FreelistMapType, MaxSize: o.MaxSize,
		InitialMmapSize: mapSize(o), OpenFile: o.OpenFile, NoStatistics: true,
	})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	db.AllocSize = allocStep
	return db, nil
}

// mapSize leaves a bounded file unmapped beyond its bound, which bbolt would
// otherwise refuse.
func mapSize(o Options) int {
	if o.MaxSize > 0 {
		return 0
	}
	return initialMap
}

// readFormat checks that the file is one of ours and returns its id.
func readFormat(db *bolt.DB) (file []byte, err error) {
	err = boltfile.View(db, func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketMeta)
		if b == nil {
			return fmt.Errorf("no profile in the file: %w", seal.ErrDamaged)
		}
		version := b.Get(metaFormat)
		if len(version) != 2 {
			return fmt.Errorf("format: %w", seal.ErrDamaged)
		}
		if v := binary.BigEndian.Uint16(version); v > formatVersion {
			return fmt.Errorf("format %d: %w", v, seal.ErrNewerFormat)
		}
		file = append(file, b.Get(metaFile)...)
		for _, name := range buckets {
			if tx.Bucket(name) == nil {
				return fmt.Errorf("bucket %s: %w", name, seal.ErrDamaged)
			}
		}
		return nil
	})
	return file, err
}

// layOut makes the buckets of a new file.
func layOut(tx *bolt.Tx, file []byte) error {
	for _, name := range buckets {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	b := tx.Bucket(bucketMeta)
	if err := b.Put(metaFormat, binary.BigEndian.AppendUint16(nil, formatVersion)); err != nil {
		return err
	}
	return b.Put(metaFile, file)
}

// settleFile makes a finished file appear under its name, whole or not at all:
// bbolt syncs neither a file's first pages in order nor the folder.
func settleFile(tmp, path string) error {
	f, err := os.OpenFile(tmp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return boltfile.SyncDir(filepath.Dir(path))
}

// layBallast writes the ballast file if it is not there. Its content is random,
// so that no file system stores it for less. That it cannot be written is no
// reason to refuse anything.
func (s *Store) layBallast() {
	path := filepath.Join(s.dir, ballastName)
	if s.opt.Ballast <= 0 {
		return
	}
	if info, err := os.Stat(path); err == nil && info.Size() == s.opt.Ballast {
		return
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return
	}
	_, err = io.CopyN(f, rand.NewChaCha8([32]byte{}), s.opt.Ballast)
	if cerr := f.Close(); err != nil || cerr != nil {
		os.Remove(path)
	}
}

// dropBallast frees the ballast's room; it reports whether there was any.
func (s *Store) dropBallast() bool {
	return os.Remove(filepath.Join(s.dir, ballastName)) == nil
}

// CheckFile reads every page of a profile's file without its key and returns
// the first fault. A damaged file can end the process that maps it, so a program
// calls this in a child process after a desk did not end in order.
func CheckFile(dir string) error {
	path := filepath.Join(dir, fileName)
	if _, err := os.Stat(path); err != nil {
		return refuse(err)
	}
	db, err := boltfile.Open(path, 0o600, bolt.Options{Timeout: lockPatience, ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		return refuse(err)
	}
	defer db.Close()
	if _, err := readFormat(db); err != nil {
		return refuse(err)
	}
	return refuse(boltfile.Check(db))
}
