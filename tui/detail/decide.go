package detail

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/words"
)

// What is contested or held is decided with one key: these are the keys' reasons, and what
// they do.

func (s *Screen) noSettle() string {
	return s.off(casework.ActSettle)
}

// noTake is noSettle: what is held is released or left out, and cannot be taken.
func (s *Screen) noTake() string {
	if why := s.noSettle(); why != "" {
		return why
	}
	if len(s.view.Case.Contested) == 0 {
		return s.desk.Why(casework.WhyNotContested)
	}
	return ""
}

func (s *Screen) noRelease() string {
	return s.off(casework.ActRelease)
}

// under is the entry under the cursor if it is one of those given, else the
// first of them.
func (s *Screen) under(uids []casework.EntryID) casework.EntryID {
	if i := s.list.Cursor(); i >= 0 && i < len(s.lines) && slices.Contains(uids, s.lines[i].entry) {
		return s.lines[i].entry
	}
	return uids[0]
}

// meant is under, and whether no other can be meant.
func (s *Screen) meant(uids []casework.EntryID) (casework.EntryID, bool) {
	uid := s.under(uids)
	i := s.list.Cursor()
	return uid, len(uids) == 1 || i >= 0 && i < len(s.lines) && s.lines[i].entry == uid
}

// settle decides the contested entry under the cursor. Among several she says which.
func (s *Screen) settle(choice string) tea.Cmd {
	open := s.view.Case.Contested
	if choice == "keep" {
		open = slices.Concat(open, s.view.Case.HeldNow) // which is left out by it
	}
	if len(open) == 0 {
		return words.Tell(words.NoteMsg{Note: s.desk.Why(casework.WhyNotContested)})
	}
	uid, sure := s.meant(open)
	if !sure {
		return s.point(uid)
	}
	return s.decide(casework.ActSettle, &casework.Settled{Entry: uid, Choice: choice}, "detail.settled."+choice)
}

// point goes to an entry of several that a key may mean, for the same key to be pressed again
// once it was looked at.
func (s *Screen) point(uid casework.EntryID) tea.Cmd {
	if i := slices.IndexFunc(s.lines, func(l line) bool { return l.entry == uid }); i >= 0 {
		s.list.Select(i)
	}
	return words.Tell(words.NoteMsg{Note: s.desk.T("detail.which")})
}

// release lets the held entry under the cursor have its effect.
func (s *Screen) release() tea.Cmd {
	uid, sure := s.meant(s.view.Case.HeldNow)
	if !sure {
		return s.point(uid)
	}
	return s.decide(casework.ActRelease, &casework.Released{Entry: uid}, "detail.released")
}

// decide writes an event that needs no form.
func (s *Screen) decide(a casework.Action, ev casework.Event, said string) tea.Cmd {
	offer, _ := s.desk.OfferOf(&s.view.Case, a)
	work := store.Work{Case: s.id, Parents: slices.Clone(s.view.Case.Heads), Unit: offer.Unit, Events: []casework.Event{ev}}
	s.saving = true
	st, note := s.desk.Store, s.desk.T(said)
	return func() tea.Msg {
		_, err := st.Append(work)
		return decidedMsg{note, err}
	}
}

func (s *Screen) decided(msg decidedMsg) tea.Cmd {
	s.saving = false
	if msg.err != nil {
		said := words.NoteMsg{Note: s.desk.Advise(msg.err).String()}
		return tea.Batch(words.Tell(words.UnkeptMsg{Err: msg.err}), words.Tell(said), s.read())
	}
	return tea.Batch(words.Tell(words.NoteMsg{Note: msg.note}), s.read())
}
