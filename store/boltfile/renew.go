package boltfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// After a failed sync the system may forget what it was to write and go on
// showing it. A file whose newest state is such a ghost must not be written to:
// the next commit uses pages that the last state on the disk still needs, and a
// power cut in it leaves neither. So the whole of what is shown is written to
// another file, synced, read back and put in the place of the first.

// renewSuffix names the new file until it is whole.
const renewSuffix = ".renew"

// Doubtful reports whether an error of a Commit may mean that a sync failed, so
// that the disk need not hold what the file shows. A write that was refused, and
// room that was not there, are no such error.
func Doubtful(err error) bool {
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return path.Op == "sync"
	case errors.Is(err, bolterrors.ErrMaxSizeReached):
		return false
	}
	return !strings.Contains(err.Error(), "file resize error") // bbolt has no value for it
}

// Renew writes what db shows to a new file, has check judge it, and puts it in the
// place of the one at path. Db is closed when it returns, however it ends. After
// an error either of the two files stands at path.
func Renew(db *bolt.DB, path string, check func(file string) error) error {
	tmp := path + renewSuffix
	err := copyTo(db, tmp)
	if err == nil {
		err = check(tmp)
	}
	if err == nil && runtime.GOOS == "windows" {
		err = db.Close() // an open file cannot be replaced there
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err == nil {
		err = SyncDir(filepath.Dir(path))
	}
	// Only now: whoever waits for the lock is to find the new file under the name.
	err = errors.Join(err, db.Close())
	if err != nil {
		os.Remove(tmp)
		return fmt.Errorf("renew %s: %w", filepath.Base(path), err)
	}
	return nil
}

func copyTo(db *bolt.DB, tmp string) error {
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(f)
		return err
	})
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// SyncDir makes a rename durable. Windows has no such call and needs none.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
