package catalogue

import (
	"slices"
	"strings"
)

// PlaceUnits returns the units that a place belongs to, from the nearest up to
// and including the county's: the lowest unit that covers the division or else
// its nearest covered ancestor, then that unit's parents. A town that a
// functional area took over leads to that area and not to the county of its
// code, because the town's unit stands below the area. It returns nil for a
// division that is unknown or that nobody covers.
func (x *Index) PlaceUnits(place DivisionCode) []UnitID {
	for code := place; code != ""; code = x.divisions.up[code] {
		if unit, ok := x.governs[code]; ok {
			return x.Chain(unit)
		}
	}
	return nil
}

// Chain returns the unit and its parents up to and including the first that
// governs at county level; without one, up to the top. Unknown units have none.
func (x *Index) Chain(unit UnitID) []UnitID {
	var chain []UnitID
	for id := unit; id != ""; id = x.units.up[id] {
		u, ok := x.units.row(id)
		if !ok {
			break
		}
		chain = append(chain, id)
		if u.Level == County && u.Kind != Department {
			break
		}
	}
	return chain
}

// Parent returns the unit that supervises the given one, empty for the highest.
func (x *Index) Parent(unit UnitID) UnitID { return x.units.up[unit] }

// Above reports whether a is a strict ancestor of b. No unit is above itself.
func (x *Index) Above(a, b UnitID) bool { return x.units.above(a, b) }

// Within reports whether a place is the other one or lies in it.
func (x *Index) Within(place, in DivisionCode) bool {
	return place == in || x.divisions.above(in, place)
}

// CountyOf returns the unit that governs at county level and is the given one
// or stands above it; empty where there is none.
func (x *Index) CountyOf(unit UnitID) UnitID {
	chain := x.Chain(unit)
	if len(chain) == 0 {
		return ""
	}
	last := chain[len(chain)-1]
	if u, _ := x.units.row(last); u.Level != County || u.Kind == Department {
		return ""
	}
	return last
}

// Children returns the units directly below the given one, departments
// included, in published order; with an empty id, the highest units.
func (x *Index) Children(unit UnitID) []UnitID { return x.units.children[unit] }

// Departments returns the departments within the given unit, in published order.
func (x *Index) Departments(unit UnitID) []UnitID {
	var out []UnitID
	for _, id := range x.Children(unit) {
		if u, _ := x.units.row(id); u.Kind == Department {
			out = append(out, id)
		}
	}
	return out
}

// DivisionChildren returns the divisions directly below the given one, in
// published order; with an empty code, the highest divisions.
func (x *Index) DivisionChildren(code DivisionCode) []DivisionCode {
	return x.divisions.children[code]
}

// DivisionPath returns the place's full name from the county down, as on an
// envelope ("紫金县龙窝镇"), or the code itself where the place is not known.
func (x *Index) DivisionPath(code DivisionCode) string {
	var names []string
	for key := code; key != ""; key = x.divisions.up[key] {
		d, ok := x.divisions.row(key)
		if !ok || d.Level == City && len(names) > 0 {
			break
		}
		names = append(names, d.Name)
	}
	if len(names) == 0 {
		return string(code)
	}
	slices.Reverse(names)
	return strings.Join(names, "")
}

// governing finds for every covered division the unit nearest to it among those
// that are not retired: of two
// that cover it the one that stands below the other, else the one of the lower
// level, else the first published.
func (x *Index) governing() map[DivisionCode]UnitID {
	nearest := make(map[DivisionCode]UnitID)
	for _, row := range x.catalogue.Units {
		if row.ID == "" || row.Kind == Department || row.Retired {
			continue
		}
		for _, code := range row.Covers {
			held, taken := nearest[code]
			if !taken || x.nearer(row.ID, held) {
				nearest[code] = row.ID
			}
		}
	}
	return nearest
}

func (x *Index) nearer(a, b UnitID) bool {
	switch {
	case x.Above(b, a):
		return true
	case x.Above(a, b):
		return false
	}
	ua, _ := x.units.row(a)
	ub, _ := x.units.row(b)
	return ua.Level.rank() > ub.Level.rank()
}
