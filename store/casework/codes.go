package casework

import (
	"maps"
	"reflect"
	"slices"

	"casedesk/store/catalogue"
)

// MapCodes returns ev with each code of a catalogue that a person chose for it
// replaced by what to gives: rows of the code tables, divisions and units, each
// under its table. ev stays as it is. Empty fields are not asked about, nor is
// the unit that answers for a new case first, which no person chooses.
func MapCodes(ev Event, to func(table catalogue.Table, code string) string) Event {
	switch ev := ev.(type) {
	case *Registered:
		r := *ev
		r.Fields = r.Fields.mapCodes(to)
		r.Parties = slices.Clone(r.Parties)
		for i := range r.Parties {
			mapForm(&r.Parties[i], to)
		}
		r.About = mapUnits(r.About, to)
		return &r
	case *Amended:
		return &Amended{Fields: ev.Fields.mapCodes(to)}
	case *SourceAdded:
		s := *ev
		if s.Channel != "" {
			s.Channel = to(catalogue.TableChannels, s.Channel)
		}
		return &s
	}
	v := reflect.New(reflect.TypeOf(ev).Elem())
	v.Elem().Set(reflect.ValueOf(ev).Elem())
	out := v.Interface().(Event)
	mapForm(out, to)
	return out
}

// Codes returns the table whose codes a field holds, empty for other fields.
func (s FieldSpec) Codes() catalogue.Table {
	switch s.Type {
	case TypeCode:
		return s.Table
	case TypeDivision:
		return catalogue.TableDivisions
	case TypeUnit, TypeUnits:
		return catalogue.TableUnits
	}
	return ""
}

func (fs Fields) mapCodes(to func(catalogue.Table, string) string) Fields {
	out := maps.Clone(fs)
	for _, spec := range AllFields {
		if code, table := fs[Field(spec.Name)], spec.Codes(); code != "" && table != "" {
			out[Field(spec.Name)] = to(table, code)
		}
	}
	return out
}

// mapForm maps the codes that v's fields hold by their specs. What v points to
// beside itself is not written to.
func mapForm(v any, to func(catalogue.Table, string) string) {
	rv := reflect.ValueOf(v).Elem()
	for _, s := range specsOf(v) {
		field, table := rv.Field(s.index), s.Codes()
		switch {
		case table == "" || field.IsZero():
		case s.Type == TypeUnits:
			field.Set(reflect.ValueOf(mapUnits(field.Interface().([]catalogue.UnitID), to)))
		default:
			field.SetString(to(table, field.String()))
		}
	}
}

func mapUnits(units []catalogue.UnitID, to func(catalogue.Table, string) string) []catalogue.UnitID {
	units = slices.Clone(units)
	for i, u := range units {
		units[i] = catalogue.UnitID(to(catalogue.TableUnits, string(u)))
	}
	return units
}
