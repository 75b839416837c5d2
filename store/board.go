package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Board is what there is for the person now, counted from rows.
type Board struct {
	Made  time.Time // when it was counted
	Picks map[Pick]Picked
	Today []Doing // what is to be done today
	Calls []Call  // call-outs of the person's units that wait, or were answered since yesterday
}

// Picked are the cases of a pick.
type Picked struct {
	Total int
	Top   []Row // the first of them, those that are due first
}

// Call is a call-out of one of the person's units.
type Call struct {
	casework.Call
	Row Row
}

// Most of a board's lists.
const (
	topRows  = 12
	topCalls = 20
)

// keptBoard is the board as it lies in the file.
type keptBoard struct {
	Rows  uint64             `codec:"rows"` // state.Rows when it was made
	Made  int64              `codec:"made"`
	Picks map[Pick]*keptPick `codec:"picks"`
	Today []keptDoing        `codec:"today"`

	called []casework.CaseID
}

type keptPick struct {
	Total int    `codec:"total"`
	Top   []*row `codec:"top"`
}

type keptDoing struct {
	At    int64               `codec:"at"`
	Place string              `codec:"place"`
	What  string              `codec:"what"`
	Unit  catalogue.UnitID    `codec:"unit"`
	Limit catalogue.LimitCode `codec:"limit"`
	Row   *row                `codec:"row"`
}

var boardKey = []byte("board")

// Board counts the board anew. It waits until the rows are loaded and looks at each: a
// screen that starts shows FirstBoard meanwhile.
func (s *Store) Board() (Board, error) {
	if err := s.rows.wait(); err != nil {
		return Board{}, refuse(err)
	}
	now := s.opt.Clock.Now()
	kept, err := s.countBoard(now)
	if err != nil {
		return Board{}, refuse(err)
	}
	b := s.showBoard(kept, now)
	for _, id := range kept.called {
		v, err := s.Case(id)
		if err != nil {
			return Board{}, refuse(err)
		}
		for _, call := range v.Case.Calls() {
			ours := s.state().County == nil || slices.Contains(s.state().Units, call.From)
			if ours && (call.Runs || call.Answer.At.UnixMilli() >= s.yesterday(now)) {
				b.Calls = append(b.Calls, Call{call, v.Row})
			}
		}
	}
	return b, nil
}

// FirstBoard returns the board as it was at the last end, without waiting for all rows;
// false when there is none that is still true of the cases. Lights may have turned since.
func (s *Store) FirstBoard() (Board, bool) {
	var kept keptBoard
	err := s.view(func(r reader) error {
		_, err := r.get(bucketState, boardKey, &kept)
		return err
	})
	if err != nil || kept.Picks == nil || kept.Rows != s.state().Rows {
		return Board{}, false
	}
	return s.showBoard(&kept, s.opt.Clock.Now()), true
}

func (s *Store) showBoard(kept *keptBoard, now time.Time) Board {
	st, ix := s.state(), s.Catalogue()
	b := Board{Made: time.UnixMilli(kept.Made), Picks: map[Pick]Picked{}}
	for p, k := range kept.Picks {
		picked := Picked{Total: k.Total}
		for _, w := range k.Top {
			picked.Top = append(picked.Top, p.show(w, st, ix, now))
		}
		s.markNew(picked.Top)
		b.Picks[p] = picked
	}
	cal := ix.Calendar()
	for _, d := range kept.Today {
		if at := time.UnixMilli(d.At).In(cal.Location()); cal.Midnight(at).Equal(cal.Midnight(now)) {
			b.Today = append(b.Today, Doing{At: at, Place: d.Place, What: d.What, Unit: d.Unit, Limit: d.Limit, Row: d.Row.show(st, ix, now)})
		}
	}
	return b
}

// countBoard looks at every row once. The rows are loaded.
func (s *Store) countBoard(now time.Time) (*keptBoard, error) {
	look := s.looking(now)
	kept := &keptBoard{Made: look.now, Picks: map[Pick]*keptPick{}}
	for _, p := range Picks {
		kept.Picks[p] = &keptPick{}
	}
	s.rows.each(func(_ uint64, w *row) bool {
		if w.Gone != nil {
			return true
		}
		for _, p := range Picks {
			if look.is(w, p) {
				kept.Picks[p].offer(p, w)
			}
		}
		if !w.State.Ended() && (w.Called == stillCalls || w.Called >= look.yesterday) && len(kept.called) < topCalls {
			kept.called = append(kept.called, w.ID)
		}
		return true
	})
	doings, err := s.Day(now)
	for _, d := range doings {
		if len(kept.Today) < topRows {
			w, err := s.rowOf(d.Row.ID)
			if err != nil {
				return nil, err
			}
			kept.Today = append(kept.Today, keptDoing{d.At.UnixMilli(), d.Place, d.What, d.Unit, d.Limit, w})
		}
	}
	return kept, err
}

// rowOf reads the row of a case that is here.
func (s *Store) rowOf(id casework.CaseID) (*row, error) {
	w := new(row)
	err := s.view(func(r reader) error {
		number, err := s.locate(r, id)
		if err == nil {
			_, err = r.get(bucketRows, u64(number), w)
		}
		return err
	})
	return w, err
}

// offer takes a row of a pick into account, which is the caller's again afterwards.
func (k *keptPick) offer(p Pick, w *row) {
	k.Total++
	i, _ := slices.BinarySearchFunc(k.Top, w, p.sooner)
	if i == topRows {
		return
	}
	mine := *w
	if k.Top = slices.Insert(k.Top, i, &mine); len(k.Top) > topRows {
		k.Top = k.Top[:topRows]
	}
}

// Picked returns the cases of a pick, those that are due first.
func (s *Store) Picked(p Pick) ([]Row, error) {
	look := s.looking(s.opt.Clock.Now())
	return s.chosen(p, func(w *row) bool { return look.is(w, p) })
}

func (s *Store) chosen(p Pick, is func(*row) bool) ([]Row, error) {
	if err := s.rows.wait(); err != nil {
		return nil, refuse(err)
	}
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	var found []*row
	s.rows.each(func(_ uint64, w *row) bool {
		if w.Gone == nil && is(w) {
			mine := *w
			found = append(found, &mine)
		}
		return true
	})
	slices.SortFunc(found, p.sooner)
	out := make([]Row, len(found))
	for i, w := range found {
		out[i] = p.show(w, st, ix, now)
	}
	s.markNew(out)
	return out, nil
}
