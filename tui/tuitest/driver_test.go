package tuitest_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// logbook writes down the messages that it gets.
type logbook struct{ lines []string }

type note string

func write(s string) tea.Cmd { return func() tea.Msg { return note(s) } }

func (l *logbook) Init() tea.Cmd { return write("init") }

func (l *logbook) View() tea.View { return tea.NewView(strings.Join(l.lines, "\n")) }

func (l *logbook) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case note:
		l.lines = append(l.lines, string(msg))
	case tea.KeyPressMsg:
		switch msg.String() {
		case "f1":
			return l, tea.Sequence(write("one"), tea.Batch(write("two"), write("three")), write("four"))
		case "f2":
			return l, tea.Batch(kit.Wait(2*time.Second, note("late")), kit.Wait(time.Second, note("soon")))
		case "f3":
			return l, kit.Listen(func() tea.Msg { return note("heard") })
		case "f4":
			return l, tea.Quit
		}
	}
	return l, nil
}

// Ensure that commands run at once and in order, waits by the test's time, and
// listeners by the world's.
func TestDriver(t *testing.T) {
	book := &logbook{}
	d := tuitest.New(t, book, 20, 10)
	d.Press("f1", "f2")
	if got, want := strings.Join(book.lines, " "), "init one two three four"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	d.Advance(time.Second)
	d.Expect("soon")
	d.Refuse("late")
	d.Advance(time.Second)
	d.Expect("late")
	d.Press("f3")
	d.Await("heard")
	if _, _, visible := d.Cursor(); visible || d.Waiting() != 0 || d.Quit() {
		t.Errorf("at rest: cursor %v, %d waits, quit %v", visible, d.Waiting(), d.Quit())
	}
	d.Press("f4")
	if !d.Quit() {
		t.Error("did not quit")
	}
}

// Ensure that key names give the keys that a terminal sends.
func TestKey(t *testing.T) {
	for _, name := range []string{"f1", "f12", "ctrl+s", "shift+tab", "alt+left", "pgup", "a", "?", "enter", "space", "+"} {
		if got := tuitest.Key(name).String(); got != name {
			t.Errorf("%s: got %s", name, got)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a name that is no key passes")
		}
	}()
	tuitest.Key("f99")
}
