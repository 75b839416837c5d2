package kit

import (
	"maps"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Bounds of what is remembered to be undone.
const (
	mostSteps  = 200
	mostBytes  = 512 << 10       // of the texts of all steps
	pasteTime  = time.Second / 2 // between two parts of a paste that an old console sends as keys
	stepSigns  = 12              // what is typed or removed in a row and undone at once, in code points
	pasteSigns = 8               // from so many at once on it is a paste, a step by itself
)

// past is what was changed in a form, or in a line that stands in none, so that it can
// be undone and done again. Typing is undone a word at a time, a choice or a row at once.
// The zero past is ready.
type past struct {
	held         map[string]Value // by field, when it was last looked at
	done, undone []step
	growing      bool // the last step may still take what is typed on
	bytes        int  // of the texts of done
	when         time.Time
}

// step is a change of one field.
type step struct {
	field   string
	was, is Value
	way     way
	at, n   int // where typing goes on, in bytes; code points so far
}

type way uint8

const (
	wayWhole  way = iota // all at once: a choice, a paste
	wayTyped             // signs were typed
	wayErased            // signs were removed
)

// hold notes what a field holds without any change of the person's.
func (p *past) hold(field string, v Value) {
	if p.held == nil {
		p.held = map[string]Value{}
	}
	p.held[field] = v
}

// pause ends the step that grows: what comes next is another one.
func (p *past) pause() { p.growing = false }

// note notes that a field holds something else now. Typed says that it is text, which
// is undone in words; more says that the change goes on, as while a row is written.
func (p *past) note(field string, now Value, typed, more bool, when time.Time) {
	was := p.held[field]
	at := p.when
	p.when = when
	if !same(was, now) {
		s := step{field: field, was: was, is: now}
		if typed {
			s.measure()
		}
		p.hold(field, now)
		p.undone = nil
		if soon := when.Sub(at).Abs() <= pasteTime; !p.grow(s, typed, soon) {
			if soon && p.growing {
				s = p.lead(s)
			}
			p.push(s)
		}
	}
	p.growing = typed || more
}

// grow lets the last step take a change, where both are one to the person.
func (p *past) grow(s step, typed, soon bool) bool {
	if !p.growing || len(p.done) == 0 {
		return false
	}
	last := &p.done[len(p.done)-1]
	if last.field != s.field || typed && !last.takes(s) && !(soon && last.pastedOn(s)) {
		return false
	}
	p.bytes += s.is.size() - last.is.size()
	last.is, last.at, last.n, last.way = s.is, s.at, last.n+s.n, s.way
	if same(last.was, last.is) { // nothing is left of it
		p.drop(len(p.done)-1, len(p.done))
	}
	return true
}

// lead gives a paste that comes as keys its first sign, which was shown at once, back
// from the typing before it.
func (p *past) lead(s step) step {
	if len(p.done) == 0 {
		return s
	}
	last := &p.done[len(p.done)-1]
	from, removed, _ := differ(s.was.Text, s.is.Text)
	if last.field != s.field || last.way != wayTyped || last.n < 2 || s.way != wayWhole || removed != "" || from != last.at {
		return s
	}
	_, n := utf8.DecodeLastRuneInString(s.was.Text[:from])
	before := Value{Text: s.was.Text[:from-n] + s.was.Text[from:]}
	p.bytes += before.size() - last.is.size()
	last.is, s.was = before, before
	return s
}

func (p *past) push(s step) {
	p.done = append(p.done, s)
	p.bytes += s.size()
	for len(p.done) > mostSteps || p.bytes > mostBytes && len(p.done) > 1 {
		p.drop(0, 1)
	}
}

func (p *past) drop(from, to int) {
	for _, s := range p.done[from:to] {
		p.bytes -= s.size()
	}
	p.done = slices.Delete(p.done, from, to)
}

// undo takes the last step back; ok is false where there is none.
func (p *past) undo() (s step, ok bool) {
	if len(p.done) == 0 {
		return s, false
	}
	s = p.done[len(p.done)-1]
	p.drop(len(p.done)-1, len(p.done))
	p.undone = append(p.undone, s)
	p.hold(s.field, s.was)
	p.pause()
	return s, true
}

// redo does what was undone last; ok is false where nothing was.
func (p *past) redo() (s step, ok bool) {
	if len(p.undone) == 0 {
		return s, false
	}
	s = p.undone[len(p.undone)-1]
	p.undone = p.undone[:len(p.undone)-1]
	p.push(s)
	p.hold(s.field, s.is)
	p.pause()
	return s, true
}

func (v Value) size() int {
	n := len(v.Text)
	for _, row := range v.Rows {
		for name, s := range row {
			n += len(name) + len(s)
		}
	}
	return n
}

func (s step) size() int { return s.was.size() + s.is.size() }

func same(a, b Value) bool {
	return a.Text == b.Text && slices.EqualFunc(a.Rows, b.Rows, maps.Equal[map[string]string, map[string]string])
}

// differ are the parts of two texts that are not the same, and where they begin.
func differ(a, b string) (from int, removed, added string) {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	for from > 0 && from < len(a) && !utf8.RuneStart(a[from]) || from > 0 && from < len(b) && !utf8.RuneStart(b[from]) {
		from--
	}
	a, b = a[from:], b[from:]
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && (!utf8.RuneStart(a[len(a)-n]) || !utf8.RuneStart(b[len(b)-n])) {
		n--
	}
	return from, a[:len(a)-n], b[:len(b)-n]
}

// measure works out how a text became another one.
func (s *step) measure() {
	from, removed, added := differ(s.was.Text, s.is.Text)
	gone, come := utf8.RuneCountInString(removed), utf8.RuneCountInString(added)
	switch {
	case come >= pasteSigns || gone >= pasteSigns:
		s.at = from + len(added)
	case gone == 0:
		s.way, s.at, s.n = wayTyped, from+len(added), come
	case come == 0:
		s.way, s.at, s.n = wayErased, from, gone
	}
}

// takes reports whether typing goes on with the step: at the place where it stopped, in
// the same word, and not for too long.
func (s step) takes(next step) bool {
	from, removed, added := differ(next.was.Text, next.is.Text)
	if s.way != next.way || s.n+next.n > stepSigns {
		return false
	}
	switch s.way {
	case wayTyped:
		last, _ := utf8.DecodeLastRuneInString(next.was.Text[:from])
		first, _ := utf8.DecodeRuneInString(added)
		return from == s.at && (!parts(last) || parts(first))
	case wayErased:
		return from == s.at || from+len(removed) == s.at
	}
	return false
}

// pastedOn reports whether the next step brings more of a paste: of one that comes as keys
// the first sign is shown at once, and the others as they come.
func (s step) pastedOn(next step) bool {
	from, removed, _ := differ(next.was.Text, next.is.Text)
	return removed == "" && from == s.at && (s.way == wayTyped && s.n == 1 || s.way == wayWhole) && next.way != wayErased
}

// parts reports whether a sign parts words or sentences.
func parts(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }

// placed is a field whose caret can be put behind the first n bytes of its text.
type placed interface{ place(n int) }

// changedAt notes that field i holds something else.
func (f *Form) changedAt(i int) tea.Cmd {
	field := f.fields[i]
	f.generation++
	field.refused = ""
	f.remember(i)
	return f.remind()
}

// remember notes a change for being undone; secrets are never kept.
func (f *Form) remember(i int) {
	field := f.fields[i]
	if field.Type == Secret {
		return
	}
	var now time.Time
	if f.seat.Now != nil {
		now = f.seat.Now()
	}
	typed, more := false, false
	switch field.Control.(type) {
	case *InputField, *TextField:
		typed = true
	case *DateField, *NumberField, *MoneyField: // one thing, however it is typed
		more = true
	default:
		more = i == f.at && f.nested() != nil
	}
	f.past.note(field.Name, field.Value(), typed, more, now)
}

// hold notes what the fields hold that nobody changed by hand.
func (f *Form) hold(fields ...*field) {
	for _, field := range fields {
		if field.Type != Secret {
			f.past.hold(field.Name, field.Value())
		}
	}
	f.past.pause()
}

// again puts a field back to what it held, and goes there.
func (f *Form) again(s step, v Value) (Act, tea.Cmd) {
	i := f.index(s.field)
	if i < 0 { // of another shape of the form
		if f.rest != nil {
			f.rest[s.field] = v
		}
		return ActNone, nil
	}
	field := f.fields[i]
	was := field.Value()
	field.SetValue(v)
	if caret, ok := field.Control.(placed); ok {
		from, _, added := differ(was.Text, v.Text)
		caret.place(from + len(added))
	}
	field.refused = ""
	f.generation++
	f.show(i)
	return ActNone, f.remind()
}

// undo takes back what was changed last, wherever that was.
func (f *Form) undo() (Act, tea.Cmd) {
	cmd := f.settle()
	s, ok := f.past.undo()
	if !ok {
		return ActNone, cmd
	}
	act, next := f.again(s, s.was)
	return act, tea.Batch(cmd, next)
}

// redo does again what was undone last.
func (f *Form) redo() (Act, tea.Cmd) {
	s, ok := f.past.redo()
	if !ok {
		return ActNone, nil
	}
	return f.again(s, s.is)
}

func (f *Form) noUndo() string {
	if len(f.past.done) == 0 {
		return f.seat.Say("kit.no_undo")
	}
	return ""
}

func (f *Form) noRedo() string {
	if len(f.past.undone) == 0 {
		return f.seat.Say("kit.no_redo")
	}
	return ""
}

// undoing takes the line's own steps back or does them again. A form that the line stands
// in takes these keys before it, with the steps of all its fields.
func (f *LineField) undoing(key string) bool {
	if f.Secret {
		return false
	}
	var s step
	var v Value
	ok := false
	switch key {
	case "ctrl+z":
		s, ok = f.past.undo()
		v = s.was
	case "ctrl+y":
		s, ok = f.past.redo()
		v = s.is
	default:
		return false
	}
	if ok {
		from, _, added := differ(f.value, v.Text)
		f.value, f.from = v.Text, 0
		f.place(from + len(added))
	}
	return true
}
