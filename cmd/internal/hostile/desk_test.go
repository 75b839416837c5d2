package hostile_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

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
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		w := newWorld(t, all)
		w.close()
		s, err := store.Open(w.desk, passphrase, store.Options{})
		must(t, err)
		defer s.Close()
		watched := &watch{t: t, worst: map[string]bool{}}
		watched.Model = tui.New(tui.Config{Words: i18n.New(i18n.ZH), Now: time.Now, Store: s, Opener: tui.Opener{SyncNow: func() {}}})
		d := tuitest.New(t, watched, size[0], size[1])
		walk(t, d, s)
		for f := range watched.worst {
			t.Errorf("%dx%d: %s", size[0], size[1], f)
		}
		t.Logf("%dx%d: %d views", size[0], size[1], watched.views)
		if watched.views < 300 {
			t.Errorf("only %d views", watched.views)
		}
	}
}

// walk opens everything that there is.
func walk(t testing.TB, d *tuitest.Driver, s *store.Store) {
	home := func() {
		for range 6 {
			d.Press("esc")
		}
	}
	for _, tab := range []string{"1", "2", "3", "4", "5"} {
		d.Press(tab, "down", "down", "up")
	}
	d.Press("3", "f3")
	d.Paste(all)
	d.Press("enter")
	home()
	list, err := s.Rows(store.Query{Tab: store.TabAll})
	must(t, err)
	if len(list.Rows) < 3 {
		t.Fatalf("%d cases to look at", len(list.Rows))
	}
	for i := range len(list.Rows) + 2 { // drafts stand there, too
		home()
		d.Press("3", "home")
		for range i {
			d.Press("down")
		}
		d.Press("enter", "pgdown", "pgdown", "end", "home", "f7", "esc", "f8", "esc", "f1", "esc")
		for n := range 24 { // every action's form
			d.Press("f2")
			for range n {
				d.Press("down")
			}
			d.Press("enter")
			d.Paste(all)
			d.Press("tab", "f4", "esc", "f2", "esc", "esc")
			d.Press("n", "esc")
		}
	}
	home()
	for _, screen := range []string{"f1", "f2", "f4", "f5", "f6", "f7", "f8", "f9", "?"} {
		d.Press(screen)
		d.Paste(all)
		d.Press("tab", "down", "enter", "f4")
		d.Paste(all)
		home()
	}
	for _, problem := range []*casework.Refusal{{Code: casework.CodeInvalid, Why: casework.Why(all), Field: all, Err: fmt.Errorf("%s", all)},
		{Code: casework.Code(all), Faults: []casework.Fault{{Field: all, Problem: casework.Problem(all)}}}} {
		s.SetLink(store.Link{State: store.LinkFailed, Problem: problem})
		d.Advance(time.Second)
		d.Press("down", "f5")
	}
	if screen := strings.Join(d.Screen(), "\n"); screen == "" {
		t.Error("nothing is shown")
	}
}
