package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// A unit may come to have a case in hand and nobody to act on it: everybody left, the
// catalogue retired it, the case turned out to be about those whom it answers to. Then
// the unit that answers for the case stands in for its lead, and the nearest one above
// that can for the one that answers; otherwise the case would be in nobody's list.

// Stranded is a unit that has a case in hand and cannot act on it.
type Stranded struct {
	Unit catalogue.UnitID
	Why  StrandedWhy
	By   catalogue.UnitID // who stands in; empty: nobody can
}

// StrandedWhy says why a unit cannot act on a case.
type StrandedWhy string

// The reasons.
const (
	StrandedUnknown StrandedWhy = "unknown" // the catalogue does not have it
	StrandedRetired StrandedWhy = "retired" // the catalogue retired it
	StrandedEmpty   StrandedWhy = "empty"   // nobody serves it who may act as the case stands
	StrandedAccused StrandedWhy = "accused" // the case must not reach it
)

// strandedWhy returns why a unit, which stands to the case as given, cannot act on it; "":
// it can.
func strandedWhy(c *Case, id catalogue.UnitID, as Relation, ix Lookup) StrandedWhy {
	u, known := ix.Unit(id)
	switch {
	case !known:
		return StrandedUnknown
	case c.hides(id, ix):
		return StrandedAccused
	case u.Retired:
		return StrandedRetired
	case !ix.Manned(id), !c.able(ix.RolesAt(id), as):
		return StrandedEmpty
	}
	return ""
}

// able reports whether somebody of these roles can move the case on for a unit that stands
// to it as given. Where it is not such a unit's turn, or nobody's role would do, it does not
// matter who serves it.
func (c *Case) able(roles []catalogue.Role, as Relation) bool {
	t, ok := TableOf(c.Matter)
	if !ok || c.row().Turn&as == 0 {
		return true
	}
	any := false
	for i := range t.Rules {
		r := &t.Rules[i]
		if !r.moves() || r.Who&as == 0 || !slices.Contains(r.From, c.State) {
			continue
		}
		if r.open(roles)&as != 0 {
			return true
		}
		any = true
	}
	return !any
}

// standIn returns who acts for the lead of a case, or for its holder, where that unit
// cannot; empty where it can, and where nobody else can either.
func standIn(c *Case, holder, unit catalogue.UnitID, ix Lookup) catalogue.UnitID {
	as := Lead
	if unit == holder {
		as = Holder
	}
	if unit == "" || strandedWhy(c, unit, as, ix) == "" {
		return ""
	}
	at := holder
	if unit == holder {
		at = ix.Parent(holder)
	}
	for at != "" && strandedWhy(c, at, Holder, ix) != "" {
		at = ix.Parent(at)
	}
	return at
}

// StrandedUnits returns the units whose turn it is on the case and that cannot act.
func StrandedUnits(c *Case, ix Lookup) []Stranded {
	if !c.Exists() || c.Ended() {
		return nil
	}
	var out []Stranded
	turn := Turn(c)
	for _, u := range slices.Compact([]catalogue.UnitID{c.Lead, c.Holder}) {
		if u == "" || !slices.Contains(turn, u) {
			continue
		}
		as := Lead
		if u == c.Holder {
			as = Holder
		}
		if why := strandedWhy(c, u, as, ix); why != "" {
			out = append(out, Stranded{Unit: u, Why: why, By: standIn(c, c.Holder, u, ix)})
		}
	}
	return out
}

// standsIn reports whether a unit stands in for one whose turn it is.
func standsIn(c *Case, unit catalogue.UnitID, ix Lookup) bool {
	return slices.ContainsFunc(StrandedUnits(c, ix), func(s Stranded) bool { return s.By == unit })
}
