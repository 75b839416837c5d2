package list

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/store/search"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// saver is what there is of searches that stand among the tabs, behind those that everybody
// has.
type saver struct {
	saved    []store.SavedSearch
	counts   map[string]int  // how many cases each finds
	stale    bool            // cases changed since
	counted  time.Time       // when that was begun last
	counting bool            // they are being counted
	again    bool            // and are to be once more
	naming   *kit.AgainField // a name is being typed; nil: none
	renames  bool            // of the tab that is shown, not of a search
}

type countedMsg struct{ counts map[string]int }

// savedMsg replaces the saved searches; the tab that is shown then is at.
type savedMsg struct {
	saved []store.SavedSearch
	at    int
	note  string
}

// maxName is the longest name of a tab, in characters.
const maxName = 12

func (s *Screen) tabCount() int { return len(tabs) + len(s.saved) }

// savedNow is the saved search whose tab is shown.
func (s *Screen) savedNow() (store.SavedSearch, bool) {
	if i := s.tab - len(tabs); i >= 0 && i < len(s.saved) && s.given == nil {
		return s.saved[i], true
	}
	return store.SavedSearch{}, false
}

// onSaved reports whether a saved search is shown as it is.
func (s *Screen) onSaved() bool {
	_, on := s.savedNow()
	return on && s.find.Value() == "" && s.special == (special{})
}

// saveKeys keep a search, and work the tab of one.
func (s *Screen) saveKeys() kit.Table {
	if !s.onSaved() || s.finding {
		return kit.Table{{ID: "save", Keys: []string{"ctrl+s"}, Help: "key.save_tab", Off: s.noSave, Rare: s.find.Value() == ""}}
	}
	return kit.Table{
		{ID: "save", Keys: []string{"ctrl+s"}, Help: "key.rename_tab"},
		{ID: "tab_left", Keys: []string{"ctrl+left"}, Help: "key.tab_left", Rare: true, Off: func() string { return s.noMove(-1) }},
		{ID: "tab_right", Keys: []string{"ctrl+right"}, Help: "key.tab_right", Rare: true, Off: func() string { return s.noMove(1) }},
		{ID: "drop_tab", Keys: []string{"delete"}, Help: "key.drop_tab"},
	}
}

// nameKeys are those of the line that a name is typed into.
func nameKeys() kit.Table {
	return kit.Table{
		{ID: "go", Keys: []string{"enter"}, Help: "key.save"},
		{ID: "stay", Keys: []string{"esc"}, Help: "key.back"},
	}
}

func (s *Screen) noSave() string {
	switch {
	case s.desk.ReadsOnly() != "" && s.desk.Store.Profile().Handed != "":
		return s.desk.ReadsOnly()
	case strings.TrimSpace(s.find.Value()) == "":
		return s.desk.T("find.off_save")
	}
	return ""
}

func (s *Screen) noMove(by int) string {
	if to := s.tab - len(tabs) + by; to < 0 || to >= len(s.saved) {
		return s.desk.T("find.off_moved")
	}
	return ""
}

// name begins to name the search that is shown, or the tab anew.
func (s *Screen) name() tea.Cmd {
	s.closeOffers()
	field := &kit.AgainField{LineField: kit.LineField{Limit: maxName}}
	if saved, on := s.savedNow(); on && (s.find.Value() == "" || s.find.Value() == saved.Find) {
		field.Begin(saved.Name)
		s.naming, s.renames = field, true
		return nil
	}
	if i := slices.IndexFunc(s.saved, func(o store.SavedSearch) bool { return o.Find == strings.TrimSpace(s.find.Value()) }); i >= 0 {
		field.Begin(s.saved[i].Name)
	} else if s.before >= len(tabs) && s.before < s.tabCount() { // a tab's own search was changed
		field.Begin(s.saved[s.before-len(tabs)].Name)
	} else {
		field.Begin(s.proposed())
	}
	s.naming, s.renames = field, false
	return nil
}

// proposed is a name made of what was understood: the first value of each filter, then the
// words.
func (s *Screen) proposed() string {
	var parts []string
	asked := search.Parse(s.find.Value(), s.desk.Index(), s.desk.Now())
	for _, f := range asked.Filters {
		part := f.Names[0]
		if f.Not {
			part = s.desk.T("find.told_not", "", part)
		}
		parts = append(parts, strings.TrimSpace(part))
	}
	name := text.Line(strings.Join(append(parts, asked.Words...), " ")).String()
	if runes := []rune(name); len(runes) > maxName {
		name = strings.TrimSpace(string(runes[:maxName]))
	}
	return name
}

// typeName works the line of the name.
func (s *Screen) typeName(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch b, _ := nameKeys().Find(k, true); b.ID {
		case "stay":
			s.naming = nil
			return nil
		case "go":
			return s.keepNamed(strings.TrimSpace(s.naming.Value()))
		}
	}
	s.naming.Update(msg)
	return nil
}

// keepNamed keeps the search under its name, in place of one that has it.
func (s *Screen) keepNamed(name string) tea.Cmd {
	if name == "" {
		return nil
	}
	s.naming = nil
	all := slices.Clone(s.saved)
	same := slices.IndexFunc(all, func(o store.SavedSearch) bool { return o.Name == name })
	if at := s.tab - len(tabs); s.renames {
		all[at].Name = name
		if same >= 0 && same != at {
			all = slices.Delete(all, same, same+1)
			if same < at {
				at--
			}
		}
		return s.keep(all, at, "")
	}
	one := store.SavedSearch{Name: name, Find: strings.TrimSpace(s.find.Value())}
	if same >= 0 {
		all[same] = one
	} else if same = len(all); same == store.MaxSaved {
		return words.Tell(words.NoteMsg{Note: s.desk.T("find.off_many", i18n.Arg("n", store.MaxSaved))})
	} else {
		all = append(all, one)
	}
	return s.keep(all, same, s.desk.T("find.saved", name))
}

// keep keeps the saved searches and shows the one at a place.
func (s *Screen) keep(all []store.SavedSearch, at int, note string) tea.Cmd {
	st, advise := s.desk.Store, s.desk.Advise
	return func() tea.Msg {
		if err := st.Save(all); err != nil {
			return words.NoteMsg{Note: advise(err).String()}
		}
		return savedMsg{all, at, note}
	}
}

// keptSaved takes over what was kept. The search that was kept ends only now: till then its
// rows are what is shown.
func (s *Screen) keptSaved(msg savedMsg) tea.Cmd {
	noted := s.unfind()
	s.saved = msg.saved
	s.finding, s.special, s.want = false, special{}, casework.CaseID{}
	s.tab = min(len(tabs)+msg.at, s.tabCount()-1)
	if len(s.saved) == 0 {
		s.tab = slices.Index(tabs, store.TabAll)
	}
	cmds := []tea.Cmd{noted, s.restart(), s.count()}
	if msg.note != "" {
		cmds = append(cmds, words.Tell(words.NoteMsg{Note: msg.note}))
	}
	return tea.Batch(cmds...)
}

// move moves the tab.
func (s *Screen) move(by int) tea.Cmd {
	all, at := slices.Clone(s.saved), s.tab-len(tabs)
	all[at], all[at+by] = all[at+by], all[at]
	return s.keep(all, at+by, "")
}

func (s *Screen) askDropTab() tea.Cmd {
	saved, _ := s.savedNow()
	at := s.tab - len(tabs)
	rest := slices.Delete(slices.Clone(s.saved), at, at+1)
	return words.Tell(words.AskMsg{
		Title: s.desk.T("find.drop_title"),
		Lines: []string{s.desk.T("find.drop_question", saved.Name)},
		Choices: []words.Choice{
			{Label: s.desk.T("find.drop_no")},
			{Label: s.desk.T("find.drop_yes"), Msg: droppedTabMsg{rest, max(0, at-1), ""}},
		},
	})
}

type droppedTabMsg savedMsg

// recount counts the saved searches where that may tell something new: to go from tab to tab
// or down a list looks through no case for them.
func (s *Screen) recount() tea.Cmd {
	known := func(one store.SavedSearch) bool { _, ok := s.counts[one.Find]; return ok }
	if !s.stale && s.desk.Now().Sub(s.counted) < time.Minute && !slices.ContainsFunc(s.saved, func(one store.SavedSearch) bool { return !known(one) }) {
		return nil
	}
	return s.count()
}

// count counts the cases of the saved searches, beside everything else; one counting at a
// time.
func (s *Screen) count() tea.Cmd {
	if len(s.saved) == 0 || s.given != nil {
		return nil
	}
	if s.counting {
		s.again = true
		return nil
	}
	s.counting, s.again, s.stale, s.counted = true, false, false, s.desk.Now()
	st, saved := s.desk.Store, slices.Clone(s.saved)
	return func() tea.Msg {
		counts := map[string]int{}
		for _, one := range saved {
			if list, err := st.Search(context.Background(), store.Query{Find: one.Find, Limit: 1}); err == nil {
				counts[one.Find] = list.Total
			}
		}
		return countedMsg{counts}
	}
}

func (s *Screen) tookCounts(msg countedMsg) tea.Cmd {
	s.counts, s.counting = msg.counts, false
	if s.again {
		return s.count()
	}
	return nil
}

// nameLine is the line that a name is typed into.
func (s *Screen) nameLine(w int) string {
	key := "find.name_tab"
	if s.renames {
		key = "find.rename_tab"
	}
	return kit.Fit(kit.Box(" "+s.desk.T(key)+" ", s.naming, 2*maxName+1, w, true), w)
}
