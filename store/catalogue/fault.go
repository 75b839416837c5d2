package catalogue

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInvalid is what every InvalidError is.
var ErrInvalid = errors.New("invalid catalogue")

// Problem says what is wrong with a row; the sentences for people are made
// from it elsewhere.
type Problem string

// The problems, each with what Fault.Value then holds.
const (
	Missing    Problem = "missing"    // a required value is empty
	Duplicate  Problem = "duplicate"  // the key or value that stands there twice
	Unknown    Problem = "unknown"    // a value, row or field that does not exist
	Malformed  Problem = "malformed"  // text that does not have the form it must have
	Cycle      Problem = "cycle"      // the parent that closes a circle
	Overlap    Problem = "overlap"    // the division that units cover without one standing below the other
	Misplaced  Problem = "misplaced"  // a value that contradicts the rest of the row or its neighbours
	Removed    Problem = "removed"    // the key of a published row that is gone
	Changed    Problem = "changed"    // the key of a published row whose meaning changed
	Renumbered Problem = "renumbered" // the new code of a published name
	Backdated  Problem = "backdated"  // a version that is not later than the published one
	TooLong    Problem = "too_long"   // the beginning of a text that is longer than anybody needs
	InUse      Problem = "in_use"     // a code or unit that open cases have, which was retired; see Cases
	Serving    Problem = "serving"    // a unit that people serve, which was retired; see People
)

// Fault is one thing wrong with a catalogue.
type Fault struct {
	Table   Table   `json:"table"`
	Row     int     `json:"row"`            // counted from 1; 0 is the table as a whole
	Line    int     `json:"line,omitempty"` // in the file it was read from, from 1; 0 is unknown
	Field   string  `json:"field"`
	Problem Problem `json:"problem"`
	Value   string  `json:"value,omitempty"`
	Cases   int     `json:"cases,omitempty"`  // how many open cases have the code
	People  int     `json:"people,omitempty"` // how many people serve the unit
}

// String returns the fault in one line for logs and for errors of programs.
func (f Fault) String() string {
	var b strings.Builder
	if f.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", f.Line)
	}
	b.WriteString(string(f.Table))
	if f.Row > 0 {
		fmt.Fprintf(&b, "[%d]", f.Row)
	}
	if f.Field != "" {
		b.WriteString("." + f.Field)
	}
	b.WriteString(": " + string(f.Problem))
	if f.Value != "" {
		fmt.Fprintf(&b, " %q", f.Value)
	}
	return b.String()
}

// InvalidError reports every fault that was found, in the order of the tables.
type InvalidError struct{ Faults []Fault }

// Error names the first fault and the number of the others.
func (e *InvalidError) Error() string {
	if len(e.Faults) == 0 {
		return ErrInvalid.Error()
	}
	text := ErrInvalid.Error() + ": " + e.Faults[0].String()
	if more := len(e.Faults) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// Unwrap makes errors.Is(err, ErrInvalid) true.
func (e *InvalidError) Unwrap() error { return ErrInvalid }

// faults collects the faults of one table.
type faults struct {
	table Table
	list  []Fault
}

// add notes a problem of the row with the given index, counted from 0; -1 is
// the table as a whole.
func (f *faults) add(index int, field string, p Problem, value string) {
	f.list = append(f.list, Fault{Table: f.table, Row: index + 1, Field: field, Problem: p, Value: value})
}
