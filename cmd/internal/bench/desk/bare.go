//go:build unix

package main

import (
	"encoding/binary"
	"errors"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/seal"
)

func be64(b []byte) uint64 {
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func u64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// boxOf opens what seals a profile's values, with nothing of the store.
func boxOf(db *bolt.DB) (*seal.Box, error) {
	var box *seal.Box
	err := db.View(func(tx *bolt.Tx) error {
		file := tx.Bucket([]byte("m")).Get([]byte("f"))
		return tx.Bucket([]byte("k")).ForEach(func(_, v []byte) error {
			slot, err := seal.DecodeSlot(v)
			if err != nil || slot.Kind != seal.Passphrase {
				return err
			}
			key, err := slot.OpenPassphrase(passphrase, nil)
			if err == nil {
				box = seal.NewBox(key, file)
			}
			return err
		})
	})
	if err == nil && box == nil {
		err = errors.New("no slot of a passphrase")
	}
	return box, err
}

// cpu returns the processor time that this process has had.
func cpu() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
