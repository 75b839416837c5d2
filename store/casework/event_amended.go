package casework

import "slices"

// Amended writes fields of the case again. It carries only the fields that were
// changed against the snapshot that the writer saw.
type Amended struct {
	Fields Fields `codec:"fields"`
}

// Num returns NumAmended.
func (*Amended) Num() Number { return NumAmended }

// Kind returns "amend".
func (*Amended) Kind() string { return string(ActAmend) }

// Check finds faults of the fields given; an empty amendment is one.
func (a *Amended) Check(ix Lookup) []Fault {
	if len(a.Fields) == 0 {
		return []Fault{{Field: "fields", Problem: Required}}
	}
	return append(a.Fields.check(AllFields, ix, false), a.Fields.representatives()...)
}

// apply writes every field that nobody else wrote unseen; the others conflict.
func (a *Amended) apply(f *fold) Why {
	if _, why := f.rule(ActAmend); why != "" {
		return why
	}
	fields := FieldsOfMatter(f.c.Matter)
	for name := range a.Fields {
		if !slices.ContainsFunc(fields, func(s FieldSpec) bool { return s.Name == string(name) }) {
			return WhyNoField
		}
	}
	for _, spec := range fields {
		name := Field(spec.Name)
		if v, ok := a.Fields[name]; ok {
			f.write(name, v)
		}
	}
	return ""
}
