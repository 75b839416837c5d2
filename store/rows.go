package store

import (
	"context"
	"slices"

	"casedesk/store/search"
)

// Tab is one of the lists that the desk shows.
type Tab string

// The tabs.
const (
	TabTodo    Tab = "todo"    // 待办: waits for this person
	TabMine    Tab = "mine"    // 我登记的
	TabAll     Tab = "all"     // 全部, withdrawn ones included
	TabOverdue Tab = "overdue" // 超期
	TabClosed  Tab = "closed"  // 已结
	TabBacklog Tab = "backlog" // 积案 that are not settled
	TabToday   Tab = "today"   // 近日: appointments, and what is due, today and in the next days
	// 督办: an order runs to or from the person's units, or the county urged a limit that runs
	TabSupervised Tab = "supervised"
)

// Tabs in the order in which the desk shows them.
var Tabs = []Tab{TabTodo, TabMine, TabAll, TabOverdue, TabClosed, TabBacklog, TabToday, TabSupervised}

// Query asks for a part of a list.
type Query struct {
	Tab    Tab    // empty: TabAll
	Find   string // words and filters, as package search reads them; empty: everything
	Keyed  bool   // of Find only what has a key filters (search.ParseKeyed)
	Within string // a search whose cases alone are looked through; empty: all
	Offset int    // rows left out at the start
	Limit  int    // rows at most; 0: all
}

// List is the answer to a Query.
type List struct {
	Rows  []Row
	Total int          // rows that match, beyond Limit too
	Tabs  map[Tab]int  // how many rows each tab has, Find left aside
	Asked search.Query // Find as it was understood
}

// Rows answers a query. To-do and overdue cases come by due date, those
// whose limit is paused or that have none after them, those of the day list by what
// comes first, supervised ones by grade and day, the others by last change, newest first. It waits until the rows are loaded; a screen that starts shows
// FirstPage meanwhile.
func (s *Store) Rows(q Query) (List, error) { return s.Search(context.Background(), q) }

// Search is Rows, given up with the context's error once that is done: who types on wants
// another answer.
func (s *Store) Search(ctx context.Context, q Query) (List, error) {
	if err := s.rows.wait(); err != nil {
		return List{}, refuse(err)
	}
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	if q.Tab == "" {
		q.Tab = TabAll
	}
	parse := search.Parse
	if q.Keyed {
		parse = search.ParseKeyed
	}
	asked := parse(q.Find, ix, now)
	v := s.newSieve(ctx, asked, search.Parse(q.Within, ix, now))
	if v.needsWords() {
		if err := s.rows.loadWords(s); err != nil {
			return List{}, refuse(err)
		}
	}
	part := q
	if q.Tab == TabToday { // it is in order only when all of it is
		q.Offset, q.Limit = 0, 0
	}
	top, tabs := s.rows.find(q, v)
	if err := ctx.Err(); err != nil {
		return List{}, err
	}
	list := List{Total: top.total, Tabs: map[Tab]int{}, Asked: asked}
	for i, tab := range Tabs {
		list.Tabs[tab] = tabs[i]
	}
	for _, e := range top.sorted() {
		w, err := e.row()
		if err != nil {
			return List{}, refuse(err)
		}
		shown := w.show(st, ix, now)
		shown.Hits = asked.Hits(e.words)
		list.Rows = append(list.Rows, shown)
	}
	if q.Tab == TabToday {
		inTime(list.Rows)
		list.Rows = list.Rows[min(max(part.Offset, 0), len(list.Rows)):]
		if part.Limit > 0 {
			list.Rows = list.Rows[:min(part.Limit, len(list.Rows))]
		}
	}
	s.markNew(list.Rows)
	return list, nil
}

// firstRows is how many rows of each tab are kept for the next start.
const firstRows = 60

// firstPage is a tab's first rows as they were when the rows last changed.
type firstPage struct {
	Rows  uint64 `codec:"rows"` // state.Rows when it was made
	Total int    `codec:"total"`
	Top   []*row `codec:"top"`
}

func pageKey(tab Tab) []byte { return append([]byte("p"), byte(slices.Index(Tabs, tab))) }

// FirstPage returns the first rows of a tab as they were kept at the last end,
// without waiting for all rows; false when there are none that are still true.
func (s *Store) FirstPage(tab Tab) (List, bool) {
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	var page firstPage
	err := s.view(func(r reader) error {
		_, err := r.get(bucketState, pageKey(tab), &page)
		return err
	})
	if err != nil || page.Top == nil || page.Rows != st.Rows {
		return List{}, false
	}
	list := List{Total: page.Total}
	for _, w := range page.Top {
		list.Rows = append(list.Rows, w.show(st, ix, now))
	}
	if tab == TabToday {
		inTime(list.Rows)
	}
	s.markNew(list.Rows)
	return list, true
}

// dropPages destroys the first pages that were kept, and the board.
func (t *txn) dropPages() error {
	if t.has(bucketState, boardKey) {
		if err := t.delete(bucketState, boardKey); err != nil {
			return err
		}
	}
	for _, tab := range Tabs {
		if !t.has(bucketState, pageKey(tab)) {
			continue
		}
		if err := t.delete(bucketState, pageKey(tab)); err != nil {
			return err
		}
	}
	return nil
}

// keepPages keeps the first page of each tab and the board, and notes that the desk ended in
// order.
func (s *Store) keepPages() error {
	pages := map[Tab]*firstPage{}
	now := s.opt.Clock.Now()
	var board *keptBoard
	if s.rows.loaded() && s.rows.wait() == nil {
		var err error
		if board, err = s.countBoard(now); err != nil {
			return err
		}
		for _, tab := range Tabs {
			top, _ := s.rows.find(Query{Tab: tab, Limit: firstRows}, s.newSieve(context.Background()))
			page := &firstPage{Total: top.total, Top: []*row{}}
			for _, e := range top.sorted() {
				w, err := e.row()
				if err != nil {
					return err
				}
				page.Top = append(page.Top, w)
			}
			pages[tab] = page
		}
	}
	return s.update(true, func(t *txn) error {
		t.closing = true
		t.save()
		for _, tab := range Tabs {
			page, ok := pages[tab]
			if !ok {
				break
			}
			page.Rows = t.st.Rows
			if err := t.put(bucketState, pageKey(tab), page); err != nil {
				return err
			}
		}
		if board == nil {
			return nil
		}
		board.Rows = t.st.Rows
		return t.put(bucketState, boardKey, board)
	})
}
