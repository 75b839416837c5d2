package store

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/text"
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
)

// Tabs in the order in which the desk shows them.
var Tabs = []Tab{TabTodo, TabMine, TabAll, TabOverdue, TabClosed}

// Query asks for a part of a list.
type Query struct {
	Tab    Tab    // empty: TabAll
	Find   string // words that all must be found; empty: everything
	Offset int    // rows left out at the start
	Limit  int    // rows at most; 0: all
}

// List is the answer to a Query.
type List struct {
	Rows  []Row
	Total int         // rows that match, beyond Limit too
	Tabs  map[Tab]int // how many rows each tab has, Find left aside
}

// Rows answers a query. To-do and overdue cases come by due date, the others by
// last change, newest first. It waits until the rows are loaded; a screen that
// starts shows FirstPage meanwhile.
func (s *Store) Rows(q Query) (List, error) {
	if err := s.rows.wait(); err != nil {
		return List{}, refuse(err)
	}
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	if q.Tab == "" {
		q.Tab = TabAll
	}
	list := List{Tabs: map[Tab]int{}}
	top := newTop(q, now)
	query := text.NewQuery(q.Find)
	if query.IsEmpty() {
		s.rows.each(func(_ uint64, w *row) bool {
			for _, tab := range Tabs {
				if w.in(tab, now) {
					list.Tabs[tab]++
				}
			}
			top.offer(w)
			return true
		})
	} else {
		err := s.rows.search(s, func(w *row, words string) {
			for _, tab := range Tabs {
				if w.in(tab, now) {
					list.Tabs[tab]++
				}
			}
			if w.in(q.Tab, now) && query.Match(words) {
				top.offer(w)
			}
		})
		if err != nil {
			return List{}, refuse(err)
		}
	}
	list.Total = top.total
	for _, w := range top.sorted() {
		list.Rows = append(list.Rows, w.show(st, ix, now))
	}
	return list, nil
}

// in reports whether the row stands in a tab at a moment.
func (w *row) in(tab Tab, now time.Time) bool {
	switch tab {
	case TabTodo:
		return w.Todo
	case TabMine:
		return w.Mine
	case TabOverdue:
		return w.light(now) == casework.Red && !w.State.Ended()
	case TabClosed:
		return w.State.Ended()
	}
	return true
}

// before is the order of a tab. It is total: ids decide at last.
func (w *row) before(o *row, tab Tab) bool {
	if tab == TabTodo || tab == TabOverdue {
		if a, b := w.Due, o.Due; a != b {
			return b == 0 || a != 0 && a < b
		}
	}
	if c := cmp.Compare(o.Updated, w.Updated); c != 0 {
		return c < 0
	}
	return slices.Compare(w.ID.UUID[:], o.ID.UUID[:]) < 0
}

// top keeps the first rows of a tab's order out of all that it is offered, so
// that a long list is not sorted for one page.
type top struct {
	q     Query
	now   time.Time
	total int
	rows  []*row // a heap with the last of the kept rows on top
}

func newTop(q Query, now time.Time) *top { return &top{q: q, now: now} }

// offer takes a row into account if it is in the tab.
func (t *top) offer(w *row) {
	if !w.in(t.q.Tab, t.now) {
		return
	}
	t.total++
	keep := t.q.Offset + t.q.Limit
	switch {
	case t.q.Limit <= 0:
		t.rows = append(t.rows, w)
	case len(t.rows) < keep:
		heap.Push(t, w)
	case w.before(t.rows[0], t.q.Tab):
		t.rows[0] = w
		heap.Fix(t, 0)
	}
}

// sorted returns the page asked for.
func (t *top) sorted() []*row {
	slices.SortFunc(t.rows, func(a, b *row) int {
		if a.before(b, t.q.Tab) {
			return -1
		}
		return 1
	})
	return t.rows[min(max(t.q.Offset, 0), len(t.rows)):]
}

// Len, Less, Swap, Push and Pop make a heap of the kept rows.
func (t *top) Len() int           { return len(t.rows) }
func (t *top) Less(i, j int) bool { return t.rows[j].before(t.rows[i], t.q.Tab) }
func (t *top) Swap(i, j int)      { t.rows[i], t.rows[j] = t.rows[j], t.rows[i] }
func (t *top) Push(x any)         { t.rows = append(t.rows, x.(*row)) }

// Pop removes the last row of the heap's slice.
func (t *top) Pop() any {
	w := t.rows[len(t.rows)-1]
	t.rows = t.rows[:len(t.rows)-1]
	return w
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
	return list, true
}

// dropPages destroys the first pages that were kept.
func (t *txn) dropPages() error {
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

// keepPages keeps the first page of each tab, and notes that the desk ended in
// order.
func (s *Store) keepPages() error {
	pages := map[Tab]*firstPage{}
	now := s.opt.Clock.Now()
	if s.rows.loaded() && s.rows.wait() == nil {
		for _, tab := range Tabs {
			top := newTop(Query{Tab: tab, Limit: firstRows}, now)
			s.rows.each(func(_ uint64, w *row) bool { top.offer(w); return true })
			pages[tab] = &firstPage{Total: top.total, Top: append([]*row{}, top.sorted()...)}
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
		return nil
	})
}
