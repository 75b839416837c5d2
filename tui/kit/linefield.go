package kit

import (
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// LineField is one line of text that is edited sign by sign. It is the base of all
// fields of one line that are typed into.
type LineField struct {
	Limit  int  // the most code points it takes; 0 is no limit
	Secret bool // shows an asterisk for every sign

	buffer
	from int // the first byte that is seen
	past past
}

// Value is the text as it stands.
func (f *LineField) Value() string { return f.value }

// SetValue replaces the text, cleaned and cut to the limit, and puts the caret
// at its end.
func (f *LineField) SetValue(s string) {
	f.value, f.at, f.from, f.past = "", 0, 0, past{}
	f.insert(s)
	if !f.Secret {
		f.past.hold("", Value{Text: f.value})
	}
}

// Update takes a key or a paste and reports whether the field used it; changed
// tells whether the text is another one.
func (f *LineField) Update(msg tea.Msg) (used, changed bool) {
	before := f.value
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(msg.Content)
		used = true
	case tea.KeyPressMsg:
		switch name := KeyName(msg); {
		case printable(msg):
			f.insert(msg.Text)
			used = true
		case f.undoing(name):
			return true, f.value != before
		default:
			used = f.edit(text.Line, name)
		}
	}
	if f.value != before && !f.Secret {
		f.past.note("", Value{Text: f.value}, true, false, time.Time{})
	}
	return used, f.value != before
}

// insert puts s at the caret, as far as the limit goes.
func (f *LineField) insert(s string) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if f.Limit > 0 {
		s = firstRunes(s, f.Limit-utf8.RuneCountInString(f.value))
	}
	f.buffer.insert(text.Line, s)
}

// Line draws the field exactly w cells wide, with the mark at the caret where
// focused. There is always a cell for the caret, at the end as well.
func (f *LineField) Line(w int, focused bool) string {
	if w <= 0 {
		return ""
	}
	if !focused {
		return Fit(f.shown(f.value), w)
	}
	f.scroll(w)
	left := f.shown(f.value[f.from:f.at])
	right := f.shown(f.value[f.at:])
	mark := Mark
	if f.Secret {
		mark = secretMark + Mark
	}
	return left + mark + Fit(right, w-Width(left))
}

// typedInto is a line that is typed into.
type typedInto interface {
	Line(w int, focused bool) string
}

// Box draws a line that is typed into behind its label: most cells of it, as far as w has
// room for both.
func Box(label string, field typedInto, most, w int, focused bool) string {
	return label + "[" + field.Line(max(1, min(most, w-Width(label)-2)), focused) + "]"
}

// scroll moves what is seen no more than it must for the sign at the caret to
// be seen whole.
func (f *LineField) scroll(w int) {
	caret := 1
	if f.at < len(f.value) {
		caret = max(1, Width(f.shown(f.value[f.at:f.next(f.at)])))
	}
	if f.from > f.at {
		f.from = f.at
	}
	for f.from > len(f.value) || f.from < f.at && Width(f.shown(f.value[f.from:f.at]))+caret > w {
		f.from = f.next(f.from)
	}
}

func (f *LineField) shown(s string) string {
	if !f.Secret {
		return s
	}
	signs, n := buffer{value: s}, 0
	for at := 0; at < len(s); at = signs.next(at) {
		n++
	}
	return strings.Repeat("*", n)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n <= 0 {
			return s[:i]
		}
		n--
	}
	return s
}
