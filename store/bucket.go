package store

import (
	"encoding/binary"
	"fmt"
	"sync"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/casework"
	"casedesk/store/seal"
)

// The buckets. Their names and keys say nothing about what they hold; numbers
// in keys are big-endian.
var (
	bucketMeta    = []byte("m") // plain: format, file id, whether a desk is open
	bucketSlots   = []byte("k") // plain: slot id → key slot
	bucketState   = []byte("s") // single values: state, catalogue, first pages
	bucketOwn     = []byte("l") // own log number (4), seq (8) → own entry
	bucketOthers  = []byte("e") // case number (8), arrival (8) → another's entry
	bucketCases   = []byte("c") // case number (8) → case
	bucketRows    = []byte("r") // case number (8) → row of lists
	bucketTexts   = []byte("x") // case number (8) → text to search in
	bucketIndex   = []byte("i") // keyed hash of a case id → case number
	bucketSources = []byte("o") // keyed hash of a foreign system's id → case id
	bucketKeys    = []byte("g") // keyed hash of a log id → whose log, which key
	bucketDrafts  = []byte("d") // random id → draft

	buckets = [][]byte{bucketMeta, bucketSlots, bucketState, bucketOwn, bucketOthers, bucketCases,
		bucketRows, bucketTexts, bucketIndex, bucketSources, bucketKeys, bucketDrafts}

	metaFormat = []byte("v")
	metaFile   = []byte("f")
	metaOpen   = []byte("o")

	keyState     = []byte("s")
	keyCatalogue = []byte("c")
)

// valueSchema is the version of the values' encodings.
const valueSchema = 1

// reader reads sealed values in one transaction.
type reader struct {
	box *seal.Box
	tx  *bolt.Tx
}

// get reads the value at key into v; false means that there is none.
func (r reader) get(bucket, key []byte, v any) (bool, error) {
	sealed := r.tx.Bucket(bucket).Get(key)
	if sealed == nil {
		return false, nil
	}
	return true, r.open(bucket, key, sealed, v)
}

func (r reader) open(bucket, key, sealed []byte, v any) error {
	plain, err := r.box.Open(seal.Place(string(bucket), key, valueSchema), sealed)
	if err != nil {
		return fmt.Errorf("bucket %s, key %x: %w", bucket, key, err)
	}
	if err := unmarshal(plain, v); err != nil {
		return fmt.Errorf("bucket %s, key %x: %w", bucket, key, err)
	}
	return nil
}

// has reports whether there is a value at key.
func (r reader) has(bucket, key []byte) bool { return r.tx.Bucket(bucket).Get(key) != nil }

// plains are used again for encoding what is sealed; they hold nothing in between.
var plains = sync.Pool{New: func() any { return new([]byte) }}

const maxPlain = 64 << 10

// put seals v at key.
func (r reader) put(bucket, key []byte, v any) error {
	room := plains.Get().(*[]byte)
	plain, err := marshalInto(*room, v)
	if err != nil {
		return err
	}
	defer func() {
		if clear(plain); cap(plain) <= maxPlain {
			*room = plain[:0]
			plains.Put(room)
		}
	}()
	b := r.tx.Bucket(bucket)
	// Keys follow the sequence: full pages are never split again.
	b.FillPercent = 0.9
	return b.Put(key, r.box.Seal(seal.Place(string(bucket), key, valueSchema), plain))
}

func (r reader) delete(bucket, key []byte) error { return r.tx.Bucket(bucket).Delete(key) }

func u64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func ownKey(log int, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, uint32(log)), seq)
}

func othersKey(number, arrival uint64) []byte {
	return binary.BigEndian.AppendUint64(u64(number), arrival)
}

func (r reader) caseKey(id casework.CaseID) []byte {
	k := r.box.Opaque("case", id.UUID[:])
	return k[:]
}

func (r reader) sourceKey(s casework.Source) []byte {
	k := r.box.Opaque("source", []byte(s.System), []byte(s.ID))
	return k[:]
}

func (r reader) logKey(id casework.LogID) []byte {
	k := r.box.Opaque("log", id.UUID[:])
	return k[:]
}

func be64(k []byte) uint64 { return binary.BigEndian.Uint64(k) }
