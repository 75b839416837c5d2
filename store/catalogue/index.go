package catalogue

import (
	"cmp"
	"slices"
	"sync"
)

// Index answers questions about one catalogue. It is built once and read by
// many: it never changes, and it must not outlive a change of the catalogue it
// was built from. Slices that it returns belong to it; callers don't write to
// them.
//
// It takes any catalogue, a faulty one too: of duplicate rows the first counts,
// and of the links that close a circle of parents one is ignored, so that every
// walk upwards ends. What is unknown is answered with false or an empty value.
type Index struct {
	catalogue Catalogue
	divisions tree[DivisionCode, Division]
	units     tree[UnitID, Unit]
	people    map[UserID]Person
	codes     map[Table]tree[string, Code]
	limits    map[LimitCode][]Limit // by Since, ascending
	manned    map[UnitID]bool
	roles     map[UnitID][]Role       // of those who serve a unit now
	governs   map[DivisionCode]UnitID // the lowest unit, not retired, that covers a division

	riskDuties map[string][]RiskDuty // by sign
	byCategory map[string][]Duty
	byItem     map[string][]Duty
	items      map[string]Item
	claims     map[string][]Claim // by item
	resolvers  map[string]Resolver

	telling func() [][]string // of each category; made when something is first proposed
}

// NewIndex builds the index of c, which the caller no longer changes.
func NewIndex(c Catalogue) *Index {
	c.Calendar.Off = slices.Sorted(slices.Values(c.Calendar.Off))
	c.Calendar.On = slices.Sorted(slices.Values(c.Calendar.On))
	x := &Index{
		catalogue: c,
		divisions: newTree(c.Divisions, func(d Division) (DivisionCode, DivisionCode) { return d.Code, d.Parent }),
		units:     newTree(c.Units, func(u Unit) (UnitID, UnitID) { return u.ID, u.Parent }),
		people:    make(map[UserID]Person, len(c.People)),
		codes:     make(map[Table]tree[string, Code]),
		limits:    make(map[LimitCode][]Limit),
		manned:    make(map[UnitID]bool),
		roles:     make(map[UnitID][]Role),
	}
	for _, p := range c.People {
		if _, twice := x.people[p.User]; !twice {
			x.people[p.User] = p
		}
		acts := !p.Left && slices.ContainsFunc(p.Roles, func(r Role) bool { return r != Leader })
		for _, u := range p.Units {
			x.manned[u] = x.manned[u] || acts
			for _, r := range p.Roles {
				if acts && !slices.Contains(x.roles[u], r) {
					x.roles[u] = append(x.roles[u], r)
				}
			}
		}
	}
	for _, t := range append(CodeTables(), TableItems) {
		x.codes[t] = newTree(c.Codes(t), func(row Code) (string, string) { return row.Code, row.Parent })
	}
	for _, l := range c.Limits {
		x.limits[l.Code] = append(x.limits[l.Code], l)
	}
	for _, rows := range x.limits {
		slices.SortStableFunc(rows, func(a, b Limit) int { return cmp.Compare(a.Since, b.Since) })
	}
	x.governs = x.governing()
	x.indexDuties()
	x.telling = sync.OnceValue(x.allTelling)
	return x
}

// Catalogue returns what the index was built from.
func (x *Index) Catalogue() Catalogue { return x.catalogue }

// Version returns the catalogue's version.
func (x *Index) Version() uint64 { return x.catalogue.Version }

// Calendar returns the catalogue's calendar.
func (x *Index) Calendar() Calendar { return x.catalogue.Calendar }

// Division returns a row of the division tree.
func (x *Index) Division(code DivisionCode) (Division, bool) { return x.divisions.row(code) }

// GridWorker returns the worker of a grid; empty for any other place, for a grid
// that was retired, and where nobody is named.
func (x *Index) GridWorker(grid DivisionCode) UserID {
	d, _ := x.Division(grid)
	if d.Retired {
		return ""
	}
	return d.Worker
}

// Unit returns a row of the unit tree.
func (x *Index) Unit(id UnitID) (Unit, bool) { return x.units.row(id) }

// UnitName returns the unit's name, or its id where the unit is not known.
func (x *Index) UnitName(id UnitID) string {
	if u, ok := x.Unit(id); ok && u.Name != "" {
		return u.Name
	}
	return string(id)
}

// Person returns an account, one of a person who left included.
func (x *Index) Person(user UserID) (Person, bool) {
	p, ok := x.people[user]
	return p, ok
}

// PersonName returns the person's name, or the account's id where it is not known.
func (x *Index) PersonName(user UserID) string {
	if p, ok := x.people[user]; ok && p.Name != "" {
		return p.Name
	}
	return string(user)
}

// Serves reports whether the person serves the unit now. Nobody who left does.
func (x *Index) Serves(user UserID, unit UnitID) bool {
	p, ok := x.people[user]
	return ok && !p.Left && slices.Contains(p.Units, unit)
}

// Staffed reports whether somebody with the role serves the unit now.
func (x *Index) Staffed(unit UnitID, role Role) bool {
	return slices.ContainsFunc(x.catalogue.People, func(p Person) bool {
		return !p.Left && slices.Contains(p.Units, unit) && slices.Contains(p.Roles, role)
	})
}

// Manned reports whether somebody serves the unit now who may do more than read.
func (x *Index) Manned(unit UnitID) bool { return x.manned[unit] }

// RolesAt returns the roles of those who serve the unit now and may do more than read.
func (x *Index) RolesAt(unit UnitID) []Role { return x.roles[unit] }

// HasRole reports whether the person holds the role now. Nobody who left does.
func (x *Index) HasRole(user UserID, role Role) bool {
	p, ok := x.people[user]
	return ok && !p.Left && slices.Contains(p.Roles, role)
}
