package store

import (
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/casework"
)

// SavedSearch is a search that stands among the tabs under a name. It stays in this
// profile: whoever takes the laptop over has a profile of her own and none of it.
type SavedSearch struct {
	Name string `codec:"name"`
	Find string `codec:"find"`
}

// Bounds of what is kept of searches.
const (
	MaxSaved  = 12
	maxRecent = 10
)

// WhyManySaved is returned for more saved searches than there is room for.
const WhyManySaved casework.Why = "many_saved"

// bucketViews has what the person keeps of searches: keyed hash of what it is → a list.
// Files from before there was any lack it, so it is made when it is first written to.
var bucketViews = []byte("v")

const (
	viewSaved  = "saved"
	viewRecent = "recent"
)

func (r reader) viewKey(what string) []byte {
	k := r.box.Opaque("view", []byte(what))
	return k[:]
}

// readView reads a list into v; where there is none it is left as it is.
func (s *Store) readView(what string, v any) error {
	return refuse(s.view(func(r reader) error {
		if r.tx.Bucket(bucketViews) == nil {
			return nil
		}
		_, err := r.get(bucketViews, r.viewKey(what), v)
		return err
	}))
}

func (s *Store) writeView(what string, v any) error {
	return s.update(true, func(t *txn) error {
		if t.st.Handed != nil {
			return casework.Refuse(casework.CodeNotAllowed, WhyHandedOver)
		}
		if _, err := t.tx.CreateBucketIfNotExists(bucketViews); err != nil {
			return err
		}
		return t.put(bucketViews, t.viewKey(what), v)
	})
}

// Saved returns the saved searches in the order in which they stand.
func (s *Store) Saved() ([]SavedSearch, error) {
	var out []SavedSearch
	return out, s.readView(viewSaved, &out)
}

// Save replaces the saved searches. Those without a name or a search are left out, and of
// two with one name the later; more than MaxSaved are refused.
func (s *Store) Save(all []SavedSearch) error {
	var keep []SavedSearch
	for _, one := range all {
		one.Name, one.Find = strings.TrimSpace(one.Name), strings.TrimSpace(one.Find)
		if one.Name == "" || one.Find == "" || slices.ContainsFunc(keep, func(o SavedSearch) bool { return o.Name == one.Name }) {
			continue
		}
		keep = append(keep, one)
	}
	if len(keep) > MaxSaved {
		return casework.Refuse(casework.CodeNotAllowed, WhyManySaved)
	}
	return s.writeView(viewSaved, keep)
}

// Recent returns the last searches, the newest first.
func (s *Store) Recent() ([]string, error) {
	var out []string
	return out, s.readView(viewRecent, &out)
}

// NoteSearch keeps a search among the last ones.
func (s *Store) NoteSearch(find string) error {
	find = strings.TrimSpace(find)
	all, err := s.Recent()
	if err != nil || find == "" || len(all) > 0 && all[0] == find {
		return err
	}
	all = slices.DeleteFunc(all, func(o string) bool { return o == find })
	all = slices.Insert(all, 0, find)
	return s.writeView(viewRecent, all[:min(len(all), maxRecent)])
}

// eachBucket calls fn with every bucket of the file that holds sealed values.
func eachBucket(tx *bolt.Tx, fn func(name []byte, b *bolt.Bucket) error) error {
	for _, name := range append(slices.Clone(buckets), bucketViews) {
		b := tx.Bucket(name)
		if b == nil || slices.Equal(name, bucketMeta) || slices.Equal(name, bucketSlots) {
			continue
		}
		if err := fn(name, b); err != nil {
			return err
		}
	}
	return nil
}
