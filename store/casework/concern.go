package casework

import (
	"reflect"
	"slices"

	"casedesk/store/catalogue"
)

// Concern names the cases that a field of a form concerns. On others it is not asked
// for, and what it says has no effect.
type Concern string

// concerns judge a case as it stands.
var concerns = map[Concern]func(*Case, Lookup) bool{
	"petition":    func(c *Case, _ Lookup) bool { return c.Matter == Petition },
	"entrusted":   func(c *Case, _ Lookup) bool { return c.entrusted() },
	"instalments": func(c *Case, _ Lookup) bool { return len(c.Agreement.Instalments) > 0 },
	// A sign was seen that asks for help with a protection order; that it is gone does
	// not end what the court has before it.
	"protection": func(c *Case, ix Lookup) bool {
		return slices.ContainsFunc(c.ActsOf(ActRisk), func(a Act) bool {
			_, asks := ix.RiskDuty(a.Words["sign"], catalogue.ProtectionOrder)
			return asks
		})
	},
}

// Concerns reports whether the field is one to ask for on the case.
func (s FieldSpec) Concerns(c *Case, ix Lookup) bool {
	of := concerns[s.If]
	return s.If == "" || of != nil && of(c, ix)
}

// FieldsOn returns the fields that a person fills in to write e on the case.
func FieldsOn(c *Case, e Event, ix Lookup) []FieldSpec {
	return slices.DeleteFunc(FieldsOf(e), func(s FieldSpec) bool { return !s.Concerns(c, ix) })
}

// Unasked finds the fields of e that are filled in and do not concern the case.
func Unasked(c *Case, e Event, ix Lookup) []Fault {
	var faults []Fault
	rv := reflect.ValueOf(e).Elem()
	for _, s := range specsOf(e) {
		if !rv.Field(s.index).IsZero() && !s.Concerns(c, ix) {
			faults = append(faults, Fault{Field: s.Name, Problem: NoConcern})
		}
	}
	return faults
}
