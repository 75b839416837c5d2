package store

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/store/seal"
)

// Enrolment is what a county gives a laptop that joins it.
type Enrolment struct {
	User      catalogue.UserID
	Units     []catalogue.UnitID
	County    County
	Recovery  []byte // the county's public recovery key; empty: none
	Epoch     casework.Epoch
	Now       time.Time // the county's clock
	Catalogue catalogue.Catalogue
	// Codes says which code of the county stands for a local one, by table;
	// places are under TableDivisions, units under TableUnits. What is not named
	// stays as it is.
	Codes map[catalogue.Table]map[string]string
}

// Enrol joins a profile to a county: a new log is opened, and every case that was
// made alone is issued there again, under the person and unit that the county
// knows, each entry under its uid and each case naming its origin. Earlier 案号
// stay as aliases. It is one transaction.
//
// It refuses with not_allowed when the profile has a county, and with invalid and
// the reason unmapped, naming every fault, when an entry holds a code that the
// county does not know; Unmapped lists those beforehand.
func (s *Store) Enrol(e Enrolment) error {
	if len(e.Units) == 0 {
		return casework.Refuse(casework.CodeNotAllowed, casework.WhyNotInUnit)
	}
	slot, err := s.countySlot(e.Recovery)
	if err != nil {
		return refuse(err)
	}
	s.noteCountyTime(e.Now)
	err = s.update(true, func(t *txn) error {
		if t.st.County != nil {
			return casework.Refuse(casework.CodeNotAllowed, WhyEnrolled)
		}
		if slot != nil {
			if err := t.replaceSlots(seal.County, []seal.Slot{*slot}); err != nil {
				return err
			}
		}
		county := e.County
		t.st.User, t.st.Units, t.st.County, t.st.Epoch = e.User, slices.Clone(e.Units), &county, e.Epoch
		if err := t.put(bucketState, keyCatalogue, &e.Catalogue); err != nil {
			return err
		}
		t.cat, t.st.Catalogue = catalogue.NewIndex(e.Catalogue.Clone()), e.Catalogue.Version
		t.st.Decoded = derivedVersion
		return t.issueAll(&e)
	})
	if err == nil {
		s.tell(Change{Link: true})
	}
	return err
}

func (s *Store) countySlot(recovery []byte) (*seal.Slot, error) {
	if len(recovery) == 0 {
		return nil, nil
	}
	key, err := seal.ParseCountyKey(recovery)
	if err != nil {
		return nil, err
	}
	slot, err := seal.NewCountySlot(s.key, key, s.opt.Clock.Now())
	return &slot, err
}

// issueAll opens the enrolled profile's log and issues all earlier work in it.
func (t *txn) issueAll(e *Enrolment) error {
	earlier := len(t.st.Logs)
	if err := t.openLog(casework.LogEnrolled); err != nil {
		return err
	}
	var faults []casework.Fault
	for log := range earlier {
		err := t.reissue(log, t.st.Logs[log].Head, false, func(rec *record.Record) (*casework.Entry, []byte, []byte, error) {
			again := rec.Entry
			again.Actor, again.Unit, again.Catalogue = e.User, e.Units[0], e.Catalogue.Version
			again.Events = nil
			for _, ev := range rec.Entry.Events {
				adapted, err := t.adapt(ev, rec, e)
				if err != nil {
					return nil, nil, nil, err
				}
				for _, f := range adapted.Check(t.cat) {
					if f.Problem == casework.UnknownCode {
						faults = append(faults, f)
					}
				}
				again.Events = append(again.Events, adapted)
			}
			return &again, nil, nil, nil
		})
		if err != nil {
			return err
		}
		t.st.Logs[log].Upto = 0 // of that log nothing is ever sent
	}
	if len(faults) > 0 {
		return &casework.Refusal{Code: casework.CodeInvalid, Why: casework.WhyUnmapped, Faults: faults}
	}
	return nil
}

// adapt returns an event as the county is to read it.
func (t *txn) adapt(ev casework.Event, rec *record.Record, e *Enrolment) (casework.Event, error) {
	to := func(table catalogue.Table, code string) string {
		if to, ok := e.Codes[table][code]; ok {
			return to
		}
		return code
	}
	c, err := t.openCase(rec.Entry.Case)
	if err != nil {
		return nil, err
	}
	switch ev := casework.MapCodes(ev, to).(type) {
	case *casework.Registered:
		if ev.Number != "" && !slices.Contains(c.file.Aliases, ev.Number) {
			c.file.Aliases = append(c.file.Aliases, ev.Number)
		}
		ev.Number = t.newNumber(rec.Entry.Case, e.Units[0], rec.Entry.Wall)
		ev.Origin = casework.Origin{Log: rec.Entry.Log, Seq: rec.Entry.Seq}
		ev.Holder = t.firstHolder(ev.Fields[casework.FieldDivision], ev.Confidential, ev.About)
		return ev, nil
	case *casework.Confided:
		if err := c.file.unfold(); err != nil {
			return nil, err
		}
		return t.withHolder(ev, to(catalogue.TableDivisions, c.file.Fold.Value(casework.FieldDivision))), nil
	default:
		return ev, nil
	}
}

// UnmappedCode is a code in use here that a county's catalogue does not know.
type UnmappedCode struct {
	Table catalogue.Table
	Code  string
	Name  string // as the local catalogue has it
}

// Unmapped lists the codes in the entries of this profile's cases that a county's
// catalogue does not know, earlier values too, for every entry is issued again: a
// person says for each what it is there, it is never guessed.
func (s *Store) Unmapped(county catalogue.Catalogue) ([]UnmappedCode, error) {
	theirs, ours := catalogue.NewIndex(county), s.Catalogue()
	seen := map[UnmappedCode]bool{}
	note := func(table catalogue.Table, code string) string {
		if !knows(theirs, table, code) {
			seen[UnmappedCode{table, code, nameOf(ours, table, code)}] = true
		}
		return code
	}
	err := s.view(func(r reader) error {
		return r.tx.Bucket(bucketCases).ForEach(func(k, _ []byte) error {
			c, err := r.readCase(be64(k))
			if err != nil {
				return err
			}
			entries, err := r.entries(c)
			if err != nil {
				return err
			}
			for _, e := range entries {
				for _, ev := range e.Events {
					casework.MapCodes(ev, note)
				}
			}
			return nil
		})
	})
	out := make([]UnmappedCode, 0, len(seen))
	for u := range seen {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b UnmappedCode) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Code, b.Code))
	})
	return out, refuse(err)
}

// knows reports whether a catalogue has the code.
func knows(ix *catalogue.Index, table catalogue.Table, code string) (known bool) {
	switch table {
	case catalogue.TableDivisions:
		_, known = ix.Division(catalogue.DivisionCode(code))
	case catalogue.TableUnits:
		_, known = ix.Unit(catalogue.UnitID(code))
	default:
		_, known = ix.Code(table, code)
	}
	return known
}

// nameOf returns the name of a code, or the code itself where it is not known.
func nameOf(ix *catalogue.Index, table catalogue.Table, code string) string {
	switch table {
	case catalogue.TableDivisions:
		return ix.DivisionPath(catalogue.DivisionCode(code))
	case catalogue.TableUnits:
		return ix.UnitName(catalogue.UnitID(code))
	}
	return ix.CodeName(table, code)
}
