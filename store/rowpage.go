package store

import (
	"cmp"
	"slices"
	"time"

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
	grade   uint8 // of the order or urging that runs, from 1; 0: none
}

const (
	isTodo uint8 = 1 << iota
	isMine
	isBacklog
	isEnded
	hasWords // words are loaded
	isLoose  // the page's index does not speak of the words
	hasMeets // appointments of the person's units stand on it
	isTied   // it names other cases
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
		e.mark(w.Todo, w.Mine, w.Backlog, w.State.Ended(), len(w.Meets) > 0, len(w.Others) > 0)
		e.grade = w.Grade.Rank()
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
func (e *entry) mark(todo, mine, backlog, ended, meets, tied bool) {
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
	if meets {
		e.flags |= hasMeets
	}
	if tied {
		e.flags |= isTied
	}
}

func (e *entry) is(flag uint8) bool { return e.flags&flag != 0 }

// moment is when lists are looked at, in Unix milliseconds: now, and the days that
// the day list is about, from the beginning of today on.
type moment struct{ now, from, until int64 }

func (m moment) time() time.Time { return time.UnixMilli(m.now) }

// in reports whether the case stands in a tab at a moment.
func (e *entry) in(tab Tab, at moment) bool {
	switch tab {
	case TabTodo:
		return e.is(isTodo)
	case TabMine:
		return e.is(isMine)
	case TabOverdue:
		return e.due != 0 && at.now >= e.due && !e.is(isEnded)
	case TabClosed:
		return e.is(isEnded)
	case TabBacklog:
		return e.is(isBacklog) && !e.is(isEnded)
	case TabSupervised:
		return e.grade > 0 && !e.is(isEnded)
	case TabToday:
		due := e.is(isTodo) && e.due != 0 && e.due <= at.until
		return !e.is(isEnded) && (due || e.is(hasMeets) && e.meets(at))
	}
	return true
}

// meets reports whether an appointment lies in the days of the day list.
func (e *entry) meets(at moment) bool {
	w, err := e.row()
	return err == nil && slices.ContainsFunc(w.Meets, func(t int64) bool { return at.from <= t && t < at.until })
}

// before is the order of a tab. It is total: ids decide at last.
func (e *entry) before(o *entry, tab Tab) bool {
	if tab == TabTodo || tab == TabOverdue || tab == TabToday {
		if a, b := e.due, o.due; a != b {
			return b == 0 || a != 0 && a < b
		}
	}
	if tab == TabSupervised {
		if c := cmp.Or(cmp.Compare(o.grade, e.grade), cmp.Compare(e.answer(), o.answer())); c != 0 {
			return c < 0
		}
	}
	if c := cmp.Compare(o.updated, e.updated); c != 0 {
		return c < 0
	}
	return slices.Compare(e.id.UUID[:], o.id.UUID[:]) < 0
}

// answer is by when what the case is supervised for is to be done.
func (e *entry) answer() int64 {
	w, err := e.row()
	if err != nil {
		return 0
	}
	return w.Answer
}

// row reads the row.
func (e *entry) row() (*row, error) {
	w := new(row)
	return w, readRow(e.kept, w)
}

// counts counts the rows of each tab, in the order of Tabs.
type counts [8]int

func (n *counts) add(e *entry, at moment) {
	for i, tab := range Tabs {
		if e.in(tab, at) {
			n[i]++
		}
	}
}
