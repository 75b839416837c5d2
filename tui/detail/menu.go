package detail

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// menu is the list of actions: first those that may be done now, then the
// others with the reason.
type menu struct {
	offers []words.Offer
	list   kit.List
}

func newMenu(d words.Desk, c *casework.Case) *menu {
	m := &menu{}
	m.refresh(d, c)
	return m
}

// refresh asks the table anew; the cursor stays on its action.
func (m *menu) refresh(d words.Desk, c *casework.Case) {
	var action casework.Action
	if i := m.list.Cursor(); i >= 0 {
		action = m.offers[i].Action
	}
	m.offers = d.Offers(c)
	slices.SortStableFunc(m.offers, func(a, b words.Offer) int {
		switch {
		case a.Allowed && !b.Allowed:
			return -1
		case b.Allowed && !a.Allowed:
			return 1
		}
		return 0
	})
	m.list.SetLen(len(m.offers))
	if i := slices.IndexFunc(m.offers, func(o words.Offer) bool { return o.Action == action }); i >= 0 {
		m.list.Select(i)
	}
}

func menuTable() kit.Table {
	return kit.Table{
		{ID: "choose", Keys: []string{"enter"}, Help: "key.choose"},
		{ID: "back", Keys: []string{"esc", "f2"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move"},
	}
}

func (m *menu) lines(d words.Desk, w, h int) []string {
	m.list.SetHeight(h - 1)
	title := kit.Strong.On(kit.Fit(" "+d.T("detail.menu"), w))
	return append([]string{title}, m.list.Lines(w, true, func(i, w int) string {
		o := m.offers[i]
		name := kit.Fit(d.Action(string(o.Action)), 18)
		if o.Allowed {
			return kit.Fit("* "+name, w)
		}
		return kit.Fit("- "+name+" "+d.T("kit.off", d.Why(o.WhyNot)), w)
	})...)
}
