package kit

import (
	"slices"
	"strings"

	"casedesk/store/text"
)

// fewOptions is up to how many options are read out; more are looked for.
const fewOptions = 12

// read is the form as it is read: the field that has the focus, as a question, or the
// list that stands in the form's place.
func (f *Form) read(w int) []string {
	if f.over != nil {
		title := f.over.title + tell(Told{Ask: &Asked{Label: f.over.title, Open: true}})
		return append([]string{title}, f.over.picker.read(w, unnumbered)...)
	}
	if nested := f.nested(); nested != nil {
		at := f.fields[f.at].Control.(*RowsField).at + 1
		lines := []string{f.seat.Say("kit.ask_member", f.fields[f.at].Label, at)}
		if nested.generation == 0 && nested.over == nil { // opened a moment ago
			_, _, before := nested.place()
			lines = append(lines, before...)
		}
		return append(lines, nested.read(w)...)
	}
	var lines []string
	if faults := f.Faults(); f.tried && len(faults) > 0 {
		lines = append(lines, "! "+f.faultLine(faults))
	}
	if f.at < len(f.fields) {
		lines = append(lines, f.question(w)...)
	}
	return lines
}

// place is the number of the field that has the focus among those in sight, how many these
// are, and what those before it hold.
func (f *Form) place() (at, of int, before []string) {
	seen := f.visible()
	at = 1
	for n, i := range seen {
		if i == f.at {
			at = n + 1
			break
		}
		if g := f.fields[i]; g.Type != Secret && !g.Value().IsEmpty() {
			before = append(before, f.seat.Say("kit.ask_before", g.Label, text.Line(g.Shown())))
		}
	}
	return at, len(seen), before
}

// question reads a field: what it is called, whether it must be filled, what it holds, what
// there is to choose from, and what is wrong with it.
func (f *Form) question(w int) []string {
	field, say := f.fields[f.at], f.seat.Say
	at, of, before := f.place()
	v := field.Value()
	fault := ""
	if f.tried || field.left || field.refused != "" || !v.IsEmpty() {
		fault = f.fault(field)
	}
	q := &Asked{Type: field.Type, Name: field.Name, Label: field.Label, At: at, Of: of, Many: field.Type == Multi,
		Before: before, Empty: v.IsEmpty(), Faulty: fault != "" && !v.IsEmpty(), Lines: 1 + strings.Count(v.Text, "\n")}
	var lines []string
	if field.Section != "" {
		lines = append(lines, field.Section)
	}
	key := "kit.ask"
	if field.Required {
		key = "kit.ask_required"
	}
	asks := len(lines)
	lines = append(lines, say(key, field.Label, at, of))
	var rest []string
	switch c := field.Control.(type) {
	case *moreField:
		q.More = true
		rest = append(rest, say("kit.ask_more", c.labels))
	case *RowsField:
		q.Row = c.at + 1
		rest = c.read()
	case *ChoiceField:
		rest = f.options(c.options, v)
	case *SelectField:
		if q.Open = c.Open(); q.Open {
			rest = c.picker.read(w, f.taken(c))
			break
		}
		if held := f.held(field); held != "" && (c.lookup != nil || len(c.options) > fewOptions) {
			rest = append(rest, held)
		}
		switch {
		case c.lookup != nil:
			rest = append(rest, say("kit.ask_find"))
		case len(c.options) > fewOptions:
			rest = append(rest, say("kit.ask_search", len(c.options)))
		default:
			rest = append(rest, f.options(c.options, v)...)
		}
		if c.many {
			rest = append(rest, say("kit.ask_many"))
		}
	default:
		if held := f.held(field); held != "" {
			rest = append(rest, held)
		}
		if field.Type == Long {
			rest = append(rest, say("kit.ask_long"))
		}
	}
	lines[asks] += tell(Told{Ask: q})
	lines = append(lines, rest...)
	add := func(sign, said string) {
		if said = text.Line(said).String(); said != "" {
			lines = append(lines, sign+said)
		}
	}
	add("! ", fault)
	if field.Warn != nil && v.Text != "" {
		add(tell(Told{Doubt: true})+"? ", field.Warn(v.Text))
	}
	if !q.Open {
		add("", field.Hint)
	}
	return lines
}

// held says what a field holds, with what is echoed beside it; "": nothing.
func (f *Form) held(field *field) string {
	shown := field.Shown()
	switch c := field.Control.(type) {
	case *DateField:
		if echo := c.echo(); echo != "" {
			shown = echo
		}
	case *MoneyField:
		if s, ok := text.Money(c.LineField.Value()); ok {
			shown = f.seat.Say("kit.money_echo", text.Grouped(s))
		}
	}
	switch {
	case field.Value().IsEmpty():
		return ""
	case field.Type == Secret:
		return f.seat.Say("kit.ask_filled")
	}
	return tell(Told{Value: true}) + f.seat.Say("kit.ask_held", text.Line(shown))
}

// options reads options out; those that are chosen are said to be.
func (f *Form) options(options []Option, v Value) []string {
	chosen := map[string]bool{}
	for code := range strings.SplitSeq(v.Text, ",") {
		chosen[code] = v.Text != ""
	}
	var lines []string
	for i, o := range options {
		said := o.Full()
		if chosen[o.Code] {
			said = f.seat.Say("kit.ask_chosen", said)
		}
		lines = append(lines, tell(Told{Row: i + 1, Of: len(options), At: chosen[o.Code]})+said)
	}
	return lines
}

// taken names an option, and says so where it is one of several that were taken.
func (f *Form) taken(c *SelectField) func(Option) string {
	return func(o Option) string {
		if c.many && slices.Contains(c.chosen, o.Code) {
			return f.seat.Say("kit.ask_chosen", o.Label.String())
		}
		return named(o)
	}
}

// read is the members as they are read, with what adds one.
func (f *RowsField) read() []string {
	var lines []string
	n := len(f.rows) + 1
	for i := range n {
		said := f.seat.Say("kit.row_add")
		if i < len(f.rows) {
			said = f.shown[i]
		}
		if f.doomed && i == f.at {
			said = f.seat.Say("kit.remove_again") + "  " + said
		}
		lines = append(lines, tell(Told{Row: i + 1, Of: n, At: i == f.at})+said)
	}
	return lines
}
