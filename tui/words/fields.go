package words

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

func divisionCode(s string) catalogue.DivisionCode { return catalogue.DivisionCode(s) }
func unitID(s string) catalogue.UnitID             { return catalogue.UnitID(s) }

// fewOptions is how many options of a code table are shown all at once.
const fewOptions = 4

// Fields makes fields of a form out of what an action asks for. c is the case
// it is done to; nil for a new one.
func (d Desk) Fields(a casework.Action, specs []casework.FieldSpec, c *casework.Case) []kit.FieldSpec {
	out := make([]kit.FieldSpec, len(specs))
	for i, s := range specs {
		out[i] = d.field(s, c)
		out[i].Label = d.Label(string(a), s.Name)
		if asks := a == casework.ActAskReview || a == casework.ActAskRecheck; asks && s.Type == casework.TypeUnit && c != nil {
			out[i].Options = d.above(c.Lead, c.Holder)
		}
	}
	return out
}

// Label is the label of a field in the form of an action: some are called by
// another name there.
func (d Desk) Label(action, field string) string {
	if key := "field." + action + "." + field; d.Has(key) {
		return d.T(key)
	}
	return d.Field(field)
}

func (d Desk) field(s casework.FieldSpec, c *casework.Case) kit.FieldSpec {
	f := kit.FieldSpec{Name: s.Name, Label: d.Field(s.Name), Required: s.Required, Warn: d.doubt(s.Name)}
	if key := "hint." + s.Name; d.Has(key) {
		f.Hint = d.T(key)
	}
	switch s.Type {
	case casework.TypeLong:
		f.Type, f.Max, f.Height = kit.Long, s.Max, 3
	case casework.TypeDate:
		f.Type = kit.Date
	case casework.TypeNumber:
		f.Type, f.Min, f.Max = kit.Number, 1, s.Max
	case casework.TypeBool:
		f.Type = kit.Bool
	case casework.TypeChoice:
		f.Type, f.Options = kit.Choice, d.choices(s)
	case casework.TypeCode:
		if f.Type, f.Options = kit.Select, Options(d.Index(), s.Table); len(f.Options) <= fewOptions {
			f.Type = kit.Choice
		}
	case casework.TypeDivision:
		f.Type, f.Options = kit.Select, d.divisions()
	case casework.TypeUnit:
		f.Type, f.Options = kit.Select, d.Units()
		if s.Name == "to" && c != nil {
			f.Options = d.superior(c)
		}
		if s.Name == "above" && c != nil {
			f.Options = d.superiors(c)
		}
	case casework.TypeLimit:
		f.Type, f.Options = kit.Select, d.limits(c)
	case casework.TypeUnits:
		f.Type, f.Options = kit.Multi, d.Units()
	case casework.TypeEntry:
		f.Type, f.Options = kit.Select, d.open(c)
	case casework.TypeElement:
		f.Type, f.Options = kit.Select, d.parties(c)
	case casework.TypeAct:
		f.Type, f.Options = kit.Select, d.acts(c, s.Of)
	default:
		f.Type, f.Max = kit.Line, s.Max
	}
	return f
}

// doubt warns of a number that looks mistyped.
func (d Desk) doubt(name string) func(string) string {
	switch name {
	case "phone":
		return func(v string) string {
			if text.Phone(v) {
				return ""
			}
			return d.T("doubt.phone")
		}
	case "happened_on":
		return func(v string) string {
			if v > d.Now().Format(time.DateOnly) {
				return d.T("doubt.future")
			}
			return ""
		}
	case "id_number":
		return func(v string) string {
			if text.IDNumber(v) {
				return ""
			}
			return d.T("doubt.id_number")
		}
	}
	return nil
}

func (d Desk) choices(s casework.FieldSpec) []kit.Option {
	options := make([]kit.Option, len(s.Choices))
	for i, c := range s.Choices {
		options[i] = kit.NewOption(c, text.Line(d.T("choice."+s.Name+"."+c)), text.Text{})
	}
	return options
}

// divisions are all places, those of the person's own units first.
func (d Desk) divisions() []kit.Option {
	ix := d.Index()
	var own []catalogue.UnitID
	for _, p := range d.Persons() {
		own = append(own, p.Unit)
	}
	type placed struct {
		kit.Option
		rank int
	}
	var places []placed
	for _, row := range ix.Catalogue().Divisions {
		units := ix.PlaceUnits(row.Code)
		rank := len(units) + 1
		for i, u := range units {
			if slices.Contains(own, u) {
				rank = i
				break
			}
		}
		above := strings.TrimSuffix(ix.DivisionPath(row.Code), row.Name)
		places = append(places, placed{kit.NewOption(string(row.Code), text.Line(row.Name), text.Line(above)), rank})
	}
	slices.SortStableFunc(places, func(a, b placed) int { return cmp.Compare(a.rank, b.rank) })
	options := make([]kit.Option, len(places))
	for i, p := range places {
		options[i] = p.Option
	}
	return options
}

// Units are all units as options, each with the one above it.
func (d Desk) Units() []kit.Option { return Options(d.Index(), catalogue.TableUnits) }

// superior is the unit that a case goes up to: one level at a time.
func (d Desk) superior(c *casework.Case) []kit.Option { return d.above(c.Holder) }

// above are the units above the ones given, each once.
func (d Desk) above(units ...catalogue.UnitID) []kit.Option {
	var options []kit.Option
	for _, u := range units {
		up := d.Index().Parent(u)
		if up != "" && !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == string(up) }) {
			options = append(options, kit.NewOption(string(up), text.Line(d.Index().UnitName(up)), text.Text{}))
		}
	}
	return options
}

// open are the entries of a case that wait for a decision.
func (d Desk) open(c *casework.Case) []kit.Option {
	if c == nil {
		return nil
	}
	var options []kit.Option
	for _, l := range c.Timeline {
		if slices.Contains(c.Contested, l.UID) || slices.Contains(c.HeldNow, l.UID) {
			options = append(options, kit.NewOption(l.UID.String(), text.Line(d.Entry(l)), text.Line(d.Why(l.Why))))
		}
	}
	return options
}

// acts are what was done of one action on a case, with what was said.
func (d Desk) acts(c *casework.Case, of casework.Action) []kit.Option {
	if c == nil {
		return nil
	}
	ev, ok := c.NewEvent(of)
	if !ok {
		return nil
	}
	var options []kit.Option
	for _, a := range c.ActsOf(of) {
		l, _ := c.Line(a.By)
		var said []string
		for _, spec := range casework.FieldsOf(ev) {
			if word := a.Words[spec.Name]; word != "" {
				said = append(said, d.Shown(spec, word, c))
			}
		}
		options = append(options, kit.NewOption(a.By.String(), text.Line(d.Entry(l)), text.Line(strings.Join(said, d.T("list.separator")))))
	}
	return options
}

func (d Desk) parties(c *casework.Case) []kit.Option {
	if c == nil {
		return nil
	}
	options := make([]kit.Option, len(c.Parties))
	for i, p := range c.Parties {
		options[i] = kit.NewOption(p.Element.String(), text.Line(d.Party(p)), text.Text{})
	}
	return options
}

// Faults turns what was found wrong with an event into faults of its form.
func (d Desk) Faults(faults []casework.Fault) []kit.Fault {
	out := make([]kit.Fault, len(faults))
	for i, f := range faults {
		_, rest, member := strings.Cut(f.Field, "]")
		sentence := f
		sentence.Field = ""
		out[i] = kit.Fault{Name: f.Field, Label: d.Field(f.Field), Sentence: d.Fault(sentence)}
		if member && rest != "" {
			out[i].Sentence = d.Fault(f)
		}
	}
	return out
}
