package store

import (
	"slices"

	"casedesk/store/casework"
)

// Tie is another case that a case has to do with.
type Tie struct {
	Kind   TieKind
	Case   casework.CaseID
	Row    *Row            // nil: it is not on this laptop
	Link   casework.Link   // of TieLink
	Back   bool            // of TieLink: the other case names this one
	Source *casework.Taken // of TieSource; nil: the source was not written down yet; masked in a confidential case where the other is not here
	Lost   bool            // a merger of which the source was not written down yet
	Late   int             // of TieSource: what was written on the other since it was merged
}

// TieKind says how two cases are tied.
type TieKind uint8

// The ties.
const (
	TieInto   TieKind = iota + 1 // the case was merged into the other
	TieSource                    // the other was merged into the case
	TieLink                      // one names the other
)

// maxTies bounds how many other cases are looked at for one.
const maxTies = 100

// Ties returns the other cases that a case has to do with, whichever of the two
// says so, as far as this laptop holds them.
func (s *Store) Ties(c *casework.Case) ([]Tie, error) {
	if err := s.rows.wait(); err != nil {
		return nil, refuse(err)
	}
	naming := s.rows.naming(c.ID)
	var ties []Tie
	if c.Merged != nil {
		ties = append(ties, Tie{Kind: TieInto, Case: c.Merged.Into})
	}
	for i := range c.Sources {
		ties = append(ties, Tie{Kind: TieSource, Case: c.Sources[i].Case, Source: &c.Sources[i]})
	}
	for _, l := range c.Links() {
		ties = append(ties, Tie{Kind: TieLink, Case: l.Case, Link: l})
	}
	views := map[casework.CaseID]View{}
	look := func(id casework.CaseID) (View, bool, error) {
		v, ok := views[id]
		if ok || len(views) == maxTies {
			return v, ok && v.Gone == nil, nil
		}
		if s.mustHave(id) != nil {
			return v, false, nil
		}
		v, err := s.Case(id)
		views[id] = v
		return v, err == nil && v.Gone == nil, err
	}
	for _, id := range naming {
		v, here, err := look(id)
		if err != nil {
			return nil, err
		}
		if !here {
			continue
		}
		if m := v.Case.Merged; m != nil && m.Into == c.ID && !c.HasSource(id) {
			ties = append(ties, Tie{Kind: TieSource, Case: id, Lost: true})
		}
		for _, l := range v.Case.Links() {
			if l.Case == c.ID {
				ties = append(ties, Tie{Kind: TieLink, Case: id, Link: l, Back: true})
			}
		}
	}
	for i := range ties {
		t := &ties[i]
		v, here, err := look(t.Case)
		if err != nil {
			return nil, err
		}
		if !here {
			if t.Source != nil && c.Confidential {
				masked := t.Source.Masked()
				t.Source = &masked
			}
			continue
		}
		t.Row = &v.Row
		switch t.Kind {
		case TieInto:
			t.Lost = !v.Case.HasSource(c.ID)
		case TieSource:
			if m := v.Case.Merged; m != nil {
				at := slices.IndexFunc(v.Case.Timeline, func(l casework.Line) bool { return l.UID == m.By })
				t.Late = len(v.Case.Timeline) - at - 1
			}
		}
	}
	slices.SortStableFunc(ties, func(a, b Tie) int { return int(a.Kind) - int(b.Kind) })
	return ties, nil
}

// naming returns the cases that name another one.
func (t *rowTable) naming(id casework.CaseID) (out []casework.CaseID) {
	for _, page := range t.snapshot() {
		if page == nil {
			continue
		}
		for i := range page.rows {
			e := &page.rows[i]
			if e.kept == "" || !e.is(isTied) {
				continue
			}
			if w, err := e.row(); err == nil && slices.Contains(w.Others, id) {
				out = append(out, w.ID)
			}
		}
	}
	return out
}
