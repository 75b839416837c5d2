package tui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/list"
	"casedesk/tui/palette"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// answers runs a command and returns all that it answers, for the test to hand over in its
// own order.
func answers(cmd tea.Cmd) (out []tea.Msg) {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			out = append(out, answers(one)...)
		}
	default:
		out = append(out, msg)
	}
	return out
}

// busyList is the list of a laptop that has more cases than its board has lines.
func busyList(t *testing.T) *list.Screen {
	t.Helper()
	clk := newClock()
	s := alone(t, clk)
	for i := range 25 {
		register(t, s, fmt.Sprintf("排水沟%d", i))
	}
	return list.New(words.Desk{Words: chinese, Now: clk.Now, Store: s}, "", false, nil)
}

func give(s *list.Screen, msgs []tea.Msg) {
	for _, msg := range msgs {
		run(s, s.Update(msg))
	}
}

func shown(s *list.Screen) string { return strings.Join(s.Page(80, 21).Body, "\n") }

// Ensure that what was read of the board is not taken for the rows of the tab that was gone
// to meanwhile, nor the rows of a tab for the board.
func TestList_LateAnswers(t *testing.T) {
	s := busyList(t)
	board := answers(s.Init())
	todo := answers(s.Update(tuitest.Key("tab")))
	give(s, board)
	if said := shown(s); strings.Contains(said, "没有") {
		t.Errorf("nothing was read of this tab yet:\n%s", said)
	}
	give(s, todo)
	if !strings.Contains(shown(s), "排水沟") {
		t.Error(shown(s))
	}
	todo = answers(s.Update(words.ChangedMsg{All: true}))
	board = answers(s.Update(tuitest.Key("shift+tab")))
	give(s, board)
	give(s, todo)
	if said := shown(s); !strings.Contains(said, "2021-07-08") || strings.Contains(said, "排水沟24") {
		t.Error(said)
	}
}

// Ensure that a search stays what is shown until it was kept.
func TestList_SearchBeingKept(t *testing.T) {
	s := busyList(t)
	run(s, s.Init())
	run(s, s.Update(tuitest.Key("f3")))
	for _, sign := range "排水沟" {
		run(s, s.Update(tuitest.Key(string(sign))))
	}
	run(s, s.Update(tuitest.Key("ctrl+s")))
	kept := answers(s.Update(tuitest.Key("enter")))
	if said := shown(s); !strings.Contains(said, "共 25 件") {
		t.Error(said)
	}
	give(s, kept)
	if said := shown(s); !strings.Contains(said, "[排水沟 25]") {
		t.Error(said)
	}
}

// Ensure that a form whose entry is saved while the help page covers it is left, and does not
// stand below to be saved again.
func TestDesk_SavedBelow(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("end", "enter")
	do(d, "记录")
	d.Type("已到现场看过")
	_, saving := d.Model().Update(tuitest.Key("f2"))
	d.Press("f1")
	for _, msg := range answers(saving) {
		d.Send(msg)
	}
	d.Expect("入门三屏")
	d.Press("esc")
	d.Expect("案件 ")
	d.Refuse("f2 保存")
	if n := len(firstCase(t, s).Case.Timeline); n != 2 {
		t.Errorf("%d entries", n)
	}
	d.Press("esc")
	d.Expect("页签")
}

// Ensure that who has moved in the palette before the case was read stays where she is.
func TestPalette_LateCase(t *testing.T) {
	entry := func(name string) palette.Entry { return palette.Entry{ID: name, Names: []string{name}} }
	s := palette.New(words.Desk{Words: chinese}, []palette.Entry{entry("甲")},
		func() []palette.Entry { return []palette.Entry{entry("乙"), entry("丙")} }, []palette.Entry{entry("丁"), entry("戊")}, nil)
	late := s.Init()
	s.Update(tuitest.Key("down"))
	s.Update(late())
	back, _ := answers(s.Update(tuitest.Key("enter")))[0].(words.BackMsg)
	if chosen, _ := back.Then.(palette.ChosenMsg); chosen.ID != "丁" {
		t.Errorf("%+v", back)
	}
}

// Ensure that who registers nothing is told so at the drafts too.
func TestDrafts_ReadsOnly(t *testing.T) {
	clk, c := newClock(), newCounty(t)
	d := sit(t, c.laptop(clk, "leader1", "441621"), clk, 80, 24)
	d.Press("f4", "f3", "f2")
	d.Expect(chinese.T("why.reads_only"))
}

// Ensure that a marked case is heard to be marked.
func TestList_MarkHeard(t *testing.T) {
	s := busyList(t)
	run(s, s.Init())
	for _, key := range []string{"tab", "space"} {
		run(s, s.Update(tuitest.Key(key)))
	}
	run(s, s.Update(tuitest.Key("home")))
	var heard []string
	for _, line := range s.Page(kit.ReadWidth, kit.ReadWidth).Body {
		if h := kit.Hear(line, ", "); h.Row > 0 {
			heard = append(heard, h.Text)
		}
	}
	if !strings.HasPrefix(heard[0], "已标") || strings.Contains(heard[1], "已标") {
		t.Errorf("%q", heard[:2])
	}
}
