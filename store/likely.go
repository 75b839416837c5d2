package store

import (
	"cmp"
	"context"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/search"
	"casedesk/store/text"
)

// LikelyMatch is a case that may tell the same as another, with what makes one
// think so.
type LikelyMatch struct {
	Row
	Likeness []casework.Likeness
}

// Bounds of what is looked at for one case, however many there are.
const (
	likelyPeople = 4  // parties whose names and phones are looked for
	likelyEach   = 16 // cases read for each of those, the newest
	likelyPairs  = 48 // pairs of characters of the title and the facts
	likelyWords  = 40 // cases read for those
	likelyShown  = 8  // matches told
)

// Likely returns cases on this laptop that may tell the same, the likeliest first.
// except are cases that are known to be others; the case itself, for one. What is
// looked at is bounded, so it takes its time however many cases there are: never
// from a screen's Update, and after PrepareSearch it takes the least.
func (s *Store) Likely(of casework.Summary, except ...casework.CaseID) ([]LikelyMatch, error) {
	if err := s.rows.wait(); err != nil {
		return nil, refuse(err)
	}
	if err := s.rows.loadWords(s); err != nil {
		return nil, refuse(err)
	}
	var ids []casework.CaseID
	add := func(e *entry) {
		if !slices.Contains(ids, e.id) && !slices.Contains(except, e.id) {
			ids = append(ids, e.id)
		}
	}
	for _, p := range of.Parties[:min(len(of.Parties), likelyPeople)] {
		for _, word := range []string{p.Name, p.Phone} {
			query := search.OfText(word)
			if query.IsEmpty() || len([]rune(word)) < 2 {
				continue
			}
			top, _ := s.rows.find(Query{Tab: TabAll, Limit: likelyEach}, s.newSieve(context.Background(), query))
			for _, e := range top.rows {
				add(e)
			}
		}
	}
	pairs := text.PairsOf(text.Keys(of.Title, of.Facts), likelyPairs)
	for _, e := range s.rows.sharing(pairs, likelyWords) {
		add(e)
	}
	return s.compare(of, ids)
}

// LikelyTo is Likely for a case that is here, but for those that it is tied to.
func (s *Store) LikelyTo(c *casework.Case) ([]LikelyMatch, error) {
	ties, err := s.Ties(c)
	if err != nil {
		return nil, err
	}
	except := []casework.CaseID{c.ID}
	for _, t := range ties {
		except = append(except, t.Case)
	}
	return s.Likely(casework.Summarize(c), except...)
}

// compare compares a summary with cases.
func (s *Store) compare(of casework.Summary, ids []casework.CaseID) ([]LikelyMatch, error) {
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	mine := of.Ready()
	var out []LikelyMatch
	err := s.view(func(r reader) error {
		for _, id := range ids {
			number, err := s.locate(r, id)
			if err != nil {
				return err
			}
			if number == 0 {
				continue
			}
			c, err := r.readCase(number)
			if err != nil {
				return err
			}
			fold := &c.file.Fold
			if c.file.Gone != nil || !fold.Exists() || fold.State == casework.StateVoided {
				continue
			}
			other := casework.Summarize(fold).Ready()
			if why := casework.Likely(&mine, &other, ix); len(why) > 0 {
				out = append(out, LikelyMatch{Row: rowOf(&c.file, st, ix).show(st, ix, now), Likeness: why})
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b LikelyMatch) int {
		return cmp.Or(casework.Weight(b.Likeness)-casework.Weight(a.Likeness), b.Updated.Compare(a.Updated), cmp.Compare(a.Number, b.Number))
	})
	return out[:min(len(out), likelyShown)], refuse(err)
}

// sharing returns the cases that share the most of some pairs of characters, the
// newest of those that share as many, if it is a quarter of them at least.
func (t *rowTable) sharing(pairs text.Pairs, most int) (out []*entry) {
	least := max(3, len(pairs)/4)
	if len(pairs) < least {
		return nil
	}
	by := make([][]*entry, len(pairs)+1)
	pages := t.snapshot()
	for _, page := range slices.Backward(pages) {
		if page == nil {
			continue
		}
		var counts [pageRows]uint8
		if page.index != nil {
			page.index.Count(pairs, &counts)
		}
		for i := len(page.rows) - 1; i >= 0; i-- {
			e := &page.rows[i]
			if e.kept == "" {
				continue
			}
			n := int(counts[i])
			if page.index == nil || e.is(isLoose) {
				n = pairs.In(e.words)
			}
			if n >= least && len(by[n]) < most {
				by[n] = append(by[n], e)
			}
		}
	}
	for _, some := range slices.Backward(by) {
		out = append(out, some[:min(len(some), most-len(out))]...)
	}
	return out
}
