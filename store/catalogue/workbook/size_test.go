package workbook_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/catalogue/workbook"
)

// large is a county of 3,000 people and 400 units.
func large() catalogue.Catalogue {
	c := sample.Catalogue()
	towns := 0
	for _, u := range c.Units {
		if len(c.Units) >= 400 {
			break
		}
		if u.Level != catalogue.Town || u.Kind != catalogue.Area {
			continue
		}
		towns++
		for v := range 3 {
			village := catalogue.DivisionCode(fmt.Sprintf("%s%03d", u.Covers[0], 501+v))
			c.Divisions = append(c.Divisions, catalogue.Division{Code: village, Name: fmt.Sprintf("第%d村", v+1), Level: catalogue.Village, Parent: u.Covers[0]})
			c.Units = append(c.Units, catalogue.Unit{ID: catalogue.UnitID(village), Name: fmt.Sprintf("%s第%d村人民调解委员会", u.Name, v+1), Kind: catalogue.Area,
				Level: catalogue.Village, Parent: u.ID, Covers: []catalogue.DivisionCode{village}, Phone: "0762-1234567"})
		}
	}
	for n := len(c.Divisions); n < 3000; n++ {
		parent := c.Divisions[len(c.Divisions)-1]
		for _, d := range c.Divisions[n%len(c.Divisions):] {
			if d.Level == catalogue.Village {
				parent = d
				break
			}
		}
		if parent.Level != catalogue.Village {
			continue
		}
		c.Divisions = append(c.Divisions, catalogue.Division{Code: parent.Code + catalogue.DivisionCode(fmt.Sprintf("%04d", n)),
			Name: fmt.Sprintf("%s第%d网格", parent.Name, n), Level: catalogue.Grid, Parent: parent.Code})
	}
	for n := len(c.People); n < 3000; n++ {
		c.People = append(c.People, catalogue.Person{User: catalogue.UserID(fmt.Sprintf("wgy%05d", n)), Name: fmt.Sprintf("王示%d", n),
			Units: []catalogue.UnitID{c.Units[n%len(c.Units)].ID}, Roles: []catalogue.Role{catalogue.GridWorker, catalogue.Mediator}, Remark: "虚构的人员"})
	}
	return c
}

// Ensure that a county of 3,000 people is written and read within seconds, far
// from the bounds.
func TestLarge(t *testing.T) {
	c := large()
	for _, f := range catalogue.Validate(c) {
		t.Fatal(f)
	}
	began := time.Now()
	var b bytes.Buffer
	if err := workbook.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	wrote := time.Since(began)
	book := workbook.Read(b.Bytes())
	read := time.Since(began) - wrote
	t.Logf("%d people, %d units, %d places: %d bytes, written in %v, read in %v", len(c.People), len(c.Units), len(c.Divisions), b.Len(), wrote, read)
	if len(book.Faults) > 0 || len(book.Catalogue.People) != 3000 {
		t.Errorf("%v", book.Faults)
	}
	if b.Len() > workbook.MaxFile/10 || wrote+read > 20*time.Second {
		t.Error("too large, or too slow")
	}
}
