package boltledger

import (
	"encoding/binary"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// The file's buckets. Every log and feed gets an ordinal, a number in order of
// first appearance, and keys begin with it, not with the 16 random bytes of an
// id: keys are half as long, and a page of entries lands on the last pages of
// its log. An entry costs 4.5 us at 10,000 and 5.4 us at a million of them
// (BenchmarkAppend: 500 a commit, 200 logs in turn).
//
//	meta     "format" → version                        "name" → what file this is
//	logs     log id → ordinal u32, seq u64, hash, top u64
//	entries  ordinal u32, seq u64 [, hash of a branch] → hash, uvarint len, stamp, raw
//	feeds    feed name → ordinal u32, last number u64
//	lines    ordinal u32, number u64 → line
//	values   key → value
//
// All integers of keys are big-endian, so that byte order is number order. Every
// value ends with a sum of its row (row.go), but for those of meta.
var (
	bucketMeta    = []byte("meta")
	bucketLogs    = []byte("logs")
	bucketEntries = []byte("entries")
	bucketFeeds   = []byte("feeds")
	bucketLines   = []byte("lines")
	bucketValues  = []byte("values")

	keyFormat = []byte("format")
	keyName   = []byte("name")
)

// fileName stands in the file, so that another program's bbolt is not taken
// for a ledger.
const fileName = "casedesk ledger"

// format is the version of the layout above. Format 1 has no sums, and meta counts
// its ordinals under "logs" and "feeds". A change that an earlier program could not
// read gets the next number.
const format = 2

const (
	placeSize  = 4 + 8
	branchSize = placeSize + len(casework.Hash{})
)

// place is the key of number n of the log or feed with this ordinal.
func place(ordinal uint32, n uint64) []byte {
	k := make([]byte, placeSize, branchSize)
	binary.BigEndian.PutUint32(k, ordinal)
	binary.BigEndian.PutUint64(k[4:], n)
	return k
}

// splitPlace undoes place for the first bytes of k.
func splitPlace(k []byte) (ordinal uint32, n uint64) {
	return binary.BigEndian.Uint32(k), binary.BigEndian.Uint64(k[4:])
}

// logRow is a value of the logs bucket.
type logRow struct {
	ordinal uint32
	seq     uint64
	hash    casework.Hash
	top     uint64
}

const logRowSize = 4 + 8 + len(casework.Hash{}) + 8

func (r logRow) encode() []byte {
	b := make([]byte, 0, logRowSize)
	b = binary.BigEndian.AppendUint32(b, r.ordinal)
	b = binary.BigEndian.AppendUint64(b, r.seq)
	b = append(b, r.hash[:]...)
	return binary.BigEndian.AppendUint64(b, r.top)
}

func decodeLogRow(b []byte) (r logRow, err error) {
	if len(b) != logRowSize {
		return r, fmt.Errorf("%w: log row of %d bytes", ledger.ErrDamaged, len(b))
	}
	r.ordinal, r.seq = splitPlace(b)
	n := copy(r.hash[:], b[placeSize:])
	r.top = binary.BigEndian.Uint64(b[placeSize+n:])
	return r, nil
}

// feedRow is a value of the feeds bucket.
type feedRow struct {
	ordinal uint32
	head    uint64
}

func (r feedRow) encode() []byte { return place(r.ordinal, r.head) }

func decodeFeedRow(b []byte) (r feedRow, err error) {
	if len(b) != placeSize {
		return r, fmt.Errorf("%w: feed row of %d bytes", ledger.ErrDamaged, len(b))
	}
	r.ordinal, r.head = splitPlace(b)
	return r, nil
}

// entryKey is the key of e in the log with this ordinal.
func entryKey(ordinal uint32, e ledger.Entry) []byte {
	k := place(ordinal, e.Seq)
	if e.Branch {
		k = append(k, e.Hash[:]...)
	}
	return k
}

func encodeEntry(e ledger.Entry) []byte {
	b := make([]byte, 0, len(e.Hash)+binary.MaxVarintLen32+len(e.Stamp)+len(e.Raw))
	b = append(b, e.Hash[:]...)
	b = binary.AppendUvarint(b, uint64(len(e.Stamp)))
	b = append(b, e.Stamp...)
	return append(b, e.Raw...)
}

// decodeEntry reads a row of the entries bucket. The entry's slices point into
// one fresh copy of value.
func decodeEntry(log casework.LogID, key, value []byte) (ledger.Entry, error) {
	e := ledger.Entry{Log: log, Branch: len(key) > placeSize}
	if len(key) != placeSize && len(key) != branchSize || len(value) < len(e.Hash) {
		return e, fmt.Errorf("%w: entry row of %d and %d bytes", ledger.ErrDamaged, len(key), len(value))
	}
	_, e.Seq = splitPlace(key)
	rest := append([]byte(nil), value[copy(e.Hash[:], value):]...)
	size, n := binary.Uvarint(rest)
	if n <= 0 || size > uint64(len(rest)-n) {
		return e, fmt.Errorf("%w: stamp of log %s seq %d", ledger.ErrDamaged, log, e.Seq)
	}
	end := n + int(size)
	if size > 0 {
		e.Stamp = rest[n:end:end]
	}
	e.Raw = rest[end:]
	return e, nil
}
