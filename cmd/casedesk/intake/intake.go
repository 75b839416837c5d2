// Package intake reads new cases as JSON lines, the input of "casedesk new". It
// is strict: unknown and double fields are refused at every level, and every
// fault of every line is found before anything is stored.
//
// It turns text into events; storing them is the caller's business.
package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"casedesk/store/casework"
)

const (
	// MaxLine is the size in bytes of the longest line that is read.
	MaxLine = 1 << 20
	// MaxParties is how many parties a line can name; so many, filled to the
	// last character, still fit into one entry.
	MaxParties = 100
)

// Case is a case read from one line. Its number and its parties' element ids
// are not given yet.
type Case struct {
	Line       int // from 1
	Registered casework.Registered
}

// Fault is one thing wrong with one field of one line. A fault of the line as a
// whole has no field.
type Fault struct {
	Line int // from 1
	casework.Fault
}

// Read reads cases to the end of r and checks them against a catalogue. It
// returns either all cases or all faults, in the order of the lines; the error
// is r's. Empty lines are passed over. seen, if not nil, is told after every
// line how many were read. now tells the latest that it may be: what lies beyond it
// has not happened.
func Read(r io.Reader, ix casework.Lookup, now func() time.Time, seen func(lines int)) ([]Case, []Fault, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var cases []Case
	var faults []Fault
	for n := 1; ; n++ {
		line, long, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, fmt.Errorf("read line %d: %w", n, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")) // what Windows editors put before UTF-8
		}
		if long || len(bytes.TrimSpace(line)) > 0 {
			reg, bad := parse(line, long, ix, now)
			for _, f := range bad {
				faults = append(faults, Fault{n, f})
			}
			cases = append(cases, Case{n, reg})
		}
		if seen != nil {
			seen(n)
		}
		if err != nil {
			break
		}
	}
	if len(faults) > 0 {
		return nil, faults, nil
	}
	return cases, nil, nil
}

// readLine returns the next line; of one longer than MaxLine it passes over the
// rest and says so. The error is io.EOF with the last line.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > MaxLine+1 { // one for the line's end, which is not counted
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long || len(bytes.TrimSuffix(line, []byte("\n"))) > MaxLine, err
		}
	}
}

// parse reads one line and finds all its faults.
func parse(raw []byte, long bool, ix casework.Lookup, now func() time.Time) (casework.Registered, []casework.Fault) {
	reg := casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{}}
	switch {
	case long:
		return reg, []casework.Fault{{Problem: casework.TooLong, Limit: MaxLine}}
	case !utf8.Valid(raw) || !json.Valid(raw):
		return reg, []casework.Fault{{Problem: casework.BadJSON}}
	}
	var p parser
	division := p.caseOf(raw, &reg)
	reg.Holder = casework.FirstHolder(division, reg.Confidential, reg.About, ix)
	for _, f := range append(reg.Check(ix), casework.Future(&reg, now, ix.Calendar())...) {
		if !slices.ContainsFunc(p.faults, func(g casework.Fault) bool { return within(f.Field, g.Field) }) {
			p.faults = append(p.faults, f)
		}
	}
	return reg, p.faults
}

// within reports whether a field is the one at path or a part of it: what could
// not be taken is missing for that reason alone.
func within(field, path string) bool {
	rest, ok := strings.CutPrefix(field, path)
	return ok && (path == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}
