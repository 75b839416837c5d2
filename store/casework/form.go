package casework

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"casedesk/store/catalogue"
)

// FieldType says how a field is asked for and checked.
type FieldType string

// The field types. Values travel as text between a form and an event: dates as
// "2006-01-02", numbers in digits, several units separated by commas.
const (
	TypeText     FieldType = "text"     // one line
	TypeLong     FieldType = "longtext" // several lines
	TypeDate     FieldType = "date"
	TypeNumber   FieldType = "number"
	TypeBool     FieldType = "bool"
	TypeChoice   FieldType = "choice"   // one of Choices
	TypeCode     FieldType = "code"     // a code of Table
	TypeDivision FieldType = "division" // a division code
	TypeUnit     FieldType = "unit"     // a unit id
	TypeUnits    FieldType = "units"    // several unit ids
	TypeEntry    FieldType = "entry"    // the uid of an entry of the case
	TypeElement  FieldType = "element"  // a member of the case's list of parties
	TypeTime     FieldType = "time"     // a moment: RFC 3339, or "2006-01-02 15:04" at the county
	TypeMoney    FieldType = "money"    // yuan with at most two decimals
	TypeAct      FieldType = "act"      // the uid of an entry that did the action Of
	TypeCase     FieldType = "case"     // the id of another case
	TypePeople   FieldType = "people"   // ids of the roster of resolvers, separated by commas
	TypeLimit    FieldType = "limit"    // the code of a limit that runs on the case
)

// FieldSpec describes one field of a form. The label of a field is
// "field.<name>" in store/i18n, that of a choice "choice.<name>.<choice>".
type FieldSpec struct {
	Name     string
	Type     FieldType
	Required bool
	Max      int             // longest text in characters; largest number
	Table    catalogue.Table // for TypeCode
	Choices  []string        // for TypeChoice
	Of       Action          // for TypeAct
	Past     bool            // a date or moment that has been, not one to come
	Ahead    bool            // a day that is not over yet
	More     bool            // asked for only by who asks for more: the form's second half
	If       Concern         // which cases it concerns; empty: all
}

// Lookup is what checking a form needs from the catalogue.
type Lookup = *catalogue.Index

const (
	maxLine = 200
	maxLong = 10_000
)

// parseSpec reads the "ask" tag of an event's field: the type, then options.
// `ask:"longtext,required,max=2000"`, `ask:"choice=oral|written"`, `ask:"code=methods"`.
func parseSpec(name, tag string) FieldSpec {
	parts := strings.Split(tag, ",")
	typ, arg, _ := strings.Cut(parts[0], "=")
	s := FieldSpec{Name: name, Type: FieldType(typ)}
	switch s.Type {
	case TypeText:
		s.Max = maxLine
	case TypeLong:
		s.Max = maxLong
	case TypeChoice:
		s.Choices = strings.Split(arg, "|")
	case TypeCode:
		s.Table = catalogue.Table(arg)
	case TypeAct:
		s.Of = Action(arg)
	}
	for _, p := range parts[1:] {
		if p == "required" {
			s.Required = true
		} else if p == "past" {
			s.Past = true
		} else if p == "ahead" {
			s.Ahead = true
		} else if p == "more" {
			s.More = true
		} else if of, ok := strings.CutPrefix(p, "if="); ok {
			s.If = Concern(of)
		} else if n, ok := strings.CutPrefix(p, "max="); ok {
			s.Max, _ = strconv.Atoi(n)
		}
	}
	return s
}

var specs sync.Map // reflect.Type → []boundSpec

type boundSpec struct {
	FieldSpec
	index int
}

func specsOf(v any) []boundSpec {
	t := reflect.TypeOf(v).Elem()
	if s, ok := specs.Load(t); ok {
		return s.([]boundSpec)
	}
	var out []boundSpec
	for i := range t.NumField() {
		f := t.Field(i)
		if tag, ok := f.Tag.Lookup("ask"); ok {
			name, _, _ := strings.Cut(f.Tag.Get("codec"), ",")
			out = append(out, boundSpec{parseSpec(name, tag), i})
		}
	}
	specs.Store(t, out)
	return out
}

var moneyForm = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,2})?$`)

// ParseMoment reads a moment: RFC 3339, or the county's local time as people
// write it.
func ParseMoment(s string, cal catalogue.Calendar) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Location())
	return t, err == nil
}

// Words returns the words of an event as its form holds them: the reverse of Fill.
func Words(ev Event) map[string]string {
	out := map[string]string{}
	rv := reflect.ValueOf(ev).Elem()
	for _, s := range specsOf(ev) {
		if v := rv.Field(s.index); !v.IsZero() {
			out[s.Name] = wordOf(v)
		}
	}
	return out
}

func wordOf(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = v.Index(i).String()
		}
		return strings.Join(parts, ",")
	case reflect.String:
		return v.String()
	}
	return v.Interface().(fmt.Stringer).String()
}

// FieldsOf returns the fields that a person fills in to write e.
func FieldsOf(e Event) []FieldSpec {
	var out []FieldSpec
	for _, s := range specsOf(e) {
		out = append(out, s.FieldSpec)
	}
	return out
}

// Fill sets e's fields from text. Every fault is returned; e is only to be used
// when there is none and Check finds none either.
func Fill(e Event, in map[string]string) []Fault { return fill(e, "", in) }

func fill(v any, prefix string, in map[string]string) []Fault {
	bound := specsOf(v)
	known := map[string]bool{}
	var faults []Fault
	rv := reflect.ValueOf(v).Elem()
	for _, s := range bound {
		known[s.Name] = true
		text, ok := in[s.Name]
		if !ok || text == "" {
			continue
		}
		if p := setField(rv.Field(s.index), s.FieldSpec, text); p != "" {
			faults = append(faults, Fault{Field: prefix + s.Name, Problem: p})
		}
	}
	for name := range in {
		if !known[name] {
			faults = append(faults, Fault{Field: prefix + name, Problem: UnknownField})
		}
	}
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.Field, b.Field) })
	return faults
}

func setField(v reflect.Value, s FieldSpec, text string) Problem {
	switch s.Type {
	case TypeNumber:
		n, err := strconv.Atoi(text)
		if err != nil {
			return BadNumber
		}
		v.SetInt(int64(n))
	case TypeBool:
		switch b, err := strconv.ParseBool(text); {
		case err == nil:
			v.SetBool(b)
		case text == "yes" || text == "是": // as choices are written elsewhere
			v.SetBool(true)
		case text == "no" || text == "否":
			v.SetBool(false)
		default:
			return BadChoice
		}
	case TypeUnits:
		var ids []catalogue.UnitID
		for _, part := range strings.Split(text, ",") {
			if part = strings.TrimSpace(part); part != "" {
				ids = append(ids, catalogue.UnitID(part))
			}
		}
		v.Set(reflect.ValueOf(ids))
	case TypePeople:
		var ids []string
		for _, part := range strings.Split(text, ",") {
			if part = strings.TrimSpace(part); part != "" {
				ids = append(ids, part)
			}
		}
		v.Set(reflect.ValueOf(ids))
	case TypeCase:
		id, err := ParseCaseID(text)
		if err != nil {
			return BadType
		}
		v.Set(reflect.ValueOf(id))
	case TypeEntry, TypeAct:
		id, err := ParseEntryID(text)
		if err != nil {
			return BadType
		}
		v.Set(reflect.ValueOf(id))
	case TypeElement:
		id, err := ParseElementID(text)
		if err != nil {
			return BadType
		}
		v.Set(reflect.ValueOf(id))
	default:
		v.SetString(text)
	}
	return ""
}

// checkForm finds every fault of v's fields by their specs.
func checkForm(v any, prefix string, ix Lookup) []Fault {
	var faults []Fault
	rv := reflect.ValueOf(v).Elem()
	for _, s := range specsOf(v) {
		if p, limit := checkField(rv.Field(s.index), s.FieldSpec, ix); p != "" {
			faults = append(faults, Fault{Field: prefix + s.Name, Problem: p, Limit: limit})
		}
	}
	return faults
}

func checkField(v reflect.Value, s FieldSpec, ix Lookup) (Problem, int) {
	if v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 {
		if s.Required {
			return Required, 0
		}
		return "", 0
	}
	switch s.Type {
	case TypeNumber:
		if v.Int() < 1 || s.Max > 0 && v.Int() > int64(s.Max) {
			return BadNumber, s.Max
		}
		return "", 0
	case TypeUnits:
		for _, id := range v.Interface().([]catalogue.UnitID) {
			if !ix.IsOffered(catalogue.TableUnits, string(id)) {
				return UnknownCode, 0
			}
		}
		return "", 0
	case TypePeople:
		for _, id := range v.Interface().([]string) {
			if _, ok := ix.Resolver(id); !ok {
				return UnknownCode, 0
			}
		}
		return "", 0
	case TypeBool, TypeEntry, TypeElement, TypeAct, TypeCase:
		return "", 0
	}
	return CheckValue(s, v.String(), ix)
}

// CheckValue checks the text of one field against its spec; it returns the
// problem and, for one that passed a limit, the limit.
func CheckValue(s FieldSpec, value string, ix Lookup) (Problem, int) {
	if strings.TrimSpace(value) == "" {
		if s.Required {
			return Required, 0
		}
		return "", 0
	}
	ok, problem := true, UnknownCode
	switch s.Type {
	case TypeText, TypeLong:
		if utf8.RuneCountInString(value) > s.Max {
			return TooLong, s.Max
		}
	case TypeDate:
		_, err := time.Parse(time.DateOnly, value)
		ok, problem = err == nil, BadDate
	case TypeTime:
		_, ok = ParseMoment(value, ix.Calendar())
		problem = BadDate
	case TypeMoney:
		ok, problem = moneyForm.MatchString(value), BadNumber
	case TypeNumber:
		n, err := strconv.Atoi(value)
		ok, problem = err == nil && n >= 1 && (s.Max == 0 || n <= s.Max), BadNumber
	case TypeBool:
		ok, problem = value == "true" || value == "false", BadChoice
	case TypeChoice:
		ok, problem = slices.Contains(s.Choices, value), BadChoice
	case TypeCode:
		_, ok = ix.Code(s.Table, value)
	case TypeDivision:
		ok = ix.IsOffered(catalogue.TableDivisions, value)
	case TypeUnit:
		ok = ix.IsOffered(catalogue.TableUnits, value)
	}
	if !ok {
		return problem, s.Max
	}
	return "", 0
}
