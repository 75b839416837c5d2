package catalogue_test

import (
	"slices"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// retiring returns the sample without a unit: nobody serves it any more.
func retiring(id catalogue.UnitID) catalogue.Catalogue {
	c := sample.Catalogue()
	for i := range c.Units {
		c.Units[i].Retired = c.Units[i].ID == id
	}
	for i := range c.People {
		p := &c.People[i]
		if p.Units = slices.DeleteFunc(p.Units, func(u catalogue.UnitID) bool { return u == id }); len(p.Units) == 0 {
			p.Left = true
		}
	}
	return c
}

// Ensure that a unit is not retired while somebody serves it, and that the fault
// says how many do.
func TestValidate_RetiredServed(t *testing.T) {
	c := sample.Catalogue()
	row := slices.IndexFunc(c.Units, func(u catalogue.Unit) bool { return u.ID == "441621102-sfs" })
	people := 0
	for _, p := range c.People {
		if slices.Contains(p.Units, "441621102-sfs") {
			people++
		}
	}
	c.Units[row].Retired = true
	want := catalogue.Fault{Table: catalogue.TableUnits, Row: row + 1, Field: "retired", Problem: catalogue.Serving, Value: "441621102-sfs", People: people}
	if found := catalogue.Validate(c); people == 0 || !slices.Equal(found, []catalogue.Fault{want}) {
		t.Errorf("found %+v, want %+v", found, want)
	}
	if found := catalogue.Validate(retiring("441621102-sfs")); len(found) > 0 {
		t.Errorf("nobody serves it: %v", found)
	}
}

// Ensure that a retired unit gets nothing new, and stays in the chains of old cases.
func TestRetiredUnit(t *testing.T) {
	const town, village = "441621102", "441621102901"
	c := retiring(town)
	x := catalogue.NewIndex(c)
	if _, ok := x.Unit(town); !ok || x.IsOffered(catalogue.TableUnits, town) || !x.IsOffered(catalogue.TableUnits, "441621102901") {
		t.Error("it is gone, or still offered")
	}
	if got, want := x.Chain(village), []catalogue.UnitID{village, town, "441621"}; !slices.Equal(got, want) {
		t.Errorf("chain %v, want %v", got, want)
	}
	if got := x.PlaceUnits(town); !slices.Equal(got, []catalogue.UnitID{"441621"}) {
		t.Errorf("its place belongs to %v", got)
	}
	// Another town takes its place over.
	for i := range c.Units {
		if c.Units[i].ID == "441621109" {
			c.Units[i].Covers = append(c.Units[i].Covers, town)
		}
	}
	if found := catalogue.Validate(c); len(found) > 0 {
		t.Fatal(found)
	}
	if got := catalogue.NewIndex(c).PlaceUnits(town); !slices.Equal(got, []catalogue.UnitID{"441621109", "jiangdong"}) {
		t.Errorf("its place belongs to %v", got)
	}
	for _, d := range catalogue.NewIndex(retiring("441621102-sfs")).Answering("01") {
		if d.Unit == "441621102-sfs" {
			t.Error("a retired unit answers for a category")
		}
	}
}

// Ensure that a retired place and its grid worker are not offered, and keep their name.
func TestRetiredPlace(t *testing.T) {
	const grid = "44162110290101"
	c := sample.Catalogue()
	for i := range c.Divisions {
		c.Divisions[i].Retired = c.Divisions[i].Code == grid
	}
	if found := catalogue.Validate(c); len(found) > 0 {
		t.Fatal(found)
	}
	was, x := catalogue.NewIndex(sample.Catalogue()), catalogue.NewIndex(c)
	if !was.IsOffered(catalogue.TableDivisions, grid) || x.IsOffered(catalogue.TableDivisions, grid) || x.IsOffered(catalogue.TableDivisions, "9") {
		t.Error("what is offered is wrong")
	}
	if was.GridWorker(grid) == "" || x.GridWorker(grid) != "" {
		t.Error("a retired grid has a worker")
	}
	if was.DivisionPath(grid) != x.DivisionPath(grid) {
		t.Error("it lost its name")
	}
}
