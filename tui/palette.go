package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/tui/act"
	"casedesk/tui/detail"
	"casedesk/tui/kit"
	"casedesk/tui/list"
	"casedesk/tui/palette"
	"casedesk/tui/words"
)

// What the palette offers comes from the tables that the keys work by: those of the screen
// below it and of the whole desk, those of casework for the case that one looks at, and the
// places of the desk. Choosing does what the key does.

// What an entry does, where it is no wish of a screen's own.
type (
	pressMsg struct { // a key of the screen
		serial int
		key    string
	}
	globalMsg struct{ id string } // a binding that works everywhere
	goMsg     struct {            // a place, and a key there
		wish tea.Msg
		key  string
	}
)

// onCase is a screen that shows a case, or has one under its cursor.
type onCase interface{ OnCase() casework.CaseID }

// destination is a place of the desk that can be gone to from everywhere. Where the first screen has
// a key to it, that key's reason why it is off counts here too.
type destination struct {
	help string
	msg  tea.Msg
	key  string // pressed there; empty: none
}

var destinations = []destination{
	{help: "key.figures", msg: words.FiguresMsg{}},
	{help: "key.tools", msg: words.ToolsMsg{}},
	{help: "key.drafts", msg: words.DraftsMsg{}},
	{help: "key.check", msg: words.ToolsMsg{}, key: "f6"},
	{help: "key.back_up", msg: words.ToolsMsg{}, key: "f7"},
	{help: "key.glass", msg: words.GlassMsg{}},
	{help: "key.handover", msg: words.HandoverMsg{}},
	{help: "key.new_code", msg: words.RecoveryMsg{}},
	{help: "key.enrol", msg: words.EnrolMsg{}},
}

// adder adds an entry of a group to those of the palette.
type adder func(group i18n.Key, names []string, key, why, id string, msg tea.Msg)

// hereEntries are the keys of the screen on top.
func (m *Model) hereEntries() (out []palette.Entry) {
	top, _ := m.top()
	add := m.adder(&out)
	for _, b := range top.Keys() {
		if !b.Moves() {
			add("palette.here", m.names(b.Help), m.seat().Caption(b.Key()), b.Why(), b.Help, pressMsg{top.serial, b.Key()})
		}
	}
	return out
}

// restEntries are what can be done from everywhere, but for what the screen on top has a key
// to.
func (m *Model) restEntries() (out []palette.Entry) {
	top, _ := m.top()
	add := m.adder(&out)
	if m.store != nil {
		m.addDesk(add)
	}
	add("palette.go", m.names("key.tour"), "", "", "key.tour", words.TourMsg{})
	add("palette.go", m.names("key.display"), "", "", "key.display", words.SetDisplayMsg{})
	add("palette.go", m.names("key.practice"), "", m.noVisit(), "key.practice", words.VisitMsg{Where: words.Practice})
	add("palette.go", m.names("key.look_around"), "", m.noVisit(), "key.look_around", words.VisitMsg{Where: words.Demo})
	for _, b := range m.globals() {
		if b.ID != paletteID {
			add("palette.everywhere", m.names(b.Help), m.seat().Caption(b.Key()), b.Why(), b.Help, globalMsg{b.ID})
		}
	}
	for _, b := range m.cfg.Around.Keys { // the model around takes these before the desk
		add("help.around", m.names(b.Help), m.seat().Caption(b.Key()), m.cfg.Words.T("palette.press"), b.Help, nil)
	}
	return slices.DeleteFunc(out, func(e palette.Entry) bool {
		return slices.ContainsFunc(top.Keys(), func(b kit.Binding) bool { return b.Help == e.ID })
	})
}

func (m *Model) adder(to *[]palette.Entry) adder {
	return func(group i18n.Key, names []string, key, why, id string, msg tea.Msg) {
		*to = append(*to, palette.Entry{ID: id, Names: names, Group: m.cfg.Words.T(group), Key: key, Why: why, Msg: msg})
	}
}

// addDesk adds what an open desk has: its places, the kinds of new case, reports, tabs.
func (m *Model) addDesk(add adder) {
	w := m.cfg.Words
	first := m.stack[0]
	for _, p := range destinations {
		why := ""
		if i := slices.IndexFunc(first.Keys(), func(b kit.Binding) bool { return b.Help == p.help }); i >= 0 {
			why = first.Keys()[i].Why()
		}
		add("palette.go", m.names(p.help), "", why, p.help, goMsg{p.msg, p.key})
	}
	d := m.desk()
	mine := d.Matters()
	for _, matter := range casework.Matters {
		why := d.ReadsOnly()
		if why == "" && !slices.Contains(mine, matter) {
			why = w.T("list.off_new")
		}
		names := w.InEach(func(w *i18n.Words) string { return w.T("intake.title", w.T("matter."+i18n.Key(matter))) })
		add("palette.new", names, "", why, "new."+string(matter), words.NewMsg{Matter: matter})
	}
	top, _ := m.top()
	noTab := w.T("palette.off_list")
	if _, onList := top.screen.(*list.Screen); onList && len(m.stack) == 1 {
		noTab = ""
	}
	for _, tab := range list.Tabs() {
		add("palette.tab", m.names("tab."+string(tab)), "", noTab, "tab."+string(tab), words.TabMsg{Tab: tab})
	}
	for _, r := range report.Reports() {
		add("palette.report", m.names("report."+string(r.Name)), "", "", "report."+string(r.Name), words.FiguresMsg{Report: r.Name})
	}
}

// names are what a sentence is called in each language.
func (m *Model) names(key i18n.Key) []string {
	return m.cfg.Words.InEach(func(w *i18n.Words) string { return w.T(key) })
}

// onCase is the case that the screen on top shows or has under its cursor; zero: none.
func (m *Model) onCase() casework.CaseID {
	if top, ok := m.top(); ok {
		if on, has := top.screen.(onCase); has {
			return on.OnCase()
		}
	}
	return casework.CaseID{}
}

// caseEntries reads what can be done on the case; without one, the actions that there are
// are named all the same, with what is to be done first.
func (m *Model) caseEntries() func() []palette.Entry {
	if m.store == nil {
		return nil
	}
	d, st, id := m.desk(), m.store, m.onCase()
	top, _ := m.top()
	_, writing := top.screen.(*act.Screen)
	way := m.seat().Caption("f2")
	if _, open := top.screen.(*detail.Screen); !open { // the case is opened first
		way = m.seat().Caption("enter") + " " + way
	}
	return func() []palette.Entry {
		if id.IsZero() || writing {
			why := d.T("palette.off_case")
			if writing {
				why = d.T("palette.off_writing")
			}
			return anyAction(d, why)
		}
		view, err := st.Case(id)
		switch {
		case err != nil:
			return anyAction(d, d.Advise(err).Message)
		case view.Gone != nil:
			return anyAction(d, d.T("detail.gone"))
		}
		var out []palette.Entry
		offers := d.Offers(&view.Case)
		numbers := detail.Numbers(offers)
		for _, o := range offers {
			out = append(out, palette.Entry{ID: "do." + string(o.Action), Names: actionNames(d, o.Action), Group: d.T("palette.case"),
				Key: strings.TrimSpace(way + " " + numbers[o.Action]), Why: d.Refused(&view.Case, o.Offer), Msg: words.DoMsg{Case: id, Action: o.Action}})
		}
		return out
	}
}

// anyAction are all actions of the kinds of matter, off for a reason.
func anyAction(d words.Desk, why string) (out []palette.Entry) {
	known := map[casework.Action]bool{}
	for _, matter := range casework.Matters {
		table, _ := casework.TableOf(matter)
		for _, a := range table.Actions() {
			if r, _ := table.AnyRule(a); !known[a] && !r.Apart && !r.Unseen {
				known[a] = true
				out = append(out, palette.Entry{ID: "do." + string(a), Names: actionNames(d, a), Group: d.T("palette.case"), Why: why})
			}
		}
	}
	return out
}

func actionNames(d words.Desk, a casework.Action) []string {
	return d.InEach(func(w *i18n.Words) string { return w.T("action." + i18n.Key(a)) })
}

// chosen does what was chosen in the palette, which is gone from the stack by now.
func (m *Model) chosen(msg palette.ChosenMsg) tea.Cmd {
	m.used = slices.DeleteFunc(m.used, func(id string) bool { return id == msg.ID })
	m.used = slices.Insert(m.used, 0, msg.ID)
	top, ok := m.top()
	if !ok {
		return nil
	}
	switch msg := msg.Msg.(type) {
	case pressMsg:
		if top.serial != msg.serial { // it was done and left meanwhile
			return nil
		}
		return m.press(top, msg.key)
	case globalMsg:
		return m.act(msg.id)
	case goMsg:
		cmd, _ := m.wish(top, msg.wish)
		if msg.key == "" {
			return cmd
		}
		there, _ := m.top()
		return tea.Batch(cmd, m.press(there, msg.key))
	}
	return m.hand(top, msg.Msg)
}

// press gives a screen a key by its name.
func (m *Model) press(p place, name string) tea.Cmd {
	if k, ok := kit.KeyOf(name); ok {
		return m.tell(p, k)
	}
	return nil
}

// do goes on to an action on a case, by way of the case.
func (m *Model) do(msg words.DoMsg) tea.Cmd {
	var opened tea.Cmd
	top, _ := m.top()
	if at, ok := top.screen.(*detail.Screen); !ok || at.OnCase() != msg.Case {
		opened = m.push(detail.New(m.desk(), msg.Case))
		top, _ = m.top()
	}
	return tea.Batch(opened, m.tell(top, msg))
}

func (m *Model) palette() screen {
	return palette.New(m.desk(), m.hereEntries(), m.caseEntries(), m.restEntries(), slices.Clone(m.used))
}

func isPalette(p place) bool {
	_, ok := p.screen.(*palette.Screen)
	return ok
}
