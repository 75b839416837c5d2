package store

import (
	"errors"
	"path/filepath"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// KeepsPage reports whether the first rows of a tab lie in the file, shown or not.
func (s *Store) KeepsPage(tab Tab) (kept bool) {
	_ = s.view(func(r reader) error {
		kept = r.has(bucketState, pageKey(tab))
		return nil
	})
	return kept
}

// SpoilBeside damages what is kept beside the cases: what came in, and the searches.
func (s *Store) SpoilBeside() error {
	return s.update(true, func(t *txn) error {
		t.wrote = true
		return errors.Join(t.tx.Bucket(bucketState).Put(keyArrivals, []byte("?")),
			t.tx.Bucket(bucketViews).Put(t.viewKey(viewSaved), []byte("?")))
	})
}

// NoteLooks counts many looks at once.
func (s *Store) NoteLooks(n int, number string) error {
	return s.update(true, func(t *txn) error {
		for range n {
			if err := t.noteLook(Look{At: s.opt.Clock.Now(), Number: number, What: LookJSON}); err != nil {
				return err
			}
		}
		return nil
	})
}

// OwnIssues counts the entries of a case in all own logs, with and without their
// words.
func (s *Store) OwnIssues(id casework.CaseID) (whole, purged int, err error) {
	logs := s.state().Logs
	err = s.view(func(r reader) error {
		for log := range logs {
			err := r.eachOwn(log, logs[log].Head, func(_ uint64, k *kept) error {
				rec, err := k.entry()
				if err == nil && k.Case == id && rec.Purged {
					purged++
				} else if err == nil && k.Case == id {
					whole++
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return whole, purged, err
}

// DropSlots takes the slots out of the file in a folder, as the first step of
// destroying it does.
func DropSlots(dir string) error {
	db, err := openBolt(filepath.Join(dir, fileName), Options{})
	if err != nil {
		return err
	}
	return errors.Join(db.Update(dropSlots), db.Close())
}

// DecodeBefore makes the profile one of which an earlier program decoded the catalogue: it
// knew no settings.
func (s *Store) DecodeBefore() error {
	return s.update(false, func(t *txn) error {
		cat := t.cat.Catalogue().Clone()
		cat.Settings = nil
		t.cat = catalogue.NewIndex(cat)
		t.st.Decoded = 0
		t.save()
		return t.put(bucketState, keyCatalogue, &cat)
	})
}
