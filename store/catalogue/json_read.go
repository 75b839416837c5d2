package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxFile is the size in bytes of the largest catalogue file that is read.
const MaxFile = 64 << 20

// ReadJSON reads a catalogue from the file form that WriteJSON writes: one
// object with a field for the version, the name and each table. It is strict:
// unknown and double tables, unknown fields, trailing data and whatever
// Validate finds are refused with an *InvalidError that lists every fault with
// its line. Other errors come from r.
func ReadJSON(r io.Reader) (Catalogue, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return Catalogue{}, fmt.Errorf("read catalogue: %w", err)
	}
	f := &file{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1, lines: make(map[Table][]int)}
	if len(data) > MaxFile {
		f.fault(TableCatalogue, 0, "", Malformed, fmt.Sprintf("more than %d bytes", MaxFile))
	} else if err := f.read(); err != nil {
		f.advance(f.dec.InputOffset())
		f.fault(TableCatalogue, 0, "", Malformed, err.Error())
	}
	if len(f.faults) == 0 {
		f.faults = f.located(Validate(f.catalogue))
	}
	if len(f.faults) > 0 {
		return Catalogue{}, &InvalidError{Faults: f.faults}
	}
	return f.catalogue, nil
}

// file is a catalogue file being read.
type file struct {
	data      []byte
	dec       *json.Decoder
	at        int64 // offset up to which lines were counted
	line      int   // the line of that offset, from 1
	catalogue Catalogue
	lines     map[Table][]int // the line of each row
	faults    []Fault
}

func (f *file) read() error {
	if err := f.open('{'); err != nil {
		return err
	}
	seen := make(map[string]bool)
	for f.dec.More() {
		token, err := f.dec.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if seen[key] {
			f.advance(f.dec.InputOffset())
			f.fault(TableCatalogue, 0, key, Duplicate, key)
		}
		seen[key] = true
		if err := f.member(key); err != nil {
			return err
		}
	}
	if _, err := f.dec.Token(); err != nil {
		return err
	}
	if _, err := f.dec.Token(); err != io.EOF {
		return errors.New("data after the end")
	}
	return nil
}

// member reads the value of one field of the file.
func (f *file) member(key string) error {
	c := &f.catalogue
	switch Table(key) {
	case "version":
		return value(f, TableCatalogue, key, &c.Version)
	case "name":
		return value(f, TableCatalogue, key, &c.Name)
	case "published":
		return value(f, TableCatalogue, key, &c.Published)
	case "remark":
		return value(f, TableCatalogue, key, &c.Remark)
	case TableDivisions:
		return rows(f, TableDivisions, &c.Divisions)
	case TableUnits:
		return rows(f, TableUnits, &c.Units)
	case TablePeople:
		return rows(f, TablePeople, &c.People)
	case TableLimits:
		return rows(f, TableLimits, &c.Limits)
	case TableCalendar:
		return value(f, TableCalendar, "", &c.Calendar)
	case TableRiskDuties:
		return rows(f, TableRiskDuties, &c.RiskDuties)
	case TableDuties:
		return rows(f, TableDuties, &c.Duties)
	case TableItems:
		return rows(f, TableItems, &c.Items)
	case TableClaims:
		return rows(f, TableClaims, &c.Claims)
	case TableResolvers:
		return rows(f, TableResolvers, &c.Resolvers)
	case TablePhrases:
		return rows(f, TablePhrases, &c.Phrases)
	case TableSettings:
		return rows(f, TableSettings, &c.Settings)
	}
	if codes := c.codes(Table(key)); codes != nil {
		return rows(f, Table(key), codes)
	}
	f.advance(f.dec.InputOffset())
	f.fault(TableCatalogue, 0, key, Unknown, key)
	var skipped json.RawMessage
	return f.dec.Decode(&skipped)
}

// open reads the delimiter that must come next.
func (f *file) open(delim json.Delim) error {
	token, err := f.dec.Token()
	if err != nil {
		return err
	}
	if token != delim {
		return fmt.Errorf("%v instead of %v", token, delim)
	}
	return nil
}

func rows[R any](f *file, t Table, into *[]R) error {
	if err := f.open('['); err != nil {
		return err
	}
	for f.dec.More() {
		var row R
		if err := decode(f, t, len(*into)+1, "", &row); err != nil {
			return err
		}
		f.lines[t] = append(f.lines[t], f.line)
		*into = append(*into, row)
	}
	_, err := f.dec.Token()
	return err
}

func value[V any](f *file, t Table, field string, into *V) error {
	err := decode(f, t, 0, field, into)
	f.lines[t] = append(f.lines[t], f.line)
	return err
}

// decode reads the next value strictly. What does not fit is a fault and not
// an error, so that the faults after it are found as well.
func decode[V any](f *file, t Table, row int, field string, into *V) error {
	var raw json.RawMessage
	if err := f.dec.Decode(&raw); err != nil {
		return err
	}
	f.advance(f.dec.InputOffset() - int64(len(raw)))
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	err := strict.Decode(into)
	if err == nil {
		return nil
	}
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		if wrongType.Field != "" {
			field = wrongType.Field
		}
		f.fault(t, row, field, Malformed, wrongType.Value)
		return nil
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		name = strings.Trim(name, `"`)
		f.fault(t, row, name, Unknown, name)
		return nil
	}
	f.fault(t, row, field, Malformed, err.Error())
	return nil
}

// advance counts lines up to an offset; offsets never go back.
func (f *file) advance(to int64) {
	if to = min(to, int64(len(f.data))); to > f.at {
		f.line += bytes.Count(f.data[f.at:to], []byte("\n"))
		f.at = to
	}
}

// fault notes a fault at the line reached.
func (f *file) fault(t Table, row int, field string, p Problem, v string) {
	f.faults = append(f.faults, Fault{Table: t, Row: row, Line: f.line, Field: field, Problem: p, Value: v})
}

// located gives faults of rows the lines that the rows stand on.
func (f *file) located(found []Fault) []Fault {
	for i := range found {
		lines := f.lines[found[i].Table]
		if row := found[i].Row; found[i].Table == TableCalendar && len(lines) > 0 {
			found[i].Line = lines[0]
		} else if row > 0 && row <= len(lines) {
			found[i].Line = lines[row-1]
		}
	}
	return found
}
