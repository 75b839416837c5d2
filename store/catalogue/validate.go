package catalogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Validate returns everything that is wrong with a catalogue, in the order of
// the tables and their rows; nil means that it may be published. Rules work on
// a faulty catalogue too, see Index.
func Validate(c Catalogue) []Fault {
	x := NewIndex(c)
	found := checkHead(c)
	found = append(found, checkDivisions(c, x)...)
	found = append(found, checkUnits(c, x)...)
	found = append(found, checkPeople(c, x)...)
	for _, t := range CodeTables() {
		found = append(found, checkCodes(c, x, t)...)
	}
	found = append(found, checkRiskDuties(c, x)...)
	found = append(found, checkDuties(c, x)...)
	found = append(found, checkItems(c, x)...)
	found = append(found, checkClaims(c, x)...)
	found = append(found, checkResolvers(c, x)...)
	found = append(found, checkPhrases(c)...)
	found = append(found, checkSettings(c)...)
	found = append(found, checkLimits(c, x)...)
	return append(found, checkCalendar(c.Calendar)...)
}

func checkHead(c Catalogue) []Fault {
	f := faults{table: TableCatalogue}
	if c.Version == 0 {
		f.add(-1, "version", Missing, "")
	}
	if y := c.Published.UTC().Year(); y < 0 || y > 9999 { // in UTC its text could not be read again
		f.add(-1, "published", Malformed, c.Published.String())
	}
	f.name(-1, c.Name)
	f.text(-1, "remark", c.Remark)
	return f.list
}

func checkDivisions(c Catalogue, x *Index) []Fault {
	f := faults{table: TableDivisions}
	keys := make([]DivisionCode, len(c.Divisions))
	for i, d := range c.Divisions {
		keys[i] = d.Code
		f.name(i, d.Name)
		f.text(i, "remark", d.Remark)
		switch {
		case d.Code == "":
			f.add(i, "code", Missing, "")
		case !isDivisionCode(d.Code, d.Level):
			f.add(i, "code", Malformed, string(d.Code))
		}
		if d.Level.rank() == 0 {
			f.add(i, "level", Unknown, string(d.Level))
		}
		checkWorker(&f, i, d, x)
		if p, ok := x.Division(d.Parent); ok && p.Level.rank() >= d.Level.rank() && d.Level.rank() > 0 {
			f.add(i, "parent", Misplaced, string(d.Parent))
		}
	}
	checkTree(&f, "code", keys, func(i int) DivisionCode { return c.Divisions[i].Parent })
	return f.list
}

// checkWorker sees to it that a grid's worker is one, and serves where the grid is.
// What is wrong with the person or the units is a fault of theirs alone.
func checkWorker(f *faults, i int, d Division, x *Index) {
	person, known := x.Person(d.Worker)
	units := x.PlaceUnits(d.Code)
	switch {
	case d.Worker == "" || d.Retired && known:
	case d.Level != Grid:
		f.add(i, "worker", Misplaced, string(d.Worker))
	case !known:
		f.add(i, "worker", Unknown, string(d.Worker))
	case len(units) == 0 || !person.Left && (len(person.Roles) == 0 || slices.ContainsFunc(person.Roles, unknownRole) ||
		len(person.Units) == 0 || slices.ContainsFunc(person.Units, func(u UnitID) bool { _, ok := x.Unit(u); return !ok })): // faults of their own
	case person.Left || !slices.Contains(person.Roles, GridWorker) ||
		!slices.ContainsFunc(units, func(u UnitID) bool { return slices.Contains(person.Units, u) }):
		f.add(i, "worker", Misplaced, string(d.Worker))
	}
}

func unknownRole(r Role) bool { return !slices.Contains(Roles(), r) }

func checkUnits(c Catalogue, x *Index) []Fault {
	f := faults{table: TableUnits}
	serving := make(map[UnitID]int)
	for _, p := range c.People {
		for j, u := range p.Units {
			if !p.Left && !slices.Contains(p.Units[:j], u) {
				serving[u]++
			}
		}
	}
	keys := make([]UnitID, len(c.Units))
	for i, u := range c.Units {
		keys[i] = u.ID
		f.id(i, "id", string(u.ID))
		f.name(i, u.Name)
		f.text(i, "phone", u.Phone)
		f.text(i, "remark", u.Remark)
		if !slices.Contains([]UnitKind{Area, Functional, Department}, u.Kind) {
			f.add(i, "kind", Unknown, string(u.Kind))
		}
		if u.Level.rank() == 0 {
			f.add(i, "level", Unknown, string(u.Level))
		}
		if p, ok := x.Unit(u.Parent); ok && p.Level.rank() > u.Level.rank() && u.Level.rank() > 0 {
			f.add(i, "parent", Misplaced, string(u.Parent))
		}
		checkCovers(&f, i, u, x)
		if n := serving[u.ID]; u.Retired && n > 0 {
			f.list = append(f.list, Fault{Table: TableUnits, Row: i + 1, Field: "retired", Problem: Serving, Value: string(u.ID), People: n})
		}
	}
	checkTree(&f, "id", keys, func(i int) UnitID { return c.Units[i].Parent })
	return f.list
}

// checkCovers sees to it that what governs covers something, that departments
// don't, and that of two units of one place one stands below the other.
func checkCovers(f *faults, i int, u Unit, x *Index) {
	switch {
	case u.Kind == Department && len(u.Covers) > 0:
		f.add(i, "covers", Misplaced, string(u.Covers[0]))
		return
	case (u.Kind == Area || u.Kind == Functional) && len(u.Covers) == 0:
		f.add(i, "covers", Missing, "")
	}
	for _, code := range u.Covers {
		if _, ok := x.Division(code); !ok {
			f.add(i, "covers", Unknown, string(code))
		}
		held := x.governs[code]
		if held != u.ID && held != "" && !u.Retired && !x.Above(u.ID, held) {
			f.add(i, "covers", Overlap, string(code))
		}
	}
}

func checkPeople(c Catalogue, x *Index) []Fault {
	f := faults{table: TablePeople}
	seen := make(map[UserID]bool)
	for i, p := range c.People {
		f.id(i, "user", string(p.User))
		if p.User != "" && seen[p.User] {
			f.add(i, "user", Duplicate, string(p.User))
		}
		seen[p.User] = true
		f.name(i, p.Name)
		f.text(i, "remark", p.Remark)
		if len(p.Units) == 0 && !p.Left {
			f.add(i, "units", Missing, "")
		}
		for _, unit := range p.Units {
			if _, ok := x.Unit(unit); !ok {
				f.add(i, "units", Unknown, string(unit))
			}
		}
		if len(p.Roles) == 0 && !p.Left {
			f.add(i, "roles", Missing, "")
		}
		for _, role := range p.Roles {
			if unknownRole(role) {
				f.add(i, "roles", Unknown, string(role))
			}
		}
	}
	return f.list
}

// checkTree notes double keys, unknown parents and circles.
func checkTree[K ~string](f *faults, field string, keys []K, parent func(int) K) {
	first := make(map[K]int, len(keys))
	for i, key := range keys {
		if key == "" {
			continue
		}
		if _, twice := first[key]; twice {
			f.add(i, field, Duplicate, string(key))
			continue
		}
		first[key] = i
	}
	up := make(map[K]K, len(keys))
	for i, key := range keys {
		p := parent(i)
		if p == "" || first[key] != i {
			continue
		}
		up[key] = p
		if _, ok := first[p]; !ok {
			f.add(i, "parent", Unknown, string(p))
		}
	}
	for _, key := range circular(keys, up) {
		f.add(first[key], "parent", Cycle, string(up[key]))
	}
}

// name notes an empty name, or one that no screen could show safely.
func (f *faults) name(i int, s string) { f.required(i, "name", s) }

// maxText is the most characters that a text may have: more than any law's
// article takes, and fewer than the cell of a workbook holds.
const maxText = 2000

// text notes text that no screen could show safely: control characters,
// invisible marks that turn the direction of writing, broken UTF-8; and what
// nobody means to write: blanks around it, more than anybody reads.
func (f *faults) text(i int, field, s string) {
	bad := func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) || r == '\ufffe' || r == '\uffff' }
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, bad):
		f.add(i, field, Malformed, s)
	case strings.TrimSpace(s) != s && strings.TrimSpace(s) != "":
		f.add(i, field, Malformed, s)
	case utf8.RuneCountInString(s) > maxText:
		f.add(i, field, TooLong, string([]rune(s)[:20]))
	}
}

// required is text for what must not be empty.
func (f *faults) required(i int, field, s string) {
	if strings.TrimSpace(s) == "" {
		f.add(i, field, Missing, "")
	}
	f.text(i, field, s)
}

// id notes a missing id, or one that could not be typed on a command line as it stands.
func (f *faults) id(i int, field, s string) {
	if s == "" {
		f.add(i, field, Missing, "")
		return
	}
	bad := func(r rune) bool {
		return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	}
	if len(s) > 64 || s[0] == '-' || strings.ContainsFunc(s, bad) {
		f.add(i, field, Malformed, s)
	}
}

// isDivisionCode reports whether the code consists of as many digits as the
// level has; grids have a village's and two or more of their own.
func isDivisionCode(code DivisionCode, level Level) bool {
	if strings.ContainsFunc(string(code), func(r rune) bool { return r < '0' || r > '9' }) {
		return false
	}
	switch level {
	case City:
		return len(code) == 4
	case County:
		return len(code) == 6
	case Town:
		return len(code) == 9
	case Village:
		return len(code) == 12
	case Grid:
		return len(code) >= 14 && len(code) <= 20
	}
	return true
}
