package catalogue_test

import (
	"slices"
	"strings"
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
		{"a limit of an unknown category", func(c *catalogue.Catalogue) { c.Limits[0].Category = "x" }, fault{"limits", "category", catalogue.Unknown}},
		{"an extension of nothing", func(c *catalogue.Catalogue) { c.Limits[0].Extension = catalogue.Span{Unit: catalogue.Days} }, fault{"limits", "extension", catalogue.Malformed}},
		{"an extension without what it counts", func(c *catalogue.Catalogue) { c.Limits[0].Extension = catalogue.Span{N: 3} }, fault{"limits", "extension", catalogue.Missing}},
		{"a limit of eleven years", func(c *catalogue.Catalogue) { c.Limits[0].Span = catalogue.Span{N: 121, Unit: catalogue.Months} }, fault{"limits", "span", catalogue.Malformed}},
		{"blanks around a name", func(c *catalogue.Catalogue) { c.Units[0].Name += " " }, fault{"units", "name", catalogue.Malformed}},
		{"a text of a thousand lines", func(c *catalogue.Catalogue) { c.Units[0].Remark = strings.Repeat("长", 2001) }, fault{"units", "remark", catalogue.TooLong}},
		{"an unknown class of mediation", func(c *catalogue.Catalogue) { c.Categories[0].Mediation = "x" }, fault{"categories", "mediation", catalogue.Unknown}},
		{"an unknown class of petitions", func(c *catalogue.Catalogue) { c.Categories[0].Petition = "x" }, fault{"categories", "petition", catalogue.Unknown}},
		{"a channel that is no civil dispute", func(c *catalogue.Catalogue) { c.Channels[0].NotCivil = true }, fault{"channels", "mediation", catalogue.Misplaced}},
		{"a channel with words of its own", func(c *catalogue.Catalogue) { c.Channels[0].Words = "电话" }, fault{"channels", "words", catalogue.Misplaced}},
		{"a cause that facts suggest", func(c *catalogue.Catalogue) { c.Causes[0].From = 3 }, fault{"causes", "from", catalogue.Misplaced}},
		{"a duty of no sign", func(c *catalogue.Catalogue) { c.RiskDuties[0].Sign = "" }, fault{"risk_duties", "sign", catalogue.Missing}},
		{"a duty of an unknown sign", func(c *catalogue.Catalogue) { c.RiskDuties[0].Sign = "x" }, fault{"risk_duties", "sign", catalogue.Unknown}},
		{"an unknown kind of duty", func(c *catalogue.Catalogue) { c.RiskDuties[0].Code = "arrest" }, fault{"risk_duties", "code", catalogue.Unknown}},
		{"a duty of a sign twice", func(c *catalogue.Catalogue) { c.RiskDuties[1] = c.RiskDuties[0] }, fault{"risk_duties", "code", catalogue.Duplicate}},
		{"a duty within an unknown limit", func(c *catalogue.Catalogue) { c.RiskDuties[0].Limit = "x" }, fault{"risk_duties", "limit", catalogue.Unknown}},
		{"a duty of no basis", func(c *catalogue.Catalogue) { c.RiskDuties[0].Basis = "" }, fault{"risk_duties", "basis", catalogue.Unknown}},
		{"a duty of no unit", func(c *catalogue.Catalogue) { c.Duties[0].Unit = "" }, fault{"duties", "unit", catalogue.Missing}},
		{"a duty of an unknown unit", func(c *catalogue.Catalogue) { c.Duties[0].Unit = "x" }, fault{"duties", "unit", catalogue.Unknown}},
		{"a duty for nothing", func(c *catalogue.Catalogue) { c.Duties[0].Category = "" }, fault{"duties", "category", catalogue.Missing}},
		{"a duty for a category and an item", func(c *catalogue.Catalogue) { c.Duties[0].Item = c.Items[0].Code }, fault{"duties", "item", catalogue.Misplaced}},
		{"a duty for an unknown item", func(c *catalogue.Catalogue) { c.Duties[0].Category, c.Duties[0].Item = "", "x" }, fault{"duties", "item", catalogue.Unknown}},
		{"a duty twice", func(c *catalogue.Catalogue) { c.Duties[1] = c.Duties[0] }, fault{"duties", "unit", catalogue.Duplicate}},
		{"an item twice", func(c *catalogue.Catalogue) { c.Items[1].Code = c.Items[0].Code }, fault{"items", "code", catalogue.Duplicate}},
		{"an item without a name", func(c *catalogue.Catalogue) { c.Items[0].Name = "" }, fault{"items", "name", catalogue.Missing}},
		{"an item of an unknown unit", func(c *catalogue.Catalogue) { c.Items[0].Unit = "x" }, fault{"items", "unit", catalogue.Unknown}},
		{"a claim of an unknown item", func(c *catalogue.Catalogue) { c.Claims[0].Item = "x" }, fault{"claims", "item", catalogue.Unknown}},
		{"a claim by a county", func(c *catalogue.Catalogue) { c.Claims[0].Unit = "441621" }, fault{"claims", "unit", catalogue.Misplaced}},
		{"a claim by a department", func(c *catalogue.Catalogue) { c.Claims[0].Unit = "441621102-zfw" }, fault{"claims", "unit", catalogue.Misplaced}},
		{"a claim from no day", func(c *catalogue.Catalogue) { c.Claims[0].From = "" }, fault{"claims", "from", catalogue.Missing}},
		{"a claim from a day that is none", func(c *catalogue.Catalogue) { c.Claims[0].From = "2021-02-30" }, fault{"claims", "from", catalogue.Malformed}},
		{"a claim that ends before it begins", func(c *catalogue.Catalogue) { c.Claims[0].Until = "2020-12-31" }, fault{"claims", "until", catalogue.Misplaced}},
		{"two claims at a time", func(c *catalogue.Catalogue) {
			c.Claims = append(c.Claims, c.Claims[0])
			c.Claims[len(c.Claims)-1].From = "2022-01-01"
		}, fault{"claims", "from", catalogue.Duplicate}},
		{"another town's platform", func(c *catalogue.Catalogue) { c.Claims[0].Platform = "441621109-zfw" }, fault{"claims", "platform", catalogue.Misplaced}},
		{"an unknown platform", func(c *catalogue.Catalogue) { c.Claims[0].Platform = "x" }, fault{"claims", "platform", catalogue.Unknown}},
		{"a resolver twice", func(c *catalogue.Catalogue) { c.Resolvers[1].ID = c.Resolvers[0].ID }, fault{"resolvers", "id", catalogue.Duplicate}},
		{"a resolver of an unknown type", func(c *catalogue.Catalogue) { c.Resolvers[0].Type = "x" }, fault{"resolvers", "type", catalogue.Unknown}},
		{"a resolver of nowhere", func(c *catalogue.Catalogue) { c.Resolvers[0].Place = "1" }, fault{"resolvers", "place", catalogue.Unknown}},
		{"a phrase for no field", func(c *catalogue.Catalogue) { c.Phrases[0].Field = "" }, fault{"phrases", "field", catalogue.Missing}},
		{"an empty phrase", func(c *catalogue.Catalogue) { c.Phrases[0].Text = "" }, fault{"phrases", "text", catalogue.Missing}},
		{"a phrase twice", func(c *catalogue.Catalogue) { c.Phrases[1] = c.Phrases[0] }, fault{"phrases", "text", catalogue.Duplicate}},
		{"a setting without a code", sets("", "1"), fault{"settings", "code", catalogue.Missing}},
		{"no such setting", sets("moon", "1"), fault{"settings", "code", catalogue.Unknown}},
		{"a setting without a value", sets("daily_cap", ""), fault{"settings", "value", catalogue.Missing}},
		{"no telephone, set", sets("overseer_phone", ""), fault{"settings", "value", catalogue.Missing}},
		{"a setting twice", func(c *catalogue.Catalogue) { sets("daily_cap", "7")(c); sets("daily_cap", "8")(c) }, fault{"settings", "code", catalogue.Duplicate}},
		{"no number", sets("daily_cap", "many"), fault{"settings", "value", catalogue.Malformed}},
		{"a number written otherwise", sets("daily_cap", "07"), fault{"settings", "value", catalogue.Malformed}},
		{"a number in full width", sets("daily_cap", "７"), fault{"settings", "value", catalogue.Malformed}},
		{"a number below the least", sets("daily_cap", "0"), fault{"settings", "value", catalogue.Malformed}},
		{"a number above the most", sets("daily_cap", "101"), fault{"settings", "value", catalogue.Malformed}},
		{"no such choice", sets("urge_by_message", "green"), fault{"settings", "value", catalogue.Unknown}},
		{"no time of day", sets("quiet_from", "24:00"), fault{"settings", "value", catalogue.Malformed}},
		{"a time of day written otherwise", sets("quiet_from", "8:00"), fault{"settings", "value", catalogue.Malformed}},
		{"a beginning of the quiet hours alone", sets("quiet_from", "22:00"), fault{"settings", "value", catalogue.Misplaced}},
		{"an end of the quiet hours alone", sets("quiet_to", "07:00"), fault{"settings", "value", catalogue.Misplaced}},
		{"a telephone number of words", sets("overseer_phone", "请打 110"), fault{"settings", "value", catalogue.Malformed}},
		{"a telephone number without end", sets("overseer_phone", strings.Repeat("0", 31)), fault{"settings", "value", catalogue.Malformed}},
		{"an escape sequence in an order", func(c *catalogue.Catalogue) {
			c.Settings = []catalogue.Setting{{Code: "daily_cap", Value: "7", Source: "x\x1b[2J"}}
		}, fault{"settings", "source", catalogue.Malformed}},
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

// sets sets a setting.
func sets(code catalogue.SettingCode, value string) func(*catalogue.Catalogue) {
	return func(c *catalogue.Catalogue) {
		c.Settings = append(c.Settings, catalogue.Setting{Code: code, Value: value})
	}
}

// Ensure that no limit, light or extension is of ten years, and that one a little
// shorter may be.
func TestValidate_TenYears(t *testing.T) {
	for unit, first := range map[catalogue.SpanUnit]int{catalogue.Hours: 87600, catalogue.Days: 3650, catalogue.Months: 120, catalogue.WorkDays: 2500} {
		for field, set := range map[string]func(*catalogue.Limit, catalogue.Span){
			"span":      func(l *catalogue.Limit, s catalogue.Span) { l.Span = s },
			"yellow":    func(l *catalogue.Limit, s catalogue.Span) { l.Yellow = s },
			"extension": func(l *catalogue.Limit, s catalogue.Span) { l.Extension = s },
		} {
			for n, want := range map[int]int{first - 1: 0, first: 1, first + 1: 1} {
				c := sample.Catalogue()
				set(&c.Limits[0], catalogue.Span{N: n, Unit: unit})
				found := catalogue.Validate(c)
				if len(found) != want || want == 1 && (found[0].Field != field || found[0].Problem != catalogue.Malformed) {
					t.Errorf("%s of %d %s: %v", field, n, unit, found)
				}
			}
		}
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
		{"an item's number used again", func(c *catalogue.Catalogue) {
			c.Items = append(c.Items, catalogue.Item{Code: "ZF-005", Name: c.Items[0].Name})
			c.Items[0].Name = "另一事项"
		}, `items[6].code: renumbered "ZF-005"`},
		{"a code under another parent", func(c *catalogue.Catalogue) { c.Categories[1].Parent = "02" }, `categories[2].parent: changed "0101"`},
		{"a name under a new code", func(c *catalogue.Catalogue) {
			c.Categories = append(c.Categories, catalogue.Code{Code: "0104", Name: c.Categories[1].Name, Parent: "01"})
			c.Categories[1].Name = "恋爱"
		}, `categories[96].code: renumbered "0104"`},
		{"a published length changed", func(c *catalogue.Catalogue) { c.Limits[0].Span.N = 48 }, `limits[1].span: changed "triage"`},
		{"an item no longer delegated", func(c *catalogue.Catalogue) { c.Items[0].Retired = true }, ""},
		{"a claim that ends", func(c *catalogue.Catalogue) { c.Claims[0].Until = "2026-12-31" }, ""},
		{"a phrase gone", func(c *catalogue.Catalogue) { c.Phrases = nil }, ""},
		{"a setting of old changed", func(c *catalogue.Catalogue) { c.Settings[0].Value = "9" }, ""},
		{"a setting gone back to its default", func(c *catalogue.Catalogue) { c.Settings = nil }, ""},
		{"an item gone", func(c *catalogue.Catalogue) { c.Items = c.Items[1:] }, `items[1].code: removed "ZF-001"`},
		{"a duty of a sign gone", func(c *catalogue.Catalogue) { c.RiskDuties = c.RiskDuties[1:] }, `risk_duties[1].sign: removed "violence report_police"`},
		{"a duty of a sign retired", func(c *catalogue.Catalogue) { c.RiskDuties[0].Retired = true }, ""},
		{"a unit retired", func(c *catalogue.Catalogue) { c.Units[0].Retired = true }, ""},
		{"a place retired", func(c *catalogue.Catalogue) { c.Divisions[0].Retired = true }, ""},
		{"a claim gone", func(c *catalogue.Catalogue) { c.Claims = c.Claims[1:] }, `claims[1].item: removed "ZF-001 441621102 2021-01-01"`},
		{"a duty gone", func(c *catalogue.Catalogue) { c.Duties = c.Duties[1:] }, `duties[1].unit: removed "441621102-sfs 01"`},
		{"somebody of the roster gone", func(c *catalogue.Catalogue) { c.Resolvers = c.Resolvers[1:] }, `resolvers[1].id: removed "r1"`},
		{"a limit gone", func(c *catalogue.Catalogue) { c.Limits = c.Limits[1:] }, `limits[1].code: removed "triage"`},
		{"a limit that reaches back", func(c *catalogue.Catalogue) {
			c.Limits = append([]catalogue.Limit{{Code: "new", Since: 1}}, c.Limits...)
		}, `limits[1].since: backdated "1"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			prev, next := sample.Catalogue(), sample.Catalogue()
			sets("daily_cap", "7")(&prev)
			sets("daily_cap", "7")(&next)
			next.Version = 2
			tt.change(&next)
			found := catalogue.Supersedes(prev, next)
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

// Ensure that a limit that gets another length is told with both, and no other.
func TestLengths(t *testing.T) {
	prev := sample.Catalogue()
	edited := sample.Catalogue()
	for i := range edited.Limits {
		l := &edited.Limits[i]
		switch {
		case l.Code == "petition_handle":
			l.Span.N = 9
		case l.Code == "route":
			l.YellowPercent = 10 // another light is no other length
		}
	}
	edited.Limits = append(edited.Limits, catalogue.Limit{Code: "new", Name: "新的", Span: catalogue.Span{N: 5, Unit: catalogue.Days}, Basis: "organisation"})
	got := catalogue.Lengths(prev, catalogue.Next(prev, edited))
	if len(got) != 1 || got[0].Limit != "petition_handle" || got[0].From.N != 60 || got[0].To.N != 9 || got[0].Basis != "law" {
		t.Errorf("lengths: %+v", got)
	}
}
