package kit

import tea "charm.land/bubbletea/v2"

// AgainField is a line that may begin with a text from before: what is typed first takes
// its place, and a key that moves the caret keeps it.
type AgainField struct {
	LineField
	before bool // the text from before stands there untouched
}

// Begin puts a text from before into the line.
func (f *AgainField) Begin(s string) {
	f.SetValue(s)
	f.before = f.Value() != ""
}

// SetValue replaces the text by one that stays.
func (f *AgainField) SetValue(s string) {
	f.before = false
	f.LineField.SetValue(s)
}

// Update takes a key or a paste and reports as LineField's does.
func (f *AgainField) Update(msg tea.Msg) (used, changed bool) {
	if !f.before {
		return f.LineField.Update(msg)
	}
	k, _ := msg.(tea.KeyPressMsg)
	_, adds := msg.(tea.PasteMsg)
	switch name := KeyName(k); {
	case adds, printable(k):
		f.SetValue("")
		f.LineField.Update(msg)
		return true, true
	case name == "backspace", name == "delete":
		f.SetValue("")
		return true, true
	}
	used, changed = f.LineField.Update(msg)
	f.before = f.before && !used
	return used, changed
}

// Line draws the field exactly w cells wide; a text that the next sign takes the place of
// is reversed.
func (f *AgainField) Line(w int, focused bool) string {
	if !f.before || !focused || Width(f.Value()) >= w {
		return f.LineField.Line(w, focused)
	}
	return Fit(Chosen.On(f.Value())+Mark, w)
}

// Caret is the place of the caret in the text, in bytes.
func (f *LineField) Caret() int { return f.at }

// SetCaret puts the caret on the first place between two signs from i on.
func (f *LineField) SetCaret(i int) { f.caretFrom(i) }
