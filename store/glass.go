package store

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// BreakGlass asks for a confidential case that is not shown here, with a reason
// that everybody concerned will see. Only the id is needed. The county judges it
// and sends the case, or holds the request. It refuses with not_allowed what the
// person's role may not do, and a case that is shown here anyway.
func (s *Store) BreakGlass(id casework.CaseID, unit catalogue.UnitID, reason string) (Saved, error) {
	ev := &casework.BrokeGlass{Reason: reason}
	uid, err := s.NewEntry()
	if err != nil {
		return Saved{}, refuse(err)
	}
	err = s.update(true, func(t *txn) error {
		person, err := t.personFor(unit)
		if err != nil {
			return err
		}
		why := casework.MayBreakGlass(person, t.cat)
		switch {
		case person.Alone:
			why = casework.WhyNoRule
		case t.st.Handed != nil:
			why = WhyHandedOver
		}
		if why != "" {
			return casework.Refuse(casework.CodeNotAllowed, why)
		}
		if faults := ev.Check(t.cat); len(faults) > 0 {
			return &casework.Refusal{Code: casework.CodeInvalid, Faults: faults}
		}
		c, err := t.openCase(id)
		if err != nil {
			return err
		}
		if err := c.file.unfold(); err != nil {
			return err
		}
		if c.file.Gone == nil && c.file.Fold.Matter != "" {
			return casework.Refuse(casework.CodeNotAllowed, casework.WhySeen)
		}
		e := t.newEntry()
		e.UID, e.Case, e.Unit, e.Events = uid, id, person.Unit, []casework.Event{ev}
		if err := t.writeTo(c, &e, nil, nil); err != nil {
			return err
		}
		if c.file.Gone != nil && !slices.Contains(t.st.Leaving, c.number) {
			t.st.Leaving = append(t.st.Leaving, c.number) // it goes once backed up, should the case stay away
		}
		return nil
	})
	return Saved{Case: id, UID: uid, Receipt: SavedHere}, err
}
