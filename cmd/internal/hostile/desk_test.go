package hostile_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// watch is the desk's model with somebody who reads all that it draws.
type watch struct {
	tea.Model
	t     testing.TB
	views int
	worst map[string]bool
}

func (w *watch) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m, cmd := w.Model.Update(msg)
	w.Model = m
	w.read()
	return w, cmd
}

func (w *watch) read() {
	v := w.Model.View()
	w.views++
	for _, f := range append(faults(v.Content, sgr), faults(v.WindowTitle, nil)...) {
		if len(w.worst) < 20 {
			w.worst[f] = true
		}
	}
}

// Ensure that whatever anybody wrote, into whatever field, every screen of the
// desk holds text and colours alone.
func TestHostileText_Desk(t *testing.T) {
	seed, length := rand.Uint64(), time.Duration(0)
	if text := os.Getenv("CASEDESK_SOAK"); text != "" {
		var err error
		length, err = time.ParseDuration(text)
		must(t, err)
	}
	r, deadline := rand.New(rand.NewPCG(seed, 0)), time.Now().Add(length)
	views, texts, say := 0, 0, all
	for ; texts == 0 || time.Now().Before(deadline) && !t.Failed(); texts++ {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			views += look(t, say, size[0], size[1])
		}
		say = ""
		for range 1 + r.IntN(60) {
			say += attacks[r.IntN(len(attacks))] + string(rune(r.IntN(0x110000)))
		}
	}
	failures := 0
	if t.Failed() {
		failures = 1
	}
	fmt.Printf("SOAK|hostile text|%d texts in every field, %d views of the desk|%d|%d\n", texts, views, failures, seed)
}

// look opens every screen of a desk in a world that says a text.
func look(t *testing.T, say string, width, height int) int {
	w := newWorld(t, say)
	w.close()
	s, err := store.Open(w.desk, passphrase, store.Options{})
	must(t, err)
	defer s.Close()
	watched := &watch{t: t, worst: map[string]bool{}}
	desk := func(first store.Tab) *tuitest.Driver {
		watched.Model = tui.New(tui.Config{Words: i18n.New(i18n.ZH), Now: time.Now, Store: s, First: first, Opener: tui.Opener{SyncNow: func() {}}})
		return tuitest.New(t, watched, width, height)
	}
	board := desk("")
	for n := range 8 { // where each of its lines leads
		for range n {
			board.Press("down")
		}
		board.Press("enter", "down", "enter", "esc", "esc", "esc")
	}
	walk(t, desk(store.TabTodo), s, say)
	for f := range watched.worst {
		t.Errorf("%dx%d: %s", width, height, f)
	}
	if watched.views < 300 {
		t.Errorf("only %d views", watched.views)
	}
	return watched.views
}

// walk opens everything that there is.
func walk(t testing.TB, d *tuitest.Driver, s *store.Store, say string) {
	home := func() {
		for range 6 {
			d.Press("esc")
		}
	}
	for _, tab := range []string{"1", "2", "3", "4", "5"} {
		d.Press(tab, "down", "down", "up")
	}
	d.Press("3", "f3")
	d.Paste(say)
	d.Press("enter")
	home()
	list, err := s.Rows(store.Query{Tab: store.TabAll})
	must(t, err)
	if len(list.Rows) < 3 {
		t.Fatalf("%d cases to look at", len(list.Rows))
	}
	for i := range len(list.Rows) + 2 { // drafts stand there, too
		actions := 24 // every one's form, of one case
		if i != 1 {
			actions = 4
		}
		home()
		d.Press("3", "home")
		for range i {
			d.Press("down")
		}
		d.Press("enter", "pgdown", "pgdown", "end", "home", "f7", "esc", "f8", "esc", "f1", "esc")
		for n := range actions {
			d.Press("f2")
			for range n {
				d.Press("down")
			}
			d.Press("enter")
			d.Paste(say)
			d.Press("tab", "f4", "esc", "f2", "esc", "esc")
			d.Press("n", "esc")
		}
	}
	home()
	for _, screen := range []string{"f1", "f2", "f4", "f5", "f6", "f7", "f8", "f9", "?"} {
		d.Press(screen)
		d.Paste(say)
		d.Press("tab", "down", "enter", "f4")
		d.Paste(say)
		home()
	}
	for _, problem := range []*casework.Refusal{{Code: casework.CodeInvalid, Why: casework.Why(say), Field: say, Err: fmt.Errorf("%s", say)},
		{Code: casework.Code(say), Faults: []casework.Fault{{Field: say, Problem: casework.Problem(say)}}}} {
		s.SetLink(store.Link{State: store.LinkFailed, Problem: problem})
		d.Advance(time.Second)
		d.Press("down", "f5")
	}
	if screen := strings.Join(d.Screen(), "\n"); screen == "" {
		t.Error("nothing is shown")
	}
}

// screen keeps what is written to a terminal.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// drawn returns the bytes that the desk's renderer writes for a world.
func drawn(t *testing.T, say string) []byte {
	t.Helper()
	w := newWorld(t, say)
	w.close()
	s, err := store.Open(w.desk, passphrase, store.Options{})
	must(t, err)
	defer s.Close()
	out := new(screen)
	m := tui.New(tui.Config{Words: i18n.New(i18n.ZH), Now: time.Now, Store: s, First: store.TabTodo, Opener: tui.Opener{SyncNow: func() {}}})
	p := tea.NewProgram(m, tea.WithInput(new(bytes.Buffer)), tea.WithOutput(out), tea.WithoutSignals(), tea.WithWindowSize(80, 24),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.ANSI))
	ended := make(chan error)
	go func() { _, err := p.Run(); ended <- err }()
	for _, key := range []string{"3", "down", "up", "enter", "pgdown", "end", "home", "f2", "enter", "tab", "esc", "esc", "esc", "3", "down", "enter", "f2", "esc", "esc",
		"f2", "tab", "f4", "esc", "esc", "f1", "esc", "f3"} {
		p.Send(tuitest.Key(key))
		time.Sleep(40 * time.Millisecond)
	}
	p.Send(tea.PasteMsg{Content: say})
	time.Sleep(300 * time.Millisecond)
	p.Quit()
	must(t, <-ended)
	return out.b.Bytes()
}

// Ensure that the bytes which reach the terminal for hostile text hold no kind of
// sequence and no control that is not there for harmless text, and no more strings.
func TestHostileText_Bytes(t *testing.T) {
	harmless, bad := drawn(t, strings.Repeat("甲乙", 60)), drawn(t, all)
	meant, found := kinds(harmless), kinds(bad)
	for kind, n := range found {
		if meant[kind] == 0 || kind == "string" && n > meant[kind] {
			t.Errorf("%q was written %d times, for harmless text %d times", kind, n, meant[kind])
		}
	}
	if c := controls(bad); strings.Trim(c, controls(harmless)) != "" {
		t.Errorf("controls %q, for harmless text %q", c, controls(harmless))
	}
	for _, f := range faults(string(bad), regexp.MustCompile(`^(?:\x1b\[[0-9;:<=>?$! ]*[A-Za-z@`+"`"+`]|\x1b[=>78M]|\x1b\][^\x1b\a]*(?:\a|\x1b\\)|[\r\x08\t])`)) {
		t.Error(f)
	}
}
