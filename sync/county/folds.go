package county

import (
	"bytes"
	"fmt"
	"slices"
	"sync"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// maxFolds bounds the folded cases that are kept in memory, by the bytes of their
// entries: a fold holds every word of them once, and a line about each. foldCost
// is what one costs beside that.
const (
	maxFolds = 32 << 20
	foldCost = 1 << 10
)

// folds keeps folded cases between exchanges. A fold is named by the sum of its
// case's row, so one of another history is never taken for the present one, on
// this server or another.
type folds struct {
	mu    sync.Mutex
	cases map[casework.CaseID]*folded
	size  uint64
}

type folded struct {
	sum  []byte
	size uint64
	fold *casework.Case
}

// take removes and returns the fold of that sum, nil if there is none: an
// update changes it in place, and brings it back only once it is committed.
func (f *folds) take(id casework.CaseID, sum []byte) *casework.Case {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := f.cases[id]
	if k == nil || !bytes.Equal(k.sum, sum) {
		return nil
	}
	f.drop(id)
	return k.fold
}

func (f *folds) keep(id casework.CaseID, row *caseRow, fold *casework.Case) {
	k := &folded{row.Sum, foldCost + row.Bytes, fold}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(id)
	if k.size > maxFolds/4 {
		return // it would displace too many others
	}
	for other := range f.cases {
		if f.size+k.size <= maxFolds {
			break
		}
		f.drop(other) // any will do: it is folded again when needed
	}
	f.cases[id] = k
	f.size += k.size
}

func (f *folds) drop(id casework.CaseID) {
	if k := f.cases[id]; k != nil {
		f.size -= k.size
		delete(f.cases, id)
	}
}

// stored is an entry as the ledger holds it, decoded.
type stored struct {
	ledger.Entry
	rec  *record.Record // with the stamp
	back *mark          // where it came back after a restore; nil: it was never away
}

// entryAt returns the entry that was stamped at p; false when there is none.
func entryAt(r ledger.Reader, p position) (stored, bool, error) {
	e, row, there, err := rawAt(r, p)
	if err != nil || !there {
		return stored{}, false, err
	}
	s, err := decode(e)
	s.back = row.At
	return s, true, err
}

// rawAt is entryAt for who passes the bytes on.
func rawAt(r ledger.Reader, p position) (e ledger.Entry, row orderRow, there bool, err error) {
	if there, err = get(r, orderKey(p), &row); err == nil && there {
		e, there, err = named(r, row)
	}
	return e, row, there, err
}

// named returns the entry that an order row names.
func named(r ledger.Reader, row orderRow) (found ledger.Entry, there bool, err error) {
	if len(row.Branch) == 0 {
		return ledger.At(r, row.Log, row.Seq)
	}
	err = r.Entries(row.Log, row.Seq, func(e ledger.Entry) bool {
		if e.Seq == row.Seq && e.Branch && bytes.Equal(e.Hash[:], row.Branch) {
			found, there = e, true
		}
		return e.Seq == row.Seq && !there
	})
	return found, there, err
}

func decode(e ledger.Entry) (stored, error) {
	rec, err := record.Open(e.Raw)
	if err != nil {
		return stored{}, fmt.Errorf("%w: log %s seq %d: %w", ledger.ErrDamaged, e.Log, e.Seq, err)
	}
	if len(e.Stamp) > 0 {
		if rec.Entry.Stamp, err = record.OpenStamp(e.Stamp); err != nil {
			return stored{}, fmt.Errorf("%w: log %s seq %d: %w", ledger.ErrDamaged, e.Log, e.Seq, err)
		}
	}
	return stored{Entry: e, rec: rec}, nil
}

// positionsOf returns the places of a case's entries, in the order of the fold.
func positionsOf(r ledger.Reader, id casework.CaseID) ([]position, error) {
	var all []position
	prefix := caseIndexKey(id, position{})[:len("i/")+16]
	err := r.Scan(prefix, nil, func(key, _ []byte) bool {
		all = append(all, position(key[len(prefix):]))
		return true
	})
	return all, err
}

// foldOf folds a case from its entries.
func foldOf(r ledger.Reader, id casework.CaseID) (*casework.Case, error) {
	positions, err := positionsOf(r, id)
	if err != nil {
		return nil, err
	}
	entries := make([]casework.Entry, 0, len(positions))
	for _, p := range positions {
		s, there, err := entryAt(r, p)
		if err != nil || !there {
			return nil, fmt.Errorf("%w: case %s: an entry is missing: %w", ledger.ErrDamaged, id, err)
		}
		entries = append(entries, s.rec.Entry)
	}
	fold := casework.Fold(id, entries)
	return &fold, nil
}

// openCase is a case that an update works on.
type openCase struct {
	id     casework.CaseID
	row    caseRow
	fold   *casework.Case
	fresh  []position // refilled entries, to be folded and delivered
	loaded []byte     // sum of the row when it was read
	fitted bool       // its feeds were fitted: its fact is to be taken again
}

// open returns the case for this update.
func (u *update) open(id casework.CaseID) (*openCase, error) {
	if k := u.cases[id]; k != nil {
		return k, nil
	}
	k := &openCase{id: id}
	if _, err := get(u.tx, caseKey(id), &k.row); err != nil {
		return nil, err
	}
	k.loaded = slices.Clone(k.row.Sum)
	u.cases[id] = k
	u.order = append(u.order, id)
	return k, nil
}

// current folds the case, if the update has not done so: from memory, or from
// its entries where some were refilled. Refills come before everything else.
func (u *update) current(k *openCase) (err error) {
	if k.fold == nil && bytes.Equal(k.loaded, k.row.Sum) {
		k.fold = u.c.folds.take(k.id, k.row.Sum)
	}
	if k.fold == nil {
		k.fold, err = foldOf(u.tx, k.id)
	}
	return err
}

// earlier finds an entry of the ledger by its uid, for the fold.
func (u *update) earlier(uid casework.EntryID) *casework.Entry {
	var row uidRow
	there, err := get(u.tx, uidKey(uid), &row)
	if err != nil || !there || len(row.Position) != len(position{}) {
		return nil
	}
	s, there, err := entryAt(u.tx, position(row.Position))
	if err != nil || !there {
		return nil
	}
	return &s.rec.Entry
}
