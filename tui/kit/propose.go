package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Proposal is what a field that is empty could hold. It stands in the field's place as a
// sentence and is no value: the person takes it by a key, or types.
type Proposal struct {
	Value string
	Said  string // what is proposed and why, in a few words
}

// proposed is what is proposed for a field as the form stands; ok is false where nothing is.
func (f *Form) proposed(field *field) (p Proposal, ok bool) {
	if field.Propose == nil || field.Open() || !field.Value().IsEmpty() {
		return p, false
	}
	p = field.Propose()
	return p, p.Value != ""
}

// take fills a field with what is proposed for it.
func (f *Form) take(i int) tea.Cmd {
	p, ok := f.proposed(f.fields[i])
	if !ok {
		return nil
	}
	f.past.pause()
	f.fields[i].SetValue(Value{Text: p.Value})
	cmd := f.changedAt(i)
	f.past.pause()
	return cmd
}

// takeHere takes what is proposed for the field that has the focus. A text stays in
// reach, to be changed; from anything else the focus goes on.
func (f *Form) takeHere() (Act, tea.Cmd) {
	cmd := f.take(f.at)
	switch f.fields[f.at].Control.(type) {
	case *InputField, *TextField:
		return ActNone, cmd
	}
	act, next := f.step(1, false)
	return act, tea.Batch(cmd, next)
}

// takeAll takes what is proposed for the field that has the focus and for those that
// must be filled in, in their order: what is proposed for one may rest on one before.
func (f *Form) takeAll() (Act, tea.Cmd) {
	var cmds []tea.Cmd
	for i, field := range f.fields {
		if field.Required || i == f.at {
			cmds = append(cmds, f.take(i))
		}
	}
	return ActNone, tea.Batch(cmds...)
}

// noProposal says that there is nothing to take.
func (f *Form) noProposal() string {
	for i, field := range f.fields {
		if field.Required || i == f.at {
			if _, ok := f.proposed(field); ok {
				return ""
			}
		}
	}
	return f.seat.Say("kit.no_proposal")
}

// withProposal puts what is proposed for an empty field on its line, in the field where
// that is wide enough: no line moves while somebody types elsewhere.
func (f *Form) withProposal(line string, field *field, w int, focused bool) string {
	p, ok := f.proposed(field)
	if !ok || !focused && !field.Required {
		return line
	}
	said := f.seat.Say("kit.proposed_all", p.Said)
	if focused {
		said = f.seat.Say("kit.proposed", p.Said)
	}
	const roomy = 40
	n := Width(line)
	if n < roomy || !strings.HasPrefix(line, "[") {
		return Fit(line+" "+said, w)
	}
	mark := ""
	if focused {
		mark = Mark
	}
	return "[" + mark + Fit(said, n-2) + "]"
}

// Offer gives a long text other sentences to take over.
func (f *Form) Offer(name string, phrases []string) {
	if i := f.index(name); i >= 0 {
		f.fields[i].Phrases = phrases
	}
}
