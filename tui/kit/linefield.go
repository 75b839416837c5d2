package kit

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"casedesk/store/text"
)

// LineField is one line of text that is edited sign by sign: a sign is what
// people see as one, however many code points it takes. It is the base of all
// fields that are typed into.
type LineField struct {
	Limit  int  // the most code points it takes; 0 is no limit
	Secret bool // shows an asterisk for every sign

	value string
	at    int // the caret, in bytes; always between two signs
	from  int // the first byte that is seen
	past  past
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
			used = f.edit(name)
		}
	}
	if f.value != before && !f.Secret {
		f.past.note("", Value{Text: f.value}, true, false, time.Time{})
	}
	return used, f.value != before
}

func (f *LineField) edit(key string) bool {
	switch key {
	case "left", "ctrl+b":
		f.at = f.prev(f.at)
	case "right", "ctrl+f":
		f.at = f.next(f.at)
	case "ctrl+left", "alt+left":
		f.at = f.wordLeft()
	case "ctrl+right", "alt+right":
		f.at = f.wordRight()
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.value)
	case "backspace", "ctrl+h":
		f.remove(f.prev(f.at), f.at)
	case "delete", "ctrl+d":
		f.remove(f.at, f.next(f.at))
	case "ctrl+w", "alt+backspace":
		f.remove(f.wordLeft(), f.at)
	case "ctrl+u":
		f.remove(0, f.at)
	case "ctrl+k":
		f.remove(f.at, len(f.value))
	default:
		return false
	}
	return true
}

// insert puts s at the caret, cleaned, as far as the limit goes. What is typed
// may join the sign before it, or the one after: the caret goes behind both.
func (f *LineField) insert(s string) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if f.Limit > 0 {
		s = firstRunes(s, f.Limit-utf8.RuneCountInString(f.value))
	}
	head := text.Line(f.value[:f.at] + s).String()
	f.value = text.Line(head + f.value[f.at:]).String()
	f.caretFrom(len(head))
}

func (f *LineField) remove(from, to int) {
	f.value = text.Line(f.value[:from] + f.value[to:]).String()
	f.caretFrom(from)
}

// caretFrom puts the caret on the first place between two signs from i on.
func (f *LineField) caretFrom(i int) {
	f.at = 0
	for f.at < i && f.at < len(f.value) {
		f.at = f.next(f.at)
	}
}

func (f *LineField) next(at int) int {
	sign, _ := ansi.FirstGraphemeCluster(f.value[at:], ansi.GraphemeWidth)
	return at + len(sign)
}

func (f *LineField) prev(at int) int {
	i := 0
	for n := f.next(i); n < at; n = f.next(i) {
		i = n
	}
	return i
}

func (f *LineField) wordLeft() int {
	before := strings.TrimRightFunc(f.value[:f.at], unicode.IsSpace)
	i := strings.LastIndexFunc(before, unicode.IsSpace)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(before[i:])
	return i + size
}

func (f *LineField) wordRight() int {
	after := f.value[f.at:]
	rest := strings.TrimLeftFunc(after, unicode.IsSpace)
	i := strings.IndexFunc(rest, unicode.IsSpace)
	if i < 0 {
		return len(f.value)
	}
	return f.at + len(after) - len(rest) + i
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
	return strings.Repeat("*", utf8.RuneCountInString(s))
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
