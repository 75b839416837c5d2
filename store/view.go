package store

import (
	"fmt"
	"slices"
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/seal"
)

// View is a case as a detail screen shows it.
type View struct {
	Row
	Case     casework.Case
	Limits   []casework.Running
	Receipts map[casework.EntryID]Receipt // of every entry
	Feeds    []catalogue.UnitID           // the person's units that are shown it
}

// Case returns a case as it is now, or a Refusal with the code not_found. Of a
// case that was withdrawn only Row.Gone says anything.
func (s *Store) Case(id casework.CaseID) (View, error) {
	v := View{Receipts: map[casework.EntryID]Receipt{}}
	var w row
	err := s.view(func(r reader) error {
		number, err := s.locate(r, id)
		if err != nil {
			return err
		}
		if number == 0 {
			return casework.Refuse(casework.CodeNotFound, "")
		}
		c, err := r.readCase(number)
		if err != nil {
			return err
		}
		v.Case = c.file.Fold
		for _, shown := range c.file.Feeds {
			v.Feeds = append(v.Feeds, shown.Feed)
		}
		s.receipts(&v, &c.file)
		found, err := r.get(bucketRows, u64(number), &w)
		if err == nil && !found {
			err = fmt.Errorf("row %d is gone: %w", number, seal.ErrDamaged)
		}
		return err
	})
	if err != nil {
		return View{}, refuse(err)
	}
	now, ix := s.opt.Clock.Now(), s.Catalogue()
	rows := []Row{w.show(s.state(), ix, now)}
	s.markNew(rows)
	v.Row = rows[0]
	v.Limits = casework.Limits(&v.Case, ix, now)
	return v, nil
}

// receipts fills in the receipt of each entry. An entry that was issued more
// than once has come as far as its furthest issue.
func (s *Store) receipts(v *View, f *caseFile) {
	st := s.state()
	rank := map[Receipt]int{"": 0, SavedHere: 1, Delivered: 2, BackedUp: 3}
	for _, r := range f.Entries {
		got := SavedHere
		if st.backed(r.At) {
			got = BackedUp
		} else if st.holds(r.At) {
			got = Delivered
		}
		if rank[got] > rank[v.Receipts[r.UID]] {
			v.Receipts[r.UID] = got
		}
	}
	for _, uid := range f.Fold.HeldNow {
		if rank[v.Receipts[uid]] >= rank[Delivered] {
			v.Receipts[uid] = Withheld
		}
	}
}

// minPart is the shortest end of a 案号 that Find takes, in
// characters.
const minPart = 4

// Find returns the case that a person names: by its id, by a 案号 (an earlier one
// too), or by a part that no other case has: the beginning of the id, or the end
// of the 案号, which is what lists show of it. It refuses with not_found or
// ambiguous.
func (s *Store) Find(name string) (casework.CaseID, error) {
	name = strings.TrimSpace(name)
	if id, err := casework.ParseCaseID(name); err == nil {
		return id, s.mustHave(id)
	}
	if err := s.rows.wait(); err != nil {
		return casework.CaseID{}, refuse(err)
	}
	prefix, tail := strings.ToLower(strings.ReplaceAll(name, "-", "")), strings.ToUpper(name)
	var byNumber, byPart []casework.CaseID
	s.rows.each(func(_ uint64, w *row) bool {
		if strings.EqualFold(w.Number, name) || slices.ContainsFunc(w.Aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
			byNumber = append(byNumber, w.ID)
		}
		if prefix != "" && strings.HasPrefix(strings.ReplaceAll(w.ID.String(), "-", ""), prefix) ||
			len(tail) >= minPart && strings.HasSuffix(w.Number, tail) {
			byPart = append(byPart, w.ID)
		}
		return true
	})
	for _, found := range [][]casework.CaseID{byNumber, byPart} {
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return casework.CaseID{}, casework.Refuse(casework.CodeAmbiguous, "")
		}
	}
	return casework.CaseID{}, casework.Refuse(casework.CodeNotFound, "")
}

func (s *Store) mustHave(id casework.CaseID) error {
	return refuse(s.view(func(r reader) error {
		number, err := s.locate(r, id)
		if err == nil && number == 0 {
			return casework.Refuse(casework.CodeNotFound, "")
		}
		return err
	}))
}

// FindSource returns the case that was made from a record of another system;
// false if there is none.
func (s *Store) FindSource(src casework.Source) (casework.CaseID, bool, error) {
	var id casework.CaseID
	err := s.view(func(r reader) (err error) {
		id, err = r.findSource(src)
		return err
	})
	return id, !id.IsZero(), refuse(err)
}

// Entries returns the entries of a case in the order of the fold, each with its
// stamp: what a screen needs to show the words of one that is contested or held.
// A case that was withdrawn has none.
func (s *Store) Entries(id casework.CaseID) ([]casework.Entry, error) {
	var out []casework.Entry
	err := s.view(func(r reader) error {
		number, err := s.locate(r, id)
		if err != nil {
			return err
		}
		if number == 0 {
			return casework.Refuse(casework.CodeNotFound, "")
		}
		c, err := r.readCase(number)
		if err != nil || c.file.Gone != nil {
			return err
		}
		out, err = r.entries(c)
		return err
	})
	slices.SortStableFunc(out, func(a, b casework.Entry) int {
		switch {
		case a.Before(&b):
			return -1
		case b.Before(&a):
			return 1
		}
		return 0
	})
	return out, refuse(err)
}
