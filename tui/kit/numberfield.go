package kit

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// NumberField is a whole number between two bounds.
type NumberField struct {
	InputField
	seat     Seat
	min, max int
}

// NewNumberField makes a field for a number from lowest to highest; a highest
// of 0 is no bound.
func NewNumberField(seat Seat, lowest, highest int) *NumberField {
	return &NumberField{InputField: *NewInputField(12), seat: seat, min: lowest, max: highest}
}

// Update takes a key or a paste.
func (f *NumberField) Update(msg tea.Msg) Reply { return f.InputField.Update(msg) }

// Value is the number in ASCII digits, without what it counts (3人), or what was typed where that is none.
func (f *NumberField) Value() Value {
	return Value{Text: text.Count(f.LineField.Value())}
}

// Fault says that the text is no number, or one out of bounds.
func (f *NumberField) Fault() string {
	s := f.Value().Text
	if s == "" {
		return ""
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < f.min || f.max > 0 && n > f.max {
		return f.seat.Say("fault.bad_number")
	}
	return ""
}

// Leave writes the number in ASCII digits.
func (f *NumberField) Leave() bool {
	f.LineField.SetValue(f.Value().Text)
	return false
}
