package words

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/seal"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

// The groups of a recovery code, from 0, that are typed back to show that the
// paper has it.
var askedGroups = [2]int{1, 4}

// Paper shows a recovery code to be written down, and has a part of it typed
// back.
type Paper struct {
	desk   Desk
	groups []string
	form   *kit.Form
}

// NewPaper shows a code.
func NewPaper(d Desk, code seal.RecoveryCode) *Paper {
	p := &Paper{desk: d, groups: strings.Split(code.String(), "-")}
	specs := make([]kit.FieldSpec, len(askedGroups))
	for i, g := range askedGroups {
		specs[i] = kit.FieldSpec{Name: groupName(g), Label: d.T("setup.group", g+1), Required: true, Max: 4}
	}
	p.form = kit.NewForm(d.Seat(), "code", specs)
	return p
}

func groupName(g int) string { return "group" + string(rune('0'+g)) }

// Keys are the form's.
func (p *Paper) Keys() kit.Table { return p.form.Keys() }

// Update takes a key or a paste. proved tells that what was typed back is right;
// left that the person wants to leave before. Nothing of this is kept as a draft.
func (p *Paper) Update(msg tea.Msg) (proved, left bool) {
	switch act, _ := p.form.Update(msg); act {
	case kit.ActSave:
		return p.compare(), false
	case kit.ActLeave:
		return false, true
	}
	return false, false
}

// AskToLeave asks whether to leave a code that was not typed back, with what leaving
// is called and does.
func (p *Paper) AskToLeave(leave string, then tea.Msg) tea.Cmd {
	return Tell(AskMsg{
		Title:   p.desk.T("setup.code_title"),
		Lines:   []string{p.desk.T("setup.leave_question")},
		Choices: []Choice{{Label: p.desk.T("setup.leave_no")}, {Label: leave, Msg: then}},
	})
}

func (p *Paper) compare() bool {
	var faults []kit.Fault
	for _, g := range askedGroups {
		if readGroup(p.form.Value(groupName(g)).Text) != p.groups[g] {
			faults = append(faults, kit.Fault{Name: groupName(g), Sentence: p.desk.T("setup.group_wrong")})
		}
	}
	if len(faults) > 0 {
		p.form.Refuse(faults)
	}
	return len(faults) == 0
}

// readGroup takes what eyes and input methods do to a code for what it was.
func readGroup(typed string) string {
	typed = strings.ToUpper(strings.TrimSpace(text.Fold(typed)))
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(typed)
}

// Draw shows the code and the groups to be typed back, on a body of w by h cells.
func (p *Paper) Draw(body *kit.Sheet, w, h int) {
	body.Say(kit.Plain, p.desk.T("setup.code_intro"))
	body.Gap()
	body.Line("    " + kit.Strong.On(strings.Join(p.shown(), " - ")))
	body.Gap()
	body.Say(kit.Plain, p.desk.T("setup.code_keep"))
	body.Gap()
	body.Part(p.form.Lines(w, h-body.Len())...)
}

// shown is the code; the groups that are asked for are covered once one of them
// is being typed, for it is the paper that is to be read.
func (p *Paper) shown() []string {
	if len(p.form.Values()) == 0 {
		return p.groups
	}
	shown := slices.Clone(p.groups)
	for _, g := range askedGroups {
		shown[g] = "****"
	}
	return shown
}
