package tuitest

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"casedesk/tui/kit"
)

// maxMessages is how many messages one key may cause before the driver takes
// it for a loop.
const maxMessages = 10_000

// Driver is a person at a model.
type Driver struct {
	t       testing.TB
	model   tea.Model
	w, h    int
	now     time.Duration
	waits   []wait
	heard   chan tea.Msg // from listeners
	quit    bool
	budget  int
	pressed int
}

type wait struct {
	due time.Duration
	msg tea.Msg
}

// New starts a model on a screen of w by h cells.
func New(t testing.TB, m tea.Model, w, h int) *Driver {
	t.Helper()
	d := &Driver{t: t, model: m, heard: make(chan tea.Msg)}
	d.budget = maxMessages
	d.run(m.Init())
	d.Resize(w, h)
	return d
}

// Resize changes the size of the screen.
func (d *Driver) Resize(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Send gives the model a message and runs what comes of it.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.budget = maxMessages
	d.handle(msg)
}

// Press presses keys by the names that key tables use: "f2", "ctrl+s", "n".
// What the model gathers for a moment is let through before it returns.
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, name := range keys {
		d.pressed++
		d.Send(Key(name))
		d.Advance(3 * kit.BurstWait)
	}
}

// Type types text sign by sign, each with a moment after it.
func (d *Driver) Type(s string) {
	d.t.Helper()
	for _, r := range s {
		d.pressed++
		d.Send(tea.KeyPressMsg{Text: string(r), Code: r})
		d.Advance(3 * kit.BurstWait)
	}
}

// Pressed is how many keys were pressed and signs typed so far.
func (d *Driver) Pressed() int { return d.pressed }

// Paste pastes text as a terminal with bracketed paste does.
func (d *Driver) Paste(s string) {
	d.t.Helper()
	d.Send(tea.PasteMsg{Content: s})
}

// PasteKeys pastes text as an old console does: as keys, faster than any hand.
func (d *Driver) PasteKeys(s string) {
	d.t.Helper()
	for _, r := range s {
		if r == '\n' {
			d.Send(Key("enter"))
		} else {
			d.Send(tea.KeyPressMsg{Text: string(r), Code: r})
		}
	}
	d.Advance(3 * kit.BurstWait)
}

// Advance lets time pass; waits that come due are handed over in their order.
func (d *Driver) Advance(by time.Duration) {
	d.t.Helper()
	end := d.now + by
	for {
		i := d.nextWait()
		if i < 0 || d.waits[i].due > end {
			break
		}
		next := d.waits[i]
		d.waits = slices.Delete(d.waits, i, i+1)
		d.now = next.due
		d.Send(next.msg)
	}
	d.now = end
}

func (d *Driver) nextWait() int {
	at := -1
	for i, w := range d.waits {
		if at < 0 || w.due < d.waits[at].due {
			at = i
		}
	}
	return at
}

// Waiting is the number of waits that have not come due. A desk at rest has
// none.
func (d *Driver) Waiting() int { return len(d.waits) }

// Quit reports whether the model asked to end.
func (d *Driver) Quit() bool { return d.quit }

// Model is the model as it stands.
func (d *Driver) Model() tea.Model { return d.model }

func (d *Driver) handle(msg tea.Msg) {
	d.t.Helper()
	if msg == nil || d.quit {
		return
	}
	if d.budget--; d.budget < 0 {
		d.t.Fatalf("one key caused more than %d messages; the last is %T", maxMessages, msg)
	}
	switch msg := msg.(type) {
	case tea.QuitMsg:
		d.quit = true
	case kit.WaitMsg:
		d.waits = append(d.waits, wait{due: d.now + msg.For, msg: msg.Msg})
	case kit.ListenMsg:
		d.listen(msg.Next)
	default:
		if cmds, ok := commands(msg); ok {
			for _, cmd := range cmds {
				d.run(cmd)
			}
			return
		}
		var cmd tea.Cmd
		d.model, cmd = d.model.Update(msg)
		d.run(cmd)
	}
}

func (d *Driver) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd != nil {
		d.handle(cmd())
	}
}

// commands takes a batch or a sequence apart; the latter's type is private.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	cmds := make([]tea.Cmd, v.Len())
	for i := range cmds {
		cmds[i] = v.Index(i).Interface().(tea.Cmd)
	}
	return cmds, true
}

// Screen is the lines of the screen as plain text, as wide as they are drawn.
func (d *Driver) Screen() []string {
	return d.draw(d.model.View())
}

func (d *Driver) draw(v tea.View) []string {
	b := uv.NewScreenBuffer(d.w, d.h)
	uv.NewStyledString(v.Content).Draw(b, b.Bounds())
	lines := make([]string, 0, d.h)
	for line := range strings.SplitSeq(b.String(), "\n") {
		lines = append(lines, strings.TrimRight(line, " \r"))
	}
	return lines
}

// Cursor is the cell of the terminal's cursor; visible is false where there is
// none.
func (d *Driver) Cursor() (x, y int, visible bool) {
	c := d.model.View().Cursor
	if c == nil {
		return 0, 0, false
	}
	return c.X, c.Y, true
}
