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
		db, err = boltfile.OpenWhole(path, 0, bolt.Options{
			ReadOnly: true, PreLoadFreelist: true, FreelistType: bolt.FreelistMapType, Timeout: time.Second,
		})
		if err != nil {
			return translate(err)
		}
		if err := short(path, db); err != nil {
			return err
		}
		return db.View(func(tx *bolt.Tx) error {
			if err := checkFormat(tx); err != nil {
				return err
			}
			return rowsOf(tx).verify(&sum)
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

func (r rows) verify(sum *Summary) error {
	if err := r.verifyLogs(sum); err != nil {
		return err
	}
	if err := r.verifyFeeds(sum); err != nil {
		return err
	}
	return r.walk(bucketValues, nil, func(k, v []byte) (bool, error) {
		sum.Values++
		return true, nil
	})
}

// verifyLogs compares every log's row with the run that its entries make.
func (r rows) verifyLogs(sum *Summary) error {
	found := map[uint32]logRow{}
	err := r.walk(bucketEntries, nil, func(k, v []byte) (bool, error) {
		e, err := decodeEntry(casework.LogID{}, k, v)
		if err != nil {
			return false, err
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
		return true, nil
	})
	if err != nil {
		return err
	}
	err = r.walk(bucketLogs, nil, func(k, v []byte) (bool, error) {
		row, err := decodeLogRow(v)
		if err != nil {
			return false, err
		}
		if found[row.ordinal] != row {
			return false, fmt.Errorf("%w: head of log %x is not its last entry", ledger.ErrDamaged, k)
		}
		sum.Logs++
		delete(found, row.ordinal)
		return true, nil
	})
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: entries of %d logs without a head", ledger.ErrDamaged, len(found))
	}
	return err
}

// verifyFeeds compares every feed's row with its lines, which have no gaps.
func (r rows) verifyFeeds(sum *Summary) error {
	found := map[uint32]feedRow{}
	err := r.walk(bucketLines, nil, func(k, v []byte) (bool, error) {
		if len(k) != placeSize {
			return false, fmt.Errorf("%w: line key of %d bytes", ledger.ErrDamaged, len(k))
		}
		ordinal, n := splitPlace(k)
		if n != found[ordinal].head+1 {
			return false, fmt.Errorf("%w: line %d of feed %d follows line %d", ledger.ErrDamaged, n, ordinal, found[ordinal].head)
		}
		sum.Lines++
		found[ordinal] = feedRow{ordinal, n}
		return true, nil
	})
	if err != nil {
		return err
	}
	err = r.walk(bucketFeeds, nil, func(k, v []byte) (bool, error) {
		row, err := decodeFeedRow(v)
		if err != nil {
			return false, err
		}
		if found[row.ordinal] != row {
			return false, fmt.Errorf("%w: head of feed %q is not its last line", ledger.ErrDamaged, k)
		}
		sum.Feeds++
		delete(found, row.ordinal)
		return true, nil
	})
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: lines of %d feeds without a head", ledger.ErrDamaged, len(found))
	}
	return err
}
