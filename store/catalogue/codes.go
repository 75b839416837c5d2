package catalogue

// Code returns a row of a code table, a retired one included.
func (x *Index) Code(t Table, code string) (Code, bool) { return x.codes[t].row(code) }

// Category returns a row of the category table, a retired one included.
func (x *Index) Category(code string) (Code, bool) { return x.Code(TableCategories, code) }

// CodeName returns the row's name, or the code itself where it is not known.
func (x *Index) CodeName(t Table, code string) string {
	if row, ok := x.Code(t, code); ok && row.Name != "" {
		return row.Name
	}
	return code
}

// CodeChildren returns the rows directly below the given one, retired ones
// included, in published order; with an empty code, the highest rows.
func (x *Index) CodeChildren(t Table, code string) []string { return x.codes[t].children[code] }

// Offered returns the rows that may be chosen for new work, in published
// order: those that are not retired and stand below no retired row.
func (x *Index) Offered(t Table) []Code {
	var out []Code
	for _, row := range x.catalogue.Codes(t) {
		if x.IsOffered(t, row.Code) {
			out = append(out, row)
		}
	}
	return out
}

// IsOffered reports whether the code is known and may be chosen for new work. Of
// places and units only the row itself decides: what lies below a retired one
// waits to be moved, and is not lost.
func (x *Index) IsOffered(t Table, code string) bool {
	switch t {
	case TableDivisions:
		d, known := x.Division(DivisionCode(code))
		return known && !d.Retired
	case TableUnits:
		u, known := x.Unit(UnitID(code))
		return known && !u.Retired
	}
	table := x.codes[t]
	if _, known := table.row(code); !known {
		return false
	}
	for key := code; key != ""; key = table.up[key] {
		if row, _ := table.row(key); row.Retired {
			return false
		}
	}
	return true
}
