package boltfile

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"
)

// readWhole is up to which size a file is read whole when it is opened, in bytes.
// That takes some 20 ms at the most, and finds what the branches do not show: an
// element whose length has rotted, which the next save would copy by the gigabyte.
const readWhole = 32 << 20

func size(db *bolt.DB) (n int64) {
	if info, err := os.Stat(db.Path()); err == nil {
		n = info.Size()
	}
	return n
}

// Open opens an existing or new file as bbolt does, looks at it, and returns an
// ErrRotten for one that bbolt cannot live with. The lock is held when it returns
// a file, and not when it returns an error.
func Open(path string, mode os.FileMode, o bolt.Options) (*bolt.DB, error) {
	return open(path, mode, o, func(db *bolt.DB) error { return examine(db, size(db) <= readWhole) })
}

// OpenWhole is Open for a file that is read whole, as Check does, however large.
func OpenWhole(path string, mode os.FileMode, o bolt.Options) (*bolt.DB, error) {
	return open(path, mode, o, Check)
}

func open(path string, mode os.FileMode, o bolt.Options, judge func(*bolt.DB) error) (*bolt.DB, error) {
	var file *os.File
	system := o.OpenFile
	if system == nil {
		system = os.OpenFile
	}
	o.OpenFile = func(name string, flag int, perm os.FileMode) (*os.File, error) {
		f, err := system(name, flag, perm)
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
		if err := judge(db); err != nil {
			db.Close()
			return nil, err
		}
		if !o.ReadOnly {
			os.Remove(path + renewSuffix) // left by a renewal that the power cut
		}
		return db, nil
	}
}
