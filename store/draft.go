package store

import (
	"bytes"
	"slices"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
)

// DraftID names a draft.
type DraftID struct{ uuid.UUID }

// IsZero reports whether the id is unset.
func (id DraftID) IsZero() bool { return id.UUID == uuid.Nil }

// DraftWork is something half-written: the fields of a form as they were typed,
// not checked. It stays on this laptop.
type DraftWork struct {
	ID DraftID `codec:"id"`
	// Case is the case that it is about; zero: a new one.
	Case casework.CaseID `codec:"case"`
	// Action is what is being done, ActRegister for a new case.
	Action casework.Action `codec:"action"`
	// Matter is the kind of a new case; empty in a draft from before there were kinds.
	Matter casework.Matter `codec:"matter,omitempty"`
	// Parents are the heads of the case when the form was opened.
	Parents []casework.EntryID `codec:"parents"`
	// Values are the fields' texts by path ("title", "parties[0].name").
	Values map[string]string `codec:"values"`
	// Focus is the path of the field that was being written.
	Focus string    `codec:"focus"`
	Saved time.Time `codec:"saved"` // set by SaveDraft
	// Dropped is when the person dropped it; zero: she did not.
	Dropped time.Time `codec:"dropped"`
}

// SaveDraft keeps a draft, in place of the one with the same id; a zero id gets a
// new one. It returns the draft as kept. Work on a case that was withdrawn is
// refused with not_found, for its form was filled with others' words.
func (s *Store) SaveDraft(d DraftWork) (DraftWork, error) {
	if d.ID.IsZero() {
		b, err := s.randomBytes(16)
		if err != nil {
			return d, refuse(err)
		}
		d.ID = DraftID{uuid.UUID(b)}
	}
	d.Saved, d.Dropped = s.opt.Clock.Now(), time.Time{}
	err := s.update(true, func(t *txn) error {
		if t.st.Handed != nil {
			return casework.Refuse(casework.CodeNotAllowed, WhyHandedOver)
		}
		gone, err := t.isGone(d.Case)
		if err == nil && gone {
			err = casework.Refuse(casework.CodeNotFound, WhyWithdrawn)
		}
		if err != nil {
			return err
		}
		return t.put(bucketDrafts, d.ID.UUID[:], &d)
	})
	if err == nil {
		s.tell(Change{Drafts: true})
	}
	return d, err
}

// LoadDraft returns a draft, or a Refusal with the code not_found.
func (s *Store) LoadDraft(id DraftID) (DraftWork, error) {
	var d DraftWork
	err := s.view(func(r reader) error {
		found, err := r.get(bucketDrafts, id.UUID[:], &d)
		if err == nil && (!found || !d.Dropped.IsZero()) {
			return casework.Refuse(casework.CodeNotFound, "")
		}
		return err
	})
	return d, refuse(err)
}

// Drafts returns all drafts that were not dropped, the last saved first.
func (s *Store) Drafts() ([]DraftWork, error) {
	all, err := s.allDrafts()
	return slices.DeleteFunc(all, func(d DraftWork) bool { return !d.Dropped.IsZero() }), err
}

func (s *Store) allDrafts() ([]DraftWork, error) {
	var out []DraftWork
	err := s.view(func(r reader) error { return r.eachDraft(func(d *DraftWork) { out = append(out, *d) }) })
	slices.SortFunc(out, func(a, b DraftWork) int {
		if c := b.Saved.Compare(a.Saved); c != 0 {
			return c
		}
		return bytes.Compare(a.ID.UUID[:], b.ID.UUID[:])
	})
	return out, refuse(err)
}

// eachDraft calls fn with every draft, dropped ones too.
func (r reader) eachDraft(fn func(*DraftWork)) error {
	return r.tx.Bucket(bucketDrafts).ForEach(func(k, v []byte) error {
		var d DraftWork
		if err := r.open(bucketDrafts, k, v, &d); err != nil {
			return err
		}
		fn(&d)
		return nil
	})
}

// DeleteDraft deletes a draft of which nothing is left, for good; deleting what is not
// there is no error. What a person drops goes by DropDraft.
func (s *Store) DeleteDraft(id DraftID) error {
	return s.drafts(func(t *txn) error { return t.dropDraft(id) })
}

// isGone reports whether a case was withdrawn.
func (r reader) isGone(id casework.CaseID) (bool, error) {
	number, err := r.findCase(id)
	if err != nil || number == 0 {
		return false, err
	}
	c, err := r.readCase(number)
	return err == nil && c.file.Gone != nil, err
}

func (t *txn) dropDraft(id DraftID) error {
	if id.IsZero() || !t.has(bucketDrafts, id.UUID[:]) {
		return nil
	}
	return t.delete(bucketDrafts, id.UUID[:])
}

// dropDraftsOf drops the drafts of work on a case.
func (t *txn) dropDraftsOf(id casework.CaseID) error {
	return t.deleteDrafts(func(d DraftWork) bool { return d.Case == id })
}

// deleteDrafts deletes some drafts for good.
func (t *txn) deleteDrafts(some func(DraftWork) bool) error {
	var drop []DraftID
	err := t.eachDraft(func(d *DraftWork) {
		if some(*d) {
			drop = append(drop, d.ID)
		}
	})
	for _, d := range drop {
		if err := t.dropDraft(d); err != nil {
			return err
		}
		t.drafts = true
	}
	return err
}
