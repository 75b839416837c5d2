package sim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	bolt "go.etcd.io/bbolt"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/seal"
)

// ownLogs is the bucket of a profile's own entries.
const ownLogs = "l"

var words = regexp.MustCompile(`第\d+句`)

// dump returns the words of people in everything that a laptop's file holds, each
// value opened with the key, and the buckets that they stand in.
func (w *world) dump(l *laptop) map[string][]string {
	w.t.Helper()
	copied := filepath.Join(w.dir, "dump.db")
	w.ok(os.WriteFile(copied, l.copyFile().data, 0o600))
	db, err := bolt.Open(copied, 0o600, &bolt.Options{ReadOnly: true})
	w.ok(err)
	defer db.Close()
	out := map[string][]string{}
	w.ok(db.View(func(tx *bolt.Tx) error {
		box, err := unlock(tx)
		if err != nil {
			return err
		}
		return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
			if name := string(bucket); name == "m" || name == "k" {
				return nil // nothing in them is sealed
			}
			return b.ForEach(func(k, v []byte) error {
				plain, err := box.Open(seal.Place(string(bucket), k, 1), v)
				if err != nil {
					return fmt.Errorf("bucket %s: %w", bucket, err)
				}
				for _, word := range words.FindAll(plain, -1) {
					if at := out[string(word)]; !slices.Contains(at, string(bucket)) {
						out[string(word)] = append(at, string(bucket))
					}
				}
				return nil
			})
		})
	}))
	return out
}

func unlock(tx *bolt.Tx) (*seal.Box, error) {
	var key *seal.DataKey
	err := tx.Bucket([]byte("k")).ForEach(func(_, v []byte) error {
		slot, err := seal.DecodeSlot(v)
		if err == nil && slot.Kind == seal.Passphrase {
			key, err = slot.OpenPassphrase(passphrase, nil)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return seal.NewBox(key, tx.Bucket([]byte("m")).Get([]byte("f"))), nil
}

// checkHoldings fails if a laptop's file has, anywhere, a word of a case that it
// may not see and did not write itself, or if a search finds one. Its own words
// stay in its log until a backup has them; of a case that is gone they stand
// nowhere else.
func (w *world) checkHoldings(l *laptop, h holdings) {
	w.t.Helper()
	visible, gone := map[casework.CaseID]bool{}, map[casework.CaseID]bool{}
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		visible[id] = len(w.shownTo(l, &c)) > 0
	}
	for _, row := range l.rows() {
		gone[row.ID] = row.Gone != nil
	}
	has := w.dump(l)
	for word, id := range w.said {
		if visible[id] {
			continue
		}
		at := has[word]
		own := slices.Contains(at, ownLogs)
		for _, bucket := range at {
			if bucket != ownLogs && (!own || gone[id]) {
				w.t.Errorf("%s holds %s of case %s, which is not for it, in bucket %s (own %v, gone %v)", l.name, word, short(id), bucket, own, gone[id])
			}
		}
		if !own || gone[id] {
			list, err := l.store.Rows(store.Query{Find: word})
			w.ok(err)
			if len(list.Rows) > 0 {
				w.t.Errorf("%s finds %s of case %s, which is not for it", l.name, word, short(id))
			}
		}
	}
	w.found += len(has)
}
