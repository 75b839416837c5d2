package store

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// ActFor makes a unit the one that the person acts for from now on. It refuses
// with not_allowed where she does not serve it.
func (s *Store) ActFor(unit catalogue.UnitID) error {
	err := s.update(true, func(t *txn) error {
		switch {
		case !slices.Contains(t.st.Units, unit):
			return &casework.Refusal{Code: casework.CodeNotAllowed, Why: casework.WhyNotInUnit, Field: "unit"}
		case t.st.acting() == unit:
			return nil
		}
		t.st.Acting = unit
		t.save()
		return nil
	})
	if err == nil {
		s.tell(Change{Link: true})
	}
	return err
}
