package catalogue_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

func TestValidateFindsFaults(t *testing.T) {
	type fault struct {
		table   catalogue.Table
		field   string
		problem catalogue.Problem
	}
	for _, tt := range []struct {
		name  string
		spoil func(*catalogue.Catalogue)
		want  fault
	}{
		{"no version", func(c *catalogue.Catalogue) { c.Version = 0 }, fault{"catalogue", "version", catalogue.Missing}},
		{"published beyond the calendar", func(c *catalogue.Catalogue) {
			c.Published = time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -12*3600))
		}, fault{"catalogue", "published", catalogue.Malformed}},
		{"no name", func(c *catalogue.Catalogue) { c.Name = " " }, fault{"catalogue", "name", catalogue.Missing}},
		{"an escape sequence in a name", func(c *catalogue.Catalogue) { c.Units[3].Name += "\x1b[2J" }, fault{"units", "name", catalogue.Malformed}},
		{"a division twice", func(c *catalogue.Catalogue) { c.Divisions[5] = c.Divisions[4] }, fault{"divisions", "code", catalogue.Duplicate}},
		{"a division without a code", func(c *catalogue.Catalogue) { c.Divisions[5].Code = "" }, fault{"divisions", "code", catalogue.Missing}},
		{"a code of the wrong length", func(c *catalogue.Catalogue) { c.Divisions[0].Code = "44160" }, fault{"divisions", "code", catalogue.Malformed}},
		{"an unknown level", func(c *catalogue.Catalogue) { c.Divisions[0].Level = "galaxy" }, fault{"divisions", "level", catalogue.Unknown}},
		{"a missing parent", func(c *catalogue.Catalogue) { c.Divisions[2].Parent = "441699" }, fault{"divisions", "parent", catalogue.Unknown}},
		{"a parent of the same level", func(c *catalogue.Catalogue) { c.Divisions[2].Parent = c.Divisions[3].Code }, fault{"divisions", "parent", catalogue.Misplaced}},
		{"a circle of divisions", func(c *catalogue.Catalogue) { c.Divisions[0].Parent = "441621102" }, fault{"divisions", "parent", catalogue.Cycle}},
		{"a circle of units", func(c *catalogue.Catalogue) { c.Units[0].Parent = "441602001" }, fault{"units", "parent", catalogue.Cycle}},
		{"a unit of itself", func(c *catalogue.Catalogue) { c.Units[0].Parent = c.Units[0].ID }, fault{"units", "parent", catalogue.Cycle}},
		{"an id with a space", func(c *catalogue.Catalogue) { c.Units[0].ID = "a b" }, fault{"units", "id", catalogue.Malformed}},
		{"an unknown kind", func(c *catalogue.Catalogue) { c.Units[0].Kind = "club" }, fault{"units", "kind", catalogue.Unknown}},
		{"an area of nothing", func(c *catalogue.Catalogue) { c.Units[0].Covers = nil }, fault{"units", "covers", catalogue.Missing}},
		{"an area of nowhere", func(c *catalogue.Catalogue) { c.Units[0].Covers = []catalogue.DivisionCode{"1"} }, fault{"units", "covers", catalogue.Unknown}},
		{"two units of one place", func(c *catalogue.Catalogue) { c.Units[1].Covers = c.Units[0].Covers }, fault{"units", "covers", catalogue.Overlap}},
		{"a department that governs", func(c *catalogue.Catalogue) { c.Units[0].Kind = catalogue.Department }, fault{"units", "covers", catalogue.Misplaced}},
		{"a person twice", func(c *catalogue.Catalogue) { c.People[1].User = c.People[0].User }, fault{"people", "user", catalogue.Duplicate}},
		{"a person of no unit", func(c *catalogue.Catalogue) { c.People[0].Units = nil }, fault{"people", "units", catalogue.Missing}},
		{"a person of an unknown unit", func(c *catalogue.Catalogue) { c.People[0].Units = []catalogue.UnitID{"x"} }, fault{"people", "units", catalogue.Unknown}},
		{"an unknown role", func(c *catalogue.Catalogue) { c.People[0].Roles = []catalogue.Role{"king"} }, fault{"people", "roles", catalogue.Unknown}},
		{"an empty code", func(c *catalogue.Catalogue) { c.Categories[3].Code = "" }, fault{"categories", "code", catalogue.Missing}},
		{"an empty table", func(c *catalogue.Catalogue) { c.Genders = nil }, fault{"genders", "", catalogue.Missing}},
		{"a limit without a length", func(c *catalogue.Catalogue) { c.Limits[0].Span = catalogue.Span{} }, fault{"limits", "span", catalogue.Missing}},
		{"a limit of nothing", func(c *catalogue.Catalogue) { c.Limits[0].Span.N = 0 }, fault{"limits", "span", catalogue.Malformed}},
		{"a limit in moons", func(c *catalogue.Catalogue) { c.Limits[0].Span.Unit = "moons" }, fault{"limits", "span", catalogue.Unknown}},
		{"a limit from a later version", func(c *catalogue.Catalogue) { c.Limits[0].Since = 2 }, fault{"limits", "since", catalogue.Misplaced}},
		{"a limit twice", func(c *catalogue.Catalogue) { c.Limits[1] = c.Limits[0] }, fault{"limits", "since", catalogue.Duplicate}},
		{"a limit of no basis", func(c *catalogue.Catalogue) { c.Limits[0].Basis = "" }, fault{"limits", "basis", catalogue.Unknown}},
		{"more than all", func(c *catalogue.Catalogue) { c.Limits[0].YellowPercent = 101 }, fault{"limits", "yellow_percent", catalogue.Malformed}},
		{"no such day", func(c *catalogue.Catalogue) { c.Calendar.Off[0] = "2021-02-30" }, fault{"calendar", "off", catalogue.Malformed}},
		{"days out of order", func(c *catalogue.Catalogue) { slices.Reverse(c.Calendar.On) }, fault{"calendar", "on", catalogue.Misplaced}},
		{"a day both free and worked", func(c *catalogue.Catalogue) { c.Calendar.On[0] = c.Calendar.Off[0] }, fault{"calendar", "on", catalogue.Duplicate}},
		{"years upside down", func(c *catalogue.Catalogue) { c.Calendar.To = 2000 }, fault{"calendar", "to", catalogue.Misplaced}},
		{"no such zone", func(c *catalogue.Catalogue) { c.Calendar.Zone = 28800000 }, fault{"calendar", "zone", catalogue.Malformed}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := sample.Catalogue()
			tt.spoil(&c)
			found := catalogue.Validate(c)
			if !slices.ContainsFunc(found, func(f catalogue.Fault) bool {
				return f.Table == tt.want.table && f.Field == tt.want.field && f.Problem == tt.want.problem
			}) {
				t.Errorf("want %v, found %v", tt.want, found)
			}
		})
	}
}

func TestSupersedes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*catalogue.Catalogue)
		want   string // the only fault, empty for none
	}{
		{"the same again", func(*catalogue.Catalogue) {}, ""},
		{"a name put right", func(c *catalogue.Catalogue) { c.Categories[1].Name = "婚恋" }, ""},
		{"one of many equal names changed", func(c *catalogue.Catalogue) { c.Categories[4].Name = "其他婚恋" }, ""},
		{"a code retired", func(c *catalogue.Catalogue) { c.Categories[1].Retired = true }, ""},
		{"a unit moved", func(c *catalogue.Catalogue) { c.Units[7].Parent = "jiangdong" }, ""},
		{"a new length from now on", func(c *catalogue.Catalogue) {
			l := c.Limits[0]
			l.Since, l.Span.N = 2, 48
			c.Limits = append(c.Limits, l)
		}, ""},
		{"no later version", func(c *catalogue.Catalogue) { c.Version = 1 }, `catalogue.version: backdated "1"`},
		{"a division gone", func(c *catalogue.Catalogue) { c.Divisions = c.Divisions[1:] }, `divisions[1].code: removed "4416"`},
		{"a unit gone", func(c *catalogue.Catalogue) { c.Units = c.Units[1:] }, `units[1].id: removed "441602"`},
		{"a person gone", func(c *catalogue.Catalogue) { c.People = c.People[1:] }, `people[1].user: removed "grid1"`},
		{"a code gone", func(c *catalogue.Catalogue) { c.Channels = c.Channels[1:] }, `channels[1].code: removed "01"`},
		{"a code under another parent", func(c *catalogue.Catalogue) { c.Categories[1].Parent = "02" }, `categories[2].parent: changed "0101"`},
		{"a name under a new code", func(c *catalogue.Catalogue) {
			c.Categories = append(c.Categories, catalogue.Code{Code: "0104", Name: c.Categories[1].Name, Parent: "01"})
			c.Categories[1].Name = "恋爱"
		}, `categories[96].code: renumbered "0104"`},
		{"a published length changed", func(c *catalogue.Catalogue) { c.Limits[0].Span.N = 48 }, `limits[1].span: changed "triage"`},
		{"a limit gone", func(c *catalogue.Catalogue) { c.Limits = c.Limits[1:] }, `limits[1].code: removed "triage"`},
		{"a limit that reaches back", func(c *catalogue.Catalogue) {
			c.Limits = append([]catalogue.Limit{{Code: "new", Since: 1}}, c.Limits...)
		}, `limits[1].since: backdated "1"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			next := sample.Catalogue()
			next.Version = 2
			tt.change(&next)
			found := catalogue.Supersedes(sample.Catalogue(), next)
			got := ""
			for _, f := range found {
				got += f.String()
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}
