package store

import (
	"cmp"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/text"
)

// pageRows is how many cases lie on one page of the table.
const pageRows = text.IndexKeys

// rowPage is a part of the table. It is never changed once others can see it, only
// replaced: whoever reads the table works on the pages as they were.
type rowPage struct {
	rows  [pageRows]entry
	index *text.Index // of the words; nil: there is none yet
	loose int         // rows whose words changed since the index was made
}

// entry is a case in the table: what orders and counts it, and the rest as it is
// kept, to be read when it is shown.
type entry struct {
	kept    string // the row as it is kept; empty: there is no such case
	words   string // the text to search in
	id      casework.CaseID
	due     int64 // 0: no limit runs, or it is paused
	updated int64
	flags   uint8
}

const (
	isTodo uint8 = 1 << iota
	isMine
	isBacklog
	isEnded
	hasWords // words are loaded
	isLoose  // the page's index does not speak of the words
)

// set takes over a row as it is kept.
func (e *entry) set(kept string) error {
	if !e.readHeads(kept) {
		var w row
		if err := readRow(kept, &w); err != nil {
			return err
		}
		e.id, e.updated = w.ID, w.Updated
		e.dueBy(w.Due, w.Paused)
		e.mark(w.Todo, w.Mine, w.Backlog, w.State.Ended())
	}
	e.kept = kept
	return nil
}

// dueBy notes by when the case is to move on: a paused limit hurries nobody, and is
// overdue only if it was before.
func (e *entry) dueBy(due, paused int64) {
	if e.due = due; paused != 0 && due > paused {
		e.due = 0
	}
}

// mark notes what the row says, and leaves what is known of its words.
func (e *entry) mark(todo, mine, backlog, ended bool) {
	e.flags &= hasWords | isLoose
	if todo {
		e.flags |= isTodo
	}
	if mine {
		e.flags |= isMine
	}
	if backlog {
		e.flags |= isBacklog
	}
	if ended {
		e.flags |= isEnded
	}
}

func (e *entry) is(flag uint8) bool { return e.flags&flag != 0 }

// in reports whether the case stands in a tab at a moment, in Unix milliseconds.
func (e *entry) in(tab Tab, now int64) bool {
	switch tab {
	case TabTodo:
		return e.is(isTodo)
	case TabMine:
		return e.is(isMine)
	case TabOverdue:
		return e.due != 0 && now >= e.due && !e.is(isEnded)
	case TabClosed:
		return e.is(isEnded)
	case TabBacklog:
		return e.is(isBacklog) && !e.is(isEnded)
	}
	return true
}

// before is the order of a tab. It is total: ids decide at last.
func (e *entry) before(o *entry, tab Tab) bool {
	if tab == TabTodo || tab == TabOverdue {
		if a, b := e.due, o.due; a != b {
			return b == 0 || a != 0 && a < b
		}
	}
	if c := cmp.Compare(o.updated, e.updated); c != 0 {
		return c < 0
	}
	return slices.Compare(e.id.UUID[:], o.id.UUID[:]) < 0
}

// row reads the row.
func (e *entry) row() (*row, error) {
	w := new(row)
	return w, readRow(e.kept, w)
}

// counts counts the rows of each tab, in the order of Tabs.
type counts [6]int

func (n *counts) add(e *entry, now int64) {
	for i, tab := range Tabs {
		if e.in(tab, now) {
			n[i]++
		}
	}
}
