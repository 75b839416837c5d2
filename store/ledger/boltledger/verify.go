package boltledger

import (
	"errors"
	"fmt"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// Summary counts what a verified ledger holds.
type Summary struct {
	Logs     int
	Entries  int // branches included
	Branches int
	Feeds    int
	Lines    int
	Values   int
}

// Verify opens the file at path for reading alone, a backup most likely, reads
// every row of it and judges whether heads, rows and pages agree. It returns an
// ErrDamaged that names the first fault; ErrBusy while a server has the file.
// What entries say is not looked at: the county verifies chains and signatures.
func Verify(path string) (Summary, error) {
	var sum Summary
	info, err := os.Stat(path)
	if err == nil && info.Size() == 0 {
		err = fmt.Errorf("%w: the file is empty", ledger.ErrDamaged)
	}
	if err != nil {
		return sum, fmt.Errorf("verify ledger: %w", err)
	}
	var db *bolt.DB
	err = guard(func() (err error) {
		db, err = boltfile.Open(path, 0, bolt.Options{
			ReadOnly: true, PreLoadFreelist: true, FreelistType: bolt.FreelistMapType, Timeout: time.Second,
		})
		if err != nil {
			return translate(err)
		}
		if err := short(path, db); err != nil {
			return err
		}
		if err := boltfile.Check(db); err != nil {
			return err
		}
		return db.View(func(tx *bolt.Tx) error {
			if err := checkFormat(tx); err != nil {
				return err
			}
			return walk(tx, &sum)
		})
	})
	if db != nil {
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		return sum, fmt.Errorf("verify ledger: %w", err)
	}
	return sum, nil
}

// short finds a file that was cut off: its pages are more than its bytes.
func short(path string, db *bolt.DB) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return db.View(func(tx *bolt.Tx) error {
		if tx.Size() > info.Size() {
			return fmt.Errorf("%w: %d bytes of %d are there", ledger.ErrDamaged, info.Size(), tx.Size())
		}
		return nil
	})
}

func walk(tx *bolt.Tx, sum *Summary) error {
	if err := walkLogs(tx, sum); err != nil {
		return err
	}
	if err := walkFeeds(tx, sum); err != nil {
		return err
	}
	return tx.Bucket(bucketValues).ForEach(func(k, v []byte) error {
		sum.Values++
		return nil
	})
}

// walkLogs compares every log's row with the run that its entries make.
func walkLogs(tx *bolt.Tx, sum *Summary) error {
	found := map[uint32]logRow{}
	err := tx.Bucket(bucketEntries).ForEach(func(k, v []byte) error {
		e, err := decodeEntry(casework.LogID{}, k, v)
		if err != nil {
			return err
		}
		sum.Entries++
		ordinal, _ := splitPlace(k)
		row := found[ordinal]
		row.ordinal = ordinal
		if e.Branch {
			sum.Branches++
		} else {
			row.top = e.Seq
			if e.Seq == row.seq+1 {
				row.seq, row.hash = e.Seq, e.Hash
			}
		}
		found[ordinal] = row
		return nil
	})
	if err != nil {
		return err
	}
	err = tx.Bucket(bucketLogs).ForEach(func(k, v []byte) error {
		row, err := decodeLogRow(v)
		if err != nil {
			return err
		}
		if found[row.ordinal] != row {
			return fmt.Errorf("%w: head of log %x is not its last entry", ledger.ErrDamaged, k)
		}
		sum.Logs++
		delete(found, row.ordinal)
		return nil
	})
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: entries of %d logs without a head", ledger.ErrDamaged, len(found))
	}
	return err
}

// walkFeeds compares every feed's row with its lines, which have no gaps.
func walkFeeds(tx *bolt.Tx, sum *Summary) error {
	found := map[uint32]feedRow{}
	err := tx.Bucket(bucketLines).ForEach(func(k, v []byte) error {
		if len(k) != placeSize {
			return fmt.Errorf("%w: line key of %d bytes", ledger.ErrDamaged, len(k))
		}
		ordinal, n := splitPlace(k)
		if n != found[ordinal].head+1 {
			return fmt.Errorf("%w: line %d of feed %d follows line %d", ledger.ErrDamaged, n, ordinal, found[ordinal].head)
		}
		sum.Lines++
		found[ordinal] = feedRow{ordinal, n}
		return nil
	})
	if err != nil {
		return err
	}
	err = tx.Bucket(bucketFeeds).ForEach(func(k, v []byte) error {
		row, err := decodeFeedRow(v)
		if err != nil {
			return err
		}
		if found[row.ordinal] != row {
			return fmt.Errorf("%w: head of feed %q is not its last line", ledger.ErrDamaged, k)
		}
		sum.Feeds++
		delete(found, row.ordinal)
		return nil
	})
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: lines of %d feeds without a head", ledger.ErrDamaged, len(found))
	}
	return err
}
