package intake

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// done is what is shown after the save: the case's number, how far it has come,
// and what people do next.
type done struct {
	saved   store.Saved
	receipt store.Receipt // as it stands now
	choices []words.Choice
	list    kit.List
}

func newDone(d words.Desk, saved store.Saved, view store.View) *done {
	x := &done{saved: saved, receipt: saved.Receipt}
	if o, ok := d.OfferOf(&view.Case, casework.ActSettleOnSpot); ok && o.Allowed {
		x.choices = append(x.choices, words.Choice{Label: d.T("intake.settle"), Msg: words.ActMsg{Case: view.Case, Action: casework.ActSettleOnSpot}})
	}
	x.choices = append(x.choices,
		words.Choice{Label: d.T("intake.open"), Msg: words.OpenMsg{Case: saved.Case}},
		words.Choice{Label: d.T("intake.another"), Msg: words.NewMsg{Matter: view.Case.Matter}},
		words.Choice{Label: d.T("intake.back")})
	x.list.SetLen(len(x.choices))
	return x
}

func doneTable() kit.Table {
	return kit.Table{
		{ID: "choose", Keys: []string{"enter"}, Help: "key.choose"},
		{ID: "new", Keys: []string{"f2"}, Help: "key.new"},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move"},
	}
}

// choose takes a key after the save; digits choose as well.
func (s *Screen) choose(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || s.done.list.Update(k) {
		return nil
	}
	b, _ := doneTable().Find(k, false)
	i := -1
	switch name := kit.KeyName(k); {
	case b.ID == "new":
		return s.back(words.NewMsg{Matter: s.matter})
	case b.ID == "back":
		return s.back(nil)
	case b.ID == "choose":
		i = s.done.list.Cursor()
	case len(name) == 1 && name[0] >= '1' && int(name[0]-'0') <= len(s.done.choices):
		i = int(name[0] - '1')
	}
	if i < 0 {
		return nil
	}
	return s.back(s.done.choices[i].Msg)
}

// back leaves for the list, which shows the case that was registered.
func (s *Screen) back(then tea.Msg) tea.Cmd {
	return words.Tell(words.BackMsg{Case: s.done.saved.Case, Then: then})
}

type receiptMsg struct {
	receipt store.Receipt
	err     error
}

// follow looks how far the registered case has come.
func (s *Screen) follow() tea.Cmd {
	st, id := s.desk.Store, s.done.saved.Case
	return func() tea.Msg {
		view, err := st.Case(id)
		return receiptMsg{view.Receipt, err}
	}
}

func (x *done) lines(d words.Desk, w, h int) []string {
	x.list.SetHeight(min(h-6, len(x.choices)))
	body := []string{
		"",
		"  " + kit.Strong.On(d.T("intake.saved")),
		"  " + d.T("field.number") + " " + kit.Strong.On(words.Clean(x.saved.Number)),
		"  " + d.Receipt(x.receipt) + " " + d.T("receipt."+string(x.receipt)+".long"),
		"",
	}
	return append(body, x.list.Lines(w, true, func(i, _ int) string {
		return string(rune('1'+i)) + "  " + x.choices[i].Label
	})...)
}

// splitUnits reads the codes of a field for several units.
func splitUnits(s string) []catalogue.UnitID {
	var out []catalogue.UnitID
	for part := range strings.SplitSeq(s, ",") {
		if part != "" {
			out = append(out, catalogue.UnitID(part))
		}
	}
	return out
}
