// Package handover is the screen on which a worker hands her laptop to the next:
// it says what stands in the way, asks to whom, and then how far it has come. The
// next worker takes over at the command line, with her slip.
package handover

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the hand-over as it stands.
type Screen struct {
	desk words.Desk
	form *kit.Form

	asked   int // generation of the last reading asked for
	read    bool
	waiting store.Waiting
	handed  bool
	to      catalogue.UserID
	receipt store.Receipt
	why     casework.Why
	ready   bool
	saving  bool
	err     error
}

// New makes the screen.
func New(d words.Desk) *Screen {
	s := &Screen{desk: d}
	me := d.Store.Profile().User
	var people []kit.Option
	for _, p := range d.Index().Catalogue().People {
		if !p.Left && p.User != me {
			var units []string
			for _, u := range p.Units {
				units = append(units, d.Unit(u))
			}
			people = append(people, kit.NewOption(string(p.User), text.Line(p.Name), text.Line(strings.Join(units, d.T("kit.comma")))))
		}
	}
	s.form = kit.NewForm(d.Seat(), "handover", []kit.FieldSpec{
		{Name: "to", Label: d.T("handover.to"), Type: kit.Select, Required: true, Options: people},
		{Name: "remark", Label: d.T("handover.remark"), Type: kit.Line, Max: 200},
	})
	return s
}

type (
	readMsg struct {
		generation int
		waiting    store.Waiting
		to         catalogue.UserID
		receipt    store.Receipt
		why        casework.Why
		handed     bool
		ready      bool
		err        error
	}
	doneMsg struct{ err error }
)

// Init reads how it stands.
func (s *Screen) Init() tea.Cmd { return s.look() }

func (s *Screen) look() tea.Cmd {
	s.asked++
	generation, st := s.asked, s.desk.Store
	return func() tea.Msg {
		m := readMsg{generation: generation}
		m.waiting, m.err = st.Waiting()
		var h store.Handover
		h, m.receipt, m.why, m.handed = st.Handed()
		m.to = h.To
		_, m.ready = store.WordIn(st.Dir())
		return m
	}
}

// blocked reports whether something stands in the way.
func (s *Screen) blocked() bool {
	return len(s.waiting.Drafts) > 0 || s.waiting.Unsent > 0 || len(s.waiting.Held) > 0
}

// asking reports whether the form is to be filled in.
func (s *Screen) asking() bool { return s.read && !s.handed && !s.blocked() && !s.saving }

// Keys are the form's, or those to leave and to take it back.
func (s *Screen) Keys() kit.Table {
	if s.asking() {
		return s.form.KeysWith("key.hand_over")
	}
	return kit.Table{
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "take_back", Keys: []string{"delete"}, Help: "key.take_back", Off: s.noTakeBack},
	}
}

func (s *Screen) noTakeBack() string {
	if !s.handed || s.saving {
		return s.desk.T("handover.off_back")
	}
	return ""
}

// Typing reports whether the form has the focus.
func (s *Screen) Typing() bool { return s.asking() }

// Update takes keys and news.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		if msg.generation == s.asked {
			s.read, s.waiting, s.to, s.receipt, s.why, s.handed, s.ready = true, msg.waiting, msg.to, msg.receipt, msg.why, msg.handed, msg.ready
			if s.err == nil {
				s.err = msg.err
			}
		}
	case doneMsg:
		s.saving, s.err = false, msg.err
		return s.look()
	case words.ChangedMsg, words.ShownMsg:
		return s.look()
	case tea.KeyPressMsg, tea.PasteMsg:
		return s.key(msg)
	}
	return nil
}

func (s *Screen) key(msg tea.Msg) tea.Cmd {
	if s.asking() {
		switch act, _ := s.form.Update(msg); act {
		case kit.ActLeave:
			return words.Tell(words.BackMsg{})
		case kit.ActSave:
			to, remark := catalogue.UserID(s.form.Value("to").Text), text.Line(s.form.Value("remark").Text).String()
			return s.do(func(st *store.Store) error { return st.HandOver(to, remark) })
		}
		return nil
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch b, bound := s.Keys().Find(k, false); {
	case !bound:
	case b.Why() != "":
		return words.Tell(words.NoteMsg{Note: b.Why()})
	case b.ID == "take_back":
		return s.do((*store.Store).TakeBack)
	default:
		return words.Tell(words.BackMsg{})
	}
	return nil
}

func (s *Screen) do(fn func(*store.Store) error) tea.Cmd {
	s.saving, s.err = true, nil
	st := s.desk.Store
	return func() tea.Msg { return doneMsg{fn(st)} }
}

// Page says how it stands.
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	body := kit.NewSheet(w, h)
	say := func(ink kit.Ink, key string, args ...any) { body.Say(ink, d.T(key, args...)) }
	say(kit.Plain, "handover.intro")
	body.Gap()
	if s.err != nil {
		body.Part(d.Advice(s.err, w)...)
		body.Gap()
	}
	switch {
	case !s.read:
	case s.handed && s.why != "":
		say(kit.Danger, "handover.refused", d.Why(s.why))
	case s.handed && s.ready:
		say(kit.Strong, "handover.ready", d.Person(s.to), d.T("receipt."+string(s.receipt)))
		say(kit.Plain, "handover.take")
	case s.handed:
		say(kit.Warning, "handover.waits", d.Person(s.to))
	case s.blocked():
		say(kit.Strong, "handover.blocked")
		for _, draft := range s.waiting.Drafts {
			say(kit.Plain, "handover.draft", d.Action(string(draft.Action)), draft.Values[string(casework.FieldTitle)])
		}
		if n := s.waiting.Unsent; n > 0 {
			say(kit.Plain, "handover.unsent", i18n.Arg("n", n))
		}
		for _, row := range s.waiting.Held {
			say(kit.Plain, "handover.held", words.Clean(row.Number), words.Clean(row.Title))
		}
	case s.saving:
	default:
		body.Part(s.form.Lines(w, h-body.Len()-1)...)
	}
	return kit.Page{Title: d.T("handover.title"), Body: body.Lines()}
}
