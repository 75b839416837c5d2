package kit

import (
	"strings"

	"casedesk/store/text"
)

// Lines draws the form w cells wide, at most h lines high, scrolled to the
// field that has the focus. While a list of fields to jump to is open, or a
// member of a list is written, that stands in its place.
func (f *Form) Lines(w, h int) []string {
	if Read(w) {
		return f.read(w)
	}
	w = measure(w-2*Gutter) + 2*Gutter
	f.measure()
	if h <= 0 || w <= f.labels+8 {
		return nil
	}
	if f.over != nil {
		title := "  " + Strong.On(Fit(f.over.title, w-Gutter))
		return append([]string{title}, f.over.picker.Lines(w, h-1, true, nil)...)
	}
	if nested := f.nested(); nested != nil {
		title := "  " + Strong.On(Fit(f.fields[f.at].Label, w-Gutter))
		return append([]string{title}, nested.Lines(w, h-1)...)
	}
	var head []string
	if faults := f.Faults(); f.tried && len(faults) > 0 {
		head = []string{Red.On(Fit("! "+f.faultLine(faults), w))}
	}
	f.seen = h - len(head)
	lines, from, to := f.grown(w)
	f.scroll(lines, from, to)
	return append(head, f.window(lines)...)
}

// grown draws the form with the lines that are left over given to long texts.
func (f *Form) grown(w int) (lines []string, from, to int) {
	lines, from, to = f.draw(w)
	left, changed := f.seen-len(lines), false
	var areas []*TextField
	for _, field := range f.fields {
		if area, ok := field.Control.(*TextField); ok {
			areas = append(areas, area)
			left += area.Grown()
		}
	}
	for _, area := range areas {
		n := max(0, min(left, area.Wants(w-f.labels-3)))
		left -= n
		changed = changed || n != area.Grown()
		area.Grow(n)
	}
	if changed {
		return f.draw(w)
	}
	return lines, from, to
}

// Covered reports whether something else stands in the form's place: a member of a
// list that is being written, a list to choose from.
func (f *Form) Covered() bool { return f.nested() != nil || f.over != nil }

func (f *Form) nested() *Form {
	if f.at < len(f.fields) {
		if rows, ok := f.fields[f.at].Control.(*RowsField); ok {
			return rows.nested()
		}
	}
	return nil
}

func (f *Form) faultLine(faults []Fault) string {
	labels := make([]string, len(faults))
	for i, fault := range faults {
		labels[i] = fault.Label
	}
	return f.seat.Say("kit.faults", len(faults), strings.Join(labels, f.seat.Say("kit.comma")))
}

// draw gives all lines of the form, and which of them are the focused field's.
func (f *Form) draw(w int) (lines []string, from, to int) {
	headed := false
	for i, field := range f.fields {
		if f.hidden(i) {
			continue
		}
		if field.More && !headed {
			headed = true
			lines = append(lines, "  "+Section(f.seat.Say("kit.more")))
		}
		if field.Section != "" {
			lines = append(lines, "  "+Section(field.Section))
		}
		if i == f.at {
			from = len(lines)
		}
		lines = append(lines, f.fieldLines(field, w, i == f.at)...)
		if i == f.at {
			to = len(lines)
		}
	}
	return lines, from, to
}

func (f *Form) fieldLines(field *field, w int, focused bool) []string {
	fault := ""
	if _, offered := f.proposed(field); f.tried || field.left && !offered || field.refused != "" {
		fault = f.fault(field) // of one that something is proposed for nothing is said before the save
	}
	indent := f.labels + 3
	var lines []string
	for i, line := range field.Control.Lines(w-indent, focused) {
		lead := strings.Repeat(" ", indent)
		if i == 0 {
			line = f.withProposal(line, field, w-indent, focused)
			lead = f.lead(field, focused, fault != "")
		}
		lines = append(lines, lead+line)
	}
	for _, note := range f.notes(field, focused, fault) {
		for _, line := range note.lines(w - indent) {
			lines = append(lines, strings.Repeat(" ", indent)+line)
		}
	}
	return lines
}

// lead is the signs and the label before a field: ">" has the focus, "!" has a
// fault, "*" is required.
func (f *Form) lead(field *field, focused, faulty bool) string {
	signs := []byte("  ")
	if focused {
		signs[0] = '>'
	}
	switch {
	case faulty:
		signs[1] = '!'
	case field.Required:
		signs[1] = '*'
	}
	label := Fit(field.Label, f.labels)
	if focused {
		label = Strong.On(label)
	}
	return string(signs) + label + " "
}

// note is a sentence below a field, with the sign that it begins with in its ink.
type note struct {
	ink        Ink
	sign, said string
}

// lines are the sentence in at most w cells, however many lines it needs.
func (n note) lines(w int) []string { return Signed(n.ink, n.sign, n.said, w) }

// notes are what stands below a field: what is wrong with it, what looks wrong,
// and while it has the focus what helps to fill it in.
func (f *Form) notes(field *field, focused bool, fault string) []note {
	var notes []note
	add := func(ink Ink, sign, said string) {
		if said != "" {
			notes = append(notes, note{ink, sign, said})
		}
	}
	if over := f.tooLong(field); fault == "" && over != "" {
		fault = over // told at once, for it may be much
	}
	add(Red, "! ", fault)
	if v := field.Value().Text; field.Warn != nil && v != "" && !focused {
		add(Yellow, "? ", field.Warn(v))
	}
	switch c := field.Control.(type) {
	case *RowsField:
		for _, doubt := range c.Doubts() {
			add(Yellow, "? ", doubt)
		}
	case *SelectField:
		if c.unmet != "" {
			add(Yellow, "? ", f.seat.Say("kit.unmet", text.Line(c.unmet).Short(30)))
		}
	}
	if area, ok := field.Control.(*TextField); ok && !focused && area.Below() > 0 {
		add(Plain, "", f.seat.Say("kit.below", area.Below()))
	}
	if !focused {
		return notes
	}
	if choice, ok := field.Control.(*ChoiceField); ok && choice.text {
		add(Yellow, "? ", f.seat.Say("kit.only_choice"))
	}
	if area, ok := field.Control.(*TextField); ok {
		if area.lost > 0 {
			add(Red, "! ", f.seat.Say("kit.lost", area.lost))
		}
		if left := area.Left(); left >= 0 && left < 200 {
			add(Plain, "", f.seat.Say("kit.left", left))
		}
	}
	add(Plain, "", field.Hint)
	return notes
}

// scroll moves the window no more than it must for the focused field to be seen
// whole, or at least its caret.
func (f *Form) scroll(lines []string, from, to int) {
	if to-from > f.seen {
		for i := from; i < to; i++ {
			if strings.Contains(lines[i], Mark) {
				from, to = i, i+1
			}
		}
	}
	if to > f.top+f.seen {
		f.top = to - f.seen
	}
	f.top = max(0, min(f.top, from, len(lines)-f.seen))
}

// window cuts out the lines that are seen; "^" and "v" in the first column say
// that there are more.
func (f *Form) window(lines []string) []string {
	end := min(f.top+f.seen, len(lines))
	seen := append([]string(nil), lines[f.top:end]...)
	if f.top > 0 && strings.HasPrefix(seen[0], " ") {
		seen[0] = "^" + seen[0][1:]
	}
	if last := len(seen) - 1; end < len(lines) && strings.HasPrefix(seen[last], " ") {
		seen[last] = "v" + seen[last][1:]
	}
	return seen
}
