package casework_test

import (
	"reflect"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that a case whose unit cannot act is in the list of the one that answers for
// it, or of the nearest one above that can act, which may move it on, and says why.
func TestStranded(t *testing.T) {
	const bureau, town, county = catalogue.UnitID("441621-zjj"), catalogue.UnitID("441621102"), catalogue.UnitID("441621")
	leaves := func(c *catalogue.Catalogue, users ...catalogue.UserID) {
		for i := range c.People {
			for _, u := range users {
				c.People[i].Left = c.People[i].Left || c.People[i].User == u
			}
		}
	}
	retires := func(c *catalogue.Catalogue, id catalogue.UnitID) {
		for i := range c.Units {
			c.Units[i].Retired = c.Units[i].Retired || c.Units[i].ID == id
		}
	}
	gone := func(c *catalogue.Catalogue, id catalogue.UnitID) {
		for i := range c.Units {
			if c.Units[i].ID == id {
				c.Units[i].ID = "other"
			}
		}
	}
	for _, tt := range []struct {
		name   string
		state  casework.State
		change func(*catalogue.Catalogue)
		want   []casework.Stranded
		todo   map[casework.Person]bool
		act    casework.Action // that the one who stands in may do
	}{
		{"all are there", casework.StateAssigned, func(*catalogue.Catalogue) {}, nil,
			map[casework.Person]bool{bureau1: true, mediator1: false, county1: false}, ""},
		{"everybody of the lead left", casework.StateAssigned, func(c *catalogue.Catalogue) { leaves(c, "bureau1") },
			[]casework.Stranded{{bureau, casework.StrandedEmpty, town}},
			map[casework.Person]bool{bureau1: false, mediator1: true, county1: false}, casework.ActReturn},
		{"the lead was retired", casework.StateHandling, func(c *catalogue.Catalogue) { retires(c, bureau) },
			[]casework.Stranded{{bureau, casework.StrandedRetired, town}},
			map[casework.Person]bool{mediator1: true, county1: false}, casework.ActReturn},
		{"the lead is in no catalogue", casework.StateHandling, func(c *catalogue.Catalogue) { gone(c, bureau) },
			[]casework.Stranded{{bureau, casework.StrandedUnknown, town}},
			map[casework.Person]bool{mediator1: true, county1: false}, casework.ActReturn},
		{"everybody of the holder left", casework.StateAccepted, func(c *catalogue.Catalogue) { leaves(c, "mediator1", "center1") },
			[]casework.Stranded{{town, casework.StrandedEmpty, county}},
			map[casework.Person]bool{mediator1: false, county1: true, bureau1: false}, casework.ActAssign},
		{"of the lead and of the holder", casework.StateAssigned, func(c *catalogue.Catalogue) { leaves(c, "bureau1", "mediator1", "center1") },
			[]casework.Stranded{{bureau, casework.StrandedEmpty, county}},
			map[casework.Person]bool{county1: true}, casework.ActReturn},
		{"only who reads is left", casework.StateAccepted, func(c *catalogue.Catalogue) {
			leaves(c, "mediator1", "center1")
			c.People = append(c.People, catalogue.Person{User: "head", Name: "长", Units: []catalogue.UnitID{town}, Roles: []catalogue.Role{catalogue.Leader}})
		}, []casework.Stranded{{town, casework.StrandedEmpty, county}}, map[casework.Person]bool{county1: true}, casework.ActAssign},
	} {
		cat := sample.Catalogue()
		tt.change(&cat)
		ix := catalogue.NewIndex(cat)
		c := caseAt(tt.state)
		if got := casework.StrandedUnits(&c, ix); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		for p, want := range tt.todo {
			if got := casework.Todo(&c, p, ix); got != want {
				t.Errorf("%s: in the list of %s: %v", tt.name, p.User, got)
			}
			if by := len(tt.want) > 0 && p.Unit == tt.want[0].By; by && casework.Allowed(&c, p, tt.act, ix) != "" {
				t.Errorf("%s: %s may not %s: %s", tt.name, p.User, tt.act, casework.Allowed(&c, p, tt.act, ix))
			}
		}
	}
	c := caseAt(casework.StateAssigned)
	if why := casework.Allowed(&c, mediator1, casework.ActReturn, ix); why != casework.WhyNotLead {
		t.Errorf("the holder takes a case from a lead that can act: %q", why)
	}
	// Once it was given back, another unit leads, and nobody stands in any more.
	back := fold(append(caseEntries(casework.StateAssigned), by(mediator1, entry(4, []int{3}, &casework.Returned{Reason: "住建局没有人任职"})))...)
	if back.State != casework.StateAccepted || back.Lead != "" || len(back.Contested) > 0 {
		t.Errorf("%s, led by %q, contested %v", back.State, back.Lead, back.Contested)
	}
}
