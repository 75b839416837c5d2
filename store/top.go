package store

import (
	"container/heap"
	"slices"
)

// top keeps the first rows of a tab's order out of all that it is offered, so
// that a long list is not sorted for one page.
type top struct {
	q     Query
	total int
	rows  []*entry // a heap with the last of the kept rows on top
}

// offer takes a row of the tab into account.
func (t *top) offer(e *entry) {
	t.total++
	t.keep(e)
}

func (t *top) keep(e *entry) {
	most := t.q.Offset + t.q.Limit
	switch {
	case t.q.Limit <= 0:
		t.rows = append(t.rows, e)
	case len(t.rows) < most:
		heap.Push(t, e)
	case e.before(t.rows[0], t.q.Tab):
		t.rows[0] = e
		heap.Fix(t, 0)
	}
}

// merge takes over what another was offered.
func (t *top) merge(o *top) {
	t.total += o.total
	for _, e := range o.rows {
		t.keep(e)
	}
}

// sorted returns the page asked for.
func (t *top) sorted() []*entry {
	slices.SortFunc(t.rows, func(a, b *entry) int {
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
func (t *top) Push(x any)         { t.rows = append(t.rows, x.(*entry)) }

// Pop removes the last row of the heap's slice.
func (t *top) Pop() any {
	e := t.rows[len(t.rows)-1]
	t.rows = t.rows[:len(t.rows)-1]
	return e
}
