package catalogue

// Table names one of a catalogue's tables, as it is called in files.
type Table string

// The tables. The five from TableCategories to TableGenders are code tables.
const (
	TableCatalogue  Table = "catalogue" // the catalogue's own head
	TableDivisions  Table = "divisions"
	TableUnits      Table = "units"
	TablePeople     Table = "people"
	TableCategories Table = "categories"
	TableChannels   Table = "channels"
	TableMethods    Table = "methods"
	TableIDTypes    Table = "id_types"
	TableGenders    Table = "genders"
	TableLimits     Table = "limits"
	TableCalendar   Table = "calendar"
)

// CodeTables returns the code tables in a fixed order.
func CodeTables() []Table {
	return []Table{TableCategories, TableChannels, TableMethods, TableIDTypes, TableGenders}
}

// Codes returns the rows of a code table as published, nil for any other table.
func (c Catalogue) Codes(t Table) []Code {
	switch t {
	case TableCategories:
		return c.Categories
	case TableChannels:
		return c.Channels
	case TableMethods:
		return c.Methods
	case TableIDTypes:
		return c.IDTypes
	case TableGenders:
		return c.Genders
	}
	return nil
}

// rank orders levels from the highest down; 0 is an unknown level.
func (l Level) rank() int {
	switch l {
	case City:
		return 1
	case County:
		return 2
	case Town:
		return 3
	case Village:
		return 4
	case Grid:
		return 5
	}
	return 0
}

// Clone returns a copy that shares no memory with c that could be written to.
func (c Catalogue) Clone() Catalogue {
	c.Divisions = cloned(c.Divisions, nil)
	c.Units = cloned(c.Units, func(u *Unit) { u.Covers = cloned(u.Covers, nil) })
	c.People = cloned(c.People, func(p *Person) {
		p.Units, p.Roles = cloned(p.Units, nil), cloned(p.Roles, nil)
	})
	c.Categories, c.Channels = cloned(c.Categories, nil), cloned(c.Channels, nil)
	c.Methods, c.IDTypes = cloned(c.Methods, nil), cloned(c.IDTypes, nil)
	c.Genders, c.Limits = cloned(c.Genders, nil), cloned(c.Limits, nil)
	c.Calendar.Off, c.Calendar.On = cloned(c.Calendar.Off, nil), cloned(c.Calendar.On, nil)
	return c
}

func cloned[T any](rows []T, deepen func(*T)) []T {
	if rows == nil {
		return nil
	}
	out := make([]T, len(rows))
	copy(out, rows)
	if deepen != nil {
		for i := range out {
			deepen(&out[i])
		}
	}
	return out
}
