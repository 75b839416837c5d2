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

// menu is the list of actions under their headings: those that may be done now,
// and on request the others with the reason. Typing makes it shorter, and finds
// the others too.
//
// The number of an action is its place in the table of its kind, so that a key
// means the same whatever state the case is in: 1 to 9 are the first nine that
// move a case, 0 is a note. Pressed for one that cannot be done now, it says why.
type menu struct {
	desk    words.Desk
	c       *casework.Case
	offers  []words.Offer // all of them, by heading, in the order of the table
	numbers map[casework.Action]string
	rows    []menuRow
	next    casework.Action // the next step, where it is hers
	all     bool            // those too that cannot be done now
	find    kit.LineField
	list    kit.List
}

// menuRow is an action, or the row that shows the others.
type menuRow struct {
	words.Offer
	heading string
	others  int // how many there are; 0: the row is an action
}

func newMenu(d words.Desk, c *casework.Case) *menu {
	m := &menu{desk: d, find: kit.LineField{Limit: 40}}
	m.refresh(c)
	return m
}

// refresh asks the table anew; the cursor stays on its action.
func (m *menu) refresh(c *casework.Case) {
	m.c, m.offers = c, m.desk.Offers(c)
	m.numbers = Numbers(m.offers)
	// The next step comes before all else, then what the unit was asked.
	guide := m.desk.Guide(c)
	waiting := casework.Owed(c, m.desk.Store.Person(""))
	m.next = ""
	if guide.Mine {
		m.next = guide.Action
	}
	place := func(o words.Offer) int {
		if o.Action == m.next {
			return -len(waiting) - 1
		}
		if i := slices.Index(waiting, o.Action); i >= 0 && o.Allowed {
			return i - len(waiting)
		}
		return slices.Index(casework.Groups, o.Group)
	}
	slices.SortStableFunc(m.offers, func(a, b words.Offer) int { return place(a) - place(b) })
	m.search()
}

func (m *menu) name(o words.Offer) string { return m.desk.Action(string(o.Action)) }

// search makes the rows for what was typed: first the action of that very name, then those
// whose name is spelled so from its beginning.
func (m *menu) search() {
	at, on := m.offer()
	typed := strings.TrimSpace(m.find.Value())
	query := text.NewQuery(typed)
	var can, cannot []menuRow
	for _, o := range m.offers {
		row := menuRow{Offer: o, heading: m.desk.T("group." + string(o.Group))}
		if !o.Allowed {
			row.heading = m.desk.T("detail.menu_not")
		}
		if o.Action == m.next {
			row.heading = m.desk.T("detail.menu_next")
		}
		switch name := m.name(o); {
		case !query.Match(text.Keys(name)):
		case o.Allowed, typed == name:
			can = append(can, row)
		default:
			cannot = append(cannot, row)
		}
	}
	slices.SortStableFunc(can, func(a, b menuRow) int { return m.far(a.Offer, typed, query) - m.far(b.Offer, typed, query) })
	m.rows = can
	switch n := len(cannot); {
	case typed != "" || m.all:
		m.rows = append(m.rows, cannot...)
	case n > 0:
		m.rows = append(m.rows, menuRow{others: n})
	}
	m.list.SetLen(len(m.rows))
	m.list.Select(0)
	if i := slices.IndexFunc(m.rows, func(r menuRow) bool { return r.Action == at.Action }); on && typed == "" && i >= 0 {
		m.list.Select(i)
	}
}

// far says how far an action's name is from what was typed: the name itself, one of as many
// characters as were typed (their initials), one that begins so, any other.
func (m *menu) far(o words.Offer, typed string, query text.Query) int {
	name, signs := []rune(m.name(o)), []rune(typed)
	n := len(signs)
	switch {
	case n == 0 || typed == string(name):
		return 0
	case !text.Match(text.Keys(string(name[:1])), string(signs[:1])):
		return 3
	case n == len(name):
		return 1
	case query.Match(text.Keys(string(name[:min(n, len(name))]))):
		return 2
	}
	return 3
}

// offer is the action under the cursor.
func (m *menu) offer() (words.Offer, bool) {
	if i := m.list.Cursor(); i >= 0 && i < len(m.rows) && m.rows[i].others == 0 {
		return m.rows[i].Offer, true
	}
	return words.Offer{}, false
}

// choose takes what is under the cursor; the last row shows the others.
func (m *menu) choose() (words.Offer, bool) {
	if i := m.list.Cursor(); i >= 0 && m.rows[i].others > 0 {
		m.showAll()
		return words.Offer{}, false
	}
	return m.offer()
}

// showAll shows the actions that cannot be done now, from the first of them on, or hides
// them again.
func (m *menu) showAll() {
	m.all = !m.all
	m.search()
	not := func(r menuRow) bool { return r.others == 0 && !r.Allowed }
	if i := slices.IndexFunc(m.rows, not); m.all && i >= 0 {
		m.list.Select(len(m.rows) - 1) // coming from the end, it fills the window with them
		m.list.Select(i)
	}
}

// update takes what is typed or pasted; ok tells that a number took an action.
func (m *menu) update(msg tea.Msg) (took words.Offer, ok bool) {
	if k, isKey := msg.(tea.KeyPressMsg); isKey {
		if m.list.Update(k) {
			return took, false
		}
		name := kit.KeyName(k)
		if i := slices.IndexFunc(m.offers, func(o words.Offer) bool { return m.numbers[o.Action] == name }); m.find.Value() == "" && name != "" && i >= 0 {
			if at := slices.IndexFunc(m.rows, func(r menuRow) bool { return r.Action == m.offers[i].Action }); at >= 0 {
				m.list.Select(at)
			}
			return m.offers[i], true
		}
	}
	if _, changed := m.find.Update(msg); changed {
		m.search()
	}
	return took, false
}

func menuTable() kit.Table {
	return kit.Table{
		{ID: "choose", Keys: []string{"enter"}, Help: "key.choose"},
		{ID: "back", Keys: []string{"esc", "f2"}, Help: "key.back"},
		{ID: "all", Keys: []string{"f3"}, Help: "key.menu_all"},
		{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup"}, Help: "key.move"},
	}
}

// lines draw the menu.
func (m *menu) lines(w, h int) []string {
	d := m.desk
	label := " " + d.T("kit.filter") + " "
	lines := []string{
		kit.Strong.On(kit.Fit(" "+d.T("detail.menu_of", d.T("detail.menu"), words.Short(m.c.Value(casework.FieldTitle), w-40), d.State(m.c.State)), w)),
		kit.Box(label, &m.find, 30, w, true) + " " + d.T("detail.menu_hint"),
	}
	m.list.SetHeight(h - len(lines))
	if len(m.rows) == 0 {
		return append(lines, kit.Fit("  "+d.T("kit.none_match"), w))
	}
	return append(lines, m.list.Lines(w, false, m.row)...)
}

// row draws a row; its heading stands where it is another one than above, and in
// the first row that is seen.
func (m *menu) row(i, w int) string {
	r, d, heading := m.rows[i], m.desk, ""
	if r.others > 0 {
		return kit.Fit(d.T("detail.menu_others", i18n.Arg("n", r.others)), w)
	}
	if i == m.list.Top() || m.rows[i-1].heading != r.heading {
		heading = r.heading
	}
	number := ""
	if kit.Read(w) { // which numbers the rows itself
		if !r.Allowed {
			return m.name(r.Offer) + "  " + d.T("kit.off", d.Refused(m.c, r.Offer.Offer))
		}
		return heading + "  " + m.name(r.Offer)
	}
	if m.find.Value() == "" {
		number = m.numbers[r.Action]
	}
	name := kit.Fit(number, 2) + kit.Fit(m.name(r.Offer), 22) + " "
	if r.Allowed {
		return kit.Fit(kit.Fit(heading, 10)+"* "+name, w)
	}
	lead := kit.Fit(heading, 10) + "- " + name
	return kit.Fit(lead+words.Short(d.Refused(m.c, r.Offer.Offer), max(0, w-kit.Width(lead))), w)
}

// status says how many rows are out of sight.
func (m *menu) status() string {
	if n := m.list.Below(); n > 0 {
		return " " + m.desk.T("detail.menu_more", i18n.Arg("n", n))
	}
	return ""
}
