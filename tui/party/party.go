// Package party is where a party has its say face to face (当面评价). The worker chooses
// whose say it is and turns the laptop round; from then on the screen shows three
// questions and nothing else: no case, no other party, none of the desk's keys. However it
// ends, the way back to the desk leads through its lock, so that nobody has to remember a
// key and a curious party finds no door.
package party

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// step is where the screen stands.
type step uint8

const (
	choosing step = iota // the worker says whose say it is
	asking
	checking // all is answered, nothing is saved
	stopping // the party may want to stop
	saving
	thanks  // it is saved
	nothing // it was left; nothing is saved
)

// The three items and their answers, in the order in which they are asked for.
var (
	items   = []string{"satisfaction", "efficiency", "leader"}
	answers = []string{"satisfied", "basic", "unsatisfied"}
)

// Screen is one party's say.
type Screen struct {
	desk  words.Desk
	c     casework.Case
	unit  catalogue.UnitID
	locks bool // the desk can be locked

	step   step
	party  casework.ElementID
	back   step // where who does not stop goes on
	list   kit.List
	marked bool // an answer is marked: none is before the party marks one, for it is her say
	item   int
	said   []int // answers so far, by item
	uid    casework.EntryID
	failed bool // the last try to save
}

// New makes the screen for a case as the worker sees it.
func New(d words.Desk, c casework.Case, locks bool) *Screen {
	s := &Screen{desk: d, c: c, locks: locks}
	if o, ok := d.OfferOf(&c, casework.ActSay); ok {
		s.unit = o.Unit
	}
	s.offer(len(c.Parties))
	if i := slices.IndexFunc(c.Parties, func(p casework.Party) bool { return s.refused(p) == "" }); i >= 0 {
		s.list.Select(i)
	}
	return s
}

type savedMsg struct {
	uid casework.EntryID
	err error
}

// refused is why a party cannot have its say.
func (s *Screen) refused(p casework.Party) casework.Why {
	return s.c.MaySay(casework.WayFace, p.Element)
}

// Covers reports whether the party looks at the screen: nothing of the desk is drawn
// around it then, and none of the desk's keys works.
func (s *Screen) Covers() bool { return s.step != choosing }

// Unkept reports whether the say is being saved.
func (s *Screen) Unkept() bool { return s.step == saving }

// Keep does nothing: what is being saved keeps itself.
func (s *Screen) Keep() tea.Cmd { return nil }

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Keys are the worker's; the party is told its own in the questions.
func (s *Screen) Keys() kit.Table {
	if s.Covers() {
		return nil
	}
	return kit.Table{
		{ID: "turn", Keys: []string{"enter"}, Help: "key.party_turn", Off: s.noTurn},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move"},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
	}
}

// noTurn says why the party under the cursor cannot be asked.
func (s *Screen) noTurn() string {
	i := s.list.Cursor()
	if i < 0 || i >= len(s.c.Parties) {
		return s.desk.T("party.none")
	}
	return s.desk.Why(s.refused(s.c.Parties[i]))
}

// Update takes keys and what became of saving.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case savedMsg:
		s.uid, s.failed = msg.uid, msg.err != nil
		if s.step = thanks; s.failed {
			s.step = checking
		}
	case tea.KeyPressMsg:
		if s.step == choosing {
			return s.choose(msg)
		}
		return s.press(msg)
	}
	return nil
}

// choose takes the worker's keys.
func (s *Screen) choose(k tea.KeyPressMsg) tea.Cmd {
	if s.list.Update(k) {
		return nil
	}
	switch b, ok := s.Keys().Find(k, false); {
	case !ok:
	case b.Why() != "":
		return words.Tell(words.NoteMsg{Note: b.Why()})
	case b.ID == "back":
		return words.Tell(words.BackMsg{})
	case b.ID == "turn":
		s.party = s.c.Parties[s.list.Cursor()].Element
		s.ask(0)
	}
	return nil
}

// ask asks for an item; the cursor stands on the answer that was given before.
func (s *Screen) ask(item int) {
	s.step, s.item = asking, item
	s.offer(len(answers))
	if s.marked = item < len(s.said); s.marked {
		s.list.Select(s.said[item])
	}
}

// offer makes the list one of so many, the cursor on the first.
func (s *Screen) offer(n int) {
	s.list = kit.List{}
	s.list.SetLen(n)
	s.list.SetHeight(n)
}

// press takes the party's keys.
func (s *Screen) press(k tea.KeyPressMsg) tea.Cmd {
	name := kit.KeyName(k)
	switch s.step {
	case thanks, nothing:
		if name == "enter" {
			return words.Tell(words.LockMsg{})
		}
		return nil
	case saving:
		return nil
	case checking:
		switch name {
		case "enter":
			return s.save()
		case "left", "backspace":
			s.ask(len(items) - 1)
		case "esc":
			s.stop()
		}
		return nil
	}
	switch {
	case s.list.Update(k):
		if !s.marked {
			s.marked = true
			s.list.Select(0)
		}
	case name == "enter" && !s.marked:
	case name == "enter":
		s.take(s.list.Cursor())
	case len(name) == 1 && name[0] >= '1' && int(name[0]-'1') < s.list.Len():
		s.take(int(name[0] - '1'))
	case name == "esc" && s.step == stopping:
		s.goOn()
	case name == "esc":
		s.stop()
	case (name == "left" || name == "backspace") && s.step == asking && s.item > 0:
		s.ask(s.item - 1)
	}
	return nil
}

// take takes the answer of the question that is asked.
func (s *Screen) take(i int) {
	switch {
	case s.step == stopping && i == 0:
		s.goOn()
	case s.step == stopping:
		s.said, s.step = nil, nothing
	default:
		s.said = append(s.said[:s.item:s.item], append([]int{i}, s.said[min(s.item+1, len(s.said)):]...)...)
		if len(s.said) == len(items) && s.item == len(items)-1 {
			s.step = checking
			return
		}
		s.ask(s.item + 1)
	}
}

func (s *Screen) stop() {
	s.back, s.step, s.marked = s.step, stopping, true
	s.offer(2)
}

func (s *Screen) goOn() {
	if s.back == asking {
		s.ask(s.item)
	}
	s.step = s.back
}

// save writes the say down. A second try writes the same entry.
func (s *Screen) save() tea.Cmd {
	s.step = saving
	answer := func(i int) string { return answers[s.said[i]] }
	work := store.Work{Case: s.c.ID, Parents: slices.Clone(s.c.Heads), Unit: s.unit, UID: s.uid, Events: []casework.Event{&casework.Said{
		Way: casework.WayFace, Party: s.party, Satisfaction: answer(0), Efficiency: answer(1), Leader: answer(2)}}}
	st := s.desk.Store
	return func() tea.Msg {
		if work.UID == (casework.EntryID{}) {
			uid, err := st.NewEntry()
			if err != nil {
				return savedMsg{err: err}
			}
			work.UID = uid
		}
		_, err := st.Append(work)
		return savedMsg{work.UID, err}
	}
}
