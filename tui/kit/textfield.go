package kit

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// LongLimit is the most code points that a field holds: beyond it every key would
// be felt.
const LongLimit = 10_000

// TextField is text of several lines: Bubbles' textarea, whose caret is exact,
// without its own keys for the clipboard and its selection.
type TextField struct {
	plain
	area   textarea.Model
	limit  int                 // the most code points that can be saved
	lost   int                 // of the last paste, what exceeded LongLimit
	fewest int                 // lines that it shows where there is no more room
	full   func(string) string // writes short forms out; nil: there are none
	w      int
	drawn  []string // the area's lines, while nothing changes them
	whole  []string // all lines of the text, while nothing changes them
}

// NewTextField makes a field that shows h lines, for a text of limit code points,
// LongLimit where limit is 0. What is longer stays in the field, so that nothing
// pasted is lost, and is a fault until it is cut.
func NewTextField(h, limit int) *TextField {
	if limit <= 0 {
		limit = LongLimit
	}
	a := textarea.New()
	a.ShowLineNumbers = false
	a.Prompt = ""
	a.EndOfBufferCharacter = ' '
	a.CharLimit = 0 // it counts cells, of which a Chinese character has two
	a.MaxHeight, a.MaxWidth = 0, 0
	a.KeyMap = areaKeys()
	a.SetStyles(textarea.Styles{})
	a.SetVirtualCursor(false)
	a.SetHeight(max(1, h))
	a.Focus()
	return &TextField{area: a, limit: limit, fewest: max(1, h)}
}

func areaKeys() textarea.KeyMap {
	on := func(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }
	return textarea.KeyMap{
		CharacterBackward:       on("left", "ctrl+b"),
		CharacterForward:        on("right", "ctrl+f"),
		WordBackward:            on("ctrl+left", "alt+left"),
		WordForward:             on("ctrl+right", "alt+right"),
		LineStart:               on("home", "ctrl+a"),
		LineEnd:                 on("end", "ctrl+e"),
		LinePrevious:            on("up"),
		LineNext:                on("down"),
		InputBegin:              on("ctrl+home"),
		InputEnd:                on("ctrl+end"),
		PageUp:                  on("pgup"),
		PageDown:                on("pgdown"),
		DeleteCharacterBackward: on("backspace", "ctrl+h"),
		DeleteCharacterForward:  on("delete", "ctrl+d"),
		DeleteWordBackward:      on("ctrl+w", "alt+backspace"),
		DeleteBeforeCursor:      on("ctrl+u"),
		DeleteAfterCursor:       on("ctrl+k"),
		InsertNewline:           on("enter"),
	}
}

// Value is the text as it stands, cleaned, with what is short written out.
func (f *TextField) Value() Value {
	s := text.Clean(f.area.Value()).String()
	if f.full != nil {
		s = f.full(s)
	}
	return Value{Text: s}
}

// Leave writes out what is short, so that it can be read before it is saved.
func (f *TextField) Leave() bool {
	v := f.Value()
	if f.full == nil || v.Text == f.area.Value() {
		return false
	}
	f.SetValue(v)
	return true
}

// SetValue replaces the text and puts the caret at its end.
func (f *TextField) SetValue(v Value) {
	f.area.SetValue(firstRunes(text.Clean(v.Text).String(), LongLimit))
	f.sized(f.w)
}

// Update takes a key or a paste. Up in the first line and Down in the last are
// left to the form, which goes to the next field with them.
func (f *TextField) Update(msg tea.Msg) Reply {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(msg.Content)
		return Changed
	case tea.KeyPressMsg:
		if printable(msg) {
			f.insert(msg.Text)
			return Changed
		}
		return f.press(msg)
	}
	return Ignored
}

// insert puts cleaned text at the caret; the empty update makes the area scroll
// to it.
func (f *TextField) insert(s string) {
	f.drawn, f.whole = nil, nil
	s = text.Clean(s).String()
	room := LongLimit - f.length()
	f.lost = max(0, utf8.RuneCountInString(s)-room)
	f.area.InsertString(firstRunes(s, room))
	f.area, _ = f.area.Update(nil)
}

// Insert puts a sentence at the caret.
func (f *TextField) Insert(s string) { f.insert(s) }

func (f *TextField) press(k tea.KeyPressMsg) Reply {
	name := KeyName(k)
	switch {
	case name == "up" && f.area.Line() == 0 && f.area.LineInfo().RowOffset == 0,
		name == "down" && f.area.Line() == f.area.LineCount()-1 && f.area.LineInfo().RowOffset >= f.area.LineInfo().Height-1,
		!knows(f.area.KeyMap, k):
		return Ignored
	case f.length() >= LongLimit && key.Matches(k, f.area.KeyMap.InsertNewline):
		return Used
	}
	f.lost = 0
	f.drawn, f.whole = nil, nil
	before := f.area.Value() // not Length, which counts cells: a combining mark has none
	f.area, _ = f.area.Update(k)
	value := f.area.Value()
	if value == before {
		return Used
	}
	// Half of a sign that was erased from is no text: a joiner before which nothing stands.
	if left := leftOf(value); left != value {
		n := len(leftOf(value[:f.caret()]))
		f.area.SetValue(left)
		f.place(n)
	}
	return Changed
}

// leftOf is what can be kept of a text after something was erased from it.
func leftOf(s string) string {
	return strings.ReplaceAll(text.Clean(s).String(), string(utf8.RuneError), "")
}

func knows(m textarea.KeyMap, k tea.KeyPressMsg) bool {
	return key.Matches(k, m.CharacterBackward, m.CharacterForward, m.WordBackward, m.WordForward, m.LineStart, m.LineEnd,
		m.LinePrevious, m.LineNext, m.InputBegin, m.InputEnd, m.PageUp, m.PageDown, m.DeleteCharacterBackward,
		m.DeleteCharacterForward, m.DeleteWordBackward, m.DeleteBeforeCursor, m.DeleteAfterCursor, m.InsertNewline)
}

// sized lays the text out for w cells, one of which is the caret's at the end
// of a full line.
func (f *TextField) sized(w int) {
	if w <= 0 {
		return
	}
	f.w, f.drawn, f.whole = w, nil, nil
	f.area.SetWidth(w)
	f.area, _ = f.area.Update(nil)
}

// all are the lines that the text fills.
func (f *TextField) all() []string {
	if f.whole == nil {
		f.whole = []string{}
		for _, line := range text.Clean(f.area.Value()).Wrap(f.w) {
			f.whole = append(f.whole, Fit(line.String(), f.w))
		}
	}
	return f.whole
}

// Wants is how many more lines than its fewest the text would fill at a width.
func (f *TextField) Wants(w int) int {
	if w -= 2; w != f.w {
		f.sized(w)
	}
	return max(0, len(f.all())-f.fewest)
}

// Grow gives the field n lines more than its fewest.
func (f *TextField) Grow(n int) {
	h := f.fewest + n
	if h == f.area.Height() {
		return
	}
	f.area.SetHeight(h)
	f.drawn = nil
	// The area keeps its first line in sight unless the caret leaves it.
	f.place(f.caret())
}

// caret is how many bytes of the text are before the caret.
func (f *TextField) caret() int {
	value, n := f.area.Value(), 0
	for range f.area.Line() {
		n += strings.IndexByte(value[n:], '\n') + 1
	}
	for range f.area.Column() {
		_, size := utf8.DecodeRuneInString(value[n:])
		n += size
	}
	return n
}

// place puts the caret behind the first n bytes of the text, and makes the area scroll
// there from its first line. It writes the text anew round the caret: walking there line
// by line never ends on some lines of marks that take no cell.
func (f *TextField) place(n int) {
	value := f.area.Value()
	n = min(n, len(value))
	f.area.SetValue(value[n:])
	f.area.MoveToBegin()
	f.area.InsertString(value[:n])
	f.drawn, f.whole = nil, nil
	f.area, _ = f.area.Update(nil)
}

// Grown is how many lines more than its fewest the field has.
func (f *TextField) Grown() int { return f.area.Height() - f.fewest }

// Below is how many lines of the text are out of sight without the focus, which
// shows its beginning.
func (f *TextField) Below() int { return max(0, len(f.all())-f.area.Height()) }

// Lines draws the field: what is round the caret, or without the focus the
// beginning of the text.
func (f *TextField) Lines(w int, focused bool) []string {
	w -= 2
	if w != f.w {
		f.sized(w)
	}
	if !focused {
		lines := make([]string, f.area.Height())
		for i := range lines {
			line := ""
			if i < len(f.all()) {
				line = f.all()[i]
			}
			lines[i] = "|" + Fit(line, w) + "|"
		}
		return lines
	}
	if f.drawn == nil {
		f.drawn = strings.Split(f.area.View(), "\n")
		for i, line := range f.drawn {
			f.drawn[i] = Fit(Bare(line), w)
		}
	}
	c := f.area.Cursor()
	lines := make([]string, len(f.drawn))
	for i, line := range f.drawn {
		if c != nil && c.Y == i {
			line = markAt(line, c.X)
		}
		lines[i] = "|" + line + "|"
	}
	return lines
}

// markAt puts the mark behind the first x cells of a bare line.
func markAt(line string, x int) string {
	head := Fit(line, x)
	return head + Mark + line[min(len(head), len(line)):]
}

func (f *TextField) length() int { return utf8.RuneCountInString(f.area.Value()) }

// Left is how many code points may still be typed; below 0: so many are too many.
func (f *TextField) Left() int { return f.limit - f.length() }

// Most is how many code points can be saved.
func (f *TextField) Most() int { return f.limit }

// Shown is the text on one line.
func (f *TextField) Shown() string { return text.Line(f.area.Value()).String() }
