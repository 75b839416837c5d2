package store_test

import (
	"slices"
	"testing"

	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that a laptop whose earlier program dropped a table of the catalogue asks the
// county for it, takes the same version again, once, and keeps what it then has.
func TestStore_Absorb_CatalogueAgain(t *testing.T) {
	told := func(version uint64) *catalogue.Catalogue {
		cat := sample.Catalogue()
		cat.Version, cat.Settings = version, []catalogue.Setting{{Code: catalogue.DailyCap, Value: "7"}}
		cat.Limits = slices.Clone(cat.Limits)
		for i := range cat.Limits {
			cat.Limits[i].Span.N += 20
		}
		return &cat
	}
	for name, newer := range map[string]uint64{"the same": 0, "a newer one": 1} {
		t.Run(name, func(t *testing.T) {
			c := newCounty(t, village)
			s := c.laptop("grid1", village)
			register(t, s, "排水沟纠纷")
			version := s.Catalogue().Version()
			page := &store.Page{Epoch: c.epoch, Catalogue: told(version)}
			must[store.Taken](t)(s.Absorb(page))
			if n := len(s.Catalogue().Catalogue().Settings); n != 0 || s.Position().Catalogue != version {
				t.Fatalf("%d settings of the version that it has; it asks for what is newer than %d", n, s.Position().Catalogue)
			}
			ok(t, s.DecodeBefore())
			if s.Position().Catalogue != 0 {
				t.Fatalf("it asks for what is newer than %d", s.Position().Catalogue)
			}
			due := func() string { return must[store.List](t)(s.Rows(store.Query{})).Rows[0].Due.String() }
			before := due()
			page.Catalogue = told(version + newer)
			must[store.Taken](t)(s.Absorb(page))
			if n := len(s.Catalogue().Catalogue().Settings); n != 1 || s.Position().Catalogue != version+newer {
				t.Errorf("%d settings, it asks for what is newer than %d", n, s.Position().Catalogue)
			}
			if due() == before {
				t.Error("the row is of the catalogue before")
			}
		})
	}
}

// Ensure that a laptop is content with the answer of a county that was restored to an older
// catalogue: it would ask for ever.
func TestStore_Absorb_CatalogueAgainOlder(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	cat := sample.Catalogue()
	cat.Version += 2
	must[store.Taken](t)(s.Absorb(&store.Page{Epoch: c.epoch, Catalogue: &cat}))
	ok(t, s.DecodeBefore())
	older := sample.Catalogue()
	must[store.Taken](t)(s.Absorb(&store.Page{Epoch: c.epoch, Catalogue: &older}))
	if got := s.Catalogue().Version(); got != cat.Version || s.Position().Catalogue != cat.Version {
		t.Errorf("it holds version %d and asks for what is newer than %d, want %d", got, s.Position().Catalogue, cat.Version)
	}
}
