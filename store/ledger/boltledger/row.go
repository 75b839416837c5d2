package boltledger

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/ledger"
)

// Every row ends with a CRC-32C of its bucket's name, its key and its value. bbolt
// trusts its pages and the ledger does not know what an entry says, so nothing
// else would notice a bit that rotted before somebody acted on it: a head that is
// too high, a line that shows a case to the wrong unit. What leads to the rows has no
// sums: it is looked at when the file is opened, and believed from then on. Files of
// format 1 have no sums, and get none while they are written to; a restored one stays
// what it is.
const sumSize = crc32.Size

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumOf returns the sum of a row.
func sumOf(bucket, key, value []byte) uint32 {
	sum := crc32.Update(crc32.Checksum(bucket, castagnoli), castagnoli, key)
	return crc32.Update(sum, castagnoli, value)
}

// rows reads and writes the rows of one transaction. Values that it returns point
// into the file.
type rows struct {
	tx     *bolt.Tx
	summed bool // by the file's format
}

func rowsOf(tx *bolt.Tx) rows {
	return rows{tx, string(tx.Bucket(bucketMeta).Get(keyFormat)) != "1"}
}

// open takes the sum off a value that was read.
func (r rows) open(bucket, key, value []byte) ([]byte, error) {
	if !r.summed {
		return value, nil
	}
	n := len(value) - sumSize
	if n < 0 || binary.BigEndian.Uint32(value[n:]) != sumOf(bucket, key, value[:n]) {
		return nil, fmt.Errorf("%w: row %x of %s is not what was written", ledger.ErrDamaged, key, bucket)
	}
	return value[:n:n], nil
}

// get returns the value of key, nil when there is none. Where there is none the rows
// on both sides are looked at: one of them may be it, under a key that has rotted.
func (r rows) get(bucket, key []byte) ([]byte, error) {
	c := r.tx.Bucket(bucket).Cursor()
	k, v := c.Seek(key)
	if k == nil {
		return nil, r.sound(bucket, c.Last)
	}
	v, err := r.open(bucket, k, v)
	switch {
	case err != nil:
		return nil, err
	case !bytes.Equal(k, key):
		return nil, r.sound(bucket, c.Prev)
	}
	return v, nil
}

// walk calls fn with the rows from the key from on, in ascending order, until it
// returns false or an error. The row before them is looked at as well, like the
// neighbours of one that is missing.
func (r rows) walk(bucket, from []byte, fn func(key, value []byte) (bool, error)) error {
	c := r.tx.Bucket(bucket).Cursor()
	before := c.Prev
	if k, _ := c.Seek(from); k == nil {
		before = c.Last
	}
	if err := r.sound(bucket, before); err != nil {
		return err
	}
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		v, err := r.open(bucket, k, v)
		if err != nil {
			return err
		}
		if more, err := fn(k, v); !more || err != nil {
			return err
		}
	}
	return nil
}

// sound looks at the row to which step leads, if any.
func (r rows) sound(bucket []byte, step func() (key, value []byte)) error {
	if !r.summed {
		return nil
	}
	k, v := step()
	if k == nil {
		return nil
	}
	_, err := r.open(bucket, k, v)
	return err
}

// put sets key to value, both of which the caller may go on using.
func (r rows) put(bucket, key, value []byte) error {
	row := append(make([]byte, 0, len(value)+sumSize), value...)
	if r.summed {
		row = binary.BigEndian.AppendUint32(row, sumOf(bucket, key, value))
	}
	if err := r.tx.Bucket(bucket).Put(key, row); err != nil {
		return fmt.Errorf("write %s: %w", bucket, translate(err))
	}
	return nil
}
