package tui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/list"
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
