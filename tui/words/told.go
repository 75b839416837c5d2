package words

import (
	"casedesk/store/casework"
)

// Told are the things that an event says, as label and text, in the order of
// its form.
func (d Desk) Told(e casework.Event, c *casework.Case) [][2]string {
	var out [][2]string
	say := func(spec casework.FieldSpec, value string) {
		if value != "" {
			out = append(out, [2]string{d.FieldOf(casework.Action(e.Kind()), spec.Name), d.Shown(spec, value, c)})
		}
	}
	switch e := e.(type) {
	case *casework.Unknown:
		return nil
	case *casework.Urged:
		return [][2]string{{d.T("urging.label"), d.T("urging.told", d.T("urging.grade."+string(e.Grade)), d.Limit(e.Limit, d.Index()), d.Day(e.Due), d.Unit(e.To))}}
	case *casework.Registered:
		for _, spec := range casework.AllFields {
			say(spec, e.Fields[casework.Field(spec.Name)])
		}
		return out
	case *casework.Amended:
		for _, spec := range casework.AllFields {
			say(spec, e.Fields[casework.Field(spec.Name)])
		}
		return out
	}
	values := casework.Words(e)
	for _, spec := range casework.FieldsOf(e) {
		say(spec, values[spec.Name])
	}
	return out
}
