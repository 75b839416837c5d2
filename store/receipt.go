package store

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// GiveReceipt makes the code of a party's slip and saves that it was handed out; an empty
// unit is the one that the person acts for. The code is returned once it is saved, and
// kept nowhere: another slip makes this one void.
func (s *Store) GiveReceipt(id casework.CaseID, unit catalogue.UnitID) (Saved, string, error) {
	if s.state().County == nil {
		return Saved{}, "", casework.Refuse(casework.CodeNotAllowed, WhyReceiptAlone)
	}
	code, err := casework.NewReceiptCode(s.opt.Rand)
	if err != nil {
		return Saved{}, "", refuse(err)
	}
	hash, _ := casework.ReceiptHash(code)
	saved, err := s.Append(Work{Case: id, Unit: unit, Events: []casework.Event{&casework.ReceiptGiven{Hash: hash}}})
	if err != nil {
		return Saved{}, "", err
	}
	return saved, code, nil
}
