package words

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"casedesk/store/casework"
)

// Told are the things that an event says, as label and text, in the order of
// its form.
func (d Desk) Told(e casework.Event, c *casework.Case) [][2]string {
	var out [][2]string
	say := func(spec casework.FieldSpec, value string) {
		if value != "" {
			out = append(out, [2]string{d.Label(e.Kind(), spec.Name), d.Shown(spec, value, c)})
		}
	}
	switch e := e.(type) {
	case *casework.Unknown:
		return nil
	case *casework.Registered:
		for _, spec := range casework.CaseFields {
			say(spec, e.Fields[casework.Field(spec.Name)])
		}
		return out
	case *casework.Amended:
		for _, spec := range casework.CaseFields {
			say(spec, e.Fields[casework.Field(spec.Name)])
		}
		return out
	}
	values := asked(e)
	for _, spec := range casework.FieldsOf(e) {
		say(spec, values[spec.Name])
	}
	return out
}

// asked reads back what a form filled into an event, by the names of its
// fields.
func asked(e casework.Event) map[string]string {
	out := map[string]string{}
	v := reflect.ValueOf(e).Elem()
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if _, ok := field.Tag.Lookup("ask"); !ok || v.Field(i).IsZero() {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("codec"), ",")
		out[name] = askedText(v.Field(i))
	}
	return out
}

func askedText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = v.Index(i).String()
		}
		return strings.Join(parts, ",")
	case reflect.String:
		return v.String()
	}
	return fmt.Sprint(v.Interface()) // ids
}
