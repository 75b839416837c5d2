package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Recipients returns the units that get to see a case, sorted: the village, the
// town and the county of its place, the units that handle it now, and the unit
// that registered it.
//
// A confidential case goes only to the units that it names (who registered,
// holds, leads or helps, and who looks in by 应急查阅) and never to one that it is about
// or that stands below such a one, not even if that one registered it: 信访工作条例
// art. 30, accusations must not reach the accused. Then the author alone keeps her
// own words.
func Recipients(c *Case, ix Lookup) []catalogue.UnitID {
	if !c.Exists() && c.Matter == "" {
		return nil
	}
	var out []catalogue.UnitID
	switch {
	case c.Confidential:
	case !c.Exists(): // its registration is held: its place does not count yet
		out = append(out, ix.Chain(c.Holder)...)
	default:
		out = append(out, ix.PlaceUnits(catalogue.DivisionCode(c.Value(FieldDivision)))...)
	}
	out = append(out, c.Holder, c.Lead, c.Registrar)
	out = append(out, c.Co...)
	out = append(out, c.Joined...)
	for _, g := range c.Glass {
		out = append(out, g.Unit)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(u catalogue.UnitID) bool {
		_, known := ix.Unit(u)
		return !known || c.hides(u, ix)
	})
}

// hides reports whether the case is confidential and about the unit or one that it
// answers to. The catalogue says who answers to whom, so the fold, which never reads
// it, goes by mustNotSee.
func (c *Case) hides(u catalogue.UnitID, ix Lookup) bool {
	return c.Confidential && Accused(c.About, u, ix)
}

// Accused reports whether a unit is among those that a case is about, or stands below
// one of them. Where nobody stands above the one accused, those below it are all that
// are left to handle the case, and see it where it names them.
func Accused(about []catalogue.UnitID, u catalogue.UnitID, ix Lookup) bool {
	return slices.ContainsFunc(about, func(a catalogue.UnitID) bool {
		return a == u || ix.Parent(a) != "" && answersTo(u, a, ix)
	})
}

// answersTo reports whether a unit stands below another and is not independent of it
// by law, as courts and procuratorates are (宪法 art. 131, 136).
func answersTo(u, above catalogue.UnitID, ix Lookup) bool {
	return ix.Above(above, u) && !ix.Staffed(u, catalogue.Court) && !ix.Staffed(u, catalogue.Procurator)
}

// mustNotSee reports whether the case is about the unit and confidential.
func (c *Case) mustNotSee(u catalogue.UnitID) bool {
	return c.Confidential && slices.Contains(c.About, u)
}

// FirstHolder proposes the unit that answers for a new case: the town of its
// place, because that is where lists are checked and cases routed; without a
// town the nearest unit above. A confidential case goes to the county, and
// never to a unit that it is about.
func FirstHolder(division catalogue.DivisionCode, confidential bool, about []catalogue.UnitID, ix Lookup) catalogue.UnitID {
	chain := ix.PlaceUnits(division)
	var fallback catalogue.UnitID
	for _, id := range chain {
		u, _ := ix.Unit(id)
		switch {
		case confidential && Accused(about, id, ix):
		case !confidential && u.Level == catalogue.Town, u.Level == catalogue.County:
			return id
		default:
			fallback = id
		}
	}
	if confidential {
		return ""
	}
	return fallback
}
