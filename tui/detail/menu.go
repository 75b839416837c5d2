package detail

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// menu is the list of actions: first those that may be done now, then the
// others with the reason. Typing makes it shorter; while nothing is typed, a
// digit takes one of the first nine.
type menu struct {
	desk   words.Desk
	c      *casework.Case
	offers []words.Offer // all of them
	found  []words.Offer
	find   kit.LineField
	list   kit.List
}

func newMenu(d words.Desk, c *casework.Case) *menu {
	m := &menu{desk: d, find: kit.LineField{Limit: 40}}
	m.refresh(c)
	return m
}

// refresh asks the table anew; the cursor stays on its action.
func (m *menu) refresh(c *casework.Case) {
	m.c, m.offers = c, m.desk.Offers(c)
	slices.SortStableFunc(m.offers, func(a, b words.Offer) int {
		switch {
		case a.Allowed && !b.Allowed:
			return -1
		case b.Allowed && !a.Allowed:
			return 1
		}
		return 0
	})
	m.search()
}

func (m *menu) name(o words.Offer) string { return m.desk.Action(string(o.Action)) }

// search finds the actions for what was typed, the one of that very name first.
func (m *menu) search() {
	at, on := m.offer()
	typed := strings.TrimSpace(m.find.Value())
	query := text.NewQuery(typed)
	m.found = nil
	for _, o := range m.offers {
		switch name := m.name(o); {
		case name == typed:
			m.found = slices.Insert(m.found, 0, o)
		case query.Match(text.Keys(name)):
			m.found = append(m.found, o)
		}
	}
	m.list.SetLen(len(m.found))
	m.list.Select(0)
	if i := slices.IndexFunc(m.found, func(o words.Offer) bool { return o.Action == at.Action }); on && typed == "" && i >= 0 {
		m.list.Select(i)
	}
}

// offer is the action under the cursor.
func (m *menu) offer() (words.Offer, bool) {
	if i := m.list.Cursor(); i >= 0 && i < len(m.found) {
		return m.found[i], true
	}
	return words.Offer{}, false
}

// update takes what is typed or pasted; took tells that a digit took an action,
// which the cursor stands on then.
func (m *menu) update(msg tea.Msg) (took bool) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if m.list.Update(k) {
			return false
		}
		name := kit.KeyName(k)
		if n := len(m.found); m.find.Value() == "" && len(name) == 1 && name[0] >= '1' && name[0] <= '9' && int(name[0]-'0') <= n {
			m.list.Select(int(name[0] - '1'))
			return true
		}
	}
	if _, changed := m.find.Update(msg); changed {
		m.search()
	}
	return false
}

func menuTable() kit.Table {
	return kit.Table{
		{ID: "choose", Keys: []string{"enter"}, Help: "key.choose"},
		{ID: "back", Keys: []string{"esc", "f2"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move"},
	}
}

// lines draw the menu; the last one says how many actions are out of sight.
func (m *menu) lines(w, h int) []string {
	d := m.desk
	label := " " + d.T("kit.filter") + " "
	lines := []string{
		kit.Strong.On(kit.Fit(" "+d.T("detail.menu"), w)),
		label + "[" + m.find.Line(min(30, w-kit.Width(label)-2), true) + "]",
	}
	room := h - len(lines)
	if len(m.found) > room {
		room--
	}
	m.list.SetHeight(room)
	if len(m.found) == 0 {
		return append(lines, kit.Fit("  "+d.T("kit.none_match"), w))
	}
	numbered := m.find.Value() == ""
	lines = append(lines, m.list.Lines(w, false, func(i, w int) string {
		o, digit := m.found[i], ""
		if numbered && i < 9 {
			digit = string(rune('1' + i))
		}
		name := kit.Fit(digit, 2) + kit.Fit(m.name(o), 22)
		if o.Allowed {
			return kit.Fit("* "+name, w)
		}
		return kit.Fit("- "+name+d.Refused(m.c, o.Offer), w)
	})...)
	if rest := len(m.found) - room; rest > 0 {
		lines = append(lines, kit.Fit("  "+d.T("detail.menu_more", i18n.Arg("n", rest)), w))
	}
	return lines
}
