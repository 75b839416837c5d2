package store

import (
	"bytes"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/seal"
)

// txn is one writing transaction. What it changes in memory takes hold when it
// has committed.
type txn struct {
	reader
	s   *Store
	st  *state
	cat *catalogue.Index // newest that the file holds, or this transaction brought

	cases   map[casework.CaseID]*openCase
	touched []*openCase // in the order of first use
	rows    map[uint64]*row
	texts   map[uint64]string
	changed []casework.CaseID
	drafts  bool // drafts were dropped
	came    arrivals
	wrote   bool
	closing bool // the desk ends in order with this transaction
}

// view runs fn on one unchanging state of the file. Nothing read may point into
// the file afterwards; get and open copy.
func (s *Store) view(fn func(reader) error) error {
	s.handle.RLock()
	defer s.handle.RUnlock()
	if s.db == nil {
		return s.gone()
	}
	return boltfile.View(s.db, func(tx *bolt.Tx) error { return fn(reader{s.box, tx}) })
}

// update runs fn and commits what it did, or does nothing and returns why. fn
// may be run again, so it sets results and does not add to them. When the disk
// is full the ballast is given up for one more try.
func (s *Store) update(hurry bool, fn func(*txn) error) error {
	leave := s.queue.enter(hurry)
	defer leave()
	err := s.try(fn)
	if isFull(err) && s.dropBallast() {
		s.setLow()
		err = s.try(fn)
	}
	return refuse(err)
}

func (s *Store) try(fn func(*txn) error) error {
	t, err := s.commitGuarded(fn)
	if err == nil || t == nil {
		return err
	}
	return s.resolve(t, err)
}

// commit returns the transaction with an error only when its Commit failed, so
// that its outcome is unknown.
func (s *Store) commit(fn func(*txn) error) (*txn, error) {
	s.handle.RLock()
	defer s.handle.RUnlock()
	if s.db == nil {
		return nil, s.gone()
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // after a commit this does nothing
	t := &txn{reader: reader{s.box, tx}, s: s, st: s.state().clone(), cat: s.Catalogue(),
		cases: map[casework.CaseID]*openCase{}, rows: map[uint64]*row{}, texts: map[uint64]string{}}
	t.st.CountyTime, t.st.CountyBoot, t.st.CountyMono, t.st.LastOK = s.countyClock()
	if err := fn(t); err != nil {
		return nil, err
	}
	if err := t.finish(); err != nil {
		return nil, err
	}
	if !t.wrote {
		s.hot.keep(t.touched)
		return nil, nil
	}
	if err := tx.Commit(); err != nil {
		return t, fmt.Errorf("commit: %w", err)
	}
	s.hot.keep(t.touched)
	s.took(t)
	return nil, nil
}

// finish folds the touched cases and writes the state.
func (t *txn) finish() error {
	if err := t.settleCases(); err != nil {
		return err
	}
	if err := t.keepArrivals(); err != nil {
		return err
	}
	if !t.wrote {
		return nil
	}
	nonce, err := t.s.randomBytes(8)
	if err != nil {
		return err
	}
	t.st.Serial, t.st.Nonce = t.st.Serial+1, nonce
	t.st.Witnessed = t.s.isWitnessed()
	if len(t.rows) > 0 {
		t.st.Rows = t.st.Serial
	}
	if err := t.reader.put(bucketState, keyState, t.st); err != nil {
		return err
	}
	if t.closing {
		return t.tx.Bucket(bucketMeta).Delete(metaOpen)
	}
	return t.tx.Bucket(bucketMeta).Put(metaOpen, []byte{1})
}

func (t *txn) settleCases() error {
	for _, c := range t.touched {
		if err := t.settleCase(c); err != nil {
			return err
		}
	}
	return nil
}

// release writes the cases that the transaction has open and lets go of them, so
// that a long one does not hold them all.
func (t *txn) release() error {
	err := t.settleCases()
	clear(t.cases)
	t.touched = t.touched[:0]
	return err
}

// put seals v at key.
func (t *txn) put(bucket, key []byte, v any) error {
	t.wrote = true
	return t.reader.put(bucket, key, v)
}

// delete removes the value at key.
func (t *txn) delete(bucket, key []byte) error {
	t.wrote = true
	return t.reader.delete(bucket, key)
}

// save makes the transaction one that writes, for a change of the state alone.
func (t *txn) save() { t.wrote = true }

// resolve finds out what became of a transaction whose Commit failed. The handle
// is dropped, for bbolt's memory proves nothing. What the file then shows need not
// be on the disk when a sync failed; so it is put there anew before anything is
// said, or written on top of it.
func (s *Store) resolve(t *txn, cause error) error {
	st, err := s.reopen()
	if err != nil {
		return s.breakOff(errors.Join(cause, err))
	}
	saved := st.Serial == t.st.Serial && bytes.Equal(st.Nonce, t.st.Nonce)
	if saved || boltfile.Doubtful(cause) {
		err := s.renew(st)
		if isFull(err) && s.dropBallast() {
			s.setLow()
			if st, err = s.reopen(); err == nil {
				err = s.renew(st)
			}
		}
		if err != nil {
			return s.breakOff(errors.Join(cause, err))
		}
	}
	if !saved {
		s.replaceState(st)
		return cause
	}
	s.took(t)
	return nil
}

// renew puts what the file shows on the disk anew and opens that.
func (s *Store) renew(st *state) error {
	s.handle.Lock()
	defer s.handle.Unlock()
	err := boltfile.Renew(s.db, s.path(), func(file string) error { return s.verify(file, st) })
	s.db = nil
	if err != nil {
		return err
	}
	s.db, err = openBolt(s.path(), s.opt)
	return err
}

// reopen drops the handle, opens the file again and reads its state.
func (s *Store) reopen() (*state, error) {
	s.handle.Lock()
	defer s.handle.Unlock()
	s.hot.clear()
	if s.db != nil {
		s.db.Close()
		s.db = nil
	}
	db, err := openBolt(s.path(), s.opt)
	if err != nil {
		return nil, err
	}
	var st state
	err = db.View(func(tx *bolt.Tx) error { return readState(reader{s.box, tx}, &st) })
	if err != nil {
		db.Close()
		return nil, err
	}
	s.db = db
	return &st, nil
}

func readState(r reader, st *state) error {
	found, err := r.get(bucketState, keyState, st)
	if err == nil && !found {
		err = fmt.Errorf("no state: %w", seal.ErrDamaged)
	}
	return err
}

// breakOff ends the store's work: nothing that it would say can be trusted.
func (s *Store) breakOff(cause error) error {
	s.handle.Lock()
	defer s.handle.Unlock()
	if s.db != nil {
		s.db.Close()
		s.db = nil
	}
	code, _ := codeOf(cause)
	s.broken = &casework.Refusal{Code: code, Unsafe: true, Err: errors.Join(ErrUnknownOutcome, cause)}
	return s.broken
}

// gone says why there is no file to work on. The caller holds the handle.
func (s *Store) gone() error {
	if s.broken != nil {
		return s.broken
	}
	return ErrClosed
}
