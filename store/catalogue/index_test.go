package catalogue_test

import (
	"fmt"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

func TestServesAndHasRole(t *testing.T) {
	c := sample.Catalogue()
	c.People = append(c.People, catalogue.Person{
		User: "gone", Name: "某某", Units: []catalogue.UnitID{"441621"}, Roles: []catalogue.Role{catalogue.Office}, Left: true,
	})
	x := catalogue.NewIndex(c)
	for _, tt := range []struct {
		user catalogue.UserID
		unit catalogue.UnitID
		role catalogue.Role
		want bool
	}{
		{"county1", "441621", catalogue.Office, true},
		{"county1", "jiangdong", catalogue.Office, true},
		{"grid1", "441621", catalogue.Office, false},
		{"gone", "441621", catalogue.Office, false},
		{"nobody", "441621", catalogue.Office, false},
	} {
		if got := x.Serves(tt.user, tt.unit); got != tt.want {
			t.Errorf("Serves(%s, %s) = %v", tt.user, tt.unit, got)
		}
		if got := x.HasRole(tt.user, tt.role); got != tt.want {
			t.Errorf("HasRole(%s, %s) = %v", tt.user, tt.role, got)
		}
	}
	if x.PersonName("gone") != "某某" {
		t.Error("the name of a person who left is lost")
	}
	if x.PersonName("nobody") != "nobody" || x.UnitName("nowhere") != "nowhere" {
		t.Error("an unknown id does not stand for itself")
	}
}

func TestCodesOffered(t *testing.T) {
	x := catalogue.NewIndex(catalogue.Catalogue{Categories: []catalogue.Code{
		{Code: "01", Name: "一"},
		{Code: "0101", Name: "甲", Parent: "01", Retired: true},
		{Code: "0102", Name: "乙", Parent: "01"},
		{Code: "02", Name: "二", Retired: true},
		{Code: "0201", Name: "丙", Parent: "02"},
	}})
	var got []string
	for _, row := range x.Offered(catalogue.TableCategories) {
		got = append(got, row.Code)
	}
	if fmt.Sprint(got) != "[01 0102]" {
		t.Errorf("offered: %v", got)
	}
	if row, ok := x.Category("0201"); !ok || row.Name != "丙" {
		t.Error("a code below a retired one cannot be read")
	}
	if x.IsOffered(catalogue.TableCategories, "0201") || x.IsOffered(catalogue.TableGenders, "1") {
		t.Error("a retired or unknown code is offered")
	}
	if x.CodeName(catalogue.TableCategories, "77") != "77" {
		t.Error("an unknown code does not stand for itself")
	}
}

// Everything may be asked of a catalogue whose trees run in circles.
func TestFaultyCatalogueIsHarmless(t *testing.T) {
	c := catalogue.Catalogue{
		Divisions: []catalogue.Division{
			{Code: "441621", Name: "县", Level: catalogue.County, Parent: "441621102"},
			{Code: "441621102", Name: "镇", Level: catalogue.Town, Parent: "441621"},
			{Code: "441621103", Parent: "441621103"}, {}, {Code: "441621102"},
		},
		Units: []catalogue.Unit{
			{ID: "a", Parent: "c", Covers: []catalogue.DivisionCode{"441621"}},
			{ID: "b", Parent: "a", Covers: []catalogue.DivisionCode{"441621102", "nowhere", ""}},
			{ID: "c", Parent: "b"}, {ID: "d", Parent: "d"}, {ID: "e", Parent: "nobody"}, {}, {ID: "a", Parent: "b"},
		},
		Categories: []catalogue.Code{{Code: "1", Parent: "2"}, {Code: "2", Parent: "1"}},
		People:     []catalogue.Person{{}, {User: "x"}, {User: "x"}},
		Limits:     []catalogue.Limit{{}, {Code: "l"}, {Code: "l"}},
		Calendar:   catalogue.Calendar{Zone: -1 << 62, Off: []string{"z", "a", ""}, On: []string{"2026"}, From: 9, To: 1},
	}
	if len(catalogue.Validate(c)) == 0 {
		t.Error("nothing was found wrong")
	}
	x := catalogue.NewIndex(c)
	for _, d := range append(c.Divisions, catalogue.Division{Code: "nowhere"}) {
		x.PlaceUnits(d.Code)
		x.DivisionPath(d.Code)
	}
	for _, u := range c.Units {
		x.CountyOf(u.ID)
		if x.Above(u.ID, u.ID) {
			t.Errorf("%q is above itself", u.ID)
		}
	}
	x.Offered(catalogue.TableCategories)
	x.Calendar().IsWorkday(at(t, "2026-11-23 08:00"))
	catalogue.Supersedes(c, c)
}

func BenchmarkNewIndex(b *testing.B) {
	c := sample.Catalogue()
	for i := range 2000 {
		id := fmt.Sprintf("unit-%d", i)
		c.Units = append(c.Units, catalogue.Unit{ID: catalogue.UnitID(id), Level: catalogue.Town, Parent: "441621"})
	}
	for i := range 3000 {
		c.People = append(c.People, catalogue.Person{User: catalogue.UserID(fmt.Sprintf("user-%d", i))})
	}
	for b.Loop() {
		catalogue.NewIndex(c)
	}
}
