package boltledger

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// reader reads one transaction. In one that writes, rows of logs and feeds that
// changed wait here until it ends: a page changes the same ones again and again.
type reader struct {
	tx    *bolt.Tx
	logs  map[casework.LogID]logRow
	feeds map[catalogue.UnitID]feedRow
}

func (r reader) Logs(fn func(ledger.Head) bool) error {
	if err := r.flush(); err != nil {
		return err
	}
	c := r.tx.Bucket(bucketLogs).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		row, err := decodeLogRow(v)
		if err != nil {
			return err
		}
		head := ledger.Head{Seq: row.seq, Hash: row.hash, Top: row.top}
		if copy(head.Log.UUID[:], k) != len(k) {
			return fmt.Errorf("%w: log id of %d bytes", ledger.ErrDamaged, len(k))
		}
		if !fn(head) {
			return nil
		}
	}
	return nil
}

func (r reader) Head(log casework.LogID) (ledger.Head, error) {
	row, _, err := r.log(log)
	return ledger.Head{Log: log, Seq: row.seq, Hash: row.hash, Top: row.top}, err
}

func (r reader) log(id casework.LogID) (row logRow, known bool, err error) {
	if row, known = r.logs[id]; known {
		return row, true, nil
	}
	v := r.tx.Bucket(bucketLogs).Get(id.UUID[:])
	if v == nil {
		return row, false, nil
	}
	row, err = decodeLogRow(v)
	return row, true, err
}

func (r reader) Entries(log casework.LogID, seq uint64, fn func(ledger.Entry) bool) error {
	row, known, err := r.log(log)
	if err != nil || !known {
		return err
	}
	first := place(row.ordinal, seq)
	c := r.tx.Bucket(bucketEntries).Cursor()
	for k, v := c.Seek(first); k != nil && bytes.HasPrefix(k, first[:4]); k, v = c.Next() {
		e, err := decodeEntry(log, k, v)
		if err != nil {
			return err
		}
		if !fn(e) {
			return nil
		}
	}
	return nil
}

func (r reader) FeedHead(feed catalogue.UnitID) (uint64, error) {
	row, _, err := r.feed(feed)
	return row.head, err
}

func (r reader) feed(id catalogue.UnitID) (row feedRow, known bool, err error) {
	if row, known = r.feeds[id]; known {
		return row, true, nil
	}
	v := r.tx.Bucket(bucketFeeds).Get([]byte(id))
	if v == nil {
		return row, false, nil
	}
	row, err = decodeFeedRow(v)
	return row, true, err
}

func (r reader) Feed(feed catalogue.UnitID, n uint64, fn func(uint64, []byte) bool) error {
	row, known, err := r.feed(feed)
	if err != nil || !known || n >= row.head {
		return err
	}
	first := place(row.ordinal, n+1)
	c := r.tx.Bucket(bucketLines).Cursor()
	for k, v := c.Seek(first); k != nil && bytes.HasPrefix(k, first[:4]); k, v = c.Next() {
		if len(k) != placeSize {
			return fmt.Errorf("%w: line key of %d bytes", ledger.ErrDamaged, len(k))
		}
		if _, at := splitPlace(k); !fn(at, clone(v)) {
			return nil
		}
	}
	return nil
}

func (r reader) Get(key []byte) ([]byte, error) {
	return clone(r.tx.Bucket(bucketValues).Get(key)), nil
}

func (r reader) Scan(prefix, after []byte, fn func(key, value []byte) bool) error {
	c := r.tx.Bucket(bucketValues).Cursor()
	from := prefix
	if bytes.Compare(after, prefix) >= 0 {
		from = append(clone(after), 0) // the least key after it
	}
	for k, v := c.Seek(from); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if !fn(clone(k), clone(v)) {
			return nil
		}
	}
	return nil
}

// flush writes the rows that wait.
func (r reader) flush() error {
	for id, row := range r.logs {
		if err := r.tx.Bucket(bucketLogs).Put(clone(id.UUID[:]), row.encode()); err != nil {
			return fmt.Errorf("write log row: %w", translate(err))
		}
	}
	for id, row := range r.feeds {
		if err := r.tx.Bucket(bucketFeeds).Put([]byte(id), row.encode()); err != nil {
			return fmt.Errorf("write feed row: %w", translate(err))
		}
	}
	clear(r.logs)
	clear(r.feeds)
	return nil
}

func (t *txn) Append(e ledger.Entry) error {
	if e.Log.IsZero() || e.Seq == 0 || e.Seq == math.MaxUint64 || e.Hash.IsZero() || len(e.Raw) == 0 {
		return fmt.Errorf("append entry: %w", ledger.ErrInvalid)
	}
	row, known, err := t.log(e.Log)
	if err != nil {
		return err
	}
	if !known {
		if row.ordinal, err = t.ordinal(keyLogs); err != nil {
			return err
		}
	} else if e.Branch, err = t.vacant(row, e); err != nil {
		return err
	}
	if err := t.put(bucketEntries, entryKey(row.ordinal, e), encodeEntry(e)); err != nil {
		return err
	}
	if e.Branch && known {
		return nil
	}
	if !e.Branch {
		t.advance(&row, e)
	}
	t.logs[e.Log] = row
	return nil
}

func (t *txn) Rewrite(e ledger.Entry) error {
	row, known, err := t.log(e.Log)
	if err != nil {
		return err
	}
	if !known || e.Hash.IsZero() || len(e.Raw) == 0 {
		return fmt.Errorf("rewrite entry: %w", ledger.ErrInvalid)
	}
	b := t.tx.Bucket(bucketEntries)
	key := place(row.ordinal, e.Seq)
	if !bytes.HasPrefix(b.Get(key), e.Hash[:]) {
		key = append(key, e.Hash[:]...)
	}
	value := b.Get(key)
	if value == nil {
		return fmt.Errorf("rewrite entry: %w", ledger.ErrInvalid)
	}
	stands, err := decodeEntry(e.Log, key, value)
	if err != nil {
		return err
	}
	stands.Raw = e.Raw
	return t.put(bucketEntries, key, encodeEntry(stands))
}

// vacant reports as what e may be stored in a known log: as a branch or not.
func (t *txn) vacant(row logRow, e ledger.Entry) (branch bool, err error) {
	b := t.tx.Bucket(bucketEntries)
	at := place(row.ordinal, e.Seq)
	stands := b.Get(at)
	known := b.Get(append(at, e.Hash[:]...))
	branch = known != nil
	if stands != nil && bytes.HasPrefix(stands, e.Hash[:]) {
		known = stands
	}
	switch {
	case known != nil && (len(e.Stamp) == 0 || known[len(e.Hash)] != 0):
		return branch, ledger.ErrHave // the byte after the hash is the stamp's length
	case known != nil:
		return branch, nil
	case stands != nil && !e.Branch:
		return false, ledger.ErrFork
	}
	return e.Branch, nil
}

// advance moves the head of row after e was stored, over entries above a gap
// that e has closed.
func (t *txn) advance(row *logRow, e ledger.Entry) {
	above := row.top > row.seq+1
	row.top = max(row.top, e.Seq)
	if e.Seq != row.seq+1 {
		return
	}
	row.seq, row.hash = e.Seq, e.Hash
	for b := t.tx.Bucket(bucketEntries); above; {
		next := b.Get(place(row.ordinal, row.seq+1))
		if next == nil {
			return
		}
		row.seq++
		copy(row.hash[:], next)
	}
}

// ordinal gives out the next ordinal of logs or feeds.
func (t *txn) ordinal(counter []byte) (uint32, error) {
	var last uint32
	if v := t.tx.Bucket(bucketMeta).Get(counter); len(v) == 4 {
		last = binary.BigEndian.Uint32(v)
	}
	if last == math.MaxUint32 {
		return 0, fmt.Errorf("%w: no ordinals left", ledger.ErrFull)
	}
	last++
	return last, t.put(bucketMeta, counter, binary.BigEndian.AppendUint32(nil, last))
}

func (t *txn) Extend(feed catalogue.UnitID, line []byte) (uint64, error) {
	if feed == "" {
		return 0, fmt.Errorf("extend feed: %w", ledger.ErrInvalid)
	}
	row, known, err := t.feed(feed)
	if err != nil {
		return 0, err
	}
	if !known {
		if row.ordinal, err = t.ordinal(keyFeeds); err != nil {
			return 0, err
		}
	}
	row.head++
	if err := t.put(bucketLines, place(row.ordinal, row.head), clone(line)); err != nil {
		return 0, err
	}
	t.feeds[feed] = row
	return row.head, nil
}

func (t *txn) Put(key, value []byte) error {
	if len(key) == 0 {
		return fmt.Errorf("put value: %w", ledger.ErrInvalid)
	}
	if value != nil {
		return t.put(bucketValues, key, clone(value))
	}
	if err := t.tx.Bucket(bucketValues).Delete(key); err != nil {
		return fmt.Errorf("delete value: %w", translate(err))
	}
	return nil
}
