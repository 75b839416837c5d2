package boltledger

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// reader reads one transaction. In one that writes, rows of logs and feeds that
// changed wait here until it ends: a page changes the same ones again and again.
type reader struct {
	rows
	logs  map[casework.LogID]logRow
	feeds map[catalogue.UnitID]feedRow
}

func (r reader) Logs(fn func(ledger.Head) bool) error {
	if err := r.flush(); err != nil {
		return err
	}
	return r.walk(bucketLogs, nil, func(k, v []byte) (bool, error) {
		row, err := decodeLogRow(v)
		if err != nil {
			return false, err
		}
		head := ledger.Head{Seq: row.seq, Hash: row.hash, Top: row.top}
		if copy(head.Log.UUID[:], k) != len(k) {
			return false, fmt.Errorf("%w: log id of %d bytes", ledger.ErrDamaged, len(k))
		}
		return fn(head), nil
	})
}

func (r reader) Head(log casework.LogID) (ledger.Head, error) {
	row, _, err := r.log(log)
	return ledger.Head{Log: log, Seq: row.seq, Hash: row.hash, Top: row.top}, err
}

func (r reader) log(id casework.LogID) (row logRow, known bool, err error) {
	if row, known = r.logs[id]; known {
		return row, true, nil
	}
	v, err := r.get(bucketLogs, id.UUID[:])
	if v == nil || err != nil {
		return row, false, err
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
	return r.walk(bucketEntries, first, func(k, v []byte) (bool, error) {
		if !bytes.HasPrefix(k, first[:4]) {
			return false, nil
		}
		e, err := decodeEntry(log, k, v)
		return err == nil && fn(e), err
	})
}

func (r reader) FeedHead(feed catalogue.UnitID) (uint64, error) {
	row, _, err := r.feed(feed)
	return row.head, err
}

func (r reader) feed(id catalogue.UnitID) (row feedRow, known bool, err error) {
	if row, known = r.feeds[id]; known {
		return row, true, nil
	}
	v, err := r.get(bucketFeeds, []byte(id))
	if v == nil || err != nil {
		return row, false, err
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
	return r.walk(bucketLines, first, func(k, v []byte) (bool, error) {
		if !bytes.HasPrefix(k, first[:4]) {
			return false, nil
		}
		if len(k) != placeSize {
			return false, fmt.Errorf("%w: line key of %d bytes", ledger.ErrDamaged, len(k))
		}
		_, at := splitPlace(k)
		return fn(at, clone(v)), nil
	})
}

func (r reader) Get(key []byte) ([]byte, error) {
	v, err := r.get(bucketValues, key)
	return clone(v), err
}

func (r reader) Scan(prefix, after []byte, fn func(key, value []byte) bool) error {
	from := prefix
	if bytes.Compare(after, prefix) >= 0 {
		from = append(clone(after), 0) // the least key after it
	}
	return r.walk(bucketValues, from, func(k, v []byte) (bool, error) {
		return bytes.HasPrefix(k, prefix) && fn(clone(k), clone(v)), nil
	})
}

// flush writes the rows that wait.
func (r reader) flush() error {
	for id, row := range r.logs {
		if err := r.put(bucketLogs, id.UUID[:], row.encode()); err != nil {
			return err
		}
	}
	for id, row := range r.feeds {
		if err := r.put(bucketFeeds, []byte(id), row.encode()); err != nil {
			return err
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
		if row.ordinal, err = t.ordinal(bucketEntries, "logs"); err != nil {
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
		if err := t.advance(&row, e); err != nil {
			return err
		}
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
	key := place(row.ordinal, e.Seq)
	value, err := t.get(bucketEntries, key)
	if err == nil && !bytes.HasPrefix(value, e.Hash[:]) {
		key = append(key, e.Hash[:]...)
		value, err = t.get(bucketEntries, key)
	}
	switch {
	case err != nil:
		return err
	case value == nil:
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
	at := place(row.ordinal, e.Seq)
	stands, err := t.get(bucketEntries, at)
	if err != nil {
		return false, err
	}
	known, err := t.get(bucketEntries, append(at, e.Hash[:]...))
	if err != nil {
		return false, err
	}
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
func (t *txn) advance(row *logRow, e ledger.Entry) error {
	above := row.top > row.seq+1
	row.top = max(row.top, e.Seq)
	if e.Seq != row.seq+1 {
		return nil
	}
	row.seq, row.hash = e.Seq, e.Hash
	for above {
		next, err := t.get(bucketEntries, place(row.ordinal, row.seq+1))
		if next == nil || err != nil {
			return err
		}
		row.seq++
		copy(row.hash[:], next)
	}
	return nil
}

// ordinal gives out the next ordinal of logs or feeds. Each that has one has a row
// of its own in the bucket, so the last row tells the highest. In a file of format 1
// it is counted in meta too, where programs of that format look.
func (t *txn) ordinal(bucket []byte, counter string) (uint32, error) {
	next := uint32(1)
	if k, v := t.tx.Bucket(bucket).Cursor().Last(); k != nil {
		if _, err := t.open(bucket, k, v); err != nil {
			return 0, err
		}
		if len(k) < placeSize {
			return 0, fmt.Errorf("%w: key of %d bytes in %s", ledger.ErrDamaged, len(k), bucket)
		}
		last, _ := splitPlace(k)
		if next = last + 1; next == 0 {
			return 0, fmt.Errorf("%w: no ordinals left", ledger.ErrFull)
		}
	}
	if t.summed {
		return next, nil
	}
	return next, t.put(bucketMeta, []byte(counter), binary.BigEndian.AppendUint32(nil, next))
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
		if row.ordinal, err = t.ordinal(bucketLines, "feeds"); err != nil {
			return 0, err
		}
	}
	row.head++
	if err := t.put(bucketLines, place(row.ordinal, row.head), line); err != nil {
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
		return t.put(bucketValues, key, value)
	}
	if _, err := t.get(bucketValues, key); err != nil {
		return err
	}
	if err := t.tx.Bucket(bucketValues).Delete(key); err != nil {
		return fmt.Errorf("delete value: %w", translate(err))
	}
	return nil
}
