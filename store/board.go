package store

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Pick names cases that the board counts; Store.Picked returns them.
type Pick string

// The picks. "Mine" are the units that the person serves.
const (
	PickOrders  Pick = "orders"  // an order waits for the reply of mine
	PickCalls   Pick = "calls"   // a call-out waits for the answer of mine
	PickTasks   Pick = "tasks"   // a task does, or the paper of an emergency
	PickRed     Pick = "red"     // overdue, and the person's to do
	PickYellow  Pick = "yellow"  // due soon, likewise
	PickLater   Pick = "later"   // the person's to do, not due soon, and in none of those above or below
	PickWaits   Pick = "waits"   // something on it is contested or held, likewise
	PickSign    Pick = "sign"    // 待签收
	PickRoute   Pick = "route"   // 待受理、待研判、待分流
	PickTell    Pick = "tell"    // settled or not, and the parties are to be told
	PickArrived Pick = "arrived" // since yesterday: somebody else registered it
	PickMoved   Pick = "moved"   // since yesterday: somebody else did something on a case that the person registered
	PickPassed  Pick = "passed"  // since yesterday: it went from one unit to another
	PickTurned  Pick = "turned"  // since yesterday: it became overdue
	PickSettled Pick = "settled" // since yesterday: it was settled or came to an end
	PickGiven   Pick = "given"   // an order of mine waits for its reply
	PickReplied Pick = "replied" // since yesterday: an order of mine was replied to
	PickGreen   Pick = "green"   // mine have it in hand, by its light
	PickAmber   Pick = "amber"
	PickOverdue Pick = "overdue"
	PickPaused  Pick = "paused"
	PickFree    Pick = "free"
	PickAllRed  Pick = "all_red" // overdue, whoever has it
)

// asks are what runs between the person's units and others, a bit each.
type asks uint8

const (
	owesOrder asks = 1 << iota
	owesCall
	owesTask
	gaveOrder
)

// stillCalls stands for the answer of a call-out that has none.
const stillCalls = int64(-1)

// watch notes what the board and the tab of supervised cases need.
func (w *row) watch(c *casework.Case, st *state, ix *catalogue.Index) {
	mine := func(u catalogue.UnitID) bool { return st.County == nil || slices.Contains(st.Units, u) }
	for i := range c.Timeline {
		if l := &c.Timeline[i]; l.Actor != st.User && l.Effect != casework.HeldBack {
			w.News = max(w.News, l.At.UnixMilli())
		}
	}
	w.Arrived, w.Turned = c.RegisteredAt.UnixMilli(), c.Since().UnixMilli()
	if n := len(c.Hands); c.Passed() > 0 {
		l, _ := c.Line(c.Hands[n-1].By)
		w.Passed = l.At.UnixMilli()
	}
	owes := map[casework.Action]asks{casework.ActTask: owesTask, casework.ActCallOut: owesCall}
	for a, bit := range owes {
		if slices.ContainsFunc(c.Asked(a), func(o casework.Asked) bool { return mine(o.Unit) }) {
			w.Asks |= bit
		}
	}
	if slices.ContainsFunc(c.OwesPaper(), mine) {
		w.Asks |= owesTask
	}
	for _, call := range c.Calls() {
		switch {
		case !mine(call.From):
		case call.Runs:
			w.Called = stillCalls
		case w.Called != stillCalls && !call.Answer.At.IsZero():
			w.Called = max(w.Called, call.Answer.At.UnixMilli())
		}
	}
	for _, o := range c.Orders() {
		day, _ := time.ParseInLocation(time.DateOnly, o.Due, ix.Calendar().Location())
		due := day.AddDate(0, 0, 1)
		if mine(o.To) {
			w.Asks |= owesOrder
			w.Owed = first(w.Owed, due)
		}
		if mine(o.From) {
			w.Asks |= gaveOrder
			w.Given = first(w.Given, due)
		}
		if mine(o.To) || mine(o.From) {
			w.supervised(o.Grade, o.From, due)
		}
	}
	for _, g := range c.Given() {
		if mine(g.From) && !g.Reply.At.IsZero() {
			w.Replied = max(w.Replied, g.Reply.At.UnixMilli())
		}
	}
	for _, l := range casework.Limits(c, ix, c.UpdatedAt) {
		for _, u := range l.Urged {
			if !l.Stopped {
				w.supervised(u.Grade, "", l.Due)
			}
		}
	}
}

// first is the earlier of a moment that is known, 0 for none, and another one.
func first(known int64, t time.Time) int64 {
	if known == 0 {
		return t.UnixMilli()
	}
	return min(known, t.UnixMilli())
}

// supervised takes over an order or an urging that is stronger than what is known, or as
// strong and due before it.
func (w *row) supervised(g casework.Grade, by catalogue.UnitID, due time.Time) {
	if g.Stronger(w.Grade) || g == w.Grade && due.UnixMilli() < w.Answer {
		w.Grade, w.Urger, w.Answer = g, by, due.UnixMilli()
	}
}

// looking is a look at rows at a moment.
type looking struct {
	st             *state
	now, yesterday int64
}

func (s *Store) looking(now time.Time) looking {
	return looking{s.state(), now.UnixMilli(), s.yesterday(now)}
}

// yesterday is the beginning of the day before, since when changes are told.
func (s *Store) yesterday(now time.Time) int64 {
	return s.Catalogue().Calendar().Midnight(now).AddDate(0, 0, -1).UnixMilli()
}

// has reports whether one of the person's units has the case in hand.
func (l *looking) has(w *row) bool {
	if l.st.County == nil {
		return true
	}
	return slices.Contains(l.st.Units, cmp.Or(w.Lead, w.Holder))
}

// overdue reports whether the case's first limit is over and does not stand still.
func (l *looking) overdue(w *row) bool { return w.Due != 0 && w.Paused == 0 && l.now >= w.Due }

// is reports whether a case that did not come to an end is one of a pick; of one that did,
// see ended.
func (l *looking) is(w *row, p Pick) bool {
	light := func(want casework.Light) bool { return w.light(time.UnixMilli(l.now)) == want }
	settled := w.State == casework.StateResolved || w.State.Ended()
	switch p {
	case PickWaits:
		return w.Todo && (w.Contested > 0 || w.Held > 0)
	case PickArrived:
		return !w.Mine && w.Arrived >= l.yesterday
	case PickMoved:
		return w.Mine && w.News >= l.yesterday
	case PickReplied:
		return w.Replied != 0 && w.Replied >= l.yesterday
	case PickPassed:
		return w.Passed >= l.yesterday
	case PickSettled:
		return settled && w.Turned >= l.yesterday
	}
	if w.State.Ended() {
		return false
	}
	switch p {
	case PickOrders:
		return w.Asks&owesOrder != 0
	case PickCalls:
		return w.Asks&owesCall != 0
	case PickTasks:
		return w.Asks&owesTask != 0
	case PickGiven:
		return w.Asks&gaveOrder != 0
	case PickRed:
		return w.Todo && light(casework.Red)
	case PickYellow:
		return w.Todo && light(casework.Yellow)
	case PickLater:
		elsewhere := settled || w.Contested+w.Held > 0 || w.Asks&(owesOrder|owesCall|owesTask) != 0 // another pick has it
		return w.Todo && !elsewhere && !light(casework.Red) && !light(casework.Yellow)
	case PickSign:
		return w.Todo && w.State == casework.StateAssigned
	case PickRoute:
		early := w.Stage == casework.StageIntake || w.Stage == casework.StageAssess || w.Stage == casework.StageRoute
		return w.Todo && early && w.State != casework.StateAssigned
	case PickTell:
		return w.Todo && settled
	case PickTurned:
		return l.overdue(w) && w.Due >= l.yesterday
	case PickAllRed:
		return l.overdue(w)
	case PickGreen:
		return l.has(w) && light(casework.Green)
	case PickAmber:
		return l.has(w) && light(casework.Yellow)
	case PickOverdue:
		return l.has(w) && light(casework.Red)
	case PickPaused:
		return l.has(w) && light(casework.Grey)
	case PickFree:
		return l.has(w) && light(casework.None)
	}
	return false
}

// Picks are all picks, in the order in which a board would show them.
var Picks = []Pick{PickOrders, PickCalls, PickRed, PickTasks, PickWaits, PickYellow, PickTell, PickLater, PickSign, PickRoute, PickGiven, PickReplied,
	PickArrived, PickMoved, PickPassed, PickTurned, PickSettled, PickOverdue, PickAmber, PickGreen, PickPaused, PickFree, PickAllRed}

// due is when what a pick names a case for is due: the reply to an order, else what is due
// first on the case.
func (p Pick) due(w *row) int64 {
	switch p {
	case PickOrders:
		return w.Owed
	case PickGiven:
		return w.Given
	}
	return w.Due
}

// sooner is the order of picked cases: what is due first.
func (p Pick) sooner(a, b *row) int {
	one, other := p.due(a), p.due(b)
	if one != other && (one == 0 || other == 0) {
		return cmp.Compare(other, one)
	}
	return cmp.Or(cmp.Compare(one, other), cmp.Compare(b.Updated, a.Updated), slices.Compare(a.ID.UUID[:], b.ID.UUID[:]))
}

// show shows a row of a pick. Where the pick is about orders, the row's limit is the
// order's own: a case in good time says nothing of an order that is overdue.
func (p Pick) show(w *row, st *state, ix *catalogue.Index, now time.Time) Row {
	out := w.show(st, ix, now)
	if p != PickOrders && p != PickGiven || p.due(w) == 0 {
		return out
	}
	cal := ix.Calendar()
	out.Limit, out.Original = casework.LimitOrder, time.Time{}
	out.Due = time.UnixMilli(p.due(w)).In(cal.Location())
	out.DaysLeft, out.Light = cal.DaysLeft(now, out.Due), casework.LightAt(now, cal.LastDay(out.Due), out.Due)
	return out
}

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

// opened remembers which changes the person has seen, by opening the case.
type opened struct {
	mu   sync.Mutex
	news map[casework.CaseID]int64 // Row.News of the case when it was opened; nil: not read yet
}

// openedCase is one of them as it lies in the file.
type openedCase struct {
	ID   casework.CaseID `codec:"id"`
	News int64           `codec:"news"`
}

var openedKey = []byte("opened")

// read reads what was seen before. The caller holds the lock.
func (o *opened) read(s *Store) {
	if o.news != nil {
		return
	}
	var kept []openedCase
	err := s.view(func(r reader) error {
		_, err := r.get(bucketState, openedKey, &kept)
		return err
	})
	if err != nil {
		return // all is new then, and it is tried again
	}
	o.news = map[casework.CaseID]int64{}
	for _, c := range kept {
		o.news[c.ID] = c.News
	}
}

// markNew marks the rows on which somebody else did something since yesterday that the
// person has not seen.
func (s *Store) markNew(rows []Row) {
	since := s.yesterday(s.opt.Clock.Now())
	s.opened.mu.Lock()
	defer s.opened.mu.Unlock()
	for i := range rows {
		if r := &rows[i]; !r.News.IsZero() && r.News.UnixMilli() >= since {
			s.opened.read(s)
			r.New = s.opened.news[r.ID] != r.News.UnixMilli()
		}
	}
}

// NoteOpened notes that the person has seen what others did on a case, as its row tells it.
// It stays on this laptop, for as long as it matters.
func (s *Store) NoteOpened(r Row) error {
	one := []Row{r}
	if s.markNew(one); !one[0].New {
		return nil
	}
	since := s.yesterday(s.opt.Clock.Now())
	s.opened.mu.Lock()
	if s.opened.news == nil {
		s.opened.news = map[casework.CaseID]int64{}
	}
	news := map[casework.CaseID]int64{r.ID: r.News.UnixMilli()}
	for id, at := range s.opened.news {
		if at >= since && id != r.ID {
			news[id] = at
		}
	}
	s.opened.news = news
	s.opened.mu.Unlock()
	var kept []openedCase
	for id, at := range news {
		kept = append(kept, openedCase{id, at})
	}
	err := s.update(true, func(t *txn) error { return t.put(bucketState, openedKey, kept) })
	s.tell(Change{Cases: []casework.CaseID{r.ID}})
	return err
}
