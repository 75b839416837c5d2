package kit

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// DraftWait is the longest that what was typed stays out of the draft.
const DraftWait = 2 * time.Second

// DraftDueMsg comes back to a form that asked to be reminded of its draft.
type DraftDueMsg struct{ Form string }

// Act is what a form asks its screen to do.
type Act uint8

// The acts.
const (
	ActNone  Act = iota
	ActDraft     // keep the values as a draft, then call DraftKept
	ActSave      // the values are without fault: save them
	ActLeave     // the person wants to leave; what is Dirty belongs into the draft first
)

// Form is fields in an order, of which one has the focus. It does no I/O: the
// screen keeps drafts and saves when an Act says so.
//
// The focus is never held back by a fault. Faults are shown at a field once it
// has been left, and hinder saving only.
type Form struct {
	id     string
	seat   Seat
	fields []*field
	labels int // width of the widest label
	at     int
	top    int // first line that is seen
	seen   int // lines that are seen
	over   *overlay
	tried  bool             // saving was tried, so all faults are shown
	more   bool             // the fields that are asked for only by who asks for more are shown
	rest   map[string]Value // of fields that another shape of the form has
	past   past             // what can be undone

	generation uint64 // grows with each change
	kept       uint64 // the generation that the draft has
	asked      uint64 // the generation that ActDraft was last given for
	waiting    bool   // a DraftDueMsg is on its way
}

type field struct {
	FieldSpec
	Control
	left    bool   // the focus was here and went
	refused string // what the screen found wrong, until the value changes
}

// NewForm makes an empty form; id tells its drafts from those of other forms.
func NewForm(seat Seat, id string, specs []FieldSpec) *Form {
	f := &Form{id: id, seat: seat}
	f.build(specs)
	return f
}

// Reshape gives the form other fields. What was typed stays: in the fields of the
// same name, and for those that are no longer there until a shape has them again.
func (f *Form) Reshape(specs []FieldSpec) tea.Cmd {
	cmd := f.settle()
	focus, values := f.Focused(), f.Kept()
	f.rest, f.over = values, nil
	f.build(specs)
	f.fill(values)
	f.more = f.more || f.moreFilled()
	f.at = 0
	f.Focus(focus)
	if f.generation == 0 {
		return cmd // nothing was typed: there is nothing to keep
	}
	f.generation++
	return tea.Batch(cmd, f.remind())
}

// Update takes any message; those that are not the form's do nothing.
func (f *Form) Update(msg tea.Msg) (Act, tea.Cmd) {
	switch msg := msg.(type) {
	case DraftDueMsg:
		return f.due(msg)
	case foundMsg:
		f.found(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		act, cmd := f.input(msg)
		return act, tea.Batch(cmd, f.Lookup())
	}
	return ActNone, nil
}

func (f *Form) input(msg tea.Msg) (Act, tea.Cmd) {
	if f.over != nil {
		return f.picking(msg)
	}
	if f.nested() != nil {
		return f.replied(f.fields[f.at].Control.(*RowsField).take(msg))
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		b, bound := formKeys.Find(k, true)
		if bound && !(f.open() && slices.Contains(listKeys, b.ID)) {
			return f.act(b.ID)
		}
	}
	if len(f.fields) == 0 {
		return ActNone, nil
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && KeyName(k) == "right" {
		if _, ok := f.proposed(f.fields[f.at]); ok {
			return f.takeHere()
		}
	}
	reply := f.fields[f.at].Control.Update(msg)
	if k, ok := msg.(tea.KeyPressMsg); ok && reply == Ignored {
		return f.walk(KeyName(k))
	}
	return f.replied(reply)
}

// open reports whether the field that has the focus has a list open.
func (f *Form) open() bool { return len(f.fields) > 0 && f.fields[f.at].Open() }

// replied notes a change. The first one after the draft was kept asks for a
// reminder; until that comes, no other is needed.
func (f *Form) replied(r Reply) (Act, tea.Cmd) {
	switch r {
	case Changed:
		return ActNone, f.changed()
	case Next:
		cmd := f.changed()
		act, _ := f.step(1, false)
		return act, cmd
	default:
		return ActNone, nil
	}
}

func (f *Form) changed() tea.Cmd { return f.changedAt(f.at) }

// remind asks to be reminded of the draft, unless that is under way.
func (f *Form) remind() tea.Cmd {
	if f.waiting {
		return nil
	}
	f.waiting = true
	return Wait(DraftWait, DraftDueMsg{Form: f.id})
}

func (f *Form) due(msg DraftDueMsg) (Act, tea.Cmd) {
	if msg.Form != f.id {
		return ActNone, nil
	}
	f.waiting = false
	return f.draft(), nil
}

// draft asks for the draft to be kept if it lacks anything that was not asked
// for already.
func (f *Form) draft() Act {
	if !f.Dirty() || f.asked == f.generation {
		return ActNone
	}
	f.asked = f.generation
	return ActDraft
}

// Dirty reports whether the draft lacks something.
func (f *Form) Dirty() bool { return f.kept != f.generation }

// Generation is the number of the last change. The screen hands it to the
// command that keeps the draft and back to DraftKept or DraftLost.
func (f *Form) Generation() uint64 { return f.generation }

// DraftKept notes that the draft has everything up to a generation.
func (f *Form) DraftKept(generation uint64) { f.kept = max(f.kept, generation) }

// DraftLost notes that a draft could not be kept, and asks to be reminded.
func (f *Form) DraftLost() tea.Cmd {
	f.asked = f.kept
	return f.remind()
}

// Kept are the values for a draft: those too of fields that another shape of the
// form has.
func (f *Form) Kept() map[string]Value {
	values := f.Values()
	for name, v := range f.rest {
		if f.index(name) < 0 {
			values[name] = v
		}
	}
	return values
}

// Values are the values of all fields that hold one.
func (f *Form) Values() map[string]Value {
	values := map[string]Value{}
	for _, field := range f.fields {
		if v := field.Value(); !v.IsEmpty() {
			values[field.Name] = v
		}
	}
	return values
}

// SetValues fills the form, as from a draft; it counts as no change.
func (f *Form) SetValues(values map[string]Value) {
	f.rest = values
	f.fill(values)
	f.more = f.moreFilled()
}

func (f *Form) fill(values map[string]Value) {
	for _, field := range f.fields {
		field.SetValue(values[field.Name])
	}
	f.hold(f.fields...)
}

// Set fills one field; it counts as no change. A name that the form does not
// have is passed over.
func (f *Form) Set(name string, v Value) {
	if i := f.index(name); i >= 0 {
		f.fields[i].SetValue(v)
		f.hold(f.fields[i])
		f.more = f.more || f.moreFilled()
	}
}

// Value is the value of one field.
func (f *Form) Value(name string) Value {
	if i := f.index(name); i >= 0 {
		return f.fields[i].Value()
	}
	return Value{}
}

func (f *Form) index(name string) int {
	for i, field := range f.fields {
		if field.Name == name {
			return i
		}
	}
	return -1
}

// Summary is what the form holds, on one line.
func (f *Form) Summary() string {
	var parts []string
	for _, field := range f.fields {
		if s := field.Shown(); s != "" && field.Type != Secret {
			parts = append(parts, text.Line(s).Short(30).String())
		}
	}
	return strings.Join(parts, "  ")
}

// Where is the number of the field that has the focus, from 1, and of all.
func (f *Form) Where() (at, of int) { return f.at + 1, len(f.fields) }

// Focused is the name of the field that has the focus.
func (f *Form) Focused() string {
	if f.at < len(f.fields) {
		return f.fields[f.at].Name
	}
	return ""
}
