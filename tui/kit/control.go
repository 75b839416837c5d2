package kit

import (
	"cmp"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// Value is what a field holds, in the form that drafts keep and actions take:
// codes and dates (2006-01-02) as text, several codes parted by commas, yes and
// no as "true" and "false". Only lists, such as the parties, use Rows.
type Value struct {
	Text string              `json:"text,omitempty" codec:"text,omitempty"`
	Rows []map[string]string `json:"rows,omitempty" codec:"rows,omitempty"`
}

// IsEmpty reports whether nothing was entered.
func (v Value) IsEmpty() bool { return v.Text == "" && len(v.Rows) == 0 }

// Reply is what a control made of a message.
type Reply uint8

// The replies.
const (
	Ignored Reply = iota // not for this control: the form may use the key
	Used                 // used, with the value as it was
	Changed              // the value is another one
	Next                 // the value may be another one, and the person is done here
)

// Control is a field as the person works it. It stands in a form, which gives
// it keys while it has the focus.
type Control interface {
	Update(msg tea.Msg) Reply
	// Lines draws the control at most w cells wide, at least one line, with
	// the mark at the caret where focused.
	Lines(w int, focused bool) []string
	Value() Value
	SetValue(Value)
	// Shown is the value as people read it, on one line.
	Shown() string
	// Fault is the sentence of what is wrong with the value as it stands, ""
	// where nothing is. Whether a value is required is the form's matter.
	Fault() string
	// Open reports whether a list is open in it, which gets all keys but those
	// that leave the field.
	Open() bool
	// Leave is called when the focus goes elsewhere; it reports whether that
	// changed the value.
	Leave() bool
}

// plain is what a control is that has nothing to open, to fault or to finish.
type plain struct{}

func (plain) Fault() string { return "" }
func (plain) Open() bool    { return false }
func (plain) Leave() bool   { return false }

// InputField is a line of free text in brackets.
type InputField struct {
	LineField
	plain
	most   int  // code points that can be saved; 0: what the line takes
	narrow bool // the value is a number or a code: full-width signs are their twins
}

// NewInputField makes a field for at most limit code points; 0 is no limit.
func NewInputField(limit int) *InputField {
	return &InputField{LineField: LineField{Limit: limit}}
}

// Left is how many code points may still be typed; below 0: so many are too many. What is
// too long stays in the field, so that nothing pasted is lost, and is a fault until it is cut.
func (f *InputField) Left() int { return f.Most() - utf8.RuneCountInString(f.LineField.Value()) }

// Most is how many code points can be saved.
func (f *InputField) Most() int {
	if f.most > 0 {
		return f.most
	}
	return LongLimit
}

// NewSecretField makes a field that shows an asterisk for every sign.
func NewSecretField(limit int) *InputField {
	return &InputField{LineField: LineField{Limit: limit, Secret: true}}
}

// Update takes a key or a paste.
func (f *InputField) Update(msg tea.Msg) Reply { return reply(f.LineField.Update(msg)) }

// Lines draws the field as wide as its limit needs, if there is room.
func (f *InputField) Lines(w int, focused bool) []string {
	if most := cmp.Or(f.most, f.Limit); most > 0 {
		w = min(w, max(12, 2*most)+3)
	}
	return []string{f.boxed(w, focused)}
}

// Value is the text as it stands, a number or code in ASCII.
func (f *InputField) Value() Value {
	if f.narrow {
		return Value{Text: text.Narrow(f.LineField.Value())}
	}
	return Value{Text: f.LineField.Value()}
}

// Leave writes a number or a code in ASCII.
func (f *InputField) Leave() bool {
	if v := f.Value().Text; f.narrow && v != f.LineField.Value() {
		f.LineField.SetValue(v)
	}
	return false
}

// SetValue replaces the text.
func (f *InputField) SetValue(v Value) { f.LineField.SetValue(v.Text) }

// Shown is the text, or its asterisks.
func (f *InputField) Shown() string { return f.shown(f.LineField.Value()) }

// boxed draws the field in brackets, w cells wide in all.
func (f *LineField) boxed(w int, focused bool) string {
	return Box("", f, w, w, focused)
}

func reply(used, changed bool) Reply {
	switch {
	case changed:
		return Changed
	case used:
		return Used
	default:
		return Ignored
	}
}
