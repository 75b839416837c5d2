package kit

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

const isoDate = "2006-01-02"

// DateField takes a date as people type it and echoes the day that it
// understood, with the day of the week and how far from today it lies.
type DateField struct {
	InputField
	seat Seat
}

// NewDateField makes a field without a date.
func NewDateField(seat Seat) *DateField {
	return &DateField{InputField: *NewInputField(20), seat: seat}
}

// Update takes a key or a paste. Ctrl+Up and Ctrl+Down go one day on or back.
func (f *DateField) Update(msg tea.Msg) Reply {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch KeyName(k) {
		case "ctrl+up", "alt+up":
			return f.move(1)
		case "ctrl+down", "alt+down":
			return f.move(-1)
		}
	}
	return f.InputField.Update(msg)
}

func (f *DateField) move(days int) Reply {
	day, ok := f.day()
	if !ok {
		day = f.today()
		days = 0
	}
	f.LineField.SetValue(day.AddDate(0, 0, days).Format(isoDate))
	return Changed
}

func (f *DateField) today() time.Time {
	y, m, d := f.seat.Now().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (f *DateField) day() (time.Time, bool) {
	day, err := text.Date(f.LineField.Value(), f.today())
	return day, err == nil
}

// Lines draws the field and the echo beside it.
func (f *DateField) Lines(w int, focused bool) []string {
	return []string{f.boxed(min(w, 18), focused) + " " + f.echo()}
}

func (f *DateField) echo() string {
	day, ok := f.day()
	if !ok {
		return ""
	}
	away := ""
	switch n := int(day.Sub(f.today()) / (24 * time.Hour)); {
	case n == 0:
		away = f.seat.Say("kit.date_today")
	case n > 0:
		away = f.seat.Say("kit.date_future", n)
	default:
		away = f.seat.Say("kit.date_past", -n)
	}
	weekday := f.seat.Say(fmt.Sprintf("kit.weekday.%d", day.Weekday()))
	return f.seat.Say("kit.date_echo", day.Format(isoDate), weekday, away)
}

// Value is the date as 2006-01-02, or what was typed where that is none. A
// draft never keeps "yesterday", which is another day tomorrow.
func (f *DateField) Value() Value {
	if day, ok := f.day(); ok {
		return Value{Text: day.Format(isoDate)}
	}
	return Value{Text: f.LineField.Value()}
}

// Shown is the date.
func (f *DateField) Shown() string { return f.Value().Text }

// Fault says that the text is no date.
func (f *DateField) Fault() string {
	if _, ok := f.day(); !ok && f.LineField.Value() != "" {
		return f.seat.Say("fault.bad_date")
	}
	return ""
}

// Leave writes the date out in full.
func (f *DateField) Leave() bool {
	if day, ok := f.day(); ok {
		f.LineField.SetValue(day.Format(isoDate))
	}
	return false
}
