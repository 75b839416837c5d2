package detail

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Phones and numbers of papers are masked until they are asked for, which lasts
// until the case is left. Each time is counted in the profile before anything is
// shown.

type revealedMsg struct{ err error }

// revealKey shows what is masked.
func (s *Screen) revealKey() kit.Binding {
	return kit.Binding{ID: "reveal", Keys: []string{"f4", "v"}, Help: "key.reveal", Rare: true, Off: s.noReveal}
}

func (s *Screen) noReveal() string {
	if why := s.notLoaded(); why != "" {
		return why
	}
	if s.revealed {
		return s.desk.T("detail.revealed")
	}
	return ""
}

func (s *Screen) reveal() tea.Cmd {
	st, id, number := s.desk.Store, s.id, s.view.Number
	return func() tea.Msg { return revealedMsg{st.NoteLook(id, number, store.LookDesk)} }
}

func (s *Screen) shown(msg revealedMsg) tea.Cmd {
	if msg.err != nil {
		return words.Tell(words.NoteMsg{Note: s.desk.Advise(msg.err).String()})
	}
	s.revealed, s.drawn = true, 0
	return words.Tell(words.NoteMsg{Note: s.desk.T("detail.reveal_noted")})
}

// bare is the desk as the page is drawn with.
func (s *Screen) bare() words.Desk {
	d := s.desk
	d.Reveal = s.revealed
	return d
}

// masks says how to see what is masked, where something of the parties is.
func (d *pen) masks() {
	masked := slices.ContainsFunc(d.view.Case.Parties, func(p casework.Party) bool { return p.Phone != "" || p.IDNumber != "" })
	if masked && !d.desk.Reveal {
		d.add(words.Wrap(d.desk.T("detail.masked"), d.w, kit.Plain)...)
	}
}

// glassKey asks for a case that was withdrawn.
func (s *Screen) glassKey() kit.Binding {
	return kit.Binding{ID: "glass", Keys: []string{"f6"}, Help: "key.glass", Rare: s.view.Gone == nil, Off: s.noGlass}
}

func (s *Screen) noGlass() string {
	if !s.loaded {
		return s.desk.T("detail.loading")
	}
	if s.view.Gone == nil {
		return s.desk.Why(casework.WhySeen)
	}
	return s.desk.NoGlass()
}

// looking names who looks into the case by 应急查阅; the reasons stand in its history.
func (d *pen) looking() {
	var units []catalogue.UnitID
	for _, g := range d.view.Case.Glass {
		units = append(units, g.Unit)
	}
	if len(units) > 0 {
		d.add(words.Wrap(d.desk.T("detail.glass", d.units(units)), d.w, kit.Warning)...)
	}
}
