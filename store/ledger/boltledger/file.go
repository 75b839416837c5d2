package boltledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"casedesk/store/boltfile"
	"casedesk/store/ledger"
)

// mapped is the address space set aside at opening, so that a growing file
// need not be mapped again, for which bbolt waits until no View or Backup is
// running. Windows would make the file that large, so there it grows in steps.
func mapped() int {
	if runtime.GOOS == "windows" {
		return 0
	}
	return 8 << 30
}

// openFile opens an existing file, reads all of its pages and looks at its format. A
// server starts seldom, and rows that a rotten page no longer shows would be taken
// for such as never were.
func openFile(path string, opts Options) (db *bolt.DB, err error) {
	err = guard(func() error {
		db, err = boltfile.OpenWhole(path, 0o600, bolt.Options{
			Timeout:         opts.Timeout,
			FreelistType:    bolt.FreelistMapType,
			InitialMmapSize: mapped(),
		})
		if err != nil {
			return translate(err)
		}
		return db.View(checkFormat)
	})
	if err != nil && db != nil {
		db.Close()
		db = nil
	}
	return db, err
}

// checkFormat returns nil when the file is a ledger of this format.
func checkFormat(tx *bolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	if meta == nil || string(meta.Get(keyName)) != fileName {
		return fmt.Errorf("%w: the file is no ledger", ledger.ErrDamaged)
	}
	version, err := strconv.Atoi(string(meta.Get(keyFormat)))
	switch {
	case err != nil || version < 1:
		return fmt.Errorf("%w: format %q", ledger.ErrDamaged, meta.Get(keyFormat))
	case version > format:
		return fmt.Errorf("%w: %d, this program reads up to %d", ledger.ErrNewerFormat, version, format)
	}
	for _, name := range [][]byte{bucketLogs, bucketEntries, bucketFeeds, bucketLines, bucketValues} {
		if tx.Bucket(name) == nil {
			return fmt.Errorf("%w: bucket %s is missing", ledger.ErrDamaged, name)
		}
	}
	return nil
}

// prepare makes sure that a whole file stands at path. An empty file is one
// that lost its contents: bbolt would make a new database of it.
func prepare(path string, opts Options) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.Size() == 0:
		return fmt.Errorf("%w: the file is empty", ledger.ErrDamaged)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist) || opts.MustExist:
		return err
	}
	return create(path)
}

// create makes an empty ledger under another name, syncs it and renames it, so
// that a power cut leaves a whole file or none. Of two programs that create
// the same ledger at once, the later one opens the earlier one's.
func create(path string) error {
	dir := filepath.Dir(path)
	tmp, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := initialise(tmp.Name()); err != nil {
		return translate(err)
	}
	if err := syncPath(tmp.Name()); err != nil {
		return err
	}
	if err := publish(tmp.Name(), path); err != nil {
		return err
	}
	return boltfile.SyncDir(dir)
}

// initialise writes the buckets into the empty file at path.
func initialise(path string) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range [][]byte{bucketMeta, bucketLogs, bucketEntries, bucketFeeds, bucketLines, bucketValues} {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		meta := tx.Bucket(bucketMeta)
		if err := meta.Put(keyName, []byte(fileName)); err != nil {
			return err
		}
		return meta.Put(keyFormat, []byte(strconv.Itoa(format)))
	})
	return errors.Join(err, db.Close())
}

// publish gives the file at tmp its name unless a file of that name has
// appeared meanwhile, which is then kept. File systems without links get a
// rename.
func publish(tmp, path string) error {
	err := os.Link(tmp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return os.Rename(tmp, path)
}

func syncPath(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// isFull reports whether the disk has no room left. bbolt wraps the system's
// error as text where it lets the file grow.
func isFull(err error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

func isDamage(err error) bool {
	for _, damage := range []error{
		bolterrors.ErrInvalid, bolterrors.ErrChecksum, bolterrors.ErrVersionMismatch, bolterrors.ErrInvalidMapping, boltfile.ErrRotten,
	} {
		if errors.Is(err, damage) {
			return true
		}
	}
	return false
}
