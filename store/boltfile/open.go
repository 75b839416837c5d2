package boltfile

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Open opens an existing or new file as bbolt does, looks at it, and returns an
// ErrRotten for one that bbolt cannot live with. The lock is held when it returns
// a file, and not when it returns an error.
func Open(path string, mode os.FileMode, o bolt.Options) (*bolt.DB, error) {
	var file *os.File
	open := o.OpenFile
	if open == nil {
		open = os.OpenFile
	}
	o.OpenFile = func(name string, flag int, perm os.FileMode) (*os.File, error) {
		f, err := open(name, flag, perm)
		file = f
		return f, err
	}
	for {
		var db *bolt.DB
		err := Guard(func() (err error) {
			db, err = bolt.Open(path, mode, &o)
			return err
		})
		if errors.Is(err, ErrRotten) && file != nil {
			unlock(file) // the map that bbolt left keeps it locked
			file.Close()
		}
		if err != nil {
			return nil, err
		}
		// While this waited for the lock, who held it may have put another file under
		// the name.
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
		if err := Look(db); err != nil {
			db.Close()
			return nil, err
		}
		if !o.ReadOnly {
			os.Remove(path + renewSuffix) // left by a renewal that the power cut
		}
		return db, nil
	}
}
