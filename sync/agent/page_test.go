package agent_test

import (
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
	"casedesk/sync/agent"
)

// Ensure that a laptop takes a catalogue of a newer county, whose values it does not
// know, and none that is not sound.
func TestCatalogueOf(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*catalogue.Catalogue)
		sound  bool
	}{
		{"sample", func(*catalogue.Catalogue) {}, true},
		{"a role", func(c *catalogue.Catalogue) { c.People[0].Roles = append(c.People[0].Roles, "notary") }, true},
		{"a duty", func(c *catalogue.Catalogue) { c.RiskDuties[0].Code = "visit_hospital" }, true},
		{"a unit of spans", func(c *catalogue.Catalogue) { c.Limits[0].Span = catalogue.Span{N: 400_000, Unit: "minutes"} }, true},
		{"a basis", func(c *catalogue.Catalogue) { c.Limits[0].Basis = "custom" }, true},
		{"a kind of unit", func(c *catalogue.Catalogue) {
			c.Units = append(c.Units, catalogue.Unit{ID: "platform", Name: "平台", Kind: "platform", Level: "street"})
		}, true},
		{"a level of divisions", func(c *catalogue.Catalogue) {
			c.Divisions = append(c.Divisions, catalogue.Division{Code: "44162110290100001", Name: "楼栋", Level: "house", Parent: c.Divisions[0].Code})
		}, true},
		{"no version", func(c *catalogue.Catalogue) { c.Version = 0 }, false},
		{"a name that turns the writing", func(c *catalogue.Catalogue) { c.Units[0].Name = "\u202e甲" }, false},
		{"a circle", func(c *catalogue.Catalogue) { c.Units[0].Parent = c.Units[0].ID }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := sample.Catalogue()
			tt.change(&c)
			b, err := record.Marshal(&c)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := agent.CatalogueOf(b); (err == nil) != tt.sound {
				t.Errorf("%v, want sound %v", err, tt.sound)
			}
		})
	}
}

// Ensure that a limit of a newer county whose length is counted in something unknown
// is not taken for one that has passed.
func TestLimits_UnknownSpan(t *testing.T) {
	cat := sample.Catalogue()
	for i := range cat.Limits {
		cat.Limits[i].Span = catalogue.Span{N: 3, Unit: "moons"}
	}
	c := &casework.Case{Clocks: []casework.Clock{{Limit: "triage", Catalogue: 1, Start: founded}}}
	if r, ok := casework.Overall(c, catalogue.NewIndex(cat), founded.AddDate(0, 0, 1)); ok {
		t.Errorf("%+v runs", r)
	}
}
