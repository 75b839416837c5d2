// Package sample holds a catalogue to try the programs with: a real city's
// counties and towns, and below them villages, grids and people that are
// invented and say so. Its facts lie in two files that people can read and
// edit; every row whose source has not been checked against the original
// carries a remark.
//
// No code depends on what the sample contains. A county publishes tables of
// its own.
package sample

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"sync"

	"casedesk/store/catalogue"
)

// divisions holds the public division tables: city, counties, towns.
//
//go:embed divisions.csv
var divisions []byte

// tables holds everything else in the form of catalogue.WriteJSON; its
// divisions are the invented ones only.
//
//go:embed catalogue.json
var tables []byte

var parsed = sync.OnceValue(func() catalogue.Catalogue {
	c, err := parse()
	if err != nil {
		panic(err) // the files are part of the program, and a test reads them
	}
	return c
})

// Catalogue returns the sample as a copy of the caller's own, version 1.
func Catalogue() catalogue.Catalogue { return parsed().Clone() }

func parse() (catalogue.Catalogue, error) {
	var c catalogue.Catalogue
	dec := json.NewDecoder(bytes.NewReader(tables))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return c, fmt.Errorf("parse the sample's tables: %w", err)
	}
	table := csv.NewReader(bytes.NewReader(divisions))
	table.Comment = '#'
	rows, err := table.ReadAll()
	if err != nil {
		return c, fmt.Errorf("parse the sample's divisions: %w", err)
	}
	public := make([]catalogue.Division, 0, len(rows)+len(c.Divisions))
	for _, row := range rows[1:] {
		public = append(public, catalogue.Division{
			Code:   catalogue.DivisionCode(row[0]),
			Name:   row[1],
			Level:  catalogue.Level(row[2]),
			Parent: catalogue.DivisionCode(row[3]),
		})
	}
	c.Divisions = append(public, c.Divisions...)
	return c, nil
}
