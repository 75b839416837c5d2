package kit

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// RowsField is a list of members, such as the parties of a case: a line each,
// and a form of its own for the one that is being written. That form takes the
// place of the whole; what is written there is in the list at once.
type RowsField struct {
	seat     Seat
	spec     FieldSpec
	rows     []map[string]string
	shown    []string          // a line for each row
	at       int               // len(rows) is the line that adds one
	writing  *Form             // for the row at
	proposed map[string]string // what that form was opened with; nil: nothing
	doomed   bool              // Delete was pressed once
}

// NewRowsField makes an empty list whose members have the fields of spec.Row.
func NewRowsField(seat Seat, spec FieldSpec) *RowsField {
	return &RowsField{seat: seat, spec: spec}
}

// Update takes a key while no row is being written.
func (f *RowsField) Update(msg tea.Msg) Reply {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return Used
	}
	name, doomed := KeyName(k), f.doomed
	f.doomed = false
	switch {
	case name == "up" && f.at > 0:
		f.at--
	case name == "down" && f.at < len(f.rows):
		f.at++
	case name == "enter", name == "space":
		f.write()
		return Changed
	case name == "delete" || name == "backspace" || name == "ctrl+d":
		if f.at == len(f.rows) {
			return Used
		}
		if !doomed {
			f.doomed = true
			return Used
		}
		f.rows = slices.Delete(f.rows, f.at, f.at+1)
		f.draw()
		return Changed
	case printable(k):
	default:
		return Ignored
	}
	return Used
}

// write opens the form for the row under the cursor, adding a row where that is
// the last line.
func (f *RowsField) write() {
	f.proposed = nil
	if f.at == len(f.rows) {
		if f.spec.First != nil {
			f.proposed = f.spec.First(f.rows)
		}
		f.rows = append(f.rows, map[string]string{})
		f.draw()
	}
	f.writing = f.form(f.rows[f.at])
	for name, value := range f.proposed {
		f.writing.Set(name, Value{Text: value})
	}
	switch {
	case len(f.rows[f.at]) > 0:
		f.writing.focusFault(0)
	case f.proposed != nil:
		f.writing.FocusEmpty() // what is proposed is mostly right
	}
}

// toFault puts the cursor on the first row with something wrong; Enter opens it there.
func (f *RowsField) toFault() {
	for i, row := range f.rows {
		if len(f.form(row).Faults()) > 0 {
			f.at = i
			return
		}
	}
}

func (f *RowsField) form(row map[string]string) *Form {
	form := NewForm(f.seat, f.spec.Name, f.spec.Row)
	for name, value := range row {
		form.Set(name, Value{Text: value})
	}
	return form
}

// nested is the form of the row being written, or nil.
func (f *RowsField) nested() *Form { return f.writing }

// take gives a message to the nested form and copies what was written. Saving
// and leaving both come back to the list, with nothing lost; a row in which
// nothing was written goes.
func (f *RowsField) take(msg tea.Msg) Reply {
	before := f.writing.Generation()
	act, _ := f.writing.Update(msg)
	changed := f.writing.Generation() != before
	if changed {
		f.copy()
	}
	if act == ActSave || act == ActLeave {
		if len(f.rows[f.at]) == 0 {
			f.rows = slices.Delete(f.rows, f.at, f.at+1)
			f.draw()
		} else if act == ActSave {
			f.at++
		}
		f.writing, changed = nil, true
	}
	return reply(true, changed)
}

func (f *RowsField) copy() {
	row := map[string]string{}
	for name, v := range f.writing.Values() {
		if !v.IsEmpty() {
			row[name] = v.Text
		}
	}
	if maps.Equal(row, f.proposed) {
		row = map[string]string{} // nothing was written
	}
	f.rows[f.at] = row
	f.draw()
}

// draw works out the lines of all rows.
func (f *RowsField) draw() {
	f.shown = f.shown[:0]
	for _, row := range f.rows {
		f.shown = append(f.shown, f.form(row).Summary())
	}
}

// Lines draws a line for each row and one to add.
func (f *RowsField) Lines(w int, focused bool) []string {
	lines := make([]string, 0, len(f.rows)+1)
	for i := range len(f.rows) + 1 {
		line := "+ " + f.seat.Say("kit.row_add")
		if i < len(f.rows) {
			line = f.shown[i]
		}
		switch {
		case !focused || i != f.at:
			line = Fit("  "+line, w)
		case f.doomed:
			line = Mark + Chosen.On(Fit("> "+f.seat.Say("kit.remove_again")+"  "+line, w))
		default:
			line = Mark + Chosen.On(Fit("> "+line, w))
		}
		lines = append(lines, line)
	}
	return lines
}

// Value is a copy of the rows.
func (f *RowsField) Value() Value {
	var rows []map[string]string
	for _, r := range f.rows {
		rows = append(rows, maps.Clone(r))
	}
	return Value{Rows: rows}
}

// SetValue replaces the rows.
func (f *RowsField) SetValue(v Value) {
	f.rows, f.at, f.writing, f.doomed = nil, 0, nil, false
	for _, r := range v.Rows {
		f.rows = append(f.rows, maps.Clone(r))
	}
	f.draw()
}

// Shown is the rows on one line.
func (f *RowsField) Shown() string { return strings.Join(f.shown, "; ") }

// Fault is the first thing wrong with any row.
func (f *RowsField) Fault() string {
	for i, row := range f.rows {
		if faults := f.form(row).Faults(); len(faults) > 0 {
			return f.seat.Say("kit.row_fault", i+1, faults[0].Label, faults[0].Sentence)
		}
	}
	return ""
}

// Doubts are what looks wrong with the rows, a sentence each.
func (f *RowsField) Doubts() []string {
	var doubts []string
	for i, row := range f.rows {
		for _, field := range f.form(row).fields {
			v := field.Value().Text
			if field.Warn == nil || v == "" {
				continue
			}
			if said := field.Warn(v); said != "" {
				doubts = append(doubts, f.seat.Say("kit.row_fault", i+1, field.Label, said))
			}
		}
	}
	return doubts
}

// Open is false: the nested form stands in place of the whole form.
func (f *RowsField) Open() bool { return false }

// Leave forgets a half-meant removal.
func (f *RowsField) Leave() bool {
	f.doomed = false
	return false
}
