package catalogue

import (
	"slices"
	"time"
)

func checkRiskDuties(c Catalogue, x *Index) []Fault {
	f := faults{table: TableRiskDuties}
	type key struct {
		sign string
		code DutyCode
	}
	seen := make(map[key]bool, len(c.RiskDuties))
	for i, d := range c.RiskDuties {
		if d.Sign == "" {
			f.add(i, "sign", Missing, "")
		}
		f.known(i, "sign", d.Sign, x, TableRisks)
		if !slices.Contains(DutyCodes(), d.Code) {
			f.add(i, "code", Unknown, string(d.Code))
		}
		f.once(i, "code", string(d.Code), seen[key{d.Sign, d.Code}])
		seen[key{d.Sign, d.Code}] = true
		f.name(i, d.Name)
		if _, ok := x.limits[d.Limit]; !ok && d.Limit != "" {
			f.add(i, "limit", Unknown, string(d.Limit))
		}
		f.basis(i, d.Basis)
		f.text(i, "source", d.Source)
	}
	return f.list
}

func checkDuties(c Catalogue, x *Index) []Fault {
	f := faults{table: TableDuties}
	seen := make(map[Duty]bool, len(c.Duties))
	for i, d := range c.Duties {
		f.unit(i, "unit", d.Unit, x)
		switch {
		case d.Category == "" && d.Item == "":
			f.add(i, "category", Missing, "")
		case d.Category != "" && d.Item != "":
			f.add(i, "item", Misplaced, d.Item)
		}
		f.known(i, "category", d.Category, x, TableCategories)
		f.item(i, d.Item, x)
		f.text(i, "reference", d.Reference)
		key := Duty{Unit: d.Unit, Category: d.Category, Item: d.Item}
		f.once(i, "unit", string(d.Unit), seen[key])
		seen[key] = true
	}
	return f.list
}

func checkItems(c Catalogue, x *Index) []Fault {
	f := faults{table: TableItems}
	seen := make(map[string]bool, len(c.Items))
	for i, item := range c.Items {
		f.id(i, "code", item.Code)
		f.once(i, "code", item.Code, item.Code != "" && seen[item.Code])
		seen[item.Code] = true
		f.name(i, item.Name)
		f.text(i, "type", item.Type)
		f.text(i, "basis", item.Basis)
		f.text(i, "former", item.Former)
		f.text(i, "remark", item.Remark)
		if item.Unit != "" {
			f.unit(i, "unit", item.Unit, x)
		}
	}
	return f.list
}

// checkClaims sees to it that what is claimed exists, that a town claims it, and
// that it has it once at a time: of two claims of one day, which counts?
func checkClaims(c Catalogue, x *Index) []Fault {
	f := faults{table: TableClaims}
	type key struct {
		item string
		unit UnitID
	}
	had := make(map[key][]Claim)
	for i, claim := range c.Claims {
		if claim.Item == "" {
			f.add(i, "item", Missing, "")
		}
		f.item(i, claim.Item, x)
		f.unit(i, "unit", claim.Unit, x)
		if u, ok := x.Unit(claim.Unit); ok && (u.Level != Town || u.Kind == Department) {
			f.add(i, "unit", Misplaced, string(claim.Unit))
		}
		if claim.From == "" {
			f.add(i, "from", Missing, "")
		}
		f.date(i, "from", claim.From)
		f.date(i, "until", claim.Until)
		if claim.Until != "" && claim.Until < claim.From {
			f.add(i, "until", Misplaced, claim.Until)
		}
		if claim.Platform != "" {
			f.unit(i, "platform", claim.Platform, x)
			if _, ok := x.Unit(claim.Platform); ok && !x.Above(claim.Unit, claim.Platform) {
				f.add(i, "platform", Misplaced, string(claim.Platform))
			}
		}
		f.text(i, "agreement", claim.Agreement)
		k := key{claim.Item, claim.Unit}
		if slices.ContainsFunc(had[k], func(o Claim) bool {
			return (o.Until == "" || claim.From <= o.Until) && (claim.Until == "" || o.From <= claim.Until)
		}) {
			f.add(i, "from", Duplicate, claim.From)
		}
		had[k] = append(had[k], claim)
	}
	return f.list
}

func checkResolvers(c Catalogue, x *Index) []Fault {
	f := faults{table: TableResolvers}
	seen := make(map[string]bool, len(c.Resolvers))
	for i, r := range c.Resolvers {
		f.id(i, "id", r.ID)
		f.once(i, "id", r.ID, r.ID != "" && seen[r.ID])
		seen[r.ID] = true
		f.name(i, r.Name)
		if r.Type == "" {
			f.add(i, "type", Missing, "")
		}
		f.known(i, "type", r.Type, x, TableResolverTypes)
		if _, ok := x.Division(r.Place); r.Place == "" {
			f.add(i, "place", Missing, "")
		} else if !ok {
			f.add(i, "place", Unknown, string(r.Place))
		}
		f.text(i, "phone", r.Phone)
		f.text(i, "good", r.Good)
		f.text(i, "remark", r.Remark)
	}
	return f.list
}

func checkPhrases(c Catalogue) []Fault {
	f := faults{table: TablePhrases}
	seen := make(map[Phrase]bool, len(c.Phrases))
	for i, p := range c.Phrases {
		f.id(i, "field", p.Field)
		f.required(i, "text", p.Text)
		f.once(i, "text", p.Text, seen[p])
		seen[p] = true
	}
	return f.list
}

// checkSettings finds settings that there are none of, and values that they cannot
// have. The two ends of the quiet hours are set together: one end alone, beside the
// other's default, would move without a word when that does.
func checkSettings(c Catalogue) []Fault {
	f := faults{table: TableSettings}
	seen := make(map[SettingCode]bool, len(c.Settings))
	for i, s := range c.Settings {
		f.once(i, "code", string(s.Code), seen[s.Code])
		seen[s.Code] = true
		spec, known := SettingOf(s.Code)
		switch {
		case s.Code == "":
			f.add(i, "code", Missing, "")
		case !known:
			f.add(i, "code", Unknown, string(s.Code))
		case s.Value == "":
			f.add(i, "value", Missing, "")
		case spec.Valid(s.Value):
		case len(spec.Choices) > 0:
			f.add(i, "value", Unknown, s.Value)
		default:
			f.add(i, "value", Malformed, s.Value)
		}
		f.text(i, "source", s.Source)
	}
	for i, s := range c.Settings {
		if s.Code == QuietFrom && !seen[QuietTo] || s.Code == QuietTo && !seen[QuietFrom] {
			f.add(i, "value", Misplaced, s.Value)
		}
	}
	return f.list
}

// once notes what stands there a second time.
func (f *faults) once(i int, field, value string, again bool) {
	if again {
		f.add(i, field, Duplicate, value)
	}
}

// unit notes a unit that is not named, or that does not exist.
func (f *faults) unit(i int, field string, id UnitID, x *Index) {
	if _, ok := x.Unit(id); id == "" {
		f.add(i, field, Missing, "")
	} else if !ok {
		f.add(i, field, Unknown, string(id))
	}
}

// item notes an item that does not exist; none is as well.
func (f *faults) item(i int, code string, x *Index) {
	if _, ok := x.Item(code); !ok && code != "" {
		f.add(i, "item", Unknown, code)
	}
}

// date notes what is no date; none is as well.
func (f *faults) date(i int, field, s string) {
	if _, err := time.Parse(time.DateOnly, s); err != nil && s != "" {
		f.add(i, field, Malformed, s)
	}
}
