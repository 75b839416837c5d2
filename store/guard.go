package store

import "casedesk/store/boltfile"

// commitGuarded is commit on a file whose pages may have rotted under the desk.
// Pages are read before the first one is written, so a fault means that nothing
// was.
func (s *Store) commitGuarded(fn func(*txn) error) (unknown *txn, err error) {
	err = boltfile.Guard(func() error {
		var err error
		unknown, err = s.commit(fn)
		return err
	})
	return unknown, err
}
