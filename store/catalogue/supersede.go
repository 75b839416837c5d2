package catalogue

import (
	"slices"
	"strconv"
	"strings"
)

// Supersedes returns what keeps next from being published after prev, nil if
// nothing does. Tables are append-only: every published row stays, a code
// never means something else, and the past lengths of a limit don't change.
// Names may be put right, units and people may move, phrases and settings come and
// go; rows of next are counted where they exist, those of prev where they are gone.
func Supersedes(prev, next Catalogue) []Fault {
	var found []Fault
	if next.Version <= prev.Version {
		f := faults{table: TableCatalogue}
		f.add(-1, "version", Backdated, strconv.FormatUint(next.Version, 10))
		found = f.list
	}
	found = append(found, removed(TableDivisions, "code", prev.Divisions, next.Divisions, func(d Division) DivisionCode { return d.Code })...)
	found = append(found, removed(TableUnits, "id", prev.Units, next.Units, func(u Unit) UnitID { return u.ID })...)
	found = append(found, removed(TablePeople, "user", prev.People, next.People, func(p Person) UserID { return p.User })...)
	for _, t := range CodeTables() {
		found = append(found, removed(t, "code", prev.Codes(t), next.Codes(t), func(row Code) string { return row.Code })...)
		found = append(found, renumbered(t, prev.Codes(t), next.Codes(t))...)
	}
	found = append(found, removed(TableRiskDuties, "sign", prev.RiskDuties, next.RiskDuties, func(d RiskDuty) string {
		return words(d.Sign, string(d.Code))
	})...)
	found = append(found, removed(TableDuties, "unit", prev.Duties, next.Duties, func(d Duty) string {
		return words(string(d.Unit), d.Category, d.Item)
	})...)
	found = append(found, removed(TableItems, "code", prev.Items, next.Items, func(i Item) string { return i.Code })...)
	found = append(found, renumbered(TableItems, prev.Codes(TableItems), next.Codes(TableItems))...)
	found = append(found, removed(TableClaims, "item", prev.Claims, next.Claims, func(c Claim) string {
		return words(c.Item, string(c.Unit), c.From)
	})...)
	found = append(found, removed(TableResolvers, "id", prev.Resolvers, next.Resolvers, func(r Resolver) string { return r.ID })...)
	return append(found, limitsKept(prev, next)...)
}

// words names a row by several of its values.
func words(values ...string) string {
	return strings.Join(slices.DeleteFunc(values, func(s string) bool { return s == "" }), " ")
}

// removed notes the rows of prev whose key next lacks.
func removed[R any, K ~string](t Table, field string, prev, next []R, key func(R) K) []Fault {
	kept := make(map[K]bool, len(next))
	for _, row := range next {
		kept[key(row)] = true
	}
	f := faults{table: t}
	for i, row := range prev {
		if !kept[key(row)] {
			f.add(i, field, Removed, string(key(row)))
		}
	}
	return f.list
}

// renumbered notes the rows that moved below another parent, and names that
// left their code for one that did not carry them before.
func renumbered(t Table, prev, next []Code) []Fault {
	before := make(map[string]Code, len(prev))
	for _, row := range prev {
		before[row.Code] = row
	}
	left := make(map[string]bool) // names that no longer stand at their code
	f := faults{table: t}
	for i, row := range next {
		old, published := before[row.Code]
		if !published {
			continue
		}
		if old.Parent != row.Parent {
			f.add(i, "parent", Changed, row.Code)
		}
		if old.Name != row.Name {
			left[old.Name] = true
		}
	}
	for i, row := range next {
		if left[row.Name] && before[row.Code].Name != row.Name {
			f.add(i, "code", Renumbered, row.Code)
		}
	}
	return f.list
}

// limitsKept notes published rows that are gone or of another length, and new
// ones that would reach back into a published version.
func limitsKept(prev, next Catalogue) []Fault {
	now := make(map[limitRow]int, len(next.Limits))
	for i, l := range next.Limits {
		now[rowOf(l)] = i
	}
	published := make(map[limitRow]bool, len(prev.Limits))
	f := faults{table: TableLimits}
	for i, l := range prev.Limits {
		k := rowOf(l)
		published[k] = true
		at, ok := now[k]
		switch {
		case !ok:
			f.add(i, "code", Removed, string(l.Code))
		case !sameClock(next.Limits[at], l):
			f.add(at, "span", Changed, string(l.Code))
		}
	}
	for i, l := range next.Limits {
		if !published[rowOf(l)] && l.Since <= prev.Version {
			f.add(i, "since", Backdated, strconv.FormatUint(l.Since, 10))
		}
	}
	return f.list
}

// limitRow is what names a row of the limits.
type limitRow struct {
	code     LimitCode
	category string
	since    uint64
}

func rowOf(l Limit) limitRow { return limitRow{l.Code, l.Category, l.Since} }

// sameClock reports whether two rows give the same times and lights.
func sameClock(a, b Limit) bool {
	return a.Span == b.Span && a.Agreed == b.Agreed && a.Yellow == b.Yellow && a.YellowPercent == b.YellowPercent &&
		a.Roll == b.Roll && a.Extension == b.Extension
}
