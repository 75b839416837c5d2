package sim_test

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// seers says once more, in other words than the product, which units get to see a
// case: those that hold, lead, help, take part or registered it; unless it is confidential,
// also the nearest unit that covers its place and those above that, up to the
// county; of a held registration, whose place does not count yet, those above its
// holder. One that a confidential case is about never does, nor do those below it
// where it has somebody above; courts and procuratorates answer to nobody.
func seers(cat *catalogue.Catalogue, c *casework.Case) []catalogue.UnitID {
	if c.Matter == "" {
		return nil
	}
	out := append([]catalogue.UnitID{c.Holder, c.Lead, c.Registrar}, slices.Concat(c.Co, c.Joined)...)
	if !c.Confidential && c.Exists() {
		out = append(out, upward(cat, covering(cat, c.Value(casework.FieldDivision)))...)
	} else if !c.Confidential {
		out = append(out, upward(cat, c.Holder)...)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(u catalogue.UnitID) bool {
		return unitOf(cat, u) == nil || c.Confidential && accused(cat, u, c.About)
	})
}

func accused(cat *catalogue.Catalogue, id catalogue.UnitID, about []catalogue.UnitID) bool {
	if slices.Contains(about, id) {
		return true
	}
	for _, p := range cat.People {
		if slices.Contains(p.Units, id) && !p.Left && slices.ContainsFunc(p.Roles, func(r catalogue.Role) bool { return r == catalogue.Court || r == catalogue.Procurator }) {
			return false
		}
	}
	u := unitOf(cat, id)
	for u != nil && u.Parent != "" {
		u = unitOf(cat, u.Parent)
		if u != nil && slices.Contains(about, u.ID) && u.Parent != "" {
			return true
		}
	}
	return false
}

func unitOf(cat *catalogue.Catalogue, id catalogue.UnitID) *catalogue.Unit {
	i := slices.IndexFunc(cat.Units, func(u catalogue.Unit) bool { return u.ID == id })
	if i < 0 {
		return nil
	}
	return &cat.Units[i]
}

// upward is a unit and those above it, up to the one that governs a county.
func upward(cat *catalogue.Catalogue, id catalogue.UnitID) (out []catalogue.UnitID) {
	for u := unitOf(cat, id); u != nil; u = unitOf(cat, u.Parent) {
		out = append(out, u.ID)
		if u.Level == catalogue.County && u.Kind != catalogue.Department {
			break
		}
	}
	return out
}

// covering is the lowest unit that covers a place, or what is around it. A
// division's code begins with that of the one around it: village 12 digits, town
// 9, county 6.
func covering(cat *catalogue.Catalogue, place string) catalogue.UnitID {
	for ; len(place) >= 6; place = place[:len(place)-3] {
		for _, level := range []catalogue.Level{catalogue.Village, catalogue.Town, catalogue.County} {
			for _, u := range cat.Units {
				if u.Level == level && slices.Contains(u.Covers, catalogue.DivisionCode(place)) {
					return u.ID
				}
			}
		}
	}
	return ""
}
