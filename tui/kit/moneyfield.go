package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// MoneyField is an amount in yuan with at most two decimals. It takes amounts as
// people type them and echoes the one that it understood.
type MoneyField struct {
	InputField
	seat Seat
}

// NewMoneyField makes a field without an amount.
func NewMoneyField(seat Seat) *MoneyField {
	return &MoneyField{InputField: *NewInputField(20), seat: seat}
}

// Update takes a key or a paste.
func (f *MoneyField) Update(msg tea.Msg) Reply { return f.InputField.Update(msg) }

// Lines draws the field and the echo beside it.
func (f *MoneyField) Lines(w int, focused bool) []string {
	echo := ""
	if s, ok := text.Money(f.LineField.Value()); ok {
		echo = f.seat.Say("kit.money_echo", text.Grouped(s))
	}
	return []string{f.boxed(min(w, 23), focused) + " " + echo}
}

// Value is the amount in digits, or what was typed where that is none.
func (f *MoneyField) Value() Value {
	if s, ok := text.Money(f.LineField.Value()); ok {
		return Value{Text: s}
	}
	return Value{Text: strings.TrimSpace(f.LineField.Value())}
}

// Shown is the amount with its thousands parted.
func (f *MoneyField) Shown() string {
	if s, ok := text.Money(f.LineField.Value()); ok {
		return text.Grouped(s)
	}
	return f.LineField.Value()
}

// Fault says that the text is no amount.
func (f *MoneyField) Fault() string {
	if _, ok := text.Money(f.LineField.Value()); !ok && f.Value().Text != "" {
		return f.seat.Say("kit.bad_money")
	}
	return ""
}

// Leave writes the amount in digits.
func (f *MoneyField) Leave() bool {
	f.LineField.SetValue(f.Value().Text)
	return false
}
