package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/seal"
)

// Work is something that the profile's person did to one case.
type Work struct {
	// Case is the case; of a new one, whose first event is a Registered, zero or a
	// fresh id.
	Case casework.CaseID
	// Parents are the heads of the case as the screen or draft that the work was
	// done on was opened with; nil: the case as it is now.
	Parents []casework.EntryID
	Events  []casework.Event
	// Unit is the unit that the person acts for; empty: as she chose last.
	Unit catalogue.UnitID
	// Draft is deleted with the save; zero: none.
	Draft DraftID
	// UID names the entry; zero: a new one. A caller that tries again after an
	// unknown outcome gives the same, with the same Case.
	UID casework.EntryID

	pair casework.EntryID // names the entry on another case that belongs to this one
}

// action is the one whose form the work was written in.
func (w *Work) action() casework.Action {
	if len(w.Events) == 0 {
		return ""
	}
	return casework.Action(w.Events[0].Kind())
}

// Saved tells what a save made.
type Saved struct {
	Case    casework.CaseID
	UID     casework.EntryID
	Number  string
	State   casework.State
	Receipt Receipt
}

// Append saves a piece of work. It returns nil only when the work is on the disk.
// It refuses with the codes invalid (every fault with its field), not_allowed,
// not_found and disk_full; a Refusal that is Unsafe says that the outcome is not
// known.
//
// Work on the case as it is now is refused where it is not allowed. Work that was
// done on an older state is saved: the county and the fold judge it.
func (s *Store) Append(w Work) (Saved, error) {
	if err := s.prepare(&w); err != nil {
		return Saved{}, refuse(err)
	}
	var out Saved
	err := s.update(true, func(t *txn) error {
		var err error
		if out, err = t.append(&w); err != nil {
			return err
		}
		return t.dropDraft(w.Draft)
	})
	if err != nil {
		return Saved{}, err
	}
	return out, nil
}

// prepare gives the work its ids, before the transaction, so that a second run
// of it writes the same.
func (s *Store) prepare(w *Work) error {
	var err error
	if w.UID == (casework.EntryID{}) {
		if w.UID, err = s.NewEntry(); err != nil {
			return err
		}
	}
	if w.Case.IsZero() {
		id, err := s.newID()
		if err != nil {
			return err
		}
		w.Case = casework.CaseID{UUID: id}
	}
	for _, ev := range w.Events {
		switch ev := ev.(type) {
		case *casework.Merged, *casework.Unmerged:
			pair, more := s.NewEntry()
			w.pair, err = pair, errors.Join(err, more)
		case *casework.Registered:
			for i := range ev.Parties {
				err = errors.Join(err, s.giveElement(&ev.Parties[i].Element))
			}
		case *casework.PartyAdded:
			err = errors.Join(err, s.giveElement(&ev.Element))
		}
	}
	return err
}

func (s *Store) giveElement(id *casework.ElementID) (err error) {
	if *id == (casework.ElementID{}) {
		*id, err = s.NewElement()
	}
	return err
}

// append writes prepared work.
func (t *txn) append(w *Work) (Saved, error) {
	var none Saved
	if t.st.Handed != nil {
		return none, casework.Refuse(casework.CodeNotAllowed, WhyHandedOver)
	}
	person, err := t.personFor(w.Unit)
	if err != nil {
		return none, err
	}
	if faults := t.check(w); len(faults) > 0 {
		return none, &casework.Refusal{Code: casework.CodeInvalid, Faults: faults, Of: w.action()}
	}
	c, err := t.caseFor(w)
	if err != nil {
		return none, err
	}
	if slices.ContainsFunc(c.file.Entries, func(r ref) bool { return r.UID == w.UID }) {
		fold := &c.file.Fold // an earlier try was saved after all
		return Saved{Case: w.Case, UID: w.UID, Number: fold.Number, State: fold.State, Receipt: SavedHere}, nil
	}
	now := len(w.Parents) == 0 || sameSet(w.Parents, c.file.Fold.Heads)
	e := t.newEntry()
	e.UID, e.Case, e.Unit, e.Parents, e.Events = w.UID, w.Case, person.Unit, w.Parents, t.complete(c, w, person, e)
	if now {
		if r := t.allowed(c, person, e.Events, e.Wall); r != nil {
			return none, r
		}
		if faults := casework.Unasked(&c.file.Fold, w.Events[0], t.cat); len(faults) > 0 {
			return none, &casework.Refusal{Code: casework.CodeInvalid, Faults: faults, Of: w.action()}
		}
	}
	if why, err := t.judgeTwo(c, person, w.Events); err != nil {
		return none, err
	} else if why != "" {
		return none, casework.Refuse(casework.CodeNotAllowed, why)
	}
	merged := c.file.Fold.Merged
	if e.Parents == nil {
		e.Parents = c.file.Fold.Heads
	}
	if n := len(e.Parents); n > casework.MaxParents {
		e.Parents = e.Parents[n-casework.MaxParents:]
	}
	if err := t.writeTo(c, &e, nil, nil); err != nil {
		return none, err
	}
	if err := t.fold(c); err != nil {
		return none, err
	}
	fold := &c.file.Fold
	if line, ok := fold.Line(w.UID); now && ok && line.Effect == casework.Contested {
		return none, casework.Refuse(casework.CodeNotAllowed, line.Why)
	}
	saved := Saved{Case: w.Case, UID: w.UID, Number: fold.Number, State: fold.State, Receipt: SavedHere}
	return saved, t.writePair(c, w, person, merged)
}

// personFor returns the profile's person as she acts for a unit.
func (t *txn) personFor(unit catalogue.UnitID) (casework.Person, error) {
	persons := t.st.persons()
	if len(persons) == 0 {
		return casework.Person{}, casework.Refuse(casework.CodeNotAllowed, casework.WhyNotInUnit)
	}
	if unit == "" || persons[0].Alone {
		return persons[0], nil
	}
	i := slices.IndexFunc(persons, func(p casework.Person) bool { return p.Unit == unit })
	if i < 0 {
		return casework.Person{}, casework.Refuse(casework.CodeNotAllowed, casework.WhyNotInUnit)
	}
	return persons[i], nil
}

// check finds every fault of the work's events.
func (t *txn) check(w *Work) []casework.Fault {
	if len(w.Events) == 0 {
		return []casework.Fault{{Field: "events", Problem: casework.Required}}
	}
	var faults []casework.Fault
	for _, ev := range w.Events {
		faults = append(faults, ev.Check(t.cat)...)
		faults = append(faults, casework.Future(ev, t.s.Latest, t.cat.Calendar())...)
	}
	return faults
}

// Latest is the latest that the laptop has reason to believe it is: by its clock, by
// its clock without what was added by hand, or by what the county told last.
func (s *Store) Latest() time.Time {
	clock := s.opt.Clock
	now := clock.Now()
	county, _, _, _ := s.countyClock()
	for _, other := range []time.Time{now.Add(-clock.Offset()), county} {
		if other.After(now) {
			now = other
		}
	}
	return now
}

// caseFor returns the case that the work is done to, a new one for a
// registration.
func (t *txn) caseFor(w *Work) (*openCase, error) {
	number, err := t.s.locate(t.reader, w.Case)
	if err != nil {
		return nil, err
	}
	_, registers := w.Events[0].(*casework.Registered)
	if number == 0 && !registers {
		return nil, casework.Refuse(casework.CodeNotFound, "")
	}
	c, err := t.openCase(w.Case)
	if err != nil {
		return nil, err
	}
	if c.file.Gone != nil {
		return nil, casework.Refuse(casework.CodeNotFound, WhyWithdrawn)
	}
	return c, c.file.unfold()
}

// allowed returns why the first event may not be done at a moment, which is now, or
// nil. Whether the others fit is seen when the entry is folded.
func (t *txn) allowed(c *openCase, p casework.Person, events []casework.Event, now time.Time) error {
	fold, first := &c.file.Fold, events[0]
	var why casework.Why
	if reg, registers := first.(*casework.Registered); registers {
		if !p.Alone {
			why = cmp.Or(casework.Serves(p, t.cat), casework.MayRegister(reg.Matter, p, t.cat))
		}
	} else if why = casework.Allowed(fold, p, casework.Action(first.Kind()), t.cat); why == "" {
		if why = casework.Fits(fold, first, casework.Day(now, t.cat), t.cat); why != "" {
			return &casework.Refusal{Code: casework.CodeNotAllowed, Why: why, Basis: casework.Basis(fold, first, t.cat)}
		}
		if !p.Alone {
			hands := []casework.Hand{fold.Hand()}
			why = cmp.Or(casework.Targets(fold, hands, first, t.cat), casework.Orders(first, p.Unit, t.cat), casework.InWhoseName(fold, hands, first, casework.Day(now, t.cat), t.cat))
		}
	}
	if why != "" {
		return casework.Refuse(casework.CodeNotAllowed, why)
	}
	return nil
}

// complete fills in what only the store knows: a registration's 案号, and the unit
// that answers for the case first, or from now on.
func (t *txn) complete(c *openCase, w *Work, p casework.Person, e casework.Entry) []casework.Event {
	events := slices.Clone(w.Events)
	for i, ev := range events {
		switch ev := ev.(type) {
		case *casework.Registered:
			r := *ev
			if r.Number == "" {
				r.Number = t.newNumber(w.Case, p.Unit, e.Wall)
			}
			if r.Holder == "" {
				r.Holder = t.firstHolder(r.Fields[casework.FieldDivision], r.Confidential, r.About)
			}
			events[i] = &r
		case *casework.SourceAdded:
			if other, err := t.other(ev.Case); err == nil && other != nil && ev.Number == "" {
				events[i] = other.AsSources()[0]
			}
		case *casework.Confided:
			events[i] = t.withHolder(ev.WithBelow(&c.file.Fold, t.cat), c.file.Fold.Value(casework.FieldDivision))
		case *casework.Emergency:
			events[i] = ev.WithBetween(&c.file.Fold, t.cat)
		case *casework.CompetenceDisputed:
			events[i] = ev.WithSuperior(&c.file.Fold, t.cat)
		case *casework.RiskSeen:
			events[i] = ev.WithDuties(t.cat)
		case *casework.DutyDone:
			events[i] = ev.WithLimit(&c.file.Fold, t.cat)
		}
	}
	return events
}

func (t *txn) firstHolder(place string, confidential bool, about []catalogue.UnitID) catalogue.UnitID {
	return casework.FirstHolder(catalogue.DivisionCode(place), confidential, about, t.cat)
}

// withHolder names who takes a case of a place over that becomes 保密 or ceases to
// be.
func (t *txn) withHolder(ev *casework.Confided, place string) *casework.Confided {
	v := *ev
	v.Holder = t.firstHolder(place, v.Confidential == "yes", v.About)
	return &v
}

// sameSet reports whether two lists hold the same uids.
func sameSet(a, b []casework.EntryID) bool {
	order := func(x, y casework.EntryID) int { return bytes.Compare(x.UUID[:], y.UUID[:]) }
	a, b = slices.Clone(a), slices.Clone(b)
	slices.SortFunc(a, order)
	slices.SortFunc(b, order)
	return slices.Equal(a, b)
}

// Imported tells what became of one piece of imported work.
type Imported struct {
	ID      casework.CaseID
	Number  string
	Skipped bool // its source was taken before
}

// ImportFault tells what is wrong with one piece of work.
type ImportFault struct {
	Index  int // of the work, from 0
	Faults []casework.Fault
}

// ImportError is the cause of an import's Refusal with the code invalid.
type ImportError struct{ Works []ImportFault }

func (e *ImportError) Error() string { return fmt.Sprintf("%d faulty pieces of work", len(e.Works)) }

// Import saves many pieces of work in one transaction, with one entry a piece:
// all of them or, when one is faulty or the disk fails, none. A registration
// whose source was taken before is skipped. progress, which may be nil, is told
// now and then how many are done; a last time when all are saved.
func (s *Store) Import(works []Work, progress func(done int)) ([]Imported, error) {
	if progress == nil {
		progress = func(int) {}
	}
	for i := range works {
		if err := s.prepare(&works[i]); err != nil {
			return nil, refuse(err)
		}
	}
	var out []Imported
	err := s.update(true, func(t *txn) error {
		if err := t.checkAll(works); err != nil {
			return err
		}
		out = make([]Imported, len(works))
		for i := range works {
			var err error
			if out[i], err = t.takeIn(&works[i]); err != nil {
				return fmt.Errorf("piece %d: %w", i, err)
			}
			if (i+1)%100 == 0 {
				progress(i + 1)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	progress(len(works))
	return out, nil
}

func (t *txn) checkAll(works []Work) error {
	bad := new(ImportError)
	for i := range works {
		if faults := t.check(&works[i]); len(faults) > 0 {
			bad.Works = append(bad.Works, ImportFault{Index: i, Faults: faults})
		}
	}
	if len(bad.Works) == 0 {
		return nil
	}
	return &casework.Refusal{Code: casework.CodeInvalid, Faults: bad.Works[0].Faults, Err: bad}
}

// importCases is how many cases an import holds in memory.
const importCases = 500

// takeIn saves one piece of an import unless its source was taken before.
func (t *txn) takeIn(w *Work) (Imported, error) {
	if reg, ok := w.Events[0].(*casework.Registered); ok && reg.Source.ID != "" {
		id, err := t.findSource(reg.Source)
		if err != nil {
			return Imported{}, err
		}
		if !id.IsZero() {
			number, err := t.numberOf(id)
			return Imported{ID: id, Number: number, Skipped: true}, err
		}
	}
	saved, err := t.append(w)
	if err == nil && len(t.touched) >= importCases {
		err = t.release()
	}
	return Imported{ID: saved.Case, Number: saved.Number}, err
}

// findSource returns the case that was made from a record of another system,
// zero if there is none.
func (r reader) findSource(src casework.Source) (casework.CaseID, error) {
	var id []byte
	found, err := r.get(bucketSources, r.sourceKey(src), &id)
	if err != nil || !found || len(id) != 16 {
		return casework.CaseID{}, err
	}
	return casework.CaseID{UUID: [16]byte(id)}, nil
}

// numberOf returns the 案号 of a case.
func (t *txn) numberOf(id casework.CaseID) (string, error) {
	if c, open := t.cases[id]; open { // its row is written when the transaction ends
		if c.file.Gone != nil {
			return c.file.Gone.Number, nil
		}
		err := c.file.unfold()
		return c.file.Fold.Number, err
	}
	number, err := t.s.locate(t.reader, id)
	if err != nil || number == 0 {
		return "", err
	}
	var w row
	found, err := t.get(bucketRows, u64(number), &w)
	if err == nil && !found {
		err = fmt.Errorf("row %d is gone: %w", number, seal.ErrDamaged)
	}
	return w.Number, err
}
