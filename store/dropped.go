package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
)

// DroppedFor is how long a draft that a person dropped can be got back. After that it
// goes with the next one that is dropped, or when the dropped ones are looked at.
const DroppedFor = 7 * 24 * time.Hour

// DropDraft drops a draft; for a while it can be got back by RestoreDraft. Dropping what
// is not there is no error.
func (s *Store) DropDraft(id DraftID) error {
	return s.drafts(func(t *txn) error {
		var d DraftWork
		found, err := t.get(bucketDrafts, id.UUID[:], &d)
		if err != nil || !found {
			return err
		}
		d.Dropped = s.opt.Clock.Now()
		if err := t.put(bucketDrafts, id.UUID[:], &d); err != nil {
			return err
		}
		return t.forgetDropped(s.opt.Clock.Now().Add(-DroppedFor))
	})
}

// RestoreDraft gets a draft back that was dropped. It returns a Refusal with the code
// not_found for one that is there no more.
func (s *Store) RestoreDraft(id DraftID) error {
	return s.drafts(func(t *txn) error {
		if t.st.Handed != nil {
			return casework.Refuse(casework.CodeNotAllowed, WhyHandedOver)
		}
		var d DraftWork
		found, err := t.get(bucketDrafts, id.UUID[:], &d)
		if err == nil && !found {
			err = casework.Refuse(casework.CodeNotFound, "")
		}
		if err != nil || d.Dropped.IsZero() {
			return err
		}
		d.Dropped = time.Time{}
		return t.put(bucketDrafts, id.UUID[:], &d)
	})
}

// DroppedDrafts returns the drafts that can be got back, the last dropped first, and
// forgets those of which the time is over.
func (s *Store) DroppedDrafts() ([]DraftWork, error) {
	all, err := s.allDrafts()
	if err != nil {
		return nil, err
	}
	since := s.opt.Clock.Now().Add(-DroppedFor)
	old := false
	all = slices.DeleteFunc(all, func(d DraftWork) bool {
		over := !d.Dropped.IsZero() && d.Dropped.Before(since)
		old = old || over
		return over || d.Dropped.IsZero()
	})
	if old {
		err = s.drafts(func(t *txn) error { return t.forgetDropped(since) })
	}
	slices.SortStableFunc(all, func(a, b DraftWork) int { return b.Dropped.Compare(a.Dropped) })
	return all, err
}

// drafts changes drafts and tells of it.
func (s *Store) drafts(change func(t *txn) error) error {
	err := s.update(true, change)
	if err == nil {
		s.tell(Change{Drafts: true})
	}
	return err
}

// forgetDropped deletes the drafts that were dropped before a moment.
func (t *txn) forgetDropped(before time.Time) error {
	return t.deleteDrafts(func(d DraftWork) bool { return !d.Dropped.IsZero() && d.Dropped.Before(before) })
}

// unfinished reports whether there is a draft that was not dropped.
func (t *txn) unfinished() (some bool, err error) {
	err = t.eachDraft(func(d *DraftWork) { some = some || d.Dropped.IsZero() })
	return some, err
}
