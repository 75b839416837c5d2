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
	if err := Look(db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
