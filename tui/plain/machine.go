package plain

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
)

// answeredMsg is what a command answered that is waited for.
type answeredMsg struct{ msg tea.Msg }

// brief is how long a wait may be to be waited for like a command: typing is gathered so
// long, and nothing else waits as short.
const brief = 10 * kit.BurstWait

// run runs a command beside the talk.
func (t *talk) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	t.running++
	go func() { t.answer(answeredMsg{cmd()}) }()
}

// answer hands over what happened outside.
func (t *talk) answer(msg tea.Msg) {
	select {
	case t.msgs <- msg:
	case <-t.done:
	}
}

// handle takes a message from outside.
func (t *talk) handle(msg tea.Msg) {
	if answered, ok := msg.(answeredMsg); ok {
		t.running--
		msg = answered.msg
	}
	t.give(msg)
}

// give gives the desk a message and runs what comes of it.
func (t *talk) give(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg:
		t.over = true
	case tea.BatchMsg:
		for _, cmd := range msg {
			t.run(cmd)
		}
	case kit.WaitMsg:
		if msg.For > brief {
			time.AfterFunc(msg.For, func() { t.answer(msg.Msg) })
			return
		}
		t.running++
		time.AfterFunc(msg.For, func() { t.answer(answeredMsg{msg.Msg}) })
	case kit.ListenMsg:
		go func() { t.answer(msg.Next()) }()
	default:
		_, cmd := t.desk.Update(msg)
		t.run(cmd)
	}
}

// settle waits until all commands have answered, and says so where that takes a while.
func (t *talk) settle(most time.Duration) {
	slow, late := time.After(soon), time.After(most)
	for t.running > 0 && !t.over {
		select {
		case msg := <-t.msgs:
			t.handle(msg)
		case <-slow:
			t.say("plain.wait")
		case <-late:
			return
		case <-t.ctx.Done():
			return
		}
	}
}

// press presses keys by the names that tables have for them.
func (t *talk) press(names ...string) {
	for _, name := range names {
		if k, ok := kit.KeyOf(name); ok && !t.over {
			t.noted = "" // it is said again where it is the answer again
			t.give(k)
			t.settle(patience)
		}
	}
}

// times presses a key several times.
func (t *talk) times(n int, name string) {
	for range n {
		t.press(name)
	}
}

// paste gives text to what is typed into.
func (t *talk) paste(s string) {
	if s != "" {
		t.give(tea.PasteMsg{Content: s})
		t.settle(patience)
	}
}
