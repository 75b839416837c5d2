package tuitest

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// awaited is how long Await waits for the world outside.
const awaited = 10 * time.Second

// listen runs next beside the test. What it answers is handed over by Await
// alone, so that the model is only ever touched by the test.
func (d *Driver) listen(next func() tea.Msg) {
	done := d.t.Context().Done()
	go func() {
		msg := next()
		select {
		case d.heard <- msg:
		case <-done:
		}
	}()
}

// Await hands over what listeners hear until the screen shows want, and fails
// the test when it does not within ten seconds.
func (d *Driver) Await(want string) {
	d.t.Helper()
	late := time.After(awaited)
	for !strings.Contains(strings.Join(d.Screen(), "\n"), want) {
		select {
		case msg := <-d.heard:
			d.Send(msg)
		case <-late:
			d.fail("the screen does not come to show %q", want)
		}
	}
}

// Hear hands over the next thing that a listener hears, and fails the test when there
// is none within ten seconds.
func (d *Driver) Hear() {
	d.t.Helper()
	select {
	case msg := <-d.heard:
		d.Send(msg)
	case <-time.After(awaited):
		d.fail("nothing is heard")
	}
}
