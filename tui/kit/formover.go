package kit

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// overlay is a list that stands in the form's place until something is chosen.
type overlay struct {
	title  string
	picker *Picker
	take   func(code string) (Act, tea.Cmd)
}

// openJump lists the fields to go to one of them.
func (f *Form) openJump() {
	var options []Option
	var fields []int
	here := ""
	for i, field := range f.fields {
		if _, row := field.Control.(*moreField); row {
			continue
		}
		value := text.Line(field.Shown())
		if field.Type == Secret {
			value = text.Text{}
		}
		fields = append(fields, i)
		number := strconv.Itoa(len(fields))
		if i == f.at {
			here = number
		}
		options = append(options, NewOption(number, text.Line(number+" "+field.Label), value))
	}
	f.over = &overlay{f.seat.Say("kit.jump"), NewPicker(f.seat, options, here), func(code string) (Act, tea.Cmd) {
		n, err := strconv.Atoi(code)
		if err != nil || n < 1 || n > len(fields) {
			return ActNone, nil
		}
		return f.focus(fields[n-1])
	}}
}

// phrased is the long text that has the focus and for which sentences are
// offered.
func (f *Form) phrased() (*TextField, []string) {
	if f.at < len(f.fields) {
		if area, ok := f.fields[f.at].Control.(*TextField); ok {
			return area, f.fields[f.at].Phrases
		}
	}
	return nil, nil
}

// openPhrases lists the sentences offered for the field; the one chosen is put
// at the caret.
func (f *Form) openPhrases() {
	area, phrases := f.phrased()
	if len(phrases) == 0 {
		return
	}
	options := make([]Option, len(phrases))
	for i, p := range phrases {
		options[i] = NewOption(strconv.Itoa(i+1), text.Line(strconv.Itoa(i+1)+" "+p), text.Text{})
	}
	f.over = &overlay{f.seat.Say("kit.phrases", f.fields[f.at].Label), NewPicker(f.seat, options, ""), func(code string) (Act, tea.Cmd) {
		n, err := strconv.Atoi(code)
		if err != nil || n < 1 || n > len(phrases) {
			return ActNone, nil
		}
		area.Insert(phrases[n-1])
		return ActNone, f.changed()
	}}
}

// picking gives the list that is open a message.
func (f *Form) picking(msg tea.Msg) (Act, tea.Cmd) {
	name := ""
	if k, ok := msg.(tea.KeyPressMsg); ok {
		name = KeyName(k)
	}
	switch name {
	case "enter", "tab":
		over := f.over
		f.over = nil
		if o, ok := over.picker.Option(); ok {
			return over.take(o.Code)
		}
	case "esc", "f4", "f7", "ctrl+g":
		f.over = nil
	default:
		f.over.picker.Update(msg)
	}
	return ActNone, nil
}

// foundMsg brings a field the options that were looked up for it.
type foundMsg struct {
	form, field, typed string
	options            []Option
}

// Lookup is the command that looks up what fields need to know: what is typed
// for, or the name of a code that they were filled with. nil: nothing.
func (f *Form) Lookup() tea.Cmd {
	var cmds []tea.Cmd
	for _, field := range f.fields {
		choice, ok := field.Control.(*SelectField)
		if !ok {
			continue
		}
		if typed, ok := choice.wants(); ok {
			lookup, answer := choice.lookup, foundMsg{form: f.id, field: field.Name, typed: typed}
			cmds = append(cmds, func() tea.Msg {
				answer.options = lookup(typed)
				return answer
			})
		}
	}
	return tea.Batch(cmds...)
}

func (f *Form) found(msg foundMsg) {
	if i := f.index(msg.field); msg.form == f.id && i >= 0 {
		if choice, ok := f.fields[i].Control.(*SelectField); ok {
			choice.found(msg.typed, msg.options)
		}
	}
}
