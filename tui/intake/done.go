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
	then    []tea.Msg     // what each answer leads to
	choices kit.Choices
}

func newDone(d words.Desk, saved store.Saved, view store.View) *done {
	x := &done{saved: saved, receipt: saved.Receipt}
	var labels []string
	offer := func(key string, then tea.Msg) { labels, x.then = append(labels, d.T(key)), append(x.then, then) }
	if o, ok := d.OfferOf(&view.Case, casework.ActSettleOnSpot); ok && o.Allowed {
		offer("intake.settle", words.ActMsg{Case: view.Case, Action: casework.ActSettleOnSpot})
	}
	offer("intake.open", words.OpenMsg{Case: saved.Case})
	offer("intake.another", words.NewMsg{Matter: view.Case.Matter})
	offer("intake.back", nil)
	x.choices.Offer(labels...)
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
	chosen, used := s.done.choices.Update(msg)
	switch {
	case chosen >= 0:
		return s.back(s.done.then[chosen])
	case !ok || used:
		return nil
	}
	switch b, _ := doneTable().Find(k, false); b.ID {
	case "new":
		return s.back(words.NewMsg{Matter: s.matter})
	case "back":
		return s.back(nil)
	}
	return nil
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
	body := kit.NewSheet(w, h)
	body.Say(kit.Strong, d.T("intake.saved"))
	body.Line(d.T("field.number")+" "+kit.Strong.On(words.Clean(x.saved.Number)), d.Receipt(x.receipt)+" "+d.T("receipt."+string(x.receipt)+".long"))
	body.Gap()
	body.Part(x.choices.Lines(w, true)...)
	return body.Lines()
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
