package kit

import (
	"fmt"
	"math"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

const (
	isoDate   = "2006-01-02"
	isoMoment = "2006-01-02 15:04"
)

// DateField takes a date as people type it, or a date with a time of day, and
// echoes what it understood, with the day of the week and how far from today it
// lies.
type DateField struct {
	InputField
	seat   Seat
	layout string // of the value
	parse  func(s string, today time.Time) (time.Time, error)
	whole  bool // it holds a date in full that no key has touched: what is typed takes its place
}

// NewDateField makes a field without a date; ahead means that one to come is
// more likely than one that has been.
func NewDateField(seat Seat, ahead bool) *DateField {
	f := &DateField{InputField: *NewInputField(20), seat: seat, layout: isoDate, parse: text.Date}
	if ahead {
		f.parse = text.DateAhead
	}
	return f
}

// NewTimeField makes a field for a day with a time of day.
func NewTimeField(seat Seat, ahead bool) *DateField {
	f := &DateField{InputField: *NewInputField(30), seat: seat, layout: isoMoment, parse: text.Moment}
	if ahead {
		f.parse = text.MomentAhead
	}
	return f
}

// Update takes a key or a paste. Ctrl+Up and Ctrl+Down go one day on or back.
func (f *DateField) Update(msg tea.Msg) Reply {
	whole := f.whole
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch KeyName(msg) {
		case "ctrl+up", "alt+up":
			return f.move(1)
		case "ctrl+down", "alt+down":
			return f.move(-1)
		}
		f.whole = whole && msg.Text == " "
		if whole && printable(msg) && msg.Text != " " {
			f.LineField.SetValue("")
		}
	case tea.PasteMsg:
		if f.whole = false; whole {
			f.LineField.SetValue("")
		}
	}
	return f.InputField.Update(msg)
}

func (f *DateField) move(days int) Reply {
	at, ok := f.read()
	if !ok {
		at, days = f.now(), 0
	}
	f.LineField.SetValue(at.AddDate(0, 0, days).Format(f.layout))
	f.whole = true
	return Changed
}

// now is the seat's time with no zone: a day is a day, wherever it is read.
func (f *DateField) now() time.Time {
	t := f.seat.Now()
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, time.UTC)
}

func midnight(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

func (f *DateField) read() (time.Time, bool) {
	at, err := f.parse(f.LineField.Value(), midnight(f.now()))
	return at, err == nil
}

// Lines draws the field and the echo beside it.
func (f *DateField) Lines(w int, focused bool) []string {
	return []string{f.boxed(min(w, len(f.layout)+8), focused) + " " + f.echo()}
}

func (f *DateField) echo() string {
	at, ok := f.read()
	if !ok {
		return ""
	}
	return f.seat.dayEcho(at.Format(f.layout), at, int(midnight(at).Sub(midnight(f.now()))/(24*time.Hour)))
}

// dayEcho is a day as it was written, with the day of the week and how many days it
// is from today.
func (s Seat) dayEcho(written string, day time.Time, n int) string {
	away := ""
	switch {
	case n == 0:
		away = s.Say("kit.date_today")
	case n > 0:
		away = s.Say("kit.date_future", n)
	default:
		away = s.Say("kit.date_past", -n)
	}
	return s.Say("kit.date_echo", written, s.Say(fmt.Sprintf("kit.weekday.%d", day.Weekday())), away)
}

// DayEcho is a day with the day of the week and how far from today it lies, both
// midnights of the same place.
func (s Seat) DayEcho(day, today time.Time) string {
	n := int(math.Round(day.Sub(today).Hours() / 24)) // a day may be an hour longer or shorter
	return s.dayEcho(day.Format(isoDate), day, n)
}

// Value is the date as 2006-01-02, with a time of day as 2006-01-02 15:04, or
// what was typed where that is none. A draft never keeps "yesterday", which is
// another day tomorrow.
func (f *DateField) Value() Value {
	if at, ok := f.read(); ok {
		return Value{Text: at.Format(f.layout)}
	}
	return Value{Text: f.LineField.Value()}
}

// SetValue takes a date, or a moment of any zone, which is shown in the seat's.
func (f *DateField) SetValue(v Value) {
	if at, err := time.Parse(time.RFC3339, v.Text); err == nil {
		v.Text = at.In(f.seat.Now().Location()).Format(f.layout)
	}
	f.InputField.SetValue(v)
	_, f.whole = f.read()
}

// Shown is the date.
func (f *DateField) Shown() string { return f.Value().Text }

// Fault says that the text is no date.
func (f *DateField) Fault() string {
	if _, ok := f.read(); ok || f.LineField.Value() == "" {
		return ""
	}
	if f.layout == isoMoment {
		return f.seat.Say("kit.bad_moment")
	}
	return f.seat.Say("fault.bad_date")
}

// Leave writes the date out in full.
func (f *DateField) Leave() bool {
	if at, ok := f.read(); ok {
		f.LineField.SetValue(at.Format(f.layout))
		f.whole = true
	}
	return false
}
