package catalogue

import "strconv"

// Supersedes returns what keeps next from being published after prev, nil if
// nothing does. Tables are append-only: every published row stays, a code
// never means something else, and the past lengths of a limit don't change.
// Names may be put right, units and people may move; rows of next are counted
// where they exist, those of prev where they are gone.
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
	return append(found, limitsKept(prev, next)...)
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
	type key struct {
		code     LimitCode
		category string
		since    uint64
	}
	now := make(map[key]Limit, len(next.Limits))
	for _, l := range next.Limits {
		now[key{l.Code, l.Category, l.Since}] = l
	}
	published := make(map[key]bool, len(prev.Limits))
	f := faults{table: TableLimits}
	for i, l := range prev.Limits {
		k := key{l.Code, l.Category, l.Since}
		published[k] = true
		kept, ok := now[k]
		switch {
		case !ok:
			f.add(i, "code", Removed, string(l.Code))
		case kept.Span != l.Span || kept.Agreed != l.Agreed || kept.Yellow != l.Yellow || kept.YellowPercent != l.YellowPercent ||
			kept.Roll != l.Roll || kept.Extension != l.Extension:
			f.add(i, "span", Changed, string(l.Code))
		}
	}
	for i, l := range next.Limits {
		if !published[key{l.Code, l.Category, l.Since}] && l.Since <= prev.Version {
			f.add(i, "since", Backdated, strconv.FormatUint(l.Since, 10))
		}
	}
	return f.list
}
