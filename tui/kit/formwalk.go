package kit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// The actions of a form's own keys.
const (
	formSave  = "save"
	formNext  = "next"
	formPrev  = "prev"
	formJump  = "jump"
	formMore  = "more"
	formWords = "phrases"
	formFault = "fault"
	formLeave = "leave"
	formUndo  = "undo"
	formRedo  = "redo"
	formTake  = "take"
)

// listKeys are the keys that a list which is open in a field takes before the form.
var listKeys = []string{formLeave, formUndo, formRedo}

// formKeys are the same for every form; screens add theirs.
var formKeys = Table{
	{ID: formSave, Keys: []string{"f2", "ctrl+s"}, Help: "key.save"},
	{ID: formTake, Keys: []string{"ctrl+t"}, Help: "key.take_proposal"},
	{ID: formNext, Keys: []string{"tab"}, Help: "key.next_field"},
	{ID: formPrev, Keys: []string{"shift+tab"}, Help: "key.prev_field", Rare: true},
	{ID: formJump, Keys: []string{"f4", "ctrl+g"}, Help: "key.jump_field"},
	{ID: formMore, Keys: []string{"f9"}, Help: "key.more"},
	{ID: formWords, Keys: []string{"f7"}, Help: "key.phrases"},
	{ID: formFault, Keys: []string{"f8"}, Help: "key.next_fault", Rare: true},
	{ID: formLeave, Keys: []string{"esc"}, Help: "key.leave"},
	{ID: formUndo, Keys: []string{"ctrl+z"}, Help: "key.undo", Rare: true},
	{ID: formRedo, Keys: []string{"ctrl+y"}, Help: "key.redo", Rare: true},
}

// overKeys work the list that stands in the form's place.
var overKeys = Table{
	{ID: "choose", Keys: []string{"enter", "tab"}, Help: "key.choose"},
	{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
	{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move"},
}

// Keys are the form's own keys as they work just now, and those of the field that
// has the focus. A form is always being typed into, so none of its screen's
// bindings is a bare letter while it is shown.
func (f *Form) Keys() Table {
	if f.over != nil {
		return slices.Clone(overKeys)
	}
	keys := slices.Clone(formKeys)
	nested := f.nested()
	if nested == nil {
		return append(f.fieldKeys(), f.now(keys)...)
	}
	if nested.over != nil {
		return slices.Clone(overKeys)
	}
	keys = nested.now(keys)
	for i, b := range keys {
		if b.ID == formSave {
			keys[i].Help = "key.done" // a member is done, the form is not yet saved
		}
	}
	return append(nested.fieldKeys(), keys...)
}

// now leaves out the keys that have nothing to do in the form as it is.
func (f *Form) now(keys Table) Table {
	_, phrases := f.phrased()
	for i, b := range keys {
		switch b.ID {
		case formUndo:
			keys[i].Off = f.noUndo
		case formRedo:
			keys[i].Off = f.noRedo
		case formTake:
			keys[i].Off = f.noProposal
		case formFault:
			keys[i].Off = f.noFault
		}
	}
	return slices.DeleteFunc(keys, func(b Binding) bool {
		walks := b.ID == formNext || b.ID == formPrev || b.ID == formJump
		undoes := b.ID == formUndo || b.ID == formRedo // what was typed into the list that is open
		offers := slices.ContainsFunc(f.fields, func(field *field) bool { return field.Propose != nil })
		return b.ID == formMore && !f.hasMore() || b.ID == formTake && !offers || b.ID == formWords && len(phrases) == 0 ||
			walks && len(f.visible()) < 2 || undoes && f.open() || b.ID == formFault && len(f.fields) == 0
	})
}

func (f *Form) noFault() string {
	if !slices.ContainsFunc(f.fields, func(field *field) bool { return f.fault(field) != "" }) {
		return f.seat.Say("kit.no_fault")
	}
	return ""
}

// fieldKeys are those that the field with the focus takes itself.
func (f *Form) fieldKeys() Table {
	if f.at >= len(f.fields) {
		return nil
	}
	switch field := f.fields[f.at].Control.(type) {
	case *RowsField:
		keys := Table{{ID: "row", Keys: []string{"enter", "space"}, Help: "key.row_open"}}
		if field.at < len(field.rows) {
			keys = append(keys, Binding{ID: "remove", Keys: []string{"delete"}, Help: "key.row_remove"})
		}
		return keys
	case *SelectField:
		return Table{{ID: "list", Keys: []string{"enter"}, Help: "key.open_list", Rare: true}}
	case *ChoiceField:
		return Table{{ID: "choice", Keys: []string{"space", "right", "left"}, Help: "key.choose_digit", Rare: true}}
	case *moreField:
		return Table{{ID: "open_more", Keys: []string{"enter", "space"}, Help: "key.more"}}
	case *DateField:
		return Table{{ID: "day", Keys: []string{"ctrl+up", "ctrl+down"}, Help: "key.day", Rare: true}}
	}
	return nil
}

// KeysWith is Keys with other words for what saving does here.
func (f *Form) KeysWith(saving string) Table {
	keys := slices.Clone(f.Keys())
	for i, b := range keys {
		if b.ID == formSave && f.nested() == nil {
			keys[i].Help = saving
		}
	}
	return keys
}

func (f *Form) act(id string) (Act, tea.Cmd) {
	n := len(f.fields)
	switch {
	case id == formSave:
		return f.save()
	case id == formLeave:
		return ActLeave, f.settle()
	case n == 0:
	case id == formUndo:
		return f.undo()
	case id == formRedo:
		return f.redo()
	case id == formTake:
		return f.takeAll()
	case id == formNext:
		return f.step(1, true)
	case id == formPrev:
		return f.step(-1, true)
	case id == formMore:
		return f.openMore()
	case id == formWords:
		f.openPhrases()
	case id == formFault:
		return f.focusFault(f.at + 1)
	case id == formJump:
		cmd := f.settle()
		f.openJump()
		return ActNone, cmd
	}
	return ActNone, nil
}

// walk goes to another field by a key that the field itself has no use for.
func (f *Form) walk(key string) (Act, tea.Cmd) {
	const page = 5
	if _, row := f.fields[f.at].Control.(*moreField); row && (key == "enter" || key == "space") {
		return f.openMore()
	}
	switch key {
	case "up":
		return f.step(-1, false)
	case "down", "enter":
		return f.step(1, false)
	case "pgup":
		return f.step(-page, false)
	case "pgdown":
		return f.step(page, false)
	case "ctrl+home":
		return f.step(-len(f.fields), false)
	case "ctrl+end":
		return f.step(len(f.fields), false)
	}
	return ActNone, nil
}

// step goes so many of the fields in sight on, round or up to the last.
func (f *Form) step(by int, round bool) (Act, tea.Cmd) {
	seen := f.visible()
	at := slices.Index(seen, f.at) + by
	if n := len(seen); round {
		at = (at + n) % n
	} else {
		at = max(0, min(at, n-1))
	}
	return f.focus(seen[at])
}

// FocusEmpty goes to the first field in sight that holds nothing, where there is
// one: the others were filled in already.
func (f *Form) FocusEmpty() {
	for _, i := range f.visible() {
		if _, row := f.fields[i].Control.(*moreField); !row && f.fields[i].Value().IsEmpty() {
			f.at = i
			return
		}
	}
}

// Focus goes to the field of a name.
func (f *Form) Focus(name string) {
	if i := f.index(name); i >= 0 {
		f.show(i)
	}
}

// show puts the focus on field i, opening the part that it is in.
func (f *Form) show(i int) {
	f.at = i
	f.more = f.more || f.fields[i].More
}

// focus goes to field i.
func (f *Form) focus(i int) (Act, tea.Cmd) {
	cmd := f.settle()
	f.show(i)
	return f.draft(), cmd
}

// settle lets the field that has the focus finish.
func (f *Form) settle() tea.Cmd {
	if len(f.fields) == 0 {
		return nil
	}
	current := f.fields[f.at]
	current.left = true
	defer f.past.pause()
	if current.Leave() {
		return f.changed()
	}
	return nil
}

func (f *Form) save() (Act, tea.Cmd) {
	cmd := f.settle()
	f.tried = true
	if len(f.Faults()) == 0 {
		return ActSave, cmd
	}
	act, _ := f.focusFault(0)
	return act, cmd
}

// focusFault goes to the first field with a fault from field i on, or round.
func (f *Form) focusFault(i int) (Act, tea.Cmd) {
	n := len(f.fields)
	for k := range n {
		if at := (i + k) % n; f.fault(f.fields[at]) != "" {
			f.tried = true
			act, cmd := f.focus(at)
			if rows, ok := f.fields[at].Control.(*RowsField); ok {
				rows.toFault()
			}
			return act, cmd
		}
	}
	return ActNone, nil
}

// Fault is one thing wrong with one field.
type Fault struct {
	Name     string // the field's name
	Label    string
	Sentence string
}

// Faults are what hinders saving, in the order of the fields.
func (f *Form) Faults() []Fault {
	var faults []Fault
	for _, field := range f.fields {
		if s := f.fault(field); s != "" {
			faults = append(faults, Fault{Name: field.Name, Label: field.Label, Sentence: s})
		}
	}
	return faults
}

func (f *Form) fault(field *field) string {
	if field.refused != "" {
		return field.refused
	}
	if s := field.Fault(); s != "" {
		return s
	}
	if s := f.tooLong(field); s != "" {
		return s
	}
	if v := field.Value(); field.Required && len(v.Rows) == 0 && strings.TrimSpace(v.Text) == "" {
		return f.seat.Say("fault.required")
	}
	return ""
}

// tooLong says by how much a text is too long to be saved.
func (f *Form) tooLong(field *field) string {
	text, ok := field.Control.(interface {
		Left() int
		Most() int
	})
	if !ok || text.Left() >= 0 {
		return ""
	}
	return f.seat.Say("kit.over", text.Most(), -text.Left())
}

// Refuse shows what was found wrong outside the form, until each value changes,
// and goes to the first of it. A fault in a list ("parties[1].phone") is shown
// at the list. It returns the faults for which the form has no field.
func (f *Form) Refuse(faults []Fault) []Fault {
	var rest []Fault
	first := len(f.fields)
	for _, fault := range faults {
		name, _, _ := strings.Cut(fault.Name, "[")
		i := f.index(name)
		if i < 0 {
			rest = append(rest, fault)
			continue
		}
		f.fields[i].refused = fault.Sentence
		first = min(first, i)
	}
	if first < len(f.fields) {
		f.tried = true
		f.show(first)
	}
	return slices.Clip(rest)
}
