package store

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
)

// rowFields is how many values a row has as it is kept.
const rowFields = 43

// readRow reads a row as it is kept. Rows are read by the hundred thousand, so
// the common ones are read here, their texts left where they lie; whatever is out
// of the common goes through the codec.
func readRow(kept string, w *row) error {
	c := cbor{s: kept}
	if c.row(w); c.bad || c.at != len(kept) {
		*w = row{}
		return record.UnmarshalLenient([]byte(kept), w)
	}
	return nil
}

func (c *cbor) row(w *row) {
	*w = row{}
	c.length(rowFields)
	c.id(w.ID.UUID[:])
	w.Number = c.text()
	for range c.array() {
		w.Aliases = append(w.Aliases, c.text())
	}
	w.Matter, w.Stage, w.State = casework.Matter(c.text()), casework.Stage(c.text()), casework.State(c.text())
	w.Category, w.Title = c.text(), c.text()
	w.Division = catalogue.DivisionCode(c.text())
	w.Holder, w.Lead = catalogue.UnitID(c.text()), catalogue.UnitID(c.text())
	w.Limit, w.Due, w.YellowAt, w.Paused = catalogue.LimitCode(c.text()), c.int(), c.int(), c.int()
	w.Contested, w.Held, w.HeldOwn, w.Unknown = int(c.int()), int(c.int()), c.yes(), int(c.int())
	w.Todo, w.Mine, w.Backlog, w.Secret, w.Signs = c.yes(), c.yes(), c.yes(), c.yes(), int(c.int())
	w.Updated, w.Unsent = c.int(), c.yes()
	for range c.array() {
		var m Mark
		c.length(2)
		c.id(m.Epoch.UUID[:])
		m.N = c.uint()
		w.Marks = append(w.Marks, m)
	}
	for range c.array() {
		w.Meets = append(w.Meets, c.int())
	}
	w.Original = c.int()
	for range c.array() {
		var id casework.CaseID
		c.id(id.UUID[:])
		w.Others = append(w.Others, id)
	}
	w.News, w.Arrived, w.Passed, w.Turned, w.Asks, w.Called = c.int(), c.int(), c.int(), c.int(), asks(c.int()), c.int()
	w.Grade, w.Urger, w.Answer = casework.Grade(c.text()), catalogue.UnitID(c.text()), c.int()
	w.Replied, w.Owed, w.Given = c.int(), c.int(), c.int()
	c.null() // Gone
}

// readHeads reads of a row only what orders and counts it; false for one out of
// the common.
func (e *entry) readHeads(kept string) bool {
	c := cbor{s: kept}
	c.length(rowFields)
	c.id(e.id.UUID[:])
	c.skip(4) // Number to Stage
	ended := casework.State(c.text()).Ended()
	c.skip(6) // Category to Limit
	due := c.int()
	c.skip(1) // YellowAt
	e.dueBy(due, c.int())
	c.skip(4) // Contested to Unknown
	todo, mine, backlog := c.yes(), c.yes(), c.yes()
	c.skip(2) // Secret, Signs
	e.updated = c.int()
	c.skip(2) // Unsent, Marks
	meets := c.array()
	c.skip(meets + 1) // Meets, Original
	others := c.array()
	c.skip(others + 6) // Others to Called
	grade := casework.Grade(c.text())
	c.skip(5) // Urger to Given
	c.null()  // Gone
	e.mark(todo, mine, backlog, ended, meets > 0, others > 0)
	e.grade = grade.Rank()
	return !c.bad && c.at == len(kept)
}

// cbor reads the few kinds of CBOR values that a row has. Once something else
// came it is bad, and everything that it returns is empty.
type cbor struct {
	s   string
	at  int
	bad bool
}

// The major types of RFC 8949 §3.1, and the simple values that are used.
const (
	cborUint, cborNegative, cborBytes, cborText, cborArray = 0, 1, 2, 3, 4

	cborFalse, cborTrue, cborNull = 0xF4, 0xF5, 0xF6
)

// head reads the first bytes of a value.
func (c *cbor) head() (major byte, n uint64) {
	if c.bad || c.at >= len(c.s) {
		c.bad = true
		return 0, 0
	}
	first := c.s[c.at]
	c.at++
	major, n = first>>5, uint64(first&31)
	if n < 24 {
		return major, n
	}
	size := 1 << (n - 24)
	if n > 27 || len(c.s)-c.at < size {
		c.bad = true
		return 0, 0
	}
	n = 0
	for range size {
		n = n<<8 | uint64(c.s[c.at])
		c.at++
	}
	return major, n
}

// simple takes a simple value if it comes next.
func (c *cbor) simple(v byte) bool {
	if c.bad || c.at >= len(c.s) || c.s[c.at] != v {
		return false
	}
	c.at++
	return true
}

func (c *cbor) null() {
	if !c.simple(cborNull) {
		c.bad = true
	}
}

func (c *cbor) yes() bool {
	yes := c.simple(cborTrue)
	if !yes && !c.simple(cborFalse) {
		c.bad = true
	}
	return yes
}

func (c *cbor) int() int64 {
	major, n := c.head()
	switch {
	case n>>63 != 0, major > cborNegative:
		c.bad = true
		return 0
	case major == cborNegative:
		return -1 - int64(n)
	}
	return int64(n)
}

// text reads a text, which stays a part of what is read.
func (c *cbor) text() string {
	major, n := c.head()
	if c.bad || major != cborText && major != cborBytes || n > uint64(len(c.s)-c.at) {
		c.bad = true
		return ""
	}
	from := c.at
	c.at += int(n)
	return c.s[from:c.at]
}

// skip passes over so many values.
func (c *cbor) skip(n int) {
	for ; n > 0 && !c.bad; n-- {
		switch major, size := c.head(); major {
		case cborBytes, cborText:
			if size > uint64(len(c.s)-c.at) {
				c.bad = true
				return
			}
			c.at += int(size)
		case cborArray:
			c.skip(int(min(size, uint64(len(c.s)))))
		}
	}
}

func (c *cbor) uint() uint64 {
	major, n := c.head()
	c.bad = c.bad || major != cborUint
	return n
}

func (c *cbor) id(into []byte) {
	if s := c.text(); len(s) == len(into) {
		copy(into, s)
	} else {
		c.bad = true
	}
}

// length reads that so many values follow.
func (c *cbor) length(n int) {
	if c.array() != n {
		c.bad = true
	}
}

// array reads how many values follow; null is none.
func (c *cbor) array() int {
	if c.simple(cborNull) {
		return 0
	}
	major, n := c.head()
	if c.bad || major != cborArray || n > uint64(len(c.s)) {
		c.bad = true
		return 0
	}
	return int(n)
}
