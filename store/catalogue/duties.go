package catalogue

import (
	"slices"
	"strings"
)

// RiskDuties returns what must be done where a case shows a sign of risk, retired
// duties included: those of signs seen before may still run.
func (x *Index) RiskDuties(sign string) []RiskDuty { return x.riskDuties[sign] }

// RiskDuty returns one duty of a sign, a retired one included.
func (x *Index) RiskDuty(sign string, code DutyCode) (RiskDuty, bool) {
	for _, d := range x.riskDuties[sign] {
		if d.Code == code {
			return d, true
		}
	}
	return RiskDuty{}, false
}

// Answering returns the units that answer for a category, or for the nearest
// category above it that anybody answers for, in published order.
func (x *Index) Answering(category string) []Duty {
	for code := category; code != ""; code = x.codes[TableCategories].up[code] {
		if duties := x.byCategory[code]; len(duties) > 0 {
			return duties
		}
	}
	return nil
}

// AnsweringItem returns the units that answer for an item, in published order.
func (x *Index) AnsweringItem(item string) []Duty { return x.byItem[item] }

// DutiesOf returns what a unit answers for, in published order.
func (x *Index) DutiesOf(unit UnitID) []Duty {
	var out []Duty
	for _, d := range x.Catalogue().Duties {
		if d.Unit == unit && !d.Retired {
			out = append(out, d)
		}
	}
	return out
}

// IsPlatform reports whether a town acts on an item through the unit.
func (x *Index) IsPlatform(unit UnitID) bool {
	return unit != "" && slices.ContainsFunc(x.Catalogue().Claims, func(c Claim) bool { return c.Platform == unit })
}

// Item returns an item of the delegated catalogue, a retired one included.
func (x *Index) Item(code string) (Item, bool) {
	item, ok := x.items[code]
	return item, ok
}

// Claim answers whether a town may act on an item in its own name on a day
// ("2006-01-02"): the claim that says so.
func (x *Index) Claim(item string, town UnitID, day string) (Claim, bool) {
	if row, ok := x.items[item]; !ok || row.Retired {
		return Claim{}, false
	}
	for _, c := range x.claims[item] {
		if c.Unit == town && c.From <= day && (c.Until == "" || day <= c.Until) {
			return c, true
		}
	}
	return Claim{}, false
}

// Claims returns every claim of an item by a town, ended ones too, in published order.
func (x *Index) Claims(item string, town UnitID) []Claim {
	var out []Claim
	for _, c := range x.claims[item] {
		if c.Unit == town {
			out = append(out, c)
		}
	}
	return out
}

// TownOf returns the town that a unit is or belongs to; empty for one above towns.
func (x *Index) TownOf(unit UnitID) UnitID {
	for id := unit; id != ""; id = x.units.up[id] {
		if u, ok := x.units.row(id); ok && u.Level == Town && u.Kind != Department {
			return id
		}
	}
	return ""
}

// Resolver returns somebody of the roster, one who left included.
func (x *Index) Resolver(id string) (Resolver, bool) {
	r, ok := x.resolvers[id]
	return r, ok
}

// ResolversAt returns those of the roster who serve a place: there, above it or
// below it, in published order.
func (x *Index) ResolversAt(place DivisionCode) []Resolver {
	var out []Resolver
	for _, r := range x.catalogue.Resolvers {
		if !r.Left && (r.Place == place || x.divisions.above(r.Place, place) || x.divisions.above(place, r.Place)) {
			out = append(out, r)
		}
	}
	return out
}

// Phrases returns the sentences offered for a field, in published order.
func (x *Index) Phrases(field string) []string {
	var out []string
	for _, p := range x.catalogue.Phrases {
		if strings.EqualFold(p.Field, field) {
			out = append(out, p.Text)
		}
	}
	return out
}

// CommonSuperior returns the lowest unit that stands above both or is one of
// them and stands above the other; empty where there is none.
func (x *Index) CommonSuperior(a, b UnitID) UnitID {
	var chain []UnitID
	for id := a; id != ""; id = x.units.up[id] {
		chain = append(chain, id)
	}
	for id := b; id != ""; id = x.units.up[id] {
		if slices.Contains(chain, id) {
			return id
		}
	}
	return ""
}

func (x *Index) indexDuties() {
	c := x.catalogue
	x.riskDuties = make(map[string][]RiskDuty)
	for _, d := range c.RiskDuties {
		x.riskDuties[d.Sign] = append(x.riskDuties[d.Sign], d)
	}
	x.byCategory, x.byItem = make(map[string][]Duty), make(map[string][]Duty)
	for _, d := range c.Duties {
		switch u, _ := x.Unit(d.Unit); {
		case d.Retired || u.Retired:
		case d.Item != "":
			x.byItem[d.Item] = append(x.byItem[d.Item], d)
		case d.Category != "":
			x.byCategory[d.Category] = append(x.byCategory[d.Category], d)
		}
	}
	x.items, x.claims = make(map[string]Item, len(c.Items)), make(map[string][]Claim)
	for _, item := range c.Items {
		if _, twice := x.items[item.Code]; !twice {
			x.items[item.Code] = item
		}
	}
	for _, claim := range c.Claims {
		x.claims[claim.Item] = append(x.claims[claim.Item], claim)
	}
	x.resolvers = make(map[string]Resolver, len(c.Resolvers))
	for _, r := range c.Resolvers {
		if _, twice := x.resolvers[r.ID]; !twice {
			x.resolvers[r.ID] = r
		}
	}
}
