package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// ChoiceField is a choice of a few that are all in sight: yes or no, a degree
// of satisfaction, a way of agreeing. Arrows and the space bar go through them, a
// digit pressed by itself takes one. Text that comes here by mistake chooses
// nothing, whatever digits it has.
type ChoiceField struct {
	plain
	options []Option
	at      int  // -1: none chosen
	text    bool // the last thing that came was text
}

// NewChoiceField makes a choice of the options, none of them chosen.
func NewChoiceField(options []Option) *ChoiceField {
	return &ChoiceField{options: options, at: -1}
}

// NewBoolField makes a choice of yes and no, neither of them chosen. Its values
// are "true" and "false".
func NewBoolField(seat Seat) *ChoiceField {
	return NewChoiceField([]Option{
		NewOption("true", text.Line(seat.Say("kit.yes")), text.Text{}),
		NewOption("false", text.Line(seat.Say("kit.no")), text.Text{}),
	})
}

// Update takes a key.
func (f *ChoiceField) Update(msg tea.Msg) Reply {
	was := f.at
	f.text = false
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.text = true
	case tea.KeyPressMsg:
		if f.press(KeyName(msg)) {
			return reply(true, f.at != was)
		}
		f.text = printable(msg)
	}
	return reply(f.text, false)
}

// Leave forgets that text came.
func (f *ChoiceField) Leave() bool {
	f.text = false
	return false
}

func (f *ChoiceField) press(key string) bool {
	n := len(f.options)
	switch {
	case n == 0:
		return false
	case key == "right":
		f.at = min(f.at+1, n-1)
	case key == "left":
		f.at = max(f.at-1, 0)
	case key == "space":
		f.at = (f.at + 1) % n
	case key == "backspace", key == "delete":
		f.at = -1
	case len(key) == 1 && key[0] >= '1' && int(key[0]-'0') <= n:
		f.at = int(key[0] - '1')
	default:
		return false
	}
	return true
}

// Lines draws all options, on as many lines as they need.
func (f *ChoiceField) Lines(w int, focused bool) []string {
	var lines []string
	var line strings.Builder
	for i, o := range f.options {
		piece := f.piece(i, o, focused)
		if line.Len() > 0 && Width(line.String())+Width(piece) > w {
			lines = append(lines, line.String())
			line.Reset()
		}
		line.WriteString(Fit(piece, min(Width(piece), w)) + "  ")
	}
	return append(lines, line.String())
}

func (f *ChoiceField) piece(i int, o Option, focused bool) string {
	label := o.Label.String()
	if digit := string(rune('1' + i)); i < 9 && !strings.HasPrefix(label, digit) {
		label = digit + " " + label
	}
	if i == f.at {
		label = "(*) " + Strong.On(label)
	} else {
		label = "( ) " + label
	}
	if focused && i == max(0, f.at) {
		return "(" + Mark + label[1:]
	}
	return label
}

// Value is the code of what is chosen.
func (f *ChoiceField) Value() Value {
	if f.at < 0 {
		return Value{}
	}
	return Value{Text: f.options[f.at].Code}
}

// SetValue chooses a code; none where no option has it.
func (f *ChoiceField) SetValue(v Value) {
	f.at = -1
	for i, o := range f.options {
		if o.Code == v.Text {
			f.at = i
		}
	}
}

// Shown is the name of what is chosen.
func (f *ChoiceField) Shown() string {
	if f.at < 0 {
		return ""
	}
	return f.options[f.at].Label.String()
}
