package kit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// Option is a row to choose: a code with its name and the names above it. People read
// the names; a code that they know by heart belongs into the label.
type Option struct {
	Code  string
	Label text.Text
	Path  text.Text // the names above, "县 / 镇"; may be empty
	Far   bool      // stands behind all that are not, however well it matches, but for its whole name

	name, near, far string // search keys: of the label, of the code too, of the path too
}

// NewOption makes an option that can be found by its name and the names above
// it, in characters, pinyin and initials, and by its code.
func NewOption(code string, label, path text.Text) Option {
	name := text.Keys(label.String())
	near := text.Keys(code) + "\n" + name
	return Option{Code: code, Label: label, Path: path, name: name, near: near, far: near + "\n" + text.Keys(path.String())}
}

// Full is the name with those above it.
func (o Option) Full() string {
	if o.Path.IsEmpty() {
		return o.Label.String()
	}
	return o.Path.String() + " / " + o.Label.String()
}

// Picker is a list of options with a line above it that is typed into to make
// the list shorter.
type Picker struct {
	seat    Seat
	options []Option
	filter  LineField
	found   []int
	list    List
	given   bool // the options are what was found already
	widest  int  // width of the widest name
}

// NewPicker makes a picker with the cursor on the option of the code given, or
// on the first.
func NewPicker(seat Seat, options []Option, code string) *Picker {
	p := &Picker{seat: seat, filter: LineField{Limit: 40}}
	p.show(options)
	for i, at := range p.found {
		if options[at].Code == code {
			p.list.Select(i)
		}
	}
	return p
}

// Update takes arrows and page keys for the list, all else for the filter.
func (p *Picker) Update(msg tea.Msg) Reply {
	if p.list.Update(msg) {
		return Used
	}
	used, changed := p.filter.Update(msg)
	if changed {
		p.search()
	}
	return reply(used, false)
}

// Below is how many of the options found are below those that were drawn last.
func (p *Picker) Below() int { return p.list.Below() }

// Again empties the line and keeps the cursor on its option: what is typed next begins anew.
func (p *Picker) Again() {
	o, ok := p.Option()
	p.filter.SetValue("")
	p.search()
	for i, at := range p.found {
		if ok && p.options[at].Code == o.Code {
			p.list.Select(i)
		}
	}
}

// Typed is what was typed.
func (p *Picker) Typed() string { return strings.TrimSpace(p.filter.Value()) }

// show replaces the options.
func (p *Picker) show(options []Option) {
	p.options, p.widest = options, 0
	for _, o := range options {
		p.widest = max(p.widest, Width(o.Label.String()))
	}
	p.search()
}

// Filtered reports whether something was typed.
func (p *Picker) Filtered() bool { return p.filter.Value() != "" }

// Option is the one under the cursor; ok is false where none matches.
func (p *Picker) Option() (o Option, ok bool) {
	if i := p.list.Cursor(); i >= 0 {
		return p.options[p.found[i]], true
	}
	return Option{}, false
}

// search finds the options for what was typed: the one of exactly that code first,
// then those of which it spells the whole name, the name's beginning, something in name
// or code, then those that are far, those that stand below a name that matches, and where there is
// nothing of all that those that it may be short for.
// Among equals the order of the options stays: what was used last comes first in it.
func (p *Picker) search() {
	typed := p.Typed()
	query, code := text.NewQuery(typed), text.Fold(typed)
	const (
		exact = iota
		whole // and then by text.Rank: its beginning, inside of it
		_
		_
		far
		below
		all
	)
	var ranked [all][]int
	for i, o := range p.options {
		at := below
		switch {
		case p.given || query.IsEmpty() || text.Fold(o.Code) == code:
			at = exact
		case query.Match(o.near):
			at = whole + int(query.Rank(o.name))
			if o.Far && at > whole {
				at = far
			}
		case !query.Match(o.far):
			continue
		}
		ranked[at] = append(ranked[at], i)
	}
	p.found = slices.Concat(ranked[:]...)
	if len(p.found) == 0 {
		for i, o := range p.options {
			if text.Shortens(typed, o.name) {
				p.found = append(p.found, i)
			}
		}
	}
	p.list.SetLen(len(p.found))
	p.list.Select(0)
}

// Lines draws the picker w cells wide and at most h lines high, with the caret
// in the filter where focused. Sign gives each option a sign before its name.
func (p *Picker) Lines(w, h int, focused bool, sign func(Option) string) []string {
	if Read(w) {
		return p.read(w, named)
	}
	label := "  " + p.seat.Say("kit.filter") + " "
	lines := []string{Fit(label, w)}
	if room := w - Width(label); room > 2 {
		lines[0] = label + p.filter.boxed(min(room, 40), focused)
	}
	if len(p.found) == 0 {
		return append(lines, Fit("  "+p.seat.Say("kit.none_match"), w))
	}
	p.list.SetHeight(min(h-1, len(p.found)))
	return append(lines, p.list.Lines(w, false, func(i, w int) string {
		return p.row(p.options[p.found[i]], w, sign)
	})...)
}

func (p *Picker) row(o Option, w int, sign func(Option) string) string {
	row := o.Label.String()
	if sign != nil {
		row = sign(o) + row
	}
	if left := w/2 - 1; !o.Path.IsEmpty() && Width(row) <= left {
		row = Fit(row, min(left, p.widest+6)) + " " + o.Path.String()
	}
	return text.Line(row).Pad(w).String()
}
