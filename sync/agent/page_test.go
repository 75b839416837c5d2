package agent_test

import (
	"reflect"
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
		{"a setting", func(c *catalogue.Catalogue) { c.Settings = []catalogue.Setting{{Code: "moon", Value: "1"}} }, true},
		{"a choice of a setting", func(c *catalogue.Catalogue) {
			c.Settings = []catalogue.Setting{{Code: catalogue.UrgeByMessage, Value: "orange"}}
		}, true},
		{"a number of a setting that was too large", func(c *catalogue.Catalogue) {
			c.Settings = []catalogue.Setting{{Code: catalogue.DailyCap, Value: "5000"}}
		}, true},
		{"a setting whose order clears the screen", func(c *catalogue.Catalogue) {
			c.Settings = []catalogue.Setting{{Code: catalogue.DailyCap, Value: "7", Source: "\x1b[2J"}}
		}, false},
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

// Ensure that a laptop takes a catalogue with tables and columns that only a newer
// version has, and reads the rest: what settings were to a version without them.
func TestCatalogueOf_NewTable(t *testing.T) {
	c := sample.Catalogue()
	c.Settings = []catalogue.Setting{{Code: catalogue.DailyCap, Value: "7"}}
	b, err := record.Marshal(&c)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := record.Unmarshal(b, &fields); err != nil {
		t.Fatal(err)
	}
	fields["sayings"] = []map[string]any{{"code": "x", "weight": 3}}
	for _, row := range fields["settings"].([]any) {
		row.(map[any]any)["unit"] = "texts"
	}
	if b, err = record.Marshal(&fields); err != nil {
		t.Fatal(err)
	}
	got, err := agent.CatalogueOf(b)
	if err != nil || !reflect.DeepEqual(got.Units, c.Units) || !reflect.DeepEqual(got.Settings, c.Settings) {
		t.Fatalf("%v: %+v", err, got)
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
