package kit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// moreField is the row that stands for the fields that are closed. It holds
// nothing; Enter and the space bar open them.
type moreField struct {
	plain
	labels string
}

// Update leaves all to the form.
func (*moreField) Update(tea.Msg) Reply { return Ignored }

// Value is empty.
func (*moreField) Value() Value { return Value{} }

// SetValue does nothing.
func (*moreField) SetValue(Value) {}

// Shown is empty.
func (*moreField) Shown() string { return "" }

// Lines names the fields that are closed.
func (m *moreField) Lines(w int, focused bool) []string {
	line := text.Line("+ " + m.labels).Pad(w).String()
	if focused {
		line = Mark + Chosen.On(line)
	}
	return []string{line}
}

// build makes the fields: those of the first part, then the row that opens the
// second, then the second.
func (f *Form) build(specs []FieldSpec) {
	f.fields = f.fields[:0:0]
	var more []*field
	var labels []string
	for _, s := range specs {
		made := &field{FieldSpec: s, Control: NewControl(f.seat, s)}
		if s.More {
			more, labels = append(more, made), append(labels, s.Label)
		} else {
			f.fields = append(f.fields, made)
		}
	}
	if len(more) > 0 {
		row := &moreField{labels: strings.Join(labels, f.seat.Say("kit.comma"))}
		f.fields = append(f.fields, &field{FieldSpec: FieldSpec{Label: f.seat.Say("kit.more")}, Control: row})
		f.fields = append(f.fields, more...)
	}
}

// hidden reports whether field i is out of sight: closed, or the row that opens
// what is open.
func (f *Form) hidden(i int) bool {
	if _, row := f.fields[i].Control.(*moreField); row {
		return f.more
	}
	return f.fields[i].More && !f.more
}

// visible are the fields in sight.
func (f *Form) visible() []int {
	var out []int
	for i := range f.fields {
		if !f.hidden(i) {
			out = append(out, i)
		}
	}
	return out
}

// hasMore reports whether there is a second part that is closed.
func (f *Form) hasMore() bool {
	return !f.more && slices.ContainsFunc(f.fields, func(field *field) bool { return field.More })
}

// moreFilled reports whether a field of the second part holds something.
func (f *Form) moreFilled() bool {
	return slices.ContainsFunc(f.fields, func(field *field) bool { return field.More && !field.Value().IsEmpty() })
}

// openMore opens the second part and goes to its first field.
func (f *Form) openMore() (Act, tea.Cmd) {
	i := slices.IndexFunc(f.fields, func(field *field) bool { return field.More })
	if i < 0 {
		return ActNone, nil
	}
	return f.focus(i)
}

// measure works out the width of the labels in sight.
func (f *Form) measure() {
	f.labels = 0
	for _, i := range f.visible() {
		f.labels = max(f.labels, min(Width(f.fields[i].Label), 18))
	}
}
