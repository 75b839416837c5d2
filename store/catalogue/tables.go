package catalogue

// Table names one of a catalogue's tables, as it is called in files.
type Table string

// The tables; CodeTables says which are code tables.
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

	TableOrigins         Table = "origins"
	TableCauses          Table = "causes"
	TableScales          Table = "scales"
	TableReferrals       Table = "referrals"
	TableResolverTypes   Table = "resolver_types"
	TableRisks           Table = "risks"
	TableMediationTypes  Table = "mediation_types"
	TablePetitionClasses Table = "petition_classes"

	TableRiskDuties Table = "risk_duties"
	TableDuties     Table = "duties"
	TableItems      Table = "items"
	TableClaims     Table = "claims"
	TableResolvers  Table = "resolvers"
	TablePhrases    Table = "phrases"
	TableSettings   Table = "settings"
)

// CodeTables returns the code tables in a fixed order.
func CodeTables() []Table {
	return []Table{TableCategories, TableChannels, TableMethods, TableIDTypes, TableGenders,
		TableOrigins, TableCauses, TableScales, TableReferrals, TableResolverTypes, TableRisks,
		TableMediationTypes, TablePetitionClasses}
}

// mayBeEmpty reports whether a catalogue is whole without a row of the table.
func (t Table) mayBeEmpty() bool {
	switch t {
	case TableCategories, TableChannels, TableMethods, TableIDTypes, TableGenders:
		return false
	}
	return true
}

// Codes returns the rows of a code table as published, nil for any other table.
// The items of the delegated catalogue are chosen by their numbers like codes.
func (c Catalogue) Codes(t Table) []Code {
	if t == TableItems {
		rows := make([]Code, len(c.Items))
		for i, item := range c.Items {
			rows[i] = Code{Code: item.Code, Name: item.Name, Retired: item.Retired}
		}
		return rows
	}
	if rows := (&c).codes(t); rows != nil {
		return *rows
	}
	return nil
}

// codes returns where the rows of a code table are, nil for any other table.
func (c *Catalogue) codes(t Table) *[]Code {
	switch t {
	case TableCategories:
		return &c.Categories
	case TableChannels:
		return &c.Channels
	case TableMethods:
		return &c.Methods
	case TableIDTypes:
		return &c.IDTypes
	case TableGenders:
		return &c.Genders
	case TableOrigins:
		return &c.Origins
	case TableCauses:
		return &c.Causes
	case TableScales:
		return &c.Scales
	case TableReferrals:
		return &c.Referrals
	case TableResolverTypes:
		return &c.ResolverTypes
	case TableRisks:
		return &c.Risks
	case TableMediationTypes:
		return &c.MediationTypes
	case TablePetitionClasses:
		return &c.PetitionClasses
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

// Higher reports whether l stands above o.
func (l Level) Higher(o Level) bool { return l.rank() != 0 && l.rank() < o.rank() }

// Clone returns a copy that shares no memory with c that could be written to.
func (c Catalogue) Clone() Catalogue {
	c.Divisions = cloned(c.Divisions, nil)
	c.Units = cloned(c.Units, func(u *Unit) { u.Covers = cloned(u.Covers, nil) })
	c.People = cloned(c.People, func(p *Person) {
		p.Units, p.Roles = cloned(p.Units, nil), cloned(p.Roles, nil)
	})
	for _, t := range CodeTables() {
		rows := c.codes(t)
		*rows = cloned(*rows, nil)
	}
	c.Limits = cloned(c.Limits, nil)
	c.RiskDuties, c.Duties = cloned(c.RiskDuties, nil), cloned(c.Duties, nil)
	c.Items, c.Claims = cloned(c.Items, nil), cloned(c.Claims, nil)
	c.Resolvers, c.Phrases = cloned(c.Resolvers, nil), cloned(c.Phrases, nil)
	c.Settings = cloned(c.Settings, nil)
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

// AddCode adds a row to a code table; of any other table it does nothing.
func (c *Catalogue) AddCode(t Table, row Code) {
	if rows := c.codes(t); rows != nil {
		*rows = append(*rows, row)
	}
}
