// Package renew puts a database file on the disk anew after the disk failed.
//
// After a failed sync the system may forget what it was to write and go on
// showing it. A file whose newest state is such a ghost must not be written to:
// the next commit uses pages that the last state on the disk still needs, and a
// power cut in it leaves neither. So the whole of what is shown is written to
// another file, synced, read back and put in the place of the first. Both of the
// project's databases do it: a laptop's profile and a county's ledger.
package renew

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

// suffix names the new file until it is whole.
const suffix = ".renew"

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

// Open opens a file as bbolt does. While it waited for the lock, the process that
// held it may have put another file under the name; then that one is opened.
func Open(path string, mode os.FileMode, o *bolt.Options) (*bolt.DB, error) {
	with := *o
	open := o.OpenFile
	if open == nil {
		open = os.OpenFile
	}
	var file *os.File
	with.OpenFile = func(name string, flag int, perm os.FileMode) (_ *os.File, err error) {
		file, err = open(name, flag, perm)
		return file, err
	}
	for {
		db, err := bolt.Open(path, mode, &with)
		if err != nil {
			return nil, err
		}
		opened, err := file.Stat()
		if err != nil {
			return nil, errors.Join(err, db.Close())
		}
		if named, err := os.Stat(path); err == nil && !os.SameFile(opened, named) {
			if err := db.Close(); err != nil {
				return nil, err
			}
			continue
		}
		os.Remove(path + suffix) // left by a renewal that the power cut
		return db, nil
	}
}

// File writes what db shows to a new file, has check judge it, and puts it in the
// place of the one at path. Db is closed when it returns, however it ends. After
// an error either of the two files stands at path.
func File(db *bolt.DB, path string, check func(file string) error) error {
	tmp := path + suffix
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
		err = syncDir(filepath.Dir(path))
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

// syncDir makes a rename durable. Windows has no such call and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
