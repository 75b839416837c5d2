package kit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// pickerRows is how many lines an open list takes within a form.
const pickerRows = 9

// SelectField chooses one option, or several, out of many. Typing opens the
// list and makes it shorter; Enter takes the one under the cursor; Tab takes it
// too once something was typed. Of at most nine, a digit takes the nth.
type SelectField struct {
	seat    Seat
	options []Option
	many    bool
	chosen  []string
	picker  *Picker
	touched bool                        // an option was taken since the list opened
	lookup  func(typed string) []Option // finds the options; nil: they are all there
	asked   string                      // what the last lookup was for
	unmet   string                      // what was typed when the list closed and no option matched
}

// NewSelectField makes a field for one code of the options.
func NewSelectField(seat Seat, options []Option) *SelectField {
	return &SelectField{seat: seat, options: options}
}

// NewMultiSelect makes a field for several codes; the space bar takes one and
// gives it back.
func NewMultiSelect(seat Seat, options []Option) *SelectField {
	return &SelectField{seat: seat, options: options, many: true}
}

// NewFindField makes a field for one code of options that are looked up while
// they are typed for.
func NewFindField(seat Seat, lookup func(string) []Option) *SelectField {
	return &SelectField{seat: seat, lookup: lookup, asked: "-"}
}

// wants is what to look up now; ok is false where nothing is, or it was asked for.
func (f *SelectField) wants() (typed string, ok bool) {
	switch {
	case f.lookup == nil:
		return "", false
	case f.picker != nil:
		typed = f.picker.Typed()
	case len(f.chosen) > 0:
		typed = f.chosen[0]
		if _, known := f.find(typed); known {
			return "", false
		}
	default:
		return "", false
	}
	ok = typed != f.asked
	f.asked = typed
	return typed, ok
}

// found takes what a lookup found, unless it was asked for something else since.
// What is chosen stays known.
func (f *SelectField) found(typed string, options []Option) {
	if typed != f.asked {
		return
	}
	for _, code := range f.chosen {
		if o, ok := f.find(code); ok && !slices.ContainsFunc(options, func(n Option) bool { return n.Code == code }) {
			options = append(options, o)
		}
	}
	f.options = options
	if f.picker != nil {
		f.picker.show(options)
	}
}

// Update takes a key or a paste.
func (f *SelectField) Update(msg tea.Msg) Reply {
	name := ""
	if k, ok := msg.(tea.KeyPressMsg); ok {
		name = KeyName(k)
		if printable(k) && !f.Open() && f.digit(name) {
			return Changed
		}
	}
	if f.Open() {
		return f.pick(msg, name)
	}
	switch name {
	case "enter", "space":
		f.open()
		return Used
	case "backspace", "delete":
		had := len(f.chosen) > 0
		f.chosen, f.unmet = nil, ""
		return reply(true, had)
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && !printable(k) {
		return Ignored
	}
	f.open()
	return f.picker.Update(msg)
}

func (f *SelectField) open() {
	code := ""
	if len(f.chosen) > 0 {
		code = f.chosen[0]
	}
	f.picker, f.touched, f.unmet = NewPicker(f.seat, f.options, code), false, ""
	f.picker.given = f.lookup != nil
	f.asked = "-"
}

func (f *SelectField) pick(msg tea.Msg, name string) Reply {
	switch {
	case name == "esc":
		f.picker = nil
		return Used
	case name == "enter" && f.missed() != "":
		return Used // the words stay, above the line that says that nothing matches
	case name == "enter":
		if !f.many || !f.touched {
			f.take()
		}
		f.picker = nil
		return Next
	case name == "space" && f.many:
		return reply(true, f.take())
	}
	f.picker.Update(msg) // what it does not use is nobody else's while it is open
	return Used
}

// take chooses the option under the cursor; of several, it gives back one that
// is chosen already.
func (f *SelectField) take() bool {
	o, ok := f.picker.Option()
	if !ok {
		return false
	}
	f.touched = true
	return f.toggle(o.Code)
}

// missed is what was typed in the open list while no option matches it.
func (f *SelectField) missed() string {
	if _, ok := f.picker.Option(); ok {
		return ""
	}
	return f.picker.Typed()
}

func (f *SelectField) toggle(code string) bool {
	f.unmet = ""
	at := slices.Index(f.chosen, code)
	switch {
	case !f.many:
		f.chosen = []string{code}
		return at < 0
	case at >= 0:
		f.chosen = slices.Delete(f.chosen, at, at+1)
	default:
		f.chosen = append(f.chosen, code)
	}
	return true
}

func (f *SelectField) digit(name string) bool {
	if f.lookup != nil || len(f.options) > 9 || len(name) != 1 || name[0] < '1' || int(name[0]-'0') > len(f.options) {
		return false
	}
	return f.toggle(f.options[name[0]-'1'].Code)
}

// Lines draws what is chosen, and the list below it while it is open.
func (f *SelectField) Lines(w int, focused bool) []string {
	if f.Open() {
		lines := f.picker.Lines(w-2, pickerRows, focused, f.sign)
		for i := range lines {
			lines[i] = "| " + lines[i]
		}
		return append([]string{Fit("["+Fit(f.Shown(), w-2)+"]", w)}, lines...)
	}
	mark, shown := "", f.Shown()
	if focused {
		mark = Mark
	}
	if shown == "" && focused {
		key := "kit.choose"
		if f.many {
			key = "kit.choose_many"
		}
		shown = Quiet.On(Fit(f.seat.Say(key), w-2))
	}
	return []string{"[" + mark + Fit(shown, w-2) + "]"}
}

func (f *SelectField) sign(o Option) string {
	switch {
	case !f.many:
		return ""
	case slices.Contains(f.chosen, o.Code):
		return "[x] "
	default:
		return "[ ] "
	}
}

// Value is the code, or the codes parted by commas.
func (f *SelectField) Value() Value { return Value{Text: strings.Join(f.chosen, ",")} }

// SetValue chooses the codes given, those too that no option has.
func (f *SelectField) SetValue(v Value) {
	f.chosen, f.picker, f.unmet = nil, nil, ""
	if v.Text != "" {
		f.chosen = strings.Split(v.Text, ",")
	}
	if !f.many && len(f.chosen) > 1 {
		f.chosen = f.chosen[:1]
	}
}

// Shown is the full name of what is chosen; of several, their own names. A code
// that no option has may be anybody's text.
func (f *SelectField) Shown() string {
	names := make([]string, len(f.chosen))
	for i, code := range f.chosen {
		names[i] = text.Line(code).String()
		if o, ok := f.find(code); ok && f.many {
			names[i] = o.Label.String()
		} else if ok {
			names[i] = o.Full()
		}
	}
	return strings.Join(names, f.seat.Say("kit.comma"))
}

func (f *SelectField) find(code string) (Option, bool) {
	i := slices.IndexFunc(f.options, func(o Option) bool { return o.Code == code })
	if i < 0 {
		return Option{}, false
	}
	return f.options[i], true
}

// Fault says that a code is none of the options, as after a newer catalogue.
func (f *SelectField) Fault() string {
	if f.lookup != nil {
		return ""
	}
	for _, code := range f.chosen {
		if _, ok := f.find(code); !ok {
			return f.seat.Say("fault.bad_choice")
		}
	}
	return ""
}

// Open reports whether the list is open.
func (f *SelectField) Open() bool { return f.picker != nil }

// Leave closes the list; what was typed for and not yet taken is taken. Words that
// no option matches are kept to be told.
func (f *SelectField) Leave() bool {
	if f.picker == nil {
		return false
	}
	f.unmet = f.missed()
	changed := f.picker.Filtered() && !f.touched && f.take()
	f.picker = nil
	return changed
}
